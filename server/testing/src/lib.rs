//! What tests of several crates need. Never part of a release.

mod attacks;
mod berth;
mod database;
mod noise;
mod random;
mod receiver;
mod registry;

pub mod http;

pub use attacks::{attacks, deepest, hole};
pub use berth::{Berth, kill_rounds};
pub use database::TestDatabase;
pub use noise::noise;
pub use random::Random;
pub use receiver::{Answer, Received, Receiver};
pub use registry::{Login, MANIFEST, Registry, digest, image_config, image_manifest, next_location};

/// Makes of one async story, a function of a [`TestDatabase`], a test on SQLite and one on PostgreSQL.
#[macro_export]
macro_rules! both_databases {
    ($($story:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story($crate::TestDatabase::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                if let Some(database) = $crate::TestDatabase::postgres() {
                    super::$story(database).await;
                }
            })+
        }
    };
}
