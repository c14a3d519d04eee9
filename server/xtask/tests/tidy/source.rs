//! The sources as the tests read them: files of the repository, lines of code without comments.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Source {
    /// From the workspace's root, with slashes.
    pub(crate) name: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}

/// What git tracks or would, so that build results and installed packages are no concern of ours.
pub(crate) fn names() -> Vec<String> {
    let arguments = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
    let listing = Command::new("git").args(arguments).current_dir(root()).output().unwrap();
    assert!(listing.status.success(), "git lists the files");
    let names = String::from_utf8(listing.stdout).unwrap();
    names.lines().filter(|name| root().join(name).is_file()).map(str::to_owned).collect()
}

pub(crate) fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every Rust file whose name begins with one of the prefixes.
pub(crate) fn rust(prefixes: &[&str]) -> Vec<Source> {
    let wanted =
        |name: &String| name.ends_with(".rs") && prefixes.iter().any(|prefix| name.starts_with(prefix));
    names().into_iter().filter(wanted).map(|name| Source { text: read(&name), name }).collect()
}

impl Source {
    /// Lines that are not comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim().starts_with("//"))
    }
}

/// Fails if one of the words stands in the code of a file that `allowed` does not name (a file, or a folder with its slash).
pub(crate) fn forbid(words: &[&str], prefixes: &[&str], allowed: &[&str], why: &str) {
    let mut found = Vec::new();
    for source in rust(prefixes) {
        if allowed
            .iter()
            .any(|place| source.name == *place || (place.ends_with('/') && source.name.starts_with(place)))
        {
            continue;
        }
        for (at, line) in source.code() {
            found.extend(
                words
                    .iter()
                    .filter(|word| has_word(line, word))
                    .map(|word| format!("{}:{at}: {word}", source.name)),
            );
        }
    }
    assert!(found.is_empty(), "{why}\n{}", found.join("\n"));
}

/// The word, not as a part of a longer name.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let starts = word.starts_with(part_of_name);
        let ends = word.ends_with(part_of_name);
        !(starts && before.is_some_and(part_of_name) || ends && after.is_some_and(part_of_name))
    })
}
