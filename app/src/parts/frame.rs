//! What surrounds every page: the bar on top, the content, the foot with language and colours.

use crate::api::accounts::SignOut;
use crate::api::preferences::SetAppearance;
use crate::icon::{Icon, Mark};
use crate::routes;
use crate::surroundings::{Theme, surroundings, viewer_name, words};
use crate::words::Locale;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// The frame around the page that the path names.
#[component]
pub(crate) fn Framed() -> AnyView {
    view! { <Frame><Outlet/></Frame> }.into_any()
}

/// The frame around `children`.
#[component]
pub(crate) fn Frame(children: Children) -> AnyView {
    let words = words();
    view! {
        <a class="skip" href="#content">{words.skip_to_content}</a>
        <header class="top">
            <a class="brand" href="/"><Mark icon=Icon::Berth/><span translate="no">"Berth"</span></a>
            <nav aria-label=words.menu>{account_links()}</nav>
        </header>
        <main id="content" tabindex="-1">{children()}</main>
        <Foot/>
    }
    .into_any()
}

fn account_links() -> AnyView {
    let words = words();
    let Some(name) = viewer_name() else {
        return view! { <a class="button" href="/login">{words.sign_in}</a> }.into_any();
    };
    view! {
        <a class="button" href="/new"><Mark icon=Icon::Plus/><span class="wide-only">{words.add_repository}</span></a>
        <a href=routes::profile(name.as_str()) aria-label=(words.signed_in_as)(name.as_str())>
            <Mark icon=Icon::Person/><span translate="no">{name.to_string()}</span>
        </a>
        <a href="/settings"><Mark icon=Icon::Gear/><span class="wide-only">{words.settings}</span></a>
        <form method="post" action=SignOut::url()><button class="quiet" type="submit">{words.sign_out}</button></form>
    }
    .into_any()
}

#[component]
fn Foot() -> AnyView {
    let (visit, words) = (surroundings(), words());
    let next = use_location().pathname;
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
        <footer class="foot">
            <p>{words.footer}</p>
            <form method="post" action=SetAppearance::url()>
                <input type="hidden" name="next" value=move || next.get()/>
                <div role="group" aria-label=words.language>{languages}</div>
                <div role="group" aria-label=words.theme>{themes}</div>
            </form>
        </footer>
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
