//! The tokens of an organization's programs.

use super::loaded::{loaded, namespace};
use super::token_list::{Target, tokens};
use crate::api::reading;
use crate::api::tokens::{MakeOrganizationToken, RevokeOrganizationToken};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, refusal};
use crate::parts::organization_head::{OrganizationTab, OrganizationTop};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::OrganizationTokensPage;

/// The page.
#[component]
pub(crate) fn OrganizationTokens() -> AnyView {
    let name = namespace();
    loaded(async move { reading::organization_tokens(name?).await }, show)
}

fn show(page: OrganizationTokensPage) -> AnyView {
    let (all, words) = (&words().tokens, &words().site);
    let target = Target {
        make: MakeOrganizationToken::url(),
        revoke: RevokeOrganizationToken::url(),
        organization: Some(page.head.name.to_string()),
        repositories_hint: words.organization_tokens_hint,
    };
    view! {
        <PageMeta title=all.access_tokens description=words.organization_tokens_text hidden=true/>
        <OrganizationTop head=page.head open=OrganizationTab::Tokens/>
        <div class="reading">
            <h2>{all.access_tokens}</h2>
            <p class="soft">{words.organization_tokens_text}</p>
            <SavedNotice/>
            <RefusalNotice refusal=refusal()/>
            {tokens(&target, page.tokens)}
        </div>
    }
    .into_any()
}
