//! The people of an organization: invited by a link, made owners, taken out. It is never left without an owner.

use crate::accounts::email_problem;
use crate::actor::{Actor, Person};
use crate::store::members::{self as rows, FoundInvitation, NewInvitation};
use crate::store::{Change, mails, notifications, organizations, teams};
use crate::{Hub, events, secrets};
use model::event::Event;
use model::mail::{Mail, MailAbout};
use model::view::{InvitationPage, MembersPage};
use model::{Error, Membership, Missing, Notice, OrganizationAction, TeamName, Username};

/// Invitations that an organization may mail in a day: a hub must not become somebody's way to write to strangers.
const MAILS_A_DAY: u64 = 200;
const DAY: i64 = 24 * 3_600_000;

impl Hub {
    /// Who belongs to an organization.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn members(&self, actor: &Actor, name: &Username) -> Result<MembersPage, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::SeePeople).await?;
        let (mut invitations, mut all_teams) = (Vec::new(), Vec::new());
        if entered.is_owner() {
            invitations = rows::invitations(self.database(), name, self.now()).await?;
            all_teams = teams::of_organization(self.database(), name, "").await?;
        }
        Ok(MembersPage {
            head: entered.head(),
            members: rows::of_organization(self.database(), name).await?,
            invitations,
            teams: all_teams.into_iter().map(|team| team.name).collect(),
        })
    }

    /// Makes a one-time token for `<url>/join/<token>`.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Team)`.
    pub async fn invite_member(
        &self,
        actor: &Actor,
        name: &Username,
        membership: Membership,
        team: Option<&TeamName>,
    ) -> Result<String, Error> {
        self.file_invitation(actor, name, membership, team, None).await
    }

    /// Mails such a link.
    ///
    /// # Errors
    /// Those of `invite_member`; `Invalid` on `email`; `TooMany` after 200 mails in a day.
    pub async fn invite_by_mail(
        &self,
        actor: &Actor,
        name: &Username,
        membership: Membership,
        team: Option<&TeamName>,
        (email, language): (&str, &str),
    ) -> Result<(), Error> {
        let email = email.trim();
        email_problem(email).map_or(Ok(()), |problem| Err(Error::field("email", problem)))?;
        self.file_invitation(actor, name, membership, team, Some((email, language))).await.map(drop)
    }

    async fn file_invitation(
        &self,
        actor: &Actor,
        name: &Username,
        membership: Membership,
        team: Option<&TeamName>,
        mailed: Option<(&str, &str)>,
    ) -> Result<String, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        let person = actor.signed_in()?;
        let team = match team {
            Some(team) => Some(self.found_team(&entered, team).await?.id),
            None => None,
        };
        let (token, now) = (secrets::new_token()?, self.now());
        let email = mailed.map(|(email, _)| email).unwrap_or_default();
        let new = NewInvitation {
            token_hash: &secrets::hash(&token),
            organization: name,
            membership,
            team_id: team.as_deref(),
            email,
            created_by: person.username.as_str(),
            at: now,
            until: now.plus(self.settings().invitation_ttl),
        };
        let mut change = self.change().await?;
        if mailed.is_some() && rows::mailed_since(&mut change, name, now.plus(-DAY)).await? >= MAILS_A_DAY {
            return Err(Error::TooMany { retry_after: 3600 });
        }
        let id = rows::invite(&mut change, &new).await?;
        if let Some(mailed) = mailed {
            self.send_invitation(&mut change, actor, name, (&id, &token), mailed).await?;
        }
        let event = Event::MemberInvited { organization: name.clone(), email: email.to_owned() };
        events::record(&mut change, now, actor, None, &event).await?;
        change.commit().await?;
        self.ring_mail_bell();
        Ok(token)
    }

    /// Mails the link. Whoever proved that address is told by the bell too, which opens the invitation by its id.
    async fn send_invitation(
        &self,
        change: &mut Change,
        actor: &Actor,
        organization: &Username,
        (id, token): (&str, &str),
        (to, language): (&str, &str),
    ) -> Result<(), Error> {
        let (by, organization) = (actor.signed_in()?.username.clone(), organization.clone());
        let link = format!("{}/join/{token}", self.settings().url);
        let about = MailAbout::Invitation { organization: organization.clone(), by: by.clone(), link };
        let mail = Mail { to: to.to_owned(), language: language.to_owned(), about };
        mails::add(change, &mail, None, self.now()).await?;
        let invited: Vec<String> = notifications::by_verified_email(change, to).await?.into_iter().collect();
        let notice = Notice::Invited { organization, by, id: id.to_owned() };
        self.notify(change, actor, &invited, None, &notice).await
    }

    /// Ends a link that was not used yet.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Invitation)`.
    pub async fn revoke_invitation(&self, actor: &Actor, name: &Username, id: &str) -> Result<(), Error> {
        self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        let mut change = self.change().await?;
        if !rows::revoke(&mut change, name, id).await? {
            return Err(Error::NotFound(Missing::Invitation));
        }
        notifications::take_back(&mut change, id).await?;
        Ok(change.commit().await?)
    }

    /// The same for whoever knows only the invitation; others' invitations are missing.
    ///
    /// # Errors
    /// `SignInNeeded`; `NotFound(Invitation)`.
    pub async fn revoke_invitation_by_id(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        actor.signed_in()?;
        let missing = Error::NotFound(Missing::Invitation);
        let name = rows::organization_of_invitation(self.database(), id).await?.ok_or(missing.clone())?;
        self.revoke_invitation(actor, &name, id).await.map_err(|error| match error {
            Error::Denied | Error::NotFound(_) => missing,
            other => other,
        })
    }

    /// What a link is for.
    ///
    /// # Errors
    /// `SignInNeeded`; `NotFound(Invitation)` for a used, ended or expired one.
    pub async fn invitation(&self, actor: &Actor, token: &str) -> Result<InvitationPage, Error> {
        let found = self.found_invitation(actor.signed_in()?, token).await?;
        Ok(InvitationPage {
            organization: found.organization()?,
            membership: found.membership()?,
            team: found.team()?,
        })
    }

    /// By its token, or by its id for whoever was told of it.
    async fn found_invitation(&self, person: &Person, token: &str) -> Result<FoundInvitation, Error> {
        let now = self.now();
        let found = match rows::invitation(self.database(), &secrets::hash(token), now).await? {
            None => rows::invitation_told(self.database(), token, &person.id, now).await?,
            found => found,
        };
        found.ok_or(Error::NotFound(Missing::Invitation))
    }

    /// Uses a link: `actor` belongs to the organization from now on. Nobody becomes less than they are.
    ///
    /// # Errors
    /// Those of `invitation`.
    pub async fn join(&self, actor: &Actor, token: &str) -> Result<Username, Error> {
        let person = actor.signed_in()?;
        let found = self.found_invitation(person, token).await?;
        let (organization, membership) = (found.organization()?, found.membership()?);
        let mut change = self.change().await?;
        organizations::hold(&mut change, &organization).await?;
        if !rows::take_invitation(&mut change, &found.id, self.now()).await? {
            return Err(Error::NotFound(Missing::Invitation));
        }
        notifications::take_back(&mut change, &found.id).await?;
        let is_new = rows::add(&mut change, &organization, &person.id, membership).await?;
        if !is_new && membership == Membership::Owner {
            rows::set(&mut change, &organization, &person.username, membership).await?;
        }
        if let Some(team) = &found.team_id {
            teams::add_member(&mut change, team, &person.id).await?;
        }
        let username = person.username.clone();
        let event = Event::MemberJoined { organization: organization.clone(), username, membership };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        change.commit().await?;
        Ok(organization)
    }

    /// Makes a member an owner, or an owner a member.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Member)`, `LastOwner`.
    pub async fn set_membership(
        &self,
        actor: &Actor,
        name: &Username,
        member: &Username,
        membership: Membership,
    ) -> Result<(), Error> {
        self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        let mut change = self.change_member(name, member, membership == Membership::Member).await?;
        rows::set(&mut change, name, member, membership).await?;
        let (organization, username) = (name.clone(), member.clone());
        let event = Event::MembershipChanged { organization, username, membership };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Takes somebody out. Everybody may leave.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Member)`, `LastOwner`.
    pub async fn remove_member(
        &self,
        actor: &Actor,
        name: &Username,
        member: &Username,
    ) -> Result<(), Error> {
        let is_self = actor.username() == Some(member);
        let action = if is_self { OrganizationAction::SeePeople } else { OrganizationAction::Manage };
        self.enter_organization(actor, name, action).await?;
        let mut change = self.change_member(name, member, true).await?;
        rows::remove(&mut change, name, member).await?;
        let event = Event::MemberRemoved { organization: name.clone(), username: member.clone() };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Starts a change of one member; where they stop being an owner, another one must be left.
    async fn change_member(
        &self,
        organization: &Username,
        member: &Username,
        stops_owning: bool,
    ) -> Result<Change, Error> {
        let mut change = self.change().await?;
        organizations::hold(&mut change, organization).await?;
        let now = rows::membership(&mut change, organization, member.as_str()).await?;
        let now = now.ok_or(Error::NotFound(Missing::Member))?;
        let is_owner = now == Membership::Owner;
        if stops_owning && is_owner && rows::owners(&mut change, organization).await? < 2 {
            return Err(Error::LastOwner);
        }
        Ok(change)
    }
}
