//! Webhooks from outside: a real push, real receivers, and callbacks as the user's document has them, by curl.

use crate::people::Api;
use crate::programs::{missing, run, run_with_input};
use crate::scene::{Scene, with_docker, with_podman};
use crate::stage::Stage;
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;
use testing::{Received, Receiver};

/// A delivery must be there after this; nothing is expected to come after the short one.
pub(crate) const SOON: Duration = Duration::from_secs(60);
const NOT_NOW: Duration = Duration::from_millis(700);
const WEBHOOKS: &str = "/v2/repositories/anna/app/webhooks";

pub(crate) fn fine(_: &Received) -> Option<u16> {
    Some(200)
}

fn never(_: &Received) -> Option<u16> {
    None
}

/// Makes a webhook of these URLs: its id and its secret.
pub(crate) fn webhook(api: &Api<'_>, urls: &[&str]) -> Result<(String, String)> {
    let hooks: Vec<Value> = urls.iter().map(|url| json!({ "hook_url": url })).collect();
    let new = json!({ "name": "chain", "webhooks": hooks, "wait_for_callback": urls.len() > 1 });
    let made = api.send("POST", WEBHOOKS, &new)?.expect_status(201)?.json()?;
    let word = |field: &str| made[field].as_str().map(str::to_owned).context("no such word");
    Ok((word("id")?, word("secret")?))
}

/// What the document shows: a POST of JSON to the address in the payload.
fn curl(received: &Received, state: &str) -> Result<String> {
    let url = received.json()?["callback_url"].as_str().context("no callback_url")?.to_owned();
    let body = json!({
        "state": state, "description": "387 tests PASSED", "context": "Continuous integration by Acme CI",
        "target_url": "http://ci.acme.com/results/afd339c1c3d27",
    });
    let mut command = Command::new("curl");
    command.args([
        "-s",
        "-o",
        "/dev/null",
        "-w",
        "%{http_code}",
        "-X",
        "POST",
        "-d",
        &body.to_string(),
        &url,
    ]);
    run(&mut command)
}

/// HMAC-SHA256 by another program: `openssl`.
pub(crate) fn signature(secret: &str, received: &Received) -> Result<String> {
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").context("no secret")?)?;
    let header = |name: &str| received.headers.get(name).cloned().context("an unsigned delivery");
    let mut signed = format!("{}.{}.", header("webhook-id")?, header("webhook-timestamp")?).into_bytes();
    signed.extend_from_slice(&received.body);
    let mut command = Command::new("openssl");
    let key = format!("hexkey:{}", hex(&key));
    command.args(["dgst", "-sha256", "-mac", "HMAC", "-macopt", &key, "-r"]);
    let text = run_with_input(&mut command, std::str::from_utf8(&signed)?)?;
    let digest = text.split_whitespace().next().context("no digest")?;
    let bytes: Result<Vec<u8>, _> =
        (0..digest.len()).step_by(2).map(|at| u8::from_str_radix(&digest[at..at + 2], 16)).collect();
    Ok(format!("v1,{}", BASE64_STANDARD.encode(bytes?)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn a_push_is_told_with_every_field_and_signed(scene: &Scene) -> Result<()> {
    let anna = Api::new(&scene.stage.berth, &scene.stage.anna)?;
    let new = json!({ "namespace": "anna", "name": "app", "full_description": "webhook triggered" });
    anna.send("POST", "/v2/repositories", &new)?.expect_status(201)?;
    let receiver = Receiver::start(fine)?;
    let (_, secret) = webhook(&anna, &[&format!("{}/hook", receiver.url)])?;
    scene.log_in(&scene.stage.anna)?;
    scene.push("anna/app:v1")?;
    let received = receiver.next(SOON)?.context("nothing came")?;
    ensure!(received.path == "/hook", "{}", received.path);
    let (headers, host) =
        (&received.headers, receiver.url.trim_start_matches("http://").trim_end_matches('/'));
    ensure!(headers["host"] == host && headers["user-agent"].starts_with("Berth/"), "{headers:?}");
    ensure!(headers["content-type"] == "application/json" && headers["accept"] == "*/*", "{headers:?}");
    let payload = received.json()?;
    let (data, repository) = (&payload["push_data"], &payload["repository"]);
    ensure!(payload["callback_url"].is_string() && data["pushed_at"].is_u64(), "{payload}");
    ensure!(data["pusher"] == "anna" && data["tag"] == "v1", "{payload}");
    ensure!(data["images"][0].as_str().is_some_and(|digest| digest.starts_with("sha256:")), "{payload}");
    let texts =
        ["description", "full_description", "name", "namespace", "owner", "repo_name", "repo_url", "status"];
    ensure!(texts.iter().all(|field| repository[field].is_string()), "{payload}");
    let truths = ["is_official", "is_private", "is_trusted"];
    ensure!(truths.iter().all(|field| repository[field].is_boolean()), "{payload}");
    let numbers = ["comment_count", "date_created", "star_count"];
    ensure!(numbers.iter().all(|field| repository[field].is_u64()), "{payload}");
    let signed = received.headers.get("webhook-signature").context("unsigned")?;
    ensure!(*signed == signature(&secret, &received)?, "{signed}");
    ensure!(receiver.next(NOT_NOW)?.is_none(), "a push is told once");
    Ok(())
}

#[test]
fn docker_s_push_is_told() -> Result<()> {
    if missing(&["openssl"])? {
        return Ok(());
    }
    with_docker(a_push_is_told_with_every_field_and_signed)
}

#[test]
fn podman_s_push_is_told() -> Result<()> {
    if missing(&["openssl"])? {
        return Ok(());
    }
    with_podman(a_push_is_told_with_every_field_and_signed)
}

#[test]
fn a_chain_is_completed_by_curl_and_stopped_by_a_failure() -> Result<()> {
    if missing(&["curl"])? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let anna = Api::new(&stage.berth, &stage.anna)?;
    stage.registry("anna/app").push_image("v0", b"before there was a webhook")?;
    let receivers = [Receiver::start(fine)?, Receiver::start(fine)?, Receiver::start(fine)?];
    let urls = receivers.each_ref().map(|receiver| receiver.url.as_str());
    let (id, _) = webhook(&anna, &urls)?;
    let [test, deploy, log] = &receivers;
    let state = || -> Result<String> {
        let runs = anna.ask("GET", &format!("{WEBHOOKS}/{id}/runs"))?.expect_status(200)?.json()?;
        Ok(runs["results"][0]["state"].as_str().unwrap_or_default().to_owned())
    };

    stage.registry("anna/app").push_image("v1", b"one")?;
    for receiver in &receivers {
        let received = receiver.next(SOON)?.context("its turn did not come")?;
        ensure!(state()? == "running");
        ensure!(curl(&received, "success")? == "200");
        ensure!(curl(&received, "success")? == "409", "taken once");
    }
    ensure!(state()? == "complete", "{}", state()?);

    stage.registry("anna/app").push_image("v2", b"two")?;
    let first = test.next(SOON)?.context("no second run")?;
    // The next push waits for nobody.
    stage.registry("anna/app").push_image("v3", b"three")?;
    let other = test.next(SOON)?.context("held up")?;
    ensure!(other.json()?["push_data"]["tag"] == "v3");
    ensure!(curl(&first, "success")? == "200");
    let second = deploy.next(SOON)?.context("the second step")?;
    ensure!(curl(&second, "failure")? == "200");
    ensure!(curl(&other, "nonsense")? == "400");
    ensure!(curl(&other, "success")? == "200");
    ensure!(deploy.next(SOON)?.is_some());
    // What was due before that would be there.
    ensure!(log.next(NOT_NOW)?.is_none(), "a stopped chain goes on");
    stage.end()
}

#[test]
fn a_receiver_that_hangs_holds_nobody_up() -> Result<()> {
    // Longer than anybody waits here for those that answer.
    let stage = Stage::with(&[("BERTH_WEBHOOK_TIMEOUT", "10m")])?;
    let anna = Api::new(&stage.berth, &stage.anna)?;
    stage.registry("anna/app").push_image("v0", b"before there was a webhook")?;
    let (hung, healthy) = (Receiver::start(never)?, Receiver::start(fine)?);
    for _ in 0..20 {
        webhook(&anna, &[&hung.url])?;
    }
    webhook(&anna, &[&healthy.url])?;
    for number in 0..10_u8 {
        stage.registry("anna/app").push_image(&format!("v{number}"), &[number])?;
        let told = healthy.next(SOON)?.context("held up by others")?;
        ensure!(told.json()?["push_data"]["tag"] == format!("v{number}"));
    }
    stage.end()
}

#[test]
fn no_packet_goes_where_it_must_not() -> Result<()> {
    let stage = Stage::new()?;
    let anna = Api::new(&stage.berth, &stage.anna)?;
    stage.registry("anna/app").push_image("v0", b"before there was a webhook")?;
    let own = format!("http://{}/", stage.berth.address);
    for url in [
        own.as_str(),
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:9000/",
        "http://[::ffff:10.0.0.1]/",
        "http://192.168.1.1:8080/",
        "http://0xa000001/",
        "http://167772161/",
        "http://user@1.1.1.1/",
        "ftp://1.1.1.1/",
        "http://127.0.0.1:22/",
    ] {
        let new = json!({ "name": "bad", "webhooks": [{ "hook_url": url }] });
        let refused = anna.send("POST", WEBHOOKS, &new)?.expect_status(400)?.json()?;
        ensure!(refused["errors"]["url"].is_array(), "{url}: {refused}");
    }
    stage.end()
}
