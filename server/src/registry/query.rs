//! The query strings of `/v2/`.

use super::call::NoCall;
use std::borrow::Cow;

/// A query string, decoded as it is asked for.
pub(super) struct Query<'a>(&'a str);

impl<'a> Query<'a> {
    pub(super) fn new(text: Option<&'a str>) -> Self {
        Self(text.unwrap_or_default())
    }

    /// The first value of `key`.
    pub(super) fn get(&self, key: &'a str) -> Option<Cow<'a, str>> {
        if self.0.is_empty() { None } else { self.all(key).next() }
    }

    /// Every value of `key`.
    pub(super) fn all(&self, key: &'a str) -> impl Iterator<Item = Cow<'a, str>> {
        form_urlencoded::parse(self.0.as_bytes()).filter(move |(k, _)| k == key).map(|(_, value)| value)
    }

    /// How many are asked for; more than there can be counts as all of them.
    ///
    /// # Errors
    /// It is no number.
    pub(super) fn n(&self) -> Result<Option<u32>, NoCall> {
        let Some(text) = self.get("n").filter(|text| !text.is_empty()) else { return Ok(None) };
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoCall::Count);
        }
        Ok(Some(text.parse().unwrap_or(u32::MAX)))
    }

    /// Behind what the list goes on; empty: it begins.
    pub(super) fn last(&self) -> String {
        self.get("last").map(Cow::into_owned).unwrap_or_default()
    }
}
