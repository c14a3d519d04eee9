//! What a bearer token must hold to be believed, and what it must not.

use super::*;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

struct Desk {
    bearers: Bearers,
    now: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

fn desk(issuer: &str) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let key = SigningKey::open(&folder.path().join("key.pem")).unwrap();
    let now = Arc::new(AtomicI64::new(1_000_000));
    let told = now.clone();
    let clock = Clock::from_fn(move || Timestamp(told.load(Ordering::SeqCst)));
    Desk { bearers: Bearers::new(key, issuer, "hub.example", clock), now, _folder: folder }
}

fn access() -> Vec<Access> {
    vec![Access { kind: "repository".into(), name: "anna/app".into(), actions: vec!["pull".into()] }]
}

fn token(desk: &Desk) -> String {
    let anna: Username = "anna".parse().unwrap();
    let ttl = Duration::from_secs(60);
    desk.bearers
        .issue(Door::Registry, Holder { subject: Some(&anna), access_token: None }, &access(), ttl)
        .unwrap()
        .token
}

#[test]
fn a_token_is_good_until_it_expires() {
    let desk = desk("https://hub.example");
    let token = token(&desk);
    let bearer = desk.bearers.verify(Door::Registry, &token).unwrap();
    assert_eq!(bearer.subject.as_ref().unwrap().as_str(), "anna");
    assert_eq!(bearer.grants[0].repository.as_str(), "anna/app");
    assert!(desk.bearers.verify(Door::Api, &token).is_none(), "another audience");
    desk.now.fetch_add(59_999, Ordering::SeqCst);
    assert!(desk.bearers.verify(Door::Registry, &token).is_some());
    desk.now.fetch_add(1, Ordering::SeqCst);
    assert!(desk.bearers.verify(Door::Registry, &token).is_none());
}

#[test]
fn the_key_file_is_kept_and_secret() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token-key.pem");
    let first = SigningKey::open(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(first.id(), SigningKey::open(&file).unwrap().id());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn forged_tokens_are_refused() {
    let desk = desk("https://hub.example");
    let good = token(&desk);
    let parts: Vec<&str> = good.split('.').collect();
    let encode = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let none = format!("{}.{}.", encode(r#"{"alg":"none","typ":"JWT"}"#), parts[1]);
    let hs = format!("{}.{}.{}", encode(r#"{"alg":"HS256","typ":"JWT"}"#), parts[1], parts[2]);
    let altered = format!("{}.{}.{}", parts[0], encode(r#"{"sub":"ben"}"#), parts[2]);
    for forged in ["", "x", "a.b.c", &none, &hs, &altered] {
        assert!(desk.bearers.verify(Door::Registry, forged).is_none(), "{forged}");
    }
    let other_key = self::desk("https://hub.example");
    assert!(other_key.bearers.verify(Door::Registry, &good).is_none());
}
