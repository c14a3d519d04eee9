//! Accounts: how one is made, and what its owner may change.

use crate::actor::Actor;
use crate::sessions::Visit;
use crate::store::accounts::{self, By, UserRow};
use crate::store::mailed_links::Purpose;
use crate::store::{self, Change, sessions};
use crate::{Hub, events, passwords, secrets};
use model::event::Event;
use model::view::{AccountPage, SessionRow, SignUp};
use model::{Error, FieldProblem, Missing, Problem, Timestamp, Username, Visibility};

/// What somebody types to get an account.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    pub username: String,
    pub email: String,
    pub password: String,
    /// The token of a one-time link.
    pub invite: Option<String>,
}

impl Hub {
    /// Whether nobody has an account yet.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn first_start(&self) -> Result<bool, Error> {
        Ok(!accounts::any(self.database()).await?)
    }

    /// Makes a one-time token for `<url>/signup?invite=<token>`; `is_admin`: for a site admin.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn invite(&self, is_admin: bool) -> Result<String, Error> {
        let token = secrets::new_token()?;
        let now = self.now();
        let until = now.plus(self.settings().invitation_ttl);
        let mut change = self.change().await?;
        accounts::add_invitation(&mut change, &secrets::hash(&token), is_admin, now, until).await?;
        change.commit().await?;
        Ok(token)
    }

    /// A link for the first account. The ones that earlier starts printed end.
    ///
    /// # Errors
    /// Only the database's.
    pub async fn first_invitation(&self) -> Result<String, Error> {
        let mut change = self.change().await?;
        accounts::end_invitations(&mut change).await?;
        change.commit().await?;
        self.invite(true).await
    }

    /// Makes an account and signs it in; the answer is the cookie's value.
    ///
    /// # Errors
    /// `Invalid` a field; `NotFound(Invitation)` for a used or expired link; `Denied` where sign-up is closed.
    pub async fn sign_up(&self, new: &NewAccount, visit: &Visit) -> Result<String, Error> {
        let invite = new.invite.as_deref().filter(|token| !token.is_empty());
        if invite.is_none() && self.settings().sign_up != SignUp::Open {
            return Err(Error::Denied);
        }
        if let Some(token) = invite {
            // Before the work of a password's hash; taken for good below.
            let known = accounts::has_invitation(self.database(), &secrets::hash(token), self.now()).await?;
            known.then_some(()).ok_or(Error::NotFound(Missing::Invitation))?;
        }
        let mut user = self.checked(new, false).await?;
        let mut change = self.change().await?;
        if let Some(token) = invite {
            let is_admin = accounts::take_invitation(&mut change, &secrets::hash(token), self.now()).await?;
            user.is_admin = is_admin.ok_or(Error::NotFound(Missing::Invitation))?;
            user.email_verified = true;
        }
        add_user(&mut change, &user, &Actor::anonymous().seen_from_text(&visit.address)).await?;
        if !user.email_verified {
            self.file_link(&mut change, &user, Purpose::Verification, &visit.language).await?;
        }
        change.commit().await?;
        self.ring_mail_bell();
        self.start_session(&user.person()?, visit).await
    }

    /// Makes an account from a shell; its e-mail counts as verified, and reserved names are the operator's.
    ///
    /// # Errors
    /// `Invalid` a field.
    pub async fn add_user(&self, new: &NewAccount, is_admin: bool) -> Result<Username, Error> {
        let user = UserRow { is_admin, email_verified: true, ..self.checked(new, true).await? };
        let mut change = self.change().await?;
        add_user(&mut change, &user, &Actor::anonymous()).await?;
        change.commit().await?;
        Ok(user.username()?)
    }

    /// The row for `new`, or everything that is wrong with it at once.
    async fn checked(&self, new: &NewAccount, may_reserve: bool) -> Result<UserRow, Error> {
        let username = new.username.trim().parse::<Username>();
        let problems: Vec<FieldProblem> = [
            ("username", username_problem(&username, may_reserve)),
            ("email", email_problem(new.email.trim())),
        ]
        .into_iter()
        .filter_map(|(field, problem)| Some(FieldProblem { field: field.into(), problem: problem? }))
        .chain(problems_of(passwords::check_strength("password", &new.password)))
        .collect();
        let (Ok(username), true) = (username, problems.is_empty()) else {
            return Err(Error::Invalid(problems));
        };
        Ok(UserRow {
            id: store::new_id(),
            username: username.to_string(),
            email: new.email.trim().to_owned(),
            email_verified: false,
            password_hash: self.passwords().hash(&new.password).await?,
            is_admin: false,
            is_suspended: false,
            has_second_factor: false,
            default_visibility: Visibility::Private.as_str().to_owned(),
            created_at: self.now().0,
        })
    }

    /// One's own account.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor.
    pub async fn account(&self, actor: &Actor) -> Result<AccountPage, Error> {
        let user = self.own_row(actor).await?;
        let rows = sessions::of_user(self.database(), &user.id, self.now()).await?;
        let current = actor.session_id();
        Ok(AccountPage {
            username: user.username()?,
            default_visibility: user.default_visibility()?,
            mailed_kinds: self.mailed_kinds(&user.id).await?,
            email: user.email,
            email_verified: user.email_verified,
            has_second_factor: user.has_second_factor,
            sessions: rows.into_iter().map(|row| session_view(row, current)).collect(),
        })
    }

    /// The same, after the password.
    ///
    /// # Errors
    /// `SignInNeeded`, `Denied` for a token; `Invalid` on `password`.
    pub(crate) async fn own_row_proved(&self, actor: &Actor, password: &str) -> Result<UserRow, Error> {
        actor.whole()?;
        let user = self.own_row(actor).await?;
        self.prove_password(&user, "password", password).await?;
        Ok(user)
    }

    pub(crate) async fn own_row(&self, actor: &Actor) -> Result<UserRow, Error> {
        let person = actor.signed_in()?;
        accounts::find(self.database(), By::Id(&person.id)).await?.ok_or(Error::SignInNeeded)
    }

    /// Replaces one's password; every other session and docker login ends.
    ///
    /// # Errors
    /// `Invalid` on `old` or `new`.
    pub async fn change_password(&self, actor: &Actor, old: &str, new: &str) -> Result<(), Error> {
        actor.whole()?;
        let user = self.own_row(actor).await?;
        self.prove_password(&user, "old", old).await?;
        passwords::check_strength("new", new)?;
        let hash = self.passwords().hash(new).await?;
        let mut change = self.change().await?;
        accounts::set_password(&mut change, &user.id, &hash).await?;
        sessions::end_others(&mut change, &user.id, actor.session_id().unwrap_or_default()).await?;
        let event = Event::PasswordChanged { username: user.username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Replaces one's e-mail; it is unverified until the new address proves itself.
    ///
    /// # Errors
    /// `Invalid` on `password` or `email`.
    pub async fn change_email(&self, actor: &Actor, password: &str, email: &str) -> Result<(), Error> {
        let user = self.own_row_proved(actor, password).await?;
        let email = email.trim();
        email_problem(email).map_or(Ok(()), |problem| Err(Error::field("email", problem)))?;
        let mut change = self.change().await?;
        accounts::set_email(&mut change, &user.id, email).await.map_err(|e| taken(e, "email"))?;
        let event = Event::EmailChanged { username: user.username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    async fn prove_password(&self, user: &UserRow, field: &'static str, password: &str) -> Result<(), Error> {
        if self.passwords().matches(password, Some(&user.password_hash)).await? {
            Ok(())
        } else {
            Err(Error::field(field, Problem::Wrong))
        }
    }

    /// Chooses what one's first push to a new name makes.
    ///
    /// # Errors
    /// `SignInNeeded` for a visitor.
    pub async fn set_default_visibility(&self, actor: &Actor, visibility: Visibility) -> Result<(), Error> {
        let person = actor.whole()?;
        let mut change = self.change().await?;
        accounts::set_default_visibility(&mut change, &person.id, visibility).await?;
        Ok(change.commit().await?)
    }
}

/// Adds the account with its namespace and its event.
async fn add_user(change: &mut Change, user: &UserRow, by: &Actor) -> Result<(), Error> {
    if !accounts::add(change, user).await.map_err(|e| taken(e, "email"))? {
        return Err(Error::field("username", Problem::Taken));
    }
    let event = Event::AccountCreated { username: user.username.clone() };
    Ok(events::record(change, Timestamp(user.created_at), by, None, &event).await?)
}

fn taken(error: store::StoreError, field: &'static str) -> Error {
    if error.is_duplicate() { Error::field(field, Problem::Taken) } else { error.into() }
}

fn username_problem(parsed: &Result<Username, Problem>, may_reserve: bool) -> Option<Problem> {
    match parsed {
        Err(problem) => Some(*problem),
        Ok(name) if name.is_reserved() && !may_reserve => Some(Problem::Reserved),
        Ok(_) => None,
    }
}

/// Only what no mail server would take is refused; a mail to it is the real test.
pub(crate) fn email_problem(email: &str) -> Option<Problem> {
    if email.is_empty() {
        return Some(Problem::Required);
    }
    let well_formed = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.split('.').all(|label| !label.is_empty()) && !domain.contains('@')
    });
    let printable = email.chars().all(|c| !c.is_whitespace() && !c.is_control());
    (!well_formed || !printable || email.len() > 254).then_some(Problem::BadEmail)
}

fn problems_of(checked: Result<(), Error>) -> Vec<FieldProblem> {
    match checked {
        Err(Error::Invalid(problems)) => problems,
        _ => Vec::new(),
    }
}

fn session_view(row: sessions::SessionRow, current: Option<&str>) -> SessionRow {
    SessionRow {
        is_current: current == Some(row.id.as_str()),
        id: row.id,
        user_agent: row.user_agent,
        address: row.address,
        created_at: Timestamp(row.created_at),
        seen_at: Timestamp(row.seen_at),
    }
}
