//! What Markdown will look like, before it is saved.

use crate::api::live;
use crate::browser;
use leptos::prelude::*;

/// Shows the text of the field `of` rendered, on demand, as a comment or as a README. Without a script it is not shown;
/// saving shows it as well.
#[island]
pub(crate) fn Preview(of: String, label: String, is_comment: bool) -> impl IntoView {
    let html = RwSignal::new(None::<String>);
    let show = move |_| {
        let markdown = browser::value_of(&of);
        leptos::task::spawn_local(async move {
            let rendered = match is_comment {
                true => live::preview_comment(markdown).await,
                false => live::preview(markdown).await,
            };
            if let Ok(rendered) = rendered {
                html.set(Some(rendered));
            }
        });
    };
    // Sanitised by the hub.
    view! {
        <button type="button" class="script-only" on:click=show>{label}</button>
        {move || html.get().map(|html| view! { <article class="readme preview" inner_html=html></article> })}
    }
}
