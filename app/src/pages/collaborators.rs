//! Who else may push to one repository.

use super::loaded::{loaded, repository_name};
use crate::api::reading;
use crate::api::rights::{AddCollaborator, RemoveCollaborator};
use crate::parts::field::{Field, NameField};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::parts::time::ago;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::RepositoryName;
use model::view::{Collaborator, CollaboratorsPage};

/// The page.
#[component]
pub(crate) fn Collaborators() -> AnyView {
    let name = repository_name();
    loaded(async move { reading::collaborators(name?).await }, show)
}

fn show(page: CollaboratorsPage) -> AnyView {
    let (words, refusal) = (&words().rights, refusal());
    let name = page.head.name.clone();
    view! {
        <PageMeta title=words.collaborators description=words.collaborators_text hidden=true/>
        <Head head=page.head open=Tab::Settings/>
        <SettingsTabs name=name.clone() open=SettingsTab::Collaborators/>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal.clone()/>
            <section>
                <h2>{words.collaborators}</h2>
                <p class="soft">{words.collaborators_text}</p>
                {people(&name, page.collaborators)}
                <form method="post" action=AddCollaborator::url()>
                    <NameField name=name/>
                    <Field
                        name="username"
                        label=crate::surroundings::words().username
                        value=kept("username")
                        max=64
                        autocomplete="off"
                        refusal
                    />
                    <button class="primary" type="submit">{words.add_collaborator}</button>
                </form>
            </section>
        </div>
    }
    .into_any()
}

fn people(name: &RepositoryName, collaborators: Vec<Collaborator>) -> AnyView {
    let words = &words().rights;
    if collaborators.is_empty() {
        return view! { <p>{words.no_collaborators}</p> }.into_any();
    }
    let rows = collaborators.into_iter().map(|one| {
        let username = one.username.to_string();
        view! {
            <li>
                <div>
                    <a href=routes::profile(&username) translate="no"><strong>{username.clone()}</strong></a>
                    <p class="soft">{(words.added)(&ago(one.added_at))}</p>
                </div>
                <form method="post" action=RemoveCollaborator::url()>
                    <NameField name=name.clone()/>
                    <input type="hidden" name="username" value=username.clone()/>
                    <button class="quiet" type="submit" aria-label=format!("{} {username}", words.remove)>
                        {words.remove}
                    </button>
                </form>
            </li>
        }
    });
    view! { <ul class="entries">{rows.collect_view()}</ul> }.into_any()
}
