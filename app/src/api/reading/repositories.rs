//! What the pages of one repository show.

use crate::api::Failure;
use crate::api::context::{answer, caller};
use hub::CommentQueue;
use model::view::{
    CollaboratorsPage, CommentsPage, ModerationPage, PullSpan, PullsPage, RepositoryHead, RepositoryPage,
    RepositorySettings, RunPage, TagPage, TagsPage, ThreadPage, WebhookPage, WebhooksPage,
};
use model::{Error, RepositoryName, Tag, Username};

/// Rows on a page of tags.
const TAGS: u32 = 25;

/// The overview of a repository.
pub(crate) async fn repository(name: RepositoryName) -> Result<RepositoryPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.repository(&caller.actor, &name).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// Its head alone.
pub(crate) async fn repository_head(name: RepositoryName) -> Result<RepositoryHead, Failure> {
    let caller = caller()?;
    let found = caller.hub.repository_head(&caller.actor, &name).await;
    answer(at_home(found, &name, |head| head))
}

/// Its settings.
pub(crate) async fn repository_settings(name: RepositoryName) -> Result<RepositorySettings, Failure> {
    let caller = caller()?;
    answer(caller.hub.repository_settings(&caller.actor, &name).await)
}

/// Its tags; pages count from 1.
pub(crate) async fn tags(name: RepositoryName, page: u32) -> Result<TagsPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.tags(&caller.actor, &name, page, TAGS).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// One tag.
pub(crate) async fn tag(name: RepositoryName, tag: Tag) -> Result<TagPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.tag(&caller.actor, &name, &tag).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// Its comments; pages count from 1.
pub(crate) async fn comments(name: RepositoryName, page: u32) -> Result<CommentsPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.comments(&caller.actor, &name, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// One comment in its thread; without a page, the one that has it.
pub(crate) async fn comment_thread(
    name: RepositoryName,
    id: String,
    page: Option<u32>,
) -> Result<ThreadPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.comment_thread(&caller.actor, &name, &id, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// What a repository's moderators decide about.
pub(crate) async fn moderation(
    name: RepositoryName,
    queue: CommentQueue,
    page: u32,
) -> Result<ModerationPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.moderation(&caller.actor, &name, queue, page).await)
}

/// Its statistics; pages of tags count from 1.
pub(crate) async fn pulls(name: RepositoryName, span: PullSpan, page: u32) -> Result<PullsPage, Failure> {
    let caller = caller()?;
    let found = caller.hub.pulls(&caller.actor, &name, span, page).await;
    answer(at_home(found, &name, |page| &page.head))
}

/// Who else may push.
pub(crate) async fn collaborators(name: RepositoryName) -> Result<CollaboratorsPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.collaborators(&caller.actor, &name).await)
}

/// A page that was asked for by a former name is elsewhere.
pub(super) fn at_home<T>(
    found: Result<T, Error>,
    asked: &RepositoryName,
    head: fn(&T) -> &RepositoryHead,
) -> Result<T, Error> {
    let page = found?;
    let now = &head(&page).name;
    if now == asked {
        return Ok(page);
    }
    Err(Error::Moved { from: asked.clone(), to: now.clone() })
}

/// A repository's webhooks, and where deliveries come from.
pub(crate) async fn webhooks(name: RepositoryName) -> Result<(WebhooksPage, Vec<String>), Failure> {
    let caller = caller()?;
    let page = answer(caller.hub.webhooks(&caller.actor, &name).await)?;
    Ok((page, caller.hub.settings().webhook_sources.clone()))
}

/// What receivers have to reckon with; times in milliseconds.
#[derive(Default)]
pub(crate) struct WebhookTerms {
    /// To answer in.
    pub(crate) patience: i64,
    /// Between the attempts of a delivery.
    pub(crate) pauses: Vec<i64>,
    /// Where deliveries come from.
    pub(crate) sources: Vec<String>,
}

/// The terms of this hub.
pub(crate) fn webhook_terms() -> WebhookTerms {
    let Ok(caller) = caller() else { return WebhookTerms::default() };
    let settings = caller.hub.settings();
    WebhookTerms {
        patience: settings.webhook_timeout,
        pauses: settings.webhook_schedule.clone(),
        sources: settings.webhook_sources.clone(),
    }
}

/// One webhook with a page of its history.
pub(crate) async fn webhook(name: RepositoryName, id: String, page: u32) -> Result<WebhookPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.webhook(&caller.actor, &name, &id, page).await)
}

/// One run of a webhook.
pub(crate) async fn webhook_run(name: RepositoryName, id: String, run: String) -> Result<RunPage, Failure> {
    let caller = caller()?;
    answer(caller.hub.webhook_run(&caller.actor, &name, &id, &run).await)
}

/// The settings of a repository, and where its viewer could move it.
pub(crate) async fn movable(name: RepositoryName) -> Result<(RepositorySettings, Vec<Username>), Failure> {
    let caller = caller()?;
    let both = async {
        let settings = caller.hub.repository_settings(&caller.actor, &name).await?;
        let namespaces = caller.hub.owned_namespaces(&caller.actor).await?;
        Ok((settings, namespaces))
    };
    answer(both.await)
}
