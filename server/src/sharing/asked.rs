//! A question about what is shared: who asks, of which repository, with which parameters.

use crate::shared::Shared;
use app::Locale;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use hub::Actor;
use model::{Error, Missing, RepositoryName, Username};
use std::collections::HashMap;
use std::convert::Infallible;

pub(super) struct Asked {
    pub(super) shared: Shared,
    pub(super) actor: Actor,
    pub(super) headers: HeaderMap,
    uri: Uri,
    path: HashMap<String, String>,
}

impl FromRequestParts<Shared> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Infallible> {
        // A path that names nothing that could be there is as good as one without a name.
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, shared).await;
        Ok(Self {
            shared: shared.clone(),
            actor: parts.extensions.get::<Actor>().cloned().unwrap_or_default(),
            headers: parts.headers.clone(),
            uri: parts.uri.clone(),
            path: path.map(|Path(path)| path).unwrap_or_default(),
        })
    }
}

impl Asked {
    fn word(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    pub(super) fn repository(&self) -> Result<RepositoryName, Error> {
        let name = format!("{}/{}", self.word("namespace"), self.word("name"));
        name.parse().map_err(|_| Error::NotFound(Missing::Repository))
    }

    pub(super) fn namespace(&self) -> Result<Username, Error> {
        self.word("user").parse().map_err(|_| Error::NotFound(Missing::Account))
    }

    /// The first value of a parameter, if it is not empty.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes());
        let value = pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()));
        value.filter(|value| !value.is_empty())
    }

    /// The language that the address asks for.
    pub(super) fn locale(&self) -> Locale {
        self.parameter("lang").and_then(|tag| Locale::from_tag(&tag)).unwrap_or_default()
    }

    /// The same address of a repository that is called otherwise by now.
    pub(super) fn at(&self, name: &RepositoryName) -> String {
        let rest = self.uri.path().splitn(5, '/').nth(4).unwrap_or_default();
        let query = self.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("/r/{name}/{rest}{query}")
    }
}
