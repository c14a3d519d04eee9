//! Renaming and transferring: the old name leads to the new one, and is nobody else's for a while.

use crate::stage::{Stage, body, digest};
use crate::stories;
use hub::{NewAccessToken, NewRepository, Settings};
use model::{Error, Missing, Problem, RepositoryName, Role, TokenScope, Username, Visibility};

stories! { the_old_name_leads_to_the_new_one a_name_that_was_left_is_guarded one_transfers_only_to_where_one_may_add
a_private_one_needs_a_slot_where_it_goes teams_stay_where_they_are_and_collaborators_come_along
a_token_for_one_repository_goes_along }

const DAY: i64 = 24 * 3_600_000;

fn name(text: &str) -> RepositoryName {
    text.parse().unwrap()
}

fn new(text: &str) -> NewRepository {
    NewRepository {
        name: name(text),
        description: String::new(),
        full_description: String::new(),
        visibility: Visibility::Public,
    }
}

async fn organization(stage: &Stage) -> Username {
    stage.hub.create_organization(&stage.anna, "acme", "").await.unwrap()
}

async fn the_old_name_leads_to_the_new_one(stage: Stage) {
    let old = stage.add("anna/app", Visibility::Private).await;
    let stored = stage.push(&old, "v1", "one").await;
    let now = stage.hub.rename_repository(&stage.anna, &old, "better").await.unwrap();
    assert_eq!(now.as_str(), "anna/better");
    let page = stage.hub.repository(&stage.anna, &old).await.unwrap();
    assert_eq!(page.head.name, now, "reading follows");
    let found = stage.hub.manifest(&stage.anna, &old, &"v1".parse().unwrap()).await.unwrap();
    assert_eq!(found.digest, stored.digest);
    let missing = Some(Error::NotFound(Missing::Repository));
    assert_eq!(stage.hub.repository(&stage.ben, &old).await.err(), missing, "the old name tells no more");
    let pushed = stage.hub.put_blob(&stage.anna, &old, &digest(b"x"), body(b"x")).await;
    assert_eq!(pushed.err(), Some(Error::Moved { from: old.clone(), to: now.clone() }));
    let pushed = stage.hub.put_blob(&stage.ben, &old, &digest(b"x"), body(b"x")).await;
    assert_eq!(pushed.err(), missing);
    let again = stage.hub.rename_repository(&stage.anna, &now, "third").await.unwrap();
    for former in [&old, &now] {
        assert_eq!(stage.hub.repository(&stage.anna, former).await.unwrap().head.name, again);
    }
    let back = stage.hub.rename_repository(&stage.anna, &again, "app").await.unwrap();
    assert_eq!(back, old, "its own former name is free for it");
}

async fn a_name_that_was_left_is_guarded(stage: Stage) {
    let old = stage.add("anna/app", Visibility::Public).await;
    stage.add("anna/other", Visibility::Public).await;
    let taken = Err(Error::field("new_name", Problem::Taken));
    assert_eq!(stage.hub.rename_repository(&stage.anna, &old, "other").await, taken);
    assert_eq!(stage.hub.rename_repository(&stage.anna, &old, "app").await, taken);
    let bad = stage.hub.rename_repository(&stage.anna, &old, "../up").await;
    assert!(matches!(bad, Err(Error::Invalid(_))), "{bad:?}");
    stage.hub.rename_repository(&stage.anna, &old, "better").await.unwrap();
    let squatted = stage.hub.add_repository(&stage.anna, &new("anna/app")).await;
    assert_eq!(squatted, Err(Error::field("name", Problem::Taken)));
    let renamed = stage.hub.rename_repository(&stage.anna, &name("anna/other"), "app").await;
    assert_eq!(renamed, taken);
    stage.wait(31 * DAY);
    stage.hub.add_repository(&stage.anna, &new("anna/app")).await.unwrap();
    let page = stage.hub.repository(&stage.anna, &old).await.unwrap();
    assert_eq!(page.head.name, old, "the new repository has the name now");
}

async fn one_transfers_only_to_where_one_may_add(stage: Stage) {
    let old = stage.add("anna/app", Visibility::Public).await;
    let hub = &stage.hub;
    let ben: Username = "ben".parse().unwrap();
    assert_eq!(hub.transfer_repository(&stage.anna, &old, &ben, None).await, Err(Error::Denied));
    assert_eq!(hub.transfer_repository(&stage.ben, &old, &ben, None).await, Err(Error::Denied));
    let acme = organization(&stage).await;
    let untyped = hub.transfer_repository(&stage.anna, &old, &acme, Some("app")).await;
    assert_eq!(untyped, Err(Error::field("confirm", Problem::NotTheName)));
    let now = hub.transfer_repository(&stage.anna, &old, &acme, Some("anna/app")).await.unwrap();
    assert_eq!(now.as_str(), "acme/app");
    assert_eq!(hub.repository(&stage.nobody, &old).await.unwrap().head.name, now);
    let squatted = hub.add_repository(&stage.anna, &new("anna/app")).await;
    assert_eq!(squatted, Err(Error::field("name", Problem::Taken)));
}

async fn a_private_one_needs_a_slot_where_it_goes(stage: Stage) {
    let old = stage.add("anna/app", Visibility::Private).await;
    let acme = organization(&stage).await;
    let tight = stage.restarted(Settings { plans: "none=0".parse().unwrap(), ..Settings::default() }).await;
    let refused = tight.transfer_repository(&stage.anna, &old, &acme, None).await;
    assert_eq!(refused, Err(Error::NoSlot { namespace: "acme".into(), slots: 0 }));
    assert_eq!(tight.repository(&stage.anna, &old).await.unwrap().head.name, old, "nothing changed");
    tight.rename_repository(&stage.anna, &old, "better").await.unwrap();
}

async fn teams_stay_where_they_are_and_collaborators_come_along(stage: Stage) {
    let (hub, acme) = (&stage.hub, organization(&stage).await);
    hub.add_repository(&stage.anna, &new("acme/app")).await.unwrap();
    let (old, team) = (name("acme/app"), "devs".parse().unwrap());
    hub.create_team(&stage.anna, &acme, "devs", "").await.unwrap();
    hub.give_to_team(&stage.anna, &old, &team, Role::Admin).await.unwrap();
    hub.add_collaborator(&stage.anna, &old, "ben").await.unwrap();
    let anna: Username = "anna".parse().unwrap();
    let now = hub.transfer_repository(&stage.anna, &old, &anna, None).await.unwrap();
    let collaborators = hub.collaborators(&stage.anna, &now).await.unwrap().collaborators;
    assert_eq!(collaborators.len(), 1);
    assert!(hub.team(&stage.anna, &acme, &team).await.unwrap().repositories.is_empty());
}

async fn a_token_for_one_repository_goes_along(stage: Stage) {
    let old = stage.add("anna/app", Visibility::Private).await;
    stage.add("anna/app2", Visibility::Private).await;
    let limits = NewAccessToken {
        label: "CI".into(),
        scope: TokenScope::Write,
        repositories: "anna/app2 anna/app".into(),
        expires_at: None,
    };
    let (_, secret) = stage.hub.make_access_token(&stage.anna, &limits).await.unwrap();
    let now = stage.hub.rename_repository(&stage.anna, &old, "better").await.unwrap();
    let row = &stage.hub.access_tokens(&stage.anna).await.unwrap()[0];
    assert_eq!(row.repositories, [name("anna/app2"), now.clone()]);
    let actor = stage.hub.check_password("anna", &secret).await.unwrap();
    stage.hub.put_blob(&actor, &now, &digest(b"x"), body(b"x")).await.unwrap();
    stage.hub.repository(&actor, &old).await.unwrap();
}
