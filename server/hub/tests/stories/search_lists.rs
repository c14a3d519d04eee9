//! Lists that nobody asked words for, and what is looked through only for its own people: long ones.

use crate::search::{ask, found_by, like};
use crate::stage::Stage;
use crate::stories;
use hub::{NewRepository, SearchQuery};
use model::{Role, SearchOrder, Visibility};

stories! { what_was_pushed_lately_is_all_found what_was_pushed_lately_is_found_by_words_however_light_it_is long_lists_are_counted_so_far pages_behind_the_last_count_the_same
only_the_latest_hidden_ones_are_looked_through what_a_team_has_is_found_by_its_members }

const DAY: i64 = 24 * 3_600_000;

/// Writes 1,205 old repositories past the hub, `deep-0` the oldest, and has them indexed.
async fn fill(stage: &Stage, visibility: &str) {
    stage
        .execute(&format!(
            "WITH RECURSIVE t(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM t WHERE i < 1204)
            INSERT INTO repositories (id, namespace, name, visibility, description, full_description, readme_html,
                created_at, updated_at, stars, pulls)
            SELECT 'deep-' || (10000 + i), 'anna', 'deep-' || i, '{visibility}', '', '', '', 0, 1700000000000 + i,
                1000 + i % 1000, 9000 - i FROM t"
        ))
        .await;
    assert_eq!(stage.hub.index_the_unknown().await.unwrap(), 1205);
}

async fn what_was_pushed_lately_is_all_found(stage: Stage) {
    fill(&stage, "public").await;
    for (name, stars, pulls) in [("anna/first", 2, 1), ("anna/second", 3, 3), ("anna/third", 1, 2)] {
        stage.wait(DAY);
        let name = stage.add(name, Visibility::Public).await;
        like(&stage, &name, stars, pulls).await;
    }
    while stage.hub.weigh_again().await.unwrap() > 0 {}
    for (order, expected) in [
        (SearchOrder::Recent, "anna/third anna/second anna/first"),
        (SearchOrder::Stars, "anna/second anna/first anna/third"),
        (SearchOrder::Pulls, "anna/second anna/third anna/first"),
    ] {
        let query = SearchQuery { order, days: Some(7), ..ask("") };
        assert_eq!(found_by(&stage, &stage.nobody, &query).await.join(" "), expected);
        let page = stage.hub.search(&stage.nobody, &query).await.unwrap();
        assert_eq!((page.hits.total, page.is_capped), (3, false));
    }
    let best = SearchQuery { days: Some(7), size: 1, ..ask("") };
    assert_eq!(found_by(&stage, &stage.nobody, &best).await, ["anna/second"]);
    for (order, first) in [
        (SearchOrder::Stars, "anna/deep-999"),
        (SearchOrder::Pulls, "anna/deep-0"),
        (SearchOrder::Recent, "anna/third"),
    ] {
        let query = SearchQuery { order, days: Some(36_500), ..ask("") };
        assert_eq!(found_by(&stage, &stage.nobody, &query).await[0], first, "many are walked through");
    }
}

/// A public repository without words.
fn public() -> NewRepository {
    NewRepository {
        name: "anna/app".parse().unwrap(),
        description: String::new(),
        full_description: String::new(),
        visibility: Visibility::Public,
    }
}

async fn what_was_pushed_lately_is_found_by_words_however_light_it_is(stage: Stage) {
    fill(&stage, "public").await;
    stage.wait(DAY);
    for (name, visibility) in [
        ("anna/deep-new", Visibility::Public),
        ("anna/deep-unlisted", Visibility::Unlisted),
        ("anna/shallow", Visibility::Public),
    ] {
        stage.add(name, visibility).await;
    }
    while stage.hub.weigh_again().await.unwrap() > 0 {}
    stage.wait(1000);
    let new = NewRepository { name: "ben/deep-new".parse().unwrap(), ..public() };
    stage.hub.add_repository(&stage.ben, &new).await.unwrap();
    let of_anna = SearchQuery { order: SearchOrder::Recent, ..ask("anna/deep") };
    assert_eq!(found_by(&stage, &stage.nobody, &of_anna).await[0], "anna/deep-new", "not Ben's");
    let recent = SearchQuery { order: SearchOrder::Recent, ..ask("deep") };
    assert_eq!(found_by(&stage, &stage.nobody, &recent).await[0], "ben/deep-new");
    let days = SearchQuery { days: Some(7), ..ask("deep") };
    assert_eq!(found_by(&stage, &stage.nobody, &days).await, ["ben/deep-new", "anna/deep-new"]);
    for nothing in [
        SearchQuery { platform: "linux/amd64".into(), ..days.clone() },
        SearchQuery { official: true, ..days.clone() },
        SearchQuery { automated: true, ..days.clone() },
    ] {
        assert_eq!(found_by(&stage, &stage.nobody, &nothing).await, [""; 0]);
    }
}

async fn long_lists_are_counted_so_far(stage: Stage) {
    fill(&stage, "public").await;
    for (page, rows) in [(1, 25), (40, 25), (41, 0)] {
        let found = stage.hub.search(&stage.nobody, &SearchQuery { page, ..ask("") }).await.unwrap();
        assert_eq!((found.hits.total, found.is_capped), (1000, true), "page {page}");
        assert_eq!(found.hits.rows.len(), rows);
    }
}

async fn pages_behind_the_last_count_the_same(stage: Stage) {
    for number in 0..3 {
        stage.add(&format!("anna/tide-{number}"), Visibility::Public).await;
    }
    for text in ["", "tide"] {
        for page in [1, 2, 40, u32::MAX] {
            let found = stage.hub.search(&stage.nobody, &SearchQuery { page, ..ask(text) }).await.unwrap();
            assert_eq!((found.hits.total, found.is_capped), (3, false), "{text:?}, page {page}");
        }
    }
}

async fn only_the_latest_hidden_ones_are_looked_through(stage: Stage) {
    fill(&stage, "unlisted").await;
    assert_eq!(found_by(&stage, &stage.anna, &ask("deep-1204")).await, ["anna/deep-1204"]);
    assert_eq!(found_by(&stage, &stage.anna, &ask("205")).await, ["anna/deep-205"]);
    assert_eq!(found_by(&stage, &stage.anna, &ask("204")).await, [""; 0], "a thousand are enough");
    assert_eq!(found_by(&stage, &stage.ben, &ask("deep")).await, [""; 0]);
    let shared = "anna/deep-0".parse().unwrap();
    stage.hub.add_collaborator(&stage.anna, &shared, "ben").await.unwrap();
    assert_eq!(found_by(&stage, &stage.ben, &ask("deep-0")).await, ["anna/deep-0"]);
}

async fn what_a_team_has_is_found_by_its_members(stage: Stage) {
    let hub = &stage.hub;
    let acme = hub.create_organization(&stage.anna, "acme", "").await.unwrap();
    let name = stage.add("acme/tide", Visibility::Private).await;
    let team = hub.create_team(&stage.anna, &acme, "devs", "").await.unwrap();
    hub.give_to_team(&stage.anna, &name, &team, Role::Read).await.unwrap();
    assert!(found_by(&stage, &stage.ben, &ask("tide")).await.is_empty());
    stage
        .execute(
            "INSERT INTO team_members (team_id, user_id) SELECT t.id, u.id FROM teams t, users u
            WHERE t.name = 'devs' AND u.username = 'ben'",
        )
        .await;
    assert_eq!(found_by(&stage, &stage.ben, &ask("tide")).await, ["acme/tide"]);
    hub.take_from_team(&stage.anna, &name, &team).await.unwrap();
    assert!(found_by(&stage, &stage.ben, &ask("tide")).await.is_empty());
}
