//! The search index follows what it tells of; what is there to discover follows too.

use crate::search::{ask, found, found_by, like};
use crate::stage::Stage;
use crate::stories;
use hub::{Database, RepositoryEdit, SearchQuery, Settings};
use model::{Reference, Visibility};

stories! { the_index_follows_each_change older_repositories_are_indexed_at_the_start exploring
images_are_found_by_their_platform indexing_is_tried_again tidying_and_indexing_take_turns }

fn shown_to(visibility: Visibility) -> RepositoryEdit {
    RepositoryEdit { visibility: Some(visibility), ..RepositoryEdit::default() }
}

async fn the_index_follows_each_change(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let hub = &stage.hub;
    assert_eq!(found(&stage, "app").await, ["anna/app"]);
    let texts = RepositoryEdit {
        short: Some("Tide tables".into()),
        full: Some("of the *ocean*".into()),
        visibility: None,
    };
    hub.edit_repository(&stage.anna, &name, &texts).await.unwrap();
    assert_eq!(found(&stage, "tables ocean").await, ["anna/app"]);
    let again = RepositoryEdit { short: Some("Moon".into()), ..RepositoryEdit::default() };
    hub.edit_repository(&stage.anna, &name, &again).await.unwrap();
    assert!(found(&stage, "tables").await.is_empty(), "old words are gone");
    let name = hub.rename_repository(&stage.anna, &name, "luna").await.unwrap();
    assert_eq!(found(&stage, "luna").await, ["anna/luna"]);
    assert!(found(&stage, "app").await.is_empty());
    let acme = hub.create_organization(&stage.anna, "acme", "").await.unwrap();
    let name = hub.transfer_repository(&stage.anna, &name, &acme, None).await.unwrap();
    assert_eq!(found(&stage, "acme moon").await, ["acme/luna"]);
    hub.edit_repository(&stage.anna, &name, &shown_to(Visibility::Private)).await.unwrap();
    assert!(found(&stage, "moon").await.is_empty());
    hub.edit_repository(&stage.anna, &name, &shown_to(Visibility::Public)).await.unwrap();
    assert_eq!(found(&stage, "moon").await, ["acme/luna"]);
    hub.delete_repository(&stage.anna, &name, None).await.unwrap();
    assert!(found(&stage, "moon").await.is_empty());
    assert_eq!(hub.index_the_unknown().await.unwrap(), 0, "nothing was forgotten");
}

async fn older_repositories_are_indexed_at_the_start(stage: Stage) {
    for number in 0..250 {
        let visibility = if number % 2 == 0 { Visibility::Public } else { Visibility::Private };
        stage.add(&format!("anna/tide-{number}"), visibility).await;
    }
    stage.execute("DELETE FROM search_words").await;
    stage.execute("DELETE FROM search_documents").await;
    assert!(found(&stage, "tide").await.is_empty());
    assert_eq!(stage.hub.index_the_unknown().await.unwrap(), 250);
    assert_eq!(found(&stage, "tide-248").await[0], "anna/tide-248");
    let all = stage.hub.search(&stage.nobody, &ask("tide")).await.unwrap();
    assert_eq!((all.hits.total, all.is_capped), (101, true), "they are not all counted");
    assert_eq!(found_by(&stage, &stage.anna, &ask("tide-249")).await, ["anna/tide-249"]);
    assert_eq!(stage.hub.index_the_unknown().await.unwrap(), 0);
}

async fn exploring(stage: Stage) {
    for (name, visibility) in [
        ("old", Visibility::Public),
        ("new", Visibility::Public),
        ("secret", Visibility::Private),
        ("quiet", Visibility::Unlisted),
    ] {
        let name = stage.add(&format!("anna/{name}"), visibility).await;
        like(&stage, &name, 100, 0).await;
        stage.wait(90 * 24 * 3_600_000);
    }
    stage.add("anna/unnoticed", Visibility::Public).await;
    stage.hub.weigh_again().await.unwrap();
    let page = stage.hub.explore().await.unwrap();
    let names =
        |hits: &[model::view::Hit]| hits.iter().map(|hit| hit.row.name.name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&page.rising), ["new", "old"], "nobody cares for the last one yet");
    assert_eq!(names(&page.recent), ["unnoticed", "new", "old"]);
    assert_eq!(page.popular.len(), 3);
    assert!(page.official.is_empty());
}

async fn images_are_found_by_their_platform(stage: Stage) {
    let name = stage.add("anna/tide", Visibility::Public).await;
    let on = |platform: &str| SearchQuery { platform: platform.into(), ..ask("tide") };
    assert!(found_by(&stage, &stage.nobody, &on("linux/arm64")).await.is_empty());
    let stored = stage.push(&name, "v1", "arm64").await;
    stage.push(&name, "v2", "amd64").await;
    for platform in ["linux/arm64", "linux/amd64"] {
        assert_eq!(found_by(&stage, &stage.nobody, &on(platform)).await, ["anna/tide"]);
    }
    assert!(found_by(&stage, &stage.nobody, &on("linux/s390x")).await.is_empty());
    stage.hub.delete_manifest(&stage.anna, &name, &Reference::Digest(stored.digest)).await.unwrap();
    assert!(found_by(&stage, &stage.nobody, &on("linux/arm64")).await.is_empty(), "its only one is gone");
}

async fn indexing_is_tried_again(stage: Stage) {
    for number in 0..3 {
        stage.add(&format!("anna/tide-{number}"), Visibility::Public).await;
    }
    stage.execute("DELETE FROM search_words").await;
    stage.execute("DELETE FROM search_documents").await;
    stage.execute("ALTER TABLE search_documents RENAME TO broken").await;
    let mend = async |_| stage.execute("ALTER TABLE broken RENAME TO search_documents").await;
    assert_eq!(stage.hub.index_until_done(mend).await, 3, "after the pause");
    assert_eq!(found(&stage, "tide").await.len(), 3);
}

async fn tidying_and_indexing_take_turns(stage: Stage) {
    let Database::Postgres(pool) = Database::open(&stage.database.url).await.unwrap() else {
        return; // SQLite has one writer.
    };
    let name = stage.add("anna/tide", Visibility::Public).await;
    like(&stage, &name, 9, 0).await;
    stage
        .execute(
            "DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET lock_timeout = 100', current_database());
            END $$",
        )
        .await;
    let hub = stage.restarted(Settings::default()).await;
    let mut tidying = pool.begin().await.unwrap();
    sqlx::query("SELECT block FROM search_words_blocks WHERE block = 0 FOR UPDATE")
        .execute(&mut *tidying)
        .await
        .unwrap();
    assert!(hub.weigh_again().await.is_err(), "it holds no repository while others tidy");
    tidying.rollback().await.unwrap();
    assert_eq!(hub.weigh_again().await.unwrap(), 1);
}
