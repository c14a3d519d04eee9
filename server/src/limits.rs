//! How often one may guess: a budget of wrong passwords for each account and for each source.
//!
//! A try takes from both budgets before the password is looked at, so that tries at once count too, and a
//! right password puts it back. (governor's limiters can not put back, so a busy CI would lock itself out.)

use hub::{Budget, block_of};
use model::Error;
use std::net::IpAddr;

/// Questions for a passkey from one source: enough for an office behind one address.
const QUESTIONS_A_MINUTE: u32 = 60;

/// The budgets.
pub struct Limits {
    accounts: Budget<String>,
    sources: Budget<IpAddr>,
    questions: Budget<IpAddr>,
    clock: hub::Clock,
}

/// A try that was let through; to be settled when the password was right.
#[must_use]
pub struct Try {
    account: String,
    source: IpAddr,
}

impl Limits {
    #[must_use]
    pub fn new(a_minute_per_account: u32, a_minute_per_source: u32, clock: hub::Clock) -> Self {
        Self {
            accounts: Budget::new(a_minute_per_account),
            sources: Budget::new(a_minute_per_source),
            questions: Budget::new(QUESTIONS_A_MINUTE),
            clock,
        }
    }

    /// Lets a question for a passkey through, which is kept until it is answered or over.
    ///
    /// # Errors
    /// `TooMany` when the budget is used up.
    pub fn question(&self, source: IpAddr) -> Result<(), Error> {
        self.questions.take(&block_of(source), self.clock.now())
    }

    /// Lets a try for `account` (whether it exists or not) from `source` through.
    ///
    /// # Errors
    /// `TooMany` when either budget is used up.
    pub fn begin(&self, account: &str, source: IpAddr) -> Result<Try, Error> {
        let now = self.clock.now();
        let attempt = Try { account: key_of(account), source: block_of(source) };
        self.sources.take(&attempt.source, now)?;
        if let Err(error) = self.accounts.take(&attempt.account, now) {
            self.sources.put_back(&attempt.source);
            return Err(error);
        }
        Ok(attempt)
    }

    /// The password was right: the try does not count.
    pub fn succeeded(&self, attempt: &Try) {
        self.accounts.put_back(&attempt.account);
        self.sources.put_back(&attempt.source);
    }
}

/// The hub finds an account whatever the case of its name, so that must not make another budget.
fn key_of(account: &str) -> String {
    account.trim().to_lowercase().chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Timestamp;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    fn limits() -> (Limits, Arc<AtomicI64>) {
        let now = Arc::new(AtomicI64::new(0));
        let told = now.clone();
        let clock = hub::Clock::from_fn(move || Timestamp(told.load(Ordering::SeqCst)));
        (Limits::new(3, 5, clock), now)
    }

    #[test]
    fn wrong_passwords_run_out_and_grow_back() {
        let (limits, now) = limits();
        let home: IpAddr = "192.0.2.1".parse().unwrap();
        for _ in 0..3 {
            assert!(limits.begin("anna", home).is_ok());
        }
        assert_eq!(limits.begin("anna", home).err(), Some(Error::TooMany { retry_after: 20 }));
        assert!(limits.begin("ben", home).is_ok());
        now.fetch_add(20_000, Ordering::SeqCst);
        assert!(limits.begin("anna", home).is_ok());
        assert!(limits.begin("anna", home).is_err());
    }

    #[test]
    fn one_source_can_not_try_every_account() {
        let (limits, _) = limits();
        let names = ["a1", "a2", "a3", "a4", "a5"];
        let hosts = (1..).map(|n| format!("2001:db8::{n}").parse().unwrap());
        for (name, host) in names.into_iter().zip(hosts) {
            assert!(limits.begin(name, host).is_ok());
        }
        assert!(limits.begin("a6", "2001:db8::ffff".parse().unwrap()).is_err());
        assert!(limits.begin("a6", "2001:db8:0:1::1".parse().unwrap()).is_ok());
    }

    #[test]
    fn right_passwords_cost_nothing() {
        let (limits, _) = limits();
        let home = "192.0.2.1".parse().unwrap();
        for _ in 0..100 {
            let attempt = limits.begin("anna", home).unwrap();
            limits.succeeded(&attempt);
        }
    }
}
