//! A button that puts a text on the clipboard.

use crate::browser;
use crate::icon::{Icon, Mark};
use leptos::prelude::*;

/// Copies `text`, then says `done`. Without a script it is not shown; the text beside it can be selected.
#[island]
pub(crate) fn CopyButton(text: String, label: String, done: String) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let copy = move |_| {
        browser::copy(&text);
        said.set(done.clone());
    };
    view! {
        <button type="button" class="copy" aria-label=label on:click=copy>
            <Mark icon=Icon::Copy/>
            <span class="copied" role="status">{move || said.get()}</span>
        </button>
    }
}
