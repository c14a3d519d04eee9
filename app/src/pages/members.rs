//! The people of an organization, and the links that bring them in.

use super::loaded::{loaded, namespace};
use crate::api::organizations::{InviteMember, RemoveMember, RevokeInvitation, SetMembership};
use crate::api::{reading, shown_once};
use crate::parts::command::Command;
use crate::parts::field::{Field, Hidden};
use crate::parts::meta::PageMeta;
use crate::parts::notice::{RefusalNotice, SavedNotice, kept, refusal};
use crate::parts::organization_head::{OrganizationTab, OrganizationTop};
use crate::parts::select::Select;
use crate::parts::time::Until;
use crate::routes;
use crate::surroundings::{surroundings, viewer_name, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::view::{Member, MemberInvitation, MembersPage};
use model::{Membership, Username};

/// The page.
#[component]
pub(crate) fn Members() -> AnyView {
    let name = namespace();
    loaded(async move { reading::members(name?).await }, show)
}

fn show(page: MembersPage) -> AnyView {
    let words = &words().organizations;
    let is_owner = page.head.membership == Some(Membership::Owner);
    let rows = page.members.iter().map(|member| row(&page, member, is_owner)).collect_view();
    view! {
        <PageMeta title=words.members description=words.members_text hidden=true/>
        <OrganizationTop head=page.head.clone() open=OrganizationTab::Members/>
        <div class="reading">
            <SavedNotice/>
            <RefusalNotice refusal=refusal()/>
            {made_link()}
            <section>
                <h2>{words.members}</h2>
                <p class="soft">{words.members_text}</p>
                <ul class="entries">{rows}</ul>
            </section>
            {is_owner.then(|| invite(&page))}
        </div>
    }
    .into_any()
}

/// The link of the invitation that was just made.
fn made_link() -> AnyView {
    let words = &words().organizations;
    shown_once()
        .map(|token| {
            let link = format!("{}{}", surroundings().url, routes::join(&token));
            view! {
                <section class="notice good" role="status">
                    <p>{words.invitation_made}</p>
                    <Command line=link/>
                </section>
            }
        })
        .into_any()
}

fn row(page: &MembersPage, member: &Member, is_owner: bool) -> AnyView {
    let words = &words().organizations;
    let username = member.username.to_string();
    let is_self = viewer_name().as_ref() == Some(&member.username);
    let word = match member.membership {
        Membership::Owner => words.owner,
        Membership::Member => words.member,
    };
    view! {
        <li>
            <div>
                <a href=routes::profile(&username) translate="no"><strong>{username.clone()}</strong></a>
                " "<span class="badge">{word}</span>
            </div>
            <div class="actions">
                {is_owner.then(|| switch(&page.head.name, member))}
                {(is_owner || is_self).then(|| remove(&page.head.name, &member.username, is_self))}
            </div>
        </li>
    }
    .into_any()
}

fn switch(organization: &Username, member: &Member) -> AnyView {
    let words = &words().organizations;
    let (to, text) = match member.membership {
        Membership::Owner => (Membership::Member, words.make_member),
        Membership::Member => (Membership::Owner, words.make_owner),
    };
    view! {
        <form method="post" action=SetMembership::url()>
            <Hidden name="organization" value=organization.to_string()/>
            <Hidden name="username" value=member.username.to_string()/>
            <Hidden name="membership" value=to.as_str()/>
            <button class="quiet" type="submit" aria-label=format!("{text} {}", member.username)>{text}</button>
        </form>
    }
    .into_any()
}

fn remove(organization: &Username, member: &Username, is_self: bool) -> AnyView {
    let words = &words().organizations;
    let text = if is_self { words.leave_organization } else { words.remove };
    view! {
        <form method="post" action=RemoveMember::url()>
            <Hidden name="organization" value=organization.to_string()/>
            <Hidden name="username" value=member.to_string()/>
            <button class="quiet" type="submit" aria-label=format!("{text} {member}")>{text}</button>
        </form>
    }
    .into_any()
}

fn invite(page: &MembersPage) -> AnyView {
    let (all, words) = (words(), &words().organizations);
    let memberships = vec![
        (Membership::Member.as_str().to_owned(), words.member.to_owned()),
        (Membership::Owner.as_str().to_owned(), words.owner.to_owned()),
    ];
    let nobody = (String::new(), words.no_team.to_owned());
    let teams = page.teams.iter().map(|team| (team.to_string(), team.to_string()));
    let open = page.invitations.iter().map(|one| open_invitation(&page.head.name, one)).collect_view();
    view! {
        <section>
            <h2>{words.invite}</h2>
            <p class="soft">{words.invite_text}</p>
            <form method="post" action=InviteMember::url()>
                <Hidden name="organization" value=page.head.name.to_string()/>
                <Select name="membership" label=words.role options=memberships/>
                <Select name="team" label=words.for_team options=std::iter::once(nobody).chain(teams).collect()/>
                <Field
                    name="email"
                    label=all.email
                    hint=all.site.email_hint
                    kind="email"
                    value=kept("email")
                    optional=true
                    autocomplete="off"
                    refusal=refusal()
                />
                <button class="primary" type="submit">{words.invite}</button>
            </form>
        </section>
        {(!page.invitations.is_empty()).then(|| {
            view! { <section><h2>{words.open_invitations}</h2><ul class="entries">{open}</ul></section> }
        })}
    }
    .into_any()
}

fn open_invitation(organization: &Username, one: &MemberInvitation) -> AnyView {
    let (all, words) = (words(), &words().organizations);
    let word = match one.membership {
        Membership::Owner => words.owner,
        Membership::Member => words.member,
    };
    let team = one.team.as_ref().map(|team| format!(" · {team}"));
    let mailed = (!one.email.is_empty()).then(|| format!(" · {}", (all.site.mailed_to)(&one.email)));
    view! {
        <li>
            <div>
                <span class="badge">{word}</span>{team}{mailed}
                <p class="soft"><span translate="no">{one.created_by.clone()}</span>" · "<Until at=one.expires_at/></p>
            </div>
            <form method="post" action=RevokeInvitation::url()>
                <Hidden name="organization" value=organization.to_string()/>
                <Hidden name="id" value=one.id.clone()/>
                <button class="quiet" type="submit">{words.revoke}</button>
            </form>
        </li>
    }
    .into_any()
}
