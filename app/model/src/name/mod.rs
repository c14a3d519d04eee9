//! Names that can only be built valid: parse once, trust everywhere.
//!
//! Each type reads from text (`FromStr`, serde) and refuses what its grammar does not allow.

mod digest;
mod repository;
mod tag;
mod team;
mod username;

pub use digest::{Algorithm, Digest};
pub use repository::RepositoryName;
pub use tag::{Reference, Tag};
pub use team::TeamName;
pub use username::Username;

/// Serde and `Display` through the text form, for a type with `as_str` and `FromStr`.
macro_rules! text_form {
    ($type:ty) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
use text_form;

/// One component of a name: `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*` (OCI distribution spec, "Pulling manifests").
fn is_component(text: &str) -> bool {
    let alphanumeric = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let bytes = text.as_bytes();
    let ends_well = bytes.first().is_some_and(alphanumeric) && bytes.last().is_some_and(alphanumeric);
    ends_well
        && bytes
            .split(alphanumeric)
            .filter(|separator| !separator.is_empty())
            .all(|separator| matches!(separator, b"." | b"_" | b"__") || separator.iter().all(|b| *b == b'-'))
}

#[cfg(test)]
mod tests {
    use super::is_component;

    #[test]
    fn components_follow_the_oci_grammar() {
        for good in ["a", "a0", "a.b", "a_b", "a__b", "a-b", "a---b", "0"] {
            assert!(is_component(good), "{good}");
        }
        for bad in [
            "", ".", "..", "a.", ".a", "a..b", "a___b", "a._b", "A", "a b", "ä", "a\0", "-a", "a-", "a/b",
            "a_-b",
        ] {
            assert!(!is_component(bad), "{bad}");
        }
    }
}
