//! Counts as people read them: short ones for the eye, whole ones to hover on.

/// A count in at most four characters and a unit: 999, 1.2k, 12.3k, 123k, 1.2M. Never more than there are.
#[must_use]
pub fn compact(count: u64) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => shortened(count, 1_000, "k"),
        1_000_000..1_000_000_000 => shortened(count, 1_000_000, "M"),
        _ => shortened(count, 1_000_000_000, "B"),
    }
}

/// The same as Chinese counts: 9999, 1.2万, 123万, 1.2亿.
pub(crate) fn myriads(count: u64) -> String {
    match count {
        0..10_000 => count.to_string(),
        10_000..100_000_000 => shortened(count, 10_000, "万"),
        _ => shortened(count, 100_000_000, "亿"),
    }
}

fn shortened(count: u64, unit: u64, name: &str) -> String {
    let (whole, tenth) = (count / unit, count % unit * 10 / unit);
    if whole >= 100 || tenth == 0 { format!("{whole}{name}") } else { format!("{whole}.{tenth}{name}") }
}

/// A count with all its digits, in threes.
pub(crate) fn exact(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_short_and_never_too_large() {
        for (count, short, chinese, all) in [
            (0, "0", "0", "0"),
            (999, "999", "999", "999"),
            (1_000, "1k", "1000", "1,000"),
            (1_299, "1.2k", "1299", "1,299"),
            (12_345, "12.3k", "1.2万", "12,345"),
            (999_999, "999k", "99.9万", "999,999"),
            (1_234_567, "1.2M", "123万", "1,234,567"),
            (123_456_789, "123M", "1.2亿", "123,456,789"),
            (2_000_000_000, "2B", "20亿", "2,000,000,000"),
        ] {
            assert_eq!((compact(count).as_str(), myriads(count).as_str()), (short, chinese));
            assert_eq!(exact(count), all);
        }
    }
}
