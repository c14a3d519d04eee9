//! Counts and times of requests, by door and class of status. Names nothing that a client could choose.

use super::Door;
use axum::http::StatusCode;
use metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::Arc;
use std::time::Instant;

/// Every meter, made once: a request only adds to it.
#[derive(Clone)]
pub struct Meters {
    inner: Arc<Inner>,
}

struct Inner {
    handle: PrometheusHandle,
    doors: [DoorMeters; 4],
}

struct DoorMeters {
    under_way: Gauge,
    seconds: Histogram,
    /// 1xx to 5xx.
    statuses: [Counter; 5],
}

const BUCKETS: [f64; 10] = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10.0];

impl Meters {
    #[must_use]
    pub fn new() -> Self {
        let builder = PrometheusBuilder::new();
        // The only error is an empty list of buckets.
        let builder = builder.set_buckets(&BUCKETS).unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let doors = metrics::with_local_recorder(&recorder, || {
            ["registry", "token", "api", "pages"].map(DoorMeters::new)
        });
        let handle = recorder.handle();
        // What the rest of the program counts is found here too; where there are several, by the first.
        metrics::set_global_recorder(recorder).ok();
        Self { inner: Arc::new(Inner { handle, doors }) }
    }

    /// What Prometheus reads.
    #[must_use]
    pub fn render(&self) -> String {
        self.inner.handle.run_upkeep();
        self.inner.handle.render()
    }

    /// Moves what was recorded into its buckets; to be called now and then even if nobody reads.
    pub fn tidy(&self) {
        self.inner.handle.run_upkeep();
    }

    pub(super) fn begin(&self, door: Door) -> Timer<'_> {
        let [registry, token, api, pages] = &self.inner.doors;
        let meters = match door {
            Door::Registry => registry,
            Door::Token => token,
            Door::Api => api,
            Door::Pages => pages,
        };
        meters.under_way.increment(1);
        Timer { meters, begun: Instant::now() }
    }
}

impl Default for Meters {
    fn default() -> Self {
        Self::new()
    }
}

impl DoorMeters {
    fn new(door: &'static str) -> Self {
        let status = |class| counter!("berth_requests_total", "door" => door, "status" => class);
        Self {
            under_way: gauge!("berth_requests_under_way", "door" => door),
            seconds: histogram!("berth_request_seconds", "door" => door),
            statuses: ["1xx", "2xx", "3xx", "4xx", "5xx"].map(status),
        }
    }
}

/// One request under way; also when its client goes away.
pub(super) struct Timer<'a> {
    meters: &'a DoorMeters,
    begun: Instant,
}

impl Timer<'_> {
    pub(super) fn end(self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        if let Some(counter) = self.meters.statuses.get(class) {
            counter.increment(1);
        }
        self.meters.seconds.record(self.begun.elapsed());
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.meters.under_way.decrement(1);
    }
}
