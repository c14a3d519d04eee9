//! A count, short where it is large, with the exact number to hover on.

use crate::surroundings::words;
use crate::words::exact;
use leptos::prelude::*;

/// A count in the visitor's way of writing.
pub(crate) fn count(number: u64) -> String {
    (words().stars.count)(number)
}

/// A count.
#[component]
pub(crate) fn Count(number: u64) -> AnyView {
    view! { <data class="number" value=number.to_string() title=exact(number)>{count(number)}</data> }
        .into_any()
}
