//! Forms of the bell, and of what is mailed.

use super::Failure;
use super::context::{caller, go, settle};
use crate::routes::NOTIFICATIONS;
use leptos::prelude::*;
use model::NoticeKind;

/// Reads one notice: goes to what it is about.
#[server(prefix = "/api/fn", endpoint = "open_notice")]
pub async fn open_notice(id: String) -> Result<(), Failure> {
    let caller = caller()?;
    match caller.hub.open_notice(&caller.actor, &id).await {
        Ok(path) => {
            go(&path);
            Ok(())
        }
        Err(error) => settle(Err(error), NOTIFICATIONS, NOTIFICATIONS, &[]),
    }
}

/// Marks one notice as read, or all without an id.
#[server(prefix = "/api/fn", endpoint = "mark_read")]
pub async fn mark_read(#[server(default)] id: String) -> Result<(), Failure> {
    let caller = caller()?;
    let id = (!id.is_empty()).then_some(id.as_str());
    let result = caller.hub.mark_read(&caller.actor, id).await;
    settle(result, NOTIFICATIONS, NOTIFICATIONS, &[])
}

/// Chooses what comes by e-mail too: the kinds that are ticked.
#[server(prefix = "/api/fn", endpoint = "choose_mails")]
pub async fn choose_mails(#[server(default)] kinds: Vec<NoticeKind>) -> Result<(), Failure> {
    let caller = caller()?;
    let result = caller.hub.choose_mailed_kinds(&caller.actor, &kinds).await;
    settle(result, "/settings?saved=1#notifications", "/settings", &[])
}
