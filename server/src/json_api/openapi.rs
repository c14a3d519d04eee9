//! The API's description, made from the handlers.

use super::{
    REPOSITORIES, REPOSITORY, TAG, TAGS, access_tokens, audit_logs, auth, collaborators, comments, groups,
    invites, moving, organization_tokens, organizations, people, repositories, search, stars, tags, webhooks,
};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue};
use axum::response::IntoResponse;
use std::sync::LazyLock;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Deprecated, OpenApi};
use utoipa::{Modify, OpenApi as _};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Berth", description = "Docker Hub's v2 API. Every path also takes a slash at its end."),
    paths(
        serve, auth::token, auth::login, auth::second_step, access_tokens::list, access_tokens::make, access_tokens::get,
        access_tokens::change, access_tokens::revoke, audit_logs::of_site, audit_logs::export_site, invites::revoke_by_id, people::me, people::user,
        people::registry_settings, collaborators::list, collaborators::add, collaborators::remove,
        collaborators::set_privacy, comments::list, comments::add, comments::get, comments::edit, comments::delete,
        comments::flag, comments::hide, comments::restore, comments::approve, moving::rename, moving::transfer, audit_logs::list, audit_logs::actions,
        audit_logs::export, audit_logs::of_repository, audit_logs::export_repository, organization_tokens::list,
        organization_tokens::make, organization_tokens::get, organization_tokens::revoke,
        organizations::own, organizations::create, organizations::get, organizations::members,
        organizations::export, organizations::set_member, organizations::remove_member, invites::list,
        invites::invite, invites::revoke, groups::list, groups::create, groups::get,
        groups::delete, groups::members, groups::add_member, groups::remove_member, groups::repositories,
        groups::give, groups::take,
        repositories::list, repositories::create_in, repositories::create, repositories::get,
        repositories::edit, repositories::delete, stars::starred, stars::star, stars::unstar,
        search::repositories, search::ping, search::docker,
        tags::list, tags::get, tags::delete, webhooks::list, webhooks::make, webhooks::get, webhooks::change,
        webhooks::delete, webhooks::add_hook, webhooks::rotate, webhooks::runs::list, webhooks::runs::get,
        webhooks::runs::test, webhooks::runs::resend, webhooks::runs::replay, webhooks::runs::skip,
        webhooks::runs::cancel, webhooks::runs::meta, webhooks::callback::report
    ),
    security(("token" = []), ("password" = []), ("session" = [])),
    modifiers(&Credentials, &OldPaths)
)]
struct Described;

/// The three ways to say who one is.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, description: &mut OpenApi) {
        let components = description.components.get_or_insert_default();
        for (name, scheme) in [("token", HttpAuthScheme::Bearer), ("password", HttpAuthScheme::Basic)] {
            components.add_security_scheme(name, SecurityScheme::Http(Http::new(scheme)));
        }
        let cookie = utoipa::openapi::security::ApiKeyValue::new("session");
        let cookie = utoipa::openapi::security::ApiKey::Cookie(cookie);
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    }
}

/// The paths that tools used before there were namespaces: the same calls.
struct OldPaths;

impl Modify for OldPaths {
    fn modify(&self, description: &mut OpenApi) {
        let paths = &mut description.paths.paths;
        for [path, old] in [REPOSITORIES, REPOSITORY, TAGS, TAG] {
            let Some(item) = paths.get(path) else { continue };
            let mut same = PathItem::default();
            same.get = item.get.clone().map(aged);
            same.patch = item.patch.clone().map(aged);
            same.delete = item.delete.clone().map(aged);
            paths.insert(old.to_owned(), same);
        }
    }
}

fn aged(mut operation: Operation) -> Operation {
    operation.operation_id = operation.operation_id.map(|id| format!("old_{id}"));
    operation.deprecated = Some(Deprecated::True);
    operation
}

/// The description as JSON.
#[must_use]
pub fn document() -> &'static str {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| Described::openapi().to_json().unwrap_or_default());
    &DOCUMENT
}

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", tag = "description", security(()), responses((status = 200)))]
pub(super) async fn serve() -> impl IntoResponse {
    const JSON: (HeaderName, HeaderValue) = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
    ([JSON], document())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn described() -> Value {
        serde_json::from_str(document()).unwrap()
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let document = described();
        let described: BTreeSet<String> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, item)| {
                item.as_object()
                    .unwrap()
                    .keys()
                    .map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect();
        let routed: BTreeSet<String> = crate::json_api::routes()
            .iter()
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        assert_eq!(described, routed);
    }

    #[test]
    fn it_names_the_version_and_each_operation_once() {
        let document = described();
        assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
        let mut ids = BTreeSet::new();
        for item in document["paths"].as_object().unwrap().values() {
            for operation in item.as_object().unwrap().values() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(ids.insert(id.to_owned()), "{id} twice");
                assert!(operation["responses"].as_object().is_some_and(|all| !all.is_empty()), "{id}");
            }
        }
    }

    /// The operations that one may ask for without saying who one is, or with a token.
    #[test]
    fn what_everybody_may_read_needs_no_token() {
        let document = described();
        let either = serde_json::json!([{}, { "token": [] }]);
        let operations = document["paths"].as_object().unwrap().values();
        let public: BTreeSet<&str> = operations
            .filter_map(|item| item.get("get"))
            .filter(|operation| operation["security"] == either)
            .map(|operation| operation["operationId"].as_str().unwrap())
            .collect();
        for id in [
            "list_repositories",
            "get_repository",
            "list_tags",
            "get_tag",
            "list_comments",
            "get_comment",
            "list_starred",
        ] {
            assert!(public.contains(id), "{id}: {public:?}");
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = described();
        let text = document.to_string();
        for part in text.split("\"$ref\":\"#").skip(1) {
            let pointer = part.split('"').next().unwrap();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    }
}
