//! A forgotten password: the mail is asked for here, and its link leads here.

use super::loaded::loaded;
use crate::api::reading;
use crate::api::security::{RequestReset, ResetPassword};
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;
use model::Username;

/// Asks for the mail.
#[component]
pub(crate) fn Forgotten() -> AnyView {
    let (all, words, refusal) = (words(), &words().security, refusal());
    let sent = (!kept("sent").is_empty())
        .then(|| view! { <p class="notice good" role="status">{words.link_sent}</p> });
    view! {
        <PageMeta title=words.forgot_password description=words.reset_text hidden=true/>
        <section class="narrow">
            <h1>{words.forgot_password}</h1>
            <p class="lead">{words.reset_text}</p>
            {sent}
            <RefusalNotice refusal=refusal.clone()/>
            <form method="post" action=RequestReset::url()>
                <Field
                    name="email"
                    label=all.email
                    kind="email"
                    value=kept("email")
                    autocomplete="email"
                    refusal
                />
                <button class="primary" type="submit">{words.send_link}</button>
            </form>
        </section>
    }
    .into_any()
}

/// Where the mail's link leads.
#[component]
pub(crate) fn ChoosePassword() -> AnyView {
    loaded(reading::reset_link(token()), show)
}

fn token() -> String {
    use_params_map().read_untracked().get("token").unwrap_or_default()
}

fn show(username: Username) -> AnyView {
    let (all, words, refusal) = (words(), &words().security, refusal());
    view! {
        <PageMeta title=words.choose_password description=words.choose_password_text hidden=true/>
        <section class="narrow">
            <h1>{(words.password_of)(username.as_str())}</h1>
            <p class="lead">{words.choose_password_text}</p>
            <RefusalNotice refusal=refusal.clone()/>
            <form method="post" action=ResetPassword::url()>
                <Hidden name="token" value=token()/>
                <input type="hidden" name="username" autocomplete="username" value=username.to_string()/>
                <Field
                    name="password"
                    label=all.new_password
                    hint=all.password_hint
                    kind="password"
                    autocomplete="new-password"
                    refusal
                />
                <button class="primary" type="submit">{words.choose_password}</button>
            </form>
        </section>
    }
    .into_any()
}
