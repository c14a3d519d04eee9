//! Who asks. An actor proves nothing: the server's `identity` makes one after it authenticated someone.

use model::view::Viewer;
use model::{Action, RepositoryName, Timestamp, TokenScope, Username, Visibility};
use std::sync::Arc;

/// An account that was authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub username: Username,
    /// May administer the whole hub.
    pub is_admin: bool,
}

/// What an access token narrows its owner to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenLimits {
    pub(crate) id: String,
    pub(crate) scope: TokenScope,
    /// Only these; empty: all.
    pub(crate) repositories: Vec<RepositoryName>,
    pub(crate) expires_at: Option<Timestamp>,
}

impl TokenLimits {
    /// Whether it expired.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|at| at.0 <= now.0)
    }

    fn allow(&self, repository: &RepositoryName, action: Action, visibility: Visibility) -> bool {
        let names_it = self.repositories.is_empty() || self.repositories.contains(repository);
        names_it && self.scope.allows(action, visibility)
    }
}

/// A person or a visitor, with what their token narrows them to.
#[derive(Debug, Clone, Default)]
pub struct Actor {
    person: Option<Arc<Person>>,
    /// `None`: not narrowed.
    grants: Option<Arc<[Grant]>>,
    /// `None`: came without an access token.
    limits: Option<Arc<TokenLimits>>,
    /// The session's public id, for "this browser" and for ending the others.
    session: Option<Arc<str>>,
}

/// What a bearer token was asked for and may hence be used for, in one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub repository: RepositoryName,
    pub actions: Vec<GrantAction>,
}

/// The registry's three rights (distribution spec, "Token Scope Documentation").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantAction {
    Pull,
    Push,
    Delete,
}

impl GrantAction {
    /// The registry right that `action` needs; `None`: no registry token is enough for it.
    #[must_use]
    pub const fn for_action(action: Action) -> Option<Self> {
        match action {
            Action::Pull => Some(Self::Pull),
            Action::Push => Some(Self::Push),
            Action::DeleteImage => Some(Self::Delete),
            Action::Describe | Action::Collaborators | Action::SetVisibility | Action::Delete => None,
        }
    }
}

impl Actor {
    /// Nobody in particular.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::default()
    }

    pub(crate) fn person(person: Arc<Person>) -> Self {
        Self { person: Some(person), ..Self::default() }
    }

    pub(crate) fn limited(self, limits: Arc<TokenLimits>) -> Self {
        Self { limits: Some(limits), ..self }
    }

    pub(crate) fn in_session(self, session: &str) -> Self {
        Self { session: Some(session.into()), ..self }
    }

    /// The same actor, only for what `grants` name. Rights are never added by it.
    #[must_use]
    pub fn narrowed(self, grants: Arc<[Grant]>) -> Self {
        Self { grants: Some(grants), ..self }
    }

    /// Whether tokens let this actor do `action` there; rights are another question.
    pub(crate) fn token_allows(
        &self,
        repository: &RepositoryName,
        action: Action,
        visibility: Visibility,
    ) -> bool {
        let granted = self.grants.is_none()
            || GrantAction::for_action(action).is_some_and(|needed| self.token_grants(repository, needed));
        granted && self.limits_allow(repository, action, visibility)
    }

    /// The same for the access token alone.
    pub(crate) fn limits_allow(
        &self,
        repository: &RepositoryName,
        action: Action,
        visibility: Visibility,
    ) -> bool {
        self.limits.as_ref().is_none_or(|limits| limits.allow(repository, action, visibility))
    }

    /// Whose private repositories lists may name: nobody's for a token that could not read them all.
    pub(crate) fn lister_id(&self) -> &str {
        let sees_all = self
            .limits
            .as_ref()
            .is_none_or(|limits| limits.repositories.is_empty() && limits.scope >= TokenScope::Read);
        if sees_all { self.user_id().unwrap_or_default() } else { "" }
    }

    /// The access token that this actor came with.
    #[must_use]
    pub fn access_token_id(&self) -> Option<&str> {
        self.limits.as_ref().map(|limits| limits.id.as_str())
    }

    /// Whether the token names `needed` for that repository; also true without a token.
    #[must_use]
    pub fn token_grants(&self, repository: &RepositoryName, needed: GrantAction) -> bool {
        self.grants.as_ref().is_none_or(|grants| {
            grants.iter().any(|grant| grant.repository == *repository && grant.actions.contains(&needed))
        })
    }

    /// Whether no token narrows this actor: a session or a password.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.grants.is_none() && self.limits.is_none()
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.person.is_some()
    }

    /// Whether a site admin is signed in.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.person.as_ref().is_some_and(|p| p.is_admin)
    }

    /// The name of who is signed in.
    #[must_use]
    pub fn username(&self) -> Option<&Username> {
        self.person.as_ref().map(|p| &p.username)
    }

    /// What pages show of who is signed in.
    #[must_use]
    pub fn viewer(&self) -> Option<Viewer> {
        self.person.as_ref().map(|p| Viewer { username: p.username.clone(), is_admin: p.is_admin })
    }

    pub(crate) fn session_id(&self) -> Option<&str> {
        self.session.as_deref()
    }

    pub(crate) fn user_id(&self) -> Option<&str> {
        self.person.as_ref().map(|p| p.id.as_str())
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor.
    pub(crate) fn signed_in(&self) -> Result<&Person, model::Error> {
        self.person.as_deref().ok_or(model::Error::SignInNeeded)
    }

    /// Who is signed in, with all their rights: what concerns the account itself is no token's business.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor, `Denied` for whoever came with a token.
    pub(crate) fn whole(&self) -> Result<&Person, model::Error> {
        let person = self.signed_in()?;
        if self.is_whole() { Ok(person) } else { Err(model::Error::Denied) }
    }
}
