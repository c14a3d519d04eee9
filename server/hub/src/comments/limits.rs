//! How much may be written: a minute's budget for everybody, and less for accounts that few know yet.

use crate::Hub;
use crate::actor::Person;
use crate::budget::FloodLimits;
use crate::store::Change;
use crate::store::comments::changes::{self, AuthorRow};
use model::view::NewcomerLimits;
use model::{Error, Problem};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What the operator allows; times in milliseconds.
#[derive(Debug, Clone)]
pub struct CommentLimits {
    /// Comments, edits and flags.
    pub floods: FloodLimits,
    /// An account is a newcomer until it is this old …
    pub newcomer_age: i64,
    /// … and so many of its comments are seen by everybody.
    pub newcomer_comments: u32,
    pub newcomer: NewcomerLimits,
}

impl Default for CommentLimits {
    fn default() -> Self {
        Self {
            floods: FloodLimits { a_minute_per_account: 20, a_minute_per_source: 60 },
            newcomer_age: 7 * DAY,
            newcomer_comments: 3,
            newcomer: NewcomerLimits { hourly: 5, daily: 20, links: 1 },
        }
    }
}

impl Hub {
    /// What holds for an account that few know yet; `None`: for this one it does not.
    pub(super) fn newcomer_limits(&self, author: &AuthorRow) -> Option<NewcomerLimits> {
        let limits = &self.settings().comments;
        let is_young = author.created_at > self.now().0.saturating_sub(limits.newcomer_age);
        let is_unknown = author.visible < i64::from(limits.newcomer_comments);
        (is_young || is_unknown).then_some(limits.newcomer)
    }

    /// Refuses a newcomer's comment when there were enough for now. What was deleted counts too.
    pub(super) async fn check_newcomer(
        &self,
        change: &mut Change,
        person: &Person,
        limits: NewcomerLimits,
    ) -> Result<(), Error> {
        let now = self.now();
        for (most, span) in [(limits.hourly, HOUR), (limits.daily, DAY)] {
            let since = now.plus(-span);
            if let Some(at) = changes::nth_latest(change, &person.id, since, most).await? {
                let wait = at.plus(span).0.saturating_sub(now.0);
                return Err(Error::TooMany {
                    retry_after: u64::try_from(wait).unwrap_or(0).div_ceil(1000).max(1),
                });
            }
        }
        Ok(())
    }
}

/// Refuses more links than a newcomer may use.
pub(super) fn check_links(links: usize, limits: Option<NewcomerLimits>) -> Result<(), Error> {
    match limits {
        Some(NewcomerLimits { links: max, .. }) if u32::try_from(links).unwrap_or(u32::MAX) > max => {
            Err(Error::field("text", Problem::TooManyLinks { max }))
        }
        _ => Ok(()),
    }
}
