//! A digest that grows with its bytes.

use model::{Algorithm, Digest};
use sha2::{Digest as _, Sha256, Sha512};

/// The state of one hash.
#[derive(Clone)]
pub(crate) enum Hasher {
    Sha256(Sha256),
    Sha512(Sha512),
}

impl Hasher {
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
            Algorithm::Sha512 => Self::Sha512(Sha512::new()),
        }
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Sha256(_) => Algorithm::Sha256,
            Self::Sha512(_) => Algorithm::Sha512,
        }
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(state) => state.update(bytes),
            Self::Sha512(state) => state.update(bytes),
        }
    }

    /// Whether all bytes so far have the digest `expected`.
    pub(crate) fn matches(self, expected: &Digest) -> bool {
        self.algorithm() == expected.algorithm() && self.hex() == expected.hex()
    }

    fn hex(self) -> String {
        match self {
            Self::Sha256(state) => hex::encode(state.finalize()),
            Self::Sha512(state) => hex::encode(state.finalize()),
        }
    }

    /// The digest of `bytes`.
    pub(crate) fn digest(algorithm: Algorithm, bytes: &[u8]) -> Result<Digest, model::Problem> {
        let mut hasher = Self::new(algorithm);
        hasher.update(bytes);
        Digest::new(algorithm, &hasher.hex())
    }
}
