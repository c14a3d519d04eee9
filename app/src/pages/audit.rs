//! Logs: of a repository, of a namespace, of the whole hub. One page for the three, with a filter and an export.

use super::loaded::{loaded, namespace, page_number, repository_name};
use crate::api::{Failure, reading};
use crate::parts::field::Field;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, kept};
use crate::parts::pager::paged;
use crate::parts::repository_head::{Head, SettingsTab, SettingsTabs, Tab};
use crate::parts::select::Select;
use crate::parts::site_tabs::{SiteTab, SiteTabs};
use crate::parts::time::{At, day};
use crate::routes;
use crate::surroundings::words;
use form_urlencoded::Serializer;
use hub::{AuditQuery, AuditScope};
use leptos::prelude::*;
use model::Timestamp;
use model::event::Event;
use model::view::{AuditOf, AuditPage, AuditRow};

/// Rows on a page.
const ROWS: u32 = 50;
const DAY: i64 = 24 * 3_600_000;

/// What happened to a repository.
#[component]
pub(crate) fn RepositoryLog() -> AnyView {
    log(repository_name().map(AuditScope::Repository))
}

/// What happened in a namespace.
#[component]
pub(crate) fn NamespaceLog() -> AnyView {
    log(namespace().map(AuditScope::Namespace))
}

/// What happened at all.
#[component]
pub(crate) fn SiteLog() -> AnyView {
    log(Ok(AuditScope::Site))
}

fn log(scope: Result<AuditScope, Failure>) -> AnyView {
    let query = wanted();
    loaded(async move { reading::audit_log(scope?, query).await }, show)
}

fn wanted() -> AuditQuery {
    AuditQuery {
        action: kept("action"),
        actor: kept("actor").trim().to_lowercase(),
        from: day(&kept("from")),
        before: day(&kept("to")).map(|at| at.plus(DAY)),
        page: page_number(),
        size: ROWS,
    }
}

fn show(page: AuditPage) -> AnyView {
    let words = &words().audit;
    let place = Place::of(&page.of);
    let nothing = view! { <p>{words.no_events}</p> }.into_any();
    view! {
        <PageMeta title=place.title.clone() description=words.log_text hidden=true/>
        {place.head}
        <p class="soft">{words.log_text}</p>
        {filter(&place.path)}
        {paged(page.rows, &narrowed(&place.path, false), nothing, table)}
        {place.export.map(|path| {
            view! {
                <p class="links"><a href=narrowed(&path, true) download="audit-log.ndjson">{words.export}</a>" "
                <span class="soft">{words.export_hint}</span></p>
            }
        })}
    }
    .into_any()
}

/// Whose log: what stands above it, and where it is.
struct Place {
    title: String,
    path: String,
    export: Option<String>,
    head: AnyView,
}

impl Place {
    fn of(of: &AuditOf) -> Self {
        let words = &words().audit;
        match of {
            AuditOf::Repository(head) => Self {
                title: (words.log_of)(head.name.as_str()),
                path: routes::repository_log(&head.name),
                export: Some(format!("/v2/repositories/{}/auditlogs/export", head.name)),
                head: view! {
                    <Head head=head.clone() open=Tab::Settings/>
                    <SettingsTabs name=head.name.clone() open=SettingsTab::Log/>
                }
                .into_any(),
            },
            AuditOf::Namespace(name) => Self {
                title: (words.log_of)(name.as_str()),
                path: routes::namespace_log(name.as_str()),
                export: Some(format!("/v2/auditlogs/{name}/export")),
                head: view! {
                    <p><a href=routes::profile(name.as_str()) translate="no">{name.to_string()}</a></p>
                    <h1>{(words.log_of)(name.as_str())}</h1>
                }
                .into_any(),
            },
            AuditOf::Site => Self {
                title: words.site_log.to_owned(),
                path: routes::ADMIN_LOG.to_owned(),
                export: Some("/api/auditlogs/export".to_owned()),
                head: view! { <SiteTabs open=SiteTab::Log/><h1>{words.site_log}</h1> }.into_any(),
            },
        }
    }
}

/// `path` with what the list is narrowed by; an export wants moments, a page days.
fn narrowed(path: &str, as_moments: bool) -> String {
    let mut query = Serializer::new(String::new());
    for name in ["action", "actor", "from", "to"] {
        let typed = kept(name);
        let text = match (as_moments, name) {
            (true, "from") => day(&typed).map(moment).unwrap_or_default(),
            (true, "to") => day(&typed).map(|at| moment(at.plus(DAY))).unwrap_or_default(),
            _ => typed,
        };
        if !text.is_empty() {
            query.append_pair(name, &text);
        }
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn moment(at: Timestamp) -> String {
    crate::parts::time::rfc3339(at)
}

fn filter(path: &str) -> AnyView {
    let words = &words().audit;
    let all = (String::new(), words.all_actions.to_owned());
    let actions = Event::ACTIONS.iter().map(|action| ((*action).to_owned(), (*action).to_owned()));
    let options = std::iter::once(all).chain(actions).collect();
    let [actor, from, to] = ["actor", "from", "to"].map(kept);
    let none = Refusal::default;
    view! {
        <form class="filter" method="get" action=path.to_owned()>
            <Select name="action" label=words.action options chosen=kept("action")/>
            <Field name="actor" label=words.who value=actor optional=true autocomplete="off" refusal=none()/>
            <Field name="from" label=words.since kind="date" value=from optional=true autocomplete="off" refusal=none()/>
            <Field name="to" label=words.until kind="date" value=to optional=true autocomplete="off" refusal=none()/>
            <button type="submit">{words.filter}</button>
        </form>
    }
    .into_any()
}

fn table(rows: Vec<AuditRow>) -> AnyView {
    let words = &words().audit;
    view! {
        <table class="cards">
            <caption class="hidden">{words.log}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.when}</th>
                    <th scope="col">{words.who}</th>
                    <th scope="col">{words.what}</th>
                    <th scope="col">{words.from}</th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(row: AuditRow) -> AnyView {
    let words = &words().audit;
    let who = if row.actor.is_empty() {
        view! { <span class="soft">{words.the_hub}</span> }.into_any()
    } else {
        view! { <a href=routes::profile(&row.actor) translate="no">{row.actor.clone()}</a> }.into_any()
    };
    let means = (words.means)(&row.means);
    let joint = if means.is_empty() || row.address.is_empty() { "" } else { " · " };
    view! {
        <tr>
            <td data-label=words.when><At at=row.at/></td>
            <td data-label=words.who>{who}</td>
            <td data-label=words.what class="happened">{(words.happened)(&row.event)}</td>
            <td data-label=words.from class="soft">{row.address}{joint}{means}</td>
        </tr>
    }
    .into_any()
}
