//! Making an account, by a one-time link or where sign-up is open.

use super::loaded::loaded;
use crate::api::accounts::SignUp as SignUpForm;
use crate::api::reading;
use crate::parts::field::Field;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::routes::SIGN_IN;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::{HomePage, SignUp};

/// The form, or why there is none.
#[component]
pub(crate) fn SignUpPage() -> AnyView {
    loaded(reading::home(), show)
}

fn show(page: HomePage) -> AnyView {
    let words = words();
    let invite = kept("invite");
    let body = if invite.is_empty() && page.sign_up != SignUp::Open {
        view! { <p class="notice">{words.sign_up_closed}</p> }.into_any()
    } else {
        form(invite)
    };
    view! {
        <PageMeta title=words.sign_up description=words.sign_up_text hidden=true/>
        <section class="narrow">
            <h1>{words.create_account}</h1>
            <p class="lead">{words.sign_up_text}</p>
            {body}
            <p class="soft">{words.have_account}" "<a href=SIGN_IN>{words.sign_in}</a></p>
        </section>
    }
    .into_any()
}

fn form(invite: String) -> AnyView {
    let (words, refusal) = (words(), refusal());
    view! {
        {(!invite.is_empty()).then(|| view! { <p class="notice good">{words.invited}</p> })}
        <RefusalNotice refusal=refusal.clone()/>
        <form method="post" action=SignUpForm::url()>
            <input type="hidden" name="invite" value=invite/>
            <Field
                name="username"
                label=words.username
                hint=words.username_hint
                value=kept("username")
                max=64
                autocomplete="username"
                refusal=refusal.clone()
            />
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
                label=words.password
                hint=words.password_hint
                kind="password"
                autocomplete="new-password"
                refusal=refusal
            />
            <button class="primary" type="submit">{words.create_account}</button>
        </form>
    }
    .into_any()
}
