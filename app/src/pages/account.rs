//! One's own account: e-mail, password, sessions, first pushes.

use super::loaded::loaded;
use super::mail_choices::mail_choices;
use crate::api::accounts::{ChangeEmail, ChangePassword, EndSession, SetDefaultVisibility};
use crate::api::reading;
use crate::api::security::SendVerification;
use crate::parts::appearance::Appearance;
use crate::parts::choice::VisibilityChoice;
use crate::parts::field::Field;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::time::{Ago, ago};
use crate::parts::user_agent::browser_name;
use crate::routes::{self, ACCESS_TOKENS, PASSKEYS, TWO_FACTOR};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::{AccountPage, SessionRow};

/// The page.
#[component]
pub(crate) fn AccountSettings() -> AnyView {
    loaded(reading::account(), show)
}

fn show(page: AccountPage) -> AnyView {
    let (words, refusal) = (words(), refusal());
    let sessions = page.sessions.iter().cloned().map(session).collect_view();
    view! {
        <PageMeta title=words.account description=words.account_text hidden=true/>
        <div class="reading">
            <h1>{words.account}</h1>
            <p class="lead">{(words.signed_in_as)(page.username.as_str())}</p>
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            {email(&page, &refusal)}
            {password(&refusal)}
            <section>
                <h2>{words.default_visibility}</h2>
                <p class="soft">{words.default_visibility_text}</p>
                <form method="post" action=SetDefaultVisibility::url()>
                    <VisibilityChoice chosen=page.default_visibility/>
                    <button type="submit">{words.save}</button>
                </form>
            </section>
            <section>
                <h2>{words.appearance}</h2>
                <p class="soft">{words.appearance_text}</p>
                <Appearance/>
            </section>
            {mail_choices(page.mailed_kinds.clone())}
            {elsewhere(&page)}
            <section>
                <h2>{words.sessions}</h2>
                <p class="soft">{words.sessions_text}</p>
                <ul class="entries">{sessions}</ul>
            </section>
        </div>
    }
    .into_any()
}

/// What has pages of its own.
fn elsewhere(page: &AccountPage) -> AnyView {
    let words = words();
    view! {
        <section>
            <h2>{words.tokens.access_tokens}</h2>
            <p class="soft">{words.tokens.access_tokens_text}</p>
            <p><a class="button" href=ACCESS_TOKENS>{words.tokens.access_tokens}</a></p>
        </section>
        <section>
            <h2>{words.security.two_factor}</h2>
            <p class="soft">{words.security.two_factor_text}</p>
            <p><a class="button" href=TWO_FACTOR>
                {if page.has_second_factor {
                    words.security.two_factor_is_on
                } else {
                    words.security.two_factor_is_off
                }}
            </a></p>
        </section>
        <section>
            <h2>{words.security.passkeys}</h2>
            <p class="soft">{words.security.passkeys_text}</p>
            <p><a class="button" href=PASSKEYS>{words.security.passkeys}</a></p>
        </section>
        <section>
            <h2>{words.audit.log}</h2>
            <p class="soft">{words.audit.log_text}</p>
            <p><a class="button" href=routes::namespace_log(page.username.as_str())>{words.audit.see_log}</a></p>
        </section>
    }
    .into_any()
}

fn email(page: &AccountPage, refusal: &Refusal) -> AnyView {
    let words = words();
    // Both forms have a password; a problem with it belongs to the one that was sent.
    let refusal = if kept("form") == "email" { refusal.clone() } else { Refusal::default() };
    view! {
        <section>
            <h2>{words.email}</h2>
            <p translate="no">
                {page.email.clone()}" "
                {(!page.email_verified).then(|| view! { <span class="badge">{words.email_unverified}</span> })}
            </p>
            {(!page.email_verified).then(unverified)}
            <form method="post" action=ChangeEmail::url()>
                <Field
                    name="email"
                    label=words.email
                    kind="email"
                    value=kept("email")
                    autocomplete="email"
                    refusal=refusal.clone()
                />
                <Field
                    name="password"
                    label=words.current_password
                    kind="password"
                    autocomplete="current-password"
                    refusal
                />
                <button type="submit">{words.change_email}</button>
            </form>
        </section>
    }
    .into_any()
}

fn unverified() -> AnyView {
    let words = &words().security;
    view! {
        <p class="soft">{words.unverified_text}</p>
        <form method="post" action=SendVerification::url()>
            <button type="submit">{words.send_verification}</button>
        </form>
    }
    .into_any()
}

fn password(refusal: &Refusal) -> AnyView {
    let words = words();
    view! {
        <section>
            <h2>{words.password}</h2>
            <form method="post" action=ChangePassword::url()>
                <Field
                    name="old"
                    label=words.old_password
                    kind="password"
                    autocomplete="current-password"
                    refusal=refusal.clone()
                />
                <Field
                    name="new"
                    label=words.new_password
                    hint=words.password_hint
                    kind="password"
                    autocomplete="new-password"
                    refusal=refusal.clone()
                />
                <button type="submit">{words.change_password}</button>
            </form>
        </section>
    }
    .into_any()
}

fn session(row: SessionRow) -> AnyView {
    let words = words();
    let state = if row.is_current {
        view! { <span class="badge">{words.this_session}</span> }.into_any()
    } else {
        view! {
            <form method="post" action=EndSession::url()>
                <input type="hidden" name="id" value=row.id/>
                <button class="quiet" type="submit">{words.end_session}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <strong translate="no" title=row.user_agent.clone()>{browser_name(&row.user_agent)}</strong>
                <p class="soft">
                    <span translate="no">{row.address}</span>" · "{(words.last_seen)(&ago(row.seen_at))}" · "
                    <Ago at=row.created_at/>
                </p>
            </div>
            {state}
        </li>
    }
    .into_any()
}
