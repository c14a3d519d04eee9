//! Signing in.

use crate::api::accounts::SignIn as SignInForm;
use crate::api::security::SignInWithPasskey;
use crate::islands::passkey_button::PasskeyButton;
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::routes::FORGOTTEN;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form.
#[component]
pub(crate) fn SignIn() -> AnyView {
    let (words, refusal) = (words(), refusal());
    view! {
        <PageMeta title=words.sign_in description=words.sign_in_text hidden=true/>
        <section class="narrow">
            <h1>{words.sign_in}</h1>
            <p class="lead">{words.sign_in_text}</p>
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            <form method="post" action=SignInForm::url()>
                <Hidden name="next" value=kept("next")/>
                <Field
                    name="name"
                    label=words.username_or_email
                    value=kept("name")
                    autocomplete="username"
                    refusal=refusal.clone()
                />
                <Field
                    name="password"
                    label=words.password
                    kind="password"
                    autocomplete="current-password"
                    refusal=refusal
                />
                <button class="primary" type="submit">{words.sign_in}</button>
            </form>
            <form method="post" action=SignInWithPasskey::url()>
                <Hidden name="next" value=kept("next")/>
                <PasskeyButton
                    making=None
                    label=words.security.use_passkey.to_owned()
                    failed=words.security.passkey_failed.to_owned()
                />
            </form>
            <p class="soft"><a href=FORGOTTEN>{words.security.forgot_password}</a></p>
            <p class="soft">{words.no_account_yet}" "<a href="/signup">{words.sign_up}</a></p>
        </section>
    }
    .into_any()
}
