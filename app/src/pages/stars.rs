//! Stars: one's own bookmarks, somebody else's, and who starred a repository.

use super::loaded::{loaded, namespace, page_number, repository_name};
use crate::api::reading;
use crate::parts::empty::Empty;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, kept, refusal};
use crate::parts::pager::{kept_path, paged};
use crate::parts::person_head::{PersonTab, PersonTop};
use crate::parts::repository_head::{Head, Tab};
use crate::parts::repository_list::RepositoryList;
use crate::parts::repository_meta::RepositoryMeta;
use crate::parts::select::Select;
use crate::parts::star_button::pressed;
use crate::parts::time::Ago;
use crate::routes::{self, STARS};
use crate::surroundings::words;
use hub::StarQuery;
use leptos::prelude::*;
use model::StarOrder;
use model::view::{RepositoryRow, Stargazer, StargazersPage, StarsPage};

/// One's own bookmarks.
#[component]
pub(crate) fn Stars() -> AnyView {
    let query = StarQuery { words: kept("q"), order: order(), page: page_number() };
    loaded(reading::stars(query), own)
}

fn order() -> StarOrder {
    kept("order").parse().unwrap_or_default()
}

fn own(page: StarsPage) -> AnyView {
    let words = &words().stars;
    let (list, searched) = (page.repositories, kept("q"));
    let search = (list.total > 0 || !searched.is_empty()).then(|| search(&searched));
    let nothing = if searched.is_empty() {
        view! { <Empty title=words.no_stars text=words.no_stars_text/> }.into_any()
    } else {
        view! { <p class="soft">{words.nothing_found}</p> }.into_any()
    };
    let path = kept_path(STARS, &["q", "order"]);
    let rows = |rows| view! { <RepositoryList rows=rows action=unstar/> }.into_any();
    view! {
        <PageMeta title=words.your_stars description=words.your_stars_text hidden=true/>
        <h1>{words.your_stars}</h1>
        <p class="soft">{words.your_stars_text}</p>
        <RefusalNotice refusal=refusal()/>
        {search}
        {paged(list, &path, nothing, rows)}
    }
    .into_any()
}

fn unstar(row: &RepositoryRow) -> AnyView {
    pressed(row.name.clone(), true)
}

fn search(searched: &str) -> AnyView {
    let (all, words) = (words(), &words().stars);
    let option = |order: &StarOrder| (order.as_str().to_owned(), (words.order_name)(*order));
    view! {
        <form class="filter" method="get" action=STARS role="search">
            <div class="field">
                <label for="q">{words.find}</label>
                <input id="q" name="q" type="search" value=searched.to_owned() autocapitalize="none" spellcheck="false"/>
            </div>
            <Select name="order" label=words.order options=StarOrder::ALL.iter().map(option).collect() chosen=order().as_str()/>
            <button type="submit">{all.stars.search}</button>
        </form>
    }
    .into_any()
}

/// Somebody's stars.
#[component]
pub(crate) fn StarsOf() -> AnyView {
    let (name, page) = (namespace(), page_number());
    loaded(async move { reading::stars_of(name?, page).await }, of_person)
}

fn of_person(page: StarsPage) -> AnyView {
    let words = &words().stars;
    let (title, list) = ((words.stars_of)(page.username.as_str()), page.repositories);
    let path = routes::stars_of(page.username.as_str());
    let nothing = view! { <p class="soft">{words.no_public_stars}</p> }.into_any();
    let rows = |rows| view! { <RepositoryList rows=rows/> }.into_any();
    view! {
        <PageMeta title=title.clone() description=title path=path.clone() page=list.number/>
        <PersonTop username=page.username stars=list.total open=PersonTab::Stars/>
        {page.is_self.then(|| view! { <p><a href=STARS>{words.your_stars}</a></p> })}
        {paged(list, &path, nothing, rows)}
    }
    .into_any()
}

/// Who starred a repository.
#[component]
pub(crate) fn Stargazers() -> AnyView {
    let (name, page) = (repository_name(), page_number());
    loaded(async move { reading::stargazers(name?, page).await }, people)
}

fn people(page: StargazersPage) -> AnyView {
    let words = &words().stars;
    let (head, list) = (page.head, page.people);
    let (title, path) = ((words.who_starred)(head.name.as_str()), routes::stargazers(&head.name));
    let nothing = view! { <p class="soft">{words.nobody}</p> }.into_any();
    let rows = |rows: Vec<Stargazer>| {
        view! { <ul class="entries">{rows.iter().map(person).collect_view()}</ul> }.into_any()
    };
    view! {
        <RepositoryMeta
            head=&head
            title=title.clone()
            description=title.clone()
            path=path.clone()
            page=list.number
        />
        <Head head=head open=Tab::Stars/>
        <section class="reading">
            <h2>{title}</h2>
            {paged(list, &path, nothing, rows)}
        </section>
    }
    .into_any()
}

fn person(one: &Stargazer) -> AnyView {
    let name = one.username.as_str();
    view! {
        <li>
            <a href=routes::profile(name) translate="no">{name.to_owned()}</a>
            <span class="soft"><Ago at=one.at/></span>
        </li>
    }
    .into_any()
}
