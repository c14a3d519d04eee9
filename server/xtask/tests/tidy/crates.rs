//! Invariants about crates: the arrows between them, and the words that each may not know.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::source::{forbid, root};

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a crate of ours imports, tests aside.
fn imports(name: &str) -> BTreeSet<String> {
    let metadata = metadata();
    let package = metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == name);
    let dependencies = package.unwrap_or_else(|| panic!("crate {name}"))["dependencies"].as_array().unwrap();
    dependencies
        .iter()
        .filter(|one| one["kind"].is_null())
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

fn ours(name: &str) -> Vec<String> {
    let ours = ["app", "hub", "model", "server"];
    imports(name).into_iter().filter(|import| ours.contains(&import.as_str())).collect()
}

#[test]
fn the_arrows_between_the_crates() {
    assert_eq!(ours("model"), [""; 0]);
    assert_eq!(ours("hub"), ["model"]);
    assert_eq!(ours("app"), ["hub", "model"], "hub for the server's half only");
    assert_eq!(ours("server"), ["app", "hub", "model"]);
}

#[test]
fn model_is_words_only() {
    assert_eq!(imports("model"), BTreeSet::from(["serde".to_owned(), "thiserror".to_owned()]));
    let words =
        ["async", "cfg(feature", "cfg(target", "Instant", "SystemTime", "std::fs", "std::net", "std::env"];
    forbid(
        &words,
        &["app/model/src/"],
        &[],
        "model runs in the browser: no async, no clock, no I/O, one shape on both sides",
    );
}

#[test]
fn hub_does_not_know_http_or_html() {
    let web =
        ["axum", "hyper", "hyper-rustls", "hyper-util", "http", "leptos", "reqwest", "tower", "tower-http"];
    let known: Vec<_> = imports("hub").into_iter().filter(|import| web.contains(&import.as_str())).collect();
    assert_eq!(known, [""; 0], "hub decides; server speaks HTTP");
    forbid(
        &["StatusCode", "axum", "leptos", "HeaderMap", "/v2/"],
        &["server/hub/src/"],
        // Tells receivers where the image is.
        &["server/hub/src/webhooks/payload.rs"],
        "hub knows no HTTP",
    );
}

#[test]
fn sql_is_in_the_store_alone() {
    let store = ["server/hub/src/store/", "server/hub/tests/", "server/testing/", "server/xtask/"];
    forbid(
        &["sqlx", "rusqlite", "libsqlite3_sys"],
        &["app/", "server/"],
        &store,
        "SQL lies below server/hub/src/store/",
    );
}

#[test]
fn the_browser_is_named_in_one_file() {
    forbid(
        &["web_sys", "gloo_net", "js_sys"],
        &["app/"],
        &["app/src/browser.rs", "app/src/browser/"],
        "one door to the browser",
    );
    let halves = ["app/src/lib.rs", "app/src/api/"];
    forbid(&["feature = \"ssr\""], &["app/src/"], &halves, "pages are the same on both sides");
}

#[test]
fn the_rule_is_enforced_at_the_gate() {
    let places = ["server/hub/src/access.rs", "server/hub/src/access/", "server/hub/tests/", "server/xtask/"];
    forbid(
        &["decide", "decide("],
        &["server/"],
        &places,
        "hub::access decides; everybody else calls Hub::enter",
    );
}

#[test]
fn doors_do_not_know_one_another() {
    let doors = ["registry", "json_api", "pages", "dispatcher", "builder"];
    for door in doors {
        let others: Vec<String> =
            doors.iter().filter(|one| **one != door).map(|one| format!("crate::{one}")).collect();
        let words: Vec<&str> = others.iter().map(String::as_str).collect();
        let places = [format!("server/src/{door}/"), format!("server/src/{door}.rs")];
        let prefixes: Vec<&str> = places.iter().map(String::as_str).collect();
        forbid(&words, &prefixes, &[], "doors meet in the hub only");
    }
}
