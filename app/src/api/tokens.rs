//! Forms of access tokens.

use super::Failure;
use super::context::{caller, settle};
use super::shown_once::show_once;
use crate::routes::{self, ACCESS_TOKENS};
use crate::surroundings::surroundings;
use leptos::prelude::*;
use model::{Timestamp, TokenScope, Username};

const DAY: i64 = 24 * 3_600_000;

/// Makes a token; the page shows it once.
#[server(prefix = "/api/fn", endpoint = "make_access_token")]
pub async fn make_access_token(
    label: String,
    scope: TokenScope,
    #[server(default)] repositories: String,
    #[server(default)] days: u16,
) -> Result<(), Failure> {
    let caller = caller()?;
    let kept = [("label", label.clone()), ("repositories", repositories.clone())];
    let new = hub::NewAccessToken { label, scope, repositories, expires_at: after(days) };
    let made = caller.hub.make_access_token(&caller.actor, &new).await;
    let result = made.map(|(_, secret)| show_once(&caller, &secret));
    settle(result, ACCESS_TOKENS, ACCESS_TOKENS, &kept.each_ref().map(|(name, text)| (*name, text.as_str())))
}

/// Makes a token of an organization; the page shows it once.
#[server(prefix = "/api/fn", endpoint = "make_organization_token")]
pub async fn make_organization_token(
    organization: Username,
    label: String,
    scope: TokenScope,
    #[server(default)] repositories: String,
    #[server(default)] days: u16,
) -> Result<(), Failure> {
    let caller = caller()?;
    let page = routes::organization_tokens(&organization);
    let kept = [("label", label.clone()), ("repositories", repositories.clone())];
    let new = hub::NewAccessToken { label, scope, repositories, expires_at: after(days) };
    let made = caller.hub.make_organization_token(&caller.actor, &organization, &new).await;
    let result = made.map(|(_, secret)| show_once(&caller, &secret));
    settle(result, &page, &page, &kept.each_ref().map(|(name, text)| (*name, text.as_str())))
}

/// Ends a token of an organization.
#[server(prefix = "/api/fn", endpoint = "revoke_organization_token")]
pub async fn revoke_organization_token(organization: Username, id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let page = routes::organization_tokens(&organization);
    let result = caller.hub.revoke_organization_token(&caller.actor, &organization, &id).await;
    settle(result, &format!("{page}?saved=1"), &page, &[])
}

fn after(days: u16) -> Option<Timestamp> {
    (days > 0).then(|| surroundings().now.plus(i64::from(days) * DAY))
}

/// Ends a token.
#[server(prefix = "/api/fn", endpoint = "revoke_access_token")]
pub async fn revoke_access_token(id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.revoke_access_token(&caller.actor, &id).await;
    settle(result, &format!("{ACCESS_TOKENS}?saved=1"), ACCESS_TOKENS, &[])
}
