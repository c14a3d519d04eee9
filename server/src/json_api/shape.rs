//! Repositories, tags and times in Docker Hub's words.

use model::view::{ImageView, PlatformRow, RepositoryDetails, RepositoryRow, TagPage, TagRow};
use model::{Role, Timestamp, Visibility};
use serde::Serialize;
use utoipa::ToSchema;

/// RFC 3339.
pub(super) fn moment(time: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(time.0).map(|moment| moment.to_string()).unwrap_or_default()
}

/// A repository in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct RepositoryItem {
    name: String,
    namespace: String,
    #[schema(example = "image")]
    repository_type: &'static str,
    status: u8,
    #[schema(example = "active")]
    status_description: &'static str,
    description: String,
    is_private: bool,
    /// Berth's own: `public`, `unlisted` or `private`.
    #[schema(value_type = String, example = "unlisted")]
    visibility: Visibility,
    star_count: u64,
    pull_count: u64,
    last_updated: String,
    last_modified: String,
}

impl RepositoryItem {
    pub(super) fn new(row: RepositoryRow) -> Self {
        let updated = moment(row.updated_at);
        Self {
            name: row.name.name().to_owned(),
            namespace: row.name.namespace().to_owned(),
            repository_type: "image",
            status: 1,
            status_description: "active",
            description: row.description,
            is_private: row.visibility == Visibility::Private,
            visibility: row.visibility,
            star_count: row.stars,
            pull_count: row.pulls,
            last_modified: updated.clone(),
            last_updated: updated,
        }
    }
}

/// One repository.
#[derive(Serialize, ToSchema)]
pub(super) struct Repository {
    #[serde(flatten)]
    item: RepositoryItem,
    user: String,
    full_description: String,
    date_registered: String,
    /// Bytes of its images.
    storage_size: u64,
    /// Comments that everybody sees.
    comment_count: u64,
    /// What the asker has here: `read`, `write`, `admin` or `owner`.
    affiliation: Option<&'static str>,
    permissions: Permissions,
    /// Whether the asker starred it.
    has_starred: bool,
}

/// What the asker may do.
#[derive(Serialize, ToSchema)]
struct Permissions {
    read: bool,
    write: bool,
    admin: bool,
}

impl Repository {
    pub(super) fn new(details: RepositoryDetails) -> Self {
        let head = details.head;
        let row = RepositoryRow {
            name: head.name,
            description: head.description,
            visibility: head.visibility,
            tag_count: head.tag_count,
            stars: head.stars,
            pulls: head.pulls,
            updated_at: details.updated_at,
        };
        Self {
            user: row.name.namespace().to_owned(),
            item: RepositoryItem::new(row),
            full_description: details.full_description,
            date_registered: moment(details.created_at),
            storage_size: details.stored,
            comment_count: head.comments.unwrap_or_default(),
            has_starred: head.is_starred,
            affiliation: head.role.map(Role::as_str),
            permissions: Permissions {
                read: true,
                write: head.role >= Some(Role::Write),
                admin: head.role >= Some(Role::Admin),
            },
        }
    }
}

/// A tag.
#[derive(Serialize, ToSchema)]
pub(super) struct Tag {
    name: String,
    images: Vec<Image>,
    last_updated: String,
    last_updater_username: String,
    /// Bytes that a pull moves, of the largest platform.
    full_size: u64,
    v2: bool,
    #[schema(example = "active")]
    tag_status: &'static str,
    tag_last_pushed: String,
    /// Missing where it was never pulled.
    tag_last_pulled: Option<String>,
    media_type: String,
    digest: String,
}

impl Tag {
    pub(super) fn in_list(row: TagRow) -> Self {
        let pushed = moment(row.pushed_at);
        let images = row.platforms.into_iter().map(|row| Image::in_list(row, &pushed)).collect();
        Self {
            name: row.tag.to_string(),
            last_updater_username: row.pushed_by,
            media_type: row.media_type,
            digest: row.digest.to_string(),
            tag_last_pulled: row.pulled_at.map(moment),
            ..Self::of(images, pushed)
        }
    }

    pub(super) fn with_layers(page: TagPage) -> Self {
        let pushed = moment(page.pushed_at);
        let images = page.images.into_iter().map(|view| Image::with_layers(view, &pushed)).collect();
        Self {
            name: page.tag.to_string(),
            last_updater_username: page.pushed_by,
            media_type: page.media_type,
            digest: page.digest.to_string(),
            tag_last_pulled: page.pulls.last.map(moment),
            ..Self::of(images, pushed)
        }
    }

    fn of(images: Vec<Image>, pushed: String) -> Self {
        Self {
            name: String::new(),
            full_size: images.iter().map(|image| image.size).max().unwrap_or_default(),
            images,
            last_updated: pushed.clone(),
            last_updater_username: String::new(),
            v2: true,
            tag_status: "active",
            tag_last_pushed: pushed,
            tag_last_pulled: None,
            media_type: String::new(),
            digest: String::new(),
        }
    }
}

/// One platform of a tag.
#[derive(Serialize, ToSchema)]
struct Image {
    architecture: String,
    variant: Option<String>,
    os: String,
    digest: String,
    /// Compressed bytes.
    size: u64,
    #[schema(example = "active")]
    status: &'static str,
    last_pushed: String,
    last_pulled: Option<String>,
    /// Only of a single tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<Layer>>,
}

/// A line of an image's history.
#[derive(Serialize, ToSchema)]
struct Layer {
    /// Missing where the instruction made no layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    size: u64,
    instruction: String,
}

impl Image {
    fn in_list(row: PlatformRow, pushed: &str) -> Self {
        let (os, architecture, variant) = platform(&row.platform);
        Self {
            architecture,
            variant,
            os,
            digest: row.digest.to_string(),
            size: row.size,
            status: "active",
            last_pushed: pushed.to_owned(),
            last_pulled: row.pulled_at.map(moment),
            layers: None,
        }
    }

    fn with_layers(view: ImageView, pushed: &str) -> Self {
        let layers = view.layers.into_iter().map(|layer| Layer {
            digest: layer.digest.map(|digest| digest.to_string()),
            size: layer.size,
            instruction: layer.instruction,
        });
        let (platform, digest) = (view.platform, view.digest);
        let row = PlatformRow { platform, digest, size: view.size, pulled_at: view.pulled_at };
        Self { layers: Some(layers.collect()), ..Self::in_list(row, pushed) }
    }
}

/// `os/architecture[/variant]`. What is no image has a media type there, and no platform.
fn platform(text: &str) -> (String, String, Option<String>) {
    let mut words = text.split('/').map(str::to_owned);
    match (words.next(), words.next(), words.next()) {
        (Some(os), Some(architecture), variant) if !architecture.contains('.') && os != "application" => {
            (os, architecture, variant)
        }
        _ => ("unknown".into(), "unknown".into(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_has_two_or_three_words_and_an_artifact_none() {
        let words = |text| {
            let (os, architecture, variant) = platform(text);
            format!("{os} {architecture} {}", variant.unwrap_or_default())
        };
        assert_eq!(words("linux/arm/v7"), "linux arm v7");
        assert_eq!(words("linux/amd64"), "linux amd64 ");
        assert_eq!(words("application/vnd.example+json"), "unknown unknown ");
        assert_eq!(words(""), "unknown unknown ");
    }

    #[test]
    fn times_are_rfc_3339() {
        assert_eq!(moment(Timestamp(1_400_000_000_123)), "2014-05-13T16:53:20.123Z");
    }
}
