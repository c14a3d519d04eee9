//! The parts of pages that live in the browser. All else is rendered once, by the server, and costs no download.
//!
//! An island takes finished texts: it knows neither languages nor rights, and asks the server through `api::live`.

mod chain;
pub(crate) mod chain_editor;
pub(crate) mod copy_button;
pub(crate) mod first_push;
pub(crate) mod live_run;
pub(crate) mod passkey_button;
pub(crate) mod preview;
pub(crate) mod search_box;
