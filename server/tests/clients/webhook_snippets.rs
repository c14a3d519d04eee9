//! The programs that the help page shows: each knows genuine deliveries from others, and the report is taken.

use crate::people::Api;
use crate::programs::{missing, run};
use crate::stage::Stage;
use crate::webhooks::{SOON, fine, signature, webhook};
use anyhow::{Context, Result, ensure};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use testing::{Received, Receiver};

/// Seconds that a delivery may be old.
const TOLERANCE: u64 = 5 * 60;

fn snippet(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/snippets").join(name)
}

/// Whether the program takes a delivery. It refuses without a word: one that fails is no judge.
fn takes(program: &[&str], secret: &str, delivery: &Received) -> Result<bool> {
    let header = |name: &str| delivery.headers.get(name).cloned().unwrap_or_default();
    let mut child = Command::new(program[0])
        .args(&program[1..])
        .env("WEBHOOK_SECRET", secret)
        .env("HTTP_WEBHOOK_ID", header("webhook-id"))
        .env("HTTP_WEBHOOK_TIMESTAMP", header("webhook-timestamp"))
        .env("HTTP_WEBHOOK_SIGNATURE", header("webhook-signature"))
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    child.stdin.take().context("no standard input")?.write_all(&delivery.body)?;
    let output = child.wait_with_output()?;
    let said = [output.stdout, output.stderr].concat();
    ensure!(said.is_empty(), "{program:?}: {}", String::from_utf8_lossy(&said));
    match output.status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        other => anyhow::bail!("{program:?} ended with {other:?}"),
    }
}

/// The same delivery as if it had been signed `offset` seconds from now.
fn signed_at(delivery: &Received, secret: &str, offset: i64) -> Result<Received> {
    #[expect(clippy::disallowed_methods, reason = "the programs take the time from the machine")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let mut other = delivery.clone();
    let at = now.saturating_add_signed(offset).to_string();
    other.headers.insert("webhook-timestamp".into(), at);
    let signature = signature(secret, &other)?;
    other.headers.insert("webhook-signature".into(), signature);
    Ok(other)
}

fn changed(delivery: &Received, header: &str, change: impl Fn(&str) -> String) -> Received {
    let mut other = delivery.clone();
    let value = other.headers.get(header).map(|value| change(value)).unwrap_or_default();
    other.headers.insert(header.into(), value);
    other
}

/// Two deliveries of a webhook: one signed with the first secret, one while it is replaced by the second.
struct Deliveries {
    secrets: [String; 2],
    first: Received,
    rotated: Received,
}

fn deliveries(stage: &Stage) -> Result<Deliveries> {
    let anna = Api::new(&stage.berth, &stage.anna)?;
    stage.registry("anna/app").push_image("v0", b"before there was a webhook")?;
    let receiver = Receiver::start(fine)?;
    let (id, old) = webhook(&anna, &[&receiver.url])?;
    stage.registry("anna/app").push_image("v1", b"one")?;
    let first = receiver.next(SOON)?.context("nothing came")?;
    let path = format!("/v2/repositories/anna/app/webhooks/{id}/secret");
    let made = anna.ask("POST", &path)?.expect_status(200)?.json()?;
    let new = made["secret"].as_str().context("no secret")?.to_owned();
    stage.registry("anna/app").push_image("v2", b"two")?;
    let rotated = receiver.next(SOON)?.context("nothing came during the rotation")?;
    Ok(Deliveries { secrets: [old, new], first, rotated })
}

/// Lets the program judge deliveries that it must take, and others.
fn judge(program: &[&str], of: &Deliveries) -> Result<()> {
    let [old, new] = &of.secrets;
    let (first, limit) = (&of.first, i64::try_from(TOLERANCE)?);
    let mut tampered = first.clone();
    tampered.body.push(b' ');
    let signature = "webhook-signature";
    let cases = [
        ("as it came", true, old, first.clone()),
        ("during a rotation, old", true, old, of.rotated.clone()),
        ("during a rotation, new", true, new, of.rotated.clone()),
        ("another body", false, old, tampered),
        ("another secret", false, new, first.clone()),
        ("another id", false, old, changed(first, "webhook-id", |id| format!("{id}x"))),
        ("no time", false, old, changed(first, "webhook-timestamp", |_| String::new())),
        ("unsigned", false, old, changed(first, signature, |_| String::new())),
        ("another version", false, old, changed(first, signature, |text| text.replace("v1,", "v2,"))),
    ];
    for (case, is_good, secret, delivery) in cases {
        ensure!(takes(program, secret, &delivery)? == is_good, "{program:?}: {case}");
    }
    // Each signed just before it is judged: only one program's start lies between.
    for (offset, is_good) in [(60 - limit, true), (-60 - limit, false), (60 + limit, false)] {
        let delivery = signed_at(first, old, offset)?;
        ensure!(takes(program, old, &delivery)? == is_good, "{program:?}: signed {offset} s from now");
    }
    Ok(())
}

fn story(programs: &[&str], program: impl Fn(&Stage) -> Result<Vec<String>>) -> Result<()> {
    if missing(&["openssl"])? || missing(programs)? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let program = program(&stage)?;
    let program: Vec<&str> = program.iter().map(String::as_str).collect();
    judge(&program, &deliveries(&stage)?)?;
    stage.end()
}

fn interpreted(interpreter: &str, file: &str) -> Result<()> {
    let program = vec![interpreter.to_owned(), snippet(file).display().to_string()];
    story(&[interpreter], |_| Ok(program.clone()))
}

#[test]
fn python_verifies_a_delivery() -> Result<()> {
    interpreted("python3", "verify.py")
}

#[test]
fn javascript_verifies_a_delivery() -> Result<()> {
    interpreted("node", "verify.mjs")
}

#[test]
fn php_verifies_a_delivery() -> Result<()> {
    interpreted("php", "verify.php")
}

#[test]
fn ruby_verifies_a_delivery() -> Result<()> {
    interpreted("ruby", "verify.rb")
}

#[test]
fn go_verifies_a_delivery() -> Result<()> {
    story(&["go"], |stage| {
        let binary = stage.path("verify").display().to_string();
        let mut build = Command::new("go");
        build.args(["build", "-o", &binary]).arg(snippet("verify.go"));
        // Nothing is fetched, and nothing is left outside of the story's folder.
        build.env("GOCACHE", stage.path("go")).env("GOPROXY", "off").env("GOTOOLCHAIN", "local");
        run(&mut build)?;
        Ok(vec![binary])
    })
}

#[test]
fn the_report_that_is_shown_is_taken() -> Result<()> {
    if missing(&["curl"])? {
        return Ok(());
    }
    let stage = Stage::new()?;
    let anna = Api::new(&stage.berth, &stage.anna)?;
    stage.registry("anna/app").push_image("v0", b"before there was a webhook")?;
    let [test, deploy] = [Receiver::start(fine)?, Receiver::start(fine)?];
    webhook(&anna, &[&test.url, &deploy.url])?;
    stage.registry("anna/app").push_image("v1", b"one")?;
    let payload = test.next(SOON)?.context("nothing came")?.json()?;
    let url = payload["callback_url"].as_str().context("no callback_url")?;
    let answer = run(Command::new("sh").arg(snippet("report.sh")).env("CALLBACK_URL", url))?;
    ensure!(answer.contains("accepted"), "{answer}");
    ensure!(deploy.next(SOON)?.is_some(), "the chain does not go on");
    stage.end()
}
