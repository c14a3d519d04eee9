//! Receivers: they answer well, badly, late or not at all, and report to whichever server lives.

use crate::fleet::Roster;
use crate::ledger::{About, Ledger, description};
use crate::plan::Webhook;
use anyhow::{Context, Result};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver as Channel, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;
use testing::http::{Connection, Request};
use testing::{Answer, Random, Received, Receiver};

pub(crate) const CALLERS: u64 = 4;
const LONGEST_THOUGHT_MS: u64 = 60;
const LOOK_EVERY: Duration = Duration::from_millis(50);
const TRY_AGAIN: Duration = Duration::from_millis(10);

/// A report that is to be posted.
pub(crate) struct Report {
    id: String,
    about: About,
    url: String,
}

/// One server stands for all receivers; `reports` get what is to be posted, before or after the answer.
pub(crate) fn start(ledger: Arc<Ledger>, reports: Sender<Report>) -> Result<Receiver> {
    let random = Mutex::new(Random::from_entropy(0));
    Receiver::start(move |received| {
        let mut random = random.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = random_answer(&mut random);
        // Also one that answers badly may have done its work.
        let reports_it = answer == Answer::Status(200) || random.below(4) == 0;
        let thought = random.below(2) * random.below(LONGEST_THOUGHT_MS);
        drop(random);
        match note(&ledger, received, answer) {
            Ok(report) if reports_it => {
                // When the folder is over nobody waits for reports any more.
                reports.send(report).ok();
            }
            Ok(_) => {}
            Err(error) => ledger.fault(format!("a delivery that is none: {error:#}")),
        }
        sleep(Duration::from_millis(thought));
        answer
    })
}

/// Mostly well.
fn random_answer(random: &mut Random) -> Answer {
    match random.below(100) {
        0..5 => Answer::Status(500),
        5..8 => Answer::Cut,
        8 => Answer::Never,
        _ => Answer::Status(200),
    }
}

fn note(ledger: &Ledger, received: &Received, answer: Answer) -> Result<Report> {
    let (id, about) = ledger.received(received, answer)?;
    let payload = received.json()?;
    let url = payload["callback_url"].as_str().context("no callback_url")?.to_owned();
    Ok(Report { id, about, url })
}

/// Posts reports until `stop`, each until a server has answered.
pub(crate) fn report_until(
    stop: &AtomicBool,
    roster: &Roster,
    ledger: &Ledger,
    webhooks: &[Webhook],
    reports: &Mutex<Channel<Report>>,
    mut random: Random,
) {
    while !stop.load(Ordering::Relaxed) {
        let report = reports.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK_EVERY);
        let report = match report {
            Ok(report) => report,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let mut is_answered = false;
        while !is_answered && !stop.load(Ordering::Relaxed) {
            is_answered = post(roster, ledger, webhooks, &report, &mut random).unwrap_or_else(|error| {
                ledger.fault(format!("a report of {:?}: {error:#}", report.about));
                true
            });
            if !is_answered {
                sleep(TRY_AGAIN);
            }
        }
    }
}

/// Posts a report once; `false`: its server was killed meanwhile, or none lives.
fn post(
    roster: &Roster,
    ledger: &Ledger,
    webhooks: &[Webhook],
    report: &Report,
    random: &mut Random,
) -> Result<bool> {
    let Report { id, about, url } = report;
    let Some(address) = roster.pick(random) else { return Ok(false) };
    let webhook = webhooks.get(about.webhook).context("no such webhook")?;
    let state = webhook.kind.report(about.push, about.step);
    let number = ledger.posting(id, state)?;
    let body = json!({ "state": state, "description": description(number) }).to_string();
    let request = Request::new("POST", url).header("Content-Type", "application/json").body(body.as_bytes());
    match Connection::new(&address).send(&request) {
        Ok(reply) => {
            ledger.posted(id, number, reply.status)?;
            anyhow::ensure!(matches!(reply.status, 200 | 409), "{}: {}", reply.status, reply.text());
            Ok(true)
        }
        Err(error) if roster.is_alive(&address) => Err(error.context("a living server did not answer")),
        Err(_) => Ok(false),
    }
}
