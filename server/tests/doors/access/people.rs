//! The rows of the table: who asks. A new role is one more line in [`PEOPLE`].

use crate::support::{PASSWORD, TestServer};
use hub::{Actor, NewAccount, Visit};
use model::Role;

/// Somebody, and what they are to `anna`'s repositories.
pub(crate) struct Person {
    pub(crate) called: &'static str,
    /// The user name; empty: nobody is signed in.
    pub(crate) account: &'static str,
    /// What they were given in each of her repositories.
    pub(crate) role: Option<Role>,
}

pub(crate) const PEOPLE: [Person; 5] = [
    Person { called: "anonymous", account: "", role: None },
    Person { called: "stranger", account: "ben", role: None },
    Person { called: "collaborator (write)", account: "carl", role: Some(Role::Write) },
    Person { called: "owner", account: "anna", role: None },
    Person { called: "site admin", account: "root", role: None },
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
    let mut people = Vec::new();
    for person in &PEOPLE {
        people.push(Identified::new(server, person).await);
    }
    people
}

/// Those who are nothing to `anna`'s repositories.
pub(crate) async fn unrelated(server: &TestServer) -> Vec<Identified> {
    let mut people = Vec::new();
    for person in PEOPLE.iter().filter(|person| matches!(person.called, "anonymous" | "stranger")) {
        people.push(Identified::new(server, person).await);
    }
    people
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
        one.refresh_token = server.hub.refresh_token(&one.actor, "test").await.unwrap();
        let body = serde_json::json!({ "identifier": person.account, "secret": PASSWORD }).to_string();
        let answer = server.typed("POST", "/v2/auth/token", "", "application/json", body).await;
        one.api_token = answer.json()["access_token"].as_str().unwrap().to_owned();
        one.session = one.new_session(server).await;
        one
    }

    /// One that may be ended; empty for nobody.
    pub(crate) async fn new_session(&self, server: &TestServer) -> String {
        if self.person.account.is_empty() {
            return String::new();
        }
        server.hub.open_session(&self.actor, &Visit::default()).await.unwrap()
    }
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
