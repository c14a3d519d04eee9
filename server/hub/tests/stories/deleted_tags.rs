//! Names of deleted tags: statistics and feeds tell them to nobody who could not have pushed them.

use crate::pulls::{by_tag, pull};
use crate::stage::Stage;
use crate::stories;
use hub::{Actor, RepositoryEdit};
use model::view::PullSpan;
use model::{Tag, Visibility};

stories! { only_who_may_push_sees_what_deleted_tags_were_called deleted_tags_are_one_row_on_the_last_page
a_feed_does_not_name_deleted_tags }

const DAY: i64 = 24 * 3_600_000;

async fn only_who_may_push_sees_what_deleted_tags_were_called(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Private).await);
    for tag in ["acme-customer", "beta", "v1"] {
        stage.push(&name, tag, "one").await;
    }
    for tag in ["acme-customer", "acme-customer", "v1", "beta"] {
        pull(hub, &stage.anna, &name, tag).await;
        hub.write_pulls().await.unwrap();
        stage.wait(16 * DAY);
    }
    for tag in ["acme-customer", "beta"] {
        hub.delete_tag(&stage.anna, &name, &tag.parse().unwrap()).await.unwrap();
    }
    let edit = RepositoryEdit { visibility: Some(Visibility::Public), ..RepositoryEdit::default() };
    hub.edit_repository(&stage.anna, &name, &edit).await.unwrap();
    let seen = async |actor: &Actor| hub.pulls(actor, &name, PullSpan::Month, 1).await.unwrap();
    for actor in [&stage.nobody, &stage.ben] {
        let page = seen(actor).await;
        assert_eq!((by_tag(&page).as_str(), page.tags.total), ("v1 1, () 3", 2));
        let deleted = &page.tags.rows[1];
        assert_eq!((page.total, page.spans[0], deleted.recent), (4, 1, 1), "of the last days only one");
        assert_eq!(Some(deleted.last), page.last);
    }
    hub.add_collaborator(&stage.anna, &name, "ben").await.unwrap();
    for actor in [&stage.anna, &stage.ben, &stage.root] {
        let page = seen(actor).await;
        assert_eq!((by_tag(&page).as_str(), page.tags.total), ("(acme-customer) 2, (beta) 1, v1 1", 3));
    }
    stage.push(&name, "beta", "two").await;
    assert_eq!(by_tag(&seen(&stage.nobody).await), "beta 1, v1 1, () 2", "it is there again");
}

async fn deleted_tags_are_one_row_on_the_last_page(stage: Stage) {
    let (hub, name) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    for number in 0..27 {
        let tag = format!("n{number}");
        stage.push(&name, &tag, "one").await;
        pull(hub, &stage.nobody, &name, &tag).await;
    }
    hub.write_pulls().await.unwrap();
    for tag in ["n25", "n26"] {
        hub.delete_tag(&stage.anna, &name, &tag.parse().unwrap()).await.unwrap();
    }
    for (number, rows) in [(1, 25), (2, 1), (3, 0)] {
        let page = hub.pulls(&stage.nobody, &name, PullSpan::Month, number).await.unwrap();
        assert_eq!((page.tags.rows.len(), page.tags.total), (rows, 26), "page {number}");
        assert_eq!(by_tag(&page).contains("() 2"), number == 2);
    }
}

async fn a_feed_does_not_name_deleted_tags(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    let told = async |actor: &Actor| {
        let feed = stage.hub.push_feed(actor, &app).await.unwrap();
        feed.pushes.iter().map(|push| push.tag.to_string()).collect::<Vec<_>>()
    };
    stage.push(&app, "v1", "one").await;
    for number in 0..52 {
        stage.push(&app, &format!("n{number}"), "one").await;
    }
    let acme: Tag = "acme-customer".parse().unwrap();
    let digest = stage.push(&app, acme.as_str(), "two").await.digest;
    for tag in ["acme-customer", "n51", "n50"] {
        stage.hub.delete_tag(&stage.anna, &app, &tag.parse().unwrap()).await.unwrap();
    }
    for actor in [&stage.nobody, &stage.anna] {
        let told = told(actor).await;
        assert_eq!((told.len(), told[0].as_str(), told[49].as_str()), (50, "n49", "n0"));
    }
    stage.hub.restore_tag(&stage.anna, &app, &acme, &digest).await.unwrap();
    assert_eq!(told(&stage.nobody).await[0], "acme-customer", "it is there again");
}
