//! Numbers as people read them.

/// Bytes as MB (10^6) with one decimal; small ones as kB or B.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..100_000 => tenths(bytes, 1_000, "kB"),
        100_000..1_000_000_000 => tenths(bytes, 1_000_000, "MB"),
        _ => tenths(bytes, 1_000_000_000, "GB"),
    }
}

fn tenths(bytes: u64, unit: u64, name: &str) -> String {
    let tenths = (bytes / (unit / 10)).saturating_add(u64::from(bytes % (unit / 10) >= unit / 20));
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

/// A moment as `2026-11-23 14:02` (UTC); empty for one that no calendar has.
#[cfg(feature = "ssr")]
pub(crate) fn date_time(at: model::Timestamp) -> String {
    written(at, "%F %R")
}

/// A moment as machines read it (RFC 3339, UTC).
#[cfg(feature = "ssr")]
pub(crate) fn rfc3339(at: model::Timestamp) -> String {
    written(at, "%FT%TZ")
}

#[cfg(feature = "ssr")]
fn written(at: model::Timestamp, format: &str) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.strftime(format).to_string()).unwrap_or_default()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use model::Timestamp;

    #[test]
    fn sizes_have_a_unit_and_at_most_one_decimal() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_250, "1.3 kB"),
            (31_000_000, "31.0 MB"),
            (104_000, "0.1 MB"),
            (2_000_000_000, "2.0 GB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn moments_are_utc() {
        assert_eq!(rfc3339(Timestamp(1_417_566_822_000)), "2014-12-03T00:33:42Z");
        assert_eq!(date_time(Timestamp(951_827_696_000)), "2000-02-29 12:34");
        assert_eq!(date_time(Timestamp(-1000)), "1969-12-31 23:59");
    }
}
