//! What leaves the hub to be shown elsewhere: the facts on pictures and badges, feeds of pushes, the sitemap.

use crate::Hub;
use crate::access::Entered;
use crate::actor::Actor;
use crate::store::{StoreError, sharing as rows, tags};
use crate::versions::version;
use model::badge::BadgeFact;
use model::view::{PushFeed, RepositoryHead, SitemapRow};
use model::{Action, Badge, Error, RepositoryName, Tag};

/// Pushes that a feed tells of.
const PUSHES: i64 = 50;
/// The last pushes, among which those are looked for whose tags are there.
const PUSHES_SEEN: i64 = 1_000;
/// The tags, by their last push, among which a version is looked for.
const VERSIONS: i64 = 500;
/// Repositories on a page of the sitemap. With their namespaces they are less than the 50,000 addresses that a page may
/// have, and such a page is made in little time.
pub const SITEMAP_PAGE: u32 = 10_000;

impl Hub {
    /// What a picture of a repository shows.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn repository_head(
        &self,
        actor: &Actor,
        name: &RepositoryName,
    ) -> Result<RepositoryHead, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        self.head(&entered).await
    }

    /// The fact that a badge shows, with the head of the repository; `tag`: of that one, where tags differ.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn badge(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        badge: Badge,
        tag: Option<&Tag>,
    ) -> Result<(RepositoryHead, BadgeFact), Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let head = self.head(&entered).await?;
        let fact = match badge {
            Badge::Pulls => BadgeFact::Pulls(head.pulls),
            Badge::Stars => BadgeFact::Stars(head.stars),
            Badge::Size => BadgeFact::Size(self.image_size(&entered, tag).await?),
            Badge::Version => BadgeFact::Version(self.version(&entered, tag).await?),
            Badge::Build => BadgeFact::Build,
        };
        Ok((head, fact))
    }

    /// Bytes that a pull of `tag` moves (of its largest platform), or of the tag pushed last.
    async fn image_size(&self, entered: &Entered, tag: Option<&Tag>) -> Result<Option<u64>, StoreError> {
        let found = match tag {
            Some(tag) => tags::find(self.database(), entered, tag.as_str()).await?,
            None => tags::newest(self.database(), entered).await?,
        };
        let Some(found) = found else { return Ok(None) };
        let images = tags::platforms(self.database(), entered, &found.digest).await?;
        Ok(images.iter().map(|image| image.size).max())
    }

    /// The tag that stands for the repository's version, or `tag` if it is there.
    async fn version(&self, entered: &Entered, tag: Option<&Tag>) -> Result<Option<String>, StoreError> {
        if let Some(tag) = tag {
            let found = tags::find(self.database(), entered, tag.as_str()).await?;
            return Ok(found.map(|found| found.tag.to_string()));
        }
        let names = rows::tags_by_push(self.database(), entered, VERSIONS).await?;
        Ok(version(&names).map(ToOwned::to_owned))
    }

    /// The last pushes of tags that are there: a feed is public, and names are deleted for a reason.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn push_feed(&self, actor: &Actor, name: &RepositoryName) -> Result<PushFeed, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        Ok(PushFeed {
            head: self.head(&entered).await?,
            id: entered.id().to_owned(),
            created_at: entered.created_at(),
            pushes: rows::pushes(self.database(), &entered, PUSHES, PUSHES_SEEN).await?,
        })
    }

    /// Behind which names the pages of the sitemap begin, all but the first. Walks over the names of all public
    /// repositories in their index, hence one at a time should ask. `size` is [`SITEMAP_PAGE`] but in tests.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn sitemap_starts(&self, size: u32) -> Result<Vec<RepositoryName>, Error> {
        let between = i64::from(size.max(1)) - 1;
        let mut starts: Vec<RepositoryName> = Vec::new();
        loop {
            let after = starts.last().map_or("", |name| name.as_str());
            match rows::public_step(self.database(), after, between).await? {
                Some(name) => starts.push(name),
                None => return Ok(starts),
            }
        }
    }

    /// A page of the sitemap: public repositories behind `after` (empty: from the start), by their names.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn sitemap_page(&self, after: &str, size: u32) -> Result<Vec<SitemapRow>, Error> {
        Ok(rows::public_part(self.database(), after, i64::from(size)).await?)
    }
}
