//! The settings of an organization.

use super::loaded::{loaded, namespace};
use crate::api::organizations::ChangeOrganization;
use crate::api::reading;
use crate::parts::choice::VisibilityChoice;
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::organization_head::{OrganizationTab, OrganizationTop};
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::OrganizationSettings;

/// The page.
#[component]
pub(crate) fn OrganizationSettingsPage() -> AnyView {
    let name = namespace();
    loaded(async move { reading::organization_settings(name?).await }, show)
}

fn show(page: OrganizationSettings) -> AnyView {
    let (all, words, refusal) = (words(), &words().organizations, refusal());
    let name = page.head.name.clone();
    let full_name = if refusal.is_there() { kept("full_name") } else { page.head.full_name.clone() };
    view! {
        <PageMeta title=words.organization_settings description=words.organization_settings hidden=true/>
        <OrganizationTop head=page.head open=OrganizationTab::Settings/>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            <form method="post" action=ChangeOrganization::url()>
                <Hidden name="organization" value=name.to_string()/>
                <Field
                    name="full_name"
                    label=words.full_name
                    hint=words.full_name_hint
                    value=full_name
                    max=80
                    optional=true
                    autocomplete="organization"
                    refusal
                />
                <p class="soft">{all.default_visibility_text}</p>
                <VisibilityChoice chosen=page.default_visibility/>
                <button class="primary" type="submit">{all.save}</button>
            </form>
            <p><a href=routes::plan(name.as_str())>{all.rights.see_plan}</a></p>
        </div>
    }
    .into_any()
}
