//! Flags of comments: how much is accepted, and from whom less.

use super::Span;
use clap::Args;
use model::view::NewcomerLimits;

/// How much people may comment.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Comments")]
pub struct Comments {
    /// Comments, edits and reports a minute of one account.
    #[arg(long, env = "BERTH_COMMENTS_PER_ACCOUNT", default_value_t = 20)]
    pub comments_per_account: u32,
    /// Comments, edits and reports a minute from one source.
    #[arg(long, env = "BERTH_COMMENTS_PER_SOURCE", default_value_t = 60)]
    pub comments_per_source: u32,
    /// An account is a newcomer until it is this old and people know it.
    #[arg(long, env = "BERTH_NEWCOMER_AGE", default_value = "7d")]
    pub newcomer_age: Span,
    /// People know an account when they see so many comments of it.
    #[arg(long, env = "BERTH_NEWCOMER_COMMENTS", default_value_t = 3)]
    pub newcomer_comments: u32,
    /// Comments an hour of a newcomer.
    #[arg(long, env = "BERTH_NEWCOMER_HOURLY", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub newcomer_hourly: u32,
    /// Comments a day of a newcomer.
    #[arg(long, env = "BERTH_NEWCOMER_DAILY", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub newcomer_daily: u32,
    /// Links in a newcomer's comment.
    #[arg(long, env = "BERTH_NEWCOMER_LINKS", default_value_t = 1)]
    pub newcomer_links: u32,
}

impl Comments {
    pub(super) fn limits(&self) -> hub::CommentLimits {
        hub::CommentLimits {
            floods: hub::FloodLimits {
                a_minute_per_account: self.comments_per_account,
                a_minute_per_source: self.comments_per_source,
            },
            newcomer_age: self.newcomer_age.millis(),
            newcomer_comments: self.newcomer_comments,
            newcomer: NewcomerLimits {
                hourly: self.newcomer_hourly,
                daily: self.newcomer_daily,
                links: self.newcomer_links,
            },
        }
    }
}
