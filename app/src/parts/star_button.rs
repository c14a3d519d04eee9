//! The star of a repository, to be pressed, and how many there are.

use super::field::{Hidden, NameField};
use super::here::here;
use crate::api::stars::{Star, Unstar};
use crate::icon::{Icon, Mark};
use crate::routes;
use crate::surroundings::{viewer, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::RepositoryName;

/// One click, with or without a script; whoever is not signed in is led there first. Afterwards the page is the same.
#[component]
pub(crate) fn StarButton(name: RepositoryName, stars: u64, is_starred: bool) -> AnyView {
    let words = &words().stars;
    let people = routes::stargazers(&name);
    let button = if viewer().is_some() { pressed(name, is_starred) } else { sign_in(&name) };
    view! {
        <div class="star">
            {button}
            <a class="button" href=people title=(words.star_count_exact)(stars) aria-label=(words.star_count_exact)(stars)>
                {(words.count)(stars)}
            </a>
        </div>
    }
    .into_any()
}

/// The form alone.
pub(crate) fn pressed(name: RepositoryName, is_starred: bool) -> AnyView {
    let action = if is_starred { Unstar::url() } else { Star::url() };
    let label = (words().stars.star_repository)(name.as_str());
    view! {
        <form method="post" action=action>
            <NameField name/>
            <Hidden name="next" value=here()/>
            <button class="starring" type="submit" aria-pressed=is_starred.to_string() aria-label=label>
                <Mark icon=Icon::Star/>{words().stars.star}
            </button>
        </form>
    }
    .into_any()
}

fn sign_in(name: &RepositoryName) -> AnyView {
    let words = &words().stars;
    let href = routes::with_next(routes::SIGN_IN, &routes::repository(name));
    view! {
        <a class="button" href=href title=words.sign_in_to_star>
            <Mark icon=Icon::Star/>{words.star}
        </a>
    }
    .into_any()
}
