//! A count, short where it is large, with the exact number to hover on.

use crate::format::{compact, grouped};
use crate::surroundings::surroundings;
use leptos::prelude::*;

/// A count in the visitor's way of writing.
pub(crate) fn count(number: u64) -> String {
    compact(number, surroundings().locale)
}

/// A count.
#[component]
pub(crate) fn Count(number: u64) -> AnyView {
    view! { <data class="number" value=number.to_string() title=grouped(number)>{count(number)}</data> }
        .into_any()
}
