//! Tags: where they stand, where they stood, the way back.

use crate::stage::Stage;
use crate::stories;
use model::{Error, Missing, Visibility};

stories! { a_tag_remembers_where_it_stood a_deleted_tag_can_come_back }

async fn a_tag_remembers_where_it_stood(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let latest = "latest".parse().unwrap();
    let first = stage.push(&name, "latest", "one").await;
    stage.wait(1000);
    let second = stage.push(&name, "latest", "two").await;
    let page = stage.hub.tag(&stage.nobody, &name, &latest).await.unwrap();
    assert_eq!(page.digest, second.digest);
    let stood: Vec<_> = page.history.iter().map(|step| step.digest.clone()).collect();
    assert_eq!(stood, [Some(second.digest), Some(first.digest.clone())]);
    assert_eq!(page.history[0].by, "anna");
    assert_eq!(stage.hub.restore_tag(&stage.ben, &name, &latest, &first.digest).await, Err(Error::Denied));
    stage.hub.restore_tag(&stage.anna, &name, &latest, &first.digest).await.unwrap();
    assert_eq!(stage.hub.tag(&stage.nobody, &name, &latest).await.unwrap().digest, first.digest);
}

async fn a_deleted_tag_can_come_back(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let latest = "latest".parse().unwrap();
    let image = stage.push(&name, "latest", "one").await;
    assert_eq!(stage.hub.delete_tag(&stage.nobody, &name, &latest).await, Err(Error::SignInNeeded));
    stage.hub.delete_tag(&stage.anna, &name, &latest).await.unwrap();
    assert_eq!(stage.hub.tag(&stage.anna, &name, &latest).await.unwrap_err(), Error::NotFound(Missing::Tag));
    assert!(stage.hub.fsck().await.unwrap().is_clean(), "the image is still whole");
    stage.hub.restore_tag(&stage.anna, &name, &latest, &image.digest).await.unwrap();
    assert_eq!(stage.hub.tags(&stage.nobody, &name, 1, 10).await.unwrap().tags.rows.len(), 1);
}
