//! Why there is no page: missing (or hidden), not allowed, not signed in, our fault.

use crate::api::{Failure, go_where_it_moved, set_status};
use crate::parts::here::here;
use crate::parts::meta::PageMeta;
use crate::routes::{SIGN_IN, repository, with_next};
use crate::surroundings::words;
use leptos::prelude::*;
use model::{Error, Missing};

/// The page in place of the one that was asked for.
#[component]
pub(crate) fn Refused(failure: Failure) -> AnyView {
    let words = words();
    let Failure::Refused(error) = failure else { return plain(words.error, words.error_text) };
    set_status(&error);
    match error {
        Error::NotFound(Missing::Link) => plain(words.security.link_gone, words.not_found_text),
        Error::NotFound(_) | Error::Invalid(_) => view! { <NotFound/> }.into_any(),
        Error::SignInNeeded => sign_in_needed(),
        Error::Moved { from, to } => {
            go_where_it_moved(&from, &to);
            view! { <p><a href=repository(&to)>{to.to_string()}</a></p> }.into_any()
        }
        Error::Denied => plain(words.denied, words.denied_text),
        _ => plain(words.error, words.error_text),
    }
    .into_any()
}

/// A page that is not there. What was asked for is not repeated: it may be somebody's secret.
#[component]
pub(crate) fn NotFound() -> AnyView {
    set_status(&Error::NotFound(Missing::Page));
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
            <p><a class="button primary" href=with_next(SIGN_IN, &here())>{words.sign_in}</a></p>
        </section>
    }
    .into_any()
}
