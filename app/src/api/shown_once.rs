//! A secret that a form made and the next page shows, once: it travels in a cookie of a minute that scripts can
//! not read, never in an address.

use super::context::{Caller, sent_cookie, set_cookie_for};
use leptos::prelude::use_context;

const COOKIE_NAME: &str = "berth_shown_once";
/// Seconds until nobody sees it any more.
const LIFE: u32 = 60;

/// Lets the next page show `secret`, of letters that a cookie may hold.
pub(super) fn show_once(caller: &Caller, secret: &str) {
    set_cookie_for(COOKIE_NAME, secret, LIFE, caller.is_secure);
}

/// The secret that the form before this page made.
pub(crate) fn shown_once() -> Option<String> {
    let caller = use_context::<Caller>()?;
    let secret = sent_cookie(COOKIE_NAME)?;
    set_cookie_for(COOKIE_NAME, "", 0, caller.is_secure);
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=');
    (!secret.is_empty() && secret.chars().all(is_token)).then_some(secret)
}
