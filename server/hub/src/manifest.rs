//! Reading a manifest: what it is, what it needs, and everything that makes it ambiguous or wrong.
//!
//! The bytes are stored and served as they came; this only decides whether they may be (OCI image spec 1.1,
//! Docker schema 2; CVE-2021-41190 for what two readers could understand in two ways).

use model::Digest;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::collections::{BTreeMap, HashSet};

/// The media types that are accepted, and what kind of manifest each is.
const MEDIA_TYPES: [(&str, Kind); 4] = [
    ("application/vnd.oci.image.manifest.v1+json", Kind::Image),
    ("application/vnd.oci.image.index.v1+json", Kind::Index),
    ("application/vnd.docker.distribution.manifest.v2+json", Kind::Image),
    ("application/vnd.docker.distribution.manifest.list.v2+json", Kind::Index),
];
/// Parts of one manifest; more are no image but an attack.
const PARTS_MOST: usize = 10_000;

/// The two shapes a manifest can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Image,
    Index,
}

/// Whether what is stored under this media type is an index.
pub(crate) fn is_index(media_type: &str) -> bool {
    MEDIA_TYPES.contains(&(media_type, Kind::Index))
}

/// What a part of a manifest is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartKind {
    Config,
    Layer,
    /// A layer that is fetched from somewhere else, and need not be here.
    Foreign,
    Manifest,
}

impl PartKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Layer => "layer",
            Self::Foreign => "foreign",
            Self::Manifest => "manifest",
        }
    }
}

/// Something that a manifest needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) kind: PartKind,
    pub(crate) digest: Digest,
    pub(crate) size: u64,
}

/// A manifest that was understood.
#[derive(Debug, Clone)]
pub(crate) struct Parsed {
    pub(crate) kind: Kind,
    pub(crate) media_type: String,
    pub(crate) parts: Vec<Part>,
    pub(crate) artifact_type: Option<String>,
    pub(crate) subject: Option<Digest>,
    pub(crate) annotations: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    schema_version: u64,
    media_type: Option<String>,
    artifact_type: Option<String>,
    config: Option<Descriptor>,
    layers: Option<Vec<Descriptor>>,
    manifests: Option<Vec<Descriptor>>,
    subject: Option<Descriptor>,
    annotations: Option<BTreeMap<String, String>>,
    // Schema 1 had these; a reader of schema 1 must not see another image in the same bytes.
    fs_layers: Option<IgnoredAny>,
    blobs: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: Option<String>,
    digest: String,
    size: u64,
    #[serde(default)]
    urls: Vec<String>,
}

/// Understands `bytes`, sent with the media type `content_type`.
///
/// # Errors
/// A sentence that says what is wrong, for whoever made the manifest.
pub(crate) fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Parsed, String> {
    serde_json::from_slice::<UniqueKeys>(bytes).map_err(|error| format!("not a JSON object: {error}"))?;
    let raw: Raw = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let (media_type, kind) = media_type(&raw, content_type)?;
    check_shape(&raw, kind)?;
    let artifact_type = raw
        .artifact_type
        .filter(|text| !text.is_empty())
        .or_else(|| raw.config.as_ref().and_then(|config| config.media_type.clone()));
    let subject = raw.subject.map(|subject| parse_digest(&subject.digest)).transpose()?;
    let config = raw.config.into_iter().map(|config| part(config, PartKind::Config));
    let layers = raw.layers.into_iter().flatten().map(|layer| {
        let foreign = !layer.urls.is_empty();
        part(layer, if foreign { PartKind::Foreign } else { PartKind::Layer })
    });
    let manifests = raw.manifests.into_iter().flatten().map(|child| part(child, PartKind::Manifest));
    let parts = config.chain(layers).chain(manifests).collect::<Result<Vec<_>, _>>()?;
    if parts.len() > PARTS_MOST {
        return Err(format!("at most {PARTS_MOST} parts are accepted"));
    }
    Ok(Parsed { kind, media_type, parts, artifact_type, subject, annotations: raw.annotations })
}

/// The one media type that header and body agree on.
fn media_type(raw: &Raw, content_type: Option<&str>) -> Result<(String, Kind), String> {
    let from_header = content_type
        .map(|text| text.split(';').next().unwrap_or_default().trim())
        .filter(|text| !text.is_empty());
    let named = match (raw.media_type.as_deref(), from_header) {
        (Some(body), Some(header)) if body != header => {
            return Err(format!("mediaType is {body}, but the Content-Type is {header}"));
        }
        (Some(name), _) | (None, Some(name)) => name,
        (None, None) => return Err("neither mediaType nor a Content-Type tells what it is".into()),
    };
    let known = MEDIA_TYPES.into_iter().find(|(name, _)| *name == named);
    known.map(|(name, kind)| (name.to_owned(), kind)).ok_or_else(|| format!("{named} is not accepted here"))
}

fn check_shape(raw: &Raw, kind: Kind) -> Result<(), String> {
    if raw.schema_version != 2 {
        return Err("schemaVersion must be 2".into());
    }
    if raw.fs_layers.is_some() || raw.blobs.is_some() {
        return Err("fsLayers and blobs belong to other formats".into());
    }
    match kind {
        Kind::Image if raw.manifests.is_some() => Err("an image manifest has no manifests".into()),
        Kind::Image if raw.config.is_none() => Err("config is missing".into()),
        Kind::Image if raw.layers.is_none() => Err("layers is missing".into()),
        Kind::Index if raw.layers.is_some() || raw.config.is_some() => {
            Err("an index has neither config nor layers".into())
        }
        Kind::Index if raw.manifests.is_none() => Err("manifests is missing".into()),
        Kind::Image | Kind::Index => Ok(()),
    }
}

fn part(descriptor: Descriptor, kind: PartKind) -> Result<Part, String> {
    // Sizes go into a signed column, and no storage holds more.
    if i64::try_from(descriptor.size).is_err() {
        return Err(format!("size {} is too large", descriptor.size));
    }
    Ok(Part { kind, digest: parse_digest(&descriptor.digest)?, size: descriptor.size })
}

fn parse_digest(text: &str) -> Result<Digest, String> {
    text.parse()
        .map_err(|problem| format!("digest {:?} {problem}", text.chars().take(100).collect::<String>()))
}

/// An object whose own keys differ. Readers disagree on which of two equal keys counts.
struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = UniqueKeys;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UniqueKeys, A::Error> {
                let mut seen = HashSet::new();
                while let Some((key, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
                    if !seen.insert(key.to_lowercase()) {
                        return Err(serde::de::Error::custom(format!("the key {key} is there twice")));
                    }
                }
                Ok(UniqueKeys)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMAGE: &str = "application/vnd.oci.image.manifest.v1+json";
    const INDEX: &str = "application/vnd.oci.image.index.v1+json";

    fn descriptor(size: &str) -> String {
        format!(r#"{{"mediaType":"x/y","digest":"sha256:{}","size":{size}}}"#, "ab".repeat(32))
    }

    fn image(extra: &str) -> String {
        let part = descriptor("3");
        format!(r#"{{"schemaVersion":2,"config":{part},"layers":[{part}]{extra}}}"#)
    }

    #[test]
    fn an_image_names_its_parts() {
        let parsed = parse(image("").as_bytes(), Some(IMAGE)).unwrap();
        assert_eq!((parsed.kind, parsed.parts.len()), (Kind::Image, 2));
        assert_eq!(parsed.artifact_type.as_deref(), Some("x/y"));
        let part = descriptor("1");
        let referring = image(&format!(r#","mediaType":"{IMAGE}","subject":{part}"#));
        assert!(parse(referring.as_bytes(), None).unwrap().subject.is_some());
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        let part = descriptor("3");
        for (bad, content_type) in [
            (image(r#","manifests":[]"#), Some(IMAGE)),
            (image(r#","mediaType":"application/vnd.oci.image.index.v1+json""#), Some(IMAGE)),
            (
                image(r#","mediaType":"a","mediaType":"application/vnd.oci.image.manifest.v1+json""#),
                Some(IMAGE),
            ),
            (image(r#","fsLayers":[]"#), Some(IMAGE)),
            (image(""), Some(INDEX)),
            (image(""), None),
            (image(""), Some("application/json")),
            (image("").replace(":2", ":1"), Some(IMAGE)),
            (image("").replace(":3", ":-3"), Some(IMAGE)),
            (image("").replace(":3", ":18446744073709551615"), Some(IMAGE)),
            (image("").replace("sha256:ab", "sha256:AB"), Some(IMAGE)),
            (image("").replace("sha256:ab", "sha256:../../x"), Some(IMAGE)),
            (format!(r#"{{"schemaVersion":2,"manifests":[{part}],"layers":[]}}"#), Some(INDEX)),
            ("[]".into(), Some(IMAGE)),
            ("[".repeat(10_000), Some(IMAGE)),
            (format!(r#"{{"a":{}"#, "[".repeat(10_000)), Some(IMAGE)),
            (String::new(), Some(IMAGE)),
        ] {
            assert!(parse(bad.as_bytes(), content_type).is_err(), "{:.200}", bad);
        }
    }
}
