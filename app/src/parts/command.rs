//! Commands and digests that can be copied.

use super::icon::{Icon, Mark};
use crate::browser;
use crate::surroundings::words;
use leptos::prelude::*;

/// Puts `text` on the clipboard. Without a script the text beside it can be selected.
#[component]
pub(crate) fn CopyButton(#[prop(into)] text: String) -> impl IntoView {
    let words = words();
    let copied = RwSignal::new(false);
    let label = format!("{}: {text}", words.copy);
    let copy = move |_| {
        browser::copy(&text);
        copied.set(true);
    };
    view! {
        <button type="button" class="copy" aria-label=label on:click=copy>
            <Mark icon=Icon::Copy/>
            <span class="copied" role="status">{move || if copied.get() { words.copied } else { "" }}</span>
        </button>
    }
}

/// One line for a shell.
#[component]
pub(crate) fn Command(#[prop(into)] line: String) -> impl IntoView {
    view! {
        <div class="command" translate="no">
            <code tabindex="0">{line.clone()}</code>
            <CopyButton text=line/>
        </div>
    }
}

/// A digest, short, to be copied whole.
#[component]
pub(crate) fn DigestText(digest: model::Digest) -> impl IntoView {
    let short = format!("{}:{}", digest.algorithm().as_str(), digest.short());
    view! {
        <span class="digest" translate="no">
            <code title=digest.to_string()>{short}</code>
            <CopyButton text=digest.to_string()/>
        </span>
    }
}
