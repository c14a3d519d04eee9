//! One run: its end, its steps in order, each delivered and reported as the hub's history has it.

use crate::fleet::TIMEOUT;
use crate::history::{Run, Step};
use crate::ledger::{Kill, Message, Post, Receipt, description};
use crate::plan::Webhook;
use std::time::{Duration, Instant};
use testing::Answer;

/// From the last moment in which a receiver may have read a request until its outcome is written down.
const SETTLING: Duration = Duration::from_secs(TIMEOUT.as_secs() + 2);

/// A receiver's thought and the commit of what it answered take less: a kill after that is no excuse.
const WRITTEN_AFTER: Duration = Duration::from_millis(1000);

/// What the hub tells of a run, and what its receivers saw.
pub(crate) struct RunCheck<'a> {
    pub(crate) webhook: &'a Webhook,
    pub(crate) run: &'a Run,
    pub(crate) told: &'a [Step],
    /// The messages of each step.
    pub(crate) seen: Vec<Vec<&'a Message>>,
    pub(crate) kills: &'a [Kill],
}

impl RunCheck<'_> {
    pub(crate) fn faults(&self) -> Vec<String> {
        let (run, kind) = (self.run, self.webhook.kind);
        let mut faults = Vec::new();
        let mut expect = |is_so: bool, fault: String| {
            if !is_so {
                faults.push(fault);
            }
        };
        expect(run.cause == "push", format!("it was started by a {}", run.cause));
        expect(run.state == kind.end(), format!("it is {} instead of {}", run.state, kind.end()));
        expect(u64::try_from(self.told.len()) == Ok(kind.steps()), format!("{} steps", self.told.len()));
        for ((number, told), seen) in (1..).zip(self.told).zip(&self.seen) {
            let messages = usize::from(number <= kind.called(run.push));
            expect(seen.len() == messages, format!("step {number} came with {} ids", seen.len()));
            let end = kind.step_end(run.push, number);
            expect(told.state == end, format!("step {number} is {} instead of {end}", told.state));
            let is_reported = told.callback.is_some() || messages == 0 || !kind.waits();
            expect(is_reported, format!("step {number} is over without a report"));
            for message in seen {
                for fault in self.message_faults(told, message) {
                    expect(false, format!("step {number}: {fault}"));
                }
            }
        }
        expect(self.is_in_order(), "a step came before the one before it had reported success".into());
        faults
    }

    /// Each step was first read after the first report of the one before.
    fn is_in_order(&self) -> bool {
        self.seen.windows(2).all(|two| {
            let earliest = two[0].iter().flat_map(|message| &message.posts);
            let reported = earliest.filter(|post| post.state == "success").map(|post| post.begun).min();
            let came = two[1].iter().flat_map(|message| &message.receipts).map(|receipt| receipt.at).min();
            came.is_none_or(|came| reported.is_some_and(|reported| reported < came))
        })
    }

    fn message_faults(&self, told: &Step, message: &Message) -> Vec<String> {
        let mut faults = callback_faults(told, &message.posts);
        let taken = told.attempts.iter().find(|(_, status)| matches!(status, Some(200..=299)));
        if let Some((number, _)) = taken
            && told.attempts.iter().any(|(other, _)| other > number)
        {
            faults.push(format!("it was sent again after attempt {number} was written down as taken"));
        }
        let unwritten = unwritten(told, message);
        let kills = self.kills_during(&message.receipts, SETTLING);
        if unwritten > kills {
            faults.push(format!("{unwritten} requests are not in the history, and there were {kills} kills"));
        }
        let again = message.receipts.windows(2).filter(|two| two[0].is_taken());
        let unexcused = again.filter(|two| self.kills_during(&two[..1], WRITTEN_AFTER) == 0).count();
        if unexcused > unheard(told, message) {
            faults.push(format!(
                "it was sent again {unexcused} times after it was taken, without a kill just then"
            ));
        }
        if !faults.is_empty() {
            faults.push(self.story(told, message));
        }
        faults
    }

    /// All there is to know of a message, in milliseconds since it was read first.
    fn story(&self, told: &Step, message: &Message) -> String {
        let Some(first) = message.receipts.first() else { return "it never came".into() };
        let since = |at: Instant| at.saturating_duration_since(first.at).as_millis();
        let receipts: Vec<String> = message
            .receipts
            .iter()
            .map(|one| format!("{} {:?} orphaned: {}", since(one.at), one.answer, one.is_orphaned))
            .collect();
        let kills: Vec<u128> = self.kills.iter().map(|kill| since(kill.begun)).collect();
        format!("read {receipts:?}, kills {kills:?}, attempts {:?}", told.attempts)
    }

    /// Kills from the first of these receipts until `after` the last.
    fn kills_during(&self, receipts: &[Receipt], after: Duration) -> usize {
        let [first, .., last] = receipts else {
            return receipts.first().map_or(0, |only| self.kills_between(only, only, after));
        };
        self.kills_between(first, last, after)
    }

    fn kills_between(&self, first: &Receipt, last: &Receipt, after: Duration) -> usize {
        let is_within = |kill: &&Kill| kill.gone >= first.at && kill.begun <= last.at + after;
        self.kills.iter().filter(is_within).count()
    }
}

/// Answers that did not reach the hub in time: it wrote down more failures than its receivers made.
fn unheard(told: &Step, message: &Message) -> usize {
    let failed = told.attempts.iter().filter(|(_, status)| *status != Some(200)).count();
    failed.saturating_sub(message.receipts.iter().filter(|one| one.answer != Answer::Status(200)).count())
}

/// Requests that were read, and whose outcome was not written down: they were under way when their server was killed.
pub(crate) fn unwritten(told: &Step, message: &Message) -> usize {
    let heard = message.receipts.iter().filter(|one| !one.is_orphaned).count();
    heard.saturating_sub(told.attempts.len())
}

/// The report that a server said it took is the one that is kept; it took one.
fn callback_faults(told: &Step, posts: &[Post]) -> Vec<String> {
    let kept = |number: usize, post: &Post| {
        let callback = (post.state.to_owned(), description(number));
        told.callback.as_ref() == Some(&callback)
    };
    let mut faults = Vec::new();
    let taken: Vec<(usize, &Post)> =
        posts.iter().enumerate().filter(|(_, post)| post.answer == Some(200)).collect();
    if taken.len() > 1 {
        faults.push(format!("{} reports were taken", taken.len()));
    }
    if taken.iter().any(|(number, post)| !kept(*number, post)) {
        faults.push(format!("a report was taken, and kept is {:?}", told.callback));
    }
    // One whose answer was cut off by a kill may have been taken.
    let mut unanswered = posts.iter().enumerate().filter(|(_, post)| post.answer.is_none());
    if taken.is_empty() && told.callback.is_some() && !unanswered.any(|(number, post)| kept(number, post)) {
        faults.push(format!("{:?} was kept, and no such report was posted", told.callback));
    }
    if told.callback.is_none() && posts.iter().any(|post| post.answer == Some(409)) {
        faults.push("a report was refused as the second one, and there is none".into());
    }
    faults
}
