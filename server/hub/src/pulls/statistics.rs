//! What was written down of pulls, as pages show it.

use super::{beginning, day};
use crate::Hub;
use crate::access::Entered;
use crate::actor::Actor;
use crate::store::pulls::{self as rows, CountRow, Wanted};
use crate::store::repositories::count;
use crate::store::{Change, StoreError};
use model::view::{Page, PullBar, PullSpan, PullSummary, PullsPage, TagPulls};
use model::{Action, Error, RepositoryName, Tag, Timestamp};

/// Rows on a page of tags.
const TAGS: u32 = 25;

impl Hub {
    /// The statistics of one repository; pages of tags count from 1.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn pulls(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        span: PullSpan,
        page: u32,
    ) -> Result<PullsPage, Error> {
        let entered = self.enter(actor, name, Action::Pull).await?;
        let today = day(self.now());
        let counts = rows::of_repository(self.database(), &entered, first_day(today, PullSpan::Year)).await?;
        let year = days(&counts, today, PullSpan::Year);
        Ok(PullsPage {
            head: self.head(&entered).await?,
            total: total(&counts),
            last: last(&counts),
            spans: PullSpan::ALL.map(|span| sum(latest(&year, span))),
            span,
            bars: bars(latest(&year, span), span),
            tags: self.pulls_by_tag(actor, &entered, today, page).await?,
        })
    }

    /// Who may push sees deleted tags too; for all others they are one row, which stands behind all that are there.
    async fn pulls_by_tag(
        &self,
        actor: &Actor,
        entered: &Entered,
        today: i64,
        page: u32,
    ) -> Result<Page<TagPulls>, StoreError> {
        let skip = u64::from(page.saturating_sub(1)) * u64::from(TAGS);
        let (since, deleted) = (first_day(today, PullSpan::Month), entered.also_lets(actor, Action::Push));
        let wanted = Wanted { since, deleted, most: TAGS, skip };
        let (mut rows, mut total) = rows::tags(self.database(), entered, wanted).await?;
        if !deleted && let Some(row) = rows::deleted_tags(self.database(), entered, since).await? {
            if (skip..skip + u64::from(TAGS)).contains(&total) {
                rows.push(row);
            }
            total += 1;
        }
        Ok(Page { rows, total, number: page.max(1), size: TAGS })
    }

    /// Pulls of a repository at a glance.
    pub(crate) async fn pull_summary(&self, entered: &Entered) -> Result<PullSummary, Error> {
        let today = day(self.now());
        let since = first_day(today, PullSpan::Month);
        Ok(summary(&rows::of_repository(self.database(), entered, since).await?, today))
    }

    /// Pulls of one of its tags at a glance.
    pub(crate) async fn tag_pull_summary(&self, entered: &Entered, tag: &Tag) -> Result<PullSummary, Error> {
        let today = day(self.now());
        let since = first_day(today, PullSpan::Month);
        Ok(summary(&rows::of_tag(self.database(), entered, tag, since).await?, today))
    }

    /// Forgets the days of tags that no page shows any more. Those of repositories are kept for ever.
    pub(crate) async fn sweep_pulls(&self, change: &mut Change) -> Result<(), StoreError> {
        rows::forget_tag_days(change, first_day(day(self.now()), PullSpan::Quarter)).await
    }
}

/// The first day of a span that ends today.
fn first_day(today: i64, span: PullSpan) -> i64 {
    today - i64::from(span.days()) + 1
}

fn summary(counts: &[CountRow], today: i64) -> PullSummary {
    let days = days(counts, today, PullSpan::Month);
    PullSummary { total: total(counts), last: last(counts), days: bars(&days, PullSpan::Month) }
}

/// Every row has them.
fn total(counts: &[CountRow]) -> u64 {
    counts.first().map(|row| count(row.total)).unwrap_or_default()
}

fn last(counts: &[CountRow]) -> Option<Timestamp> {
    counts.first().and_then(|row| row.last_pulled_at).map(Timestamp)
}

/// Each day of the span with its pulls, also those without any.
fn days(counts: &[CountRow], today: i64, span: PullSpan) -> Vec<(i64, u64)> {
    let mut known = counts.iter().filter_map(|row| Some((row.day?, count(row.pulls?)))).peekable();
    let one_day = |day| {
        while known.next_if(|(known, _)| *known < day).is_some() {}
        (day, known.next_if(|(known, _)| *known == day).map_or(0, |(_, pulls)| pulls))
    };
    (first_day(today, span)..=today).map(one_day).collect()
}

/// The last days of a year.
fn latest(year: &[(i64, u64)], span: PullSpan) -> &[(i64, u64)] {
    let from = year.len().saturating_sub(usize::from(span.days()));
    year.get(from..).unwrap_or_default()
}

fn sum(days: &[(i64, u64)]) -> u64 {
    days.iter().map(|(_, pulls)| *pulls).fold(0, u64::saturating_add)
}

/// Days as bars. Where a bar has several days, the last one ends today, and the first may have fewer.
fn bars(days: &[(i64, u64)], span: PullSpan) -> Vec<PullBar> {
    let bar = |days: &[(i64, u64)]| {
        let ((first, _), (last, _)) = (days.first()?, days.last()?);
        Some(PullBar { first: beginning(*first), last: beginning(*last), pulls: sum(days) })
    };
    let mut bars: Vec<PullBar> = days.rchunks(usize::from(span.days_a_bar())).filter_map(bar).collect();
    bars.reverse();
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: i64, pulls: i64) -> CountRow {
        CountRow { total: 9, last_pulled_at: Some(7), day: Some(day), pulls: Some(pulls) }
    }

    #[test]
    fn every_day_has_a_bar_also_those_without_pulls() {
        let summary = summary(&[row(960, 1), row(971, 2), row(1000, 3)], 1000);
        assert_eq!((summary.total, summary.recent(), summary.last), (9, 5, Some(Timestamp(7))));
        assert_eq!(summary.days.len(), 30);
        assert_eq!((summary.days[0].pulls, summary.days[1].pulls, summary.days[29].pulls), (2, 0, 3));
        assert_eq!(summary.days[29].first, beginning(1000));
    }

    #[test]
    fn a_year_has_bars_of_weeks_and_nothing_is_left_out() {
        let year = days(&[row(636, 1), row(993, 2), row(994, 4), row(1000, 8)], 1000, PullSpan::Year);
        let bars = bars(&year, PullSpan::Year);
        assert_eq!((bars.len(), bars[0].pulls, bars[51].pulls, bars[52].pulls), (53, 1, 2, 12));
        assert_eq!((bars[0].first, bars[0].last), (beginning(636), beginning(636)));
        assert_eq!((bars[52].first, bars[52].last), (beginning(994), beginning(1000)));
        assert_eq!(sum(latest(&year, PullSpan::Month)), 14);
    }
}
