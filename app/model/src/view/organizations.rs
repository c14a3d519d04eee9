//! What pages show of organizations, their people and their teams.

use super::{AccessTokenRow, Page, RepositoryRow};
use crate::{Membership, RepositoryName, Role, TeamName, Timestamp, Username, Visibility};
use serde::{Deserialize, Serialize};

/// What all pages of one organization have on top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationHead {
    pub name: Username,
    /// What people call it; may be empty.
    pub full_name: String,
    /// The viewer's; a site admin's is `Owner`.
    pub membership: Option<Membership>,
}

/// An organization's public page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationPage {
    pub head: OrganizationHead,
    pub created_at: Timestamp,
    /// Those that the viewer may find.
    pub repositories: Page<RepositoryRow>,
}

/// Somebody who belongs to an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub username: Username,
    pub membership: Membership,
}

/// A link that was not used yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberInvitation {
    pub id: String,
    pub membership: Membership,
    pub team: Option<TeamName>,
    /// Where it was mailed to; empty: it is passed on by hand.
    pub email: String,
    pub created_by: String,
    pub expires_at: Timestamp,
}

/// The people of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersPage {
    pub head: OrganizationHead,
    /// By name.
    pub members: Vec<Member>,
    /// Empty for all but owners.
    pub invitations: Vec<MemberInvitation>,
    /// Whom an invitation may be for; empty for all but owners.
    pub teams: Vec<TeamName>,
}

/// What an invitation is for, before it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPage {
    pub organization: Username,
    pub membership: Membership,
    pub team: Option<TeamName>,
}

/// A team in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamRow {
    pub name: TeamName,
    pub description: String,
    pub member_count: u64,
    pub repository_count: u64,
}

/// The teams that the viewer may see: all for an owner, else their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsPage {
    pub head: OrganizationHead,
    pub teams: Vec<TeamRow>,
}

/// What a team may do in one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamRepository {
    pub name: RepositoryName,
    pub role: Role,
}

/// One team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamPage {
    pub head: OrganizationHead,
    pub name: TeamName,
    pub description: String,
    pub members: Vec<Username>,
    pub repositories: Vec<TeamRepository>,
    /// Whom an owner could add; empty for all others.
    pub others: Vec<Username>,
    /// What an owner could give; empty for all others.
    pub more_repositories: Vec<RepositoryName>,
}

/// The settings of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSettings {
    pub head: OrganizationHead,
    /// What the first push to a new name makes.
    pub default_visibility: Visibility,
}

/// The tokens of an organization's programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationTokensPage {
    pub head: OrganizationHead,
    /// The latest first.
    pub tokens: Vec<AccessTokenRow>,
}
