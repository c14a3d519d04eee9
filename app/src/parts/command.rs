//! Commands and digests that can be copied.

use crate::islands::copy_button::CopyButton;
use crate::surroundings::words;
use leptos::prelude::*;

/// The button that copies `text`.
pub(crate) fn copy_button(text: String) -> AnyView {
    let words = words();
    let label = format!("{}: {text}", words.copy);
    view! { <CopyButton text label done=words.copied.to_owned()/> }.into_any()
}

/// One line for a shell.
#[component]
pub(crate) fn Command(#[prop(into)] line: String) -> AnyView {
    view! {
        <div class="command" translate="no">
            <code tabindex="0">{line.clone()}</code>
            {copy_button(line)}
        </div>
    }
    .into_any()
}

/// A digest, short, to be copied whole.
#[component]
pub(crate) fn DigestText(digest: model::Digest) -> AnyView {
    let short = format!("{}:{}", digest.algorithm().as_str(), digest.short());
    view! {
        <span class="digest" translate="no">
            <code title=digest.to_string()>{short}</code>
            {copy_button(digest.to_string())}
        </span>
    }
    .into_any()
}
