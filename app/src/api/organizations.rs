//! Forms of organizations and their people.

use super::Failure;
use super::context::{caller, settle};
use super::shown_once::show_once;
use crate::routes;
use leptos::prelude::*;
use model::{Membership, TeamName, Username, Visibility};

/// Makes an organization and goes to its page.
#[server(prefix = "/api/fn", endpoint = "create_organization")]
pub async fn create_organization(name: String, #[server(default)] full_name: String) -> Result<(), Failure> {
    let caller = caller()?;
    let made = caller.hub.create_organization(&caller.actor, &name, &full_name).await;
    let done = made.as_ref().map(|name| routes::profile(name.as_str())).unwrap_or_default();
    let kept = [("name", name.as_str()), ("full_name", &full_name)];
    settle(made.map(drop), &done, routes::NEW_ORGANIZATION, &kept)
}

/// Replaces what an organization's settings say.
#[server(prefix = "/api/fn", endpoint = "change_organization")]
pub async fn change_organization(
    organization: Username,
    #[server(default)] full_name: String,
    visibility: Visibility,
) -> Result<(), Failure> {
    let caller = caller()?;
    let (name, page) = (&organization, routes::organization_settings(&organization));
    let result = caller.hub.change_organization(&caller.actor, name, &full_name, visibility).await;
    settle(result, &format!("{page}?saved=1"), &page, &[("full_name", &full_name)])
}

/// Makes a link that takes one person in: mailed, or shown once.
#[server(prefix = "/api/fn", endpoint = "invite_member")]
pub async fn invite_member(
    organization: Username,
    membership: Membership,
    #[server(default)] team: String,
    #[server(default)] email: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    let page = routes::members(&organization);
    let team = if team.is_empty() { Ok(None) } else { team.parse::<TeamName>().map(Some) };
    let (hub, language) = (&caller.hub, caller.visit.language.as_str());
    let result = match (team, email.trim()) {
        (Err(problem), _) => Err(model::Error::field("team", problem)),
        (Ok(team), "") => {
            let made = hub.invite_member(&caller.actor, &organization, membership, team.as_ref()).await;
            made.map(|token| show_once(&caller, &token))
        }
        (Ok(team), to) => {
            let mail = (to, language);
            hub.invite_by_mail(&caller.actor, &organization, membership, team.as_ref(), mail).await
        }
    };
    let done = if email.trim().is_empty() { page.clone() } else { format!("{page}?saved=1") };
    settle(result, &done, &page, &[("email", &email)])
}

/// Ends a link that was not used yet.
#[server(prefix = "/api/fn", endpoint = "revoke_invitation")]
pub async fn revoke_invitation(organization: Username, id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.revoke_invitation(&caller.actor, &organization, &id).await;
    let page = routes::members(&organization);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Uses a link.
#[server(prefix = "/api/fn", endpoint = "join")]
pub async fn join(token: String) -> Result<(), Failure> {
    let caller = caller()?;
    let joined = caller.hub.join(&caller.actor, &token).await;
    let done = joined.as_ref().map(|name| routes::profile(name.as_str())).unwrap_or_default();
    settle(joined.map(drop), &done, "/", &[])
}

/// Makes a member an owner, or an owner a member.
#[server(prefix = "/api/fn", endpoint = "set_membership")]
pub async fn set_membership(
    organization: Username,
    username: Username,
    membership: Membership,
) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.set_membership(&caller.actor, &organization, &username, membership).await;
    let page = routes::members(&organization);
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

/// Takes somebody out, or lets oneself out.
#[server(prefix = "/api/fn", endpoint = "remove_member")]
pub async fn remove_member(organization: Username, username: Username) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.remove_member(&caller.actor, &organization, &username).await;
    let is_self = caller.actor.username() == Some(&username);
    let page = routes::members(&organization);
    let done = if is_self { routes::profile(organization.as_str()) } else { format!("{page}?saved=1") };
    settle(result, &done, &page, &[])
}
