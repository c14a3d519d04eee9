//! What others show of this hub: badges, pictures of links, feeds, and what search engines are told.
//!
//! Draws and writes; what there is and who may see it, the hub says. An answer is the same for everybody who may have
//! it, in the language that its address asks for: caches in between need to know of nobody.

mod answer;
mod asked;
mod badge;
mod feed;
mod glyphs;
mod picture;
mod sitemap;
mod xml;

pub use picture::Pictures;

use crate::shared::Shared;
use axum::Router;
use axum::routing::get;
use model::Badge;
use std::sync::Arc;
use tokio::sync::Semaphore;

const FEED: &str = "/r/{namespace}/{name}/feed.atom";
const REPOSITORY_PICTURE: &str = "/r/{namespace}/{name}/picture.png";
const NAMESPACE_PICTURE: &str = "/u/{user}/picture.png";
const PICTURE: &str = "/picture.png";
const ROBOTS: &str = "/robots.txt";
const SITEMAP: &str = "/sitemap.xml";
const SITEMAP_PAGE: &str = "/sitemap/page.xml";

/// The room that there is for such work.
#[derive(Clone)]
pub struct Sharing {
    pictures: Pictures,
    /// A sitemap is many rows: one at a time is enough for all search engines there are.
    sitemaps: Arc<Semaphore>,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { pictures: Pictures::default(), sitemaps: Arc::new(Semaphore::new(1)) }
    }
}

fn badge_path(badge: Badge) -> String {
    format!("/r/{{namespace}}/{{name}}/badge/{}.svg", badge.as_str())
}

/// Every path, to be read with GET.
#[must_use]
pub fn paths() -> Vec<String> {
    let badges = Badge::ALL.iter().map(|badge| badge_path(*badge));
    let others = [FEED, REPOSITORY_PICTURE, NAMESPACE_PICTURE, PICTURE, ROBOTS, SITEMAP, SITEMAP_PAGE]
        .map(str::to_owned);
    badges.chain(others).collect()
}

/// Answers [`paths`]. In front of it somebody found out who asks.
pub fn router() -> Router<Shared> {
    let router = Router::new()
        .route(FEED, get(feed::feed))
        .route(REPOSITORY_PICTURE, get(picture::of_repository))
        .route(NAMESPACE_PICTURE, get(picture::of_namespace))
        .route(PICTURE, get(picture::of_hub))
        .route(ROBOTS, get(sitemap::robots))
        .route(SITEMAP, get(sitemap::index))
        .route(SITEMAP_PAGE, get(sitemap::page));
    Badge::ALL.iter().fold(router, |router, badge| {
        router.route(&badge_path(*badge), get(move |asked| badge::badge(asked, *badge)))
    })
}
