//! How pages look to one browser: cookies that need no account.

use super::Failure;
use super::context::{caller, go, local, set_cookie};
use crate::{Locale, Theme};
use leptos::prelude::*;

/// Chooses language and colours, and goes back to `next`. Unknown words choose nothing.
#[server(prefix = "/api/fn", endpoint = "set_appearance")]
pub async fn set_appearance(
    #[server(default)] language: String,
    #[server(default)] theme: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let caller = caller()?;
    if let Some(locale) = Locale::from_tag(&language) {
        set_cookie("berth_lang", Some(locale.tag()), caller.is_secure);
    }
    if let Some(theme) = Theme::from_word(&theme) {
        set_cookie("berth_theme", Some(theme.as_str()), caller.is_secure);
    }
    go(local(&next));
    Ok(())
}
