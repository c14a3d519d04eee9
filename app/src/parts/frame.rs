//! What surrounds every page: the bar on top, the content, the foot with language and colours.

use super::appearance::Appearance;
use super::bell::Bell;
use super::search_form::SearchForm;
use crate::api::accounts::SignOut;
use crate::icon::{Icon, Mark};
use crate::routes::{self, ADMIN, EXPLORE, SIGN_IN, STARS};
use crate::surroundings::{viewer, viewer_name, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::Outlet;

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
            <SearchForm id="search"/>
            <nav aria-label=words.menu>
                <a class="explore" href=EXPLORE>{words.finding.explore}</a>
                {account_links()}
            </nav>
        </header>
        <main id="content" tabindex="-1">{children()}</main>
        <Foot/>
    }
    .into_any()
}

fn account_links() -> AnyView {
    let words = words();
    let Some(name) = viewer_name() else {
        return view! { <a class="button" href=SIGN_IN>{words.sign_in}</a> }.into_any();
    };
    view! {
        <a class="button" href="/new"><Mark icon=Icon::Plus/><span class="wide-only">{words.add_repository}</span></a>
        <a href=routes::profile(name.as_str()) aria-label=(words.signed_in_as)(name.as_str())>
            <Mark icon=Icon::Person/><span class="wide-only" translate="no">{name.to_string()}</span>
        </a>
        {viewer().filter(|viewer| viewer.is_admin).map(|_| {
            view! { <a href=ADMIN title=words.site.administration>{sign(Icon::Shield, words.site.administration)}</a> }
        })}
        <a href=STARS title=words.stars.stars>{sign(Icon::Star, words.stars.stars)}</a>
        <Bell/>
        <a href="/settings" title=words.settings>{sign(Icon::Gear, words.settings)}</a>
        <form method="post" action=SignOut::url()>
            <button class="quiet" type="submit" title=words.sign_out>{sign(Icon::Leave, words.sign_out)}</button>
        </form>
    }
    .into_any()
}

/// An icon that says its name to those who hover or listen: with words the bar would be wider than the page.
fn sign(icon: Icon, name: &'static str) -> AnyView {
    view! { <Mark icon/><span class="hidden">{name}</span> }.into_any()
}

#[component]
fn Foot() -> AnyView {
    view! {
        <footer class="foot">
            <p>{words().footer}</p>
            <Appearance/>
        </footer>
    }
    .into_any()
}
