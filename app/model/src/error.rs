//! Everything a user may be told when something is refused.
//!
//! Pages translate these, the API and `/v2/` have their own tables. Nothing internal is in here.

use crate::comment::Obstacle;
use crate::name::{Digest, RepositoryName};
use serde::{Deserialize, Serialize};

/// A refusal, or `Internal` for what is our own fault (its cause is only in the log).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code", content = "detail")]
pub enum Error {
    /// Not there, or not for this actor to know of.
    #[error("{0} not found")]
    NotFound(Missing),
    /// Nobody is signed in, or the name and password do not match.
    #[error("sign in first")]
    SignInNeeded,
    /// Name and password do not match an account.
    #[error("wrong name or password")]
    WrongCredentials,
    /// The actor can see it and may not do this.
    #[error("you do not have the right to do this")]
    Denied,
    /// Every private slot of the namespace's plan is used.
    #[error(
        "all {slots} private slots of {namespace} are used: make a repository public or unlisted, or change the plan"
    )]
    NoSlot { namespace: String, slots: u32 },
    /// The storage of the namespace's plan is used up.
    #[error(
        "{namespace} may store {limit} bytes and has no room for this: delete images, or change the plan"
    )]
    NoRoom { namespace: String, limit: u64 },
    /// Two-factor sign-in is on: a password alone is not enough for a program.
    #[error("two-factor sign-in is on for this account: use an access token as the password")]
    TokenNeeded,
    /// What a device answered is no passkey of this hub, or came too late.
    #[error("the passkey was not accepted: try again")]
    PasskeyRefused,
    /// A site admin suspended the account.
    #[error("this account is suspended: ask the operator of this hub")]
    Suspended,
    /// Something stands in the way of a comment.
    #[error("you can not comment here: {0}")]
    MayNotComment(Obstacle),
    /// It has another name now, and only reading follows.
    #[error("{from} is called {to} now: use that name")]
    Moved { from: RepositoryName, to: RepositoryName },
    /// The input can not be taken as it is; one entry a field.
    #[error("{}", describe(.0))]
    Invalid(Vec<FieldProblem>),
    /// More bytes than the limit.
    #[error("too large: at most {limit} bytes are accepted")]
    TooLarge { limit: u64 },
    /// A manifest that breaks the specification.
    #[error("manifest invalid: {0}")]
    ManifestInvalid(String),
    /// A manifest names blobs or manifests that this repository does not have.
    #[error("the manifest names parts that this repository does not have")]
    PartsMissing(Vec<Digest>),
    /// The bytes do not have the digest that the client gave.
    #[error("the content does not match the digest")]
    DigestMismatch,
    /// A chunk does not start where the upload ends (RFC 9110 section 14.4); `received` bytes are there.
    #[error("the chunk does not start at byte {received}")]
    RangeWrong { received: u64 },
    /// The upload broke off or its body does not have the announced length.
    #[error("the upload broke off or has another length than announced")]
    SizeMismatch,
    /// An organization must not be left without an owner.
    #[error("an organization needs an owner: make somebody else one first")]
    LastOwner,
    /// Still needed by something else, which must go first.
    #[error("still in use: {0}")]
    InUse(String),
    /// Too many tries; wait this many seconds.
    #[error("too many requests: try again in {retry_after} seconds")]
    TooMany { retry_after: u64 },
    /// The disk is full.
    #[error("the storage is full")]
    StorageFull,
    /// For now nothing can be written (read-only folder, busy database): try again.
    #[error("temporarily unavailable: try again")]
    Busy,
    /// Our own fault.
    #[error("internal error")]
    Internal,
}

impl Error {
    /// One problem with one field.
    #[must_use]
    pub fn field(field: &'static str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.into(), problem }])
    }
}

/// What kind of thing is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    Repository,
    Manifest,
    Tag,
    Blob,
    Upload,
    Account,
    Session,
    Invitation,
    Collaborator,
    Member,
    Team,
    Token,
    Link,
    Passkey,
    Webhook,
    Callback,
    Comment,
    Notice,
    Page,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Repository => "repository",
            Self::Manifest => "manifest",
            Self::Tag => "tag",
            Self::Blob => "blob",
            Self::Upload => "upload",
            Self::Account => "account",
            Self::Session => "session",
            Self::Invitation => "invitation",
            Self::Collaborator => "collaborator",
            Self::Member => "member",
            Self::Team => "team",
            Self::Token => "access token",
            Self::Link => "link",
            Self::Passkey => "passkey",
            Self::Webhook => "webhook",
            Self::Callback => "callback",
            Self::Comment => "comment",
            Self::Notice => "notification",
            Self::Page => "page",
        })
    }
}

/// What is wrong with one field of a form or a JSON body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's name as the form or the API spells it.
    pub field: String,
    pub problem: Problem,
}

/// What is wrong with a value, and hence what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "problem")]
pub enum Problem {
    #[error("is required")]
    Required,
    #[error("must have at least {min} characters")]
    TooShort { min: usize },
    #[error("must have at most {max} characters")]
    TooLong { max: usize },
    #[error("may only have lower-case letters, digits and single separators (. _ __ -) between them")]
    BadName,
    #[error("must be <namespace>/<name>, two parts")]
    BadRepositoryName,
    #[error("must be 1 to 128 letters, digits, _ . or -, and not start with . or -")]
    BadTag,
    #[error("must be sha256:<64 hex digits> or sha512:<128 hex digits>")]
    BadDigest,
    #[error("must be an e-mail address")]
    BadEmail,
    #[error("must be an http or https address, without a user name")]
    BadUrl,
    #[error("leads to a network that this hub does not send to")]
    NotPublic,
    #[error("is turned off")]
    TurnedOff,
    #[error("is over")]
    Over,
    #[error("is a word that the hub needs for itself")]
    Reserved,
    #[error("is already taken")]
    Taken,
    #[error("has no room for more: at most {max}")]
    TooMany { max: usize },
    #[error("has more links than a new account may use: at most {max}")]
    TooManyLinks { max: u32 },
    #[error("may push here, so take that right away first")]
    Maintains,
    #[error("is not right")]
    Wrong,
    #[error("is too easy to guess")]
    TooCommon,
    #[error("does not match the name")]
    NotTheName,
    #[error("is nobody's name here")]
    Nobody,
    #[error("is no member of the organization")]
    NoMember,
    #[error("may do that already")]
    HasIt,
    #[error("is not one of the accepted values")]
    BadValue,
}

fn describe(problems: &[FieldProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(|p| format!("{} {}", p.field, p.problem)).collect();
    lines.join("; ")
}
