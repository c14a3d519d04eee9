//! Search: who finds what, in which order, and what can be asked without harm.

use crate::stage::Stage;
use crate::stories;
use hub::{NewRepository, SearchQuery};
use model::{Error, Problem, RepositoryName, SearchOrder, Visibility};

stories! { only_public_repositories_are_found own_ones_are_found_and_marked
names_come_before_texts_and_the_liked_before_others filters_and_orders pages_end nothing_typed_breaks_it
suggestions_are_names }

pub(crate) fn ask(text: &str) -> SearchQuery {
    SearchQuery { text: text.into(), page: 1, size: 25, is_explained: true, ..SearchQuery::default() }
}

pub(crate) async fn found_by(stage: &Stage, actor: &hub::Actor, query: &SearchQuery) -> Vec<String> {
    let page = stage.hub.search(actor, query).await.unwrap();
    page.hits.rows.into_iter().map(|hit| hit.row.name.to_string()).collect()
}

/// What a visitor finds.
pub(crate) async fn found(stage: &Stage, text: &str) -> Vec<String> {
    found_by(stage, &stage.nobody, &ask(text)).await
}

async fn add(stage: &Stage, name: &str, short: &str, full: &str) -> RepositoryName {
    let new = NewRepository {
        name: name.parse().unwrap(),
        description: short.into(),
        full_description: full.into(),
        visibility: Visibility::Public,
    };
    stage.hub.add_repository(&stage.anna, &new).await.unwrap();
    new.name
}

/// As if people had starred and pulled it.
pub(crate) async fn like(stage: &Stage, name: &RepositoryName, stars: i64, pulls: i64) {
    stage
        .execute(&format!(
            "UPDATE repositories SET stars = {stars}, pulls = {pulls} WHERE namespace = '{}' AND name = '{}'",
            name.namespace(),
            name.name()
        ))
        .await;
}

async fn only_public_repositories_are_found(stage: Stage) {
    let before = stage.hub.search(&stage.nobody, &ask("tide")).await.unwrap();
    for visibility in [Visibility::Private, Visibility::Unlisted] {
        stage.add(&format!("anna/tide-{}", visibility.as_str()), visibility).await;
    }
    for actor in [&stage.nobody, &stage.ben] {
        for text in ["tide", "anna", "anna/tide-private", "private", ""] {
            assert!(found_by(&stage, actor, &ask(text)).await.is_empty(), "{text}");
            assert!(stage.hub.suggest(actor, text).await.unwrap().is_empty(), "{text}");
        }
        assert_eq!(stage.hub.search(actor, &ask("tide")).await.unwrap(), before, "no count changes");
    }
    stage.add("anna/tide-public", Visibility::Public).await;
    assert_eq!(found(&stage, "tide").await, ["anna/tide-public"]);
}

async fn own_ones_are_found_and_marked(stage: Stage) {
    let secret = stage.add("anna/tide-secret", Visibility::Private).await;
    stage.add("anna/tide-quiet", Visibility::Unlisted).await;
    stage.add("anna/tide-open", Visibility::Public).await;
    let page = stage.hub.search(&stage.anna, &ask("tide")).await.unwrap();
    let mut seen: Vec<_> =
        page.hits.rows.iter().map(|hit| (hit.row.name.name(), hit.row.visibility)).collect();
    seen.sort_unstable_by_key(|(name, _)| *name);
    let expected = [
        ("tide-open", Visibility::Public),
        ("tide-quiet", Visibility::Unlisted),
        ("tide-secret", Visibility::Private),
    ];
    assert_eq!(seen, expected);
    assert_eq!(found_by(&stage, &stage.anna, &ask("anna/tide-secret")).await[0], "anna/tide-secret");
    assert_eq!(stage.hub.suggest(&stage.anna, "tide-s").await.unwrap(), std::slice::from_ref(&secret));
    assert_eq!(found_by(&stage, &stage.ben, &ask("tide")).await, ["anna/tide-open"]);
    stage.hub.add_collaborator(&stage.anna, &secret, "ben").await.unwrap();
    assert_eq!(found_by(&stage, &stage.ben, &ask("secret")).await, ["anna/tide-secret"]);
    stage.hub.remove_collaborator(&stage.anna, &secret, &"ben".parse().unwrap()).await.unwrap();
    assert!(found_by(&stage, &stage.ben, &ask("secret")).await.is_empty(), "who lost access finds nothing");
    assert!(found_by(&stage, &stage.root, &ask("secret")).await.is_empty(), "a site admin's own are others");
}

async fn names_come_before_texts_and_the_liked_before_others(stage: Stage) {
    add(&stage, "anna/reader", "", "Reads what redis says").await;
    add(&stage, "anna/cache", "Like redis", "").await;
    add(&stage, "anna/my-redis", "", "").await;
    add(&stage, "anna/redis-tools", "", "").await;
    add(&stage, "anna/redis", "", "").await;
    let order = ["anna/redis", "anna/redis-tools", "anna/my-redis", "anna/cache", "anna/reader"];
    assert_eq!(found(&stage, "redis").await, order);
    like(&stage, &"anna/cache".parse().unwrap(), 5000, 1_000_000).await;
    assert_eq!(stage.hub.weigh_again().await.unwrap(), 1, "the database tells whose counts doubled");
    let order = ["anna/redis", "anna/cache", "anna/redis-tools", "anna/my-redis", "anna/reader"];
    assert_eq!(found(&stage, "redis").await, order);
    let marked = stage.hub.search(&stage.nobody, &ask("redis")).await.unwrap().hits.rows;
    assert!(marked[0].name[0].is_marked && marked[1].description[1].is_marked, "{marked:?}");
    let excerpts = marked.iter().map(|hit| hit.excerpt.iter().map(|piece| piece.text.as_str()).collect());
    assert_eq!(excerpts.collect::<Vec<String>>(), ["", "", "", "", "Reads what redis says"]);
}

async fn filters_and_orders(stage: Stage) {
    stage.execute("INSERT INTO namespaces (name, kind, created_at) VALUES ('library', 'user', 0)").await;
    let official = NewRepository {
        name: "library/tide".parse().unwrap(),
        description: String::new(),
        full_description: String::new(),
        visibility: Visibility::Public,
    };
    stage.hub.add_repository(&stage.root, &official).await.unwrap();
    for (name, stars, pulls) in [("anna/tide-1", 5, 900), ("anna/tide-2", 50, 90), ("anna/tide-3", 1, 9)] {
        let name = add(&stage, name, "", "").await;
        like(&stage, &name, stars, pulls).await;
        stage.wait(40 * 24 * 3_600_000);
    }
    stage.hub.weigh_again().await.unwrap();
    let with = |order: SearchOrder| SearchQuery { order, ..ask("tide") };
    let names = async |query: &SearchQuery| found_by(&stage, &stage.nobody, query).await;
    assert_eq!(names(&with(SearchOrder::Stars)).await[..2], ["anna/tide-2", "anna/tide-1"]);
    assert_eq!(names(&with(SearchOrder::Pulls)).await[..2], ["anna/tide-1", "anna/tide-2"]);
    assert_eq!(names(&with(SearchOrder::Recent)).await[0], "anna/tide-3");
    for text in ["tide", ""] {
        assert_eq!(names(&SearchQuery { official: true, ..ask(text) }).await, ["library/tide"]);
        assert_eq!(names(&SearchQuery { automated: true, ..ask(text) }).await, [""; 0]);
        assert_eq!(names(&SearchQuery { days: Some(45), ..ask(text) }).await, ["anna/tide-3"]);
    }
    for (order, first) in [(SearchOrder::Stars, "anna/tide-2"), (SearchOrder::Recent, "anna/tide-3")] {
        assert_eq!(names(&SearchQuery { order, ..ask("") }).await[0], first);
    }
}

async fn pages_end(stage: Stage) {
    for number in 0..12 {
        stage.add(&format!("anna/tide-{number}"), Visibility::Public).await;
    }
    for text in ["tide", ""] {
        let mut seen = std::collections::BTreeSet::new();
        for page in 1..=3 {
            let query = SearchQuery { page, size: 5, ..ask(text) };
            let names = found_by(&stage, &stage.nobody, &query).await;
            assert_eq!(names.len(), [5, 5, 2][usize::try_from(page).unwrap() - 1]);
            seen.extend(names);
        }
        assert_eq!(seen.len(), 12, "each once");
        for page in [4, 1000, u32::MAX] {
            let query = SearchQuery { page, size: 100, ..ask(text) };
            assert!(found_by(&stage, &stage.nobody, &query).await.is_empty());
        }
        assert_eq!(
            found_by(&stage, &stage.nobody, &SearchQuery { page: 0, size: 0, ..ask(text) }).await.len(),
            1
        );
    }
}

#[expect(clippy::too_many_lines, reason = "most of them are what was typed")]
async fn nothing_typed_breaks_it(stage: Stage) {
    add(&stage, "anna/app", "An app", "").await;
    let long = Err(Error::field("q", Problem::TooLong { max: 400 }));
    assert_eq!(stage.hub.search(&stage.nobody, &ask(&"a".repeat(100_000))).await, long);
    let long = Err(Error::field("platform", Problem::TooLong { max: 100 }));
    for length in [101, 2100] {
        let query = SearchQuery { platform: "a".repeat(length), ..ask("") };
        assert_eq!(stage.hub.search(&stage.nobody, &query).await, long);
    }
    let strange = [
        "\"",
        "app\"",
        "app*",
        "a OR b",
        "NOT app",
        "NEAR(app, 3)",
        "heads:app",
        "^app",
        "app AND",
        "(((((",
        "{app}",
        "' | '",
        "app & !x",
        "a <-> b",
        "app:*",
        "\\",
        "%",
        "_",
        "\0",
        "a\0b",
        "🚀",
        "\u{202e}ppa",
        "\u{200b}",
        "-",
        "/",
        "//",
        "a/b/c",
        "anna/",
        "/app",
        "../../etc",
        "的",
        "İ",
        "ß",
        "ﬁ",
        "٣",
        "\u{10ffff}",
        "𠮷野家",
    ];
    for text in
        strange.map(str::to_owned).into_iter().chain(["数".repeat(400), "a ".repeat(200), "1a".repeat(200)])
    {
        for query in [
            ask(&text),
            SearchQuery { platform: text.chars().take(100).collect(), ..ask("app") },
            SearchQuery { platform: text.chars().take(100).collect(), ..ask("") },
        ] {
            assert!(stage.hub.search(&stage.anna, &query).await.is_ok(), "{text:?}");
        }
        assert!(stage.hub.suggest(&stage.anna, &text).await.is_ok(), "{text:?}");
    }
    assert_eq!(
        found(&stage, "\u{202e}a\u{200b}pp\u{feff}").await,
        ["anna/app"],
        "what is invisible does not count"
    );
    assert!(found(&stage, "🚀").await.is_empty());
    let days = SearchQuery { days: Some(u32::MAX), ..ask("app") };
    assert_eq!(found_by(&stage, &stage.nobody, &days).await, ["anna/app"]);
}

async fn suggestions_are_names(stage: Stage) {
    for name in ["anna/redis", "anna/redis-tools", "anna/my-redis", "anna/other"] {
        add(&stage, name, "like redis", "").await;
    }
    let suggested = async |text: &str| {
        let names = stage.hub.suggest(&stage.nobody, text).await.unwrap();
        names.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(suggested("red").await, ["anna/redis-tools", "anna/redis", "anna/my-redis"]);
    assert_eq!(suggested("anna/oth").await, ["anna/other"]);
    assert_eq!(suggested("like").await, [""; 0], "descriptions do not count");
    let new = NewRepository {
        name: "ben/my-app".parse().unwrap(),
        description: String::new(),
        full_description: String::new(),
        visibility: Visibility::Public,
    };
    stage.hub.add_repository(&stage.ben, &new).await.unwrap();
    for of_ben in ["ben", "ben/", "Ben app"] {
        assert_eq!(suggested(of_ben).await, ["ben/my-app"], "{of_ben}");
    }
    for number in 0..20 {
        stage.add(&format!("anna/redis{number}"), Visibility::Public).await;
    }
    assert_eq!(suggested("red").await.len(), 8);
}
