//! What all rounds add up to.

use crate::ledger::Record;
use crate::run_check::{RunCheck, unwritten};
use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

#[derive(Default)]
pub(crate) struct Figures {
    database: &'static str,
    pub(crate) rounds: u64,
    pub(crate) slowest_start: Duration,
    pub(crate) longest_drain: Duration,
    pushes: usize,
    unanswered: usize,
    runs: usize,
    steps: usize,
    requests: usize,
    refused: usize,
    again: usize,
    most_again: usize,
    longest_unwritten: Duration,
    unwritten: usize,
    reports: usize,
    refused_reports: usize,
    unanswered_reports: usize,
}

impl Figures {
    pub(crate) fn of(database: &'static str) -> Self {
        Self { database, ..Self::default() }
    }

    pub(crate) fn add_run(&mut self, check: &RunCheck<'_>) {
        self.runs += 1;
        for (told, seen) in check.told.iter().zip(&check.seen) {
            self.steps += seen.len();
            self.unwritten += seen.iter().map(|message| unwritten(told, message)).sum::<usize>();
        }
    }

    pub(crate) fn add_record(&mut self, record: &Record) {
        let acknowledged = record.pushes.iter().filter(|push| push.is_acknowledged).count();
        self.pushes += acknowledged;
        self.unanswered += record.pushes.len() - acknowledged;
        let mut again = vec![0; record.kills.len()];
        for message in record.messages.values() {
            self.requests += message.receipts.len();
            self.refused += message.receipts.iter().filter(|receipt| !receipt.is_taken()).count();
            for two in message.receipts.windows(2).filter(|two| two[0].is_taken()) {
                let kill = record.kills.iter().rposition(|kill| kill.begun <= two[1].at);
                if let Some(count) = kill.and_then(|kill| again.get_mut(kill)) {
                    *count += 1;
                }
                let cut = record.kills.iter().find(|kill| kill.gone >= two[0].at);
                let unwritten = cut.map(|kill| kill.begun.saturating_duration_since(two[0].at));
                self.longest_unwritten = self.longest_unwritten.max(unwritten.unwrap_or_default());
            }
            for post in &message.posts {
                match post.answer {
                    Some(200) => self.reports += 1,
                    Some(_) => self.refused_reports += 1,
                    None => self.unanswered_reports += 1,
                }
            }
        }
        self.again += again.iter().sum::<usize>();
        self.most_again = again.into_iter().max().unwrap_or_default().max(self.most_again);
    }
}

impl Display for Figures {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self { database, rounds, pushes, unanswered, runs, steps, requests, refused, .. } = self;
        writeln!(f, "{database}: {rounds} rounds of kill -9 during pushes and deliveries")?;
        writeln!(f, "  pushes: {pushes} acknowledged, 0 lost; {unanswered} without an answer")?;
        writeln!(f, "  runs: {runs}, each with the right end; steps called: {steps}, 0 skipped, 0 doubled")?;
        writeln!(
            f,
            "  requests: {requests}, of which {refused} were answered badly or not at all; {} were under way at a \
             kill, {} of them came again after a 200, with the same id (at most {} after one kill, read at most {} ms \
             before it)",
            self.unwritten,
            self.again,
            self.most_again,
            self.longest_unwritten.as_millis()
        )?;
        writeln!(
            f,
            "  callbacks: {} taken, all kept; {} refused as second ones; {} without an answer",
            self.reports, self.refused_reports, self.unanswered_reports
        )?;
        write!(
            f,
            "  slowest start until /readyz: {} ms; all runs over {} ms after the last push",
            self.slowest_start.as_millis(),
            self.longest_drain.as_millis()
        )
    }
}
