//! What receivers' answers lead to (BAR W04), and what an administrator's changes do to what is under way (W17).

use crate::stage::{BINARY, Stage};
use crate::webhook_api::Webhooks;
use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use testing::{Berth, Received, Receiver};

const SOON: Duration = Duration::from_secs(20);
const REPOSITORY: &str = "anna/app";

/// What fails is tried again after `pause`, often.
fn stage(pause: &str) -> Result<Stage> {
    let folder = tempfile::tempdir()?;
    let schedule = [pause; 9].join(",");
    let settings = [("BERTH_WEBHOOK_SCHEDULE", schedule.as_str()), ("BERTH_WEBHOOK_TIMEOUT", "2s")];
    let berth = Berth::start_with(&settings, Path::new(BINARY), &folder.path().join("data"))?;
    let anna = berth.add_user("anna")?;
    let stage = Stage { berth, anna, folder };
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
    let at = |value: &Value| -> Result<i64> {
        let moment: jiff::Timestamp = value.as_str().context("no moment")?.parse()?;
        Ok(moment.as_millisecond())
    };
    let lasted = step["attempts"][0]["duration_ms"].as_i64().context("no duration")?;
    Ok(at(&step["next_attempt_at"])? - at(&step["attempts"][0]["sent_at"])? - lasted)
}

#[test]
fn a_receiver_may_ask_for_a_pause_of_a_day_at_most() -> Result<()> {
    let stage = stage("10s")?;
    let webhooks = webhooks(&stage)?;
    let (tenth, day) = (9_000..16_000, 86_400_000..86_406_000);
    let later = (jiff::Timestamp::now() + jiff::Span::new().hours(1)).strftime("%a, %d %b %Y %H:%M:%S GMT");
    let date = format!("Retry-After: {later}\r\n");
    let cases = [
        (429, "Retry-After: 600\r\n", 600_000..606_000),
        (503, "Retry-After: 600\r\n", 600_000..606_000),
        (503, "retry-after:  600 \r\n", 600_000..606_000),
        (503, date.as_str(), 3_500_000..3_606_000),
        (429, "Retry-After: 86401\r\n", day.clone()),
        (429, "Retry-After: 18446744073709551615\r\n", day.clone()),
        (503, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n", day.clone()),
        (429, "Retry-After: 99999999999999999999999\r\n", day.clone()),
        (429, "Retry-After: -600\r\n", tenth.clone()),
        (429, "Retry-After: soon\r\n", tenth.clone()),
        (503, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", tenth.clone()),
        (503, "Retry-After: 0\r\n", tenth.clone()),
        (503, "", tenth.clone()),
        (500, "Retry-After: 600\r\n", tenth.clone()),
        (400, "Retry-After: 600\r\n", tenth),
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

fn broken(_: &Received) -> Option<u16> {
    Some(500)
}

fn fine(_: &Received) -> Option<u16> {
    Some(200)
}

/// Asks until nothing more comes; how long after `since` the last one came.
fn last_of(receiver: &Receiver, since: Instant, quiet: Duration) -> Result<Duration> {
    let mut last = Duration::ZERO;
    while receiver.next(quiet)?.is_some() {
        last = since.elapsed();
        ensure!(last < SOON, "it does not end");
    }
    Ok(last)
}

#[test]
fn changes_reach_what_is_tried_again() -> Result<()> {
    let stage = stage("100ms")?;
    let webhooks = webhooks(&stage)?;
    let (old, new) = (Receiver::start(broken)?, Receiver::start(fine)?);
    let id = webhooks.add(&old.url)?;
    stage.registry(REPOSITORY).push_image("v1", b"one")?;
    let first = old.next(SOON)?.context("nothing came")?;
    webhooks.change(&id, &json!({ "webhooks": [{ "hook_url": new.url }] }))?;
    let retry = new.next(SOON)?.context("the old address is kept")?;
    ensure!(retry.headers["webhook-id"] == first.headers["webhook-id"], "another message");
    let step = webhooks.step_tried(&id, "v1", 2, SOON)?;
    ensure!(step["state"] == "done" && step["url"] == new.url.as_str(), "{step}");

    for stop in ["delete", "off", "repository"] {
        let receiver = Receiver::start(broken)?;
        let id = webhooks.add(&receiver.url)?;
        stage.registry(REPOSITORY).push_image(stop, stop.as_bytes())?;
        receiver.next(SOON)?.context("nothing came")?;
        match stop {
            "delete" => webhooks.delete(&id)?,
            "off" => webhooks.change(&id, &json!({ "active": false }))?,
            _ => {
                let path = "/v2/namespaces/anna/repositories/app";
                webhooks.api.ask("DELETE", path)?.expect_status(202)?;
            }
        }
        let last = last_of(&receiver, Instant::now(), Duration::from_millis(1500))?;
        ensure!(last <= Duration::from_secs(1), "{stop}: something came {last:?} later");
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
