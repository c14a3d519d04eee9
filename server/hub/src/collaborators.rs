//! Collaborators: people whom a repository's owner lets push there, and nothing else (SPEC R2.5).

use crate::access::Entered;
use crate::actor::Actor;
use crate::store::accounts::{self, By};
use crate::store::{collaborators as rows, repositories};
use crate::{Hub, events};
use model::event::Event;
use model::view::CollaboratorsPage;
use model::{Action, Error, Missing, Notice, Problem, RepositoryName, Role, Username};

impl Hub {
    /// Who else may push.
    ///
    /// # Errors
    /// Those of the gate.
    pub async fn collaborators(
        &self,
        actor: &Actor,
        name: &RepositoryName,
    ) -> Result<CollaboratorsPage, Error> {
        let entered = self.enter(actor, name, Action::Collaborators).await?;
        Ok(CollaboratorsPage {
            head: self.head(&entered).await?,
            collaborators: rows::of_repository(self.database(), &entered).await?,
        })
    }

    /// Lets somebody push.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` on `username` for nobody's name and for whoever may push already.
    pub async fn add_collaborator(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        username: &str,
    ) -> Result<(), Error> {
        let entered = self.enter(actor, name, Action::Collaborators).await?;
        let refused = |problem| Error::field("username", problem);
        let key = username.trim().to_lowercase();
        let user = accounts::find(self.database(), By::Username(&key)).await?;
        let user = user.ok_or(refused(Problem::Nobody))?;
        let owner = repositories::namespace_role(self.database(), name.namespace(), &user.id).await?;
        if owner >= Some(Role::Write) {
            return Err(refused(Problem::HasIt));
        }
        let mut change = self.change_repository(&entered).await?;
        if !rows::add(&mut change, &entered, &user.id, self.now()).await? {
            return Err(refused(Problem::HasIt));
        }
        let event = Event::CollaboratorAdded { repository: name.clone(), username: user.username()? };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        let by = actor.username().cloned().ok_or(Error::SignInNeeded)?;
        let notice = Notice::CollaboratorAdded { repository: name.clone(), by };
        self.notify(&mut change, actor, &[user.id], Some(entered.id()), &notice).await?;
        change.commit().await?;
        self.ring_mail_bell();
        Ok(())
    }

    /// Ends somebody's right to push. Everybody may end their own.
    ///
    /// # Errors
    /// Those of the gate; `NotFound(Collaborator)`.
    pub async fn remove_collaborator(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        username: &Username,
    ) -> Result<(), Error> {
        let entered = self.enter_to_remove(actor, name, username).await?;
        let mut change = self.change_repository(&entered).await?;
        if !rows::remove(&mut change, &entered, username).await? {
            return Err(Error::NotFound(Missing::Collaborator));
        }
        let event = Event::CollaboratorRemoved { repository: name.clone(), username: username.clone() };
        events::record(&mut change, self.now(), actor, Some(entered.id()), &event).await?;
        Ok(change.commit().await?)
    }

    /// Whether somebody let `actor` push here.
    pub(crate) async fn is_collaborator(&self, actor: &Actor, entered: &Entered) -> Result<bool, Error> {
        match actor.user_id() {
            // Nobody else has a role that could come from it.
            Some(id) if entered.role() >= Some(Role::Write) => {
                Ok(rows::is_one(self.database(), entered, id).await?)
            }
            _ => Ok(false),
        }
    }

    async fn enter_to_remove(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        username: &Username,
    ) -> Result<Entered, Error> {
        let is_self = actor.is_whole() && actor.username() == Some(username);
        self.enter(actor, name, if is_self { Action::Pull } else { Action::Collaborators }).await
    }
}
