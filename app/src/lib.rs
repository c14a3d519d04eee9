//! The pages: rendered by the server; their islands are hydrated in the browser.
//!
//! Knows the words (`model`) and calls the hub only through its server functions in `api`.

#![expect(unreachable_pub, reason = "the component macro writes pub")]

pub mod api;
mod browser;
mod format;
mod icon;
mod islands;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod surroundings;
#[cfg(feature = "ssr")]
mod table;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use shell::shell;
#[cfg(feature = "ssr")]
pub use surroundings::{Assets, Surroundings, Theme};
#[cfg(feature = "ssr")]
pub use table::App;
#[cfg(feature = "ssr")]
pub use words::{Locale, badge_text, compact, feed_entry, feed_title, mail_text, tagline};

/// Makes ready for the islands, which the document's script then wakes one by one.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
