//! Which path shows which page, and the links to them.

use crate::pages::{
    account::AccountSettings, add_repository::AddRepository, home::Home, profile::Profile, refused::NotFound,
    repository::Repository, repository_settings::Settings, sign_in::SignIn, sign_up::SignUpPage,
    styleguide::Styleguide, tag::TagDetails, tags::Tags,
};
use crate::parts::frame::{Frame, Framed};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};
use model::{RepositoryName, Tag};

/// All pages.
#[component]
pub fn App() -> AnyView {
    provide_meta_context();
    // Pages wait for their data (the strictest mode of nested routes wins): status, title and share tags must be
    // right in the first bytes.
    view! {
        <Router>
            <Routes fallback=|| view! { <Frame><NotFound/></Frame> }>
                <ParentRoute path=path!("") view=Framed ssr=SsrMode::Async>
                    <Route path=path!("") view=Home/>
                    <Route path=path!("login") view=SignIn/>
                    <Route path=path!("signup") view=SignUpPage/>
                    <Route path=path!("new") view=AddRepository/>
                    <Route path=path!("settings") view=AccountSettings/>
                    <Route path=path!("styleguide") view=Styleguide/>
                    <Route path=path!("u/:user") view=Profile/>
                    <Route path=path!("r/:namespace/:name") view=Repository/>
                    <Route path=path!("r/:namespace/:name/tags") view=Tags/>
                    <Route path=path!("r/:namespace/:name/tags/:tag") view=TagDetails/>
                    <Route path=path!("r/:namespace/:name/settings") view=Settings/>
                    <Route path=path!("_/:name") view=Repository/>
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
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
