//! Compares what clients and receivers saw with what the hub says, once everything has come to its end.

use crate::figures::Figures;
use crate::history::{Api, Run};
use crate::ledger::{About, Message, Push, Record};
use crate::plan::Webhook;
use crate::run_check::RunCheck;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// The messages of each step; there must be at most one.
type Seen<'a> = BTreeMap<About, Vec<&'a Message>>;

/// What is wrong. What there was is added to `figures`.
pub(crate) fn check(
    record: &Record,
    webhooks: &[Webhook],
    api: &mut Api,
    figures: &mut Figures,
) -> Result<Vec<String>> {
    let mut faults = record.faults.clone();
    let mut seen = Seen::new();
    for message in record.messages.values() {
        seen.entry(message.about).or_default().push(message);
    }
    for (index, webhook) in webhooks.iter().enumerate() {
        let runs = api.runs(webhook)?;
        missing_and_doubled(index, webhook, &record.pushes, &runs, &mut faults);
        for run in &runs {
            let told = api.steps(webhook, run)?;
            let about = |step| About { webhook: index, push: run.push, step };
            let seen = (1..).zip(&told).map(|(step, _)| seen.remove(&about(step)).unwrap_or_default());
            let check = RunCheck { webhook, run, told: &told, seen: seen.collect(), kills: &record.kills };
            let name = format!("{} of webhook {index}, push {}", webhook.kind.name(), run.push);
            faults.extend(check.faults().into_iter().map(|fault| format!("{name}: {fault}")));
            figures.add_run(&check);
        }
    }
    faults.extend(seen.keys().map(|about| format!("{about:?} was delivered, and the hub knows no such run")));
    figures.add_record(record);
    Ok(faults)
}

/// Each acknowledged push has one run; one that was never acknowledged has one or none.
fn missing_and_doubled(
    index: usize,
    webhook: &Webhook,
    pushes: &[Push],
    runs: &[Run],
    faults: &mut Vec<String>,
) {
    let mut told = BTreeSet::new();
    for run in runs {
        if !told.insert(run.push) {
            faults.push(format!("push {} has two runs of webhook {index}", run.push));
        }
    }
    for (number, push) in (0..).zip(pushes) {
        let is_its = push.repository == webhook.repository;
        if is_its && push.is_acknowledged && !told.contains(&number) {
            faults.push(format!("push {number} is lost: it has no run of webhook {index}"));
        }
        if !is_its && told.contains(&number) {
            faults.push(format!("push {number} was told to webhook {index} of another repository"));
        }
    }
}
