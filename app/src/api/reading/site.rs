//! What site admins see, and logs.

use crate::api::Failure;
use crate::api::context::{answer, caller};
use hub::{AuditQuery, AuditScope, CommentQueue};
use model::view::{AccountsPage, AuditPage, OrganizationRow, Page, SiteModerationPage, SitePage};

/// What site admins decide about.
pub(crate) async fn site_moderation(queue: CommentQueue, page: u32) -> Result<SiteModerationPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.site_moderation(&caller.actor, queue, page).await)
}

/// A page of a log.
pub(crate) async fn audit_log(scope: AuditScope, query: AuditQuery) -> Result<AuditPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.audit_log(&caller.actor, &scope, &query).await)
}

/// What is there and what runs.
pub(crate) async fn site() -> Result<SitePage, Failure> {
    let caller = caller()?;
    answer(caller.hub.site(&caller.actor).await)
}

/// Accounts with `part` in their name or e-mail.
pub(crate) async fn accounts(part: String, page: u32) -> Result<AccountsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.accounts(&caller.actor, &part, page).await)
}

/// Organizations with `part` in their name.
pub(crate) async fn all_organizations(part: String, page: u32) -> Result<Page<OrganizationRow>, Failure> {
    let caller = caller()?;
    answer(caller.hub.all_organizations(&caller.actor, &part, page).await)
}
