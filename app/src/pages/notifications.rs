//! What one was told of: unread first, each leading to what it is about.

use super::loaded::{loaded, page_number};
use crate::api::notifications::{MarkRead, OpenNotice};
use crate::api::reading;
use crate::parts::empty::Empty;
use crate::parts::field::Hidden;
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, refusal};
use crate::parts::pager::paged;
use crate::parts::time::Ago;
use crate::routes::NOTIFICATIONS;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::{NoticeRow, NoticesPage};

/// The page.
#[component]
pub(crate) fn Notifications() -> AnyView {
    loaded(reading::notices(page_number()), show)
}

fn show(page: NoticesPage) -> AnyView {
    let words = &words().notifications;
    let (list, unread) = (page.notices, page.unread);
    let nothing = view! { <Empty title=words.nothing text=words.nothing_text/> }.into_any();
    let rows = |rows: Vec<NoticeRow>| {
        view! { <ul class="notices">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <PageMeta title=words.notifications description=words.notifications_text hidden=true/>
        <section class="reading">
            <header class="title-row">
                <h1>{words.notifications}</h1>
                {(unread > 0).then(mark_all)}
            </header>
            <p class="soft">
                {words.notifications_text}" "<a href="/settings#notifications">{words.mails}</a>
            </p>
            <RefusalNotice refusal=refusal()/>
            {paged(list, NOTIFICATIONS, nothing, rows)}
        </section>
    }
    .into_any()
}

fn mark_all() -> AnyView {
    view! {
        <form method="post" action=MarkRead::url()>
            <button type="submit">{words().notifications.mark_all_read}</button>
        </form>
    }
    .into_any()
}

/// Its sentence is a button: reading is a change, and a change is no link.
fn row(row: NoticeRow) -> AnyView {
    let words = &words().notifications;
    let more = (words.more)(&row.notice);
    let mark = (!row.is_read).then(|| {
        view! {
            <form method="post" action=MarkRead::url()>
                <Hidden name="id" value=row.id.clone()/>
                <button class="quiet" type="submit">{words.mark_read}</button>
            </form>
        }
    });
    view! {
        <li class:unread=!row.is_read>
            <div>
                <form method="post" action=OpenNotice::url()>
                    <Hidden name="id" value=row.id.clone()/>
                    <button class="as-link" type="submit">{(words.told)(&row.notice)}</button>
                </form>
                {(!more.is_empty()).then(|| view! { <p class="soft">{more}</p> })}
                <p class="soft">
                    {(!row.is_read).then(|| view! { <strong>{words.is_unread}</strong>" · " })}
                    <Ago at=row.at/>
                </p>
            </div>
            {mark}
        </li>
    }
    .into_any()
}
