//! A field that is one of a list.

use leptos::prelude::*;

/// A labelled list of `(value, text)`.
#[component]
pub(crate) fn Select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    #[prop(into, optional)] chosen: String,
) -> AnyView {
    let options = options.into_iter().map(|(value, text)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{text}</option> }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}
