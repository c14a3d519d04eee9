//! What people are told of: by the bell, by e-mail, and no longer than they may know of it.

use crate::stage::{PASSWORD, Stage};
use crate::stories;
use hub::{Actor, NewAccessToken};
use model::mail::MailAbout;
use model::view::NoticeRow;
use model::{
    Error, Membership, Missing, Notice, NoticeKind, RepositoryName, TokenScope, Username, Visibility,
};

stories! { one_is_told_and_reads_it nobody_is_told_of_what_they_may_not_see mails_come_where_they_are_wanted
a_repository_that_comes_is_told_to_its_new_owners an_invitation_is_told_and_opened_by_its_id
a_taken_back_invitation_is_told_no_more many_are_read_at_once_and_old_ones_go }

const DAY: i64 = 24 * 3_600_000;

async fn told(stage: &Stage, actor: &Actor) -> Vec<NoticeRow> {
    let page = stage.hub.notices(actor, 1).await.unwrap();
    assert_eq!(page.unread, stage.hub.unread(actor).await.unwrap(), "the bell and the page agree");
    assert_eq!(
        page.unread,
        u64::try_from(page.notices.rows.iter().filter(|row| !row.is_read).count()).unwrap()
    );
    page.notices.rows
}

/// Who was mailed a notice; they count as sent.
async fn mailed(stage: &Stage) -> Vec<String> {
    let mut to = Vec::new();
    for due in stage.hub.due_mails().await.unwrap() {
        if let MailAbout::Notice { settings, .. } = &due.mail.about {
            assert!(settings.ends_with("/settings#notifications"), "{settings}");
            to.push(due.mail.to.clone());
        }
        stage.hub.mail_tried(&due, true).await.unwrap();
    }
    to
}

async fn let_ben_push(stage: &Stage, repository: &RepositoryName) {
    stage.hub.add_collaborator(&stage.anna, repository, "ben").await.unwrap();
}

async fn take_ben_off(stage: &Stage, repository: &RepositoryName) {
    stage.hub.remove_collaborator(&stage.anna, repository, &"ben".parse().unwrap()).await.unwrap();
}

async fn acme(stage: &Stage) -> Username {
    stage.hub.create_organization(&stage.anna, "acme", "").await.unwrap()
}

async fn one_is_told_and_reads_it(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Private).await;
    assert_eq!(stage.hub.unread(&stage.ben).await, Ok(0));
    let_ben_push(&stage, &app).await;
    let rows = told(&stage, &stage.ben).await;
    let [row] = rows.as_slice() else { panic!("one: {rows:?}") };
    let expected = Notice::CollaboratorAdded { repository: app, by: "anna".parse().unwrap() };
    assert_eq!((&row.notice, row.is_read), (&expected, false));
    assert_eq!(told(&stage, &stage.anna).await, [], "nobody is told of what they did");
    let missing = Err(Error::NotFound(Missing::Notice));
    assert_eq!(stage.hub.open_notice(&stage.anna, &row.id).await, missing, "it is Ben's");
    stage.hub.mark_read(&stage.anna, Some(&row.id)).await.unwrap();
    stage.hub.mark_read(&stage.anna, None).await.unwrap();
    assert_eq!(stage.hub.unread(&stage.ben).await, Ok(1), "and nobody else's to read");
    assert_eq!(stage.hub.open_notice(&stage.ben, &row.id).await.as_deref(), Ok("/r/anna/app"));
    assert!(told(&stage, &stage.ben).await[0].is_read);
    assert_eq!(stage.hub.notices(&stage.nobody, 1).await.err(), Some(Error::SignInNeeded));
    let new = NewAccessToken {
        label: "CI".into(),
        scope: TokenScope::Admin,
        repositories: String::new(),
        expires_at: None,
    };
    let (_, token) = stage.hub.make_access_token(&stage.ben, &new).await.unwrap();
    let program = stage.hub.check_password("ben", &token).await.unwrap();
    assert_eq!(stage.hub.notices(&program, 1).await.err(), Some(Error::Denied), "no program's business");
    assert_eq!(stage.hub.unread(&program).await, Ok(0));
}

async fn nobody_is_told_of_what_they_may_not_see(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Private).await;
    let_ben_push(&stage, &app).await;
    let id = told(&stage, &stage.ben).await[0].id.clone();
    take_ben_off(&stage, &app).await;
    assert_eq!(told(&stage, &stage.ben).await, []);
    assert_eq!(stage.hub.open_notice(&stage.ben, &id).await, Err(Error::NotFound(Missing::Notice)));
    let_ben_push(&stage, &app).await;
    assert_eq!(told(&stage, &stage.ben).await.len(), 2, "whoever may see it again is told again");
    stage.hub.rename_repository(&stage.anna, &app, "better").await.unwrap();
    assert_eq!(stage.hub.open_notice(&stage.ben, &id).await.as_deref(), Ok("/r/anna/better"));
    stage.hub.delete_repository(&stage.anna, &"anna/better".parse().unwrap(), None).await.unwrap();
    assert_eq!(told(&stage, &stage.ben).await, []);
}

async fn mails_come_where_they_are_wanted(stage: Stage) {
    let app = stage.add("anna/app", Visibility::Private).await;
    let_ben_push(&stage, &app).await;
    assert_eq!(mailed(&stage).await, ["ben@example.org"]);
    let others = [NoticeKind::Comment, NoticeKind::Judged];
    stage.hub.choose_mailed_kinds(&stage.ben, &others).await.unwrap();
    let chosen = stage.hub.account(&stage.ben).await.unwrap().mailed_kinds;
    let wanted: Vec<NoticeKind> =
        chosen.iter().filter(|(_, wanted)| *wanted).map(|(kind, _)| *kind).collect();
    assert_eq!(wanted, others);
    assert!(chosen.iter().all(|(kind, _)| *kind != NoticeKind::Invitation), "it is mailed by itself");
    take_ben_off(&stage, &app).await;
    let_ben_push(&stage, &app).await;
    assert_eq!(mailed(&stage).await, [""; 0]);
    assert_eq!(told(&stage, &stage.ben).await.len(), 2, "the bell tells of everything");
    stage.hub.choose_mailed_kinds(&stage.ben, &[NoticeKind::Collaborator]).await.unwrap();
    stage.hub.change_email(&stage.ben, PASSWORD, "new@example.org").await.unwrap();
    mailed(&stage).await;
    take_ben_off(&stage, &app).await;
    let_ben_push(&stage, &app).await;
    assert_eq!(mailed(&stage).await, [""; 0], "the address is not proved");
}

async fn a_repository_that_comes_is_told_to_its_new_owners(stage: Stage) {
    let (acme, app) = (acme(&stage).await, stage.add("anna/app", Visibility::Private).await);
    let invited = stage.hub.invite_member(&stage.anna, &acme, Membership::Owner, None).await.unwrap();
    stage.hub.join(&stage.ben, &invited).await.unwrap();
    stage.hub.transfer_repository(&stage.anna, &app, &acme, None).await.unwrap();
    let rows = told(&stage, &stage.ben).await;
    let [row] = rows.as_slice() else { panic!("one: {rows:?}") };
    let repository = "acme/app".parse().unwrap();
    assert_eq!(row.notice, Notice::RepositoryReceived { repository, from: app, by: "anna".parse().unwrap() });
    assert_eq!(told(&stage, &stage.anna).await, [], "she did it");
    assert_eq!(mailed(&stage).await, ["ben@example.org"]);
}

async fn an_invitation_is_told_and_opened_by_its_id(stage: Stage) {
    let (hub, acme) = (&stage.hub, acme(&stage).await);
    let mail = ("Ben@Example.org", "en");
    hub.invite_by_mail(&stage.anna, &acme, Membership::Member, None, mail).await.unwrap();
    let rows = told(&stage, &stage.ben).await;
    let [row] = rows.as_slice() else { panic!("one: {rows:?}") };
    let path = hub.open_notice(&stage.ben, &row.id).await.unwrap();
    let id = path.strip_prefix("/join/").unwrap();
    let missing = Some(Error::NotFound(Missing::Invitation));
    assert_eq!(hub.invitation(&stage.root, id).await.err(), missing, "an id alone opens nothing");
    assert_eq!(hub.join(&stage.root, id).await.err(), missing);
    assert_eq!(hub.invitation(&stage.ben, id).await.unwrap().organization, acme);
    assert_eq!(hub.join(&stage.ben, id).await, Ok(acme.clone()));
    assert_eq!(told(&stage, &stage.ben).await, []);
    assert_eq!(hub.join(&stage.ben, id).await.err(), missing, "once");

    hub.change_email(&stage.root, PASSWORD, "new@example.org").await.unwrap();
    let mail = ("new@example.org", "en");
    hub.invite_by_mail(&stage.anna, &acme, Membership::Member, None, mail).await.unwrap();
    assert_eq!(told(&stage, &stage.root).await, [], "whoever did not prove the address is told nothing");
}

async fn a_taken_back_invitation_is_told_no_more(stage: Stage) {
    let (hub, acme) = (&stage.hub, acme(&stage).await);
    let mail = ("ben@example.org", "en");
    hub.invite_by_mail(&stage.anna, &acme, Membership::Member, None, mail).await.unwrap();
    let id = hub.members(&stage.anna, &acme).await.unwrap().invitations[0].id.clone();
    hub.revoke_invitation(&stage.anna, &acme, &id).await.unwrap();
    assert_eq!(told(&stage, &stage.ben).await, []);
    hub.invite_by_mail(&stage.anna, &acme, Membership::Member, None, mail).await.unwrap();
    assert_eq!(told(&stage, &stage.ben).await.len(), 1);
    stage.wait(3 * DAY);
    hub.sweep_sessions().await.unwrap();
    assert_eq!(told(&stage, &stage.ben).await, [], "it is over");
}

async fn many_are_read_at_once_and_old_ones_go(stage: Stage) {
    let (hub, app) = (&stage.hub, stage.add("anna/app", Visibility::Public).await);
    for _ in 0..30 {
        stage.wait(1000);
        let_ben_push(&stage, &app).await;
        take_ben_off(&stage, &app).await;
    }
    let first = hub.notices(&stage.ben, 1).await.unwrap();
    assert_eq!((first.unread, first.notices.total, first.notices.rows.len()), (30, 30, 25));
    assert!(first.notices.rows.windows(2).all(|pair| pair[0].at > pair[1].at), "the latest first");
    hub.mark_read(&stage.ben, Some(&first.notices.rows[0].id)).await.unwrap();
    let second = hub.notices(&stage.ben, 2).await.unwrap().notices;
    assert_eq!(second.rows.len(), 5);
    assert_eq!(second.rows[4].id, first.notices.rows[0].id, "what was read comes last");
    hub.mark_read(&stage.ben, None).await.unwrap();
    assert_eq!(hub.unread(&stage.ben).await, Ok(0));
    stage.wait(91 * DAY);
    hub.sweep_sessions().await.unwrap();
    assert_eq!(hub.notices(&stage.ben, 1).await.unwrap().notices.total, 0);
}
