//! Which tag of a repository is its version: the highest number, without a suffix where there is one without.

/// The tag that stands for the repository: the highest version, else `latest`, else the one pushed last. `tags` begin
/// with the latest push.
pub(crate) fn version(tags: &[String]) -> Option<&str> {
    let highest = |is_plain: bool| {
        let numbered = tags.iter().filter_map(|tag| Some((numbers(tag, is_plain)?, tag)));
        numbered.max_by(|one, other| one.0.cmp(&other.0)).map(|(_, tag)| tag)
    };
    let latest = || tags.iter().find(|tag| *tag == "latest");
    highest(true).or_else(|| highest(false)).or_else(latest).or(tags.first()).map(String::as_str)
}

/// The numbers of `v1`, `1.2`, `v1.2.3`; with a suffix (`1.2.3-alpine`) where `is_plain` does not forbid it. A number
/// alone may be anything: a day, a build.
fn numbers(tag: &str, is_plain: bool) -> Option<Vec<u64>> {
    let bare = tag.strip_prefix('v');
    let (front, suffix) = split(bare.unwrap_or(tag));
    let parts: Option<Vec<u64>> = front.split('.').map(|part| part.parse().ok()).collect();
    let parts = parts.filter(|parts| parts.len() <= 4 && (parts.len() > 1 || bare.is_some()))?;
    (suffix.is_empty() || !is_plain).then_some(parts)
}

fn split(text: &str) -> (&str, &str) {
    let end = text.find(['-', '_']).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_highest_version_stands_for_all() {
        for (tags, expected) in [
            (&["main", "1.9.0", "1.10.0", "latest", "1.10"][..], Some("1.10.0")),
            (&["v2", "v1.9.3"], Some("v2")),
            (&["2.0.0-rc1", "1.0.0", "3.0.0_x"], Some("1.0.0")),
            (&["2.0.0-rc1", "1.0.0-rc1"], Some("2.0.0-rc1")),
            (&["20260101", "edge", "latest"], Some("latest")),
            (&["edge", "20260101"], Some("edge")),
            (&["1.2.", "..", "v", "v.", "99999999999999999999999.1"], Some("1.2.")),
            (&[], None),
        ] {
            let tags: Vec<String> = tags.iter().map(ToString::to_string).collect();
            assert_eq!(version(&tags), expected, "{tags:?}");
        }
    }
}
