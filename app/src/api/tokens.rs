//! Forms of access tokens.

use super::Failure;
use super::context::{caller, settle};
use super::shown_once::show_once;
use crate::routes::ACCESS_TOKENS;
use crate::surroundings::surroundings;
use leptos::prelude::*;
use model::TokenScope;

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
    let expires_at = (days > 0).then(|| surroundings().now.plus(i64::from(days) * DAY));
    let new = hub::NewAccessToken { label, scope, repositories, expires_at };
    let made = caller.hub.make_access_token(&caller.actor, &new).await;
    let result = made.map(|(_, secret)| show_once(&caller, &secret));
    settle(result, ACCESS_TOKENS, ACCESS_TOKENS, &kept.each_ref().map(|(name, text)| (*name, text.as_str())))
}

/// Ends a token.
#[server(prefix = "/api/fn", endpoint = "revoke_access_token")]
pub async fn revoke_access_token(id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.revoke_access_token(&caller.actor, &id).await;
    settle(result, &format!("{ACCESS_TOKENS}?saved=1"), ACCESS_TOKENS, &[])
}
