//! Tags as people see them: lists, one tag with its layers, its moves, and the way back.

use crate::access::Entered;
use crate::actor::Actor;
use crate::image_config::ImageConfig;
use crate::store::images::PartRow;
use crate::store::repositories::count;
use crate::store::tags::{self, Found, MoveRow};
use crate::store::{StoreError, images};
use crate::{Hub, events};
use model::event::Event;
use model::view::{ImageView, Page, PlatformRow, TagMove, TagPage, TagRow, TagsPage};
use model::{Action, Digest, Error, Missing, RepositoryName, Tag, Timestamp};
use std::collections::HashSet;

/// Images of an index that its page shows.
const IMAGES_SHOWN: usize = 50;

impl Hub {
    /// A page of tags, the latest push first. `page` counts from 1, `size` is at most 100.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn tags(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        page: u32,
        size: u32,
    ) -> Result<TagsPage, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let size = size.clamp(1, 100);
        let skip = u64::from(page.saturating_sub(1)) * u64::from(size);
        let (found, total) = tags::slice(self.database(), &entered, size, skip).await?;
        let mut rows = Vec::with_capacity(found.len());
        for tag in found {
            rows.push(self.tag_row(&entered, tag).await?);
        }
        Ok(TagsPage {
            head: self.head(&entered).await?,
            tags: Page { rows, total, number: page.max(1), size },
            pull_name: self.pull_name(name, None),
        })
    }

    async fn tag_row(&self, entered: &Entered, found: Found) -> Result<TagRow, Error> {
        let summary = images::summary(self.database(), entered, &found.digest).await?;
        Ok(TagRow {
            platforms: tags::platforms(self.database(), entered, &found.digest).await?,
            media_type: summary.map(|summary| summary.media_type).unwrap_or_default(),
            tag: found.tag,
            digest: found.digest,
            pushed_at: found.pushed_at,
            pushed_by: found.pushed_by,
            pulled_at: found.pulled_at,
        })
    }

    /// One tag with its images and its moves.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Tag)`.
    pub async fn tag(&self, actor: &Actor, name: &RepositoryName, tag: &Tag) -> Result<TagPage, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let found = tags::find(self.database(), &entered, tag.as_str()).await?;
        let row = self.tag_row(&entered, found.ok_or(Error::NotFound(Missing::Tag))?).await?;
        let mut images = Vec::new();
        let mut seen = HashSet::new();
        // An index may name one image often, and thousands of them.
        let platforms = row.platforms.into_iter().filter(|one| seen.insert(one.digest.clone()));
        for platform in platforms.take(IMAGES_SHOWN) {
            images.push(self.image_view(&entered, platform).await?);
        }
        let moves = tags::moves(self.database(), &entered, tag).await?;
        let checks = self.checks(&entered, &row.digest, tag).await?;
        Ok(TagPage {
            checks,
            head: self.head(&entered).await?,
            pull_name: self.pull_name(name, Some(tag.as_str())),
            tag: row.tag,
            digest: row.digest,
            media_type: row.media_type,
            pushed_at: row.pushed_at,
            pushed_by: row.pushed_by,
            pulls: self.tag_pull_summary(&entered, tag).await?,
            images,
            history: moves.into_iter().map(tag_move).collect::<Result<_, _>>()?,
        })
    }

    /// One platform with its layers, as far as the image's config tells of them.
    async fn image_view(&self, entered: &Entered, platform: PlatformRow) -> Result<ImageView, Error> {
        let parts = images::parts(self.database(), entered, &platform.digest).await?;
        let config = match parts.iter().find(|part| part.kind == "config") {
            Some(part) => self.image_config(&part.digest).await,
            None => ImageConfig::default(),
        };
        let layers: Vec<(Digest, u64)> =
            parts.iter().filter(|part| is_layer(part)).map(layer).collect::<Result<_, _>>()?;
        Ok(ImageView {
            platform: platform.platform,
            digest: platform.digest,
            size: platform.size,
            pulled_at: platform.pulled_at,
            created_at: config.created(),
            layers: config.history(&layers),
        })
    }

    /// Takes a tag away. The image stays, and with it the way back.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Tag)`.
    pub async fn delete_tag(&self, actor: &Actor, name: &RepositoryName, tag: &Tag) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::DeleteImage).await?;
        let mut change = self.change_repository(&entered).await?;
        let found = tags::find_now(&mut change, &entered, tag.as_str()).await?;
        let digest = found.ok_or(Error::NotFound(Missing::Tag))?.digest;
        tags::delete(&mut change, &entered, tag, self.now(), by(actor)).await?;
        let event = Event::TagDeleted { repository: name.clone(), tag: tag.clone(), digest };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit().await?)
    }

    /// Puts a tag back on an image that it was on before.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Manifest)` when the image is gone.
    pub async fn restore_tag(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        tag: &Tag,
        digest: &Digest,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::DeleteImage).await?;
        let mut change = self.change_repository(&entered).await?;
        let stored = images::media_type(&mut change, &entered, digest).await?;
        stored.ok_or(Error::NotFound(Missing::Manifest))?;
        tags::put(&mut change, &entered, tag, digest, self.now(), by(actor)).await?;
        let event = Event::TagRestored { repository: name.clone(), tag: tag.clone(), digest: digest.clone() };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit().await?)
    }
}

/// Who did it, as the tables note it.
pub(crate) fn by(actor: &Actor) -> &str {
    actor.username().map_or("", |name| name.as_str())
}

fn is_layer(part: &PartRow) -> bool {
    matches!(part.kind.as_str(), "layer" | "foreign")
}

fn layer(part: &PartRow) -> Result<(Digest, u64), StoreError> {
    Ok((part.digest.parse().map_err(|_| StoreError::corrupt("digest"))?, count(part.size)))
}

fn tag_move(row: MoveRow) -> Result<TagMove, StoreError> {
    let digest =
        row.digest.map(|digest| digest.parse()).transpose().map_err(|_| StoreError::corrupt("digest"))?;
    Ok(TagMove { digest, at: Timestamp(row.moved_at), by: row.moved_by, restorable: row.restorable })
}
