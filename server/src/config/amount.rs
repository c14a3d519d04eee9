//! Sizes and times as people write them: `4MiB`, `15s`.

use std::str::FromStr;
use std::time::Duration;

/// A number of bytes: `512`, `64KiB`, `4MiB`, `1GiB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(u64);

impl Amount {
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// As a length in memory; saturates.
    #[must_use]
    pub fn length(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl FromStr for Amount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let units = [("", 1), ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
        number_with_unit(text, &units).map(Self).ok_or_else(|| "must be like 512, 64KiB, 4MiB, 1GiB".into())
    }
}

/// A length of time: `250ms`, `15s`, `10m`, `24h`, `30d`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(Duration);

impl Span {
    #[must_use]
    pub const fn duration(self) -> Duration {
        self.0
    }

    /// Saturates.
    #[must_use]
    pub fn millis(self) -> i64 {
        i64::try_from(self.0.as_millis()).unwrap_or(i64::MAX)
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
        number_with_unit(text, &units)
            .map(|millis| Self(Duration::from_millis(millis)))
            .ok_or_else(|| "must be like 250ms, 15s, 10m, 24h, 30d".into())
    }
}

fn number_with_unit(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor = units.iter().find(|(name, _)| *name == unit)?.1;
    number.parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_spans_have_units() {
        assert_eq!("4MiB".parse::<Amount>().unwrap().bytes(), 4_194_304);
        assert_eq!("512".parse::<Amount>().unwrap().bytes(), 512);
        assert_eq!("250ms".parse::<Span>().unwrap().millis(), 250);
        assert_eq!("30d".parse::<Span>().unwrap().millis(), 2_592_000_000);
        for bad in ["", "MiB", "-1", "1.5s", "9", "99999999999999999999d"] {
            assert!(bad.parse::<Span>().is_err(), "{bad}");
        }
    }
}
