//! A hub on a database of its own, with Anna and Ben, who are ordinary people, and Root, a site admin.

use bytes::Bytes;
use futures::{FutureExt, StreamExt};
use hub::{
    Actor, Clock, Database, DiskBlobs, Hub, Incoming, NewAccount, NewRepository, PutManifest, Settings,
    Stored, Vault,
};
use model::{Digest, Error, RepositoryName, Visibility};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use testing::TestDatabase;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const INDEX: &str = "application/vnd.oci.image.index.v1+json";

pub(crate) struct Stage {
    pub(crate) hub: Hub,
    pub(crate) anna: Actor,
    pub(crate) ben: Actor,
    pub(crate) root: Actor,
    pub(crate) nobody: Actor,
    pub(crate) database: TestDatabase,
    now: Arc<AtomicI64>,
}

impl Stage {
    pub(crate) async fn sqlite() -> Self {
        Box::pin(Self::on(TestDatabase::sqlite(), roomy())).await
    }

    pub(crate) async fn postgres() -> Option<Self> {
        Some(Box::pin(Self::on(TestDatabase::postgres()?, roomy())).await)
    }

    async fn on(database: TestDatabase, settings: Settings) -> Self {
        let now = Arc::new(AtomicI64::new(1_780_000_000_000));
        let hub = Box::pin(open(&database, settings, &now)).await;
        for (name, is_admin) in [("anna", false), ("ben", false), ("root", true)] {
            hub.add_user(&account(name), is_admin).await.unwrap();
        }
        let person = |name: &'static str| {
            let hub = hub.clone();
            async move { hub.person(&name.parse().unwrap()).await.unwrap().unwrap() }.boxed()
        };
        let (anna, ben, root) = (person("anna").await, person("ben").await, person("root").await);
        Self { hub, anna, ben, root, nobody: Actor::anonymous(), database, now }
    }

    /// The same data with other settings, as after a restart.
    pub(crate) async fn restarted(&self, settings: Settings) -> Hub {
        Box::pin(open(&self.database, settings, &self.now)).await
    }

    /// Changes the tables past the hub, as other versions of it would have.
    pub(crate) async fn execute(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match Database::open(&self.database.url).await.unwrap() {
            Database::Sqlite { write, .. } => drop(sqlx::raw_sql(sql).execute(&write).await.unwrap()),
            Database::Postgres(pool) => drop(sqlx::raw_sql(sql).execute(&pool).await.unwrap()),
        }
    }

    /// One number of the tables, which no page shows.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match Database::open(&self.database.url).await.unwrap() {
            Database::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(&read).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap(),
        }
    }

    /// Lets time pass, in milliseconds.
    pub(crate) fn wait(&self, time: i64) {
        self.now.fetch_add(time, Ordering::SeqCst);
    }

    pub(crate) async fn add(&self, name: &str, visibility: Visibility) -> RepositoryName {
        let name: RepositoryName = name.parse().unwrap();
        let new = NewRepository {
            name: name.clone(),
            description: String::new(),
            full_description: String::new(),
            visibility,
        };
        self.hub.add_repository(&self.anna, &new).await.unwrap();
        name
    }

    /// Anna pushes an image of one layer; different `text`, different image.
    pub(crate) async fn push(&self, name: &RepositoryName, tag: &str, text: &str) -> Stored {
        let config =
            self.blob(name, format!("{{\"architecture\":\"{text}\",\"os\":\"linux\"}}").as_bytes()).await;
        let layer = self.blob(name, text.as_bytes()).await;
        let manifest =
            format!(r#"{{"schemaVersion":2,"mediaType":"{MANIFEST}","config":{config},"layers":[{layer}]}}"#);
        self.put(name, tag, MANIFEST, &manifest).await.unwrap()
    }

    /// Anna's blob, as a descriptor.
    pub(crate) async fn blob(&self, name: &RepositoryName, bytes: &[u8]) -> String {
        let digest = digest(bytes);
        self.hub.put_blob(&self.anna, name, &digest, body(bytes)).await.unwrap();
        format!(r#"{{"mediaType":"application/octet-stream","digest":"{digest}","size":{}}}"#, bytes.len())
    }

    pub(crate) async fn put(
        &self,
        name: &RepositoryName,
        reference: &str,
        media_type: &str,
        manifest: &str,
    ) -> Result<Stored, Error> {
        let new = PutManifest {
            reference: reference.parse().unwrap(),
            tags: Vec::new(),
            media_type: Some(media_type.into()),
            bytes: Bytes::from(manifest.to_owned()),
        };
        self.hub.put_manifest(&self.anna, name, &new).await
    }
}

async fn open(database: &TestDatabase, settings: Settings, now: &Arc<AtomicI64>) -> Hub {
    let blobs = DiskBlobs::open(database.folder.path()).unwrap();
    let told = Arc::clone(now);
    let clock = Clock::from_fn(move || model::Timestamp(told.load(Ordering::SeqCst)));
    let vault = Vault::new(&[7; 32]).unwrap();
    Hub::new(settings, Database::open(&database.url).await.unwrap(), Arc::new(blobs), clock, vault)
}

/// Most stories are not about plans.
fn roomy() -> Settings {
    Settings { plans: "roomy=unlimited".parse().unwrap(), ..Settings::default() }
}

pub(crate) fn account(name: &str) -> NewAccount {
    NewAccount {
        username: name.into(),
        email: format!("{name}@example.org"),
        password: PASSWORD.into(),
        invite: None,
    }
}

pub(crate) fn body(bytes: &[u8]) -> Incoming {
    let bytes = Bytes::copy_from_slice(bytes);
    futures::stream::once(async move { Ok(bytes) }).boxed()
}

pub(crate) fn digest(bytes: &[u8]) -> Digest {
    testing::digest(bytes).parse().unwrap()
}
