//! Asks whether a repository's visibility shall really change, and says what will.

use super::loaded::{loaded, repository_name};
use crate::api::reading;
use crate::api::repositories::SetVisibility;
use crate::parts::badge::visibility_word;
use crate::parts::field::{Hidden, NameField};
use crate::parts::meta::PageMeta;
use crate::parts::notice::kept;
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::Visibility;
use model::view::RepositorySettings;

/// The page.
#[component]
pub(crate) fn ChangeVisibility() -> AnyView {
    let name = repository_name();
    loaded(async move { reading::repository_settings(name?).await }, show)
}

fn show(page: RepositorySettings) -> AnyView {
    let (all, words) = (words(), &words().site);
    let to = Visibility::from_word(&kept("visibility")).unwrap_or(page.head.visibility);
    let title = (words.make_it)(visibility_word(to));
    let what = match to {
        Visibility::Public => words.becomes_public,
        Visibility::Unlisted => words.becomes_unlisted,
        Visibility::Private => words.becomes_private,
    };
    let name = page.head.name.clone();
    view! {
        <PageMeta title=title.clone() description=what hidden=true/>
        <Head head=page.head.clone() open=Tab::Settings/>
        <SettingsTabs name=name.clone() open=SettingsTab::General/>
        <section class="reading">
            <h2>{title}</h2>
            <h3>{words.what_changes}</h3>
            <p>{what}</p>
            <form method="post" action=SetVisibility::url()>
                <NameField name=name.clone()/>
                <Hidden name="visibility" value=to.as_str()/>
                <button class="primary" type="submit">{words.confirm_visibility}</button>
                " "<a class="button" href=routes::repository_settings(&name)>{all.cancel}</a>
            </form>
        </section>
    }
    .into_any()
}
