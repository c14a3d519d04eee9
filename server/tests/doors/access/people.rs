//! The rows of the table: who asks. A new role is one more line in [`PEOPLE`].

use crate::support::{PASSWORD, TestServer};
use hub::{Actor, NewAccessToken, NewAccount, Visit};
use model::{Membership, Role, TokenScope};

/// What somebody is to the repositories that are asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing, or by the account itself.
    Plain,
    Collaborator,
    /// In a team of [`ORGANIZATION`] that was given this role.
    Team(Role),
    /// An owner of [`ORGANIZATION`].
    OrganizationOwner,
    /// Came with an access token.
    Token(TokenScope),
    /// Owned them, until a site admin suspended the account.
    Suspended,
}

/// Somebody, and what they are to the repositories.
pub(crate) struct Person {
    pub(crate) called: &'static str,
    /// The user name; empty: nobody is signed in.
    pub(crate) account: &'static str,
    pub(crate) standing: Standing,
}

impl Person {
    const fn new(called: &'static str, account: &'static str, standing: Standing) -> Self {
        Self { called, account, standing }
    }

    /// Whose repositories they are asked about.
    pub(crate) fn namespace(&self) -> &'static str {
        match self.standing {
            Standing::Plain | Standing::Collaborator | Standing::Token(_) => "anna",
            Standing::Suspended => "susan",
            Standing::Team(_) | Standing::OrganizationOwner => ORGANIZATION,
        }
    }
}

/// The one organization, which `olga` made.
pub(crate) const ORGANIZATION: &str = "acme";
/// A member whose e-mail is not verified.
const UNVERIFIED: &str = "uma";

pub(crate) const PEOPLE: [Person; 15] = [
    Person::new("anonymous", "", Standing::Plain),
    Person::new("stranger", "ben", Standing::Plain),
    Person::new("collaborator", "carl", Standing::Collaborator),
    Person::new("team read", "rita", Standing::Team(Role::Read)),
    Person::new("team write", "will", Standing::Team(Role::Write)),
    Person::new("team admin", "ada", Standing::Team(Role::Admin)),
    Person::new("team admin, unverified", UNVERIFIED, Standing::Team(Role::Admin)),
    Person::new("organization owner", "olga", Standing::OrganizationOwner),
    Person::new("owner", "anna", Standing::Plain),
    Person::new("token public_read", "anna", Standing::Token(TokenScope::PublicRead)),
    Person::new("token read", "anna", Standing::Token(TokenScope::Read)),
    Person::new("token write", "anna", Standing::Token(TokenScope::Write)),
    Person::new("token admin", "anna", Standing::Token(TokenScope::Admin)),
    Person::new("suspended owner", "susan", Standing::Suspended),
    Person::new("site admin", "root", Standing::Plain),
];

/// A person with all that they prove themselves with.
pub(crate) struct Identified {
    pub(crate) person: &'static Person,
    pub(crate) actor: Actor,
    /// What `docker login` kept.
    pub(crate) refresh_token: String,
    /// A bearer for the JSON API.
    pub(crate) api_token: String,
    /// A session's cookie.
    pub(crate) session: String,
}

/// Everybody, with an account where they have one.
pub(crate) async fn identified(server: &TestServer) -> Vec<Identified> {
    organization(server).await;
    let mut people = Vec::new();
    for person in &PEOPLE {
        people.push(Identified::new(server, person).await);
    }
    people
}

/// Those who are nothing to `anna`'s repositories.
pub(crate) async fn unrelated(server: &TestServer) -> Vec<Identified> {
    organization(server).await;
    let mut people = Vec::new();
    for person in PEOPLE.iter().filter(|person| matches!(person.called, "anonymous" | "stranger")) {
        people.push(Identified::new(server, person).await);
    }
    people
}

/// Makes the organization with its teams, each named like its role.
async fn organization(server: &TestServer) {
    let olga = account(server, "olga").await;
    // Somebody whom site admins may suspend without anybody noticing.
    account(server, "ghost").await;
    let name = server.hub.create_organization(&olga, ORGANIZATION, "").await.unwrap();
    for role in [Role::Read, Role::Write, Role::Admin] {
        server.hub.create_team(&olga, &name, role.as_str(), "").await.unwrap();
    }
    for person in &PEOPLE {
        if let Standing::Team(role) = person.standing {
            take_in(server, person.account, Some(role)).await;
        }
    }
    let uma = account(server, UNVERIFIED).await;
    server.hub.change_email(&uma, PASSWORD, "uma@elsewhere.example").await.unwrap();
}

/// Makes somebody a member, in the team of that role.
pub(crate) async fn take_in(server: &TestServer, person: &str, team: Option<Role>) {
    let (olga, name) = (account(server, "olga").await, ORGANIZATION.parse().unwrap());
    let team = team.map(|role| role.as_str().parse().unwrap());
    let token = server.hub.invite_member(&olga, &name, Membership::Member, team.as_ref()).await.unwrap();
    server.hub.join(&account(server, person).await, &token).await.unwrap();
}

impl Identified {
    pub(crate) async fn new(server: &TestServer, person: &'static Person) -> Self {
        let mut one = Self {
            person,
            actor: Actor::anonymous(),
            refresh_token: String::new(),
            api_token: String::new(),
            session: String::new(),
        };
        if person.account.is_empty() {
            return one;
        }
        one.actor = account(server, person.account).await;
        let mut secret = PASSWORD.to_owned();
        if let Standing::Token(scope) = person.standing {
            secret = token(server, &one.actor, scope).await;
            one.actor = server.hub.check_password(person.account, &secret).await.unwrap();
        }
        one.refresh_token = server.hub.refresh_token(&one.actor, "test").await.unwrap().unwrap();
        let body = serde_json::json!({ "identifier": person.account, "secret": secret }).to_string();
        let answer = server.typed("POST", "/v2/auth/token", "", "application/json", body).await;
        one.api_token = answer.json()["access_token"].as_str().unwrap().to_owned();
        one.session = one.new_session(server).await;
        if person.standing == Standing::Suspended {
            let root = account(server, "root").await;
            server.hub.suspend_account(&root, &person.account.parse().unwrap()).await.unwrap();
        }
        one
    }

    /// One that may be ended; empty for nobody, and for tokens, which are for programs.
    pub(crate) async fn new_session(&self, server: &TestServer) -> String {
        if self.person.account.is_empty() || matches!(self.person.standing, Standing::Token(_)) {
            return String::new();
        }
        server.hub.open_session(&self.actor, &Visit::default()).await.unwrap()
    }
}

async fn token(server: &TestServer, actor: &Actor, scope: TokenScope) -> String {
    let new = NewAccessToken { label: "test".into(), scope, repositories: String::new(), expires_at: None };
    server.hub.make_access_token(actor, &new).await.unwrap().1
}

/// The person of that name; made if need be.
pub(crate) async fn account(server: &TestServer, name: &str) -> Actor {
    let username = name.parse().unwrap();
    if let Some(actor) = server.hub.person(&username).await.unwrap() {
        return actor;
    }
    let new = NewAccount {
        username: name.into(),
        email: format!("{name}@example.org"),
        password: PASSWORD.into(),
        invite: None,
    };
    server.hub.add_user(&new, false).await.unwrap();
    server.hub.person(&username).await.unwrap().unwrap()
}
