//! How often images are pulled, as pages show it.

use super::{Page, RepositoryHead};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// Pulls of one day, or of some days in a row (UTC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullBar {
    /// When the first day began.
    pub first: Timestamp,
    /// When the last day began: the same for a single day.
    pub last: Timestamp,
    pub pulls: u64,
}

/// Pulls of a repository or of one of its tags, at a glance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullSummary {
    /// Of all time.
    pub total: u64,
    pub last: Option<Timestamp>,
    /// The last 30 days, today at the end.
    pub days: Vec<PullBar>,
}

impl PullSummary {
    /// Pulls of the days that it has.
    #[must_use]
    pub fn recent(&self) -> u64 {
        self.days.iter().map(|day| day.pulls).fold(0, u64::saturating_add)
    }
}

/// How far back the chart goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PullSpan {
    #[default]
    Month,
    Quarter,
    Year,
}

impl PullSpan {
    /// Every span, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// How many days it has.
    #[must_use]
    pub const fn days(self) -> u16 {
        match self {
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// Days a bar: a year of single days would be hairs.
    #[must_use]
    pub const fn days_a_bar(self) -> u16 {
        match self {
            Self::Month | Self::Quarter => 1,
            Self::Year => 7,
        }
    }

    /// The span of so many days.
    #[must_use]
    pub fn of_days(days: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.days().to_string() == days)
    }
}

/// As what something was pulled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PulledAs {
    Tag(Tag),
    /// The tag was deleted since. Only who may push is told what it was called.
    DeletedTag(Tag),
    /// All tags that were deleted since, for all others.
    DeletedTags,
    /// Without a tag.
    Digest,
}

/// Pulls of one tag, in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagPulls {
    pub pulled_as: PulledAs,
    pub total: u64,
    /// Of the last 30 days.
    pub recent: u64,
    pub last: Timestamp,
}

/// The statistics of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullsPage {
    pub head: RepositoryHead,
    pub total: u64,
    pub last: Option<Timestamp>,
    /// Pulls of each of [`PullSpan::ALL`].
    pub spans: [u64; 3],
    /// What `bars` are of.
    pub span: PullSpan,
    /// The oldest first, without gaps.
    pub bars: Vec<PullBar>,
    /// The most pulled first; [`PulledAs::DeletedTags`] stands at the end.
    pub tags: Page<TagPulls>,
}
