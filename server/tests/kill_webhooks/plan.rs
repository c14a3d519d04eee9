//! What is set up: repositories with three webhooks each, and what their receivers report of a push.

/// Enough webhooks that leases of a killed process leave work for the others.
pub(crate) const REPOSITORIES: usize = 6;

/// A webhook of each kind listens to each repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Three steps, all of which report success.
    Chain,
    /// Three steps, one of which reports that it went wrong.
    Stopped,
    /// One step that waits for nobody.
    Single,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Chain, Self::Stopped, Self::Single];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chain => "chain",
            Self::Stopped => "stopped",
            Self::Single => "single",
        }
    }

    pub(crate) fn steps(self) -> u64 {
        if self == Self::Single { 1 } else { 3 }
    }

    /// Its last step waits for the callback too.
    pub(crate) fn waits(self) -> bool {
        self != Self::Single
    }

    /// Steps that are called for the push `number`: those after it never are.
    pub(crate) fn called(self, number: u64) -> u64 {
        if self == Self::Stopped { 1 + number % 3 } else { self.steps() }
    }

    /// What the receiver of `step` reports of the push `number`.
    pub(crate) fn report(self, number: u64, step: u64) -> &'static str {
        match (self, number % 2) {
            (Self::Stopped, _) if step < self.called(number) => "success",
            (Self::Stopped, 0) => "failure",
            (Self::Stopped, _) => "error",
            _ => "success",
        }
    }

    /// How each of its runs has to end.
    pub(crate) fn end(self) -> &'static str {
        if self == Self::Stopped { "stopped" } else { "complete" }
    }

    /// How a step has to end.
    pub(crate) fn step_end(self, number: u64, step: u64) -> &'static str {
        match self.report(number, step) {
            _ if step > self.called(number) => "cancelled",
            "success" => "done",
            wrong => wrong,
        }
    }
}

/// A webhook that was made.
pub(crate) struct Webhook {
    pub(crate) repository: usize,
    pub(crate) kind: Kind,
    pub(crate) id: String,
}

/// `anna/kill-3`.
pub(crate) fn repository(index: usize) -> String {
    format!("anna/kill-{index}")
}

/// Each push has a tag of its own, so that it tells which push a delivery is about.
pub(crate) fn tag(number: u64) -> String {
    format!("t{number}")
}

/// The push that a tag belongs to.
pub(crate) fn number(tag: &str) -> Option<u64> {
    tag.strip_prefix('t')?.parse().ok()
}
