//! Refusals as the registry's clients must hear them.
//!
//! A visitor hears "sign in" for what is missing and for what is private; a person who has no right hears
//! "missing" for both. A token that was asked for too little is told to ask again, if that would help.

use super::call::Call;
use super::error::refusal;
use super::headers::value;
use super::serve::Registry;
use crate::bearer::grant_action;
use crate::identity::Visitor;
use axum::body::Body;
use axum::http::Response;
use axum::http::header::WWW_AUTHENTICATE;
use hub::GrantAction;
use model::{Error, Missing};

impl Registry {
    /// The answer to `call` when the hub refused it with `error`.
    pub(super) async fn refuse(&self, visitor: &Visitor, call: &Call, error: Error) -> Response<Body> {
        let hidden = matches!(error, Error::NotFound(Missing::Repository));
        let challenged = match error {
            Error::SignInNeeded | Error::WrongCredentials => true,
            _ if hidden && !visitor.actor.is_signed_in() => true,
            Error::Denied => self.would_help(visitor, call).await,
            _ if hidden => self.would_help(visitor, call).await,
            _ => false,
        };
        if !challenged {
            return refusal(&error);
        }
        let reason = if visitor.whole.is_some() { Some("insufficient_scope") } else { None };
        self.challenge(Some(call), reason, &Error::SignInNeeded)
    }

    /// Whether the person could have a token that is good for `call`, and this one is not.
    async fn would_help(&self, visitor: &Visitor, call: &Call) -> bool {
        let (Some(whole), Some((name, scope))) = (&visitor.whole, call.scope()) else { return false };
        let needed: Vec<GrantAction> = scope.split(',').filter_map(grant_action).collect();
        let lacking = |action: &GrantAction| !visitor.actor.token_grants(name, *action);
        if !needed.iter().any(lacking) {
            return false;
        }
        let allowed = self.hub().allowed(whole, name).await.unwrap_or_default();
        needed.iter().all(|action| allowed.contains(action))
    }

    /// 401 with what to ask a token for.
    pub(super) fn challenge(
        &self,
        call: Option<&Call>,
        reason: Option<&str>,
        error: &Error,
    ) -> Response<Body> {
        let mut text = format!(r#"Bearer realm="{}/token",service="{}""#, self.url(), self.service());
        match call.map(|call| (call, call.scope())) {
            Some((_, Some((name, actions)))) => {
                text.push_str(&format!(r#",scope="repository:{name}:{actions}""#));
            }
            Some((Call::Catalog { .. }, None)) => text.push_str(r#",scope="registry:catalog:*""#),
            _ => {}
        }
        if let Some(reason) = reason {
            text.push_str(&format!(r#",error="{reason}""#));
        }
        let mut response = refusal(error);
        response.headers_mut().insert(WWW_AUTHENTICATE, value(&text));
        response
    }
}
