//! A field that is one of a list.

use super::field::Hint;
use leptos::prelude::*;
use model::Problem;

/// A labelled list of `(value, text)`.
#[component]
pub(crate) fn Select(
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    #[prop(into, optional)] chosen: String,
    #[prop(default = None)] problem: Option<Problem>,
) -> AnyView {
    let options = options.into_iter().map(|(value, text)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{text}</option> }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select
                id=name
                name=name
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=problem.is_some().then(|| format!("{name}-hint"))
            >
                {options.collect_view()}
            </select>
            {problem.map(|problem| view! { <Hint id=name hint=String::new() problem=Some(problem)/> })}
        </div>
    }
    .into_any()
}
