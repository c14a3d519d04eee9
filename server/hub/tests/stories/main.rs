//! What people and clients do with a hub, told on each database. No HTTP, no pages: those have their own tests.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod access_tokens;
mod accounts;
mod administration;
mod audit;
mod collaborators;
mod comment_scene;
mod comment_telling;
mod comments;
mod deleted_tags;
mod images;
mod mailed_links;
mod meanwhile;
mod moderation;
mod moving;
mod notifications;
mod organization_tokens;
mod passkeys;
mod plans;
mod pulls;
mod readmes;
mod referrers;
mod repositories;
mod search;
mod search_index;
mod search_lists;
mod search_quality;
mod sessions;
mod sharing;
mod stage;
mod stars;
mod tags;
mod two_factor;
mod upkeep;
mod uploads;
mod webhook_deliveries;
mod webhook_news;
mod webhook_scene;
mod webhooks;

/// Makes two tests of each story: one on SQLite, one on PostgreSQL.
macro_rules! stories {
    ($($story:ident)*) => { $(
        mod $story {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$story(crate::stage::Stage::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(stage) = crate::stage::Stage::postgres().await {
                    super::$story(stage).await;
                }
            }
        }
    )* };
}
pub(crate) use stories;
