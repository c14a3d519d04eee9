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

/// A count, from a thousand on as `1.2k` and the like, rounded down.
#[cfg_attr(feature = "hydrate", expect(dead_code, reason = "islands show no counts"))]
pub(crate) fn short_count(count: u64) -> String {
    let shortened = |unit: u64, name: &str| match count / unit {
        whole @ 0..10 => format!("{whole}.{}{name}", count % unit / (unit / 10)),
        whole => format!("{whole}{name}"),
    };
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => shortened(1_000, "k"),
        1_000_000..1_000_000_000 => shortened(1_000_000, "M"),
        _ => shortened(1_000_000_000, "G"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_become_short() {
        for (count, text) in
            [(0, "0"), (999, "999"), (1_000, "1.0k"), (1_999, "1.9k"), (45_678, "45k"), (3_400_000, "3.4M")]
        {
            assert_eq!(short_count(count), text);
        }
    }

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
}
