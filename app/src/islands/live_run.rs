//! Keeps the page of a run up with it.

use crate::browser;
use leptos::prelude::*;

/// The id of what is kept up: the island itself stands outside.
pub(crate) const REGION: &str = "run";

/// Renews the region whenever the stream at `events` tells of something new.
#[island]
pub(crate) fn LiveRun(events: String) -> impl IntoView {
    Effect::new(move |_| browser::follow(&events, REGION));
}
