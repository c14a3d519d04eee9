//! The second step of signing in: the code of the authenticator.

use crate::api::security::FinishSignIn;
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form.
#[component]
pub(crate) fn SignInCode() -> AnyView {
    let (words, refusal) = (&words().security, refusal());
    view! {
        <PageMeta title=words.code_needed description=words.code_needed_text hidden=true/>
        <section class="narrow">
            <h1>{words.code_needed}</h1>
            <p class="lead">{words.code_needed_text}</p>
            <RefusalNotice refusal=refusal.clone()/>
            <form method="post" action=FinishSignIn::url()>
                <Hidden name="next" value=kept("next")/>
                <Field
                    name="code"
                    label=words.code
                    hint=words.code_hint
                    autocomplete="one-time-code"
                    max=32
                    refusal
                />
                <button class="primary" type="submit">{crate::surroundings::words().sign_in}</button>
            </form>
        </section>
    }
    .into_any()
}
