//! SQL of webhooks: their settings. `runs` has what becomes of pushes, `queue` what is to be sent, `outcomes` what came
//! of it, `reports` what receivers say, `history` what pages show.

pub(crate) mod history;
pub(crate) mod outcomes;
pub(crate) mod queue;
pub(crate) mod reports;
pub(crate) mod runs;

use super::change::Transaction;
use super::{Change, Database, Snapshot, StoreError, read, read_at, statements, write};
use crate::access::Entered;
use crate::webhooks::WebhookForm;
use model::view::{LastRun, WebhookSummary};
use model::webhook::{Disabled, PayloadFormat};
use model::{RepositoryName, Timestamp};

statements! {
    LIST = "
        SELECT w.id, w.name, w.disabled, r.id AS run_id, r.state AS run_state, r.started_at AS run_at
        FROM webhooks w LEFT JOIN webhook_runs r
            ON r.id = (SELECT MAX(l.id) FROM webhook_runs l WHERE l.webhook_id = w.id)
        WHERE w.repository_id = $1 AND ($2 = '' OR w.id = $2) ORDER BY w.id";
    URLS = "
        SELECT u.webhook_id, u.url FROM webhook_urls u JOIN webhooks w ON w.id = u.webhook_id
        WHERE w.repository_id = $1 ORDER BY u.webhook_id, u.position";
    FIND = "
        SELECT id, name, format, waits, step_ttl, old_secret_until FROM webhooks
        WHERE repository_id = $1 AND id = $2";
    COUNT = "SELECT COUNT(*) FROM webhooks WHERE repository_id = $1";
    ADD = "
        INSERT INTO webhooks (id, repository_id, name, format, secret, old_secret, old_secret_until, waits,
            step_ttl, disabled, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, '', 0, $6, $7, '', $8, $9)";
    EDIT = "
        UPDATE webhooks SET name = $3, format = $4, waits = $5, step_ttl = $6
        WHERE repository_id = $1 AND id = $2";
    CLEAR_URLS = "DELETE FROM webhook_urls WHERE webhook_id = $1";
    ADD_URL = "INSERT INTO webhook_urls (webhook_id, position, url) VALUES ($1, $2, $3)";
    /// What was not taken yet goes to the new address.
    MOVE_STEPS = "
        UPDATE webhook_steps SET url = $3
        WHERE webhook_id = $1 AND position = $2 AND state IN ('waiting', 'sending')";
    SET_DISABLED = "UPDATE webhooks SET disabled = $2, failing_since = NULL WHERE id = $1";
    ROTATE = "UPDATE webhooks SET old_secret = secret, old_secret_until = $3, secret = $2 WHERE id = $1";
    DELETE = "DELETE FROM webhooks WHERE id = $1";
}

const HOLD: &str = "SELECT id FROM webhooks WHERE id = $1 FOR UPDATE";

/// A webhook's settings.
#[derive(sqlx::FromRow)]
pub(crate) struct WebhookRow {
    pub(crate) id: String,
    pub(crate) name: String,
    format: String,
    pub(crate) waits: bool,
    /// Milliseconds.
    pub(crate) step_ttl: i64,
    pub(crate) old_secret_until: i64,
}

impl WebhookRow {
    pub(crate) fn format(&self) -> Result<PayloadFormat, StoreError> {
        self.format.parse().map_err(|_| StoreError::corrupt("format"))
    }

    pub(crate) fn old_secret_until(&self) -> Timestamp {
        Timestamp(self.old_secret_until)
    }
}

/// A push as its payload tells of it.
#[derive(Debug, Clone)]
pub(crate) struct Push {
    /// Empty for a test.
    pub(crate) event_id: String,
    pub(crate) repository_id: String,
    pub(crate) repository: RepositoryName,
    pub(crate) description: String,
    pub(crate) full_description: String,
    pub(crate) is_private: bool,
    pub(crate) stars: i64,
    pub(crate) comments: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) at: Timestamp,
    pub(crate) pusher: String,
    pub(crate) tag: String,
    pub(crate) digest: String,
    pub(crate) media_type: String,
    /// Bytes of the manifest.
    pub(crate) size: i64,
    /// Counts the repository's pushes, without gaps.
    pub(crate) sequence: i64,
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: String,
    name: String,
    disabled: String,
    run_id: Option<String>,
    run_state: Option<String>,
    run_at: Option<i64>,
}

impl ListRow {
    fn view(self, urls: &[(String, String)]) -> Result<WebhookSummary, StoreError> {
        let own = urls.iter().filter(|(id, _)| *id == self.id).map(|(_, url)| url.clone()).collect();
        let last_run = match (self.run_id, self.run_state, self.run_at) {
            (Some(id), Some(state), Some(at)) => Some(LastRun {
                id,
                state: state.parse().map_err(|_| StoreError::corrupt("run"))?,
                at: Timestamp(at),
            }),
            _ => None,
        };
        let disabled = disabled(&self.disabled)?;
        Ok(WebhookSummary { id: self.id, name: self.name, urls: own, disabled, last_run })
    }
}

fn disabled(word: &str) -> Result<Option<Disabled>, StoreError> {
    if word.is_empty() {
        return Ok(None);
    }
    word.parse().map(Some).map_err(|_| StoreError::corrupt("webhook"))
}

/// All webhooks of a repository, the oldest first.
pub(crate) async fn of_repository(
    database: &Database,
    entered: &Entered,
) -> Result<Vec<WebhookSummary>, StoreError> {
    listed(database, entered, "").await
}

/// One of them.
pub(crate) async fn one(
    database: &Database,
    entered: &Entered,
    id: &str,
) -> Result<Option<WebhookSummary>, StoreError> {
    Ok(listed(database, entered, id).await?.pop())
}

async fn listed(database: &Database, entered: &Entered, id: &str) -> Result<Vec<WebhookSummary>, StoreError> {
    let mut snapshot = Snapshot::of(database).await?;
    let rows: Vec<ListRow> = read_at!(snapshot, c => sqlx::query_as(LIST)
        .bind(entered.id()).bind(id).fetch_all(c).await)?;
    let urls: Vec<(String, String)> =
        read_at!(snapshot, c => sqlx::query_as(URLS).bind(entered.id()).fetch_all(c).await)?;
    rows.into_iter().map(|row| row.view(&urls)).collect()
}

/// One webhook's settings.
pub(crate) async fn find(
    database: &Database,
    entered: &Entered,
    id: &str,
) -> Result<Option<WebhookRow>, StoreError> {
    Ok(read!(database, pool => sqlx::query_as(FIND)
        .bind(entered.id()).bind(id).fetch_optional(pool).await)?)
}

/// Keeps others from changing a webhook, its runs and their steps until `change` ends. SQLite has one writer anyway.
/// Whoever needs several takes them in the order of their ids, before any row of theirs: then nobody waits in a ring.
pub(crate) async fn hold(change: &mut Change, id: &str) -> Result<(), StoreError> {
    if let Transaction::Postgres(tx) = change.transaction() {
        sqlx::query(HOLD).bind(id).execute(&mut **tx).await?;
    }
    Ok(())
}

/// How many a repository has.
pub(crate) async fn count(change: &mut Change, entered: &Entered) -> Result<usize, StoreError> {
    let count: i64 = write!(change, c => sqlx::query_scalar(COUNT).bind(entered.id()).fetch_one(c).await)?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// A webhook to be filed.
pub(crate) struct NewRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) form: &'a WebhookForm,
    /// Sealed.
    pub(crate) secret: &'a str,
    pub(crate) by: &'a str,
    pub(crate) at: Timestamp,
}

/// Files a webhook.
pub(crate) async fn add(
    change: &mut Change,
    entered: &Entered,
    new: &NewRow<'_>,
    urls: &[String],
) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(ADD)
        .bind(new.id).bind(entered.id()).bind(new.name).bind(new.form.format.as_str()).bind(new.secret)
        .bind(new.form.waits).bind(step_ttl(new.form)).bind(new.at.0).bind(new.by)
        .execute(c).await.map(drop))?;
    set_urls(change, new.id, urls).await
}

/// Changes one, and where what waits will go.
pub(crate) async fn edit(
    change: &mut Change,
    entered: &Entered,
    id: &str,
    name: &str,
    form: &WebhookForm,
    urls: &[String],
) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(EDIT)
        .bind(entered.id()).bind(id).bind(name).bind(form.format.as_str()).bind(form.waits)
        .bind(step_ttl(form)).execute(c).await.map(drop))?;
    set_urls(change, id, urls).await?;
    for (position, url) in (1_i64..).zip(urls) {
        write!(change, c => sqlx::query(MOVE_STEPS)
            .bind(id).bind(position).bind(url).execute(c).await.map(drop))?;
    }
    Ok(())
}

fn step_ttl(form: &WebhookForm) -> i64 {
    i64::from(form.wait_minutes) * 60_000
}

async fn set_urls(change: &mut Change, id: &str, urls: &[String]) -> Result<(), StoreError> {
    write!(change, c => sqlx::query(CLEAR_URLS).bind(id).execute(c).await.map(drop))?;
    for (position, url) in (1_i64..).zip(urls) {
        write!(change, c => sqlx::query(ADD_URL)
            .bind(id).bind(position).bind(url).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Turns one off, or on again.
pub(crate) async fn set_disabled(
    change: &mut Change,
    id: &str,
    because: Option<Disabled>,
) -> Result<(), StoreError> {
    let word = because.map_or("", Disabled::as_str);
    Ok(write!(change, c => sqlx::query(SET_DISABLED).bind(id).bind(word).execute(c).await.map(drop))?)
}

/// Gives one a new secret (sealed); the old one signs too until `until`.
pub(crate) async fn rotate(
    change: &mut Change,
    id: &str,
    secret: &str,
    until: Timestamp,
) -> Result<(), StoreError> {
    Ok(
        write!(change, c => sqlx::query(ROTATE).bind(id).bind(secret).bind(until.0).execute(c).await.map(drop))?,
    )
}

/// Deletes one with its history.
pub(crate) async fn delete(change: &mut Change, id: &str) -> Result<(), StoreError> {
    Ok(write!(change, c => sqlx::query(DELETE).bind(id).execute(c).await.map(drop))?)
}
