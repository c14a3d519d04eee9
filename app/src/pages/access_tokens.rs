//! One's own access tokens: listed, made, ended. A new one is shown once.

use super::loaded::loaded;
use super::token_list::{Target, tokens};
use crate::api::reading;
use crate::api::tokens::{MakeAccessToken, RevokeAccessToken};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, refusal};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::AccessTokenRow;

/// The page.
#[component]
pub(crate) fn AccessTokens() -> AnyView {
    loaded(reading::access_tokens(), show)
}

fn show(rows: Vec<AccessTokenRow>) -> AnyView {
    let (all, words) = (words(), &words().tokens);
    let target = Target {
        make: MakeAccessToken::url(),
        revoke: RevokeAccessToken::url(),
        organization: None,
        repositories_hint: words.repositories_hint,
    };
    view! {
        <PageMeta title=words.access_tokens description=words.access_tokens_text hidden=true/>
        <div class="reading">
            <p><a href="/settings">{all.account}</a></p>
            <h1>{words.access_tokens}</h1>
            <p class="lead">{words.access_tokens_text}</p>
            <SavedNotice/>
            <RefusalNotice refusal=refusal()/>
            {tokens(&target, rows)}
        </div>
    }
    .into_any()
}
