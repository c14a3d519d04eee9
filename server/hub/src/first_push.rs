//! The first push into one's own namespace makes the repository (SPEC R2.2).

use crate::Hub;
use crate::access::Entered;
use crate::actor::Actor;
use crate::repositories::NewRepository;
use crate::store::organizations;
use model::{Action, Error, Missing, RepositoryName, Visibility};

impl Hub {
    /// Lets `actor` in to push, and makes the repository where it is missing and theirs to make. Its visibility
    /// is the one that the owner chose for first pushes; nothing becomes public by accident.
    pub(crate) async fn enter_to_push(&self, actor: &Actor, name: &RepositoryName) -> Result<Entered, Error> {
        match self.enter(actor, name, Action::Push).await {
            Err(Error::NotFound(Missing::Repository)) if self.may_make(actor, name).await? => {}
            answer => return answer,
        }
        let usual = organizations::default_visibility(self.database(), name.namespace()).await?;
        let new = NewRepository {
            name: name.clone(),
            description: String::new(),
            full_description: String::new(),
            visibility: usual.unwrap_or(Visibility::Private),
        };
        match self.add_repository(actor, &new).await {
            // Another push was faster.
            Ok(()) | Err(Error::Invalid(_)) => self.enter(actor, name, Action::Push).await,
            Err(error) => Err(error),
        }
    }

    /// Whether there is no such repository and `actor` may make it by pushing.
    pub(crate) async fn may_make(&self, actor: &Actor, name: &RepositoryName) -> Result<bool, Error> {
        let may = actor.is_signed_in()
            && actor.bearer_allows(name, Action::Push)
            && actor.limits_allow(name, Action::Push, Visibility::Private)
            && self.standing(actor, name).await?.is_none();
        Ok(may && self.check_may_add(actor, name).await.is_ok())
    }
}
