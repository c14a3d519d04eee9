//! Which path shows which page, and the links to them.

use crate::pages::{
    account::AccountSettings, add_repository::AddRepository, home::Home, profile::Profile, refused::NotFound,
    repository::Repository, repository_settings::Settings, sign_in::SignIn, sign_up::SignUpPage,
    styleguide::Styleguide, tag::TagDetails, tags::Tags,
};
use crate::parts::frame::Frame;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};
use model::{RepositoryName, Tag};

/// All pages.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Pages wait for their data: status, title and share tags must be right in the first bytes.
    let ssr = SsrMode::Async;
    view! {
        <Router>
            <Routes fallback=|| view! { <Frame><NotFound/></Frame> }>
                <ParentRoute path=path!("") view=Frame ssr>
                    <Route path=path!("") view=Home ssr/>
                    <Route path=path!("login") view=SignIn ssr/>
                    <Route path=path!("signup") view=SignUpPage ssr/>
                    <Route path=path!("new") view=AddRepository ssr/>
                    <Route path=path!("settings") view=AccountSettings ssr/>
                    <Route path=path!("styleguide") view=Styleguide ssr/>
                    <Route path=path!("u/:user") view=Profile ssr/>
                    <Route path=path!("r/:namespace/:name") view=Repository ssr/>
                    <Route path=path!("r/:namespace/:name/tags") view=Tags ssr/>
                    <Route path=path!("r/:namespace/:name/tags/:tag") view=TagDetails ssr/>
                    <Route path=path!("r/:namespace/:name/settings") view=Settings ssr/>
                    <Route path=path!("_/:name") view=Repository ssr/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The page of a repository.
pub(crate) fn repository(name: &RepositoryName) -> String {
    format!("/r/{name}")
}

/// Its tags.
pub(crate) fn tags(name: &RepositoryName) -> String {
    format!("/r/{name}/tags")
}

/// One tag.
pub(crate) fn tag(name: &RepositoryName, tag: &Tag) -> String {
    format!("/r/{name}/tags/{tag}")
}

/// Its settings.
pub(crate) fn repository_settings(name: &RepositoryName) -> String {
    format!("/r/{name}/settings")
}

/// A person's page.
pub(crate) fn profile(name: &str) -> String {
    format!("/u/{name}")
}
