//! What the operator decides: flags, each with an environment variable. Nothing here acts on it.

mod amount;
mod comments;
mod outgoing;
mod stars;

pub use amount::{Amount, Span};
pub use comments::Comments;
pub use model::network::Network;
pub use outgoing::{Mail, Webhooks};
pub use stars::Stars;

use clap::{Args, Parser, Subcommand, ValueEnum};
use model::{Plans, Username};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Berth: a container hub in one file.
#[derive(Debug, Parser)]
#[command(name = "berth", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the hub: registry, pages and API.
    Serve(Box<Serve>),
    /// Manage accounts.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Print a one-time link that makes an account.
    Invite(Invite),
    /// Check that everything the database names is stored, and whole.
    Fsck(Fsck),
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account; its e-mail address counts as verified.
    Add(AddUser),
}

/// Where the state is.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Folder of the blobs, the keys and the default database.
    #[arg(long, env = "BERTH_DATA", default_value = "./berth-data")]
    pub data: PathBuf,
    /// `sqlite:<path>` or `postgres://…`; default: hub.db in the data folder.
    #[arg(long, env = "BERTH_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
}

impl Place {
    /// Whether somebody has served or added something here. A database elsewhere tells by itself.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.database_url.is_some() || self.data.join("hub.db").exists()
    }

    /// The database's URL.
    #[must_use]
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("hub.db").display()))
    }
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "BERTH_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The one external URL, for example https://hub.example; default: http://<listen>.
    #[arg(long, env = "BERTH_URL", value_parser = external_url)]
    pub url: Option<String>,
    /// Who may make an account.
    #[arg(long, env = "BERTH_SIGN_UP", value_enum, default_value_t = SignUp::Closed)]
    pub sign_up: SignUp,
    /// Plans and their private repositories, the first for everybody: free=1,team=20/100GB,large=unlimited. What is after the slash is storage.
    #[arg(long, env = "BERTH_PLANS", default_value = "free=1")]
    pub plans: Plans,
    /// Owners choose their plan themselves; otherwise site admins do.
    #[arg(long, env = "BERTH_FREE_PLAN_CHOICE")]
    pub free_plan_choice: bool,
    /// Who may make organizations.
    #[arg(long, env = "BERTH_ORGANIZATIONS", value_enum, default_value_t = Organizations::Everybody)]
    pub organizations: Organizations,
    /// Networks whose X-Forwarded-For is believed.
    #[arg(long, env = "BERTH_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<Network>,
    #[command(flatten)]
    pub webhooks: Webhooks,
    #[command(flatten)]
    pub mail: Mail,
    #[arg(long, env = "BERTH_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    #[command(flatten)]
    pub comments: Comments,
    #[command(flatten)]
    pub stars: Stars,
    #[command(flatten)]
    pub limits: Limits,
    #[command(flatten)]
    pub spans: Spans,
}

/// How much is accepted.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// The largest manifest; the OCI specification asks for 4 MiB at least.
    #[arg(long, env = "BERTH_MANIFEST_LIMIT", default_value = "4MiB")]
    pub manifest_limit: Amount,
    /// The largest form or JSON body.
    #[arg(long, env = "BERTH_FORM_LIMIT", default_value = "1MiB")]
    pub form_limit: Amount,
    /// Connections at once; more wait.
    #[arg(long, env = "BERTH_CONNECTION_LIMIT", default_value_t = 16_384)]
    pub connection_limit: usize,
    /// Wrong passwords a minute for one account.
    #[arg(long, env = "BERTH_GUESSES_PER_ACCOUNT", default_value_t = 30)]
    pub guesses_per_account: u32,
    /// Wrong passwords a minute from one source.
    #[arg(long, env = "BERTH_GUESSES_PER_SOURCE", default_value_t = 60)]
    pub guesses_per_source: u32,
}

/// How long things last.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Times")]
pub struct Spans {
    /// A request's headers must be there after this.
    #[arg(long, env = "BERTH_HEADER_TIMEOUT", default_value = "15s")]
    pub header_timeout: Span,
    /// A connection without a request is closed after this.
    #[arg(long, env = "BERTH_IDLE_TIMEOUT", default_value = "75s")]
    pub idle_timeout: Span,
    /// A body that brings, or a reader that takes, less than 1 KiB in this time is cut.
    #[arg(long, env = "BERTH_BODY_TIMEOUT", default_value = "30s")]
    pub body_timeout: Span,
    /// Requests under way at shutdown have this long.
    #[arg(long, env = "BERTH_DRAIN", default_value = "10s")]
    pub drain: Span,
    /// A registry token is good for this.
    #[arg(long, env = "BERTH_TOKEN_TTL", default_value = "60s")]
    pub token_ttl: Span,
    /// A token of the JSON API is good for this.
    #[arg(long, env = "BERTH_API_TOKEN_TTL", default_value = "10m")]
    pub api_token_ttl: Span,
    /// An upload that is not finished after this is forgotten.
    #[arg(long, env = "BERTH_UPLOAD_TTL", default_value = "24h")]
    pub upload_ttl: Span,
    /// A session ends after this long without a request.
    #[arg(long, env = "BERTH_SESSION_TTL", default_value = "30d")]
    pub session_ttl: Span,
    /// What `docker login` keeps is good for this.
    #[arg(long, env = "BERTH_REFRESH_TTL", default_value = "90d")]
    pub refresh_ttl: Span,
    /// A one-time link can be opened this long.
    #[arg(long, env = "BERTH_INVITATION_TTL", default_value = "48h")]
    pub invitation_ttl: Span,
    /// Counted pulls are written down this often; a crash loses what was counted since.
    #[arg(long, env = "BERTH_PULLS_FLUSH", default_value = "3s")]
    pub pulls_flush: Span,
}

#[derive(Debug, Args)]
pub struct AddUser {
    pub name: Username,
    #[arg(long)]
    pub email: String,
    /// Read the password from standard input, up to the end of the line.
    #[arg(long, required = true)]
    pub password_stdin: bool,
    /// May administer the whole hub.
    #[arg(long)]
    pub admin: bool,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Debug, Args)]
pub struct Invite {
    /// The account will be a site admin.
    #[arg(long)]
    pub admin: bool,
    /// The external URL of the running hub.
    #[arg(long, env = "BERTH_URL", value_parser = external_url, default_value = "http://127.0.0.1:8080")]
    pub url: String,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Debug, Args)]
pub struct Fsck {
    /// Print the findings as JSON.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub place: Place,
}

/// Who may make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SignUp {
    Closed,
    Invite,
    Open,
}

impl From<SignUp> for model::view::SignUp {
    fn from(value: SignUp) -> Self {
        match value {
            SignUp::Closed => Self::Closed,
            SignUp::Invite => Self::Invite,
            SignUp::Open => Self::Open,
        }
    }
}

/// Who may make organizations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Organizations {
    Everybody,
    Admins,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

impl Serve {
    /// What use cases need to know; `url` is the external URL.
    #[must_use]
    pub fn settings(&self, url: String) -> hub::Settings {
        hub::Settings {
            url,
            sign_up: self.sign_up.into(),
            plans: self.plans.clone(),
            plan_choice_is_free: self.free_plan_choice,
            organizations_are_free: self.organizations == Organizations::Everybody,
            manifest_bytes: self.limits.manifest_limit.bytes(),
            upload_ttl: self.spans.upload_ttl.millis(),
            session_ttl: self.spans.session_ttl.millis(),
            refresh_ttl: self.spans.refresh_ttl.millis(),
            invitation_ttl: self.spans.invitation_ttl.millis(),
            webhook_reach: self.webhooks.webhook_allow.clone(),
            webhook_timeout: self.webhooks.webhook_timeout.millis(),
            webhook_schedule: self.webhooks.schedule(),
            webhook_sources: self.webhooks.webhook_sources.clone(),
            comments: self.comments.limits(),
            stars: self.stars.limits(),
        }
    }
}

/// Scheme, host and port only: paths of docker's protocols begin at the root.
fn external_url(text: &str) -> Result<String, String> {
    let url = text.strip_suffix('/').unwrap_or(text);
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let good = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    if host.is_empty() || !host.chars().all(good) {
        return Err("must be http(s)://host[:port], without a path".into());
    }
    Ok(url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn flags_do_not_contradict_one_another() {
        Cli::command().debug_assert();
    }

    #[test]
    fn an_external_url_has_no_path() {
        assert_eq!(external_url("https://hub.example/").unwrap(), "https://hub.example");
        for bad in ["hub.example", "https://", "https://a/b", "ftp://a", "http://a b", "https://a\r\nx"] {
            assert!(external_url(bad).is_err(), "{bad}");
        }
    }
}
