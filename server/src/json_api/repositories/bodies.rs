//! What may be said of a repository. `visibility` is Berth's own word, `is_private` Docker Hub's; they agree.

use crate::json_api::error::Refusal;
use hub::{NewRepository, Order, RepositoryEdit};
use model::{Error, RepositoryName, Username, Visibility};
use serde::Deserialize;
use utoipa::ToSchema;

/// A repository to be made, in the namespace of the path.
#[derive(Deserialize, ToSchema)]
pub(in crate::json_api) struct New {
    name: String,
    /// If given, the one of the path.
    namespace: Option<String>,
    #[serde(flatten)]
    more: More,
}

/// A repository to be made.
#[derive(Deserialize, ToSchema)]
pub(in crate::json_api) struct NewAnywhere {
    name: String,
    namespace: String,
    #[serde(flatten)]
    more: More,
}

/// What need not be said of a new repository.
#[derive(Deserialize, ToSchema)]
struct More {
    /// At most 100 characters.
    description: Option<String>,
    /// Markdown, at most 25,000 characters.
    full_description: Option<String>,
    /// `public`, `unlisted` or `private`; without it and `is_private`: private.
    #[schema(value_type = Option<String>, example = "unlisted")]
    visibility: Option<Visibility>,
    is_private: Option<bool>,
}

impl New {
    pub(super) fn repository(self, namespace: &Username) -> Result<NewRepository, Refusal> {
        if self.namespace.is_some_and(|named| named != namespace.as_str()) {
            return Err(Refusal::field("namespace", "is another one than the path's"));
        }
        self.more.repository(namespace, &self.name)
    }
}

impl NewAnywhere {
    pub(super) fn repository(self) -> Result<NewRepository, Refusal> {
        let namespace = self.namespace.parse().map_err(|problem| Error::field("namespace", problem))?;
        self.more.repository(&namespace, &self.name)
    }
}

impl More {
    /// Nothing becomes public by accident: who says nothing gets a private one.
    fn repository(self, namespace: &Username, name: &str) -> Result<NewRepository, Refusal> {
        let name = RepositoryName::new(namespace, name).map_err(|problem| Error::field("name", problem))?;
        let usual = if self.is_private == Some(false) { Visibility::Public } else { Visibility::Private };
        Ok(NewRepository {
            name,
            description: self.description.unwrap_or_default(),
            full_description: self.full_description.unwrap_or_default(),
            visibility: agreed(self.visibility, self.is_private, usual)?,
        })
    }
}

/// What is to be changed.
#[derive(Deserialize, ToSchema)]
pub(in crate::json_api) struct Changes {
    /// At most 100 characters.
    description: Option<String>,
    /// Markdown, at most 25,000 characters.
    full_description: Option<String>,
    /// `public`, `unlisted` or `private`.
    #[schema(value_type = Option<String>, example = "unlisted")]
    visibility: Option<Visibility>,
    /// `true` makes it private; `false` makes a private one public and leaves others as they are.
    is_private: Option<bool>,
}

impl Changes {
    /// What to change of a repository whose visibility is `now`.
    pub(super) fn edit(self, now: Visibility) -> Result<RepositoryEdit, Refusal> {
        let visibility = agreed(self.visibility, self.is_private, now)?;
        Ok(RepositoryEdit {
            short: self.description,
            full: self.full_description,
            visibility: (visibility != now).then_some(visibility),
        })
    }
}

/// Both words made one. `now` is what holds when nothing is said.
fn agreed(word: Option<Visibility>, private: Option<bool>, now: Visibility) -> Result<Visibility, Refusal> {
    match (word, private) {
        (Some(word), Some(private)) if (word == Visibility::Private) != private => {
            Err(Refusal::field("is_private", "contradicts visibility"))
        }
        (Some(word), _) => Ok(word),
        (None, Some(true)) => Ok(Visibility::Private),
        (None, Some(false)) if now == Visibility::Private => Ok(Visibility::Public),
        (None, _) => Ok(now),
    }
}

/// The order that `word` names; without one, the latest push first.
pub(super) fn order(word: Option<&str>) -> Result<Order, Refusal> {
    match word {
        Some("name") => Ok(Order::Name),
        Some("-name") => Ok(Order::NameDescending),
        Some("last_updated") => Ok(Order::LeastRecent),
        None | Some("" | "-last_updated") => Ok(Order::MostRecent),
        Some("pull_count") => Ok(Order::FewestPulls),
        Some("-pull_count") => Ok(Order::MostPulls),
        Some(_) => Err(Refusal::field(
            "ordering",
            "must be name, last_updated or pull_count, or one of them with a -",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::Visibility::{Private, Public, Unlisted};
    use super::*;

    #[test]
    fn is_private_and_visibility_agree() {
        let changed = |word, private, now| agreed(word, private, now).ok();
        assert_eq!(changed(None, None, Unlisted), Some(Unlisted));
        assert_eq!(changed(None, Some(true), Unlisted), Some(Private));
        assert_eq!(changed(None, Some(false), Unlisted), Some(Unlisted));
        assert_eq!(changed(None, Some(false), Private), Some(Public));
        assert_eq!(changed(Some(Unlisted), Some(false), Private), Some(Unlisted));
        assert_eq!(changed(Some(Private), Some(true), Public), Some(Private));
        assert_eq!(changed(Some(Private), Some(false), Public), None);
        assert_eq!(changed(Some(Unlisted), Some(true), Public), None);
    }

    #[test]
    fn a_new_one_is_private_unless_somebody_says_otherwise() {
        let made = |json: &str| {
            let new: NewAnywhere = serde_json::from_str(json).unwrap();
            new.repository().ok().map(|new| new.visibility)
        };
        assert_eq!(made(r#"{"namespace":"anna","name":"app"}"#), Some(Private));
        assert_eq!(made(r#"{"namespace":"anna","name":"app","is_private":false}"#), Some(Public));
        let both = r#"{"namespace":"anna","name":"app","is_private":false,"visibility":"unlisted"}"#;
        assert_eq!(made(both), Some(Unlisted));
        assert_eq!(made(r#"{"namespace":"anna","name":"App"}"#), None);
    }
}
