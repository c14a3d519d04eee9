//! Content digests (OCI image spec, "Digests").

use super::text_form;
use crate::error::Problem;
use std::str::FromStr;

/// The registered algorithms; others are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    Sha256,
    Sha512,
}

impl Algorithm {
    /// The word before the colon.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    const fn hex_length(self) -> usize {
        match self {
            Self::Sha256 => 64,
            Self::Sha512 => 128,
        }
    }
}

impl FromStr for Algorithm {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text {
            "sha256" => Ok(Self::Sha256),
            "sha512" => Ok(Self::Sha512),
            _ => Err(Problem::BadDigest),
        }
    }
}

/// `<algorithm>:<lower-case hex>`; safe as a file name since nothing else gets through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(String);

impl Digest {
    /// The digest whose hash has these lower-case hex digits.
    ///
    /// # Errors
    /// `hex` is not lower-case hex of the algorithm's length.
    pub fn new(algorithm: Algorithm, hex: &str) -> Result<Self, Problem> {
        format!("{}:{hex}", algorithm.as_str()).parse()
    }

    /// The whole digest, with the algorithm.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How the hash was computed.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        if self.0.starts_with("sha512:") { Algorithm::Sha512 } else { Algorithm::Sha256 }
    }

    /// The part after the colon.
    #[must_use]
    pub fn hex(&self) -> &str {
        self.0.get(7..).unwrap_or_default()
    }

    /// The first 12 hex digits, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.hex().get(..12).unwrap_or_default()
    }
}

impl FromStr for Digest {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let (algorithm, hex) = text.split_once(':').ok_or(Problem::BadDigest)?;
        let algorithm: Algorithm = algorithm.parse()?;
        let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if hex.len() == algorithm.hex_length() && hex.bytes().all(lower_hex) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Problem::BadDigest)
        }
    }
}

text_form!(Digest);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_full_lower_case_hex_of_known_algorithms_passes() {
        let good: Digest = format!("sha256:{}", "0a".repeat(32)).parse().unwrap();
        assert_eq!((good.algorithm(), good.short()), (Algorithm::Sha256, "0a0a0a0a0a0a"));
        let long: Digest = format!("sha512:{}", "0a".repeat(64)).parse().unwrap();
        assert_eq!(long.hex().len(), 128);
        for bad in [
            "sha256:../../x".to_owned(),
            format!("sha256:{}", "0A".repeat(32)),
            format!("sha256:{}", "0a".repeat(31)),
            format!("sha512:{}", "0a".repeat(32)),
            format!("md5:{}", "0a".repeat(16)),
            "0a".repeat(32),
        ] {
            assert!(bad.parse::<Digest>().is_err(), "{bad}");
        }
    }
}
