//! Comments: written, answered, edited, deleted, counted; and who may write how much.

use crate::comment_scene::{DAY, Scene, patient};
use crate::stage::{PASSWORD, Stage};
use crate::stories;
use futures::StreamExt;
use hub::{Actor, FloodLimits, NewComment};
use model::comment::{COMMENT_MOST, CommentPolicy, CommentState, Judgement, Obstacle};
use model::{Error, Missing, Problem, Visibility};

stories! { whoever_sees_a_repository_sees_its_comments answers_are_one_level_deep pages_have_25_threads
one_edits_and_deletes_what_one_wrote who_may_comment newcomers_write_little_and_link_less a_flood_is_refused
what_was_refused_is_kept_for_its_author a_repository_that_moves_takes_its_comments_along
the_count_is_the_number_of_rows_whatever_happens_at_once a_text_must_say_something }

async fn whoever_sees_a_repository_sees_its_comments(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, nobody) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.nobody);
    scene.say(ben, "works *well*").await;
    scene.say(anna, "thank you").await;
    assert_eq!(scene.threads(nobody).await, ["thank you", "works *well*"], "the newest first");
    let page = scene.hub.comments(nobody, &scene.name, 1).await.unwrap();
    let heads: Vec<_> = page.threads.rows.iter().filter_map(|thread| thread.head.as_ref()).collect();
    assert_eq!((heads[0].is_maintainer, heads[1].is_maintainer), (true, false));
    assert_eq!(heads[1].html, "<p>works <em>well</em></p>\n");
    assert_eq!(page.commenting.obstacle, Some(Obstacle::SignIn));
    assert_eq!(scene.count(nobody).await, 2);

    let private = scene.stage.add("anna/secret", Visibility::Private).await;
    let new = NewComment { text: "hush", parent: None };
    let id = scene.hub.add_comment(anna, &private, new).await.unwrap().id;
    let missing = Error::NotFound(Missing::Repository);
    for stranger in [ben, nobody] {
        assert_eq!(scene.hub.comments(stranger, &private, 1).await.err(), Some(missing.clone()));
        assert_eq!(scene.hub.comment_list(stranger, &private, 1, 10).await.err(), Some(missing.clone()));
        assert_eq!(scene.hub.comment(stranger, &private, &id).await.err(), Some(missing.clone()));
        assert_eq!(scene.hub.add_comment(stranger, &private, new).await.err(), Some(missing.clone()));
        assert_eq!(scene.hub.delete_comment(stranger, &private, &id).await.err(), Some(missing.clone()));
    }
    let elsewhere = scene.hub.comment(anna, &scene.name, &id).await;
    assert_eq!(
        elsewhere.err(),
        Some(Error::NotFound(Missing::Comment)),
        "an id counts in its repository only"
    );
}

async fn answers_are_one_level_deep(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let first = scene.say(ben, "does it run on arm?").await;
    let answer = scene.answer(anna, &first, "it does").await;
    let deeper = scene.answer(ben, &answer, "great").await;
    let page = scene.hub.comments(ben, &scene.name, 1).await.unwrap();
    let thread = &page.threads.rows[0];
    let texts: Vec<&str> = thread.replies.iter().map(|reply| reply.body.as_str()).collect();
    assert_eq!((page.threads.total, texts.as_slice(), thread.reply_count), (1, &["it does", "great"][..], 2));
    let found = scene.hub.comment_thread(ben, &scene.name, &deeper, None).await.unwrap();
    assert_eq!((found.id.as_str(), found.asked.body.as_str()), (first.as_str(), "great"));
    let unknown = NewComment { text: "hm", parent: Some("nothing") };
    let refused = scene.hub.add_comment(ben, &scene.name, unknown).await;
    assert_eq!(refused.err(), Some(Error::NotFound(Missing::Comment)));
}

async fn pages_have_25_threads(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let mut ids = Vec::new();
    for number in 0..27 {
        ids.push(scene.say(ben, &format!("thread {number}")).await);
    }
    for number in 0..30 {
        scene.answer(anna, &ids[0], &format!("answer {number}")).await;
    }
    let page = async |number| scene.hub.comments(ben, &scene.name, number).await.unwrap().threads;
    let (first, second) = (page(1).await, page(2).await);
    assert_eq!((first.rows.len(), second.rows.len(), first.total), (25, 2, 27));
    let oldest = second.rows.last().unwrap();
    assert_eq!((oldest.id.as_str(), oldest.replies.len(), oldest.reply_count), (ids[0].as_str(), 5, 30));
    assert!(page(3).await.rows.is_empty());
    assert!(page(u32::MAX).await.rows.is_empty());
    let thread = async |id: &str, page| scene.hub.comment_thread(ben, &scene.name, id, page).await.unwrap();
    let whole = thread(&ids[0], None).await;
    assert_eq!((whole.replies.rows.len(), whole.replies.total), (25, 30));
    let last = thread(&ids[0], Some(2)).await.replies.rows.pop().unwrap();
    assert_eq!(last.body, "answer 29");
    let found = thread(&last.id, None).await.replies;
    assert_eq!((found.number, found.rows.len()), (2, 5), "a link leads to the page that has the comment");
}

async fn one_edits_and_deletes_what_one_wrote(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let id = scene.say(ben, "frist").await;
    scene.answer(anna, &id, "an answer").await;
    scene.stage.wait(60_000);
    assert_eq!(scene.hub.edit_comment(anna, &scene.name, &id, "mine").await, Err(Error::Denied));
    assert_eq!(scene.hub.delete_comment(anna, &scene.name, &id).await, Err(Error::Denied));
    scene.hub.edit_comment(ben, &scene.name, &id, "frist").await.unwrap();
    let same = scene.hub.comment(anna, &scene.name, &id).await.unwrap();
    assert_eq!(same.edited_at, None, "the same text is no change");
    scene.hub.edit_comment(ben, &scene.name, &id, "first").await.unwrap();
    let edited = scene.hub.comment(anna, &scene.name, &id).await.unwrap();
    assert_eq!((edited.body.as_str(), edited.edited_at), ("first", Some(edited.written_at.plus(60_000))));
    scene.hub.delete_comment(ben, &scene.name, &id).await.unwrap();
    let missing = Err(Error::NotFound(Missing::Comment));
    assert_eq!(scene.hub.delete_comment(ben, &scene.name, &id).await, missing);
    assert_eq!(scene.hub.edit_comment(ben, &scene.name, &id, "again").await, missing);
    for who in [anna, ben] {
        assert_eq!(scene.threads(who).await, ["-"], "the answer of another stays");
        assert_eq!(scene.state(who, &id).await.err(), Some(Error::NotFound(Missing::Comment)));
    }
    assert_eq!(scene.count(ben).await, 1);
    let alone = scene.say(ben, "alone").await;
    scene.hub.delete_comment(ben, &scene.name, &alone).await.unwrap();
    assert_eq!(scene.threads(ben).await, ["-"]);
}

async fn who_may_comment(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, nobody) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.nobody);
    let obstacle = async |who: &Actor| {
        let shown = scene.hub.comments(who, &scene.name, 1).await.unwrap().commenting.obstacle;
        let tried = scene.try_to_say(who, "hello").await;
        match tried {
            Err(Error::MayNotComment(obstacle)) => assert_eq!(shown, Some(obstacle), "what is shown holds"),
            Err(Error::SignInNeeded) => assert!(shown.is_some()),
            other => assert_eq!((other.err(), shown), (None, None)),
        }
        shown
    };
    assert_eq!(obstacle(nobody).await, Some(Obstacle::SignIn));
    assert_eq!(obstacle(ben).await, None);
    scene.hub.set_comments(anna, &scene.name, CommentPolicy::Members, false).await.unwrap();
    assert_eq!(obstacle(ben).await, Some(Obstacle::MembersOnly));
    assert_eq!(obstacle(anna).await, None);
    scene.hub.add_collaborator(anna, &scene.name, "ben").await.unwrap();
    assert_eq!(obstacle(ben).await, None);
    assert_eq!(scene.hub.set_comments(ben, &scene.name, CommentPolicy::Off, false).await, Err(Error::Denied));
    scene.hub.set_comments(anna, &scene.name, CommentPolicy::Off, false).await.unwrap();
    assert_eq!(obstacle(anna).await, Some(Obstacle::Off));
    assert!(!scene.threads(nobody).await.is_empty(), "what was written stays");
    scene.hub.set_comments(anna, &scene.name, CommentPolicy::Everybody, false).await.unwrap();
    scene.hub.change_email(ben, PASSWORD, "ben@elsewhere.example").await.unwrap();
    assert_eq!(obstacle(ben).await, Some(Obstacle::Unverified));
    let quiet = scene.stage.add("anna/quiet", Visibility::Public).await;
    scene.hub.set_comments(anna, &quiet, CommentPolicy::Off, false).await.unwrap();
    assert_eq!(scene.hub.repository(nobody, &quiet).await.unwrap().head.comments, None, "nothing to show");
}

async fn newcomers_write_little_and_link_less(stage: Stage) {
    let name = stage.add("anna/app", Visibility::Public).await;
    let say = async |who: &Actor, text: &str| {
        let new = NewComment { text, parent: None };
        stage.hub.add_comment(who, &name, new).await.map(|written| written.id)
    };
    let limits = stage.hub.comments(&stage.ben, &name, 1).await.unwrap().commenting.newcomer.unwrap();
    let links = "https://a.example and https://b.example";
    let refused = Err(Error::field("text", Problem::TooManyLinks { max: limits.links }));
    assert_eq!(say(&stage.ben, links).await, refused);
    let first = say(&stage.ben, "see https://a.example").await.unwrap();
    let edited = stage.hub.edit_comment(&stage.ben, &name, &first, links).await;
    assert_eq!(edited.err(), refused.err());
    stage.hub.delete_comment(&stage.ben, &name, &first).await.unwrap();
    for _ in 1..limits.hourly {
        say(&stage.ben, "hello").await.unwrap();
    }
    stage.wait(60_000);
    let over = say(&stage.ben, "hello").await;
    assert_eq!(over, Err(Error::TooMany { retry_after: 3540 }), "what was deleted counts");
    say(&stage.anna, links).await.unwrap();
    assert_eq!(stage.hub.comments(&stage.anna, &name, 1).await.unwrap().commenting.newcomer, None);
    for _ in limits.hourly..limits.daily {
        stage.wait(3_600_000);
        say(&stage.ben, "hello").await.unwrap();
    }
    stage.wait(3_600_000);
    let Err(Error::TooMany { retry_after }) = say(&stage.ben, "hello").await else { panic!("a day's worth") };
    assert!(retry_after > 3600, "{retry_after}");
    stage.wait(8 * DAY);
    say(&stage.ben, links).await.unwrap();
    assert_eq!(stage.hub.comments(&stage.ben, &name, 1).await.unwrap().commenting.newcomer, None);
}

async fn a_flood_is_refused(stage: Stage) {
    let mut settings = patient();
    settings.comments.floods = FloodLimits { a_minute_per_account: 3, a_minute_per_source: 5 };
    let (name, hub) = (stage.add("anna/app", Visibility::Public).await, stage.restarted(settings).await);
    let say =
        async |who: &Actor| hub.add_comment(who, &name, NewComment { text: "hello", parent: None }).await;
    let home = |who: &Actor| who.clone().seen_from("192.0.2.7".parse().unwrap());
    for _ in 0..3 {
        say(&home(&stage.ben)).await.unwrap();
    }
    assert_eq!(say(&home(&stage.ben)).await.err(), Some(Error::TooMany { retry_after: 20 }));
    say(&home(&stage.anna)).await.unwrap();
    say(&home(&stage.anna)).await.unwrap();
    assert_eq!(say(&home(&stage.anna)).await.err(), Some(Error::TooMany { retry_after: 12 }), "one source");
    stage.wait(20_000);
    say(&home(&stage.ben)).await.unwrap();
}

async fn what_was_refused_is_kept_for_its_author(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let draft = async |who: &Actor| scene.hub.comments(who, &scene.name, 1).await.unwrap().commenting.draft;
    let long = "船".repeat(COMMENT_MOST + 1);
    assert!(scene.try_to_say(ben, &long).await.is_err());
    assert_eq!((draft(ben).await, draft(anna).await), (long, String::new()));
    let id = scene.say(ben, "short").await;
    assert_eq!(draft(ben).await, "");
    assert!(scene.hub.edit_comment(ben, &scene.name, &id, " ").await.is_err());
    let page = scene.hub.comment_thread(ben, &scene.name, &id, None).await.unwrap();
    assert_eq!((page.edit_draft.as_str(), page.commenting.draft.as_str()), (" ", ""));
}

async fn a_repository_that_moves_takes_its_comments_along(stage: Stage) {
    let mut scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (scene.stage.anna.clone(), scene.stage.ben.clone());
    let id = scene.say(&ben, "hello").await;
    let old = scene.name.clone();
    let now = scene.hub.rename_repository(&anna, &old, "better").await.unwrap();
    let found = scene.hub.comment_thread(&ben, &old, &id, None).await.unwrap();
    assert_eq!((&found.head.name, found.asked.body.as_str()), (&now, "hello"), "reading follows");
    let moved = Some(Error::Moved { from: old, to: now.clone() });
    assert_eq!(scene.try_to_say(&ben, "there").await.err(), moved);
    let acme = scene.hub.create_organization(&anna, "acme", "").await.unwrap();
    scene.name = scene.hub.transfer_repository(&anna, &now, &acme, None).await.unwrap();
    assert_eq!((scene.threads(&ben).await, scene.count(&ben).await), (vec!["hello".to_owned()], 1));
    scene.hub.delete_repository(&anna, &scene.name, None).await.unwrap();
}

async fn the_count_is_the_number_of_rows_whatever_happens_at_once(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let people = [scene.stage.ben.clone(), scene.person("carl").await, scene.person("dora").await];
    let one = async |number: usize| {
        let who = &people[number % 3];
        let id = scene.say(who, "hello").await;
        let done = match number % 5 {
            0 => scene.hub.delete_comment(who, &scene.name, &id).await,
            1 => scene.judge(&scene.stage.anna, &id, Judgement::Hide).await,
            2 => scene.judge(&scene.stage.root, &id, Judgement::Delete).await,
            _ => Ok(()),
        };
        done.unwrap();
        if number % 10 == 1 {
            scene.judge(&scene.stage.anna, &id, Judgement::Restore).await.unwrap();
        }
    };
    // Each of so many has its turn at the database before that gives up waiting, also where a commit takes long.
    let mut all = futures::stream::iter((0..1000).map(one)).buffer_unordered(200);
    while all.next().await.is_some() {}
    // Two of five are left alone, and half of what was hidden came back.
    assert_eq!(scene.count(&scene.stage.nobody).await, 400 + 100);
    let page = scene.hub.comments(&scene.stage.nobody, &scene.name, 1).await.unwrap();
    assert_eq!(page.threads.total, 500);
}

async fn a_text_must_say_something(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let ben = &scene.stage.ben;
    let empty = Some(Error::field("text", Problem::Required));
    for text in ["", "  \r\n ", "\u{200b}"] {
        assert_eq!(scene.try_to_say(ben, text).await.err(), empty, "{text:?}");
    }
    let bad = Some(Error::field("text", Problem::BadValue));
    assert_eq!(scene.try_to_say(ben, "a\0b").await.err(), bad, "the same on both databases");
    let id = scene.say(ben, "👍 \u{202e}drawkcab\u{202c} 中文").await;
    assert_eq!(scene.state(ben, &id).await, Ok(CommentState::Visible));
    for attack in testing::attacks() {
        if let Ok(id) = scene.try_to_say(ben, attack).await {
            let html = scene.hub.comment(ben, &scene.name, &id).await.unwrap().html;
            assert_eq!(testing::hole(&html), None, "{attack}");
        }
    }
}
