//! Where webhooks must not lead (BAR W12): each entry of one list, when it is saved and when it is sent to, in a
//! network in which a leak would arrive.

mod names;
mod place;

use crate::people::{Api, Browser};
use crate::programs::{missing, run_with_input};
use crate::stage::BINARY;
use crate::webhook_api::{Webhooks, end_of, id_of};
use anyhow::{Context, Result, bail, ensure};
use place::{Place, in_a_network};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use testing::http::Request;
use testing::{Berth, Login, Registry};

const CORPUS: &str = include_str!("corpus.txt");
/// What is reachable for everybody.
const RECEIVER: &str = "http://ci.test:8080/";
/// Webhooks of one repository.
const MOST: usize = 50;
const SOON: Duration = Duration::from_secs(60);
/// Tries of what a slow machine may not manage while a name server is silent.
const ROUNDS: u8 = 5;
const HUB: (&str, &str) = ("BERTH_URL", "http://hub.test:8080");
const ONCE: (&str, &str) = ("BERTH_WEBHOOK_SCHEDULE", "1h");
const ALLOW_NONE: (&str, &str) = ("BERTH_WEBHOOK_ALLOW", "");
const ALLOW_ALL: (&str, &str) = ("BERTH_WEBHOOK_ALLOW", "0.0.0.0/0,::/0");

/// Reason and URL of each entry.
fn corpus() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = CORPUS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ').map(|(reason, url)| (reason, url.trim())))
}

fn berth(data: &Path, settings: &[(&str, &str)]) -> Result<Berth> {
    Berth::start_with(settings, Path::new(BINARY), data)
}

/// A repository with something in it.
fn filled(berth: &Berth, login: &Login, repository: &str) -> Result<Registry> {
    let mut registry = Registry::new(&berth.address, repository, Some(login));
    registry.push_image("v0", b"before there was a webhook")?;
    Ok(registry)
}

#[test]
fn what_must_not_be_reached_is_not_saved() -> Result<()> {
    in_a_network("webhook_reach::what_must_not_be_reached_is_not_saved", |place| {
        let folder = tempfile::tempdir()?;
        let berth = berth(folder.path(), &[HUB, ALLOW_NONE])?;
        let anna = berth.add_user("anna")?;
        filled(&berth, &anna, "anna/app")?;
        let webhooks = Webhooks::of(&berth, &anna, "anna/app")?;
        let browser = Browser::new(&berth, &anna)?;
        let id = webhooks.add(RECEIVER).context("the public's")?;
        place.leaked()?;
        for (reason, url) in corpus() {
            let refused =
                webhooks.try_add(url)?.expect_status(400).with_context(|| url.to_owned())?.json()?;
            ensure!(refused["errors"]["url"].is_array(), "{reason} {url}: {refused}");
            let form = [("name", "anna/app"), ("label", "x"), ("urls", url), ("wait", "60")];
            let page = browser.submit("add_webhook", &form).err().with_context(|| url.to_owned())?;
            ensure!(page.to_string().contains("refused="), "{reason} {url}: {page}");
        }
        let api = Api::new(&berth, &anna)?;
        let (path, private) =
            (format!("/v2/repositories/anna/app/webhooks/{id}"), "http://internal.test:8080/");
        let changed = json!({ "webhooks": [{ "hook_url": RECEIVER }, { "hook_url": private }] });
        api.send("PATCH", &path, &changed)?.expect_status(400)?;
        api.send("POST", &format!("{path}/hooks"), &json!({ "hook_url": private }))?.expect_status(400)?;
        ensure!(webhooks.show(&id)?["webhooks"].as_array().is_some_and(|all| all.len() == 1));
        ensure!(place.leaked()? == 0 && place.heard() == 0, "a look at a URL must not go there");
        berth.fsck()
    })
}

/// One entry of the list and its webhook.
struct Entry {
    url: &'static str,
    repository: String,
    id: String,
    /// No operator can let it in: it has to be put into the database by hand.
    is_hard: bool,
}

/// A webhook for each entry, made while the operator lets everything in.
fn save_all(berth: &Berth, login: &Login) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for (number, (_, url)) in corpus().enumerate() {
        let repository = format!("anna/app-{}", number / MOST);
        if number % MOST == 0 {
            filled(berth, login, &repository)?;
        }
        let webhooks = Webhooks::of(berth, login, &repository)?;
        let reply = webhooks.try_add(url)?;
        let is_hard = reply.status != 201;
        let id = if is_hard { webhooks.add(RECEIVER)? } else { id_of(&reply)? };
        entries.push(Entry { url, repository, id, is_hard });
    }
    Ok(entries)
}

/// Pushes a tag to each of their repositories, and waits until each was tried.
fn push_to_all(berth: &Berth, login: &Login, entries: &[Entry], tag: &str) -> Result<Vec<Value>> {
    for chunk in entries.chunks(MOST) {
        let mut registry = Registry::new(&berth.address, &chunk[0].repository, Some(login));
        registry.push_image(tag, tag.as_bytes())?;
    }
    let tried = |entry: &Entry| {
        let webhooks = Webhooks::of(berth, login, &entry.repository)?;
        webhooks.attempt(&entry.id, tag, 1, SOON).with_context(|| entry.url.to_owned())
    };
    entries.iter().map(tried).collect()
}

/// What no form takes, put where the dispatcher reads it.
fn rewrite(data: &Path, entries: &[Entry]) -> Result<()> {
    let hard = entries.iter().filter(|entry| entry.is_hard);
    let sql: String = hard
        .map(|entry| {
            let url = entry.url.replace('\'', "''");
            format!("UPDATE webhook_urls SET url = '{url}' WHERE webhook_id = '{}';\n", entry.id)
        })
        .collect();
    run_with_input(Command::new("sqlite3").arg(data.join("hub.db")), &sql).map(drop)
}

fn refused_so_far(berth: &Berth) -> Result<u64> {
    let metrics = berth.ask(&Request::get("/metrics"))?.expect_status(200)?.text();
    let line = metrics.lines().find_map(|line| line.strip_prefix("berth_webhook_refused_total "));
    Ok(line.unwrap_or("0").trim().parse()?)
}

#[test]
fn what_must_not_be_reached_is_not_sent_to() -> Result<()> {
    if missing(&["sqlite3"])? {
        return Ok(());
    }
    in_a_network("webhook_reach::what_must_not_be_reached_is_not_sent_to", |place| {
        let folder = tempfile::tempdir()?;
        let mut open = berth(folder.path(), &[ALLOW_ALL, ONCE])?;
        let anna = open.add_user("anna")?;
        let entries = save_all(&open, &anna)?;
        place.leaked()?;
        push_to_all(&open, &anna, &entries, "open")?;
        let (left, came) = (place.leaked()?, place.heard());
        ensure!(left > 80 && came > 60, "nothing would be seen here: {left} left, {came} came");
        open.stop()?;
        rewrite(folder.path(), &entries)?;

        let proxy = "http://10.0.0.1:8080";
        let proxies = ["http_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, proxy));
        let settings = [&[HUB, ALLOW_NONE, ONCE], &proxies[..]].concat();
        let closed = berth(folder.path(), &settings)?;
        place.leaked()?;
        let before = place.heard();
        for (entry, attempt) in entries.iter().zip(push_to_all(&closed, &anna, &entries, "closed")?) {
            let why = attempt["error"].as_str().unwrap_or_default();
            ensure!(attempt["status"].is_null() && why.starts_with("this "), "{}: {attempt}", entry.url);
        }
        let (left, came) = (place.leaked()?, place.heard() - before);
        ensure!(left == 0 && came == 0, "{left} requests left, {came} arrived");
        let (refused, all) = (refused_so_far(&closed)?, u64::try_from(entries.len())?);
        ensure!(refused == all, "{refused} of {all} were counted");
        the_public_is_told(&closed, &anna, place)?;
        closed.fsck()
    })
}

fn the_public_is_told(berth: &Berth, login: &Login, place: &Place) -> Result<()> {
    let mut registry = filled(berth, login, "anna/public")?;
    let webhooks = Webhooks::of(berth, login, "anna/public")?;
    let (id, before) = (webhooks.add(RECEIVER)?, place.heard());
    registry.push_image("v1", b"one")?;
    let attempt = webhooks.attempt(&id, "v1", 1, SOON)?;
    ensure!(attempt["status"] == 200 && place.heard() == before + 1, "{attempt}");
    Ok(())
}

/// A name that is public when it is looked at and private when it is called: what was looked at is called.
#[test]
fn a_name_that_changes_its_mind_is_not_followed() -> Result<()> {
    in_a_network("webhook_reach::a_name_that_changes_its_mind_is_not_followed", |place| {
        let folder = tempfile::tempdir()?;
        let berth = berth(folder.path(), &[ALLOW_NONE, ONCE])?;
        let anna = berth.add_user("anna")?;
        let mut registry = filled(&berth, &anna, "anna/app")?;
        let webhooks = Webhooks::of(&berth, &anna, "anna/app")?;
        let names = [1, 2, 3].map(|count| format!("{count}-then-private.test"));
        let add = |name: &String| webhooks.add(&format!("http://{name}:8080/"));
        let ids = names.iter().map(add).collect::<Result<Vec<String>>>()?;
        ensure!(names.iter().all(|name| place.names.asked(name) == 1), "asked once when it is saved");
        place.leaked()?;
        registry.push_image("v1", b"one")?;
        let refused = webhooks.attempt(&ids[0], "v1", 1, SOON)?;
        ensure!(refused["error"].as_str().is_some_and(|why| why.contains("not public")), "{refused}");
        for id in &ids[1..] {
            let attempt = webhooks.attempt(id, "v1", 1, SOON)?;
            ensure!(attempt["status"] == 200, "{attempt}");
        }
        ensure!(names.iter().all(|name| place.names.asked(name) == 2), "asked once when it is sent to");
        ensure!(place.leaked()? == 0 && place.heard() == 2, "{} came", place.heard());
        ensure!(refused_so_far(&berth)? == 1);
        berth.fsck()
    })
}

/// A name server that is silent costs only those who named it: blobs are written and others told meanwhile.
#[test]
fn silent_name_servers_hold_nobody_up() -> Result<()> {
    in_a_network("webhook_reach::silent_name_servers_hold_nobody_up", |_| {
        let folder = tempfile::tempdir()?;
        let berth = berth(folder.path(), &[ALLOW_NONE, ONCE])?;
        let anna = berth.add_user("anna")?;
        let mut registry = filled(&berth, &anna, "anna/app")?;
        let webhooks = Webhooks::of(&berth, &anna, "anna/app")?;
        let ids = (0..40).map(|number| webhooks.add(&format!("http://1-then-silent{number}.test:8080/")));
        let ids = ids.collect::<Result<Vec<String>>>()?;
        let mut other = filled(&berth, &anna, "anna/other")?;
        let healthy = Webhooks::of(&berth, &anna, "anna/other")?;
        let id = healthy.add(RECEIVER)?;
        for round in 0..ROUNDS {
            let tag = format!("round{round}");
            registry.push_image(&tag, &[round])?;
            other.push_image(&tag, &[round])?;
            let told = healthy.attempt(&id, &tag, 1, SOON)?;
            ensure!(told["status"] == 200, "{told}");
            if end_of(&told)? < end_of_silence(&webhooks, &ids, &tag)? {
                return berth.fsck();
            }
        }
        bail!("held up each time until a name server had been silent for long enough")
    })
}

/// When the first of them ended that are tried in vain.
fn end_of_silence(webhooks: &Webhooks<'_>, ids: &[String], tag: &str) -> Result<i64> {
    let mut first = i64::MAX;
    for id in ids {
        let attempt = webhooks.attempt(id, tag, 1, SOON)?;
        // Whichever of the two limits of five seconds is seen first.
        let why = attempt["error"].as_str().unwrap_or_default();
        ensure!(why.contains("resolved") || why.contains("no connection"), "{attempt}");
        first = first.min(end_of(&attempt)?);
    }
    Ok(first)
}
