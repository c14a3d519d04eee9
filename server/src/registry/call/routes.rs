//! Every call as a method and a path, for whoever wants to ask them all.

/// A method, and a path with `{name}` and the like for what varies.
pub const ROUTES: [(&str, &str); 16] = [
    ("GET", "/v2/"),
    ("GET", "/v2/_catalog"),
    ("GET", "/v2/{name}/tags/list"),
    ("GET", "/v2/{name}/referrers/{digest}"),
    ("GET", "/v2/{name}/manifests/{reference}"),
    ("PUT", "/v2/{name}/manifests/{reference}"),
    ("DELETE", "/v2/{name}/manifests/{reference}"),
    ("GET", "/v2/{name}/blobs/{blob}"),
    ("DELETE", "/v2/{name}/blobs/{blob}"),
    ("POST", "/v2/{name}/blobs/uploads/"),
    ("POST", "/v2/{name}/blobs/uploads/?digest={whole}"),
    ("POST", "/v2/{name}/blobs/uploads/?mount={blob}"),
    ("GET", "/v2/{name}/blobs/uploads/{upload}"),
    ("PATCH", "/v2/{name}/blobs/uploads/{upload}"),
    ("PUT", "/v2/{name}/blobs/uploads/{upload}?digest={rest}"),
    ("DELETE", "/v2/{name}/blobs/uploads/{upload}"),
];

#[cfg(test)]
mod tests {
    use super::super::Call;
    use super::ROUTES;
    use axum::http::Method;
    use std::collections::BTreeSet;

    const SHA: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// A new kind of call does not compile until it has a number here, and fails until it has a route above.
    const fn number(call: &Call) -> usize {
        match call {
            Call::Base => 0,
            Call::Catalog { .. } => 1,
            Call::Tags { .. } => 2,
            Call::Referrers { .. } => 3,
            Call::Manifest { .. } => 4,
            Call::PutManifest { .. } => 5,
            Call::DeleteManifest { .. } => 6,
            Call::Blob { .. } => 7,
            Call::DeleteBlob { .. } => 8,
            Call::BeginUpload { .. } => 9,
            Call::PutBlob { .. } => 10,
            Call::Mount { .. } => 11,
            Call::Upload { .. } => 12,
            Call::Append { .. } => 13,
            Call::Finish { .. } => 14,
            Call::CancelUpload { .. } => 15,
        }
    }

    #[test]
    fn every_kind_of_call_has_a_route() {
        let numbers: BTreeSet<usize> = ROUTES
            .iter()
            .map(|(method, path)| {
                let mut path = path.replace("{name}", "anna/app").replace("{reference}", "v1");
                path = path.replace("{upload}", "0190f5fe-1111-7000-8000-000000000000");
                for word in ["{digest}", "{blob}", "{whole}", "{rest}"] {
                    path = path.replace(word, SHA);
                }
                let (path, query) =
                    path.split_once('?').map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
                let method: Method = method.parse().unwrap();
                number(&Call::parse(&method, path.strip_prefix("/v2/").unwrap(), query).unwrap())
            })
            .collect();
        assert_eq!(numbers, (0..ROUTES.len()).collect());
    }
}
