//! Who asks. An actor proves nothing: the server's `identity` makes one after it authenticated someone.

use model::view::{Means, Viewer};
use model::{Action, RepositoryName, Timestamp, TokenScope, Username, Visibility};
use std::net::IpAddr;
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
    pub(crate) label: String,
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
    /// An organization's own token came: it is no person, and has rights in that namespace only.
    organization: Option<Username>,
    /// `None`: not narrowed.
    grants: Option<Arc<[Grant]>>,
    /// `None`: came without an access token.
    limits: Option<Arc<TokenLimits>>,
    /// The session's public id, for "this browser" and for ending the others.
    session: Option<Arc<str>>,
    /// Where the request came from.
    address: Option<IpAddr>,
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
            Action::Star
            | Action::Comment
            | Action::Describe
            | Action::Collaborators
            | Action::Moderate
            | Action::Webhooks
            | Action::SetVisibility
            | Action::Rename
            | Action::Delete
            | Action::Transfer => None,
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

    /// A program of an organization, with one of its tokens.
    pub(crate) fn organization(name: Username, limits: Arc<TokenLimits>) -> Self {
        Self { organization: Some(name), limits: Some(limits), ..Self::default() }
    }

    pub(crate) fn limited(self, limits: Arc<TokenLimits>) -> Self {
        Self { limits: Some(limits), ..self }
    }

    pub(crate) fn in_session(self, session: &str) -> Self {
        Self { session: Some(session.into()), ..self }
    }

    /// The same actor, as seen from `address`.
    #[must_use]
    pub fn seen_from(self, address: IpAddr) -> Self {
        Self { address: Some(address), ..self }
    }

    /// The same for an address as text; nonsense is none.
    pub(crate) fn seen_from_text(self, address: &str) -> Self {
        Self { address: address.parse().ok(), ..self }
    }

    /// The same actor, only for what `grants` name. Rights are never added by it.
    #[must_use]
    pub fn narrowed(self, grants: Arc<[Grant]>) -> Self {
        Self { grants: Some(grants), ..self }
    }

    /// Whether a bearer lets this actor do `action` with what it calls `repository`; rights are another question.
    pub(crate) fn bearer_allows(&self, repository: &RepositoryName, action: Action) -> bool {
        self.grants.is_none()
            || GrantAction::for_action(action).is_some_and(|needed| self.token_grants(repository, needed))
    }

    /// The same for an access token.
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
        self.person.is_some() || self.organization.is_some()
    }

    /// Whether this is a program of that organization.
    pub(crate) fn is_of(&self, namespace: &str) -> bool {
        self.organization.as_ref().is_some_and(|name| name.as_str() == namespace)
    }

    /// Whether the access token is over.
    pub(crate) fn is_over(&self, now: Timestamp) -> bool {
        self.limits.as_ref().is_some_and(|limits| limits.is_over(now))
    }

    /// Whether a site admin is signed in.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.person.as_ref().is_some_and(|p| p.is_admin)
    }

    /// The name of who is signed in; an organization's for its programs.
    #[must_use]
    pub fn username(&self) -> Option<&Username> {
        self.person.as_ref().map(|p| &p.username).or(self.organization.as_ref())
    }

    /// What pages show of who is signed in.
    #[must_use]
    pub fn viewer(&self) -> Option<Viewer> {
        self.person.as_ref().map(|p| Viewer { username: p.username.clone(), is_admin: p.is_admin })
    }

    /// What the audit log says of how they came.
    pub(crate) fn means(&self) -> Means {
        match (&self.limits, &self.session, &self.person) {
            (Some(limits), _, _) => Means::Token(limits.label.clone()),
            (None, Some(_), _) => Means::Session,
            (None, None, Some(_)) => Means::Password,
            (None, None, None) => Means::None,
        }
    }

    pub(crate) fn address(&self) -> Option<IpAddr> {
        self.address
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

    /// Whose uploads are whose: a person's, or those of an organization's token.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor.
    pub(crate) fn uploader_id(&self) -> Result<&str, model::Error> {
        let id = self.user_id().or_else(|| self.access_token_id());
        id.ok_or(model::Error::SignInNeeded)
    }

    /// A site admin, with all their rights.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor, `Denied` for everybody else.
    pub(crate) fn site_admin(&self) -> Result<&Person, model::Error> {
        let person = self.whole()?;
        if person.is_admin { Ok(person) } else { Err(model::Error::Denied) }
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
