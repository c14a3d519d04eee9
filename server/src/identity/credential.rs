//! The `Authorization` header.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// What a client says to prove who it is.
pub(super) enum Credential<'a> {
    /// `Bearer`, or `JWT` as old Docker Hub clients say.
    Bearer(&'a str),
    Basic {
        name: String,
        password: String,
    },
    /// Anything else.
    Unknown,
}

impl<'a> Credential<'a> {
    /// `None` without the header.
    pub(super) fn of(headers: &'a HeaderMap) -> Option<Self> {
        let value = headers.get(AUTHORIZATION)?;
        let parsed = value.to_str().ok().and_then(|text| text.split_once(' ')).and_then(|(scheme, rest)| {
            if scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("jwt") {
                Some(Self::Bearer(rest.trim()))
            } else if scheme.eq_ignore_ascii_case("basic") {
                basic(rest.trim())
            } else {
                None
            }
        });
        Some(parsed.unwrap_or(Self::Unknown))
    }
}

fn basic<'a>(text: &str) -> Option<Credential<'a>> {
    let decoded = String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some(Credential::Basic { name: name.to_owned(), password: password.to_owned() })
}
