//! Two-factor sign-in: a password alone opens nothing for a program any more, and the refusal says what does.

use super::both_clients;
use super::token::token;
use crate::people::{Api, Browser};
use crate::scene::Scene;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

both_clients!(with_two_factor_only_a_token_logs_in);

fn with_two_factor_only_a_token_logs_in(scene: &Scene) -> Result<()> {
    let anna = &scene.stage.anna;
    scene.log_in(anna)?;
    scene.push("anna/app:v1")?;
    let (_, login) = token(&Api::new(&scene.stage.berth, anna)?, &json!([]))?;
    turn_on(scene)?;

    // What was logged in with the password ended, and the password logs nobody in again.
    scene.push_refused("anna/app:v2")?;
    let words = scene.log_in(anna).err().context("the password was enough")?.to_string();
    // podman has words of its own for every 401.
    ensure!(["access token", "invalid username/password"].iter().any(|say| words.contains(say)), "{words}");

    scene.log_in(&login)?;
    scene.push("anna/app:v3")?;
    scene.pull("anna/app:v1")
}

/// By the forms, as a person with an authenticator does.
fn turn_on(scene: &Scene) -> Result<()> {
    let anna = &scene.stage.anna;
    let browser = Browser::new(&scene.stage.berth, anna)?;
    browser.submit("begin_two_factor", &[("password", &anna.password)])?;
    let page = browser.see("/settings/two-factor")?;
    let secret = between(&page, "<code translate=\"no\">", "</code>").context("no secret")?;
    let secret = Secret::try_from_base32(secret).ok().with_context(|| format!("no secret: {secret}"))?;
    let totp = Builder::new().with_secret(secret).build().ok().context("no authenticator")?;
    let code = totp.generate(seconds()?).to_string();
    browser.submit("confirm_two_factor", &[("code", &code)]).map(drop)
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// What the authenticator's clock shows; the server under test has the machine's too.
#[expect(clippy::disallowed_methods, reason = "an authenticator knows only the real time")]
fn seconds() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}
