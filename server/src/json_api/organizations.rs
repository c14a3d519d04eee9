//! Organizations and their people.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, NamedAccount, NamedOrganization};
use super::paging::{Results, Wanted};
use super::shape::moment;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use hub::Hub;
use model::view::{NamespacePage, Page};
use model::{Error, Membership, Missing, Username};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An organization.
#[derive(Serialize, ToSchema)]
pub(super) struct Organization {
    orgname: String,
    full_name: String,
    /// RFC 3339.
    date_joined: String,
    r#type: &'static str,
}

/// An organization of one's own.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnOrganization {
    orgname: String,
}

/// An organization to be made.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewOrganization {
    orgname: String,
    #[serde(default)]
    full_name: String,
}

/// Somebody who belongs to an organization.
#[derive(Serialize, ToSchema)]
pub(super) struct OrganizationMember {
    username: String,
    #[schema(value_type = String, example = "member")]
    role: Membership,
}

/// What somebody is to be in an organization.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewRole {
    #[schema(value_type = String, example = "owner")]
    role: Membership,
}

/// The organizations that one belongs to, all on one page.
#[utoipa::path(
    get, path = "/v2/user/orgs", tag = "organizations", operation_id = "list_own_organizations",
    responses((status = 200, body = Results<OwnOrganization>), (status = 401, body = Refusal))
)]
pub(super) async fn own(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    wanted: Wanted,
) -> Result<Json<Results<OwnOrganization>>, Refusal> {
    let name = hub.account(&actor).await?.username;
    let page = Page::of_all(hub.profile(&actor, &name, 1).await?.organizations);
    Ok(Json(wanted.results(page, |name| OwnOrganization { orgname: name.to_string() })))
}

/// Make an organization that one owns.
#[utoipa::path(
    post, path = "/v2/orgs", tag = "organizations", operation_id = "create_organization",
    request_body = NewOrganization,
    responses(
        (status = 201, body = Organization), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal)
    )
)]
pub(super) async fn create(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Input(new): Input<NewOrganization>,
) -> Result<(StatusCode, Json<Organization>), Refusal> {
    let name = hub.create_organization(&actor, &new.orgname, &new.full_name).await?;
    Ok((StatusCode::CREATED, Json(shown(&hub, &actor, &name).await?)))
}

/// What everybody may know of an organization.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}", tag = "organizations", operation_id = "get_organization",
    security((), ("token" = [])), params(("namespace" = String, Path)),
    responses((status = 200, body = Organization), (status = 404, body = Refusal))
)]
pub(super) async fn get(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
) -> Result<Json<Organization>, Refusal> {
    Ok(Json(shown(&hub, &actor, &name).await?))
}

async fn shown(hub: &Hub, actor: &hub::Actor, name: &Username) -> Result<Organization, Error> {
    let NamespacePage::Organization(page) = hub.namespace(actor, name, 1).await? else {
        return Err(Error::NotFound(Missing::Account));
    };
    Ok(Organization {
        orgname: page.head.name.to_string(),
        full_name: page.head.full_name,
        date_joined: moment(page.created_at),
        r#type: "Organization",
    })
}

/// Who belongs to an organization, all on one page.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/members", tag = "organizations", operation_id = "list_members",
    params(("namespace" = String, Path)),
    responses(
        (status = 200, body = Results<OrganizationMember>), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn members(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    wanted: Wanted,
) -> Result<Json<Results<OrganizationMember>>, Refusal> {
    let page = Page::of_all(hub.members(&actor, &name).await?.members);
    let shape = |one: model::view::Member| OrganizationMember {
        username: one.username.to_string(),
        role: one.membership,
    };
    Ok(Json(wanted.results(page, shape)))
}

/// The same as comma-separated values.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/members/export", tag = "organizations", operation_id = "export_members",
    params(("namespace" = String, Path)),
    responses(
        (status = 200, description = "username,role", content_type = "text/csv"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn export(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
) -> Result<Response, Refusal> {
    let members = hub.members(&actor, &name).await?.members;
    // Neither a user name nor a role can have a comma, a quote or a formula in it.
    let lines = members.iter().map(|one| format!("{},{}\r\n", one.username, one.membership.as_str()));
    let text: String = std::iter::once("username,role\r\n".to_owned()).chain(lines).collect();
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], text).into_response())
}

/// Make a member an owner, or an owner a member.
#[utoipa::path(
    put, path = "/v2/orgs/{namespace}/members/{username}", tag = "organizations", operation_id = "set_member",
    request_body = NewRole, params(("namespace" = String, Path), ("username" = String, Path)),
    responses(
        (status = 200, body = OrganizationMember), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal), (status = 409, body = Refusal, description = "The last owner")
    )
)]
pub(super) async fn set_member(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedAccount(member): NamedAccount,
    Input(new): Input<NewRole>,
) -> Result<Json<OrganizationMember>, Refusal> {
    hub.set_membership(&actor, &name, &member, new.role).await?;
    Ok(Json(OrganizationMember { username: member.to_string(), role: new.role }))
}

/// Take somebody out, or oneself.
#[utoipa::path(
    delete, path = "/v2/orgs/{namespace}/members/{username}", tag = "organizations", operation_id = "remove_member",
    params(("namespace" = String, Path), ("username" = String, Path)),
    responses(
        (status = 204, description = "They are out"), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal), (status = 409, body = Refusal, description = "The last owner")
    )
)]
pub(super) async fn remove_member(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedAccount(member): NamedAccount,
) -> Result<StatusCode, Refusal> {
    hub.remove_member(&actor, &name, &member).await?;
    Ok(StatusCode::NO_CONTENT)
}
