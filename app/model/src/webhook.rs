//! Webhooks: what a run, a step and a callback can be, in the words that rows, pages and the API share.
//!
//! A run is one push told to one webhook; each of the webhook's URLs is a step of it (SPEC R4).

use crate::word_enum::word_enum;
use crate::{Error, FieldProblem, Problem};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// URLs of one chain.
pub const URLS_MOST: usize = 20;
/// Bytes of one URL.
pub const URL_MOST: usize = 2048;
/// Webhooks of one repository.
pub const WEBHOOKS_MOST: usize = 50;

word_enum! {
    /// What JSON a receiver gets.
    PayloadFormat {
        /// Docker Hub's of 2015, with what was added since.
        Hub = "hub",
        /// The notification envelope of CNCF distribution.
        Distribution = "distribution",
    }
}

word_enum! {
    /// Why a run was started.
    Trigger {
        Push = "push",
        Test = "test",
        /// Again, from a step of an earlier run.
        Replay = "replay",
        /// A push that was missed while the webhook was disabled.
        Resend = "resend",
    }
}

word_enum! {
    /// How a run stands.
    RunState {
        Running = "running",
        /// Every step was taken, and the last callback has come.
        Complete = "complete",
        /// A callback said `failure` or `error`.
        Stopped = "stopped",
        /// A receiver could not be reached, however often it was tried.
        Undelivered = "undelivered",
        /// A callback did not come in time.
        Expired = "expired",
        Cancelled = "cancelled",
    }
}

word_enum! {
    /// How a step stands.
    StepState {
        /// Its turn has not come.
        Waiting = "waiting",
        /// It is to be sent, or was and is tried again.
        Sending = "sending",
        /// The receiver took it; its callback is awaited.
        Called = "called",
        Done = "done",
        /// Its callback said so.
        Failure = "failure",
        /// Its callback said so.
        Error = "error",
        Undelivered = "undelivered",
        Expired = "expired",
        Skipped = "skipped",
        Cancelled = "cancelled",
    }
}

word_enum! {
    /// What a receiver reports.
    CallbackState {
        Success = "success",
        Failure = "failure",
        Error = "error",
    }
}

word_enum! {
    /// Why the hub sends nothing to a webhook any more.
    Disabled {
        /// By a person.
        Off = "off",
        /// The receiver said 410 Gone.
        Gone = "gone",
        /// Nothing was delivered for five days.
        Failing = "failing",
    }
}

impl RunState {
    /// Whether nothing more happens by itself.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Running)
    }
}

/// A receiver's report, as the user's document has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    pub state: CallbackState,
    /// At most 255 characters.
    #[serde(default)]
    pub description: String,
    /// At most 100 characters.
    #[serde(default)]
    pub context: String,
    /// `http` or `https`; empty: none.
    #[serde(default)]
    pub target_url: String,
}

impl Callback {
    /// Reads a report that came as JSON fields.
    ///
    /// # Errors
    /// `Invalid`, one entry a field.
    pub fn checked(
        state: Option<&str>,
        description: Option<&str>,
        context: Option<&str>,
        target_url: Option<&str>,
    ) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let state = match state.map(CallbackState::from_str) {
            Some(Ok(state)) => Some(state),
            Some(Err(problem)) => {
                problems.push(FieldProblem { field: "state".into(), problem });
                None
            }
            None => {
                problems.push(FieldProblem { field: "state".into(), problem: Problem::Required });
                None
            }
        };
        let mut text = |field: &str, value: Option<&str>, max: usize| {
            let value = value.unwrap_or_default();
            if value.chars().count() > max {
                problems.push(FieldProblem { field: field.into(), problem: Problem::TooLong { max } });
            }
            value.to_owned()
        };
        let (description, context) = (text("description", description, 255), text("context", context, 100));
        let target_url = text("target_url", target_url, URL_MOST);
        if !target_url.is_empty() && !is_link(&target_url) {
            problems.push(FieldProblem { field: "target_url".into(), problem: Problem::BadUrl });
        }
        match state {
            Some(state) if problems.is_empty() => Ok(Self { state, description, context, target_url }),
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// What may stand behind a link of ours: a browser opens no other scheme from it.
fn is_link(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_as_the_document_has_it() {
        let link = Some("http://ci.acme.com/results/afd339c1c3d27");
        let report =
            Callback::checked(Some("success"), Some("387 tests PASSED"), Some("Acme CI"), link).unwrap();
        assert_eq!(report.state, CallbackState::Success);
        assert!(Callback::checked(Some("error"), None, None, None).is_ok());
        let (long, longer) = ("é".repeat(255), "é".repeat(256));
        assert!(Callback::checked(Some("failure"), Some(&long), Some(&long[..200]), None).is_ok());
        for bad in [
            Callback::checked(None, None, None, None),
            Callback::checked(Some("ok"), None, None, None),
            Callback::checked(Some("Success"), None, None, None),
            Callback::checked(Some("success"), Some(&longer), None, None),
            Callback::checked(Some("success"), None, Some(&"c".repeat(101)), None),
            Callback::checked(Some("success"), None, None, Some("javascript:alert(1)")),
            Callback::checked(Some("success"), None, None, Some("https://")),
            Callback::checked(Some("success"), None, None, Some("http://a/\u{202e}b")),
        ] {
            assert!(matches!(bad, Err(Error::Invalid(_))), "{bad:?}");
        }
    }

    #[test]
    fn words_lead_back() {
        for state in StepState::ALL {
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
        assert!("Done".parse::<StepState>().is_err());
    }
}
