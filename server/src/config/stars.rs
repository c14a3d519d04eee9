//! Flags of stars: how many are accepted.

use clap::Args;

/// How often people may star.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Stars")]
pub struct Stars {
    /// Stars given and taken back a minute by one account.
    #[arg(long, env = "BERTH_STARS_PER_ACCOUNT", default_value_t = 60)]
    pub stars_per_account: u32,
    /// Stars given and taken back a minute from one source.
    #[arg(long, env = "BERTH_STARS_PER_SOURCE", default_value_t = 240)]
    pub stars_per_source: u32,
}

impl Stars {
    pub(super) fn limits(&self) -> hub::FloodLimits {
        hub::FloodLimits {
            a_minute_per_account: self.stars_per_account,
            a_minute_per_source: self.stars_per_source,
        }
    }
}
