//! Passkeys (WebAuthn level 3): sign-in without a password; the device checks its owner itself (SPEC R1.3), so no
//! code is asked for after it.
//!
//! A question to a device is kept until its answer comes, and is good for one.

use crate::access_tokens::checked_label;
use crate::actor::{Actor, Person};
use crate::sessions::Visit;
use crate::store::passkeys::{self as rows, AskedRow, Ceremony, FoundRow, PasskeyRow};
use crate::{Hub, events, secrets};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::event::Event;
use model::view::{Passkey as Listed, PasskeysPage};
use model::{Error, Missing, Problem, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// Milliseconds in which a device must answer.
const ANSWER_TTL: i64 = 5 * 60_000;
const PASSKEYS_MOST: usize = 20;

/// A question to a device.
#[derive(Debug, Clone)]
pub struct PasskeyQuestion {
    /// What to bring along with the answer.
    pub pending: String,
    /// For the browser, JSON (WebAuthn level 3, section 5.1.8 and 5.1.9).
    pub options: String,
}

/// Who the hub is for devices; `None` where its address can have no passkeys: they are bound to a domain.
///
/// On the loopback that is `localhost`, whatever the port.
pub(crate) fn relying_party(url: &str) -> Option<Webauthn> {
    let url = Url::parse(url).ok()?;
    let is_loopback = url.host_str().is_some_and(|host| matches!(host, "127.0.0.1" | "[::1]" | "localhost"));
    let (domain, origin) = if is_loopback {
        ("localhost".to_owned(), Url::parse("http://localhost").ok()?)
    } else {
        (url.domain()?.to_owned(), url.clone())
    };
    let builder = WebauthnBuilder::new(&domain, &origin).ok()?.rp_name("Berth").allow_any_port(is_loopback);
    builder.build().ok()
}

impl Hub {
    /// One's own passkeys, the oldest first.
    ///
    /// # Errors
    /// `SignInNeeded`, `Denied` for a token.
    pub async fn passkeys(&self, actor: &Actor) -> Result<PasskeysPage, Error> {
        let person = actor.whole()?;
        let passkeys = rows::of_user(self.database(), &person.id).await?.into_iter().map(listed).collect();
        Ok(PasskeysPage { can_add: self.relying_party().is_some(), passkeys, options: None })
    }

    /// The same, with what the browser is to be given while the question of `pending` waits.
    ///
    /// # Errors
    /// Those of `passkeys`.
    pub async fn passkeys_with(&self, actor: &Actor, pending: &str) -> Result<PasskeysPage, Error> {
        let (mut page, id) = (self.passkeys(actor).await?, &actor.whole()?.id);
        page.options = rows::options(self.database(), &secrets::hash(pending), id, self.now()).await?;
        Ok(page)
    }

    /// Asks for a new passkey; what the answer must bring along.
    ///
    /// # Errors
    /// Those of `passkeys`; `Invalid` on `password` or `label`; `NotFound(Passkey)` where there can be none.
    pub async fn begin_passkey(&self, actor: &Actor, password: &str, label: &str) -> Result<String, Error> {
        let label = checked_label(label)?;
        self.own_row_proved(actor, password).await?;
        let (person, party) = (actor.whole()?, self.party()?);
        let have = rows::of_user(self.database(), &person.id).await?;
        if have.len() >= PASSKEYS_MOST {
            return Err(Error::field("label", Problem::TooMany { max: PASSKEYS_MOST }));
        }
        let (options, state) = new_question(party, person, &have)?;
        let pending = secrets::new_token()?;
        self.keep_question(&pending, Some(&person.id), &label, &options, &state).await?;
        Ok(pending)
    }

    /// Files the passkey that a device made.
    ///
    /// # Errors
    /// Those of `passkeys`; `PasskeyRefused`.
    pub async fn add_passkey(&self, actor: &Actor, pending: &str, answer: &str) -> Result<(), Error> {
        let (person, party) = (actor.whole()?, self.party()?);
        let mut change = self.change().await?;
        let asked = rows::take(&mut change, &secrets::hash(pending), self.now()).await?;
        let asked = asked.filter(|asked| asked.user_id.as_deref() == Some(&person.id));
        let AskedRow { label, state, .. } = asked.ok_or(Error::PasskeyRefused)?;
        let state: PasskeyRegistration = from_json(&state)?;
        let answer: RegisterPublicKeyCredential = answer_of(answer)?;
        let made = party.finish_passkey_registration(&answer, &state).map_err(refused)?;
        let (id, passkey) = (credential_id(made.cred_id().as_ref()), to_json(&made)?);
        if !rows::add(&mut change, &person.id, &id, &label, &passkey, self.now()).await? {
            return Err(Error::PasskeyRefused);
        }
        events::record(&mut change, self.now(), actor, None, &Event::PasskeyAdded { label }).await?;
        Ok(change.commit().await?)
    }

    /// Removes one of one's own passkeys.
    ///
    /// # Errors
    /// Those of `passkeys`; `NotFound(Passkey)`.
    pub async fn remove_passkey(&self, actor: &Actor, id: &str) -> Result<(), Error> {
        let person = actor.whole()?;
        let mut change = self.change().await?;
        let label = rows::remove(&mut change, &person.id, id).await?;
        let label = label.ok_or(Error::NotFound(Missing::Passkey))?;
        events::record(&mut change, self.now(), actor, None, &Event::PasskeyRemoved { label }).await?;
        Ok(change.commit().await?)
    }

    /// Asks for any passkey of this hub: the device knows whose it is.
    ///
    /// # Errors
    /// `NotFound(Passkey)` where there can be none.
    pub async fn ask_for_passkey(&self) -> Result<PasskeyQuestion, Error> {
        let (options, state) = self.party()?.start_discoverable_authentication().map_err(broken)?;
        let (pending, options) = (secrets::new_token()?, to_json(&options.public_key)?);
        self.keep_question(&pending, None, "", &options, &to_json(&state)?).await?;
        Ok(PasskeyQuestion { pending, options })
    }

    /// Signs in with a passkey; the answer is the cookie's value.
    ///
    /// # Errors
    /// `PasskeyRefused`, also for a suspended account.
    pub async fn sign_in_with_passkey(
        &self,
        pending: &str,
        answer: &str,
        visit: &Visit,
    ) -> Result<String, Error> {
        let answer: PublicKeyCredential = answer_of(answer)?;
        let mut change = self.change().await?;
        let asked = rows::take(&mut change, &secrets::hash(pending), self.now()).await?;
        let asked = asked.filter(|asked| asked.user_id.is_none()).ok_or(Error::PasskeyRefused)?;
        let (owner, credential) =
            self.party()?.identify_discoverable_authentication(&answer).map_err(refused)?;
        let found = rows::find(&mut change, &credential_id(credential)).await?;
        let found = found.filter(|found| found.user_id == owner.to_string()).ok_or(Error::PasskeyRefused)?;
        let passkey = self.proved(&answer, &asked, &found)?;
        rows::used(&mut change, &found.id, &passkey, self.now()).await?;
        change.commit().await?;
        let username = found.username.parse().map_err(|_| Error::Internal)?;
        let person = Person { id: found.user_id, username, is_admin: found.is_admin };
        self.start_session(&person, visit).await
    }

    /// What the passkey is from now on: its device counts uses.
    fn proved(
        &self,
        answer: &PublicKeyCredential,
        asked: &AskedRow,
        found: &FoundRow,
    ) -> Result<String, Error> {
        let state: DiscoverableAuthentication = from_json(&asked.state)?;
        let mut passkey: Passkey = from_json(&found.passkey)?;
        let party = self.party()?;
        let result = party.finish_discoverable_authentication_v2(answer, state, &passkey).map_err(refused)?;
        passkey.update_credential(&result);
        to_json(&passkey)
    }

    fn party(&self) -> Result<&Webauthn, Error> {
        self.relying_party().ok_or(Error::NotFound(Missing::Passkey))
    }

    async fn keep_question(
        &self,
        pending: &str,
        user_id: Option<&str>,
        label: &str,
        options: &str,
        state: &str,
    ) -> Result<(), Error> {
        let (token_hash, until) = (&secrets::hash(pending), self.now().plus(ANSWER_TTL));
        let mut change = self.change().await?;
        rows::ask(&mut change, &Ceremony { token_hash, user_id, label, options, state, until }).await?;
        Ok(change.commit_quietly().await?)
    }
}

/// Options and state of a question for a new passkey; a device that has one of `have` makes no second.
fn new_question(party: &Webauthn, person: &Person, have: &[PasskeyRow]) -> Result<(String, String), Error> {
    let known: Result<Vec<Passkey>, Error> = have.iter().map(|row| from_json(&row.passkey)).collect();
    let known = known?.iter().map(|passkey| passkey.cred_id().clone()).collect();
    let id = Uuid::parse_str(&person.id).map_err(|_| Error::Internal)?;
    let name = person.username.as_str();
    let (options, state) = party.start_passkey_registration(id, name, name, Some(known)).map_err(broken)?;
    let mut options = serde_json::to_value(&options.public_key).map_err(|_| Error::Internal)?;
    // The device must know whose passkey it is: nobody types a name at sign-in.
    let selection = &mut options["authenticatorSelection"];
    selection["residentKey"] = "required".into();
    selection["requireResidentKey"] = true.into();
    Ok((options.to_string(), to_json(&state)?))
}

fn listed(row: PasskeyRow) -> Listed {
    Listed {
        id: row.id,
        label: row.label,
        created_at: Timestamp(row.created_at),
        used_at: row.used_at.map(Timestamp),
    }
}

fn credential_id(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn answer_of<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Error::PasskeyRefused)
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(%error, "stored passkey");
        Error::Internal
    })
}

fn to_json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| {
        tracing::error!(%error, "passkey to store");
        Error::Internal
    })
}

fn refused(error: WebauthnError) -> Error {
    tracing::info!(%error, "passkey refused");
    Error::PasskeyRefused
}

fn broken(error: WebauthnError) -> Error {
    tracing::error!(%error, "question for a passkey");
    Error::Internal
}

#[cfg(test)]
mod tests {
    use super::relying_party;

    #[test]
    fn passkeys_belong_to_a_domain() {
        for url in
            ["https://hub.example", "https://hub.example:8443", "http://127.0.0.1:8080", "http://[::1]:1"]
        {
            assert!(relying_party(url).is_some(), "{url}");
        }
        for url in ["http://192.0.2.7:8080", "https://[2001:db8::1]"] {
            assert!(relying_party(url).is_none(), "{url}");
        }
    }
}
