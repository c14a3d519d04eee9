//! Invariants about files: how long, how they begin, what they are called, what lies at the top.

use std::collections::BTreeSet;

use crate::source::{forbid, names, read, rust};

const LONGEST: usize = 300;

/// Names that say nothing of what is inside.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "common"];

const TOP: [&str; 16] = [
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "Makefile",
    "README.md",
    "app",
    "clippy.toml",
    "deny.toml",
    "end2end",
    "public",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "server",
    "style",
];

#[test]
fn the_top_level_holds_nothing_else() {
    let names = names();
    let top: BTreeSet<&str> = names.iter().filter_map(|name| name.split('/').next()).collect();
    let strange: Vec<_> =
        top.into_iter().filter(|name| !name.starts_with('.') && !TOP.contains(name)).collect();
    assert_eq!(strange, [""; 0]);
}

#[test]
fn every_module_says_at_its_head_what_it_holds() {
    let silent: Vec<_> =
        rust(&[""]).into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.name).collect();
    assert_eq!(silent, [""; 0]);
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<_> = rust(&[""])
        .into_iter()
        .map(|file| (file.text.lines().count(), file.name))
        .filter(|(lines, _)| *lines > LONGEST)
        .collect();
    assert!(long.is_empty(), "over {LONGEST} lines: {long:?}");
}

#[test]
fn names_say_what_is_inside() {
    let stem =
        |name: &str| name.rsplit('/').next().and_then(|file| file.split('.').next().map(str::to_owned));
    let empty: Vec<_> = names()
        .into_iter()
        .filter(|name| {
            let folders = name.split('/').rev().skip(1).any(|folder| EMPTY_NAMES.contains(&folder));
            folders || stem(name).is_some_and(|stem| EMPTY_NAMES.contains(&stem.as_str()))
        })
        .collect();
    assert_eq!(empty, [""; 0]);
}

#[test]
fn every_crate_takes_the_workspaces_lints() {
    let lax: Vec<_> = names()
        .into_iter()
        .filter(|name| name.ends_with("/Cargo.toml"))
        .filter(|name| !read(name).contains("[lints]\nworkspace = true"))
        .collect();
    assert_eq!(lax, [""; 0]);
}

#[test]
fn lock_files_name_no_host() {
    assert!(
        !read("end2end/package-lock.json").contains("://"),
        "end2end/.npmrc keeps addresses out: npm install there"
    );
    let sources: BTreeSet<String> =
        read("Cargo.lock").lines().filter(|line| line.starts_with("source = ")).map(str::to_owned).collect();
    assert!(sources.len() <= 1, "one registry, no git: {sources:?}");
}

#[test]
fn concrete_adapters_are_named_where_the_parts_are_put_together() {
    let start = ["server/src/start.rs", "server/src/start/"];
    forbid(
        &["Database::open", "Database::memory", "DiskStore", "DiskBlobs"],
        &["server/src/"],
        &start,
        "start.rs chooses",
    );
}
