//! Teams: groups of an organization's members, with a role in each repository that they are given (SPEC R1.4).

use crate::actor::Actor;
use crate::organizations::EnteredOrganization;
use crate::store::accounts::{self, By};
use crate::store::members;
use crate::store::teams::{self as rows, FoundTeam};
use crate::{Hub, events};
use model::event::Event;
use model::view::{TeamPage, TeamsPage};
use model::{Action, Error, Missing, OrganizationAction, Problem, RepositoryName, Role, TeamName, Username};

/// The longest description, in characters.
const DESCRIPTION_MOST: usize = 100;

impl Hub {
    /// The teams of an organization: all for an owner, else one's own.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn teams(&self, actor: &Actor, name: &Username) -> Result<TeamsPage, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::SeePeople).await?;
        let only_of = if entered.is_owner() { "" } else { actor.user_id().unwrap_or_default() };
        Ok(TeamsPage {
            head: entered.head(),
            teams: rows::of_organization(self.database(), name, only_of).await?,
        })
    }

    /// One team, for its members and the owners; to all others it is missing.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Team)`.
    pub async fn team(&self, actor: &Actor, name: &Username, team: &TeamName) -> Result<TeamPage, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::SeePeople).await?;
        let found = self.found_team(&entered, team).await?;
        let person = actor.signed_in()?;
        if !entered.is_owner() && !rows::has(self.database(), &found.id, &person.id).await? {
            return Err(Error::NotFound(Missing::Team));
        }
        let mut page = TeamPage {
            head: entered.head(),
            name: team.clone(),
            members: rows::members(self.database(), &found.id).await?,
            repositories: rows::repositories(self.database(), &found.id).await?,
            description: found.description,
            others: Vec::new(),
            more_repositories: Vec::new(),
        };
        if entered.is_owner() {
            self.add_choices(&mut page).await?;
        }
        Ok(page)
    }

    /// What an owner could add.
    async fn add_choices(&self, page: &mut TeamPage) -> Result<(), Error> {
        let everybody = members::of_organization(self.database(), &page.head.name).await?;
        page.others = everybody.into_iter().map(|member| member.username).collect();
        page.others.retain(|name| !page.members.contains(name));
        page.more_repositories = rows::choices(self.database(), &page.head.name).await?;
        Ok(())
    }

    pub(crate) async fn found_team(
        &self,
        entered: &EnteredOrganization,
        team: &TeamName,
    ) -> Result<FoundTeam, Error> {
        let found = rows::find(self.database(), &entered.name, team).await?;
        found.ok_or(Error::NotFound(Missing::Team))
    }

    /// An owner's way to a team.
    async fn managed_team(
        &self,
        actor: &Actor,
        name: &Username,
        team: &TeamName,
    ) -> Result<FoundTeam, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        self.found_team(&entered, team).await
    }

    /// Makes a team, yet without anybody.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` a field.
    pub async fn create_team(
        &self,
        actor: &Actor,
        name: &Username,
        team: &str,
        description: &str,
    ) -> Result<TeamName, Error> {
        let entered = self.enter_organization(actor, name, OrganizationAction::Manage).await?;
        let team: TeamName = team.trim().parse().map_err(|problem| Error::field("team", problem))?;
        if description.chars().count() > DESCRIPTION_MOST {
            return Err(Error::field("description", Problem::TooLong { max: DESCRIPTION_MOST }));
        }
        let (mut change, now) = (self.change().await?, self.now());
        if !rows::add(&mut change, &entered.name, &team, description.trim(), now).await? {
            return Err(Error::field("team", Problem::Taken));
        }
        let event = Event::TeamCreated { organization: entered.name, team: team.clone() };
        events::record(&mut change, now, actor, None, &event).await?;
        change.commit().await?;
        Ok(team)
    }

    /// Deletes a team; what it gave is gone at once.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Team)`.
    pub async fn delete_team(&self, actor: &Actor, name: &Username, team: &TeamName) -> Result<(), Error> {
        let found = self.managed_team(actor, name, team).await?;
        let mut change = self.change().await?;
        rows::delete(&mut change, &found.id).await?;
        let event = Event::TeamDeleted { organization: name.clone(), team: team.clone() };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Puts a member of the organization into a team.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Team)`; `Invalid` on `username`.
    pub async fn add_to_team(
        &self,
        actor: &Actor,
        name: &Username,
        team: &TeamName,
        username: &str,
    ) -> Result<(), Error> {
        let found = self.managed_team(actor, name, team).await?;
        let refused = |problem| Error::field("username", problem);
        let key = username.trim().to_lowercase();
        let user = accounts::find(self.database(), By::Username(&key)).await?;
        let user = user.ok_or(refused(Problem::Nobody))?;
        let mut change = self.change().await?;
        if members::membership(&mut change, name, &user.username).await?.is_none() {
            return Err(refused(Problem::NoMember));
        }
        if !rows::add_member(&mut change, &found.id, &user.id).await? {
            return Err(refused(Problem::HasIt));
        }
        let (organization, username) = (name.clone(), user.username()?);
        let event = Event::TeamMemberAdded { organization, team: team.clone(), username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Takes somebody out of a team.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Team)`, `NotFound(Member)`.
    pub async fn remove_from_team(
        &self,
        actor: &Actor,
        name: &Username,
        team: &TeamName,
        member: &Username,
    ) -> Result<(), Error> {
        let found = self.managed_team(actor, name, team).await?;
        let mut change = self.change().await?;
        if !rows::remove_member(&mut change, &found.id, member).await? {
            return Err(Error::NotFound(Missing::Member));
        }
        let (organization, username) = (name.clone(), member.clone());
        let event = Event::TeamMemberRemoved { organization, team: team.clone(), username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Gives a team a role in a repository of its organization; a new one replaces the old one.
    ///
    /// # Errors
    /// Those of both gates; `NotFound(Team)`; `Invalid` on `role` for `Owner`, which no team can have.
    pub async fn give_to_team(
        &self,
        actor: &Actor,
        repository: &RepositoryName,
        team: &TeamName,
        role: Role,
    ) -> Result<(), Error> {
        let name = namespace_of(repository)?;
        let entered = self.enter(actor, repository, Action::Collaborators).await?;
        let found = self.managed_team(actor, &name, team).await?;
        if role == Role::Owner {
            return Err(Error::field("role", Problem::BadValue));
        }
        let mut change = self.change_repository(&entered).await?;
        rows::give(&mut change, &found.id, entered.id(), role).await?;
        let event = Event::TeamGiven { repository: repository.clone(), team: team.clone(), role };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit().await?)
    }

    /// Takes a team's role in a repository away.
    ///
    /// # Errors
    /// Those of both gates; `NotFound(Team)` also for a team that has none there.
    pub async fn take_from_team(
        &self,
        actor: &Actor,
        repository: &RepositoryName,
        team: &TeamName,
    ) -> Result<(), Error> {
        let name = namespace_of(repository)?;
        let entered = self.enter(actor, repository, Action::Collaborators).await?;
        let found = self.managed_team(actor, &name, team).await?;
        let mut change = self.change_repository(&entered).await?;
        if !rows::take(&mut change, &found.id, entered.id()).await? {
            return Err(Error::NotFound(Missing::Team));
        }
        let event = Event::TeamTaken { repository: repository.clone(), team: team.clone() };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit().await?)
    }
}

fn namespace_of(repository: &RepositoryName) -> Result<Username, Error> {
    repository.namespace().parse().map_err(|problem| Error::field("name", problem))
}
