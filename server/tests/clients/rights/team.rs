//! A team of each level: reading, writing, administering.

use super::{add_private, administers, both_clients, is_untouched};
use crate::people::{Api, Browser, cookie};
use crate::scene::Scene;
use anyhow::{Context, Result, ensure};
use testing::Login;

const REPOSITORY: &str = "acme/app";

both_clients!(a_team_does_what_its_level_allows);

fn a_team_does_what_its_level_allows(scene: &Scene) -> Result<()> {
    let berth = &scene.stage.berth;
    let olga = berth.add_user("olga")?;
    let (owner, browser) = (Api::new(berth, &olga)?, Browser::new(berth, &olga)?);
    browser.submit("create_organization", &[("name", "acme")])?;
    add_private(&owner, "acme", "app")?;
    scene.log_in(&olga)?;
    scene.push("acme/app:v1")?;

    reads(scene, &owner, &joined(scene, &browser, "rita", "read")?)?;
    writes(scene, &owner, &joined(scene, &browser, "will", "write")?)?;
    administrates(scene, &owner, &joined(scene, &browser, "ada", "admin")?)
}

/// Makes a team that is named like its level, and somebody who joins it by a link, as people do.
fn joined(scene: &Scene, owner: &Browser<'_>, name: &str, level: &str) -> Result<Login> {
    let organization = ("organization", "acme");
    owner.submit("create_team", &[organization, ("team", level)])?;
    owner.submit("give_to_team", &[("name", REPOSITORY), ("team", level), ("role", level)])?;
    let invitation = [organization, ("membership", "member"), ("team", level)];
    let invited = owner.submit("invite_member", &invitation)?;
    let token = cookie(&invited, "berth_shown_once").context("no invitation")?;

    let login = scene.stage.berth.add_user(name)?;
    scene.log_in(&login)?;
    scene.looks_absent("acme/app", "acme/none")?;
    Browser::new(&scene.stage.berth, &login)?.submit("join", &[("token", &token)])?;
    Ok(login)
}

fn reads(scene: &Scene, owner: &Api<'_>, rita: &Login) -> Result<()> {
    scene.pull("acme/app:v1")?;
    scene.push_refused("acme/app:rita")?;
    let tag = owner.ask("GET", "/v2/repositories/acme/app/tags/rita")?;
    ensure!(tag.status == 404, "a reader pushed: {}", tag.text());
    administers_nothing(scene, owner, rita)
}

fn writes(scene: &Scene, owner: &Api<'_>, will: &Login) -> Result<()> {
    scene.push("acme/app:will")?;
    scene.pull("acme/app:will")?;
    administers_nothing(scene, owner, will)
}

fn administers_nothing(scene: &Scene, owner: &Api<'_>, login: &Login) -> Result<()> {
    let statuses = administers(&Api::new(&scene.stage.berth, login)?, REPOSITORY, "v1")?;
    ensure!(statuses == [403; 4], "{}: {statuses:?}", login.name);
    is_untouched(owner, REPOSITORY, "v1")
}

/// The whole repository; what else the organization has stays hidden.
fn administrates(scene: &Scene, owner: &Api<'_>, ada: &Login) -> Result<()> {
    add_private(owner, "acme", "other")?;
    scene.push("acme/app:ada")?;
    scene.pull("acme/app:ada")?;
    scene.looks_absent("acme/other", "acme/none")?;
    let statuses = administers(&Api::new(&scene.stage.berth, ada)?, REPOSITORY, "v1")?;
    ensure!(statuses == [204, 200, 200, 202], "{statuses:?}");
    scene.looks_absent("acme/app", "acme/none")
}
