//! What docker and podman alike can be asked.

use std::path::Path;
use std::process::Command;

/// A program that pushes and pulls images, word for word.
pub(crate) trait Client {
    fn import(&self, layer: &Path, image: &str) -> Command;
    /// The password is read from standard input.
    fn log_in(&self, name: &str, address: &str) -> Command;
    fn push(&self, image: &str) -> Command;
    fn pull(&self, image: &str) -> Command;
    fn remove(&self, image: &str) -> Command;
    /// `words` come before what is searched for.
    fn search(&self, words: &[&str], text: &str) -> Command;
}
