//! Fields of forms: label, hint, and what is wrong, all told to screen readers too.

use super::notice::Refusal;
use crate::surroundings::surroundings;
use crate::words::problem_of;
use leptos::prelude::*;
use model::{Problem, RepositoryName};

/// A field of one line.
#[component]
pub(crate) fn Field(
    name: &'static str,
    label: &'static str,
    #[prop(into, optional)] hint: String,
    #[prop(optional, default = "text")] kind: &'static str,
    #[prop(into, optional)] value: String,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] max: Option<u16>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] id: Option<&'static str>,
    refusal: Refusal,
) -> AnyView {
    let id = id.unwrap_or(name);
    let problem = refusal.of(name);
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                name=name
                type=kind
                value=value
                maxlength=max.map(|max| max.to_string())
                required=!optional
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=(problem.is_some() || !hint.is_empty()).then(|| format!("{id}-hint"))
            />
            {(problem.is_some() || !hint.is_empty()).then(|| view! { <Hint id hint problem/> })}
        </div>
    }
    .into_any()
}

/// What is wrong with the field, then what may be in it.
#[component]
pub(super) fn Hint(id: &'static str, hint: String, problem: Option<Problem>) -> AnyView {
    let problem = problem.map(|problem| problem_of(surroundings().locale, problem));
    view! {
        <p class="hint" id=format!("{id}-hint")>
            {problem.map(|text| view! { <strong class="problem">{text}" "</strong> })}
            {hint}
        </p>
    }
    .into_any()
}

/// What is HTML in a text area must be escaped on the server: leptos 0.8 does not (leptos #4730, fixed in 0.9).
fn text_area_content(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A field of many lines, the only `<textarea>` there is.
#[component]
pub(crate) fn TextArea(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    #[prop(optional, default = 14)] rows: u8,
    #[prop(optional)] max: Option<usize>,
    refusal: Refusal,
) -> AnyView {
    let problem = refusal.of(name);
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea
                id=name
                name=name
                rows=rows.to_string()
                maxlength=max.map(|max| max.to_string())
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=format!("{name}-hint")
            >
                {text_area_content(&value)}
            </textarea>
            <Hint id=name hint=hint.to_owned() problem/>
        </div>
    }
    .into_any()
}

/// Tells the server something that nobody types.
#[component]
pub(crate) fn Hidden(name: &'static str, #[prop(into)] value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// Tells the server which repository a form is about.
#[component]
pub(crate) fn NameField(name: RepositoryName) -> AnyView {
    view! { <input type="hidden" name="name" value=name.to_string()/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_area_can_not_be_left_by_its_text() {
        let owner = Owner::new();
        let html = owner.with(|| {
            let value = "</textarea><script>alert(1)</script>&amp;".to_owned();
            view! { <TextArea name="full" label="" hint="" value refusal=Refusal::default()/> }.to_html()
        });
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script"), "{html}");
    }
}
