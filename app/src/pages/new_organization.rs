//! "New organization".

use super::refused::Refused;
use crate::api::organizations::CreateOrganization;
use crate::api::{Failure, reading};
use crate::parts::field::Field;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::surroundings::{viewer_name, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::Error;

/// The form; only for people who may.
#[component]
pub(crate) fn NewOrganization() -> AnyView {
    let failure = match viewer_name() {
        None => Error::SignInNeeded,
        Some(_) if reading::may_create_organizations() => return form(),
        Some(_) => Error::Denied,
    };
    view! { <Refused failure=Failure::Refused(failure)/> }.into_any()
}

fn form() -> AnyView {
    let (words, refusal) = (&words().organizations, refusal());
    view! {
        <PageMeta title=words.new_organization description=words.new_organization_text hidden=true/>
        <section class="reading">
            <h1>{words.new_organization}</h1>
            <p class="lead">{words.new_organization_text}</p>
            <RefusalNotice refusal=refusal.clone()/>
            <form method="post" action=CreateOrganization::url()>
                <Field
                    name="name"
                    label=words.organization_name
                    hint=words.organization_name_hint
                    value=kept("name")
                    max=64
                    autocomplete="off"
                    refusal=refusal.clone()
                />
                <Field
                    name="full_name"
                    label=words.full_name
                    hint=words.full_name_hint
                    value=kept("full_name")
                    max=80
                    optional=true
                    autocomplete="organization"
                    refusal
                />
                <button class="primary" type="submit">{words.create_organization}</button>
            </form>
        </section>
    }
    .into_any()
}
