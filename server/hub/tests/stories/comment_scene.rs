//! What stories about comments share: people who may write as much as they like, and short ways to say things.

use crate::stage::{Stage, account};
use hub::{Actor, CommentLimits, CommentQueue, FloodLimits, Hub, NewComment, Settings};
use model::comment::{CommentState, Judgement};
use model::view::{Case, NewcomerLimits};
use model::{Error, RepositoryName, Visibility};

pub(crate) const DAY: i64 = 24 * 3_600_000;

/// A hub in which nobody writes too much, with a repository of Anna's.
pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) hub: Hub,
    pub(crate) name: RepositoryName,
}

/// No limit that a story reaches.
pub(crate) fn patient() -> Settings {
    let newcomer = NewcomerLimits { hourly: 10_000, daily: 10_000, links: 10_000 };
    let comments = CommentLimits {
        floods: FloodLimits { a_minute_per_account: 60_000, a_minute_per_source: 60_000 },
        newcomer,
        ..CommentLimits::default()
    };
    Settings { plans: "roomy=unlimited".parse().unwrap(), comments, ..Settings::default() }
}

impl Scene {
    pub(crate) async fn new(stage: Stage, visibility: Visibility) -> Self {
        let name = stage.add("anna/app", visibility).await;
        let hub = stage.restarted(patient()).await;
        Self { stage, hub, name }
    }

    /// Somebody whom no story knows yet.
    pub(crate) async fn person(&self, name: &str) -> Actor {
        self.hub.add_user(&account(name), false).await.unwrap();
        self.hub.person(&name.parse().unwrap()).await.unwrap().unwrap()
    }

    pub(crate) async fn try_to_say(&self, who: &Actor, text: &str) -> Result<String, Error> {
        let new = NewComment { text, parent: None };
        Ok(self.hub.add_comment(who, &self.name, new).await?.id)
    }

    pub(crate) async fn say(&self, who: &Actor, text: &str) -> String {
        self.try_to_say(who, text).await.unwrap()
    }

    pub(crate) async fn answer(&self, who: &Actor, parent: &str, text: &str) -> String {
        let new = NewComment { text, parent: Some(parent) };
        self.hub.add_comment(who, &self.name, new).await.unwrap().id
    }

    pub(crate) async fn judge(&self, who: &Actor, id: &str, judgement: Judgement) -> Result<(), Error> {
        self.hub.judge_comment(who, &self.name, id, judgement, "not nice").await
    }

    /// The texts of the threads on the first page, as `who` sees them; `-` for one that is gone.
    pub(crate) async fn threads(&self, who: &Actor) -> Vec<String> {
        let page = self.hub.comments(who, &self.name, 1).await.unwrap();
        let text = |thread: &model::view::Thread| thread.head.as_ref().map(|comment| comment.body.clone());
        page.threads.rows.iter().map(|thread| text(thread).unwrap_or("-".into())).collect()
    }

    /// What the head of the repository's pages and the API count, which must be the same.
    pub(crate) async fn count(&self, who: &Actor) -> u64 {
        let head = self.hub.repository(who, &self.name).await.unwrap().head;
        let list = self.hub.comment_list(who, &self.name, 1, 1).await.unwrap();
        assert_eq!(head.comments.unwrap_or_default(), list.total);
        list.total
    }

    pub(crate) async fn queue(&self, queue: CommentQueue) -> Vec<Case> {
        self.hub.moderation(&self.stage.anna, &self.name, queue, 1).await.unwrap().cases.rows
    }

    pub(crate) async fn state(&self, who: &Actor, id: &str) -> Result<CommentState, Error> {
        Ok(self.hub.comment(who, &self.name, id).await?.state)
    }
}
