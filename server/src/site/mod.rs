//! The site's files as they were when the program was built: scripts, style, icons. They lie in the program itself.
//! Knows nothing of pages; whoever writes the document takes the names of its files from `assets`.

mod answer;
mod router;

use std::sync::LazyLock;

use rust_embed::{Embed, EmbeddedFile};
use serde::Deserialize;

pub(crate) use answer::is_known;
pub use router::router;

#[derive(Embed)]
#[folder = "$BERTH_SITE"]
#[allow_missing = true]
struct Files;

/// Paths of what the document links to. Each changes when the file does, so it may be kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

static ASSETS: LazyLock<Option<Assets>> = LazyLock::new(|| {
    let names = Files::get("assets.json")?;
    serde_json::from_slice(&names.data).ok()
});

/// `None` in a program that was built without `cargo xtask site`: it can serve the registry and bare documents.
pub fn assets() -> Option<&'static Assets> {
    ASSETS.as_ref()
}

/// A file and, where there is one, its compressed form.
struct Stored {
    plain: EmbeddedFile,
    brotli: Option<EmbeddedFile>,
}

fn find(name: &str) -> Option<Stored> {
    let plain = Files::get(name)?;
    Some(Stored { plain, brotli: Files::get(&format!("{name}.br")) })
}
