//! The pages: rendered by the server, hydrated in the browser.
//!
//! Knows the words (`model`) and calls the hub only through its server functions in `api`.

#![recursion_limit = "512"]
#![expect(unreachable_pub, reason = "the component macro writes pub")]

pub mod api;
mod browser;
mod pages;
mod parts;
mod routes;
#[cfg(feature = "ssr")]
mod shell;
mod surroundings;
mod words;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use surroundings::{Assets, Surroundings, Theme};
pub use words::Locale;

/// Takes over the document that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::prelude::provide_context(browser::surroundings());
    leptos::mount::hydrate_body(App);
    browser::mark_hydrated();
}
