//! The teams of an organization.

use super::loaded::{loaded, namespace};
use crate::api::reading;
use crate::api::teams::CreateTeam;
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::parts::organization_head::{OrganizationTab, OrganizationTop};
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::TeamsPage;
use model::{Membership, Username};

/// The page.
#[component]
pub(crate) fn Teams() -> AnyView {
    let name = namespace();
    loaded(async move { reading::teams(name?).await }, show)
}

fn show(page: TeamsPage) -> AnyView {
    let words = &words().organizations;
    let is_owner = page.head.membership == Some(Membership::Owner);
    let name = page.head.name.clone();
    let rows = page.teams.iter().map(|team| {
        let counts = format!(
            "{} · {}",
            (words.member_count)(team.member_count),
            (words.repository_count)(team.repository_count)
        );
        view! {
            <li>
                <div>
                    <a href=routes::team(&name, &team.name) translate="no"><strong>{team.name.to_string()}</strong></a>
                    <p>{team.description.clone()}</p>
                    <p class="soft">{counts}</p>
                </div>
            </li>
        }
    });
    view! {
        <PageMeta title=words.teams description=words.teams_text hidden=true/>
        <OrganizationTop head=page.head.clone() open=OrganizationTab::Teams/>
        <div class="reading">
            <RefusalNotice refusal=refusal()/>
            <section>
                <h2>{if is_owner { words.teams } else { words.your_teams }}</h2>
                <p class="soft">{words.teams_text}</p>
                {if page.teams.is_empty() {
                    view! { <p>{words.no_teams}</p> }.into_any()
                } else {
                    view! { <ul class="entries">{rows.collect_view()}</ul> }.into_any()
                }}
            </section>
            {is_owner.then(|| create(&name))}
        </div>
    }
    .into_any()
}

fn create(organization: &Username) -> AnyView {
    let (words, refusal) = (&words().organizations, refusal());
    view! {
        <section>
            <h2>{words.create_team}</h2>
            <form method="post" action=CreateTeam::url()>
                <Hidden name="organization" value=organization.to_string()/>
                <Field
                    name="team"
                    label=words.team_name
                    value=kept("team")
                    max=30
                    autocomplete="off"
                    refusal=refusal.clone()
                />
                <Field
                    name="description"
                    label=words.team_description
                    value=kept("description")
                    max=100
                    optional=true
                    autocomplete="off"
                    refusal
                />
                <button class="primary" type="submit">{words.create_team}</button>
            </form>
        </section>
    }
    .into_any()
}
