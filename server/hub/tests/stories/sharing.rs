//! What is shown elsewhere: the sitemap has public repositories only, feeds and badges tell what pages tell.

use crate::stage::Stage;
use crate::stories;
use hub::{Actor, RepositoryEdit};
use model::badge::BadgeFact;
use model::{Badge, Error, Missing, RepositoryName, Tag, Visibility};

stories! { the_sitemap_has_every_public_repository_once what_is_not_public_moves_nothing_in_the_sitemap
a_feed_tells_of_the_last_pushes a_badge_shows_what_the_page_shows what_is_private_is_missing_here_too
a_former_name_leads_to_the_present_one }

async fn show(stage: &Stage, repository: &RepositoryName, visibility: Visibility) {
    let edit = RepositoryEdit { visibility: Some(visibility), ..RepositoryEdit::default() };
    stage.hub.edit_repository(&stage.anna, repository, &edit).await.unwrap();
}

/// All pages, and behind what they begin.
async fn sitemap(stage: &Stage, size: u32) -> (Vec<Vec<String>>, Vec<String>) {
    let starts = stage.hub.sitemap_starts(size).await.unwrap();
    let mut pages = Vec::new();
    for after in std::iter::once("").chain(starts.iter().map(|name| name.as_str())) {
        let rows = stage.hub.sitemap_page(after, size).await.unwrap();
        pages.push(rows.into_iter().map(|row| row.name.to_string()).collect());
    }
    (pages, starts.iter().map(ToString::to_string).collect())
}

async fn the_sitemap_has_every_public_repository_once(stage: Stage) {
    assert_eq!(sitemap(&stage, 2).await, (vec![vec![]], vec![]));
    // A namespace that is the beginning of another one, and bytes on both sides of the slash.
    for name in ["anna/bb", "anna/aa", "anna/aa-b", "anna/aa.b", "anna/aa_b"] {
        stage.add(name, Visibility::Public).await;
    }
    let (pages, starts) = sitemap(&stage, 2).await;
    let expected = [vec!["anna/aa", "anna/aa-b"], vec!["anna/aa.b", "anna/aa_b"], vec!["anna/bb"]];
    assert_eq!(pages, expected);
    assert_eq!(starts, ["anna/aa-b", "anna/aa_b"]);
    let (pages, _) = sitemap(&stage, 5).await;
    assert_eq!(pages.concat().len(), 5);
    let rows = stage.hub.sitemap_page("", 10).await.unwrap();
    let before = rows[0].updated_at;
    stage.wait(60_000);
    stage.push(&rows[0].name, "v1", "one").await;
    assert!(stage.hub.sitemap_page("", 1).await.unwrap()[0].updated_at > before, "a push is news");
}

async fn what_is_not_public_moves_nothing_in_the_sitemap(stage: Stage) {
    for name in ["anna/bb", "anna/dd", "anna/ff"] {
        stage.add(name, Visibility::Public).await;
    }
    let before = sitemap(&stage, 2).await;
    for (name, visibility) in [
        ("anna/aa", Visibility::Private),
        ("anna/cc", Visibility::Unlisted),
        ("anna/ee", Visibility::Private),
        ("anna/gg", Visibility::Unlisted),
    ] {
        stage.add(name, visibility).await;
    }
    assert_eq!(sitemap(&stage, 2).await, before);
    show(&stage, &"anna/dd".parse().unwrap(), Visibility::Unlisted).await;
    assert_eq!(sitemap(&stage, 2).await.0.concat(), ["anna/bb", "anna/ff"]);
    show(&stage, &"anna/aa".parse().unwrap(), Visibility::Public).await;
    assert_eq!(sitemap(&stage, 2).await.0.concat(), ["anna/aa", "anna/bb", "anna/ff"]);
}

async fn a_feed_tells_of_the_last_pushes(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    assert_eq!(stage.hub.push_feed(&stage.nobody, &app).await.unwrap().pushes, []);
    stage.push(&app, "v1", "one").await;
    stage.wait(1000);
    let two = stage.push(&app, "v2", "two").await;
    // By digest: a part of something, and no news.
    let digest = two.digest.to_string();
    stage.push(&app, "latest", "two").await;
    let feed = stage.hub.push_feed(&stage.nobody, &app).await.unwrap();
    let told: Vec<(&str, &str)> =
        feed.pushes.iter().map(|push| (push.tag.as_str(), push.by.as_str())).collect();
    assert_eq!(told, [("latest", "anna"), ("v2", "anna"), ("v1", "anna")]);
    assert_eq!(feed.pushes[1].digest.as_str(), digest);
    assert!(feed.pushes[1].at > feed.pushes[2].at);
    let again = stage.hub.push_feed(&stage.anna, &app).await.unwrap();
    assert_eq!((&again.id, &again.pushes), (&feed.id, &feed.pushes), "ids stay, whoever asks");
    for number in 0..50 {
        stage.push(&app, &format!("n{number}"), "one").await;
    }
    let feed = stage.hub.push_feed(&stage.nobody, &app).await.unwrap();
    assert_eq!((feed.pushes.len(), feed.pushes[0].tag.as_str()), (50, "n49"));
}

async fn fact(stage: &Stage, repository: &RepositoryName, badge: Badge, tag: &str) -> BadgeFact {
    let tag: Option<Tag> = (!tag.is_empty()).then(|| tag.parse().unwrap());
    stage.hub.badge(&stage.nobody, repository, badge, tag.as_ref()).await.unwrap().1
}

async fn a_badge_shows_what_the_page_shows(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Unlisted).await;
    assert_eq!(fact(&stage, &app, Badge::Version, "").await, BadgeFact::Version(None));
    assert_eq!(fact(&stage, &app, Badge::Size, "").await, BadgeFact::Size(None));
    assert_eq!(fact(&stage, &app, Badge::Build, "").await, BadgeFact::Build);
    for (tag, text) in [("v1.10.0", "one"), ("v1.9.0", "longer than the other one"), ("edge", "three")] {
        stage.wait(1000);
        stage.push(&app, tag, text).await;
    }
    stage.hub.star(&stage.anna, &app).await.unwrap();
    let version = |tag: &str| BadgeFact::Version(Some(tag.into()));
    assert_eq!(fact(&stage, &app, Badge::Version, "").await, version("v1.10.0"));
    assert_eq!(fact(&stage, &app, Badge::Version, "edge").await, version("edge"));
    assert_eq!(fact(&stage, &app, Badge::Version, "none").await, BadgeFact::Version(None));
    assert_eq!(fact(&stage, &app, Badge::Stars, "").await, BadgeFact::Stars(1));
    assert_eq!(fact(&stage, &app, Badge::Pulls, "").await, BadgeFact::Pulls(0));
    let page = stage.hub.repository(&stage.nobody, &app).await.unwrap();
    assert_eq!(fact(&stage, &app, Badge::Size, "").await, BadgeFact::Size(Some(page.size)));
    let BadgeFact::Size(Some(larger)) = fact(&stage, &app, Badge::Size, "v1.9.0").await else { panic!() };
    assert!(larger > page.size);
}

/// Every answer about one repository.
async fn answers(stage: &Stage, actor: &Actor, name: &RepositoryName) -> Vec<Result<String, Error>> {
    let mut all = vec![
        stage.hub.repository_head(actor, name).await.map(|head| head.name.to_string()),
        stage.hub.push_feed(actor, name).await.map(|feed| feed.head.name.to_string()),
    ];
    for badge in Badge::ALL {
        all.push(stage.hub.badge(actor, name, *badge, None).await.map(|(head, _)| head.name.to_string()));
    }
    all
}

async fn what_is_private_is_missing_here_too(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Private).await;
    stage.push(&app, "v1", "one").await;
    let missing: RepositoryName = "anna/none".parse().unwrap();
    for actor in [&stage.nobody, &stage.ben] {
        let refused = answers(&stage, actor, &app).await;
        assert_eq!(refused, answers(&stage, actor, &missing).await);
        assert!(refused.iter().all(|one| *one == Err(Error::NotFound(Missing::Repository))), "{refused:?}");
    }
    assert!(answers(&stage, &stage.anna, &app).await.iter().all(Result::is_ok));
}

async fn a_former_name_leads_to_the_present_one(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Public).await;
    stage.push(&app, "v1", "one").await;
    let before = stage.hub.push_feed(&stage.nobody, &app).await.unwrap();
    let tool: RepositoryName = "anna/tool".parse().unwrap();
    stage.hub.rename_repository(&stage.anna, &app, "tool").await.unwrap();
    for answer in answers(&stage, &stage.nobody, &app).await {
        assert_eq!(answer, Ok("anna/tool".to_owned()));
    }
    let after = stage.hub.push_feed(&stage.nobody, &tool).await.unwrap();
    assert_eq!((after.id, after.pushes), (before.id, before.pushes));
}
