//! Passwords: argon2id, with bounded parallel work so that guessing can not starve pulls.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, Params, PasswordHasher, PasswordVerifier};
use model::{Error, Problem};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes at the same time. Each takes one core and the memory cost of [`Params`] (19 MiB); the other half of the
/// cores is left to pushes and pulls.
fn parallel() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| usize::from(cores).div_ceil(2))
}

const SHORTEST: usize = 8;
const LONGEST: usize = 256;

/// Passwords that everybody tries first; all others of that kind are shorter than the minimum.
const COMMON: &[&str] = &[
    "00000000",
    "11111111",
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "abcd1234",
    "abcdefgh",
    "admin123",
    "administrator",
    "baseball",
    "changeme",
    "football",
    "iloveyou",
    "letmein1",
    "password",
    "password1",
    "password123",
    "passw0rd",
    "qwerty123",
    "qwertyuiop",
    "sunshine",
    "superman",
    "trustno1",
    "welcome1",
];

/// Checks and makes password hashes.
#[derive(Clone)]
pub(crate) struct Passwords {
    permits: Arc<Semaphore>,
    /// Checked for names that do not exist, so that they take as long as those that do.
    decoy: Arc<str>,
}

impl Passwords {
    pub(crate) fn new() -> Self {
        Self { permits: Arc::new(Semaphore::new(parallel())), decoy: decoy().into() }
    }

    /// The hash to store, with its own salt and parameters (PHC string).
    pub(crate) async fn hash(&self, password: &str) -> Result<String, Error> {
        let password = password.to_owned();
        self.work(move || make_hash(&password)).await?
    }

    /// Whether `password` belongs to `hash`; the same work where there is no hash.
    pub(crate) async fn matches(&self, password: &str, hash: Option<&str>) -> Result<bool, Error> {
        let known = hash.is_some();
        let (password, hash) = (password.to_owned(), hash.unwrap_or(&self.decoy).to_owned());
        let verified = self.work(move || verifies(&password, &hash)).await?;
        Ok(known && verified)
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Error::Busy)?;
        // The permit goes with the work: whoever hangs up meanwhile makes no room for more.
        let job = move || {
            let done = job();
            drop(permit);
            done
        };
        tokio::task::spawn_blocking(job).await.map_err(|_| Error::Internal)
    }
}

/// Refuses passwords that are too short, too long or everybody's.
pub(crate) fn check_strength(field: &'static str, password: &str) -> Result<(), Error> {
    let problem = match password.chars().count() {
        n if n < SHORTEST => Problem::TooShort { min: SHORTEST },
        n if n > LONGEST => Problem::TooLong { max: LONGEST },
        _ if COMMON.contains(&password.to_lowercase().as_str()) => Problem::TooCommon,
        _ => return Ok(()),
    };
    Err(Error::field(field, problem))
}

/// OWASP's first recommendation for argon2id (19 MiB, 2 passes); weak in tests, which are not about it.
fn parameters() -> Params {
    if cfg!(test) { Params::new(64, 1, 1, None).unwrap_or_default() } else { Params::default() }
}

/// A hash that no password has: right parameters, with zeros for salt and output. To make a real one would
/// cost the start [`Params`]'s memory.
fn decoy() -> String {
    let params = parameters();
    let (memory, passes, lanes) = (params.m_cost(), params.t_cost(), params.p_cost());
    format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${}${}", "A".repeat(22), "A".repeat(43))
}

fn make_hash(password: &str) -> Result<String, Error> {
    let argon2 = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, parameters());
    let hash: PasswordHash = argon2.hash_password(password.as_bytes()).map_err(|error| {
        tracing::error!(%error, "password hashing failed");
        Error::Internal
    })?;
    Ok(hash.to_string())
}

fn verifies(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decoy_costs_what_a_real_hash_costs() {
        let real = make_hash("a password of somebody").unwrap();
        let (real, text) = (PasswordHash::new(&real).unwrap(), decoy());
        let decoy = PasswordHash::new(&text).unwrap();
        assert_eq!(decoy.params, real.params);
        assert_eq!(decoy.salt.map(|salt| salt.len()), real.salt.map(|salt| salt.len()));
        assert_eq!(decoy.hash.map(|hash| hash.len()), real.hash.map(|hash| hash.len()));
        assert!(!verifies("", &text));
    }
}
