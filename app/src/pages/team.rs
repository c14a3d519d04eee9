//! One team: who is in it, and what it may do.

use super::loaded::{loaded, missing, namespace};
use crate::api::teams::{AddToTeam, DeleteTeam, GiveToTeam, RemoveFromTeam, TakeFromTeam};
use crate::api::{Failure, reading};
use crate::parts::field::Hidden;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, refusal};
use crate::parts::organization_head::{OrganizationTab, OrganizationTop};
use crate::parts::select::Select;
use crate::routes;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;
use model::view::{TeamPage, TeamRepository};
use model::{Membership, Missing, Role, TeamName, Username};

/// The page.
#[component]
pub(crate) fn Team() -> AnyView {
    let (name, team) = (namespace(), team_name());
    loaded(async move { reading::team(name?, team?).await }, show)
}

fn team_name() -> Result<TeamName, Failure> {
    let text = use_params_map().read().get("team").unwrap_or_default();
    text.parse().map_err(|_| missing(Missing::Team))
}

fn show(page: TeamPage) -> AnyView {
    let words = &words().organizations;
    let is_owner = page.head.membership == Some(Membership::Owner);
    view! {
        <PageMeta title=page.name.to_string() description=words.teams_text hidden=true/>
        <OrganizationTop head=page.head.clone() open=OrganizationTab::Teams/>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal()/>
            <h2 translate="no">{page.name.to_string()}</h2>
            <p>{page.description.clone()}</p>
            {people(&page, is_owner)}
            {repositories(&page, is_owner)}
            {is_owner.then(|| delete(&page))}
        </div>
    }
    .into_any()
}

/// Which team a form is about.
#[component]
fn TeamFields(page: TeamPage) -> AnyView {
    view! {
        <Hidden name="organization" value=page.head.name.to_string()/>
        <Hidden name="team" value=page.name.to_string()/>
    }
    .into_any()
}

fn people(page: &TeamPage, is_owner: bool) -> AnyView {
    let words = &words().organizations;
    let rows = page.members.iter().map(|member| person(page, member, is_owner)).collect_view();
    let others = page.others.iter().map(|name| (name.to_string(), name.to_string())).collect();
    let add = (is_owner && !page.others.is_empty()).then(|| {
        view! {
            <form method="post" action=AddToTeam::url()>
                <TeamFields page=page.clone()/>
                <Select name="username" label=words.person options=others/>
                <button type="submit">{words.add_to_team}</button>
            </form>
        }
    });
    view! {
        <section>
            <h3>{words.team_members}</h3>
            {if page.members.is_empty() {
                view! { <p class="soft">{words.no_team_members}</p> }.into_any()
            } else {
                view! { <ul class="entries">{rows}</ul> }.into_any()
            }}
            {add}
        </section>
    }
    .into_any()
}

fn person(page: &TeamPage, member: &Username, is_owner: bool) -> AnyView {
    let words = &words().organizations;
    let username = member.to_string();
    let remove = is_owner.then(|| {
        view! {
            <form method="post" action=RemoveFromTeam::url()>
                <TeamFields page=page.clone()/>
                <Hidden name="username" value=username.clone()/>
                <button class="quiet" type="submit" aria-label=format!("{} {username}", words.remove)>
                    {words.remove}
                </button>
            </form>
        }
    });
    view! { <li><a href=routes::profile(&username) translate="no">{username.clone()}</a>{remove}</li> }
        .into_any()
}

fn repositories(page: &TeamPage, is_owner: bool) -> AnyView {
    let words = &words().organizations;
    let rows = page.repositories.iter().map(|given| repository(page, given, is_owner)).collect_view();
    view! {
        <section>
            <h3>{words.team_repositories}</h3>
            <p class="soft">{words.role_hint}</p>
            {if page.repositories.is_empty() {
                view! { <p class="soft">{words.no_team_repositories}</p> }.into_any()
            } else {
                view! { <ul class="entries">{rows}</ul> }.into_any()
            }}
            {(is_owner && !page.more_repositories.is_empty()).then(|| give(page))}
        </section>
    }
    .into_any()
}

fn role_word(role: Role) -> &'static str {
    let words = &words().organizations;
    match role {
        Role::Read => words.role_read,
        Role::Write => words.role_write,
        Role::Admin | Role::Owner => words.role_admin,
    }
}

fn repository(page: &TeamPage, given: &TeamRepository, is_owner: bool) -> AnyView {
    let words = &words().organizations;
    let name = given.name.to_string();
    let take = is_owner.then(|| {
        view! {
            <form method="post" action=TakeFromTeam::url()>
                <Hidden name="name" value=name.clone()/>
                <Hidden name="team" value=page.name.to_string()/>
                <button class="quiet" type="submit" aria-label=format!("{} {name}", words.remove)>{words.remove}</button>
            </form>
        }
    });
    view! {
        <li>
            <div>
                <a href=routes::repository(&given.name) translate="no">{name.clone()}</a>" "
                <span class="badge">{role_word(given.role)}</span>
            </div>
            {take}
        </li>
    }
    .into_any()
}

fn give(page: &TeamPage) -> AnyView {
    let words = &words().organizations;
    let names = page.more_repositories.iter().map(|name| (name.to_string(), name.to_string())).collect();
    let roles = [Role::Read, Role::Write, Role::Admin]
        .map(|role| (role.as_str().to_owned(), role_word(role).to_owned()))
        .to_vec();
    view! {
        <form method="post" action=GiveToTeam::url()>
            <Hidden name="team" value=page.name.to_string()/>
            <Select name="name" label=words.repository options=names/>
            <Select name="role" label=words.role options=roles/>
            <button type="submit">{words.give}</button>
        </form>
    }
    .into_any()
}

fn delete(page: &TeamPage) -> AnyView {
    let words = &words().organizations;
    view! {
        <section class="danger">
            <details>
                <summary>{words.delete_team}</summary>
                <p>{words.delete_team_text}</p>
                <form method="post" action=DeleteTeam::url()>
                    <TeamFields page=page.clone()/>
                    <button class="bad" type="submit">{words.delete_team}</button>
                </form>
            </details>
        </section>
    }
    .into_any()
}
