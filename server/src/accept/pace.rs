//! A minimum rate: bytes must move while somebody waits for them.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// Bytes that must move in one patience.
const LEAST: usize = 1024;

/// Watches one direction of one exchange. Time counts only while it is waited for.
pub(super) struct Pace {
    patience: Duration,
    moved: usize,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    pub(super) fn new(patience: Duration) -> Self {
        Self { patience, moved: 0, timer: None }
    }

    /// `bytes` went through.
    pub(super) fn moved(&mut self, bytes: usize) {
        self.moved = self.moved.saturating_add(bytes);
        if self.moved >= LEAST {
            self.rest();
        }
    }

    /// Nothing is owed any more.
    pub(super) fn rest(&mut self) {
        self.moved = 0;
        self.timer = None;
    }

    /// Nothing can be moved right now. Ready when that has been so for too long.
    pub(super) fn poll_too_slow(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let patience = self.patience;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        timer.as_mut().poll(context)
    }
}
