//! Badges: a shape and a word, never colour alone.

use crate::icon::{Icon, Mark};
use crate::surroundings::words;
use leptos::prelude::*;
use model::Visibility;

/// The word for a visibility.
pub(crate) fn visibility_word(visibility: Visibility) -> &'static str {
    let words = words();
    match visibility {
        Visibility::Public => words.visibility_public,
        Visibility::Unlisted => words.visibility_unlisted,
        Visibility::Private => words.visibility_private,
    }
}

/// What a visibility means.
pub(crate) fn visibility_hint(visibility: Visibility) -> &'static str {
    let words = words();
    match visibility {
        Visibility::Public => words.visibility_public_hint,
        Visibility::Unlisted => words.visibility_unlisted_hint,
        Visibility::Private => words.visibility_private_hint,
    }
}

/// Who can find and pull it.
#[component]
pub(crate) fn VisibilityBadge(visibility: Visibility) -> AnyView {
    let icon = match visibility {
        Visibility::Public => Icon::Globe,
        Visibility::Unlisted => Icon::Link,
        Visibility::Private => Icon::Lock,
    };
    view! {
        <span class=format!("badge {}", visibility.as_str()) title=visibility_hint(visibility)>
            <Mark icon/>
            {visibility_word(visibility)}
        </span>
    }
    .into_any()
}
