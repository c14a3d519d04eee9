//! Collaborators push and pull, and nothing else.

use crate::stage::{Stage, body, digest};
use crate::stories;
use hub::RepositoryEdit;
use model::{Error, Missing, Problem, Visibility};

stories! { a_collaborator_pulls_and_pushes_and_nothing_else only_people_who_may_not_push_are_added everybody_may_leave }

async fn a_collaborator_pulls_and_pushes_and_nothing_else(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let (hub, ben, layer) = (&stage.hub, &stage.ben, digest(b"layer"));
    assert_eq!(
        hub.put_blob(ben, &name, &layer, body(b"layer")).await,
        Err(Error::NotFound(Missing::Repository))
    );
    hub.add_collaborator(&stage.anna, &name, " Ben ").await.unwrap();
    hub.put_blob(ben, &name, &layer, body(b"layer")).await.unwrap();
    assert!(hub.repository(ben, &name).await.is_ok());
    assert_eq!(hub.home(ben).await.unwrap().own.len(), 1, "it is on the dashboard");
    let public = RepositoryEdit { visibility: Some(Visibility::Public), ..RepositoryEdit::default() };
    assert_eq!(hub.edit_repository(ben, &name, &public).await, Err(Error::Denied));
    assert_eq!(hub.collaborators(ben, &name).await.err(), Some(Error::Denied));
    assert_eq!(hub.add_collaborator(ben, &name, "root").await, Err(Error::Denied));
    assert_eq!(hub.repository_settings(ben, &name).await.err(), Some(Error::Denied));
    assert_eq!(hub.delete_repository(ben, &name, None).await, Err(Error::Denied));
    let page = hub.collaborators(&stage.anna, &name).await.unwrap();
    assert_eq!(page.collaborators.iter().map(|one| one.username.as_str()).collect::<Vec<_>>(), ["ben"]);
    hub.remove_collaborator(&stage.anna, &name, &"ben".parse().unwrap()).await.unwrap();
    assert_eq!(hub.repository(ben, &name).await.err(), Some(Error::NotFound(Missing::Repository)), "at once");
}

async fn only_people_who_may_not_push_are_added(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let add = async |username| stage.hub.add_collaborator(&stage.anna, &name, username).await;
    let refused = |problem| Err(Error::field("username", problem));
    assert_eq!(add("nobody").await, refused(Problem::Nobody));
    assert_eq!(add("").await, refused(Problem::Nobody));
    assert_eq!(add("anna").await, refused(Problem::HasIt));
    add("ben").await.unwrap();
    assert_eq!(add("ben").await, refused(Problem::HasIt));
}

async fn everybody_may_leave(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let ben = "ben".parse().unwrap();
    let missing = Err(Error::NotFound(Missing::Repository));
    assert_eq!(stage.hub.remove_collaborator(&stage.ben, &name, &ben).await, missing, "it tells nothing");
    stage.hub.add_collaborator(&stage.anna, &name, "ben").await.unwrap();
    stage.hub.remove_collaborator(&stage.ben, &name, &ben).await.unwrap();
    assert!(stage.hub.repository(&stage.ben, &name).await.is_err());
    let gone = stage.hub.remove_collaborator(&stage.anna, &name, &ben).await;
    assert_eq!(gone, Err(Error::NotFound(Missing::Collaborator)));
}
