//! What readers see while somebody else writes: all of a change or nothing of it, and no failure.

use crate::stage::{Stage, account};
use crate::stories;
use crate::webhook_scene::{HOUR, ONE, form, scene};
use futures::future::{BoxFuture, FutureExt, TryFutureExt, join, join_all};
use hub::{CommentQueue, NewComment};
use model::comment::CommentPolicy;
use model::view::PullSpan;
use model::{Error, Missing, RepositoryName, Visibility};

stories! { a_run_and_its_attempts_are_of_one_moment
a_push_that_is_shown_is_counted
what_is_deleted_meanwhile_is_missing }

/// Often enough that a reader between two statements of one page is met.
const ROUNDS: usize = 40;

async fn a_run_and_its_attempts_are_of_one_moment(stage: Stage) {
    let scene = scene(stage, ONE, false).await;
    let (hub, anna) = (&scene.stage.hub, &scene.stage.anna);
    for round in 0..ROUNDS {
        scene.push(&format!("v{round}")).await;
        let delivery = scene.claim_one().await;
        let run = hub.webhook(anna, &scene.app, &scene.id, 1).await.unwrap().runs.rows[0].id.clone();
        let reading = async {
            loop {
                let page = hub.webhook_run(anna, &scene.app, &scene.id, &run).await.unwrap();
                let [step] = page.steps.as_slice() else { panic!("one step: {page:?}") };
                if let Some(attempt) = step.attempts.last() {
                    assert!(step.due_at > Some(attempt.sent_at), "failed, and due as before: {step:?}");
                    return;
                }
            }
        };
        join(scene.answer(delivery, 500), reading).await;
    }
}

async fn a_push_that_is_shown_is_counted(stage: Stage) {
    let (hub, anna) = (&stage.hub, &stage.anna);
    for _ in 0..ROUNDS {
        let app = stage.add("anna/app", Visibility::Public).await;
        let reading = async {
            loop {
                let page = hub.repository(anna, &app).await.unwrap();
                if page.last_push.is_some() {
                    assert_eq!(page.head.tag_count, 1);
                    return;
                }
            }
        };
        join(stage.push(&app, "v1", "one"), reading).await;
        hub.delete_repository(anna, &app, Some("anna/app")).await.unwrap();
    }
}

/// What people do with a repository, all at once.
fn everything<'a>(stage: &'a Stage, app: &'a RepositoryName) -> Vec<BoxFuture<'a, Result<(), Error>>> {
    let (hub, anna, ben) = (&stage.hub, &stage.anna, &stage.ben);
    let comment = NewComment { text: "Thanks", parent: None };
    vec![
        hub.repository(anna, app).map_ok(drop).boxed(),
        hub.repository_settings(anna, app).map_ok(drop).boxed(),
        hub.repository_details(ben, app).map_ok(drop).boxed(),
        hub.tags(ben, app, 1, 10).map_ok(drop).boxed(),
        hub.tag_names(ben, app, None, "").map_ok(drop).boxed(),
        hub.pulls(ben, app, PullSpan::default(), 1).map_ok(drop).boxed(),
        hub.stargazers(ben, app, 1).map_ok(drop).boxed(),
        hub.collaborators(anna, app).map_ok(drop).boxed(),
        hub.comments(ben, app, 1).map_ok(drop).boxed(),
        hub.comments(&stage.nobody, app, 1).map_ok(drop).boxed(),
        hub.moderation(anna, app, CommentQueue::Open, 1).map_ok(drop).boxed(),
        hub.webhooks(anna, app).map_ok(drop).boxed(),
        hub.push_feed(ben, app).map_ok(drop).boxed(),
        hub.star(ben, app).boxed(),
        hub.star(anna, app).boxed(),
        hub.unstar(anna, app).boxed(),
        hub.add_comment(ben, app, comment).map_ok(drop).boxed(),
        hub.set_comments(anna, app, CommentPolicy::Everybody, false).boxed(),
        hub.block_commenter(anna, app, "carl", "spam", false).boxed(),
        hub.add_collaborator(anna, app, "ben").boxed(),
        async move { hub.add_webhook(anna, app, &form(ONE)).await.map(drop) }.boxed(),
    ]
}

async fn what_is_deleted_meanwhile_is_missing(stage: Stage) {
    stage.hub.add_user(&account("carl"), false).await.unwrap();
    for _ in 0..ROUNDS {
        // Nobody floods.
        stage.wait(HOUR);
        let app = stage.add("anna/app", Visibility::Public).await;
        let delete = stage.hub.delete_repository(&stage.anna, &app, Some("anna/app"));
        let (deleted, done) = join(delete, join_all(everything(&stage, &app))).await;
        assert_eq!(deleted, Ok(()));
        for (number, done) in done.into_iter().enumerate() {
            let missing = Err(Error::NotFound(Missing::Repository));
            assert!(done.is_ok() || done == missing, "{number}: {done:?}");
        }
    }
}
