//! Flags of what leaves this program: mails and deliveries of webhooks.

use super::{Network, Span};
use clap::Args;

/// Where deliveries go, and when.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Webhooks")]
pub struct Webhooks {
    /// Networks that are not public and that webhooks may lead to all the same, for example 10.1.0.0/16.
    #[arg(long, env = "BERTH_WEBHOOK_ALLOW", value_delimiter = ',')]
    pub webhook_allow: Vec<Network>,
    /// Pauses between the attempts of a delivery: 9 of them are 10 attempts, over 75 hours and 35 minutes by default.
    #[arg(long, env = "BERTH_WEBHOOK_SCHEDULE", value_delimiter = ',')]
    pub webhook_schedule: Vec<Span>,
    /// Addresses that deliveries come from, told to people who have to open a firewall.
    #[arg(long, env = "BERTH_WEBHOOK_SOURCES", value_delimiter = ',')]
    pub webhook_sources: Vec<String>,
    /// A receiver must have answered after this. What a crash left under way is sent again after twice as long.
    #[arg(long, env = "BERTH_WEBHOOK_TIMEOUT", default_value = "15s")]
    pub webhook_timeout: Span,
}

/// How mails leave.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Mail")]
pub struct Mail {
    /// `smtps://user:password@host`, or `smtp://host:25?tls=required`; default: files in the data folder's `mail`.
    #[arg(long, env = "BERTH_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Who mails are from.
    #[arg(long, env = "BERTH_MAIL_FROM", default_value = "Berth <berth@localhost>")]
    pub mail_from: String,
}

impl Webhooks {
    /// Milliseconds between attempts.
    pub(super) fn schedule(&self) -> Vec<i64> {
        if self.webhook_schedule.is_empty() {
            return hub::Settings::default().webhook_schedule;
        }
        self.webhook_schedule.iter().map(|pause| pause.millis()).collect()
    }
}
