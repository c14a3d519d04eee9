//! The fields of a webhook: for a new one, and for one that is changed.

use super::field::{Field, TextArea};
use super::notice::Refusal;
use super::select::Select;
use crate::islands::chain_editor::{ALL, ChainEditor, ChainTexts, NUMBER};
use crate::surroundings::words;
use leptos::prelude::*;
use model::webhook::{PayloadFormat, URLS_MOST};

/// What stands in the fields.
#[derive(Clone)]
pub(crate) struct Filled {
    pub(crate) label: String,
    /// One a line.
    pub(crate) urls: String,
    pub(crate) format: PayloadFormat,
    pub(crate) waits: bool,
    pub(crate) wait_minutes: u32,
}

/// The fields.
#[component]
pub(crate) fn WebhookFields(filled: Filled, refusal: Refusal) -> AnyView {
    let words = &words().webhooks;
    let formats = vec![
        (PayloadFormat::Hub.as_str().to_owned(), words.format_hub.to_owned()),
        (PayloadFormat::Distribution.as_str().to_owned(), words.format_distribution.to_owned()),
    ];
    view! {
        <Field
            name="label"
            label=words.label
            hint=words.label_hint
            value=filled.label
            max=100
            autocomplete="off"
            refusal=refusal.clone()
        />
        <TextArea
            name="urls"
            label=words.urls
            hint=words.urls_hint
            value=filled.urls
            rows=4
            refusal=refusal.clone()
        />
        <div class="field chain-editor">
            <p class="hint plain-only">{words.urls_lines}</p>
            <ChainEditor
                field="urls".to_owned()
                invalid=refusal.of("urls").is_some()
                most=URLS_MOST
                texts=chain_texts()
            />
        </div>
        <Field
            name="wait"
            label=words.wait_minutes
            hint=words.wait_minutes_hint
            value=filled.wait_minutes.to_string()
            autocomplete="off"
            refusal
        />
        <div class="choice field">
            <input type="checkbox" id="waits" name="waits" value="yes" checked=filled.waits/>
            <label for="waits">{words.waits}</label>
            <p>{words.waits_hint}</p>
        </div>
        <Select name="format" label=words.format options=formats chosen=filled.format.as_str()/>
    }
    .into_any()
}

fn chain_texts() -> ChainTexts {
    let words = &words().webhooks;
    ChainTexts {
        address: (words.address_number)(NUMBER),
        up: (words.move_up)(NUMBER),
        down: (words.move_down)(NUMBER),
        remove: (words.remove_address)(NUMBER),
        add: words.add_address.to_owned(),
        drag: words.drag.to_owned(),
        moved: (words.address_moved)(NUMBER, ALL),
        removed: (words.address_removed)(NUMBER),
        full: (words.chain_full)(URLS_MOST),
        left_out: (words.left_out)(NUMBER, URLS_MOST),
    }
}
