//! The bell: how much there is that one has not read.

use crate::icon::{Icon, Mark};
use crate::routes::NOTIFICATIONS;
use crate::surroundings::{surroundings, words};
use leptos::prelude::*;

/// More than this is not counted.
const MOST: u64 = 99;

/// A link to the notifications, with the number of unread ones.
#[component]
pub(crate) fn Bell() -> AnyView {
    let (unread, words) = (surroundings().unread, &words().notifications);
    let (number, label) = match unread {
        0 => (None, words.notifications.to_owned()),
        1..=MOST => (Some(unread.to_string()), (words.unread)(&unread.to_string())),
        _ => (Some(format!("{MOST}+")), (words.unread)(&format!("{MOST}+"))),
    };
    view! {
        <a class="bell" href=NOTIFICATIONS aria-label=label.clone() title=label>
            <Mark icon=Icon::Bell/>
            {number.map(|number| view! { <span class="unread-count" aria-hidden="true">{number}</span> })}
        </a>
    }
    .into_any()
}
