//! The settings of one repository: descriptions, visibility, deletion.

use super::loaded::{loaded, repository_name};
use super::repository_moving::moving;
use crate::api::reading;
use crate::api::repositories::{DeleteRepository, Describe};
use crate::islands::preview::Preview;
use crate::parts::choice::VisibilityChoice;
use crate::parts::field::{Field, NameField, TextArea};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::RepositorySettings;
use model::{RepositoryName, Username};

/// The page.
#[component]
pub(crate) fn Settings() -> AnyView {
    let name = repository_name();
    loaded(async move { reading::movable(name?).await }, show)
}

fn show((page, namespaces): (RepositorySettings, Vec<Username>)) -> AnyView {
    let (words, refusal) = (words(), refusal());
    let is_transfer = kept("form") == "transfer";
    let delete_refusal = if is_transfer { Refusal::default() } else { refusal.clone() };
    let (name, visibility) = (page.head.name.clone(), page.head.visibility);
    view! {
        <PageMeta title=words.repository_settings description=words.repository_settings hidden=true/>
        <Head head=page.head.clone() open=Tab::Settings/>
        <SettingsTabs name=name.clone() open=SettingsTab::General/>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            {descriptions(&page, &refusal)}
            <section>
                <h2>{words.visibility}</h2>
                <p class="soft">{words.change_visibility_text}</p>
                <form method="get" action=routes::change_visibility(&name)>
                    <VisibilityChoice chosen=visibility/>
                    <button type="submit">{words.save}</button>
                </form>
                <p class="soft"><a href=routes::plan(name.namespace())>{words.rights.see_plan}</a></p>
            </section>
            {moving(&page.head, &namespaces, &refusal)}
            {delete(&name, &delete_refusal)}
        </div>
    }
    .into_any()
}

fn descriptions(page: &RepositorySettings, refusal: &Refusal) -> AnyView {
    let words = words();
    let full = page.full_description.clone();
    view! {
        <section>
            <h2>{words.descriptions}</h2>
            <form method="post" action=Describe::url()>
                <NameField name=page.head.name.clone()/>
                <Field
                    name="description"
                    label=words.short_description
                    hint=words.short_description_hint
                    value=if refusal.is_there() { kept("description") } else { page.head.description.clone() }
                    max=100
                    optional=true
                    autocomplete="off"
                    refusal=refusal.clone()
                />
                <TextArea
                    name="full"
                    label=words.full_description
                    hint=words.full_description_hint
                    value=full
                    refusal=refusal.clone()
                />
                <button class="primary" type="submit">{words.save}</button>
                <Preview
                    of="full".to_owned()
                    label=words.preview.to_owned()
                    failed=words.preview_failed.to_owned()
                    is_comment=false
                />
            </form>
        </section>
    }
    .into_any()
}

fn delete(name: &RepositoryName, refusal: &Refusal) -> AnyView {
    let words = words();
    view! {
        <section class="danger">
            <h2>{words.danger}</h2>
            <details open=refusal.of("confirm").is_some()>
                <summary>{words.delete_repository}</summary>
                <p>{words.delete_repository_text}</p>
                <form method="post" action=DeleteRepository::url()>
                    <NameField name=name.clone()/>
                    <p><code translate="no">{name.to_string()}</code></p>
                    <Field
                        name="confirm"
                        label=words.repository_name
                        hint=(words.type_name)(name.as_str())
                        autocomplete="off"
                        refusal=refusal.clone()
                    />
                    <button class="bad" type="submit">{words.delete_repository}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
