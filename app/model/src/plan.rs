//! Plans: what a namespace may have. The operator names them; the hub holds everybody to theirs.

use crate::Error;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

/// One plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub name: String,
    /// Private repositories; `None`: as many as one likes.
    pub private_slots: Option<u32>,
    /// Bytes of layers and configs, each counted once for every repository that has it; `None`: as many as the disk
    /// holds.
    pub storage: Option<u64>,
}

impl Plan {
    /// Whether `used` private repositories fit.
    #[must_use]
    pub fn holds(&self, used: u64) -> bool {
        self.private_slots.is_none_or(|slots| used <= u64::from(slots))
    }

    /// Whether `stored` bytes fit into `namespace`.
    ///
    /// # Errors
    /// `NoRoom`.
    pub fn check_room(&self, namespace: &str, stored: u64) -> Result<(), Error> {
        match self.storage {
            Some(limit) if stored > limit => Err(Error::NoRoom { namespace: namespace.to_owned(), limit }),
            _ => Ok(()),
        }
    }
}

/// As [`FromStr`] reads it.
impl Display for Plan {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.private_slots {
            Some(slots) => write!(f, "{}={slots}", self.name)?,
            None => write!(f, "{}=unlimited", self.name)?,
        }
        self.storage.map_or(Ok(()), |bytes| write!(f, "/{bytes}"))
    }
}

/// `name=slots`, or `name=unlimited`; either with `/20GB` after it.
impl FromStr for Plan {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no plan: write name=private repositories/storage, for example team=20 or team=20/100GB"
            )
        };
        let (name, slots) = text.trim().split_once('=').ok_or_else(wrong)?;
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || name.len() > 40 || !name.chars().all(is_word) {
            return Err(wrong());
        }
        let (slots, storage) = match slots.split_once('/') {
            Some((slots, storage)) => (slots, Some(bytes(storage).ok_or_else(wrong)?)),
            None => (slots, None),
        };
        let private_slots = match slots {
            "unlimited" => None,
            number => Some(number.parse().map_err(|_| wrong())?),
        };
        Ok(Self { name: name.to_owned(), private_slots, storage })
    }
}

fn bytes(text: &str) -> Option<u64> {
    const UNITS: [(&str, u64); 7] = [
        ("TiB", 1 << 40),
        ("GiB", 1 << 30),
        ("MiB", 1 << 20),
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("", 1),
    ];
    let (number, unit) = UNITS.iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))?;
    number.parse::<u64>().ok()?.checked_mul(*unit)
}

/// All plans of a hub: never none, and no name twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plans {
    first: Plan,
    others: Vec<Plan>,
}

impl Plans {
    /// What whoever chose nothing has.
    #[must_use]
    pub const fn first(&self) -> &Plan {
        &self.first
    }

    /// Every plan, in the operator's order.
    pub fn all(&self) -> impl Iterator<Item = &Plan> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The plan of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Plan> {
        self.all().find(|plan| plan.name == name)
    }

    /// The plan of that name; the first one where the operator took it away meanwhile.
    #[must_use]
    pub fn of(&self, name: &str) -> &Plan {
        self.named(name).unwrap_or(&self.first)
    }
}

impl Default for Plans {
    fn default() -> Self {
        Self {
            first: Plan { name: "free".into(), private_slots: Some(1), storage: None },
            others: Vec::new(),
        }
    }
}

/// Plans with commas between them.
impl FromStr for Plans {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut plans = text.split(',').map(Plan::from_str);
        let first = plans.next().ok_or("no plan")??;
        let plans = Self { first, others: plans.collect::<Result<_, _>>()? };
        let twice = plans.all().find(|one| plans.all().filter(|other| other.name == one.name).count() > 1);
        twice.map_or(Ok(plans.clone()), |plan| Err(format!("the plan {} is there twice", plan.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_read_and_looked_up() {
        let plans: Plans = "free=1,team=20, large=unlimited".parse().unwrap();
        assert_eq!(plans.first().private_slots, Some(1));
        assert_eq!(plans.of("team").private_slots, Some(20));
        assert_eq!(plans.of("large").private_slots, None);
        assert_eq!(plans.of("gone").name, "free");
        assert_eq!(plans.named("gone"), None);
        for bad in ["", "free", "free=", "free=-1", "=1", "free=1,", "a b=1", "free=1,free=2"] {
            assert!(bad.parse::<Plans>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_plan_may_have_a_limit_of_storage() {
        let plan: Plan = "team=20/5GiB".parse().unwrap();
        assert_eq!((plan.private_slots, plan.storage), (Some(20), Some(5 << 30)));
        assert_eq!(plan.to_string().parse(), Ok(plan));
        assert_eq!("team=20/5GB".parse::<Plan>().map(|plan| plan.storage), Ok(Some(5_000_000_000)));
        assert_eq!("team=20/512".parse::<Plan>().map(|plan| plan.storage), Ok(Some(512)));
        for bad in ["team=20/", "team=20/-1GiB", "team=20/5XB", "team=/5GiB", "team=1/99999999TiB"] {
            assert!(bad.parse::<Plan>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_plan_holds_up_to_its_limit() {
        let plan: Plan = "free=1".parse().unwrap();
        assert!(plan.holds(0) && plan.holds(1) && !plan.holds(2));
        assert!("none=0".parse::<Plan>().is_ok_and(|plan| !plan.holds(1)));
        assert!("large=unlimited".parse::<Plan>().is_ok_and(|plan| plan.holds(u64::MAX)));
    }
}
