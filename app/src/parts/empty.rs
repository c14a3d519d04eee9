//! Where a list would be: what is missing, and the next step.

use leptos::prelude::*;

/// A title, a sentence, and what to do next as children.
#[component]
pub(crate) fn Empty(
    title: &'static str,
    text: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> AnyView {
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
    .into_any()
}
