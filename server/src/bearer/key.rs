//! The key that signs tokens: made on the first start, kept beside the data, readable by its owner only.

use crate::secret_file;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use std::path::Path;

/// A P-256 key pair with its RFC 7638 name.
pub struct SigningKey {
    signing: EncodingKey,
    verifying: DecodingKey,
    id: String,
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("not a P-256 key: {0}")]
    Bad(#[from] jsonwebtoken::errors::Error),
    #[error("no key can be made")]
    Make,
}

impl SigningKey {
    /// The key in `file`; a new one is written there if there is none.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn open(file: &Path) -> Result<Self, KeyError> {
        let pem = secret_file::kept(file, || new_pem().map(String::into_bytes))?;
        Self::from_pem(&pem)
    }

    fn from_pem(pem: &[u8]) -> Result<Self, KeyError> {
        let signing = EncodingKey::from_ec_pem(pem)?;
        let jwk = Jwk::from_encoding_key(&signing, Algorithm::ES256)?;
        let id = jwk.thumbprint(ThumbprintHash::SHA256)?;
        Ok(Self { signing, verifying: DecodingKey::from_jwk(&jwk)?, id })
    }

    pub(super) fn signing(&self) -> &EncodingKey {
        &self.signing
    }

    pub(super) fn verifying(&self) -> &DecodingKey {
        &self.verifying
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }
}

/// A new PKCS #8 key in PEM form.
fn new_pem() -> Result<String, KeyError> {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| KeyError::Make)?;
    let der = pair.to_pkcs8v1().map_err(|_| KeyError::Make)?;
    let text = BASE64_STANDARD.encode(der.as_ref());
    let mut pem = String::from("-----BEGIN PRIVATE KEY-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END PRIVATE KEY-----\n");
    Ok(pem)
}
