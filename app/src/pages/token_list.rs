//! What the pages of access tokens share: the list, the form, the new secret.

use crate::api::shown_once;
use crate::parts::command::Command;
use crate::parts::field::{Field, Hidden};
use crate::parts::notice::{kept, refusal};
use crate::parts::select::Select;
use crate::parts::time::{Until, ago};
use crate::surroundings::words;
use leptos::prelude::*;
use model::view::AccessTokenRow;
use model::{RepositoryName, TokenScope};

/// How long a token may last, in days; 0: for ever.
const LIVES: [u16; 4] = [30, 90, 365, 0];

/// Where the forms go, and whose tokens they are about; `None`: one's own.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) make: &'static str,
    pub(super) revoke: &'static str,
    pub(super) organization: Option<String>,
    pub(super) repositories_hint: &'static str,
}

impl Target {
    fn field(&self) -> AnyView {
        self.organization.clone().map(|name| view! { <Hidden name="organization" value=name/> }).into_any()
    }
}

/// The list and the form.
pub(super) fn tokens(target: &Target, tokens: Vec<AccessTokenRow>) -> AnyView {
    let is_empty = tokens.is_empty();
    let rows = tokens.into_iter().map(|token| row(target, token)).collect_view();
    view! {
        {made()}
        {if is_empty {
            view! { <p class="soft">{words().tokens.no_access_tokens}</p> }.into_any()
        } else {
            view! { <ul class="entries">{rows}</ul> }.into_any()
        }}
        {form(target)}
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

fn row(target: &Target, token: AccessTokenRow) -> AnyView {
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
            <form method="post" action=target.revoke>
                {target.field()}
                <Hidden name="id" value=token.id/>
                <button class="quiet" type="submit" aria-label=format!("{} {}", words.revoke, token.label)>
                    {words.revoke}
                </button>
            </form>
        </li>
    }
    .into_any()
}

fn form(target: &Target) -> AnyView {
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
            <form method="post" action=target.make>
                {target.field()}
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
                    hint=target.repositories_hint
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
