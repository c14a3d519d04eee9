//! Why there is no page: missing (or hidden), not allowed, not signed in, our fault.

use crate::api::{Failure, not_found_status};
use crate::parts::meta::PageMeta;
use crate::surroundings::words;
use leptos::prelude::*;
use model::Error;

/// The page in place of the one that was asked for.
#[component]
pub(crate) fn Refused(failure: Failure) -> AnyView {
    let words = words();
    match failure {
        Failure::Refused(Error::NotFound(_) | Error::Invalid(_)) => view! { <NotFound/> }.into_any(),
        Failure::Refused(Error::SignInNeeded) => sign_in_needed(),
        Failure::Refused(Error::Denied) => plain(words.denied, words.denied_text),
        Failure::Refused(_) | Failure::Unreachable => plain(words.error, words.error_text),
    }
    .into_any()
}

/// A page that is not there. What was asked for is not repeated: it may be somebody's secret.
#[component]
pub(crate) fn NotFound() -> AnyView {
    not_found_status();
    let words = words();
    plain(words.not_found, words.not_found_text)
}

fn plain(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <PageMeta title description=text hidden=true/>
        <section class="empty page">
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a class="button" href="/">{words().go_home}</a></p>
        </section>
    }
    .into_any()
}

fn sign_in_needed() -> AnyView {
    let words = words();
    view! {
        <PageMeta title=words.sign_in_needed description=words.sign_in_needed_text hidden=true/>
        <section class="empty page">
            <h1>{words.sign_in_needed}</h1>
            <p>{words.sign_in_needed_text}</p>
            <p><a class="button primary" href="/login">{words.sign_in}</a></p>
        </section>
    }
    .into_any()
}
