//! Repositories: who sees them, who changes them, what lists say.

use crate::stage::Stage;
use crate::stories;
use hub::{NewRepository, Order, RepositoryEdit, RepositoryQuery};
use model::{Error, Missing, Visibility};

stories! { private_is_missing lists_hold_what_may_be_found only_owners_change_them a_repository_goes_with_its_name_typed
a_first_push_makes_what_the_owner_chose }

fn query() -> RepositoryQuery {
    RepositoryQuery { name_part: String::new(), order: Order::MostRecent, page: 1, size: 100 }
}

fn shown_to(visibility: Visibility) -> RepositoryEdit {
    RepositoryEdit { visibility: Some(visibility), ..RepositoryEdit::default() }
}

async fn private_is_missing(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Private).await;
    let missing = "anna/other".parse().unwrap();
    for actor in [&stage.ben, &stage.nobody] {
        let hidden = stage.hub.repository(actor, &name).await.unwrap_err();
        assert_eq!(hidden, stage.hub.repository(actor, &missing).await.unwrap_err());
        assert_eq!(hidden, Error::NotFound(Missing::Repository));
    }
    assert!(stage.hub.repository(&stage.root, &name).await.is_ok());
    stage.hub.edit_repository(&stage.anna, &name, &shown_to(Visibility::Unlisted)).await.unwrap();
    assert!(stage.hub.repository(&stage.nobody, &name).await.is_ok(), "at once, past every cache");
    stage.hub.edit_repository(&stage.anna, &name, &shown_to(Visibility::Private)).await.unwrap();
    assert!(stage.hub.repository(&stage.nobody, &name).await.is_err(), "at once, past every cache");
}

async fn lists_hold_what_may_be_found(stage: Stage) {
    for visibility in Visibility::ALL {
        stage.add(&format!("anna/{}", visibility.as_str()), visibility).await;
    }
    let anna = "anna".parse().unwrap();
    for (actor, expected) in [(&stage.anna, 3), (&stage.ben, 1), (&stage.nobody, 1)] {
        let listed = stage.hub.repositories(actor, &anna, &query()).await.unwrap();
        assert_eq!((listed.rows.len(), listed.total), (expected, u64::try_from(expected).unwrap()));
        assert_eq!(stage.hub.profile(actor, &anna, 1).await.unwrap().repositories.rows.len(), expected);
        assert_eq!(stage.hub.home(actor).await.unwrap().recent.len(), 1);
    }
    let part = RepositoryQuery { name_part: "PUBL".into(), ..query() };
    assert_eq!(stage.hub.repositories(&stage.anna, &anna, &part).await.unwrap().total, 1);
    let wild = RepositoryQuery { name_part: "%".into(), ..query() };
    assert_eq!(stage.hub.repositories(&stage.anna, &anna, &wild).await.unwrap().total, 0, "no pattern");
}

async fn only_owners_change_them(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let text =
        RepositoryEdit { short: Some("é 泊位".into()), full: Some("# Hello".into()), visibility: None };
    assert_eq!(stage.hub.edit_repository(&stage.ben, &name, &text).await, Err(Error::Denied));
    assert_eq!(stage.hub.edit_repository(&stage.nobody, &name, &text).await, Err(Error::SignInNeeded));
    stage.hub.edit_repository(&stage.anna, &name, &text).await.unwrap();
    let page = stage.hub.repository(&stage.nobody, &name).await.unwrap();
    assert_eq!(page.head.description, "é 泊位");
    assert!(page.readme_html.contains("<h1"), "{}", page.readme_html);
    let long = RepositoryEdit { short: Some("x".repeat(101)), ..shown_to(Visibility::Private) };
    assert!(matches!(stage.hub.edit_repository(&stage.anna, &name, &long).await, Err(Error::Invalid(_))));
    assert!(stage.hub.repository(&stage.nobody, &name).await.is_ok(), "all or nothing");
    let foreign = NewRepository {
        name: "anna/theirs".parse().unwrap(),
        description: String::new(),
        full_description: String::new(),
        visibility: Visibility::Public,
    };
    assert_eq!(stage.hub.add_repository(&stage.ben, &foreign).await, Err(Error::Denied));
}

async fn a_repository_goes_with_its_name_typed(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    stage.push(&name, "latest", "one").await;
    assert!(stage.hub.delete_repository(&stage.anna, &name, Some("app")).await.is_err());
    assert_eq!(stage.hub.delete_repository(&stage.ben, &name, None).await, Err(Error::Denied));
    stage.hub.delete_repository(&stage.anna, &name, Some("anna/app")).await.unwrap();
    assert!(stage.hub.repository(&stage.anna, &name).await.is_err());
    let again = stage.add("anna/app", Visibility::Private).await;
    assert!(
        stage.hub.tags(&stage.anna, &again, 1, 10).await.unwrap().tags.rows.is_empty(),
        "nothing comes back"
    );
}

async fn a_first_push_makes_what_the_owner_chose(stage: Stage) {
    let quiet = "anna/quiet".parse().unwrap();
    stage.push(&quiet, "latest", "one").await;
    assert!(stage.hub.repository(&stage.nobody, &quiet).await.is_err(), "private by itself");
    stage.hub.set_default_visibility(&stage.anna, Visibility::Public).await.unwrap();
    let open = "anna/open".parse().unwrap();
    stage.push(&open, "latest", "one").await;
    assert!(stage.hub.repository(&stage.nobody, &open).await.is_ok());
    let theirs = "ben/app".parse().unwrap();
    let digest = crate::stage::digest(b"x");
    let refused = stage.hub.put_blob(&stage.anna, &theirs, &digest, crate::stage::body(b"x")).await;
    assert_eq!(refused, Err(Error::NotFound(Missing::Repository)));
    stage.hub.put_blob(&stage.root, &theirs, &digest, crate::stage::body(b"x")).await.unwrap();
    assert!(
        stage.hub.repository(&stage.nobody, &theirs).await.is_err(),
        "Ben's choice counts, not the pusher's"
    );
}
