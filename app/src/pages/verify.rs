//! Where the link of a mail leads that proves an address. A button, as programs that look at links must prove nothing.

use crate::api::security::VerifyEmail;
use crate::parts::field::Hidden;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// The page.
#[component]
pub(crate) fn Verify() -> AnyView {
    let (all, words, refusal) = (words(), &words().security, refusal());
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let content = if kept("saved").is_empty() {
        view! {
            <p class="lead">{words.verify_text}</p>
            <RefusalNotice refusal/>
            <form method="post" action=VerifyEmail::url()>
                <Hidden name="token" value=token/>
                <button class="primary" type="submit">{words.verify_email}</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="notice good" role="status">{words.verified}</p>
            <p><a class="button" href="/">{all.go_home}</a></p>
        }
        .into_any()
    };
    view! {
        <PageMeta title=words.verify_email description=words.verify_text hidden=true/>
        <section class="narrow">
            <h1>{words.verify_email}</h1>
            {content}
        </section>
    }
    .into_any()
}
