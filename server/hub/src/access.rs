//! The gate: the one place where `model::access::decide` is enforced.
//!
//! An [`Entered`] can only be had here. Store functions that touch what belongs to a repository take one,
//! so forgetting to ask does not compile.

use crate::actor::{Actor, GrantAction};
use crate::store::access;
use crate::{Hub, store};
use model::{Action, Error, Missing, RepositoryName, Role, Timestamp, Verdict, Visibility, decide};

/// How someone stands to one repository.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// What it is called now; another name than the one asked for, if it was moved.
    pub(crate) name: RepositoryName,
    pub(crate) repository_id: String,
    pub(crate) visibility: Visibility,
    pub(crate) description: String,
    pub(crate) created_at: Timestamp,
    /// The strongest role of all that the person was given, directly or through the namespace.
    pub(crate) role: Option<Role>,
}

/// Proof that the actor may do what was asked, with the repository it was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Entered {
    standing: Standing,
    /// Whoever was let in; empty for a visitor.
    user_id: String,
}

impl Entered {
    /// What it is called now.
    pub(crate) fn name(&self) -> &RepositoryName {
        &self.standing.name
    }

    /// Whoever was let in; empty for a visitor, and for what is no person.
    pub(crate) fn user_id(&self) -> &str {
        &self.user_id
    }

    pub(crate) fn id(&self) -> &str {
        &self.standing.repository_id
    }

    pub(crate) fn visibility(&self) -> Visibility {
        self.standing.visibility
    }

    pub(crate) fn description(&self) -> &str {
        &self.standing.description
    }

    pub(crate) fn created_at(&self) -> Timestamp {
        self.standing.created_at
    }

    /// Whether `actor`, who entered, would be let in to do `action` too: only to show what would not be refused.
    pub(crate) fn also_lets(&self, actor: &Actor, action: Action) -> bool {
        let standing = &self.standing;
        decide(actor.is_signed_in(), standing.role, standing.visibility, action) == Verdict::Allow
            && actor.limits_allow(&standing.name, action, standing.visibility)
            && actor.bearer_allows(&standing.name, action)
    }

    /// What the actor may do here beside what was asked.
    pub(crate) fn role(&self) -> Option<Role> {
        self.standing.role
    }
}

impl Hub {
    /// Lets `actor` in to do `action`, or refuses. The only door to a repository.
    ///
    /// # Errors
    /// `NotFound(Repository)` for what is missing or must look so, `SignInNeeded`, `Denied`; `Moved` for all but
    /// reading by a former name.
    pub(crate) async fn enter(
        &self,
        actor: &Actor,
        name: &RepositoryName,
        action: Action,
    ) -> Result<Entered, Error> {
        let standing = self.standing(actor, name).await?.ok_or(Error::NotFound(Missing::Repository))?;
        match decide(actor.is_signed_in(), standing.role, standing.visibility, action) {
            Verdict::Hide => Err(Error::NotFound(Missing::Repository)),
            Verdict::SignIn => Err(Error::SignInNeeded),
            Verdict::Deny => Err(Error::Denied),
            // An access token names what it is called now.
            Verdict::Allow if !actor.limits_allow(&standing.name, action, standing.visibility) => {
                Err(refuse_by_token(&standing))
            }
            Verdict::Allow if standing.name != *name && action != Action::Pull => {
                Err(Error::Moved { from: name.clone(), to: standing.name })
            }
            Verdict::Allow if !actor.bearer_allows(name, action) => Err(refuse_by_token(&standing)),
            Verdict::Allow => {
                Ok(Entered { standing, user_id: actor.user_id().unwrap_or_default().to_owned() })
            }
        }
    }

    /// What a registry token of `actor` for `name` may be good for. A person may push to a name of their own
    /// that does not exist yet.
    ///
    /// # Errors
    /// Only what is the database's fault: no right is an empty answer.
    pub async fn allowed(&self, actor: &Actor, name: &RepositoryName) -> Result<Vec<GrantAction>, Error> {
        let Some(standing) = self.standing(actor, name).await? else {
            let may_make = self.may_make(actor, name).await?;
            return Ok(if may_make { vec![GrantAction::Pull, GrantAction::Push] } else { Vec::new() });
        };
        let may = |action| {
            decide(actor.is_signed_in(), standing.role, standing.visibility, action) == Verdict::Allow
                && actor.limits_allow(&standing.name, action, standing.visibility)
        };
        let actions: &[Action] = match standing.name == *name {
            true => &[Action::Pull, Action::Push, Action::DeleteImage],
            false => &[Action::Pull],
        };
        Ok(actions.iter().copied().filter(|a| may(*a)).filter_map(GrantAction::for_action).collect())
    }

    /// How `actor` stands to `name`; `None` when there is no such repository.
    pub(crate) async fn standing(
        &self,
        actor: &Actor,
        name: &RepositoryName,
    ) -> Result<Option<Standing>, store::StoreError> {
        let key = (name.as_str().to_owned(), actor.user_id().unwrap_or_default().to_owned());
        if let Some(kept) = self.caches().standings().get(&key) {
            return Ok(kept.map(|standing| standing.seen_by(actor)));
        }
        let read_at = self.caches().version();
        let found = access::standing(self.database(), name, &key.1).await?;
        self.caches().standings().put(read_at, key, found.clone());
        Ok(found.map(|standing| standing.seen_by(actor)))
    }
}

impl Standing {
    /// A site admin may do everywhere what an owner may, an organization's program in it what an admin may.
    fn seen_by(mut self, actor: &Actor) -> Self {
        if actor.is_admin() {
            self.role = Some(Role::Owner);
        } else if actor.is_of(self.name.namespace()) {
            self.role = Some(Role::Admin);
        }
        self
    }
}

/// A token that was not asked for this repository must not tell that a private one exists.
fn refuse_by_token(standing: &Standing) -> Error {
    match standing.visibility {
        Visibility::Private => Error::NotFound(Missing::Repository),
        Visibility::Public | Visibility::Unlisted => Error::Denied,
    }
}
