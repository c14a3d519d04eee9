//! How a run stands, in a word and a colour.

use crate::surroundings::words;
use leptos::prelude::*;
use model::webhook::{RunState, StepState};

/// A run's state.
#[component]
pub(crate) fn RunBadge(state: RunState) -> AnyView {
    let class = match state {
        RunState::Complete => "badge good",
        RunState::Running => "badge active",
        RunState::Cancelled => "badge",
        RunState::Stopped | RunState::Undelivered | RunState::Expired => "badge bad",
    };
    view! { <span class=class>{(words().webhooks.run_state)(state)}</span> }.into_any()
}

/// The class of a step in the picture of its chain.
pub(crate) const fn step_class(state: StepState) -> &'static str {
    match state {
        StepState::Done => "good",
        StepState::Sending | StepState::Called => "active",
        StepState::Waiting | StepState::Skipped | StepState::Cancelled => "idle",
        StepState::Failure | StepState::Error | StepState::Undelivered | StepState::Expired => "bad",
    }
}
