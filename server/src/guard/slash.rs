//! One address for each page: without a slash at the end.

use axum::extract::Request;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub(super) async fn layer(request: Request, next: Next) -> Response {
    // `CONNECT host:port` asks for no page, and the router of the pages takes it for granted that there is one.
    if request.uri().path_and_query().is_none() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match shorter(request.uri().path()).filter(|_| is_read) {
        Some(path) => {
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            match HeaderValue::from_str(&format!("{path}{query}")) {
                Ok(location) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, location)]).into_response(),
                Err(_) => StatusCode::NOT_FOUND.into_response(),
            }
        }
        None => next.run(request).await,
    }
}

/// The path without slashes at its end. It never begins with two, which would be another host.
fn shorter(path: &str) -> Option<String> {
    if path == "/" || !path.ends_with('/') {
        return None;
    }
    Some(format!("/{}", path.trim_matches(['/', '\\'])))
}

#[cfg(test)]
mod tests {
    use super::shorter;

    #[test]
    fn a_redirect_stays_on_this_host() {
        assert_eq!(shorter("/r/anna/app/"), Some("/r/anna/app".into()));
        assert_eq!(shorter("//evil.example/"), Some("/evil.example".into()));
        assert_eq!(shorter("/\\evil.example/"), Some("/evil.example".into()));
        assert_eq!(shorter("//"), Some("/".into()));
        assert_eq!((shorter("/"), shorter("/r/anna")), (None, None));
    }
}
