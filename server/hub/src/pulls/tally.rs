//! Counting in memory: a tally for each tag and each digest that is pulled, until it is written down.
//!
//! Counting takes no lock, since whoever holds a manifest holds its tallies. Only finding a tally takes one, and
//! that is done when a manifest is read from the database.

use model::{Reference, Timestamp};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

const DAY: i64 = 24 * 3_600_000;

/// The day (UTC) of a moment, counted from 1970.
pub(crate) const fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY)
}

/// When a day begins.
pub(crate) const fn beginning(day: i64) -> Timestamp {
    Timestamp(day.saturating_mul(DAY))
}

/// What was pulled of one thing and is not written down.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Of even and of odd days: tallies are written down every few seconds, so that no third day meets them.
    pulls: [AtomicU64; 2],
    /// Milliseconds; stays when the counts are taken.
    last: AtomicI64,
}

impl Tally {
    /// One more pull.
    pub(super) fn count(&self, now: Timestamp) {
        self.touch(now);
        // After the moment: whoever takes the count sees a moment that is not older.
        self.of_day(day(now)).fetch_add(1, Ordering::Release);
    }

    /// It was sent, as a part of another thing's pull.
    pub(super) fn touch(&self, now: Timestamp) {
        if self.last.load(Ordering::Relaxed) < now.0 {
            self.last.fetch_max(now.0, Ordering::Release);
        }
    }

    fn of_day(&self, day: i64) -> &AtomicU64 {
        let [even, odd] = &self.pulls;
        if day % 2 == 0 { even } else { odd }
    }

    /// The counts of the last two days, which are no longer here then, and the last moment.
    fn take(&self) -> ([(i64, u64); 2], Timestamp) {
        let [even, odd] = [0, 1].map(|day| self.of_day(day).swap(0, Ordering::AcqRel));
        let last = Timestamp(self.last.load(Ordering::Acquire));
        let today = day(last);
        let days = if today % 2 == 0 {
            [(today - 1, odd), (today, even)]
        } else {
            [(today - 1, even), (today, odd)]
        };
        (days, last)
    }

    fn put_back(&self, row: &Row) {
        self.last.fetch_max(row.last.0, Ordering::Release);
        for (day, pulls) in row.days {
            self.of_day(day).fetch_add(pulls, Ordering::Release);
        }
    }
}

/// What was taken from one tally.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Its id.
    pub(crate) repository: String,
    pub(crate) reference: Reference,
    /// Days with their pulls, which may be none.
    pub(crate) days: [(i64, u64); 2],
    pub(crate) last: Timestamp,
}

/// All tallies of this process.
#[derive(Default)]
pub(crate) struct Tallies {
    entries: Mutex<HashMap<(String, Reference), Entry>>,
    pub(super) bell: Notify,
}

#[derive(Default)]
struct Entry {
    tally: Arc<Tally>,
    /// The last moment that was taken.
    taken: i64,
}

impl Tallies {
    /// More are not kept: pulls of more different things between two flushes are not counted, rather than
    /// taking memory without end.
    const MOST: usize = 65_536;
    /// With so many they are written down before it is time. Those that a cache or a trail holds stay, and are fewer.
    const MANY: usize = Self::MOST / 4 * 3;

    /// The tally of a tag or a digest.
    pub(super) fn of(&self, repository: &str, reference: &Reference) -> Arc<Tally> {
        let mut entries = self.entries();
        let key = (repository.to_owned(), reference.clone());
        if let Some(entry) = entries.get(&key) {
            return Arc::clone(&entry.tally);
        }
        if entries.len() >= Self::MANY {
            self.bell.notify_one();
        }
        if entries.len() >= Self::MOST {
            return Arc::default();
        }
        Arc::clone(&entries.entry(key).or_default().tally)
    }

    /// Everything that was counted since the last time, sorted by repository, to be written down.
    pub(super) fn take(&self) -> Batch<'_> {
        let mut rows = Vec::new();
        self.entries().retain(|(repository, reference), entry| {
            let (days, last) = entry.tally.take();
            let is_new = last.0 != entry.taken || days.iter().any(|(_, pulls)| *pulls > 0);
            if is_new {
                entry.taken = last.0;
                rows.push(Row { repository: repository.clone(), reference: reference.clone(), days, last });
            }
            // Nobody gets at it but under this lock, so nobody counts on while it goes.
            Arc::strong_count(&entry.tally) > 1
        });
        rows.sort_unstable_by(|one, other| one.repository.cmp(&other.repository));
        Batch { tallies: self, rows }
    }

    fn put_back(&self, row: &Row) {
        let mut entries = self.entries();
        let entry = entries.entry((row.repository.clone(), row.reference.clone())).or_default();
        entry.tally.put_back(row);
        entry.taken = 0;
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<(String, Reference), Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Rows on their way to the database. Those that did not arrive go back when this is dropped.
pub(super) struct Batch<'a> {
    tallies: &'a Tallies,
    rows: Vec<Row>,
}

impl Batch<'_> {
    /// Rows of one transaction: others want to write too.
    const TOGETHER: usize = 256;

    /// What is written next; nothing: all of it arrived.
    pub(super) fn next(&self) -> &[Row] {
        self.rows.get(self.left()..).unwrap_or_default()
    }

    /// What `next` told is written down.
    pub(super) fn arrived(&mut self) {
        self.rows.truncate(self.left());
    }

    fn left(&self) -> usize {
        self.rows.len().saturating_sub(Self::TOGETHER)
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        for row in &self.rows {
            self.tallies.put_back(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(batch: &Batch<'_>) -> u64 {
        batch.rows.iter().flat_map(|row| row.days).map(|(_, pulls)| pulls).sum()
    }

    #[test]
    fn what_did_not_arrive_is_counted_again_and_nothing_twice() {
        let tallies = Tallies::default();
        let latest = "latest".parse().unwrap();
        tallies.of("id", &latest).count(Timestamp(DAY - 1));
        tallies.of("id", &latest).count(Timestamp(DAY));
        let batch = tallies.take();
        assert_eq!(batch.next()[0].days, [(0, 1), (1, 1)], "each on its day");
        tallies.of("id", &latest).count(Timestamp(DAY + 5));
        drop(batch);
        let mut batch = tallies.take();
        assert_eq!((total(&batch), batch.next()[0].last), (3, Timestamp(DAY + 5)));
        batch.arrived();
        drop(batch);
        assert!(tallies.take().next().is_empty());
    }

    #[test]
    fn memory_is_bounded_and_what_nobody_holds_goes() {
        let tallies = Tallies::default();
        for number in 0..Tallies::MOST + 10 {
            tallies.of("id", &format!("t{number}").parse().unwrap()).count(Timestamp(1));
        }
        let held = tallies.of("id", &"t0".parse().unwrap());
        let mut batch = tallies.take();
        assert_eq!(batch.rows.len(), Tallies::MOST);
        batch.rows.clear();
        drop(batch);
        assert_eq!(tallies.entries().len(), 1);
        held.count(Timestamp(2));
        assert_eq!(total(&tallies.take()), 1);
    }

    #[test]
    fn many_threads_count_exactly() {
        let tallies = Tallies::default();
        let latest = "latest".parse().unwrap();
        let tally = tallies.of("id", &latest);
        let mut taken = 0;
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..50_000).for_each(|moment| tally.count(Timestamp(moment)))))
                .collect();
            while !workers.iter().all(std::thread::ScopedJoinHandle::is_finished) {
                let mut batch = tallies.take();
                taken += total(&batch);
                batch.arrived();
            }
        });
        assert_eq!(taken + total(&tallies.take()), 200_000);
    }
}
