//! `/token`: what docker exchanges a password or a refresh token for (distribution spec, "Token
//! Authentication Specification" and "Oauth2 Token Authentication").
//!
//! A right that is not there is no error: the token holds what was asked for and may be had.

mod reply;
mod scope;

use super::error::refusal;
use super::headers::SECRET;
use super::serve::Registry;
use crate::bearer::{Access, Door, Holder, grant_action};
use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, Request, Response};
use http_body_util::{BodyExt, Limited};
use hub::Actor;
use model::{Error, Problem, RepositoryName};
use scope::Scope;
use std::collections::HashMap;

/// A form of `POST /token` is a few names and tokens.
const FORM_LIMIT: usize = 64 * 1024;

impl Registry {
    /// Answers a request for `/token`.
    pub async fn answer_token(&self, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let result = match parts.method {
            Method::GET | Method::HEAD => self.by_get(&parts).await,
            Method::POST => self.by_post(&parts, body).await,
            _ => return wrong_method(),
        };
        let mut response = result.unwrap_or_else(|error| refused(&error));
        response.headers_mut().insert(CACHE_CONTROL, SECRET);
        response
    }

    async fn by_get(&self, parts: &Parts) -> Result<Response<Body>, Error> {
        let actor = self.identity().at_token(&parts.headers, &parts.extensions).await?;
        let fields = Fields::read(parts.uri.query().unwrap_or_default().as_bytes());
        let access = self.grant(&actor, &fields.scopes).await?;
        let issued = self.bearers().issue(Door::Registry, Holder::of(&actor), &access, self.token_ttl())?;
        let refresh = match fields.get("offline_token") {
            Some("true") => self.refresh_token(&actor, &fields).await?,
            _ => None,
        };
        reply::by_get(&issued, refresh.as_deref())
    }

    async fn by_post(&self, parts: &Parts, body: Body) -> Result<Response<Body>, Error> {
        let body = Limited::new(body, FORM_LIMIT).collect().await.map_err(|_| Error::SizeMismatch)?;
        let fields = Fields::read(&body.to_bytes());
        let (actor, refresh) = match fields.get("grant_type") {
            Some("refresh_token") => {
                let text = fields.required("refresh_token")?;
                (self.hub().redeem_refresh_token(text).await?, Some(text.to_owned()))
            }
            Some("password") => self.by_password(parts, &fields).await?,
            _ => return Err(Error::field("grant_type", Problem::BadValue)),
        };
        let access = self.grant(&actor, &fields.scopes).await?;
        let issued = self.bearers().issue(Door::Registry, Holder::of(&actor), &access, self.token_ttl())?;
        reply::by_post(&issued, &access, refresh.as_deref())
    }

    async fn by_password(&self, parts: &Parts, fields: &Fields) -> Result<(Actor, Option<String>), Error> {
        let (name, password) = (fields.required("username")?, fields.required("password")?);
        let source = self.identity().source(&parts.headers, &parts.extensions);
        let actor = self.identity().by_password(name, password, source).await?;
        let refresh = match fields.get("access_type") {
            Some("offline") => self.refresh_token(&actor, fields).await?,
            _ => None,
        };
        Ok((actor, refresh))
    }

    async fn refresh_token(&self, actor: &Actor, fields: &Fields) -> Result<Option<String>, Error> {
        self.hub().refresh_token(actor, fields.get("client_id").unwrap_or_default()).await
    }

    /// What was asked for and may be had.
    async fn grant(&self, actor: &Actor, scopes: &[Scope]) -> Result<Vec<Access>, Error> {
        let mut access = Vec::new();
        for scope in scopes {
            let actions = match scope.kind.as_str() {
                "repository" => self.repository_actions(actor, scope).await?,
                "registry" if scope.name == "catalog" && scope.actions.iter().any(|action| action == "*") => {
                    vec!["*".to_owned()]
                }
                _ => Vec::new(),
            };
            if !actions.is_empty() {
                access.push(Access { kind: scope.kind.clone(), name: scope.name.clone(), actions });
            }
        }
        Ok(access)
    }

    async fn repository_actions(&self, actor: &Actor, scope: &Scope) -> Result<Vec<String>, Error> {
        let Ok(name) = scope.name.parse::<RepositoryName>() else { return Ok(Vec::new()) };
        let allowed = self.hub().allowed(actor, &name).await?;
        let asked = |word: &&str| scope.actions.iter().any(|asked| asked == word || asked == "*");
        let had = |word: &&str| grant_action(word).is_some_and(|action| allowed.contains(&action));
        Ok(["pull", "push", "delete"].into_iter().filter(asked).filter(had).map(str::to_owned).collect())
    }
}

/// The fields of a query string or a form.
struct Fields {
    single: HashMap<String, String>,
    scopes: Vec<Scope>,
}

impl Fields {
    fn read(text: &[u8]) -> Self {
        let mut fields = Self { single: HashMap::new(), scopes: Vec::new() };
        for (key, value) in form_urlencoded::parse(text) {
            if key == "scope" {
                fields.scopes.extend(value.split(' ').filter_map(Scope::parse));
            } else {
                fields.single.entry(key.into_owned()).or_insert_with(|| value.into_owned());
            }
        }
        fields.scopes.truncate(scope::MOST);
        fields
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.single.get(key).map(String::as_str)
    }

    fn required(&self, key: &'static str) -> Result<&str, Error> {
        self.get(key).ok_or_else(|| Error::field(key, Problem::Required))
    }
}

fn refused(error: &Error) -> Response<Body> {
    let mut response = refusal(error);
    if matches!(error, Error::WrongCredentials | Error::SignInNeeded) {
        let basic = HeaderValue::from_static("Basic realm=\"berth\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, basic);
    }
    response
}

fn wrong_method() -> Response<Body> {
    let mut response = super::headers::empty(axum::http::StatusCode::METHOD_NOT_ALLOWED);
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    response
}
