//! What site admins see: what is there and what runs, accounts, organizations.

use super::loaded::{loaded, page_number};
use crate::api::administration::{ResetTwoFactor, RestoreAccount, SuspendAccount};
use crate::api::reading;
use crate::format::size;
use crate::parts::field::{Field, Hidden};
use crate::parts::judge::open_cases;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{Refusal, RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::pager::paged;
use crate::parts::site_tabs::{SiteTab, SiteTabs};
use crate::parts::time::{Ago, At};
use crate::routes::{self, ADMIN_ACCOUNTS, ADMIN_COMMENTS, ADMIN_ORGANIZATIONS};
use crate::surroundings::{viewer_name, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::{AccountRow, AccountsPage, OrganizationRow, Page, SitePage};

/// What is there and what runs.
#[component]
pub(crate) fn Administration() -> AnyView {
    loaded(reading::site(), overview)
}

/// Accounts.
#[component]
pub(crate) fn Accounts() -> AnyView {
    loaded(reading::accounts(kept("find"), page_number()), accounts)
}

/// Organizations.
#[component]
pub(crate) fn AllOrganizations() -> AnyView {
    loaded(reading::all_organizations(kept("find"), page_number()), organizations)
}

fn overview(page: SitePage) -> AnyView {
    let words = &words().site;
    let facts = [
        (words.version, page.version),
        (words.database, page.database),
        (words.people, page.accounts.to_string()),
        (words.organizations, page.organizations.to_string()),
        (words.repositories, page.repositories.to_string()),
        (words.tags, page.tags.to_string()),
        (words.blobs, page.blobs.to_string()),
        (words.stored, size(page.stored)),
        (words.uploading, size(page.uploading)),
        (words.mails, page.mails.to_string()),
    ];
    let facts = facts.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    let settings = page.settings.into_iter().map(|(name, value)| {
        view! {
            <tr>
                <th scope="row" translate="no">{name}</th>
                <td data-label=words.value translate="no">{value}</td>
            </tr>
        }
    });
    view! {
        <PageMeta title=words.administration description=words.administration_text hidden=true/>
        <SiteTabs open=SiteTab::Overview/>
        <h1>{words.administration}</h1>
        <p class="lead">{words.administration_text}</p>
        {open_cases(page.open_cases, ADMIN_COMMENTS.to_owned())}
        <dl class="numbers">
            {facts.collect_view()}
            <div><dt>{words.running_since}</dt><dd><At at=page.started_at/></dd></div>
        </dl>
        <section>
            <h2>{words.set_by_operator}</h2>
            <p class="soft">{words.settings_hint}</p>
            <table class="cards">
                <caption class="hidden">{words.set_by_operator}</caption>
                <thead><tr><th scope="col">{words.setting}</th><th scope="col">{words.value}</th></tr></thead>
                <tbody>{settings.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn accounts(page: AccountsPage) -> AnyView {
    let words = &words().site;
    let nobody = view! { <p>{words.nobody}</p> }.into_any();
    view! {
        <PageMeta title=words.people description=words.administration_text hidden=true/>
        <SiteTabs open=SiteTab::Accounts/>
        <h1>{words.people}</h1>
        <SavedNotice/>
        <RefusalNotice refusal=refusal()/>
        {find(ADMIN_ACCOUNTS, words.find_people)}
        {paged(page.rows, &found(ADMIN_ACCOUNTS), nobody, |rows| entries(rows, account))}
    }
    .into_any()
}

fn entries<T>(rows: Vec<T>, entry: fn(T) -> AnyView) -> AnyView {
    view! { <ul class="entries">{rows.into_iter().map(entry).collect_view()}</ul> }.into_any()
}

fn account(row: AccountRow) -> AnyView {
    let words = &words().site;
    let name = row.username.to_string();
    let badge = |is_it: bool, text| is_it.then(|| view! { " "<span class="badge">{text}</span> });
    view! {
        <li>
            <div>
                <a href=routes::profile(&name) translate="no"><strong>{name.clone()}</strong></a>
                {badge(row.is_admin, words.is_admin)}
                {badge(row.is_suspended, words.suspended)}
                {badge(row.has_second_factor, words.with_two_factor)}
                {badge(!row.email_verified, words.unverified)}
                <p class="soft">
                    <span translate="no">{row.email.clone()}</span>" · "<Ago at=row.created_at/>" · "
                    {words.repositories}": "{row.repositories}" · "
                    <a href=routes::plan(&name)>{words.plan}": "{row.plan.clone()}</a>
                </p>
            </div>
            <div class="actions">{account_forms(&row)}</div>
        </li>
    }
    .into_any()
}

fn account_forms(row: &AccountRow) -> AnyView {
    let words = &words().site;
    let name = row.username.to_string();
    let button = |url: &'static str, text: &'static str| {
        view! {
            <form method="post" action=url>
                <Hidden name="username" value=name.clone()/>
                <button class="quiet" type="submit" aria-label=format!("{text} {name}")>{text}</button>
            </form>
        }
    };
    let reset = row.has_second_factor.then(|| button(ResetTwoFactor::url(), words.reset_two_factor));
    let is_self = viewer_name().as_ref() == Some(&row.username);
    let switch = match (is_self, row.is_suspended) {
        (true, _) => None,
        (false, true) => Some(button(RestoreAccount::url(), words.restore)),
        (false, false) => Some(button(SuspendAccount::url(), words.suspend)),
    };
    view! { {reset}{switch} }.into_any()
}

fn organizations(page: Page<OrganizationRow>) -> AnyView {
    let words = &words().site;
    let nobody = view! { <p>{words.nobody}</p> }.into_any();
    view! {
        <PageMeta title=words.organizations description=words.administration_text hidden=true/>
        <SiteTabs open=SiteTab::Organizations/>
        <h1>{words.organizations}</h1>
        {find(ADMIN_ORGANIZATIONS, words.find_organizations)}
        {paged(page, &found(ADMIN_ORGANIZATIONS), nobody, |rows| entries(rows, organization))}
    }
    .into_any()
}

fn organization(row: OrganizationRow) -> AnyView {
    let words = &words().site;
    let name = row.name.to_string();
    view! {
        <li>
            <div>
                <a href=routes::profile(&name) translate="no"><strong>{name.clone()}</strong></a>
                " "<span translate="no">{row.full_name}</span>
                <p class="soft">
                    {words.people}": "{row.members}" · "{words.repositories}": "{row.repositories}" · "
                    <Ago at=row.created_at/>" · "
                    <a href=routes::plan(&name)>{words.plan}": "{row.plan}</a>
                </p>
            </div>
        </li>
    }
    .into_any()
}

fn find(path: &'static str, label: &'static str) -> AnyView {
    view! {
        <form class="filter" method="get" action=path>
            <Field
                name="find"
                label=label
                value=kept("find")
                optional=true
                autocomplete="off"
                refusal=Refusal::default()
            />
            <button type="submit">{words().site.find}</button>
        </form>
    }
    .into_any()
}

fn found(path: &str) -> String {
    let part: String = form_urlencoded::byte_serialize(kept("find").as_bytes()).collect();
    if part.is_empty() { path.to_owned() } else { format!("{path}?find={part}") }
}
