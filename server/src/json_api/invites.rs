//! Invitations into organizations: mailed, listed, ended.

use super::asking::Asking;
use super::error::Refusal;
use super::input::{Input, NamedId, NamedOrganization};
use super::paging::{Results, Wanted};
use super::shape::moment;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hub::Hub;
use model::view::{MemberInvitation, Page};
use model::{Error, Membership, TeamName, Username};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The language of mails that a program asks for.
const LANGUAGE: &str = "en";

/// An invitation that was not used yet.
#[derive(Serialize, ToSchema)]
pub(super) struct Invite {
    id: String,
    #[schema(value_type = String)]
    role: Membership,
    team: Option<String>,
    /// Where it was mailed to; empty: it is passed on by hand.
    email: String,
    inviter_username: String,
    /// RFC 3339.
    expires_at: String,
}

/// People to be invited.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewInvites {
    org: String,
    team: Option<String>,
    #[schema(value_type = String)]
    role: Membership,
    /// E-mail addresses, at most 100.
    invitees: Vec<String>,
}

/// An invitation that was mailed.
#[derive(Serialize, ToSchema)]
pub(super) struct Invited {
    invitee: String,
    status: &'static str,
}

const MOST_INVITEES: usize = 100;

/// Invitations that were not used yet, all on one page; for owners.
#[utoipa::path(
    get, path = "/v2/orgs/{namespace}/invites", tag = "organizations", operation_id = "list_invites",
    params(("namespace" = String, Path)),
    responses(
        (status = 200, body = Results<Invite>), (status = 401, body = Refusal), (status = 403, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn list(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    wanted: Wanted,
) -> Result<Json<Results<Invite>>, Refusal> {
    let page = Page::of_all(hub.members(&actor, &name).await?.invitations);
    let shape = |one: MemberInvitation| Invite {
        id: one.id,
        role: one.membership,
        team: one.team.map(|team| team.to_string()),
        email: one.email,
        inviter_username: one.created_by,
        expires_at: moment(one.expires_at),
    };
    Ok(Json(wanted.results(page, shape)))
}

/// Mail invitations.
#[utoipa::path(
    post, path = "/v2/invites/bulk", tag = "organizations", operation_id = "invite_members", request_body = NewInvites,
    responses(
        (status = 202, body = Vec<Invited>), (status = 400, body = Refusal), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn invite(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    Input(new): Input<NewInvites>,
) -> Result<(StatusCode, Json<Vec<Invited>>), Refusal> {
    if new.invitees.is_empty() || new.invitees.len() > MOST_INVITEES {
        return Err(Refusal::field("invitees", "must have 1 to 100 e-mail addresses"));
    }
    let organization: Username = new.org.parse().map_err(|problem| Error::field("org", problem))?;
    let team = new.team.as_deref().filter(|team| !team.is_empty()).map(str::parse::<TeamName>).transpose();
    let team = team.map_err(|problem| Error::field("team", problem))?;
    let mut invited = Vec::new();
    for email in new.invitees {
        let mail = (email.as_str(), LANGUAGE);
        hub.invite_by_mail(&actor, &organization, new.role, team.as_ref(), mail).await?;
        invited.push(Invited { invitee: email, status: "invited" });
    }
    Ok((StatusCode::ACCEPTED, Json(invited)))
}

/// End an invitation.
#[utoipa::path(
    delete, path = "/v2/orgs/{namespace}/invites/{uuid}", tag = "organizations", operation_id = "revoke_invite",
    params(("namespace" = String, Path), ("uuid" = String, Path)),
    responses(
        (status = 204, description = "It opens nothing any more"), (status = 401, body = Refusal),
        (status = 403, body = Refusal), (status = 404, body = Refusal)
    )
)]
pub(super) async fn revoke(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedOrganization(name): NamedOrganization,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    hub.revoke_invitation(&actor, &name, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// End an invitation, whichever organization it is of.
#[utoipa::path(
    delete, path = "/v2/invites/{uuid}", tag = "organizations", operation_id = "revoke_invite_by_id",
    params(("uuid" = String, Path)),
    responses(
        (status = 204, description = "It opens nothing any more"), (status = 401, body = Refusal),
        (status = 404, body = Refusal)
    )
)]
pub(super) async fn revoke_by_id(
    State(hub): State<Hub>,
    Asking(actor): Asking,
    NamedId(id): NamedId,
) -> Result<StatusCode, Refusal> {
    hub.revoke_invitation_by_id(&actor, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
