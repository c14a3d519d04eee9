//! Title, description and share tags of the pages of one repository.

use super::meta::{Feed, PageMeta, Picture};
use crate::routes;
use crate::surroundings::{surroundings, words};
use crate::words::compact;
use leptos::prelude::*;
use model::Visibility;
use model::view::RepositoryHead;

/// What search engines and shared links show of a page of this repository. Of a private one they show nothing, and
/// nobody else can look at its picture and its feed.
#[component]
pub(crate) fn RepositoryMeta<'a>(
    head: &'a RepositoryHead,
    #[prop(into)] title: String,
    #[prop(into)] description: String,
    path: String,
    #[prop(optional)] page: u32,
) -> AnyView {
    let is_shared = head.visibility != Visibility::Private;
    let picture = is_shared.then(|| picture(head));
    let feed = is_shared.then(|| Feed {
        path: routes::feed(&head.name, surroundings().locale),
        title: (words().sharing.pushes_to)(head.name.as_str()),
    });
    let hidden = head.visibility != Visibility::Public;
    view! { <PageMeta title description path page hidden picture feed/> }.into_any()
}

/// Its address changes with what is drawn.
pub(crate) fn picture(head: &RepositoryHead) -> Picture {
    let shown = (head.name.as_str(), &head.description, compact(head.stars), compact(head.pulls));
    Picture {
        path: routes::picture(&routes::repository(&head.name), shown),
        of: (words().sharing.picture_of)(head.name.as_str()),
    }
}
