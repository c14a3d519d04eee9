//! A button that puts a text on the clipboard.

use crate::browser;
use crate::icon::{Icon, Mark};
use leptos::prelude::*;

/// Copies `text`, then says `done`. Without a script it is not shown; the text beside it can be selected.
#[island]
pub(crate) fn CopyButton(text: String, label: String, done: String) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let copy = move |_| {
        let (text, done) = (text.clone(), done.clone());
        leptos::task::spawn_local(async move {
            if browser::copy(&text).await {
                said.set(done);
            }
        });
    };
    view! {
        <button type="button" class="copy" aria-label=label on:click=copy>
            <Mark icon=Icon::Copy/>
            <span class="copied" role="status">{move || said.get()}</span>
        </button>
    }
}
