//! ARCHITECTURE.md's invariants, as far as a program can check them: who may import whom, and where a word may occur.
//! A failure names the file and the rule; the way out is to move the code, not to widen the rule.

#![expect(clippy::unwrap_used, clippy::panic, reason = "the helpers of a test fail as the test does")]

mod crates;
mod files;
mod source;
