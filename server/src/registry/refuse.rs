//! Refusals as the registry's clients must hear them.

use super::error::refusal;
use super::headers::value;
use super::serve::Registry;
use axum::body::Body;
use axum::http::Response;
use axum::http::header::WWW_AUTHENTICATE;
use model::Error;

impl Registry {
    /// 401 with what to ask a token for.
    pub(super) fn challenge(&self, reason: Option<&str>, error: &Error) -> Response<Body> {
        let mut text = format!(r#"Bearer realm="{}/token",service="{}""#, self.url(), self.service());
        if let Some(reason) = reason {
            text.push_str(&format!(r#",error="{reason}""#));
        }
        let mut response = refusal(error);
        response.headers_mut().insert(WWW_AUTHENTICATE, value(&text));
        response
    }
}
