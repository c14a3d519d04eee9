//! Two-factor sign-in: codes of an authenticator (TOTP, RFC 6238) and recovery codes (SPEC R1.3).
//!
//! A code is taken once. Wrong ones in a row make the next try wait, whoever asks: they know the password already.

use crate::actor::{Actor, Person};
use crate::sessions::Visit;
use crate::store::Change;
use crate::store::accounts::{self, By, UserRow};
use crate::store::second_factors::{self as rows, FactorRow};
use crate::store::sessions;
use crate::{Hub, events, secrets};
use model::event::Event;
use model::view::{Authenticator, TwoFactorPage};
use model::{Error, Problem, Timestamp};
use std::sync::Arc;
use totp_rs::{Builder, Secret, Totp};

/// Milliseconds in which the code must follow the password.
const CODE_TTL: i64 = 10 * 60_000;
const RECOVERY_CODES: usize = 10;
/// Wrong codes in a row that cost nothing.
const FREE_WRONG_CODES: i64 = 5;
const MINUTE: i64 = 60_000;

/// What a right password leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstStep {
    /// A session; the value of its cookie.
    Done(String),
    /// The code is still owed, within ten minutes; what to bring along with it.
    CodeNeeded(String),
}

impl Hub {
    /// Signs in with a name and a password.
    ///
    /// # Errors
    /// `WrongCredentials`, also for an access token, which is for programs; `Suspended`.
    pub async fn sign_in(&self, name: &str, password: &str, visit: &Visit) -> Result<FirstStep, Error> {
        let user = self.check_credentials(name, password).await?;
        if !user.has_second_factor {
            return Ok(FirstStep::Done(self.start_session(&user.person()?, visit).await?));
        }
        let token = secrets::new_token()?;
        let mut change = self.change().await?;
        rows::add_pending(&mut change, &secrets::hash(&token), &user.id, self.now().plus(CODE_TTL)).await?;
        change.commit().await?;
        Ok(FirstStep::CodeNeeded(token))
    }

    /// Brings the code that a sign-in still owes; the answer is the cookie's value.
    ///
    /// # Errors
    /// Those of `prove_code`.
    pub async fn finish_sign_in(&self, pending: &str, code: &str, visit: &Visit) -> Result<String, Error> {
        let actor = self.prove_code(pending, code).await?;
        self.open_session(&actor, visit).await
    }

    /// Brings the code that a sign-in still owes, and ends it.
    ///
    /// # Errors
    /// `WrongCredentials` when it is not under way (any more); `Invalid` on `code`; `TooMany`.
    pub async fn prove_code(&self, pending: &str, code: &str) -> Result<Actor, Error> {
        let hash = secrets::hash(pending);
        let user_id = rows::pending(self.database(), &hash, self.now()).await?;
        let user = match &user_id {
            Some(id) => accounts::find(self.database(), By::Id(id)).await?,
            None => None,
        };
        let user = user.filter(|user| !user.is_suspended).ok_or(Error::WrongCredentials)?;
        self.take_code(&user, code).await?;
        let mut change = self.change().await?;
        if !rows::take_pending(&mut change, &hash).await? {
            return Err(Error::WrongCredentials);
        }
        change.commit().await?;
        Ok(Actor::person(Arc::new(user.person()?)))
    }

    /// What the page of one's two-factor sign-in shows.
    ///
    /// # Errors
    /// `SignInNeeded`, `Denied` for a token.
    pub async fn two_factor(&self, actor: &Actor) -> Result<TwoFactorPage, Error> {
        let person = actor.whole()?;
        let found = rows::find(self.database(), &person.id).await?;
        let is_on = found.as_ref().is_some_and(|factor| factor.is_confirmed);
        let waiting = found.filter(|factor| !factor.is_confirmed);
        Ok(TwoFactorPage {
            is_on,
            recovery_codes: rows::codes(self.database(), &person.id).await?,
            authenticator: waiting.map(|factor| self.authenticator(person, &factor.secret)).transpose()?,
        })
    }

    fn authenticator(&self, person: &Person, sealed: &str) -> Result<Authenticator, Error> {
        let secret = self.vault().open_or_plain(sealed)?;
        let host = self.settings().host().replace(':', "%3A");
        let name = person.username.as_str();
        let url = format!("otpauth://totp/{host}:{name}?secret={secret}&issuer={host}");
        Ok(Authenticator { secret, url })
    }

    /// Makes a secret that an authenticator is to be given; nothing is asked for until a code proves it.
    ///
    /// # Errors
    /// Those of `two_factor`; `Invalid` on `password`.
    pub async fn begin_two_factor(&self, actor: &Actor, password: &str) -> Result<(), Error> {
        let user = self.own_row_proved(actor, password).await?;
        let mut bytes = [0_u8; 20];
        secrets::fill(&mut bytes)?;
        let sealed = self.vault().seal(&Secret::from(bytes).to_base32())?;
        let mut change = self.change().await?;
        rows::begin(&mut change, &user.id, &sealed).await?;
        Ok(change.commit().await?)
    }

    /// Turns it on with the authenticator's first code; the answer is the recovery codes. Docker logins that were
    /// made with the password end.
    ///
    /// # Errors
    /// Those of `two_factor`; `Invalid` on `code`; `TooMany`.
    pub async fn confirm_two_factor(&self, actor: &Actor, code: &str) -> Result<Vec<String>, Error> {
        let person = actor.whole()?;
        let mut change = self.change().await?;
        let factor = rows::hold(&mut change, &person.id).await?;
        let factor = factor.filter(|factor| !factor.is_confirmed).ok_or_else(wrong_code)?;
        let Some(step) = self.step_of(&factor, code)? else {
            return self.refuse_code(change, &person.id).await;
        };
        let codes = new_codes()?;
        if !rows::take_step(&mut change, &person.id, step).await? {
            return Err(wrong_code());
        }
        rows::set_codes(&mut change, &person.id, &hashes(&codes)).await?;
        sessions::end_password_logins(&mut change, &person.id).await?;
        let event = Event::TwoFactorOn { username: person.username.to_string() };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        change.commit().await?;
        Ok(codes)
    }

    /// Makes new recovery codes; the old ones end.
    ///
    /// # Errors
    /// As for `confirm_two_factor`.
    pub async fn renew_recovery_codes(&self, actor: &Actor, code: &str) -> Result<Vec<String>, Error> {
        let user = self.own_row(actor).await?;
        actor.whole()?;
        self.take_code(&user, code).await?;
        let codes = new_codes()?;
        let mut change = self.change().await?;
        rows::set_codes(&mut change, &user.id, &hashes(&codes)).await?;
        change.commit().await?;
        Ok(codes)
    }

    /// Turns it off.
    ///
    /// # Errors
    /// As for `confirm_two_factor`; `Invalid` on `password`.
    pub async fn stop_two_factor(&self, actor: &Actor, password: &str, code: &str) -> Result<(), Error> {
        let user = self.own_row_proved(actor, password).await?;
        self.take_code(&user, code).await?;
        let mut change = self.change().await?;
        rows::end(&mut change, &user.id).await?;
        let event = Event::TwoFactorOff { username: user.username };
        events::record(&mut change, self.now(), actor, None, &event).await?;
        Ok(change.commit().await?)
    }

    /// Uses a code up: of the authenticator, or a recovery code.
    async fn take_code(&self, user: &UserRow, code: &str) -> Result<(), Error> {
        let mut change = self.change().await?;
        let factor = rows::hold(&mut change, &user.id).await?;
        let factor = factor.filter(|factor| factor.is_confirmed).ok_or_else(wrong_code)?;
        let is_right = match self.step_of(&factor, code)? {
            Some(step) => rows::take_step(&mut change, &user.id, step).await?,
            None => {
                let taken = rows::take_code(&mut change, &user.id, &recovery_hash(code)).await?;
                if taken {
                    let actor = Actor::person(Arc::new(user.person()?));
                    let event = Event::RecoveryCodeUsed { username: user.username.clone() };
                    events::record(&mut change, self.now(), &actor, None, &event).await?;
                }
                taken
            }
        };
        if !is_right {
            return self.refuse_code(change, &user.id).await;
        }
        Ok(change.commit().await?)
    }

    async fn refuse_code<T>(&self, mut change: Change, user_id: &str) -> Result<T, Error> {
        rows::note_wrong(&mut change, user_id, self.now()).await?;
        change.commit().await?;
        Err(wrong_code())
    }

    /// The time step that `code` belongs to; `None`: it is no code of this time.
    fn step_of(&self, factor: &FactorRow, code: &str) -> Result<Option<i64>, Error> {
        let now = self.now();
        let wait = factor.wrong_at.saturating_add(pause(factor.wrong_codes)) - now.0;
        if factor.wrong_codes >= FREE_WRONG_CODES && wait > 0 {
            let retry_after = u64::try_from(wait).unwrap_or_default().div_ceil(1000);
            return Err(Error::TooMany { retry_after });
        }
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let step = totp(&self.vault().open_or_plain(&factor.secret)?)?.check(&code, seconds(now));
        Ok(step.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > factor.last_step))
    }
}

/// Milliseconds to wait after so many wrong codes: a minute, two, four, at most about an hour.
fn pause(wrong_codes: i64) -> i64 {
    let doublings = (wrong_codes - FREE_WRONG_CODES).clamp(0, 6);
    MINUTE << doublings
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.0 / 1000).unwrap_or_default()
}

/// What every authenticator does: SHA-1, six digits, thirty seconds; one step early or late is right too.
fn totp(secret: &str) -> Result<Totp, Error> {
    let secret = Secret::try_from_base32(secret).map_err(|_| Error::Internal)?;
    Builder::new().with_secret(secret).with_skew(1).build().map_err(|error| {
        tracing::error!(%error, "authenticator's secret");
        Error::Internal
    })
}

fn wrong_code() -> Error {
    Error::field("code", Problem::Wrong)
}

/// `abcde-fghij`, of an alphabet in which nothing looks like anything else: 50 bits each.
fn new_codes() -> Result<Vec<String>, Error> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let mut bytes = [0_u8; 10];
        secrets::fill(&mut bytes)?;
        let letters: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
        codes.push(format!("{}-{}", &letters[..5], &letters[5..]));
    }
    Ok(codes)
}

fn hashes(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| recovery_hash(code)).collect()
}

/// However somebody types it.
fn recovery_hash(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secrets::hash(&letters.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B: the last six digits for SHA-1.
        let totp = totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert_eq!(totp.check("287082", 59), Some(1));
        assert_eq!(totp.check("081804", 1_111_111_109), Some(37_037_036));
        assert_eq!(totp.check("287082", 59 + 30), Some(1));
        assert_eq!(totp.check("287082", 59 + 90), None);
    }

    #[test]
    fn waiting_doubles_up_to_about_an_hour() {
        assert_eq!([5, 6, 7, 11, 100].map(|wrong| pause(wrong) / MINUTE), [1, 2, 4, 64, 64]);
    }

    #[test]
    fn recovery_codes_may_be_typed_in_any_way() {
        let codes = new_codes().unwrap();
        assert_eq!(codes.len(), 10);
        assert_eq!(recovery_hash(&codes[0]), recovery_hash(&codes[0].replace('-', " ").to_uppercase()));
        assert_ne!(codes[0], codes[1]);
    }
}
