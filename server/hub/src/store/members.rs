//! SQL of an organization's people, and of the links that bring them in.

use super::organizations::username;
use super::repositories::count;
use super::{Change, Database, StoreError, access, read, statements, write};
use model::view::{Member, MemberInvitation};
use model::{Membership, TeamName, Timestamp, Username};

statements! {
    OF_ORGANIZATION = "
        SELECT u.username, m.role FROM namespace_members m JOIN users u ON u.id = m.user_id
        WHERE m.namespace = $1 ORDER BY u.username";
    ROLE = "
        SELECT m.role FROM namespace_members m JOIN users u ON u.id = m.user_id
        WHERE m.namespace = $1 AND u.username = $2";
    OWNERS = "SELECT COUNT(*) FROM namespace_members WHERE namespace = $1 AND role = 4";
    ADD = "
        INSERT INTO namespace_members (namespace, user_id, role) VALUES ($1, $2, $3)
        ON CONFLICT (namespace, user_id) DO NOTHING";
    SET = "
        UPDATE namespace_members SET role = $3
        WHERE namespace = $1 AND user_id = (SELECT id FROM users WHERE username = $2)";
    REMOVE = "
        DELETE FROM namespace_members
        WHERE namespace = $1 AND user_id = (SELECT id FROM users WHERE username = $2)";
    LEAVE_TEAMS = "
        DELETE FROM team_members WHERE user_id = (SELECT id FROM users WHERE username = $2)
            AND team_id IN (SELECT id FROM teams WHERE organization = $1)";
    INVITE = "
        INSERT INTO member_invitations (id, token_hash, organization, role, team_id, created_by, created_at,
            expires_at, email)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    INVITATIONS = "
        SELECT i.id, i.role, i.email, t.name AS team, i.created_by, i.expires_at
        FROM member_invitations i LEFT JOIN teams t ON t.id = i.team_id
        WHERE i.organization = $1 AND i.expires_at > $2 ORDER BY i.id DESC";
    INVITATION = "
        SELECT i.id, i.organization, i.role, i.team_id, t.name AS team
        FROM member_invitations i LEFT JOIN teams t ON t.id = i.team_id
        WHERE i.token_hash = $1 AND i.expires_at > $2";
    INVITATION_TOLD = "
        SELECT i.id, i.organization, i.role, i.team_id, t.name AS team
        FROM member_invitations i LEFT JOIN teams t ON t.id = i.team_id
        WHERE i.id = $1 AND i.expires_at > $2
            AND EXISTS (SELECT 1 FROM notifications n WHERE n.subject = i.id AND n.user_id = $3)";
    TAKE_INVITATION = "DELETE FROM member_invitations WHERE id = $1 AND expires_at > $2";
    REVOKE = "DELETE FROM member_invitations WHERE organization = $1 AND id = $2";
    ORGANIZATION_OF = "SELECT organization FROM member_invitations WHERE id = $1";
    /// From the log: an invitation that was ended was mailed all the same.
    MAILED_SINCE = "
        SELECT COUNT(*) FROM events
        WHERE namespace = $1 AND kind = 'org.member.invite' AND happened_at > $2 AND body LIKE '%@%'";
    END_EXPIRED = "DELETE FROM member_invitations WHERE expires_at <= $1";
}

/// The people of an organization, by name.
pub(crate) async fn of_organization(database: &Database, name: &Username) -> Result<Vec<Member>, StoreError> {
    let rows: Vec<(String, i64)> = read!(database, pool => sqlx::query_as(OF_ORGANIZATION)
        .bind(name.as_str()).fetch_all(pool).await)?;
    rows.iter()
        .map(|(name, rank)| {
            Ok(Member { username: username(name)?, membership: access::membership_of_rank(*rank)? })
        })
        .collect()
}

/// How somebody belongs to an organization, as this change sees it.
pub(crate) async fn membership(
    change: &mut Change,
    organization: &Username,
    member: &str,
) -> Result<Option<Membership>, StoreError> {
    let rank: Option<i64> = write!(change, c => sqlx::query_scalar(ROLE)
        .bind(organization.as_str()).bind(member).fetch_optional(c).await)?;
    rank.map(access::membership_of_rank).transpose()
}

/// How many owners there are, as this change sees it.
pub(crate) async fn owners(change: &mut Change, organization: &Username) -> Result<i64, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(OWNERS).bind(organization.as_str()).fetch_one(c).await)?)
}

/// Takes somebody in; `false`: they belong to it already.
pub(crate) async fn add(
    change: &mut Change,
    organization: &Username,
    user_id: &str,
    membership: Membership,
) -> Result<bool, StoreError> {
    let added = write!(change, c => sqlx::query(ADD)
        .bind(organization.as_str()).bind(user_id).bind(access::membership_rank(membership))
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(added > 0)
}

/// Makes a member an owner, or an owner a member.
pub(crate) async fn set(
    change: &mut Change,
    organization: &Username,
    member: &Username,
    membership: Membership,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(SET)
        .bind(organization.as_str()).bind(member.as_str()).bind(access::membership_rank(membership))
        .execute(c).await.map(drop))?)
}

/// Takes somebody out of the organization and all its teams.
pub(crate) async fn remove(
    change: &mut Change,
    organization: &Username,
    member: &Username,
) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(LEAVE_TEAMS)
        .bind(organization.as_str()).bind(member.as_str()).execute(c).await.map(drop))?;
    Ok(write!(change, c => sqlx::query(REMOVE)
        .bind(organization.as_str()).bind(member.as_str()).execute(c).await.map(drop))?)
}

/// What a link is good for.
pub(crate) struct NewInvitation<'a> {
    pub(crate) token_hash: &'a str,
    pub(crate) organization: &'a Username,
    pub(crate) membership: Membership,
    pub(crate) team_id: Option<&'a str>,
    /// Where it is mailed to; empty: nowhere.
    pub(crate) email: &'a str,
    pub(crate) created_by: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) until: Timestamp,
}

/// Files a link; the invitation's id.
pub(crate) async fn invite(change: &mut Change, new: &NewInvitation<'_>) -> Result<String, StoreError> {
    let id = super::new_id();
    write!(change, c => sqlx::query(INVITE)
        .bind(&id).bind(new.token_hash).bind(new.organization.as_str())
        .bind(access::membership_rank(new.membership)).bind(new.team_id).bind(new.created_by)
        .bind(new.at.0).bind(new.until.0).bind(new.email).execute(c).await.map(drop))?;
    Ok(id)
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: String,
    role: i64,
    email: String,
    team: Option<String>,
    created_by: String,
    expires_at: i64,
}

/// The links that can still be used, the latest first.
pub(crate) async fn invitations(
    database: &Database,
    organization: &Username,
    now: Timestamp,
) -> Result<Vec<MemberInvitation>, StoreError> {
    let rows: Vec<InvitationRow> = read!(database, pool => sqlx::query_as(INVITATIONS)
        .bind(organization.as_str()).bind(now.0).fetch_all(pool).await)?;
    rows.into_iter()
        .map(|row| {
            Ok(MemberInvitation {
                id: row.id,
                membership: access::membership_of_rank(row.role)?,
                team: row.team.map(|name| team_name(&name)).transpose()?,
                email: row.email,
                created_by: row.created_by,
                expires_at: Timestamp(row.expires_at),
            })
        })
        .collect()
}

/// A link that can still be used.
#[derive(sqlx::FromRow)]
pub(crate) struct FoundInvitation {
    pub(crate) id: String,
    organization: String,
    role: i64,
    pub(crate) team_id: Option<String>,
    team: Option<String>,
}

impl FoundInvitation {
    pub(crate) fn organization(&self) -> Result<Username, StoreError> {
        username(&self.organization)
    }

    pub(crate) fn membership(&self) -> Result<Membership, StoreError> {
        access::membership_of_rank(self.role)
    }

    pub(crate) fn team(&self) -> Result<Option<TeamName>, StoreError> {
        self.team.as_deref().map(team_name).transpose()
    }
}

/// The link with this token.
pub(crate) async fn invitation(
    database: &Database,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<FoundInvitation>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(INVITATION)
        .bind(token_hash).bind(now.0).fetch_optional(pool).await)?)
}

/// The one with this id, if the person was told of it.
pub(crate) async fn invitation_told(
    database: &Database,
    id: &str,
    user_id: &str,
    now: Timestamp,
) -> Result<Option<FoundInvitation>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(INVITATION_TOLD)
        .bind(id).bind(now.0).bind(user_id).fetch_optional(pool).await)?)
}

/// Uses a link up; `false`: somebody was faster.
pub(crate) async fn take_invitation(
    change: &mut Change,
    id: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let taken = write!(change, c => sqlx::query(TAKE_INVITATION)
        .bind(id).bind(now.0).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(taken > 0)
}

/// Ends a link; `false`: there is no such link.
pub(crate) async fn revoke(
    change: &mut Change,
    organization: &Username,
    id: &str,
) -> Result<bool, StoreError> {
    let ended = write!(change, c => sqlx::query(REVOKE)
        .bind(organization.as_str()).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(ended > 0)
}

/// Forgets links that can not be used any more.
pub(crate) async fn end_expired(change: &mut Change, now: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_EXPIRED).bind(now.0).execute(c).await.map(drop))?)
}

fn team_name(text: &str) -> Result<TeamName, StoreError> {
    text.parse().map_err(|_| StoreError::corrupt("team name"))
}

/// The organization that an invitation leads into.
pub(crate) async fn organization_of_invitation(
    database: &Database,
    id: &str,
) -> Result<Option<Username>, StoreError> {
    let name: Option<String> =
        read!(database, pool => sqlx::query_scalar(ORGANIZATION_OF).bind(id).fetch_optional(pool).await)?;
    name.as_deref().map(username).transpose()
}

/// How many invitations an organization mailed after `since`.
pub(crate) async fn mailed_since(
    change: &mut Change,
    organization: &Username,
    since: Timestamp,
) -> Result<u64, StoreError> {
    let mailed: i64 = write!(change, c => sqlx::query_scalar(MAILED_SINCE)
        .bind(organization.as_str()).bind(since.0).fetch_one(c).await)?;
    Ok(count(mailed))
}
