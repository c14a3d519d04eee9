//! One's own access tokens: listed, made, ended. A new one is shown once.

use super::loaded::loaded;
use crate::api::tokens::{MakeAccessToken, RevokeAccessToken};
use crate::api::{reading, shown_once};
use crate::parts::command::Command;
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::select::Select;
use crate::parts::time::{Until, ago};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::AccessTokenRow;
use model::{RepositoryName, TokenScope};

/// How long a token may last, in days; 0: for ever.
const LIVES: [u16; 4] = [30, 90, 365, 0];

/// The page.
#[component]
pub(crate) fn AccessTokens() -> AnyView {
    loaded(reading::access_tokens(), show)
}

fn show(tokens: Vec<AccessTokenRow>) -> AnyView {
    let (all, words) = (words(), &words().tokens);
    let is_empty = tokens.is_empty();
    let rows = tokens.into_iter().map(row).collect_view();
    view! {
        <PageMeta title=words.access_tokens description=words.access_tokens_text hidden=true/>
        <div class="reading">
            <p><a href="/settings">{all.account}</a></p>
            <h1>{words.access_tokens}</h1>
            <p class="lead">{words.access_tokens_text}</p>
            <SavedNotice/>
            <RefusalNotice refusal=refusal()/>
            {made()}
            {if is_empty {
                view! { <p class="soft">{words.no_access_tokens}</p> }.into_any()
            } else {
                view! { <ul class="entries">{rows}</ul> }.into_any()
            }}
            {form()}
        </div>
    }
    .into_any()
}

/// The token that was just made.
fn made() -> AnyView {
    shown_once()
        .map(|secret| {
            view! {
                <section class="notice good" role="status">
                    <p>{words().tokens.token_made}</p>
                    <Command line=secret/>
                </section>
            }
        })
        .into_any()
}

fn row(token: AccessTokenRow) -> AnyView {
    let words = &words().tokens;
    let used = token.used_at.map_or_else(|| words.never_used.to_owned(), |at| (words.used)(&ago(at)));
    let names: Vec<&str> = token.repositories.iter().map(RepositoryName::as_str).collect();
    let reach = if names.is_empty() { words.all_repositories.to_owned() } else { names.join(", ") };
    let until = token.expires_at.map(|at| view! { " · "<Until at/> });
    view! {
        <li>
            <div>
                <strong translate="no">{token.label.clone()}</strong>
                <p>{(words.scope_word)(token.scope)}" · "{reach}</p>
                <p class="soft">{used}{until}</p>
            </div>
            <form method="post" action=RevokeAccessToken::url()>
                <Hidden name="id" value=token.id/>
                <button class="quiet" type="submit" aria-label=format!("{} {}", words.revoke, token.label)>
                    {words.revoke}
                </button>
            </form>
        </li>
    }
    .into_any()
}

fn form() -> AnyView {
    let (words, refusal) = (&words().tokens, refusal());
    let scopes = TokenScope::ALL.map(|scope| (scope.as_str().to_owned(), (words.scope_word)(scope))).to_vec();
    let lives = LIVES
        .map(|days| {
            let text = if days == 0 { words.never.to_owned() } else { (words.expires_days)(days) };
            (days.to_string(), text)
        })
        .to_vec();
    view! {
        <section>
            <h2>{words.new_token}</h2>
            <form method="post" action=MakeAccessToken::url()>
                <Field
                    name="label"
                    label=words.label
                    hint=words.label_hint
                    value=kept("label")
                    max=100
                    autocomplete="off"
                    refusal=refusal.clone()
                />
                <Select name="scope" label=words.scope options=scopes chosen=TokenScope::Write.as_str()/>
                <Field
                    name="repositories"
                    label=words.repositories
                    hint=words.repositories_hint
                    value=kept("repositories")
                    optional=true
                    autocomplete="off"
                    refusal
                />
                <Select name="days" label=words.expires options=lives/>
                <button class="primary" type="submit">{words.make_token}</button>
            </form>
        </section>
    }
    .into_any()
}
