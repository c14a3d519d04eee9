//! Random tokens. Only their hash is ever stored, so a stolen database opens nothing.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::Error;
use sha2::{Digest, Sha256};

/// 256 bits nobody can guess, as URL-safe text.
pub(crate) fn new_token() -> Result<String, Error> {
    let mut bytes = [0u8; 32];
    fill(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// Bytes nobody can guess.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| {
        tracing::error!(%error, "no randomness");
        Error::Internal
    })
}

/// What is stored of a token. A plain hash is enough for 256 random bits.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}
