//! What Markdown will look like, before it is saved.

use crate::api::{Failure, live};
use crate::browser;
use leptos::prelude::*;

/// Shows the text of the field `of` rendered, on demand, as a comment or as a README; or why not, `failed` where nobody
/// knows. Without a script it is not shown; saving shows it as well.
#[island]
pub(crate) fn Preview(of: String, label: String, failed: String, is_comment: bool) -> impl IntoView {
    let shown = RwSignal::new(None::<Result<String, String>>);
    let show = move |_| {
        let (markdown, failed) = (browser::value_of(&of), failed.clone());
        leptos::task::spawn_local(async move {
            let rendered = match is_comment {
                true => live::preview_comment(markdown).await,
                false => live::preview(markdown).await,
            };
            shown.set(Some(rendered.map_err(|failure| why(failure, failed))));
        });
    };
    let html = move || shown.get().and_then(Result::ok);
    let refused = move || shown.get().and_then(Result::err);
    // Sanitised by the hub.
    view! {
        <button type="button" class="script-only" on:click=show>{label}</button>
        {move || refused().map(|text| view! { <p class="notice bad" role="alert">{text}</p> })}
        {move || html().map(|html| view! { <article class="readme preview" inner_html=html></article> })}
    }
}

fn why(failure: Failure, failed: String) -> String {
    match failure {
        Failure::Told(text) => text,
        Failure::Refused(_) | Failure::Unreachable => failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_is_a_sentence() {
        assert_eq!(why(Failure::Told("Sign in.".into()), "Again.".into()), "Sign in.");
        assert_eq!(why(Failure::Unreachable, "Again.".into()), "Again.");
    }
}
