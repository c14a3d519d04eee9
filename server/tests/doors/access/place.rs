//! What is asked about: a repository of `anna`'s or of the organization, with a collaborator (`dora`), an image, a spare blob and an upload under way.

use super::people::{Identified, ORGANIZATION, Standing, account, take_in};
use crate::images::{self, MANIFEST, sha256};
use crate::support::TestServer;
use axum::body::Bytes;
use futures::StreamExt;
use hub::{Actor, Incoming, NewComment, NewRepository, PutManifest, WebhookForm};
use model::webhook::PayloadFormat;
use model::{Algorithm, RepositoryName, Tag, Visibility};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A repository and the words for what is in it.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) name: RepositoryName,
    /// A name that nobody has yet.
    pub(crate) fresh: String,
    /// A team of the organization.
    pub(crate) team: String,
    pub(crate) digest: String,
    pub(crate) manifest: Vec<u8>,
    /// A blob that no image needs.
    pub(crate) blob: String,
    /// Theirs who ask, if they may push; else the owner's.
    pub(crate) upload: String,
    /// Of the owner's, with a run under way.
    pub(crate) webhook: String,
    pub(crate) run: String,
    /// Of the collaborator's.
    pub(crate) comment: String,
}

static MADE: AtomicUsize = AtomicUsize::new(0);

fn body(bytes: &[u8]) -> Incoming {
    let bytes = Bytes::copy_from_slice(bytes);
    futures::stream::once(async { Ok(bytes) }).boxed()
}

impl Place {
    pub(crate) async fn new(server: &TestServer, person: &Identified, visibility: Visibility) -> Self {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        Self::named(server, person, visibility, &format!("cell-{number}")).await
    }

    pub(crate) async fn named(
        server: &TestServer,
        person: &Identified,
        visibility: Visibility,
        name: &str,
    ) -> Self {
        let name: RepositoryName = format!("{}/{name}", person.person.namespace()).parse().unwrap();
        let olga = account(server, "olga").await;
        let owner = match person.person.standing {
            _ if name.namespace() == ORGANIZATION => olga.clone(),
            Standing::Suspended => person.actor.clone(),
            _ => account(server, "anna").await,
        };
        let new = NewRepository {
            name: name.clone(),
            description: "short".into(),
            full_description: "# Long".into(),
            visibility,
        };
        server.hub.add_repository(&owner, &new).await.unwrap();
        take_in(server, "dora", None).await;
        let collaborates =
            (person.person.standing == Standing::Collaborator).then_some(person.person.account);
        for username in collaborates.into_iter().chain(["dora"]) {
            server.hub.add_collaborator(&owner, &name, username).await.unwrap();
        }
        if let Standing::Team(role) = person.person.standing {
            let team = role.as_str().parse().unwrap();
            server.hub.give_to_team(&olga, &name, &team, role).await.unwrap();
        }
        let team = format!("crew-{}", MADE.fetch_add(1, Ordering::Relaxed));
        server.hub.create_team(&olga, &ORGANIZATION.parse().unwrap(), &team, "").await.unwrap();
        let (digest, manifest) = image(server, &owner, &name).await;
        let blob = put(server, &owner, &name, b"spare").await;
        let fresh = format!("{}-new", name.name());
        let upload = match server.hub.begin_upload(&person.actor, &name, Algorithm::Sha256).await {
            Ok(id) => id,
            Err(_) => server.hub.begin_upload(&owner, &name, Algorithm::Sha256).await.unwrap(),
        };
        let (webhook, run) = webhook(server, &owner, &name).await;
        let dora = account(server, "dora").await;
        let new = NewComment { text: "hello", parent: None };
        let comment = server.hub.add_comment(&dora, &name, new).await.unwrap().id;
        Self { name, fresh, team, digest, manifest, blob, upload, webhook, run, comment }
    }
}

async fn put(server: &TestServer, owner: &Actor, name: &RepositoryName, bytes: &[u8]) -> String {
    let digest = sha256(bytes);
    server.hub.put_blob(owner, name, &digest.parse().unwrap(), body(bytes)).await.unwrap();
    digest
}

/// A webhook that was sent a test.
async fn webhook(server: &TestServer, owner: &Actor, name: &RepositoryName) -> (String, String) {
    let form = WebhookForm {
        name: "chain".into(),
        urls: vec!["https://1.1.1.1/test".into(), "https://1.1.1.1/deploy".into()],
        format: PayloadFormat::Hub,
        waits: false,
        wait_minutes: 60,
    };
    let (id, _) = server.hub.add_webhook(owner, name, &form).await.unwrap();
    let run = server.hub.test_webhook(owner, name, &id).await.unwrap();
    (id, run)
}

/// An image with the tag `v1`.
async fn image(server: &TestServer, owner: &Actor, name: &RepositoryName) -> (String, Vec<u8>) {
    let (config, layer) = (images::config(), b"layer".to_vec());
    put(server, owner, name, &config).await;
    put(server, owner, name, &layer).await;
    let manifest = images::manifest(&config, &layer);
    let tag: Tag = "v1".parse().unwrap();
    let new = PutManifest {
        reference: model::Reference::Tag(tag),
        tags: Vec::new(),
        media_type: Some(MANIFEST.into()),
        bytes: manifest.clone().into(),
    };
    let stored = server.hub.put_manifest(owner, name, &new).await.unwrap();
    (stored.digest.to_string(), manifest)
}
