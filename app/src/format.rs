//! Numbers as people read them.

use crate::words::Locale;

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

/// A count with all its digits: `1,204`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with at most four digits and a unit, never more than it is: `1,204`, `12.3K`; in Chinese by 万 and 亿.
pub(crate) fn compact(number: u64, locale: Locale) -> String {
    let units: &[(u64, &str)] = match locale {
        Locale::English => &[(1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")],
        Locale::Chinese => &[(100_000_000, " 亿"), (10_000, " 万")],
    };
    let unit = units.iter().find(|(unit, _)| number >= 10_000 && number >= *unit);
    let Some((unit, name)) = unit else { return grouped(number) };
    let (whole, tenth) = (grouped(number / unit), number % unit / (unit / 10));
    if tenth == 0 { format!("{whole}{name}") } else { format!("{whole}.{tenth}{name}") }
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
    fn counts_are_short_and_never_too_large() {
        for (number, english, chinese) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (9_999, "9,999", "9,999"),
            (12_345, "12.3K", "1.2 万"),
            (999_999, "999.9K", "99.9 万"),
            (1_000_000, "1M", "100 万"),
            (123_456_789, "123.4M", "1.2 亿"),
            (2_000_000_000_000, "2,000B", "20,000 亿"),
        ] {
            assert_eq!(
                (compact(number, Locale::English).as_str(), compact(number, Locale::Chinese).as_str()),
                (english, chinese)
            );
        }
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
