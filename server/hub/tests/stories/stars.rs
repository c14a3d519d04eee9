//! Stars: given and taken back, counted as often as they are there, and never telling of what is private.

use crate::stage::{PASSWORD, Stage};
use crate::stories;
use futures::future::join_all;
use hub::{
    Actor, FloodLimits, NewAccessToken, NewAccount, Order, RepositoryEdit, RepositoryQuery, Settings,
    StarQuery,
};
use model::view::Page;
use model::{Error, Missing, RepositoryName, StarOrder, TokenScope, Username, Visibility};

stories! { one_stars_and_takes_it_back a_thousand_at_once_are_counted_right a_flood_is_refused only_who_may_pull_stars
what_is_not_public_is_in_nobody_else_s_list bookmarks_are_found_again_and_ordered
bookmarks_are_found_in_any_script_and_no_word_is_too_long a_star_goes_with_its_repository a_token_that_only_reads_does_not_star }

fn name(text: &str) -> Username {
    text.parse().unwrap()
}

async fn count(stage: &Stage, actor: &Actor, repository: &RepositoryName) -> (u64, bool) {
    let head = stage.hub.repository(actor, repository).await.unwrap().head;
    (head.stars, head.is_starred)
}

async fn show(stage: &Stage, repository: &RepositoryName, visibility: Visibility) {
    let edit = RepositoryEdit { visibility: Some(visibility), ..RepositoryEdit::default() };
    stage.hub.edit_repository(&stage.anna, repository, &edit).await.unwrap();
}

fn names(page: &Page<model::view::RepositoryRow>) -> Vec<&str> {
    page.rows.iter().map(|row| row.name.as_str()).collect()
}

/// What `actor` finds among the stars of the person of that name.
async fn found(stage: &Stage, actor: &Actor, of: &str) -> Vec<String> {
    let page = stage.hub.stars_of(actor, &name(of), 1).await.unwrap().repositories;
    assert_eq!(page.total, u64::try_from(page.rows.len()).unwrap(), "the count tells no more than the rows");
    names(&page).into_iter().map(str::to_owned).collect()
}

async fn one_stars_and_takes_it_back(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    assert_eq!(count(&stage, &stage.ben, &app).await, (0, false));
    for _ in 0..2 {
        stage.hub.star(&stage.ben, &app).await.unwrap();
    }
    assert_eq!(count(&stage, &stage.ben, &app).await, (1, true), "once is enough");
    assert_eq!(count(&stage, &stage.anna, &app).await, (1, false));
    assert_eq!(count(&stage, &stage.nobody, &app).await, (1, false));
    stage.wait(1000);
    stage.hub.star(&stage.anna, &app).await.unwrap();
    let people = stage.hub.stargazers(&stage.nobody, &app, 1).await.unwrap().people;
    let listed: Vec<&str> = people.rows.iter().map(|one| one.username.as_str()).collect();
    assert_eq!((listed, people.total), (vec!["anna", "ben"], 2), "the latest first");
    for _ in 0..2 {
        stage.hub.unstar(&stage.ben, &app).await.unwrap();
    }
    assert_eq!(count(&stage, &stage.ben, &app).await, (1, false));
}

async fn a_thousand_at_once_are_counted_right(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    let mut people = vec![stage.anna.clone(), stage.ben.clone(), stage.root.clone()];
    for number in 0..5 {
        let account = NewAccount {
            username: format!("sailor{number}"),
            email: format!("sailor{number}@example.org"),
            password: PASSWORD.into(),
            invite: None,
        };
        let username = stage.hub.add_user(&account, false).await.unwrap();
        people.push(stage.hub.person(&username).await.unwrap().unwrap());
    }
    let many = FloodLimits { a_minute_per_account: 60_000, a_minute_per_source: 60_000 };
    let (hub, app) = (&stage.restarted(Settings { stars: many, ..Settings::default() }).await, &app);
    let changes = (0..125).flat_map(|round: usize| {
        people.iter().enumerate().map(move |(index, actor)| async move {
            if (round + index).is_multiple_of(2) {
                hub.star(actor, app).await
            } else {
                hub.unstar(actor, app).await
            }
        })
    });
    for done in join_all(changes).await {
        done.unwrap();
    }
    let page = hub.stargazers(&stage.anna, app, 1).await.unwrap();
    assert_eq!(page.head.stars, u64::try_from(page.people.rows.len()).unwrap(), "count = rows");
    join_all(people.iter().map(|actor| hub.star(actor, app))).await;
    assert_eq!(count(&stage, &stage.anna, app).await, (8, true));
    join_all(people.iter().map(|actor| hub.unstar(actor, app))).await;
    assert_eq!(count(&stage, &stage.anna, app).await, (0, false));
}

async fn a_flood_is_refused(stage: Stage) {
    let few = FloodLimits { a_minute_per_account: 3, a_minute_per_source: 5 };
    let app = stage.add("anna/app", Visibility::Public).await;
    let hub = stage.restarted(Settings { stars: few, ..Settings::default() }).await;
    let home = |who: &Actor| who.clone().seen_from("192.0.2.7".parse().unwrap());
    let (anna, ben) = (home(&stage.anna), home(&stage.ben));
    hub.star(&ben, &app).await.unwrap();
    hub.unstar(&ben, &app).await.unwrap();
    hub.star(&ben, &app).await.unwrap();
    assert_eq!(hub.unstar(&ben, &app).await, Err(Error::TooMany { retry_after: 20 }));
    hub.star(&anna, &app).await.unwrap();
    hub.star(&anna, &app).await.unwrap();
    assert_eq!(hub.star(&anna, &app).await, Err(Error::TooMany { retry_after: 12 }), "one source");
    stage.wait(20_000);
    hub.unstar(&ben, &app).await.unwrap();
}

async fn only_who_may_pull_stars(stage: Stage) {
    let missing = Some(Error::NotFound(Missing::Repository));
    let secret = stage.add("anna/secret", Visibility::Private).await;
    assert_eq!(stage.hub.star(&stage.ben, &secret).await.err(), missing);
    assert_eq!(stage.hub.unstar(&stage.ben, &secret).await.err(), missing);
    assert_eq!(stage.hub.stargazers(&stage.ben, &secret, 1).await.err(), missing);
    assert_eq!(stage.hub.star(&stage.nobody, &secret).await.err(), missing);
    let open = stage.add("anna/open", Visibility::Public).await;
    assert_eq!(stage.hub.star(&stage.nobody, &open).await, Err(Error::SignInNeeded));
    stage.hub.add_collaborator(&stage.anna, &secret, "ben").await.unwrap();
    stage.hub.star(&stage.ben, &secret).await.unwrap();
    assert_eq!(count(&stage, &stage.anna, &secret).await, (1, false));
}

async fn what_is_not_public_is_in_nobody_else_s_list(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    stage.hub.star(&stage.ben, &app).await.unwrap();
    for visibility in [Visibility::Unlisted, Visibility::Private] {
        show(&stage, &app, visibility).await;
        for other in [&stage.anna, &stage.nobody, &stage.root] {
            assert_eq!(found(&stage, other, "ben").await, [""; 0], "{visibility:?}");
        }
        let profile = stage.hub.profile(&stage.nobody, &name("ben"), 1).await.unwrap();
        assert_eq!(profile.starred, 0);
    }
    assert_eq!(found(&stage, &stage.ben, "ben").await, [""; 0], "lost, also for oneself");
    show(&stage, &app, Visibility::Unlisted).await;
    assert_eq!(found(&stage, &stage.ben, "ben").await, ["anna/app"], "one knows its name");
    show(&stage, &app, Visibility::Private).await;
    stage.hub.add_collaborator(&stage.anna, &app, "ben").await.unwrap();
    assert_eq!(found(&stage, &stage.ben, "ben").await, ["anna/app"]);
    assert_eq!(stage.hub.profile(&stage.ben, &name("ben"), 1).await.unwrap().starred, 1);
    stage.hub.remove_collaborator(&stage.anna, &app, &name("ben")).await.unwrap();
    assert_eq!(found(&stage, &stage.ben, "ben").await, [""; 0]);
    show(&stage, &app, Visibility::Public).await;
    assert_eq!(found(&stage, &stage.nobody, "ben").await, ["anna/app"], "the star was kept");
}

async fn bookmarks_are_found_again_and_ordered(stage: Stage) {
    for (text, description) in
        [("anna/wind", "A Sea of air"), ("anna/tide", "100% sea"), ("anna/moon", "月亮 潮汐")]
    {
        let repository = stage.add(text, Visibility::Public).await;
        let edit = RepositoryEdit { short: Some(description.into()), ..RepositoryEdit::default() };
        stage.hub.edit_repository(&stage.anna, &repository, &edit).await.unwrap();
        stage.wait(1000);
        stage.hub.star(&stage.ben, &repository).await.unwrap();
    }
    stage.hub.star(&stage.anna, &"anna/tide".parse().unwrap()).await.unwrap();
    let list = async |words: &str, order| {
        let query = StarQuery { words: words.into(), order, page: 1 };
        let page = stage.hub.stars(&stage.ben, &query).await.unwrap().repositories;
        assert_eq!(page.total, u64::try_from(page.rows.len()).unwrap());
        names(&page).join(" ")
    };
    assert_eq!(list("", StarOrder::Recent).await, "anna/moon anna/tide anna/wind");
    assert_eq!(list("", StarOrder::Name).await, "anna/moon anna/tide anna/wind");
    assert_eq!(list("", StarOrder::Stars).await, "anna/tide anna/moon anna/wind");
    assert_eq!(list("", StarOrder::Updated).await, "anna/moon anna/tide anna/wind");
    assert_eq!(list("SEA", StarOrder::Name).await, "anna/tide anna/wind");
    assert_eq!(list(" sea  wind ", StarOrder::Name).await, "anna/wind", "all words");
    assert_eq!(list("潮汐", StarOrder::Name).await, "anna/moon");
    for nothing in ["%", "_", "\\", "'", "sea moon"] {
        let expected = if nothing == "%" { "anna/tide" } else { "" };
        assert_eq!(list(nothing, StarOrder::Name).await, expected, "{nothing}");
    }
    let far = StarQuery { page: u32::MAX, ..StarQuery::default() };
    let page = stage.hub.stars(&stage.ben, &far).await.unwrap().repositories;
    assert_eq!((page.rows.len(), page.total), (0, 3));
    assert_eq!(stage.hub.stars(&stage.nobody, &far).await.err(), Some(Error::SignInNeeded));
}

async fn bookmarks_are_found_in_any_script_and_no_word_is_too_long(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    let edit =
        RepositoryEdit { short: Some("Übersicht ОБЗОР ΟΔΟΣ".into()), ..RepositoryEdit::default() };
    stage.hub.edit_repository(&stage.anna, &app, &edit).await.unwrap();
    stage.hub.star(&stage.ben, &app).await.unwrap();
    let list = async |words: &str| {
        let query = StarQuery { words: words.into(), ..StarQuery::default() };
        names(&stage.hub.stars(&stage.ben, &query).await.unwrap().repositories).join(" ")
    };
    for words in ["übersicht", "ÜBER", "обзор", "Обз", "οδο", "ANNA/app über"] {
        assert_eq!(list(words).await, "anna/app", "{words}");
    }
    for long in ["a".repeat(60_000), "%".repeat(60_000), "数".repeat(60_000)] {
        assert_eq!(list(&long).await, "");
        assert!(stage.hub.accounts(&stage.root, &long, 1).await.unwrap().rows.rows.is_empty());
        let query = RepositoryQuery { name_part: long, order: Order::Name, page: 1, size: 10 };
        assert_eq!(stage.hub.repositories(&stage.nobody, &name("anna"), &query).await.unwrap().total, 0);
    }
}

async fn a_star_goes_with_its_repository(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    stage.hub.star(&stage.ben, &app).await.unwrap();
    let better = stage.hub.rename_repository(&stage.anna, &app, "better").await.unwrap();
    assert_eq!(found(&stage, &stage.nobody, "ben").await, ["anna/better"]);
    let moved = stage.hub.star(&stage.ben, &app).await;
    assert_eq!(moved, Err(Error::Moved { from: app, to: better.clone() }));
    stage.hub.delete_repository(&stage.anna, &better, None).await.unwrap();
    assert_eq!(found(&stage, &stage.ben, "ben").await, [""; 0]);
}

async fn a_token_that_only_reads_does_not_star(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    let secret = stage.add("anna/secret", Visibility::Private).await;
    stage.hub.star(&stage.anna, &secret).await.unwrap();
    for (scope, may, sees) in
        [(TokenScope::PublicRead, false, 0), (TokenScope::Read, false, 1), (TokenScope::Write, true, 2)]
    {
        let new = NewAccessToken { label: "CI".into(), scope, repositories: String::new(), expires_at: None };
        let (_, token) = stage.hub.make_access_token(&stage.anna, &new).await.unwrap();
        let actor = stage.hub.check_password("anna", &token).await.unwrap();
        assert_eq!(stage.hub.star(&actor, &app).await.is_ok(), may, "{scope:?}");
        assert_eq!(found(&stage, &actor, "anna").await.len(), sees, "{scope:?}");
    }
}
