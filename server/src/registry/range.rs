//! `Range` and `Content-Range`, as far as a registry needs them (RFC 9110 section 14, OCI chunked push).

use std::ops::RangeInclusive;

/// What a `Range` header asks of something that is `size` bytes long.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everything: no range, several ranges, or a header that means nothing.
    All,
    Part(RangeInclusive<u64>),
    /// Nothing of it is there.
    Beyond,
}

/// Reads a `Range` header.
pub(super) fn wanted(header: &str, size: u64) -> Wanted {
    let Some((first, last)) = header
        .strip_prefix("bytes=")
        .map(str::trim)
        .filter(|spec| !spec.contains(','))
        .and_then(|spec| spec.split_once('-'))
    else {
        return Wanted::All;
    };
    match (number(first), number(last)) {
        (Some(first), _) if first >= size && (last.is_empty() || number(last) >= Some(first)) => {
            Wanted::Beyond
        }
        (Some(first), Some(last)) if first <= last => Wanted::Part(first..=last.min(size.saturating_sub(1))),
        (Some(first), None) if last.is_empty() => Wanted::Part(first..=size.saturating_sub(1)),
        (None, Some(0)) if first.is_empty() => Wanted::Beyond,
        (None, Some(_)) if first.is_empty() && size == 0 => Wanted::Beyond,
        (None, Some(length)) if first.is_empty() => {
            Wanted::Part(size.saturating_sub(length)..=size.saturating_sub(1))
        }
        _ => Wanted::All,
    }
}

/// Reads the `Content-Range` of a chunk: `0-1023`, or `bytes 0-1023/*` as some clients send it.
pub(super) fn chunk(header: &str) -> Option<RangeInclusive<u64>> {
    let spec = header.strip_prefix("bytes ").unwrap_or(header);
    let spec = spec.split_once('/').map_or(spec, |(range, _)| range);
    let (first, last) = spec.split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some(first..=last)
}

/// Digits only; more than can be counted is as much as can be counted.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_served_and_several_are_not() {
        for (header, expected) in [
            ("bytes=0-0", Wanted::Part(0..=0)),
            ("bytes=500-", Wanted::Part(500..=999)),
            ("bytes=-500", Wanted::Part(500..=999)),
            ("bytes=-5000", Wanted::Part(0..=999)),
            ("bytes=900-99999999999999999999999", Wanted::Part(900..=999)),
            ("bytes=1000-", Wanted::Beyond),
            ("bytes=1000-1001", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=0-1,3-4", Wanted::All),
            ("bytes=5-2", Wanted::All),
            ("bytes=2000-1000", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("bytes=-", Wanted::All),
            ("items=0-1", Wanted::All),
            ("", Wanted::All),
        ] {
            assert_eq!(wanted(header, 1000), expected, "{header}");
        }
        assert_eq!(wanted("bytes=0-", 0), Wanted::Beyond);
        assert_eq!(wanted("bytes=-1", 0), Wanted::Beyond);
    }

    #[test]
    fn chunks_say_where_they_go() {
        assert_eq!(chunk("0-1023"), Some(0..=1023));
        assert_eq!(chunk("bytes 5-6/*"), Some(5..=6));
        for bad in ["", "5", "6-5", "-5", "5-", "a-b", "bytes=0-1"] {
            assert_eq!(chunk(bad), None, "{bad}");
        }
    }
}
