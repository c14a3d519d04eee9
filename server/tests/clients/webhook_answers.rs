//! What receivers' answers lead to (BAR W04), and what an administrator's changes do to what is under way (W17).

use crate::stage::Stage;
use crate::webhook_api::{Webhooks, end_of, moment};
use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};
use testing::{Received, Receiver};

const SOON: Duration = Duration::from_secs(60);
const REPOSITORY: &str = "anna/app";

/// What fails is tried again after `pause`, often.
fn stage(pause: &str) -> Result<Stage> {
    let schedule = [pause; 9].join(",");
    let settings = [("BERTH_WEBHOOK_SCHEDULE", schedule.as_str()), ("BERTH_WEBHOOK_TIMEOUT", "30s")];
    let stage = Stage::with(&settings)?;
    stage.registry(REPOSITORY).push_image("v0", b"before there was a webhook")?;
    Ok(stage)
}

fn webhooks(stage: &Stage) -> Result<Webhooks<'_>> {
    Webhooks::of(&stage.berth, &stage.anna, REPOSITORY)
}

/// A receiver that answers each request with these very bytes.
fn says(answer: &str) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let (url, answer) = (format!("http://{}/", listener.local_addr()?), answer.to_owned());
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.read(&mut [0; 64 * 1024]);
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    Ok(url)
}

fn refusal(status: u16, header: &str) -> String {
    format!("HTTP/1.1 {status} X\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n")
}

/// Milliseconds from the end of the first attempt to the next one.
fn pause_of(step: &Value) -> Result<i64> {
    Ok(moment(&step["next_attempt_at"])? - end_of(&step["attempts"][0])?)
}

#[test]
fn a_receiver_may_ask_for_a_pause_of_a_day_at_most() -> Result<()> {
    // Nothing is tried again while the test lasts, and an outcome may be written down late.
    let stage = stage("100s")?;
    let webhooks = webhooks(&stage)?;
    let (usual, ten_minutes, day) = (90_000..400_000, 600_000..900_000, 86_400_000..86_700_000);
    let later = (jiff::Timestamp::now() + jiff::Span::new().hours(1)).strftime("%a, %d %b %Y %H:%M:%S GMT");
    let date = format!("Retry-After: {later}\r\n");
    let cases = [
        (429, "Retry-After: 600\r\n", ten_minutes.clone()),
        (503, "Retry-After: 600\r\n", ten_minutes.clone()),
        (503, "retry-after:  600 \r\n", ten_minutes),
        (503, date.as_str(), 3_000_000..3_900_000),
        (429, "Retry-After: 86401\r\n", day.clone()),
        (429, "Retry-After: 18446744073709551615\r\n", day.clone()),
        (503, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n", day.clone()),
        (429, "Retry-After: 99999999999999999999999\r\n", day.clone()),
        (429, "Retry-After: -600\r\n", usual.clone()),
        (429, "Retry-After: soon\r\n", usual.clone()),
        (503, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", usual.clone()),
        (503, "Retry-After: 0\r\n", usual.clone()),
        (503, "", usual.clone()),
        (500, "Retry-After: 600\r\n", usual.clone()),
        (400, "Retry-After: 600\r\n", usual),
    ];
    let mut ids = Vec::new();
    for (status, header, _) in &cases {
        ids.push(webhooks.add(&says(&refusal(*status, header))?)?);
    }
    stage.registry(REPOSITORY).push_image("v1", b"one")?;
    for ((status, header, pause), id) in cases.iter().zip(&ids) {
        let step = webhooks.step_tried(id, "v1", 1, SOON)?;
        ensure!(step["attempts"][0]["status"] == *status && step["state"] == "sending", "{step}");
        ensure!(pause.contains(&pause_of(&step)?), "{status} {header}: {step}");
    }
    stage.end()
}

#[test]
fn what_is_answered_decides_what_comes_next() -> Result<()> {
    let stage = stage("100ms")?;
    let webhooks = webhooks(&stage)?;
    let body = |body: &str| format!("HTTP/1.1 202 X\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let taken = [body("{\"not\": JSON"), body(""), refusal(299, ""), refusal(204, "")];
    let refused = [301, 304, 400, 404, 429, 500, 503, 599].map(|status| refusal(status, ""));
    let add = |answer: &String| webhooks.add(&says(answer)?);
    let (taken, refused): (Result<Vec<_>>, Result<Vec<_>>) =
        (taken.iter().map(add).collect(), refused.iter().map(add).collect());
    let gone = webhooks.add(&says(&refusal(410, "Retry-After: 1\r\n"))?)?;
    stage.registry(REPOSITORY).push_image("v1", b"one")?;
    for id in &taken? {
        let step = webhooks.step_tried(id, "v1", 1, SOON)?;
        ensure!(step["state"] == "done", "{step}");
    }
    for id in &refused? {
        let step = webhooks.step_tried(id, "v1", 2, SOON)?;
        ensure!(step["state"] == "sending" || step["state"] == "undelivered", "{step}");
    }
    let step = webhooks.step_tried(&gone, "v1", 1, SOON)?;
    ensure!(step["state"] == "undelivered" && step["next_attempt_at"].is_null(), "{step}");
    let shown = webhooks.show(&gone)?;
    ensure!(shown["active"] == false && shown["disabled"] == "gone", "{shown}");
    stage.end()
}

/// A request that had begun may still arrive after this.
const ON_ITS_WAY: Duration = Duration::from_secs(1);

fn broken(_: &Received) -> Option<u16> {
    Some(500)
}

fn fine(_: &Received) -> Option<u16> {
    Some(200)
}

#[test]
fn changes_reach_what_is_tried_again() -> Result<()> {
    let stage = stage("2s")?;
    let webhooks = webhooks(&stage)?;
    let (old, new) = (Receiver::start(broken)?, Receiver::start(fine)?);
    let id = webhooks.add(&old.url)?;
    stage.registry(REPOSITORY).push_image("v1", b"one")?;
    let first = old.next(SOON)?.context("nothing came")?;
    webhooks.change(&id, &json!({ "webhooks": [{ "hook_url": new.url }] }))?;
    let retry = new.next(SOON)?.context("the old address is kept")?;
    ensure!(retry.headers["webhook-id"] == first.headers["webhook-id"], "another message");
    let step = webhooks.step_until(&id, "v1", SOON, |step| step["state"] == "done")?;
    ensure!(step["url"] == new.url.as_str(), "{step}");
    stage.end()
}

/// A webhook of a repository of its own, whose receiver has refused what it was sent.
struct Refused<'a> {
    webhooks: Webhooks<'a>,
    id: String,
    receiver: Receiver,
}

impl<'a> Refused<'a> {
    fn new(stage: &'a Stage, repository: &str) -> Result<Self> {
        let mut registry = stage.registry(repository);
        registry.push_image("v0", b"before there was a webhook")?;
        let webhooks = Webhooks::of(&stage.berth, &stage.anna, repository)?;
        let receiver = Receiver::start(broken)?;
        let id = webhooks.add(&receiver.url)?;
        registry.push_image("v1", b"one")?;
        webhooks.step_tried(&id, "v1", 1, SOON)?;
        Ok(Self { webhooks, id, receiver })
    }

    /// How many requests have come after `since`.
    fn came(&self, since: Instant) -> Result<usize> {
        let mut count = 0;
        while let Some(received) = self.receiver.next(Duration::ZERO)? {
            count += usize::from(received.at > since);
        }
        Ok(count)
    }
}

#[test]
fn what_is_stopped_is_not_tried_again() -> Result<()> {
    let stage = stage("2s")?;
    let (deleted, off) = (Refused::new(&stage, "anna/deleted")?, Refused::new(&stage, "anna/off")?);
    let gone = Refused::new(&stage, "anna/gone")?;
    deleted.webhooks.delete(&deleted.id)?;
    off.webhooks.change(&off.id, &json!({ "active": false }))?;
    let path = "/v2/namespaces/anna/repositories/gone";
    gone.webhooks.api.ask("DELETE", path)?.expect_status(202)?;
    let since = Instant::now();
    // One that goes on says how long to wait: in four of its pauses there is room for three of any other's.
    let other = Refused::new(&stage, "anna/other")?;
    for _ in 0..5 {
        other.receiver.next(SOON)?.context("nothing is tried again")?;
    }
    for (what, stopped) in [("deleted", &deleted), ("off", &off), ("gone", &gone)] {
        let came = stopped.came(since + ON_ITS_WAY)?;
        ensure!(came == 0, "{what}: {came} came later");
    }
    stage.end()
}

/// Four clients push at once: the numbers that receivers get have no gap, and none comes twice.
#[test]
fn pushes_at_once_are_numbered_without_gaps() -> Result<()> {
    const CLIENTS: u8 = 4;
    const PUSHES: u8 = 15;
    let stage = stage("100ms")?;
    let receiver = Receiver::start(fine)?;
    webhooks(&stage)?.add(&receiver.url)?;
    thread::scope(|scope| {
        let push = |client: u8| {
            let mut registry = stage.registry(REPOSITORY);
            (0..PUSHES).try_for_each(|number| {
                let tag = format!("c{client}-{number}");
                registry.push_image(&tag, &[client, number]).map(drop)
            })
        };
        let clients: Vec<_> = (0..CLIENTS).map(|client| scope.spawn(move || push(client))).collect();
        clients.into_iter().try_for_each(|client| client.join().map_err(|_| anyhow!("a client panicked"))?)
    })?;
    let mut numbers = Vec::new();
    for _ in 0..CLIENTS * PUSHES {
        let received = receiver.next(SOON)?.with_context(|| format!("only {numbers:?} came"))?;
        numbers.push(received.json()?["push_data"]["sequence"].as_u64().context("no number")?);
    }
    numbers.sort_unstable();
    // The one before there was a webhook was the first.
    let expected: Vec<u64> = (2..).take(numbers.len()).collect();
    ensure!(numbers == expected, "{numbers:?}");
    ensure!(receiver.next(Duration::from_millis(500))?.is_none(), "one came twice");
    stage.end()
}
