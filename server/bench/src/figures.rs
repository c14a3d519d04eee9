//! Numbers as people read them.

use std::time::Duration;

/// A count as a fraction; exact below 2^53.
pub(crate) fn real(count: u64) -> f64 {
    let high = u32::try_from(count >> 32).unwrap_or(u32::MAX);
    let low = u32::try_from(count & u64::from(u32::MAX)).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}

/// What a load came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    pub(crate) operations: u64,
    pub(crate) bytes: u64,
    pub(crate) took: Duration,
    pub(crate) median: Duration,
}

impl Outcome {
    pub(crate) fn per_second(&self) -> f64 {
        real(self.operations) / self.took.as_secs_f64()
    }

    /// 10^6 bytes a second.
    pub(crate) fn megabytes(&self) -> f64 {
        real(self.bytes) / 1e6 / self.took.as_secs_f64()
    }
}

/// The time that `hundredth` of a hundred do not exceed.
pub(crate) fn percentile(times: &[Duration], hundredth: usize) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = (times.len() * hundredth).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}

pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The largest.
pub(crate) fn best(rounds: impl IntoIterator<Item = f64>) -> f64 {
    rounds.into_iter().fold(0.0, f64::max)
}
