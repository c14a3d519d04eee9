//! Who hears of comments, by the bell, by e-mail and in logs; and what they hear no more.

use crate::comment_scene::Scene;
use crate::stage::Stage;
use crate::stories;
use hub::{Actor, AuditQuery, AuditScope, CommentQueue, RepositoryEdit};
use model::comment::{CommentPolicy, FlagReason, Judgement};
use model::mail::MailAbout;
use model::view::{AuditRow, Means};
use model::{Notice, NoticeKind, Role, Visibility};
use std::net::IpAddr;

stories! { mails_go_to_those_who_may_still_read what_is_gone_is_not_mailed_later one_unread_mail_about_comments_is_enough
what_waits_is_told_to_those_who_decide whoever_is_blocked_is_told a_settled_flag_can_be_raised_again where_strangers_are_is_not_in_the_logs_of_others }

const HOUR: i64 = 3_600_000;

/// Who is mailed a notice of these kinds since the last time.
async fn mailed(scene: &Scene, kinds: &[NoticeKind]) -> Vec<String> {
    let mut to = Vec::new();
    for due in scene.hub.due_mails().await.unwrap() {
        if !scene.hub.take_mail(&due).await.unwrap() {
            continue;
        }
        if matches!(&due.mail.about, MailAbout::Notice { notice, .. } if kinds.contains(&notice.kind())) {
            to.push(due.mail.to.clone());
        }
        scene.hub.mail_tried(&due, true).await.unwrap();
    }
    to.sort();
    to
}

async fn told(scene: &Scene, who: &Actor) -> Vec<Notice> {
    let page = scene.hub.notices(who, 1).await.unwrap();
    page.notices.rows.into_iter().map(|row| row.notice).collect()
}

async fn mails_go_to_those_who_may_still_read(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let id = scene.say(ben, "nice").await;
    scene.answer(anna, &id, "thanks").await;
    let replies = [NoticeKind::Reply];
    assert_eq!(mailed(&scene, &replies).await, ["ben@example.org"]);
    scene.hub.mark_read(ben, None).await.unwrap();
    let private = RepositoryEdit { visibility: Some(Visibility::Private), ..RepositoryEdit::default() };
    scene.hub.edit_repository(anna, &scene.name, &private).await.unwrap();
    scene.answer(anna, &id, "a secret now").await;
    assert_eq!(mailed(&scene, &replies).await, [""; 0]);
    assert_eq!(scene.hub.unread(ben).await, Ok(0));
}

async fn whoever_is_blocked_is_told(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben, root) = (&scene.stage.anna, &scene.stage.ben, &scene.stage.root);
    let block = async |hide_all| {
        scene.hub.block_commenter(anna, &scene.name, "ben", "enough", hide_all).await.unwrap()
    };
    let unblock = async || {
        scene.hub.unblock_commenter(anna, &scene.name, &"ben".parse().unwrap()).await.unwrap();
    };
    block(false).await;
    assert_eq!(told(&scene, ben).await, [], "strangers are not told");
    unblock().await;
    scene.say(ben, "spam").await;
    block(false).await;
    block(true).await;
    let paths = async || told(&scene, ben).await.iter().map(Notice::path).collect::<Vec<_>>();
    let here = format!("/r/{}/comments", scene.name);
    assert_eq!(paths().await, std::slice::from_ref(&here), "once");
    scene.stage.wait(1000);
    scene.hub.block_everywhere(root, "ben", "spam", true).await.unwrap();
    scene.hub.block_everywhere(root, "ben", "spam", true).await.unwrap();
    assert_eq!(paths().await, ["/notifications".to_owned(), here]);
    let seen = scene.hub.comments(ben, &scene.name, 1).await.unwrap().commenting;
    assert_eq!(seen.because.as_deref(), Some("spam"));
    unblock().await;
    assert_eq!(paths().await, ["/notifications"], "taken back");
    scene.hub.unblock_everywhere(root, &"ben".parse().unwrap()).await.unwrap();
    assert_eq!(told(&scene, ben).await, []);
}

async fn what_is_gone_is_not_mailed_later(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let (kinds, none) = ([NoticeKind::Comment, NoticeKind::Reply], [""; 0]);
    let id = scene.say(ben, "spam").await;
    scene.judge(anna, &id, Judgement::Hide).await.unwrap();
    assert_eq!(mailed(&scene, &kinds).await, none, "hidden before it left");
    let id = scene.say(ben, "nice").await;
    assert_eq!(mailed(&scene, &kinds).await, ["anna@example.org"]);
    scene.answer(anna, &id, "thanks").await;
    let private = RepositoryEdit { visibility: Some(Visibility::Private), ..RepositoryEdit::default() };
    scene.hub.edit_repository(anna, &scene.name, &private).await.unwrap();
    assert_eq!(mailed(&scene, &kinds).await, none, "private before it left");
    assert_eq!(scene.hub.site(&scene.stage.root).await.unwrap().mails, 0, "and nothing waits");
    let carl = scene.person("carl").await;
    scene.say(anna, "a secret").await;
    scene.hub.add_collaborator(anna, &scene.name, "carl").await.unwrap();
    scene.hub.suspend_account(&scene.stage.root, &carl.username().unwrap().clone()).await.unwrap();
    assert_eq!(mailed(&scene, &[NoticeKind::Collaborator]).await, none, "suspended before it left");
}

async fn one_unread_mail_about_comments_is_enough(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let comments = [NoticeKind::Comment];
    for text in ["one", "two", "three"] {
        scene.say(ben, text).await;
    }
    assert_eq!(mailed(&scene, &comments).await, ["anna@example.org"]);
    assert_eq!(scene.hub.unread(anna).await, Ok(3), "the bell tells of each");
    scene.stage.wait(HOUR + 1);
    scene.say(ben, "later").await;
    assert_eq!(mailed(&scene, &comments).await, ["anna@example.org"]);
    scene.hub.mark_read(anna, None).await.unwrap();
    scene.say(ben, "and soon after it was read").await;
    assert_eq!(mailed(&scene, &comments).await, ["anna@example.org"]);
}

async fn what_waits_is_told_to_those_who_decide(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let carl = scene.person("carl").await;
    scene.hub.add_collaborator(anna, &scene.name, "carl").await.unwrap();
    scene.hub.set_comments(anna, &scene.name, CommentPolicy::Everybody, true).await.unwrap();
    let id = scene.say(ben, "the first one").await;
    let (repository, by) = (scene.name.clone(), "ben".parse().unwrap());
    let waits = Notice::CommentWaits { repository, by, id: id.clone() };
    assert_eq!((told(&scene, anna).await, waits.role()), (vec![waits], Some(Role::Admin)));
    let of_comments = |notices: Vec<Notice>| -> Vec<_> {
        notices.into_iter().filter(|notice| notice.kind() == NoticeKind::Comment).collect()
    };
    assert_eq!(of_comments(told(&scene, &carl).await), []);
    scene.judge(anna, &id, Judgement::Approve).await.unwrap();
    let (repository, by) = (scene.name.clone(), "ben".parse().unwrap());
    let seen = Notice::Commented { repository, by, id };
    assert_eq!(of_comments(told(&scene, &carl).await), [seen], "who approves nothing hears of it then");
    assert_eq!(told(&scene, anna).await, [], "nothing waits any more");
}

async fn a_settled_flag_can_be_raised_again(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let (anna, ben) = (&scene.stage.anna, &scene.stage.ben);
    let carl = scene.person("carl").await;
    let id = scene.say(ben, "harmless").await;
    let flag = async |words: &'static str| {
        scene.hub.flag_comment(&carl, &scene.name, &id, FlagReason::Spam, words).await.unwrap();
    };
    flag("first").await;
    scene.judge(anna, &id, Judgement::Keep).await.unwrap();
    flag("nothing changed").await;
    assert!(scene.queue(CommentQueue::Open).await.is_empty(), "it was decided about this text");
    scene.hub.edit_comment(ben, &scene.name, &id, "buy this").await.unwrap();
    assert!(!scene.hub.comment(&carl, &scene.name, &id).await.unwrap().is_flagged);
    flag("now it is one").await;
    let cases = scene.queue(CommentQueue::Open).await;
    let words: Vec<&str> = cases[0].flags.iter().map(|flag| flag.words.as_str()).collect();
    assert_eq!((cases.len(), words), (1, vec!["now it is one"]));
}

async fn where_strangers_are_is_not_in_the_logs_of_others(stage: Stage) {
    let scene = Scene::new(stage, Visibility::Public).await;
    let address: IpAddr = "192.0.2.7".parse().unwrap();
    let from_there = |actor: &Actor| actor.clone().seen_from(address);
    let (anna, ben) = (from_there(&scene.stage.anna), from_there(&scene.stage.ben));
    scene.say(&ben, "hello").await;
    scene.hub.set_comments(&anna, &scene.name, CommentPolicy::Members, false).await.unwrap();
    let rows = async |who: &Actor, scope: AuditScope| -> Vec<AuditRow> {
        let query = AuditQuery { size: 2, ..AuditQuery::default() };
        scene.hub.audit_log(who, &scope, &query).await.unwrap().rows.rows
    };
    for scope in [AuditScope::Repository(scene.name.clone()), AuditScope::Namespace("anna".parse().unwrap())]
    {
        let found = rows(&anna, scope).await;
        let sources: Vec<_> = found.iter().map(|row| (row.actor.as_str(), row.address.as_str())).collect();
        assert_eq!(sources, [("anna", "192.0.2.7"), ("ben", "")]);
        assert_eq!(found[1].means, Means::None);
    }
    let all = rows(&scene.stage.root, AuditScope::Site).await;
    assert!(all.iter().all(|row| row.address == "192.0.2.7"), "site admins see it: {all:?}");
}
