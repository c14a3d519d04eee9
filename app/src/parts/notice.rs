//! What a form's round trip left in the address: a refusal, or that it was saved.

use crate::surroundings::{surroundings, words};
use crate::words::explain;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Error, Problem};

/// The refusal that brought the visitor back to this page, if that is what happened.
#[derive(Clone, Default)]
pub(crate) struct Refusal(Option<Error>);

impl Refusal {
    /// Whether a form was refused.
    pub(crate) fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// The problem of one field.
    pub(crate) fn of(&self, field: &str) -> Option<Problem> {
        match &self.0 {
            Some(Error::Invalid(problems)) => problems.iter().find(|p| p.field == field).map(|p| p.problem),
            _ => None,
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self(Some(error))
    }
}

/// Reads it from the address. Whatever somebody else wrote there can only be one of our own sentences.
pub(crate) fn refusal() -> Refusal {
    let text = kept("refused");
    Refusal(serde_json::from_str(&text).ok())
}

/// A value of the address: what was typed before the refusal; empty where there is none.
pub(crate) fn kept(name: &str) -> String {
    use_query_map().read_untracked().get(name).unwrap_or_default()
}

/// Says that a form was refused, above its fields.
#[component]
pub(crate) fn RefusalNotice(refusal: Refusal) -> AnyView {
    refusal
        .0
        .map(|error| {
            view! { <p class="notice bad" role="alert">{explain(surroundings().locale, &error)}</p> }
        })
        .into_any()
}

/// Says that it was saved.
#[component]
pub(crate) fn SavedNotice() -> AnyView {
    (!kept("saved").is_empty())
        .then(|| view! { <p class="notice good" role="status">{words().saved}</p> })
        .into_any()
}
