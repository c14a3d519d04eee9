//! "3 minutes ago", with the exact time to hover on.

use crate::format::{date_time, rfc3339};
use crate::surroundings::{surroundings, words};
use leptos::prelude::*;
use model::Timestamp;

/// How long ago `at` was when the page was rendered.
pub(crate) fn ago(at: Timestamp) -> String {
    let words = words();
    let minutes = (surroundings().now.0 - at.0) / 60_000;
    match minutes {
        ..1 => words.just_now.to_owned(),
        1..60 => (words.minutes_ago)(minutes),
        60..1440 => (words.hours_ago)(minutes / 60),
        1440..43_200 => (words.days_ago)(minutes / 1440),
        _ => date_time(at).chars().take(10).collect(),
    }
}

/// A moment, as a distance from now.
#[component]
pub(crate) fn Ago(at: Timestamp) -> AnyView {
    view! { <time datetime=rfc3339(at) title=format!("{} UTC", date_time(at))>{ago(at)}</time> }.into_any()
}
