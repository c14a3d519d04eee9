//! Which path shows which page. `routes` has the links to them.

use crate::pages::{
    access_tokens::AccessTokens,
    account::AccountSettings,
    add_repository::AddRepository,
    administration::{Accounts, Administration, AllOrganizations},
    audit::{NamespaceLog, RepositoryLog, SiteLog},
    badges::Badges,
    change_visibility::ChangeVisibility,
    collaborators::Collaborators,
    comments::{CommentThread, Comments},
    explore::Explore,
    forgotten::{ChoosePassword, Forgotten},
    help_webhooks::HelpWebhooks,
    home::Home,
    join::Join,
    members::Members,
    moderation::{Moderation, SiteModeration},
    new_organization::NewOrganization,
    notifications::Notifications,
    organization_settings::OrganizationSettingsPage,
    organization_tokens::OrganizationTokens,
    passkeys::Passkeys,
    plan::PlanDetails,
    profile::Profile,
    pulls::Statistics,
    refused::NotFound,
    repository::Repository,
    repository_settings::Settings,
    search::Search,
    sign_in::SignIn,
    sign_in_code::SignInCode,
    sign_up::SignUpPage,
    stars::{Stargazers, Stars, StarsOf},
    styleguide::Styleguide,
    tag::TagDetails,
    tags::Tags,
    team::Team,
    teams::Teams,
    two_factor::TwoFactor,
    verify::Verify,
    webhook::Webhook,
    webhook_run::WebhookRun,
    webhooks::Webhooks,
};
use crate::parts::frame::{Frame, Framed};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// All pages.
#[component]
#[expect(clippy::too_many_lines, reason = "a table with a line for each page")]
pub fn App() -> AnyView {
    provide_meta_context();
    // Pages wait for their data (the strictest mode of nested routes wins): status, title and share tags must be
    // right in the first bytes.
    view! {
        <Router>
            <Routes fallback=|| view! { <Frame><NotFound/></Frame> }>
                <ParentRoute path=path!("") view=Framed ssr=SsrMode::Async>
                    <Route path=path!("") view=Home/>
                    <Route path=path!("explore") view=Explore/>
                    <Route path=path!("search") view=Search/>
                    <Route path=path!("login") view=SignIn/>
                    <Route path=path!("login/code") view=SignInCode/>
                    <Route path=path!("reset") view=Forgotten/>
                    <Route path=path!("reset/:token") view=ChoosePassword/>
                    <Route path=path!("verify/:token") view=Verify/>
                    <Route path=path!("signup") view=SignUpPage/>
                    <Route path=path!("new") view=AddRepository/>
                    <Route path=path!("settings") view=AccountSettings/>
                    <Route path=path!("settings/tokens") view=AccessTokens/>
                    <Route path=path!("settings/two-factor") view=TwoFactor/>
                    <Route path=path!("settings/passkeys") view=Passkeys/>
                    <Route path=path!("stars") view=Stars/>
                    <Route path=path!("notifications") view=Notifications/>
                    <Route path=path!("admin") view=Administration/>
                    <Route path=path!("admin/accounts") view=Accounts/>
                    <Route path=path!("admin/organizations") view=AllOrganizations/>
                    <Route path=path!("admin/comments") view=SiteModeration/>
                    <Route path=path!("admin/log") view=SiteLog/>
                    <Route path=path!("styleguide") view=Styleguide/>
                    <Route path=path!("help/webhooks") view=HelpWebhooks/>
                    <Route path=path!("u/:user") view=Profile/>
                    <Route path=path!("r/:namespace/:name") view=Repository/>
                    <Route path=path!("r/:namespace/:name/tags") view=Tags/>
                    <Route path=path!("r/:namespace/:name/tags/:tag") view=TagDetails/>
                    <Route path=path!("r/:namespace/:name/comments") view=Comments/>
                    <Route path=path!("r/:namespace/:name/comments/:comment") view=CommentThread/>
                    <Route path=path!("r/:namespace/:name/stars") view=Stargazers/>
                    <Route path=path!("r/:namespace/:name/pulls") view=Statistics/>
                    <Route path=path!("r/:namespace/:name/badges") view=Badges/>
                    <Route path=path!("r/:namespace/:name/settings") view=Settings/>
                    <Route path=path!("r/:namespace/:name/settings/collaborators") view=Collaborators/>
                    <Route path=path!("r/:namespace/:name/settings/comments") view=Moderation/>
                    <Route path=path!("r/:namespace/:name/settings/visibility") view=ChangeVisibility/>
                    <Route path=path!("r/:namespace/:name/settings/webhooks") view=Webhooks/>
                    <Route path=path!("r/:namespace/:name/settings/webhooks/:webhook") view=Webhook/>
                    <Route path=path!("r/:namespace/:name/settings/webhooks/:webhook/runs/:run") view=WebhookRun/>
                    <Route path=path!("r/:namespace/:name/settings/log") view=RepositoryLog/>
                    <Route path=path!("u/:user/stars") view=StarsOf/>
                    <Route path=path!("u/:user/plan") view=PlanDetails/>
                    <Route path=path!("u/:user/log") view=NamespaceLog/>
                    <Route path=path!("u/:user/tokens") view=OrganizationTokens/>
                    <Route path=path!("orgs/new") view=NewOrganization/>
                    <Route path=path!("u/:user/members") view=Members/>
                    <Route path=path!("u/:user/teams") view=Teams/>
                    <Route path=path!("u/:user/teams/:team") view=Team/>
                    <Route path=path!("u/:user/settings") view=OrganizationSettingsPage/>
                    <Route path=path!("join/:token") view=Join/>
                    <Route path=path!("_/:name") view=Repository/>
                </ParentRoute>
            </Routes>
        </Router>
    }
    .into_any()
}
