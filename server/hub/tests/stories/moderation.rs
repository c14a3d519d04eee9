//! Moderation: flags, the queue, what becomes of a comment, and who may not comment any more.

use crate::comment_scene::Scene;
use crate::stage::Stage;
use crate::stories;
use hub::{Actor, AuditQuery, AuditScope, CommentQueue, NewComment};
use model::comment::{CommentPolicy, CommentState, FlagReason, Judgement, Obstacle};
use model::view::CommentsPage;
use model::{Error, Missing, Problem, Visibility};

stories! { a_flagged_comment_is_hidden_and_gone_for_everybody_else a_flag_is_counted_once_and_quotes_what_was_said
a_first_comment_waits_until_somebody_reads_it a_blocked_person_comments_no_more a_site_admin_blocks_everywhere
collaborators_do_not_moderate what_a_site_admin_hides_stays_hidden everything_is_in_the_log
nothing_is_decided_twice nobody_settles_reports_of_their_own_comment }

const GONE: Error = Error::NotFound(Missing::Comment);

async fn flag(scene: &Scene, who: &Actor, id: &str, words: &str) -> Result<(), Error> {
    scene.hub.flag_comment(who, &scene.name, id, FlagReason::Spam, words).await
}

async fn a_flagged_comment_is_hidden_and_gone_for_everybody_else(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, nobody) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.nobody);
    let carl = scene.person("carl").await;
    let id = scene.say(ben, "buy this").await;
    let answer = scene.answer(&carl, &id, "no").await;
    flag(&scene, &carl, &id, "an advertisement").await.unwrap();
    assert_eq!(scene.count(nobody).await, 2, "a flag alone hides nothing");
    let cases = scene.queue(CommentQueue::Open).await;
    assert_eq!(
        (cases[0].comment.id.as_str(), cases[0].flags[0].words.as_str()),
        (id.as_str(), "an advertisement")
    );
    assert_eq!(scene.hub.comments(anna, &scene.name, 1).await.unwrap().commenting.open, 1);
    let unreasoned = scene.hub.judge_comment(anna, &scene.name, &id, Judgement::Hide, " ").await;
    assert_eq!(unreasoned, Err(Error::field("because", Problem::Required)));
    scene.judge(anna, &id, Judgement::Hide).await.unwrap();

    for stranger in [&carl, nobody] {
        assert_eq!(scene.threads(stranger).await, ["-"]);
        assert_eq!(scene.state(stranger, &id).await, Err(GONE));
        assert_eq!(scene.hub.comment_thread(stranger, &scene.name, &id, None).await.err(), Some(GONE));
        assert_eq!(scene.count(stranger).await, 1);
        let listed = scene.hub.comment_list(stranger, &scene.name, 1, 10).await.unwrap();
        assert_eq!(listed.rows.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [answer.as_str()]);
    }
    assert_eq!(flag(&scene, &carl, &id, "").await, Err(GONE));
    let late = NewComment { text: "why", parent: Some(&id) };
    assert_eq!(scene.hub.add_comment(&carl, &scene.name, late).await.err(), Some(GONE));
    let own = scene.hub.comment(ben, &scene.name, &id).await.unwrap();
    assert_eq!((own.state, own.because.as_str()), (CommentState::Hidden, "not nice"), "its author is told");
    assert_eq!(scene.hub.edit_comment(ben, &scene.name, &id, "sorry").await, Err(Error::Denied));
    assert!(scene.queue(CommentQueue::Open).await.is_empty());
    assert_eq!(scene.queue(CommentQueue::Hidden).await[0].hidden_by, "anna");
    scene.judge(anna, &id, Judgement::Restore).await.unwrap();
    assert_eq!((scene.threads(nobody).await, scene.count(nobody).await), (vec!["buy this".to_owned()], 2));
    assert_eq!(scene.hub.comment(ben, &scene.name, &id).await.unwrap().because, "");
}

async fn a_flag_is_counted_once_and_quotes_what_was_said(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let carl = scene.person("carl").await;
    let id = scene.say(ben, "rude words").await;
    let unsaid = scene.hub.flag_comment(&carl, &scene.name, &id, FlagReason::Other, " ").await;
    assert_eq!(unsaid, Err(Error::field("words", Problem::Required)));
    let long = "x".repeat(501);
    assert_eq!(
        flag(&scene, &carl, &id, &long).await,
        Err(Error::field("words", Problem::TooLong { max: 500 }))
    );
    assert_eq!(flag(&scene, ben, &id, "").await, Err(Error::Denied), "one's own");
    flag(&scene, &carl, &id, "").await.unwrap();
    flag(&scene, &carl, &id, "again").await.unwrap();
    flag(&scene, anna, &id, "me too").await.unwrap();
    scene.hub.edit_comment(ben, &scene.name, &id, "kind words").await.unwrap();
    let case = scene.queue(CommentQueue::Open).await.pop().unwrap();
    assert_eq!(case.flags.len(), 2);
    assert_eq!(case.flags[0].body_then.as_deref(), Some("rude words"), "changed since");
    assert!(scene.hub.comment(&carl, &scene.name, &id).await.unwrap().is_flagged);
    scene.judge(anna, &id, Judgement::Keep).await.unwrap();
    assert!(scene.queue(CommentQueue::Open).await.is_empty());
    scene.hub.delete_comment(ben, &scene.name, &id).await.unwrap();
    scene.hub.set_comments(anna, &scene.name, CommentPolicy::Off, false).await.unwrap();
    let other = scene.stage.add("anna/other", Visibility::Private).await;
    let hidden = scene.hub.flag_comment(&carl, &other, &id, FlagReason::Spam, "").await;
    assert_eq!(hidden, Err(Error::NotFound(Missing::Repository)));
}

async fn a_first_comment_waits_until_somebody_reads_it(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, nobody) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.nobody);
    scene.hub.set_comments(anna, &scene.name, CommentPolicy::Everybody, true).await.unwrap();
    assert!(scene.hub.comments(ben, &scene.name, 1).await.unwrap().commenting.waits);
    let id = scene.say(ben, "first").await;
    let second = scene.say(ben, "second").await;
    assert_eq!((scene.count(nobody).await, scene.threads(nobody).await.len()), (0, 0));
    assert_eq!(scene.state(&scene.person("carl").await, &id).await, Err(GONE));
    assert_eq!((scene.threads(ben).await.len(), scene.state(ben, &id).await), (2, Ok(CommentState::Waiting)));
    scene.hub.edit_comment(ben, &scene.name, &id, "the first").await.unwrap();
    assert_eq!(scene.count(nobody).await, 0, "editing shows nothing");
    assert_eq!(scene.queue(CommentQueue::Open).await.len(), 2);
    assert_eq!(scene.judge(ben, &id, Judgement::Approve).await, Err(Error::Denied));
    scene.judge(anna, &id, Judgement::Approve).await.unwrap();
    assert_eq!(scene.threads(nobody).await, ["the first"]);
    let third = scene.say(ben, "third").await;
    assert_eq!(scene.state(nobody, &third).await, Ok(CommentState::Visible), "known here now");
    scene.judge(anna, &second, Judgement::Hide).await.unwrap();
    assert_eq!(scene.count(nobody).await, 2);
    let owner = scene.say(anna, "mine").await;
    assert_eq!(scene.state(nobody, &owner).await, Ok(CommentState::Visible), "maintainers wait for nobody");
}

async fn nobody_settles_reports_of_their_own_comment(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, root) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.root);
    let id = scene.say(anna, "buy this").await;
    flag(&scene, ben, &id, "an advertisement").await.unwrap();
    assert_eq!(scene.judge(anna, &id, Judgement::Keep).await, Err(Error::Denied));
    assert_eq!(scene.hub.site(root).await.unwrap().open_cases, 1);
    scene.judge(anna, &id, Judgement::Hide).await.unwrap();
    assert_eq!(scene.judge(anna, &id, Judgement::Restore).await, Err(Error::Denied));
    scene.judge(root, &id, Judgement::Restore).await.unwrap();
    let other = scene.say(root, "mine").await;
    flag(&scene, ben, &other, "an advertisement").await.unwrap();
    scene.judge(root, &other, Judgement::Keep).await.unwrap();
    assert_eq!(scene.hub.site(root).await.unwrap().open_cases, 0);
}

async fn a_blocked_person_comments_no_more(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, nobody) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.nobody);
    let other = scene.say(anna, "welcome").await;
    let id = scene.say(ben, "one").await;
    scene.say(ben, "two").await;
    let block = async |username: &str, hide_all| {
        scene.hub.block_commenter(anna, &scene.name, username, "enough", hide_all).await
    };
    assert_eq!(block("nobody-here", false).await, Err(Error::field("username", Problem::Nobody)));
    for maintainer in ["anna", "root"] {
        assert_eq!(block(maintainer, false).await, Err(Error::field("username", Problem::Maintains)));
    }
    block(" Ben ", false).await.unwrap();
    let blocked = Err(Error::MayNotComment(Obstacle::Blocked));
    assert_eq!(scene.try_to_say(ben, "three").await, Err(Error::MayNotComment(Obstacle::Blocked)));
    assert_eq!(scene.hub.edit_comment(ben, &scene.name, &id, "changed").await, blocked);
    assert_eq!(flag(&scene, ben, &other, "").await, blocked);
    let because = |page: CommentsPage| page.commenting.because;
    let seen = scene.hub.comments(ben, &scene.name, 1).await.unwrap();
    assert_eq!(because(seen).as_deref(), Some("enough"), "they read why");
    assert_eq!(because(scene.hub.comments(nobody, &scene.name, 1).await.unwrap()), None);
    assert_eq!(scene.count(nobody).await, 3, "what was written stays");
    scene.hub.delete_comment(ben, &scene.name, &id).await.unwrap();
    block("ben", true).await.unwrap();
    assert_eq!(scene.threads(nobody).await, ["welcome"]);
    assert_eq!(scene.count(nobody).await, 1);
    let page = scene.hub.moderation(anna, &scene.name, CommentQueue::Open, 1).await.unwrap();
    assert_eq!((page.blocked.len(), page.blocked[0].because.as_str()), (1, "enough"));
    let ben_s: model::Username = "ben".parse().unwrap();
    scene.hub.unblock_commenter(anna, &scene.name, &ben_s).await.unwrap();
    let again = scene.hub.unblock_commenter(anna, &scene.name, &ben_s).await;
    assert_eq!(again, Err(Error::NotFound(Missing::Account)));
    scene.say(ben, "back").await;
}

async fn a_site_admin_blocks_everywhere(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, root) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.root);
    let other = scene.stage.add("anna/other", Visibility::Public).await;
    scene.say(ben, "spam").await;
    scene.hub.add_comment(ben, &other, NewComment { text: "spam", parent: None }).await.unwrap();
    assert_eq!(scene.hub.block_everywhere(anna, "ben", "spam", true).await, Err(Error::Denied));
    let refused = scene.hub.block_everywhere(root, "root", "spam", true).await;
    assert_eq!(refused, Err(Error::field("username", Problem::Maintains)));
    scene.hub.block_everywhere(root, "ben", "spam", true).await.unwrap();
    assert_eq!(scene.count(anna).await, 0);
    assert_eq!(scene.hub.comment_list(anna, &other, 1, 10).await.unwrap().total, 0);
    let blocked = Err(Error::MayNotComment(Obstacle::BlockedEverywhere));
    assert_eq!(scene.try_to_say(ben, "more").await, blocked);
    let page = scene.hub.site_moderation(root, CommentQueue::Hidden, 1).await.unwrap();
    assert_eq!((page.cases.total, page.blocked.len()), (2, 1));
    assert_eq!(scene.hub.site_moderation(anna, CommentQueue::Open, 1).await.err(), Some(Error::Denied));
    scene.hub.unblock_everywhere(root, &"ben".parse().unwrap()).await.unwrap();
    scene.say(ben, "sorry").await;
}

async fn collaborators_do_not_moderate(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Private).await;
    let (anna, ben, root) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.root);
    let id = scene.say(anna, "only for us").await;
    scene.hub.add_collaborator(anna, &scene.name, "ben").await.unwrap();
    assert!(
        scene.hub.comment(ben, &scene.name, &scene.say(ben, "I help").await).await.unwrap().is_maintainer
    );
    assert_eq!(scene.judge(ben, &id, Judgement::Hide).await, Err(Error::Denied));
    let queue = scene.hub.moderation(ben, &scene.name, CommentQueue::Open, 1).await;
    assert_eq!(queue.err(), Some(Error::Denied));
    let block = scene.hub.block_commenter(ben, &scene.name, "root", "x", false).await;
    assert_eq!(block, Err(Error::Denied));
    let blocked = scene.hub.block_commenter(anna, &scene.name, "ben", "x", false).await;
    assert_eq!(blocked, Err(Error::field("username", Problem::Maintains)), "first the right goes");
    flag(&scene, ben, &id, "").await.unwrap();
    let site = scene.hub.site_moderation(root, CommentQueue::Open, 1).await.unwrap().cases.rows;
    assert_eq!((&site[0].repository, site[0].comment.id.as_str()), (&scene.name, id.as_str()));
    scene.judge(root, &id, Judgement::Hide).await.unwrap();
    scene.hub.remove_collaborator(anna, &scene.name, &"ben".parse().unwrap()).await.unwrap();
    let missing = Some(Error::NotFound(Missing::Repository));
    assert_eq!(scene.hub.comments(ben, &scene.name, 1).await.err(), missing, "also one's own, at once");
}

async fn what_a_site_admin_hides_stays_hidden(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, root) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.root);
    let id = scene.say(ben, "against the law").await;
    scene.judge(root, &id, Judgement::Hide).await.unwrap();
    assert!(scene.hub.comment(ben, &scene.name, &id).await.unwrap().by_site);
    for judgement in [Judgement::Restore, Judgement::Delete] {
        assert_eq!(scene.judge(anna, &id, judgement).await, Err(Error::Denied));
    }
    scene.judge(root, &id, Judgement::Restore).await.unwrap();
    scene.judge(anna, &id, Judgement::Hide).await.unwrap();
    scene.judge(anna, &id, Judgement::Restore).await.unwrap();
}

async fn nothing_is_decided_twice(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let id = scene.say(ben, "hello").await;
    let over = Err(Error::field("judgement", Problem::Over));
    assert_eq!(scene.judge(anna, &id, Judgement::Approve).await, over);
    assert_eq!(scene.judge(anna, &id, Judgement::Restore).await, over);
    scene.judge(anna, &id, Judgement::Hide).await.unwrap();
    assert_eq!(scene.judge(anna, &id, Judgement::Hide).await, over);
    scene.judge(anna, &id, Judgement::Delete).await.unwrap();
    assert_eq!(scene.judge(anna, &id, Judgement::Restore).await, Err(GONE));
    assert_eq!(scene.state(ben, &id).await, Err(GONE));
    assert_eq!(scene.count(ben).await, 0);
}

async fn everything_is_in_the_log(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, root) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.root);
    let carl = scene.person("carl").await;
    scene.hub.set_comments(anna, &scene.name, CommentPolicy::Everybody, false).await.unwrap();
    let id = scene.say(ben, "hello").await;
    scene.hub.edit_comment(ben, &scene.name, &id, "hello!").await.unwrap();
    flag(&scene, &carl, &id, "").await.unwrap();
    scene.judge(anna, &id, Judgement::Hide).await.unwrap();
    scene.hub.block_commenter(anna, &scene.name, "ben", "enough", false).await.unwrap();
    scene.hub.unblock_commenter(anna, &scene.name, &"ben".parse().unwrap()).await.unwrap();
    scene.hub.delete_comment(ben, &scene.name, &id).await.unwrap();
    scene.say(ben, "again").await;
    scene.hub.block_everywhere(root, "ben", "spam", true).await.unwrap();
    scene.hub.unblock_everywhere(root, &"ben".parse().unwrap()).await.unwrap();
    let query = AuditQuery { page: 1, size: 100, ..AuditQuery::default() };
    let scope = AuditScope::Repository(scene.name.clone());
    let log = scene.hub.audit_log(anna, &scope, &query).await.unwrap().rows.rows;
    let told: Vec<(&str, &str)> =
        log.iter().rev().map(|row| (row.event.action(), row.actor.as_str())).collect();
    let comments = [
        ("repo.create", "anna"),
        ("repo.comment.policy", "anna"),
        ("repo.comment.add", "ben"),
        ("repo.comment.edit", "ben"),
        ("repo.comment.flag", "carl"),
        ("repo.comment.moderate", "anna"),
        ("repo.comment.block", "anna"),
        ("repo.comment.unblock", "anna"),
        ("repo.comment.delete", "ben"),
        ("repo.comment.add", "ben"),
        ("repo.comment.hide_all", "root"),
    ];
    assert_eq!(told, comments);
    let site = scene.hub.audit_log(root, &AuditScope::Site, &query).await.unwrap().rows.rows;
    let told: Vec<&str> = site.iter().take(3).map(|row| row.event.action()).collect();
    assert_eq!(told, ["account.comment.unblock", "repo.comment.hide_all", "account.comment.block"]);
}
