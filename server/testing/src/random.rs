//! Random numbers: different ones in each run, since a test that kills at the same moments finds nothing new.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A generator that is seeded by the system.
pub struct Random(u64);

impl Random {
    /// A new one; `salt` tells it from others that are made at the same time.
    #[must_use]
    pub fn from_entropy(salt: u64) -> Self {
        let mut hasher = RandomState::new().build_hasher();
        hasher.write_u64(salt);
        Self(hasher.finish() | 1)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from 0 on, less than `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end.max(1)
    }

    /// Bytes that do not repeat.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&self.number().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }
}
