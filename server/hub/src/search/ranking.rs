//! How much a repository weighs before anybody asks for it: stars, pulls, freshness, whose it is.

use model::Timestamp;

/// The weight of the heaviest.
pub(super) const HEAVIEST: i64 = 127;
/// A place in the index is the weight, then a number of its own, in so many bits.
const NUMBER_BITS: u32 = 40;
const DAY: i64 = 24 * 3_600_000;
/// An operator's own image weighs as eight times the stars.
const OFFICIAL: i64 = 12;
/// After so many days without a push it weighs less; what it weighs more until then.
const FRESH: [(i64, i64); 2] = [(30, 4), (180, 2)];
/// Twice the attention makes up for so many days of age.
const DOUBLING: i64 = 14;

/// What weighs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weights {
    pub(super) stars: u64,
    pub(super) pulls: u64,
    pub(super) is_official: bool,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

impl Weights {
    /// 0 to [`HEAVIEST`]: 4 for each doubling of the stars, 2 for each of the pulls.
    pub(super) fn weight(&self, now: Timestamp) -> i64 {
        let official = if self.is_official { OFFICIAL } else { 0 };
        let fresh = FRESH.iter().find(|(days, _)| self.ends(*days) > now.0).map_or(0, |(_, more)| *more);
        (quarters(self.stars) + quarters(self.pulls) / 2 + official + fresh).min(HEAVIEST)
    }

    /// When time alone changes the weight; the end of time: never.
    pub(super) fn due_at(&self, now: Timestamp) -> i64 {
        FRESH.iter().map(|(days, _)| self.ends(*days)).find(|end| *end > now.0).unwrap_or(i64::MAX)
    }

    fn ends(&self, days: i64) -> i64 {
        self.updated_at.0.saturating_add(days * DAY)
    }

    /// What "rising" is ordered by: stars and pulls on a logarithmic scale, and how young it is. Both grow in
    /// quarters of a doubling, so the order of two repositories does not change as time goes by.
    pub(super) fn rising(&self) -> i64 {
        let attention = self.stars.saturating_mul(8).saturating_add(self.pulls);
        quarters(attention) + self.created_at.0 / (DOUBLING * DAY / 4)
    }
}

/// Four times the logarithm (base 2) of `count` and one.
fn quarters(count: u64) -> i64 {
    let count = u128::from(count.min(u64::from(u32::MAX) >> 1)) + 1;
    i64::from(count.pow(4).ilog2())
}

/// Where a repository stands in the index: the lower, the better; among equals the newest first.
pub(super) fn position(weight: i64, number: i64) -> i64 {
    let last = (1_i64 << NUMBER_BITS) - 1;
    ((HEAVIEST - weight) << NUMBER_BITS) | (last - number.clamp(0, last))
}

/// The weight of what stands at `position`.
pub(super) fn weight_at(position: i64) -> i64 {
    HEAVIEST - (position >> NUMBER_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_780_000_000_000);

    fn weights(stars: u64, pulls: u64, days: i64) -> Weights {
        let at = Timestamp(NOW.0 - days * DAY);
        Weights { stars, pulls, is_official: false, created_at: at, updated_at: at }
    }

    #[test]
    fn stars_pulls_and_freshness_weigh() {
        assert_eq!(weights(0, 0, 365).weight(NOW), 0);
        assert_eq!(weights(1, 0, 365).weight(NOW), 4);
        assert_eq!(weights(1023, 0, 365).weight(NOW), 40);
        assert_eq!(weights(0, 1023, 365).weight(NOW), 20);
        assert_eq!(weights(0, 0, 1).weight(NOW), 4);
        assert_eq!(weights(u64::MAX, u64::MAX, 1).weight(NOW), HEAVIEST);
        let official = Weights { is_official: true, ..weights(0, 0, 365) };
        assert_eq!(official.weight(NOW), 12);
    }

    #[test]
    fn freshness_ends_at_a_moment_that_is_known_before() {
        let mut moment = NOW;
        let weights = weights(0, 0, 1);
        let mut steps = Vec::new();
        while moment.0 < i64::MAX {
            steps.push(weights.weight(moment));
            moment = Timestamp(weights.due_at(moment));
        }
        assert_eq!(steps, [4, 2, 0]);
    }

    #[test]
    fn the_better_stands_before_the_worse_and_the_newer_before_the_older() {
        assert!(position(5, 1) < position(4, 900));
        assert!(position(5, 2) < position(5, 1));
        assert_eq!(weight_at(position(77, 123)), 77);
    }

    #[test]
    fn the_young_rise_faster() {
        assert!(weights(10, 0, 2).rising() > weights(10, 0, 60).rising());
        assert!(weights(100, 500, 20).rising() > weights(0, 10, 0).rising());
    }
}
