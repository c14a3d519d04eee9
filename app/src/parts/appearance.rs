//! Language and colours, to be chosen by everybody, signed in or not.

use super::here::here;
use crate::api::preferences::SetAppearance;
use crate::surroundings::{Theme, surroundings, words};
use crate::words::Locale;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The choice; afterwards the page is the same one.
#[component]
pub(crate) fn Appearance() -> AnyView {
    let (visit, words) = (surroundings(), words());
    let languages = Locale::ALL.map(|locale| {
        let is_current = locale == visit.locale;
        view! {
            <button name="language" value=locale.tag() lang=locale.tag() aria-pressed=is_current.to_string()>
                {locale.name()}
            </button>
        }
    });
    let themes = Theme::ALL.map(|theme| {
        let is_current = theme == visit.theme;
        view! {
            <button name="theme" value=theme.as_str() aria-pressed=is_current.to_string()>{theme_word(theme)}</button>
        }
    });
    view! {
        <form class="appearance" method="post" action=SetAppearance::url()>
            <input type="hidden" name="next" value=here()/>
            <div role="group" aria-label=words.language>{languages}</div>
            <div role="group" aria-label=words.theme>{themes}</div>
        </form>
    }
    .into_any()
}

fn theme_word(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => words().theme_auto,
        Theme::Light => words().theme_light,
        Theme::Dark => words().theme_dark,
    }
}
