//! Renaming and transferring: the old name leads to the new one, and nobody else takes it for 30 days (SPEC R2.8).

use crate::access::Entered;
use crate::actor::Actor;
use crate::store::{Change, moving as rows, notifications};
use crate::{Hub, events};
use model::event::Event;
use model::{Action, Error, Notice, Problem, RepositoryName, Timestamp, Username, Visibility};

/// Milliseconds in which a name that was left is nobody's: pulls of it must not get somebody else's images.
const GUARD: i64 = 30 * 24 * 3_600_000;

impl Hub {
    /// Gives a repository another name in its namespace.
    ///
    /// # Errors
    /// Those of the gate; `Invalid` on `new_name`.
    pub async fn rename_repository(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        new_name: &str,
    ) -> Result<RepositoryName, Error> {
        self.enter(actor, name, Action::Rename).await?;
        let namespace: Username = name.namespace().parse().map_err(|p| Error::field("name", p))?;
        let to = RepositoryName::new(&namespace, new_name.trim()).map_err(|p| Error::field("new_name", p))?;
        self.move_repository(actor, name, to, (Action::Rename, "new_name")).await
    }

    /// Moves a repository to another namespace that `actor` may add to. A private one takes a slot there; teams of
    /// the old one lose it. `confirm` is what a person typed to prove that they mean it.
    ///
    /// # Errors
    /// Those of the gate; `Denied` in others' namespaces; `NoSlot`; `NoRoom`; `Invalid` on `namespace` or `confirm`.
    pub async fn transfer_repository(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        namespace: &Username,
        confirm: Option<&str>,
    ) -> Result<RepositoryName, Error> {
        self.enter(actor, name, Action::Transfer).await?;
        if confirm.is_some_and(|typed| typed.trim() != name.as_str()) {
            return Err(Error::field("confirm", Problem::NotTheName));
        }
        let to = RepositoryName::new(namespace, name.name()).map_err(|p| Error::field("namespace", p))?;
        self.check_may_add(actor, &to).await?;
        self.move_repository(actor, name, to, (Action::Transfer, "namespace")).await
    }

    async fn move_repository(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        to: RepositoryName,
        (action, field): (Action, &'static str),
    ) -> Result<RepositoryName, Error> {
        let entered = self.enter(actor, name, action).await?;
        if to == *name {
            return Err(Error::field(field, Problem::Taken));
        }
        let (now, mut change) = (self.now(), self.change_repository(&entered).await?);
        let moved = rows::rename(&mut change, &entered, &to, now, self.guarded_since()).await;
        let moved = moved.map_err(|error| {
            if error.is_duplicate() { Error::field(field, Problem::Taken) } else { error.into() }
        })?;
        if !moved {
            return Err(Error::field(field, Problem::Taken));
        }
        let leaves = to.namespace() != name.namespace();
        if leaves {
            rows::take_teams_away(&mut change, &entered).await?;
        }
        if leaves && entered.visibility() == Visibility::Private {
            self.check_slots(&mut change, to.namespace()).await?;
        }
        self.check_room(&mut change, to.namespace()).await?;
        self.index(&mut change, entered.id()).await?;
        let event = Event::RepositoryMoved { from: name.clone(), to: to.clone() };
        events::record(&mut change, now, actor, Some(entered.id()), &event).await?;
        if leaves {
            events::record_in(&mut change, now, actor, to.namespace(), &event).await?;
            self.tell_receivers(&mut change, actor, &entered, &to).await?;
        }
        change.commit().await?;
        self.ring_mail_bell();
        Ok(to)
    }

    /// The owners of the namespace that it came into are told.
    async fn tell_receivers(
        &self,
        change: &mut Change,
        actor: &Actor,
        entered: &Entered,
        to: &RepositoryName,
    ) -> Result<(), Error> {
        let by = actor.username().cloned().ok_or(Error::SignInNeeded)?;
        let owners = notifications::owners(change, to.namespace()).await?;
        let notice = Notice::RepositoryReceived { repository: to.clone(), from: entered.name().clone(), by };
        self.notify(change, actor, &owners, Some(entered.id()), &notice).await
    }

    /// Names that were left after this moment are guarded.
    pub(crate) fn guarded_since(&self) -> Timestamp {
        Timestamp(self.now().0.saturating_sub(GUARD))
    }
}
