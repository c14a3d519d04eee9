//! Every call of the protocol, and what is none.

use super::*;

const SHA: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn get(path: &str) -> Result<Call, NoCall> {
    Call::parse(&Method::GET, path, None)
}

fn anna() -> RepositoryName {
    "anna/app".parse().unwrap()
}

#[test]
fn paths_name_what_they_are_about() {
    let latest = Reference::Tag("latest".parse().unwrap());
    assert_eq!(get("anna/app/manifests/latest"), Ok(Call::Manifest { name: anna(), reference: latest }));
    let digest: Digest = SHA.parse().unwrap();
    let blob = Ok(Call::Blob { name: anna(), digest });
    assert_eq!(get(&format!("anna/app/blobs/{SHA}")), blob);
    assert_eq!(get(&format!("anna/app/blobs/{}", SHA.replace(':', "%3A"))), blob);
    let official = get("alpine/tags/list").unwrap();
    assert_eq!(official.scope().unwrap().0.as_str(), "library/alpine");
    assert_eq!(get(""), Ok(Call::Base));
    let id = "0190f5fe-1111-7000-8000-000000000000";
    let upload = get(&format!("anna/app/blobs/uploads/{id}"));
    assert_eq!(upload, Ok(Call::Upload { name: anna(), id: id.into() }));
}

#[test]
fn repositories_may_be_named_like_parts_of_paths() {
    for name in ["blobs/uploads", "manifests/blobs", "tags/list", "anna/manifests"] {
        let call = get(&format!("{name}/manifests/v1")).unwrap();
        assert_eq!(call.scope().unwrap().0.as_str(), name);
    }
}

#[test]
fn hostile_paths_name_nothing() {
    let bad = [
        "anna/../app",
        "anna/%2e%2e",
        "anna/%252e%252e",
        "anna%2fapp",
        "anna%2f..%2fapp",
        "anna/app%00",
        "anna\\app",
        "Anna/app",
        "a/b/c",
        "a/b/c/d/e",
        "anna/%ff",
        "//",
    ];
    for name in bad {
        let call = get(&format!("{name}/manifests/latest"));
        assert!(matches!(call, Err(NoCall::Name(_))), "{name}: {call:?}");
    }
    for reference in ["..", "%2e%2e", "-x", "a%20b"] {
        assert!(matches!(get(&format!("anna/app/manifests/{reference}")), Err(NoCall::Reference(_))));
    }
    for digest in ["sha256:..%2f..%2fx", "sha256:abc", "md5:abc", "sha256%3A%2e%2e"] {
        assert!(matches!(get(&format!("anna/app/blobs/{digest}")), Err(NoCall::Digest(_))), "{digest}");
        assert!(matches!(get(&format!("anna/app/referrers/{digest}")), Err(NoCall::Digest(_))));
    }
    for id in ["..", "%2e%2e", &"a".repeat(5000), "a.b", "é"] {
        assert_eq!(get(&format!("anna/app/blobs/uploads/{id}")), Err(NoCall::UploadId));
    }
    assert_eq!(get("anna/app"), Err(NoCall::Unknown));
    assert_eq!(get("manifests/latest"), Err(NoCall::Unknown));
}

#[test]
fn counts_are_clamped_and_text_is_refused() {
    let tags = |query| match Call::parse(&Method::GET, "anna/app/tags/list", Some(query)) {
        Ok(Call::Tags { n, .. }) => Ok(n),
        Ok(other) => panic!("{other:?}"),
        Err(error) => Err(error),
    };
    assert_eq!(tags("n=0"), Ok(Some(0)));
    assert_eq!(tags("n=99999999999999999999999999"), Ok(Some(u32::MAX)));
    assert_eq!(tags("last=a"), Ok(None));
    for bad in ["n=-1", "n=x", "n=1.5", "n=%2b1"] {
        assert_eq!(tags(bad), Err(NoCall::Count));
    }
}

#[test]
fn starting_an_upload_has_four_shapes() {
    let post = |query: &str| Call::parse(&Method::POST, "anna/app/blobs/uploads/", Some(query));
    assert_eq!(post(""), Ok(Call::BeginUpload { name: anna(), algorithm: None }));
    let sha512 = post("digest-algorithm=sha512");
    assert_eq!(sha512, Ok(Call::BeginUpload { name: anna(), algorithm: Some(Algorithm::Sha512) }));
    let digest: Digest = SHA.parse().unwrap();
    assert_eq!(post(&format!("digest={SHA}")), Ok(Call::PutBlob { name: anna(), digest: digest.clone() }));
    let from = Some("ben/base".parse().unwrap());
    assert_eq!(post(&format!("mount={SHA}&from=ben%2Fbase")), Ok(Call::Mount { name: anna(), digest, from }));
    assert!(matches!(post(&format!("mount={SHA}&from=a/b/c")), Ok(Call::BeginUpload { .. })));
    assert!(matches!(post("digest-algorithm=md5"), Err(NoCall::Digest(_))));
}
