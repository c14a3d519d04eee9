//! Choice cards: one of a few, each with what it means.

use super::badge::{visibility_hint, visibility_word};
use crate::surroundings::words;
use leptos::prelude::*;
use model::Visibility;

/// The three visibilities as cards.
#[component]
pub(crate) fn VisibilityChoice(chosen: Visibility) -> AnyView {
    let cards = Visibility::ALL.map(|visibility| {
        let id = format!("visibility-{}", visibility.as_str());
        view! {
            <div class="choice">
                <input
                    type="radio"
                    name="visibility"
                    id=id.clone()
                    value=visibility.as_str()
                    checked=visibility == chosen
                    aria-describedby=format!("{id}-hint")
                />
                <label for=id.clone()>{visibility_word(visibility)}</label>
                <p id=format!("{id}-hint")>{visibility_hint(visibility)}</p>
            </div>
        }
    });
    view! { <fieldset class="choices"><legend>{words().visibility}</legend>{cards}</fieldset> }.into_any()
}
