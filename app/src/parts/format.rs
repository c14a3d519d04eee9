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

/// A moment as `2026-11-23 14:02` (UTC).
pub(crate) fn date_time(millis: i64) -> String {
    let (days, seconds) = (millis.div_euclid(86_400_000), millis.div_euclid(1000).rem_euclid(86_400));
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

/// A moment as machines read it (RFC 3339, UTC).
pub(crate) fn rfc3339(millis: i64) -> String {
    let seconds = millis.div_euclid(1000).rem_euclid(60);
    format!("{}:{seconds:02}Z", date_time(millis).replace(' ', "T"))
}

/// Days since 1970-01-01 as year, month, day (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(rfc3339(1_417_566_822_000), "2014-12-03T00:33:42Z");
        assert_eq!(date_time(951_827_696_000), "2000-02-29 12:34");
        assert_eq!(date_time(-1000), "1969-12-31 23:59");
    }
}
