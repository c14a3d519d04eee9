//! Secrets that must be read again (webhooks sign with them, authenticators share them): sealed with a key that is
//! not in the database, so that a stolen database opens nothing.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use model::Error;

/// What sealed text begins with, so that the way of sealing can change.
const MARK: &str = "v1:";

/// The key, for two uses that can not be mixed up.
pub struct Vault {
    sealing: RandomizedNonceKey,
    deriving: hmac::Key,
}

impl Vault {
    /// From 256 bits that nobody can guess, the same after every start.
    ///
    /// # Errors
    /// `Internal` where the library takes no such key.
    pub fn new(key: &[u8; 32]) -> Result<Self, Error> {
        let root = hmac::Key::new(hmac::HMAC_SHA256, key);
        let sealing = hmac::sign(&root, b"berth seal");
        let deriving = hmac::sign(&root, b"berth derive");
        Ok(Self {
            sealing: RandomizedNonceKey::new(&AES_256_GCM, sealing.as_ref()).map_err(|_| broken("key"))?,
            deriving: hmac::Key::new(hmac::HMAC_SHA256, deriving.as_ref()),
        })
    }

    /// Text for the database.
    pub(crate) fn seal(&self, text: &str) -> Result<String, Error> {
        let mut bytes = text.as_bytes().to_vec();
        let sealed = self.sealing.seal_in_place_append_tag(Aad::from(MARK), &mut bytes);
        let nonce = sealed.map_err(|_| broken("sealing"))?;
        let mut whole = nonce.as_ref().to_vec();
        whole.append(&mut bytes);
        Ok(format!("{MARK}{}", BASE64_STANDARD_NO_PAD.encode(whole)))
    }

    /// What was sealed.
    pub(crate) fn open(&self, sealed: &str) -> Result<String, Error> {
        let text = sealed.strip_prefix(MARK).ok_or_else(|| broken("mark"))?;
        let mut whole = BASE64_STANDARD_NO_PAD.decode(text).map_err(|_| broken("text"))?;
        if whole.len() < NONCE_LEN {
            return Err(broken("length"));
        }
        let mut bytes = whole.split_off(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(&whole).map_err(|_| broken("nonce"))?;
        let opened = self.sealing.open_in_place(nonce, Aad::from(MARK), &mut bytes);
        let opened = opened.map_err(|_| broken("another key sealed it"))?;
        String::from_utf8(opened.to_vec()).map_err(|_| broken("text"))
    }

    /// What was sealed, or is older than the sealing of its kind.
    pub(crate) fn open_or_plain(&self, kept: &str) -> Result<String, Error> {
        if kept.starts_with(MARK) { self.open(kept) } else { Ok(kept.to_owned()) }
    }

    /// 256 bits that only this hub can tell of `about`: a secret that needs no place in the database.
    pub(crate) fn derive(&self, about: &str) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(hmac::sign(&self.deriving, about.as_bytes()))
    }
}

fn broken(what: &str) -> Error {
    tracing::error!(what, "a sealed secret can not be handled");
    Error::Internal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_with_the_same_key_only() {
        let vault = Vault::new(&[7; 32]).unwrap();
        let sealed = vault.seal("whsec_x").unwrap();
        assert!(!sealed.contains("whsec"));
        assert_ne!(sealed, vault.seal("whsec_x").unwrap(), "another nonce");
        assert_eq!(vault.open(&sealed).unwrap(), "whsec_x");
        assert_eq!(vault.open_or_plain(&sealed).unwrap(), "whsec_x");
        assert_eq!(vault.open_or_plain("GEZDGNBV").unwrap(), "GEZDGNBV");
        assert!(Vault::new(&[8; 32]).unwrap().open(&sealed).is_err());
        for bad in ["", "v1:", "v1:AAAA", "whsec_x", &sealed[..sealed.len() - 2]] {
            assert!(vault.open(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_derived_depends_on_both() {
        let vault = Vault::new(&[7; 32]).unwrap();
        assert_eq!(vault.derive("a"), vault.derive("a"));
        assert_ne!(vault.derive("a"), vault.derive("b"));
        assert_ne!(vault.derive("a"), Vault::new(&[8; 32]).unwrap().derive("a"));
    }
}
