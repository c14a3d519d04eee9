//! Where an invitation into an organization is accepted.

use super::loaded::loaded;
use crate::api::organizations::Join as JoinForm;
use crate::api::reading;
use crate::parts::field::Hidden;
use crate::parts::meta::PageMeta;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;
use model::Membership;
use model::view::InvitationPage;

/// The page.
#[component]
pub(crate) fn Join() -> AnyView {
    loaded(reading::invitation(token()), show)
}

fn token() -> String {
    use_params_map().read_untracked().get("token").unwrap_or_default()
}

fn show(page: InvitationPage) -> AnyView {
    let words = &words().organizations;
    let title = (words.join_title)(page.organization.as_str());
    let text = match page.membership {
        Membership::Owner => words.join_as_owner,
        Membership::Member => words.join_as_member,
    };
    let team = page.team.map(|team| view! { <p>{(words.join_team)(team.as_str())}</p> });
    view! {
        <PageMeta title=title.clone() description=text hidden=true/>
        <section class="narrow">
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            {team}
            <form method="post" action=JoinForm::url()>
                <Hidden name="token" value=token()/>
                <button class="primary" type="submit">{words.join}</button>
            </form>
        </section>
    }
    .into_any()
}
