//! Private slots: exactly as many private repositories as the plan says, however many try at once.

use crate::stage::Stage;
use crate::stories;
use futures::future::join_all;
use hub::{Hub, NewRepository, RepositoryEdit, Settings};
use model::{Error, Problem, Reference, RepositoryName, Visibility};

stories! { of_fifty_at_once_one_gets_the_last_slot a_switch_to_private_needs_a_slot a_push_says_that_the_plan_is_full
a_full_storage_takes_no_blob_and_deleting_makes_room
owners_see_their_plan_and_the_operator_says_who_changes_it }

async fn one_slot(stage: &Stage) -> Hub {
    let plans = "free=1,team=3".parse().unwrap();
    stage.restarted(Settings { plans, ..Settings::default() }).await
}

fn new(name: &str, visibility: Visibility) -> NewRepository {
    let name = name.parse().unwrap();
    NewRepository { name, description: String::new(), full_description: String::new(), visibility }
}

fn shown_to(visibility: Visibility) -> RepositoryEdit {
    RepositoryEdit { visibility: Some(visibility), ..RepositoryEdit::default() }
}

fn full() -> Error {
    Error::NoSlot { namespace: "anna".into(), slots: 1 }
}

async fn of_fifty_at_once_one_gets_the_last_slot(stage: Stage) {
    let hub = one_slot(&stage).await;
    let tries = (0..50).map(|number| {
        let (hub, anna) = (hub.clone(), stage.anna.clone());
        let new = new(&format!("anna/app-{number}"), Visibility::Private);
        tokio::spawn(async move { hub.add_repository(&anna, &new).await })
    });
    let answers: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(answers.into_iter().filter_map(Result::err).all(|error| error == full()));
    assert_eq!(hub.plan(&stage.anna, &"anna".parse().unwrap()).await.unwrap().used, 1);
}

async fn a_switch_to_private_needs_a_slot(stage: Stage) {
    let hub = one_slot(&stage).await;
    for name in ["anna/one", "anna/two"] {
        hub.add_repository(&stage.anna, &new(name, Visibility::Public)).await.unwrap();
    }
    let [one, two]: [RepositoryName; 2] = ["anna/one", "anna/two"].map(|name| name.parse().unwrap());
    let switch = async |name, to| hub.edit_repository(&stage.anna, name, &shown_to(to)).await;
    switch(&one, Visibility::Private).await.unwrap();
    switch(&one, Visibility::Private).await.unwrap();
    assert_eq!(switch(&two, Visibility::Private).await, Err(full()));
    assert!(hub.repository(&stage.nobody, &two).await.is_ok(), "nothing changed");
    switch(&one, Visibility::Unlisted).await.unwrap();
    switch(&two, Visibility::Private).await.unwrap();
}

async fn a_full_storage_takes_no_blob_and_deleting_makes_room(mut stage: Stage) {
    let plans = "free=1/100".parse().unwrap();
    stage.hub = stage.restarted(Settings { plans, ..Settings::default() }).await;
    let app: RepositoryName = "anna/app".parse().unwrap();
    let first = stage.push(&app, "v1", "first").await;
    let plan = stage.hub.plan(&stage.anna, &"anna".parse().unwrap()).await.unwrap();
    assert!((1..=100).contains(&plan.stored), "{}", plan.stored);
    let large = [7; 90];
    let digest = crate::stage::digest(&large);
    let put = async || stage.hub.put_blob(&stage.anna, &app, &digest, crate::stage::body(&large)).await;
    let full = Err(Error::NoRoom { namespace: "anna".into(), limit: 100 });
    assert_eq!(put().await, full);
    assert_eq!(stage.hub.mount(&stage.anna, &app, &digest, None).await, Ok(false), "it is nobody's");
    let reference = Reference::Digest(first.digest);
    stage.hub.delete_manifest(&stage.anna, &app, &reference).await.unwrap();
    assert_eq!(put().await, full, "another push may still need what the image had");
    stage.wait(2 * 3_600_000);
    assert_eq!(put().await, Ok(()));
}

async fn a_push_says_that_the_plan_is_full(stage: Stage) {
    let hub = one_slot(&stage).await;
    let digest = crate::stage::digest(b"x");
    let push = async |name: &str| {
        hub.put_blob(&stage.anna, &name.parse().unwrap(), &digest, crate::stage::body(b"x")).await
    };
    push("anna/one").await.unwrap();
    assert_eq!(push("anna/two").await, Err(full()));
    let two = "anna/two".parse().unwrap();
    assert!(hub.repository(&stage.anna, &two).await.is_err(), "nothing was made");
    hub.set_default_visibility(&stage.anna, Visibility::Public).await.unwrap();
    push("anna/two").await.unwrap();
}

async fn owners_see_their_plan_and_the_operator_says_who_changes_it(stage: Stage) {
    let hub = one_slot(&stage).await;
    let anna = "anna".parse().unwrap();
    let page = hub.plan(&stage.anna, &anna).await.unwrap();
    assert_eq!((page.plan.name.as_str(), page.plans.len(), page.may_change), ("free", 2, false));
    assert_eq!(hub.plan(&stage.ben, &anna).await.err(), Some(Error::Denied));
    assert_eq!(hub.plan(&stage.nobody, &anna).await.err(), Some(Error::SignInNeeded));
    assert_eq!(hub.change_plan(&stage.anna, &anna, "team").await, Err(Error::Denied));
    let wrong = hub.change_plan(&stage.root, &anna, "gold").await;
    assert_eq!(wrong, Err(Error::field("plan", Problem::BadValue)));
    hub.change_plan(&stage.root, &anna, "team").await.unwrap();
    assert_eq!(hub.plan(&stage.anna, &anna).await.unwrap().plan.private_slots, Some(3));
    let free = Settings {
        plans: "free=1,team=3".parse().unwrap(),
        plan_choice_is_free: true,
        ..Settings::default()
    };
    stage.restarted(free).await.change_plan(&stage.anna, &anna, "free").await.unwrap();
}
