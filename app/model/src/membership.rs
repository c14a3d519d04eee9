//! Who may do what in an organization: the rule, as one pure function. Repositories have theirs in `access`.

use crate::access::Verdict;
use serde::{Deserialize, Serialize};

/// How somebody belongs to an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Membership {
    /// Has in each repository what their teams give.
    Member,
    /// Administers everything, and owns every repository.
    Owner,
}

impl Membership {
    /// Every membership, the weakest first.
    pub const ALL: [Self; 2] = [Self::Member, Self::Owner];

    /// The word used in forms and the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Owner => "owner",
        }
    }
}

/// Something one may want to do with an organization. Its public page needs no right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganizationAction {
    /// See who belongs to it, and one's own teams.
    SeePeople,
    /// Change members, teams and settings; add repositories.
    Manage,
}

/// Whether somebody may do `action` in an organization.
#[must_use]
pub fn decide_organization(
    signed_in: bool,
    membership: Option<Membership>,
    action: OrganizationAction,
) -> Verdict {
    let needed = match action {
        OrganizationAction::SeePeople => Membership::Member,
        OrganizationAction::Manage => Membership::Owner,
    };
    match membership {
        Some(membership) if membership >= needed => Verdict::Allow,
        _ if signed_in => Verdict::Deny,
        _ => Verdict::SignIn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_see_people_and_owners_manage() {
        use OrganizationAction::{Manage, SeePeople};
        let verdicts = |membership| [SeePeople, Manage].map(|a| decide_organization(true, membership, a));
        assert_eq!(verdicts(Some(Membership::Owner)), [Verdict::Allow, Verdict::Allow]);
        assert_eq!(verdicts(Some(Membership::Member)), [Verdict::Allow, Verdict::Deny]);
        assert_eq!(verdicts(None), [Verdict::Deny, Verdict::Deny]);
        assert_eq!(decide_organization(false, None, SeePeople), Verdict::SignIn);
    }
}
