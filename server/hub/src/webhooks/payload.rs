//! What receivers get: Docker Hub's JSON of 2015 with every field of the user's document (SPEC R4.2), or the
//! notification envelope of CNCF distribution. Fields are only ever added.

use crate::store::webhooks::Push;
use model::Error;
use model::webhook::PayloadFormat;
use serde_json::{Map, Value, json};

/// Characters of the full description that are sent: receivers have limits of their own.
const FULL_MOST: usize = 4000;

/// The payload of a push, but for the callback's address, which each step has its own of.
pub(super) fn of_push(format: PayloadFormat, push: &Push, url: &str) -> Result<String, Error> {
    let value = match format {
        PayloadFormat::Hub => hub(push, url),
        PayloadFormat::Distribution => distribution(push, url),
    };
    serde_json::to_string(&value).map_err(|_| Error::Internal)
}

/// The stored payload with the address that its receiver is to report to.
pub(super) fn with_callback(payload: &str, callback_url: String) -> Result<String, Error> {
    let mut stored: Map<String, Value> = serde_json::from_str(payload).map_err(|_| Error::Internal)?;
    stored.insert("callback_url".into(), callback_url.into());
    serde_json::to_string(&stored).map_err(|_| Error::Internal)
}

/// Docker's documentation for `docker push` webhooks (moby docs/docker-hub/repos.md, 2015), and `push_data.tag`, which
/// Docker Hub added later. What is ours is in `push_data` beside them.
fn hub(push: &Push, url: &str) -> Value {
    let name = push.repository.name();
    let namespace = push.repository.namespace();
    json!({
        "push_data": {
            "images": [push.digest],
            "pushed_at": push.at.seconds(),
            "pusher": push.pusher,
            "tag": push.tag,
            "digest": push.digest,
            "media_type": push.media_type,
            "sequence": push.sequence,
        },
        "repository": {
            "comment_count": push.comments,
            "date_created": push.created_at.seconds(),
            "description": push.description,
            "full_description": push.full_description.chars().take(FULL_MOST).collect::<String>(),
            "is_official": namespace == "library",
            "is_private": push.is_private,
            "is_trusted": false,
            "name": name,
            "namespace": namespace,
            "owner": namespace,
            "repo_name": push.repository.as_str(),
            "repo_url": format!("{url}/r/{}", push.repository),
            "star_count": push.stars,
            "status": "Active",
        },
    })
}

/// CNCF distribution, docs/content/about/notifications.md: `application/vnd.docker.distribution.events.v2+json`.
fn distribution(push: &Push, url: &str) -> Value {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    let at = jiff::Timestamp::from_millisecond(push.at.0).unwrap_or_default();
    json!({
        "events": [{
            "id": push.event_id,
            "timestamp": at.to_string(),
            "action": "push",
            "target": {
                "mediaType": push.media_type,
                "digest": push.digest,
                "size": push.size,
                "length": push.size,
                "repository": push.repository.as_str(),
                "url": format!("{url}/v2/{}/manifests/{}", push.repository, push.digest),
                "tag": push.tag,
            },
            "request": { "id": push.event_id, "addr": "", "host": host, "method": "PUT", "useragent": "" },
            "actor": { "name": push.pusher },
            "source": { "addr": host, "instanceID": "" },
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Timestamp;

    fn push() -> Push {
        Push {
            event_id: "e".into(),
            repository_id: "r".into(),
            repository: "svendowideit/busybox".parse().unwrap(),
            description: String::new(),
            full_description: "é".repeat(25_000),
            is_private: true,
            stars: 7,
            comments: 2,
            created_at: Timestamp(1_417_566_665_000),
            at: Timestamp(1_417_566_822_999),
            pusher: "svendowideit".into(),
            tag: "v1".into(),
            digest: format!("sha256:{}", "a".repeat(64)),
            media_type: "application/vnd.oci.image.manifest.v1+json".into(),
            size: 7,
            sequence: 3,
        }
    }

    #[test]
    fn every_field_of_the_document_is_there_with_its_type() {
        let text = of_push(PayloadFormat::Hub, &push(), "https://hub.example").unwrap();
        let text = with_callback(&text, "https://hub.example/u/a/b/hook/x/".into()).unwrap();
        assert!(text.len() < 20_000, "{}", text.len());
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(value["callback_url"].is_string());
        let (data, repository) = (&value["push_data"], &value["repository"]);
        assert!(data["images"].as_array().is_some_and(|images| images.iter().all(Value::is_string)));
        assert_eq!(data["pushed_at"], 1_417_566_822);
        assert_eq!((&data["pusher"], &data["tag"]), (&json!("svendowideit"), &json!("v1")));
        for field in ["comment_count", "date_created", "star_count"] {
            assert!(repository[field].is_u64(), "{field}");
        }
        for field in ["is_official", "is_private", "is_trusted"] {
            assert!(repository[field].is_boolean(), "{field}");
        }
        for field in [
            "description",
            "full_description",
            "name",
            "namespace",
            "owner",
            "repo_name",
            "repo_url",
            "status",
        ] {
            assert!(repository[field].is_string(), "{field}");
        }
    }

    #[test]
    fn the_envelope_of_distribution_is_one_event() {
        let text = of_push(PayloadFormat::Distribution, &push(), "https://hub.example").unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let event = &value["events"][0];
        assert_eq!((&event["action"], &event["target"]["tag"]), (&json!("push"), &json!("v1")));
        assert_eq!(event["timestamp"], "2014-12-03T00:33:42.999Z");
        assert_eq!(event["request"]["host"], "hub.example");
    }
}
