//! SQL of what people are told of, and of what they want by e-mail too.

use super::repositories::count;
use super::{Change, Database, StoreError, access, read, statements, write};
use model::view::NoticeRow;
use model::{Membership, Notice, NoticeKind, Role, Timestamp};

/// Whether the user `u` may read of that repository: with a role there, or without one where everybody may pull.
macro_rules! may_read {
    ($visibility:literal, $repository:literal, $role:literal) => {
        concat!(
            "(u.is_admin OR (",
            $role,
            " = 0 AND ",
            $visibility,
            " <> 'private')
                OR EXISTS (SELECT 1 FROM repository_roles m WHERE m.repository_id = ",
            $repository,
            "
                    AND m.user_id = u.id AND m.role >= ",
            $role,
            "))"
        )
    };
}

/// Notices of `$whose` that they may still see.
macro_rules! seen {
    ($whose:literal, $what:literal, $tail:literal) => {
        concat!(
            "SELECT ",
            $what,
            " FROM notifications n JOIN users u ON u.id = n.user_id
                LEFT JOIN repositories r ON r.id = n.repository_id
            WHERE ",
            $whose,
            " AND (n.repository_id IS NULL OR r.id IS NOT NULL AND ",
            may_read!("r.visibility", "n.repository_id", "n.role"),
            ")",
            $tail
        )
    };
}

statements! {
    ADD = "
        INSERT INTO notifications (id, user_id, kind, repository_id, role, subject, body, told_at, is_mailed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    TAKE_BACK = "DELETE FROM notifications WHERE subject = $1 AND subject <> ''";
    /// What waited for a decision about a comment; $2 is the kind of flags, $3 that of comments.
    TAKE_BACK_DECIDED = "
        DELETE FROM notifications WHERE subject = $1 AND subject <> '' AND (kind = $2 OR kind = $3 AND role > 0)";
    LIST = seen!(
        "n.user_id = $1",
        "n.id, n.body, n.told_at, n.read_at, r.namespace, r.name",
        " ORDER BY CASE WHEN n.read_at IS NULL THEN 0 ELSE 1 END, n.told_at DESC, n.id DESC LIMIT $2 OFFSET $3"
    );
    /// Nobody turns more pages than these fill.
    TOTAL = concat!("SELECT COUNT(*) FROM (", seen!("n.user_id = $1", "n.id", " LIMIT 1000"), ") AS counted");
    FIND = seen!(
        "n.user_id = $1", "n.id, n.body, n.told_at, n.read_at, r.namespace, r.name", " AND n.id = $2"
    );
    STILL_MAILED = seen!(
        "n.id = $1", "COUNT(*)", " AND u.email = $2 AND u.email_verified AND NOT u.is_suspended"
    );
    /// No bell shows more than 99.
    UNREAD = concat!(
        "SELECT COUNT(*) FROM (", seen!("n.user_id = $1", "n.id", " AND n.read_at IS NULL LIMIT 100"), ") AS counted"
    );
    MARK = "UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND id = $2 AND read_at IS NULL";
    MARK_ALL = "UPDATE notifications SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL";
    END_OLD = "DELETE FROM notifications WHERE told_at <= $1";
    END_INVITATIONS = "
        DELETE FROM notifications WHERE kind = 'invitation'
            AND NOT EXISTS (SELECT 1 FROM member_invitations i WHERE i.id = subject)";
    /// Whoever can be written to, wants this kind ($3 is what counts while nobody chose), may read of the repository,
    /// and has not left a mail about the same unread since $6.
    READER = concat!(
        "SELECT u.username, u.email, u.language FROM users u
        WHERE u.id = $1 AND u.email_verified AND NOT u.is_suspended
            AND COALESCE((SELECT c.wanted FROM notification_mails c WHERE c.user_id = u.id AND c.kind = $2), $3)
            AND ($4 = '' OR EXISTS (SELECT 1 FROM repositories r WHERE r.id = $4 AND ",
        may_read!("r.visibility", "r.id", "CAST($5 AS BIGINT)"),
        ")) AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.user_id = u.id AND n.read_at IS NULL
            AND n.repository_id = $4 AND n.kind = $2 AND n.is_mailed AND n.told_at > $6)"
    );
    CHOICES = "SELECT kind, wanted FROM notification_mails WHERE user_id = $1";
    CHOOSE = "
        INSERT INTO notification_mails (user_id, kind, wanted) VALUES ($1, $2, $3)
        ON CONFLICT (user_id, kind) DO UPDATE SET wanted = excluded.wanted";
    OWNERS = "SELECT user_id FROM namespace_members WHERE namespace = $1 AND role = $2 ORDER BY user_id";
    /// No more: telling them must not keep a change open for long.
    HOLDERS = "
        SELECT user_id FROM repository_roles WHERE repository_id = $1
        GROUP BY user_id HAVING MAX(role) >= $2 ORDER BY MAX(role) DESC, user_id LIMIT 100";
    BY_VERIFIED_EMAIL = "SELECT id FROM users WHERE email_key = $1 AND email_verified";
}

/// What is written down for one person.
pub(crate) struct NewNotification<'a> {
    pub(crate) user_id: &'a str,
    pub(crate) repository_id: Option<&'a str>,
    pub(crate) notice: &'a Notice,
    pub(crate) at: Timestamp,
    pub(crate) is_mailed: bool,
}

/// Files a notice; its id.
pub(crate) async fn add(change: &mut Change, new: &NewNotification<'_>) -> Result<String, StoreError> {
    let (id, kind) = (super::new_id(), new.notice.kind());
    let body = serde_json::to_string(new.notice).map_err(|_| StoreError::corrupt("notice"))?;
    change.empty_caches();
    write!(change, c => sqlx::query(ADD)
        .bind(&id).bind(new.user_id).bind(kind.as_str()).bind(new.repository_id)
        .bind(role_of(new.notice)).bind(new.notice.subject()).bind(body).bind(new.at.0).bind(new.is_mailed)
        .execute(c).await.map(drop))?;
    Ok(id)
}

/// Whether whoever was told that notice may still see it, and still has that address.
pub(crate) async fn is_still_mailed(database: &Database, id: &str, to: &str) -> Result<bool, StoreError> {
    let found: i64 =
        read!(database, pool => sqlx::query_scalar(STILL_MAILED).bind(id).bind(to).fetch_one(pool).await)?;
    Ok(found > 0)
}

/// The role that is needed to be shown it; 0: none.
fn role_of(notice: &Notice) -> i64 {
    notice.role().map_or(0, access::rank)
}

/// Forgets every notice about a comment, a webhook or an invitation that is gone.
pub(crate) async fn take_back(change: &mut Change, subject: &str) -> Result<(), StoreError> {
    change.empty_caches();
    Ok(write!(change, c => sqlx::query(TAKE_BACK).bind(subject).execute(c).await.map(drop))?)
}

/// Forgets that a comment waits for a decision, or was flagged.
pub(crate) async fn take_back_decided(change: &mut Change, comment: &str) -> Result<(), StoreError> {
    change.empty_caches();
    let (flag, waits) = (NoticeKind::Flag.as_str(), NoticeKind::Comment.as_str());
    Ok(write!(change, c => sqlx::query(TAKE_BACK_DECIDED)
        .bind(comment).bind(flag).bind(waits).execute(c).await.map(drop))?)
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    id: String,
    body: String,
    told_at: i64,
    read_at: Option<i64>,
    namespace: Option<String>,
    name: Option<String>,
}

impl StoredRow {
    /// With the name that its repository has now.
    fn view(self) -> Result<NoticeRow, StoreError> {
        let corrupt = || StoreError::corrupt("notice");
        let mut notice: Notice = serde_json::from_str(&self.body).map_err(|_| corrupt())?;
        if let (Some(told), Some(namespace), Some(name)) =
            (notice.repository_mut(), &self.namespace, &self.name)
        {
            *told = format!("{namespace}/{name}").parse().map_err(|_| corrupt())?;
        }
        Ok(NoticeRow { id: self.id, at: Timestamp(self.told_at), is_read: self.read_at.is_some(), notice })
    }
}

/// What somebody was told of, unread ones first, the latest first; and how many there are.
pub(crate) async fn list(
    database: &Database,
    user_id: &str,
    limit: i64,
    offset: i64,
) -> Result<(Vec<NoticeRow>, u64), StoreError> {
    let rows: Vec<StoredRow> = read!(database, pool => sqlx::query_as(LIST)
        .bind(user_id).bind(limit).bind(offset).fetch_all(pool).await)?;
    let total: i64 = read!(database, pool => sqlx::query_scalar(TOTAL).bind(user_id).fetch_one(pool).await)?;
    Ok((rows.into_iter().map(StoredRow::view).collect::<Result<_, _>>()?, count(total)))
}

/// One of somebody's notices.
pub(crate) async fn find(
    database: &Database,
    user_id: &str,
    id: &str,
) -> Result<Option<NoticeRow>, StoreError> {
    let row: Option<StoredRow> = read!(database, pool => sqlx::query_as(FIND)
        .bind(user_id).bind(id).fetch_optional(pool).await)?;
    row.map(StoredRow::view).transpose()
}

/// How many somebody has not read; 100 are many.
pub(crate) async fn unread(database: &Database, user_id: &str) -> Result<u64, StoreError> {
    let unread: i64 =
        read!(database, pool => sqlx::query_scalar(UNREAD).bind(user_id).fetch_one(pool).await)?;
    Ok(count(unread))
}

/// Marks one as read, or all.
pub(crate) async fn mark(
    change: &mut Change,
    user_id: &str,
    id: Option<&str>,
    at: Timestamp,
) -> Result<(), StoreError> {
    match id {
        Some(id) => write!(change, c => sqlx::query(MARK)
            .bind(user_id).bind(id).bind(at.0).execute(c).await.map(drop))?,
        None => write!(change, c => sqlx::query(MARK_ALL)
            .bind(user_id).bind(at.0).execute(c).await.map(drop))?,
    }
    Ok(())
}

/// Forgets what was told before `until`.
pub(crate) async fn end_old(change: &mut Change, until: Timestamp) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_OLD).bind(until.0).execute(c).await.map(drop))?)
}

/// Forgets invitations that nobody can accept any more.
pub(crate) async fn end_invitations(change: &mut Change) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(END_INVITATIONS).execute(c).await.map(drop))?)
}

/// Somebody who can be written to.
#[derive(sqlx::FromRow)]
pub(crate) struct Reader {
    pub(crate) username: String,
    pub(crate) email: String,
    /// Empty: not known.
    pub(crate) language: String,
}

/// How to write to somebody of a notice; `None`: not at all, or not while a mail about the same that was sent after
/// `since` is unread.
pub(crate) async fn reader(
    change: &mut Change,
    user_id: &str,
    repository_id: Option<&str>,
    notice: &Notice,
    since: Timestamp,
) -> Result<Option<Reader>, StoreError> {
    let kind = notice.kind();
    let Some(by_itself) = kind.mailed() else { return Ok(None) };
    Ok(write!(change, c => sqlx::query_as(READER)
        .bind(user_id).bind(kind.as_str()).bind(by_itself).bind(repository_id.unwrap_or_default())
        .bind(role_of(notice)).bind(since.0).fetch_optional(c).await)?)
}

/// What somebody chose.
pub(crate) async fn choices(
    database: &Database,
    user_id: &str,
) -> Result<Vec<(NoticeKind, bool)>, StoreError> {
    let rows: Vec<(String, bool)> =
        read!(database, pool => sqlx::query_as(CHOICES).bind(user_id).fetch_all(pool).await)?;
    // A kind that this program does not know was chosen in another version.
    Ok(rows.into_iter().filter_map(|(kind, wanted)| Some((kind.parse().ok()?, wanted))).collect())
}

/// Chooses whether a kind comes by e-mail too.
pub(crate) async fn choose(
    change: &mut Change,
    user_id: &str,
    kind: NoticeKind,
    wanted: bool,
) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(CHOOSE)
        .bind(user_id).bind(kind.as_str()).bind(wanted).execute(c).await.map(drop))?)
}

/// The ids of a namespace's owners.
pub(crate) async fn owners(change: &mut Change, namespace: &str) -> Result<Vec<String>, StoreError> {
    let owner = access::membership_rank(Membership::Owner);
    Ok(write!(change, c => sqlx::query_scalar(OWNERS).bind(namespace).bind(owner).fetch_all(c).await)?)
}

/// The ids of those who have at least this role in a repository, at most 100, the highest first; site admins only
/// where they have it there.
pub(crate) async fn holders(
    change: &mut Change,
    repository_id: &str,
    role: Role,
) -> Result<Vec<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(HOLDERS)
        .bind(repository_id).bind(access::rank(role)).fetch_all(c).await)?)
}

/// Whose address this is, if they proved it.
pub(crate) async fn by_verified_email(
    change: &mut Change,
    email: &str,
) -> Result<Option<String>, StoreError> {
    Ok(write!(change, c => sqlx::query_scalar(BY_VERIFIED_EMAIL)
        .bind(email.to_lowercase()).fetch_optional(c).await)?)
}
