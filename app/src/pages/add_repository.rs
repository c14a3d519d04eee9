//! "Add repository".

use super::loaded::loaded;
use crate::api::reading;
use crate::api::repositories::AddRepository as AddRepositoryForm;
use crate::parts::choice::VisibilityChoice;
use crate::parts::field::Field;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::parts::select::Select;
use crate::surroundings::{viewer_name, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{Username, Visibility};

/// The form; only for people who are signed in.
#[component]
pub(crate) fn AddRepository() -> AnyView {
    loaded(reading::owned_namespaces(), form)
}

fn form(namespaces: Vec<Username>) -> AnyView {
    let (words, refusal) = (words(), refusal());
    let own = viewer_name();
    let (first, others): (Vec<_>, Vec<_>) =
        namespaces.into_iter().partition(|name| own.as_ref() == Some(name));
    let owners = first.into_iter().chain(others).map(|name| (name.to_string(), name.to_string())).collect();
    let chosen = Visibility::from_word(&kept("visibility")).unwrap_or(Visibility::Private);
    view! {
        <PageMeta title=words.add_repository description=words.add_repository_text hidden=true/>
        <section class="reading">
            <h1>{words.add_repository}</h1>
            <p class="lead">{words.add_repository_text}</p>
            <RefusalNotice refusal=refusal.clone()/>
            <form method="post" action=AddRepositoryForm::url()>
                <div class="name-row">
                    <Select name="namespace" label=words.namespace options=owners chosen=kept("namespace")/>
                    <Field
                        name="name"
                        label=words.repository_name
                        hint=words.repository_name_hint
                        value=kept("name")
                        max=190
                        autocomplete="off"
                        refusal=refusal.clone()
                    />
                </div>
                <Field
                    name="description"
                    label=words.short_description
                    hint=words.short_description_hint
                    value=kept("description")
                    max=100
                    optional=true
                    autocomplete="off"
                    refusal=refusal
                />
                <VisibilityChoice chosen/>
                <button class="primary" type="submit">{words.add_repository}</button>
            </form>
        </section>
    }
    .into_any()
}
