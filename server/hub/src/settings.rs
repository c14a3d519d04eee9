//! What the operator decides and use cases need to know. Read from flags and environment by the server.

use crate::budget::FloodLimits;
use crate::comments::CommentLimits;
use model::Plans;
use model::network::Network;
use model::view::SignUp;

/// Limits and switches; sizes in bytes, times in milliseconds.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The one external URL, without a trailing slash: `https://hub.example`.
    pub url: String,
    /// Who may make an account.
    pub sign_up: SignUp,
    /// What namespaces may have.
    pub plans: Plans,
    /// Owners choose their plan themselves; otherwise only site admins do.
    pub plan_choice_is_free: bool,
    /// Everybody may make organizations; otherwise only site admins do.
    pub organizations_are_free: bool,
    /// The largest manifest. The OCI specification asks for at least 4 MiB.
    pub manifest_bytes: u64,
    /// An upload that is not finished after this long is forgotten.
    pub upload_ttl: i64,
    /// A session ends after this long without a request.
    pub session_ttl: i64,
    /// A refresh token of `docker login` ends this long after its last use.
    pub refresh_ttl: i64,
    /// Networks that are not public and that webhooks may lead to all the same.
    pub webhook_reach: Vec<Network>,
    /// A receiver of a webhook must have answered after this.
    pub webhook_timeout: i64,
    /// Pauses between the attempts of a delivery; one more attempt than these.
    pub webhook_schedule: Vec<i64>,
    /// Addresses that deliveries come from, as the operator tells them.
    pub webhook_sources: Vec<String>,
    /// A one-time link can be opened this long.
    pub invitation_ttl: i64,
    /// How much people may comment.
    pub comments: CommentLimits,
    /// Stars given and taken back.
    pub stars: FloodLimits,
}

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// Ten attempts in 75 hours and 35 minutes (Standard Webhooks, "Deliverability and reliability").
const SCHEDULE: [i64; 9] =
    [5000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

impl Default for Settings {
    fn default() -> Self {
        Self {
            url: "http://127.0.0.1:8080".into(),
            sign_up: SignUp::Closed,
            plans: Plans::default(),
            plan_choice_is_free: false,
            organizations_are_free: true,
            manifest_bytes: 4 * 1024 * 1024,
            upload_ttl: 24 * HOUR,
            session_ttl: 30 * 24 * HOUR,
            refresh_ttl: 90 * 24 * HOUR,
            invitation_ttl: 48 * HOUR,
            webhook_reach: Vec::new(),
            webhook_timeout: 15_000,
            webhook_schedule: SCHEDULE.to_vec(),
            webhook_sources: Vec::new(),
            comments: CommentLimits::default(),
            stars: FloodLimits { a_minute_per_account: 60, a_minute_per_source: 240 },
        }
    }
}

impl Settings {
    /// What site admins are shown, by the names of the flags; no secret is among them.
    pub(crate) fn shown(&self) -> Vec<(String, String)> {
        let hours = |millis: i64| format!("{} h", millis / HOUR);
        let plans: Vec<String> = self.plans.all().map(ToString::to_string).collect();
        [
            ("url", self.url.clone()),
            ("sign-up", format!("{:?}", self.sign_up).to_lowercase()),
            ("plans", plans.join(",")),
            ("free-plan-choice", self.plan_choice_is_free.to_string()),
            ("organizations", if self.organizations_are_free { "everybody" } else { "admins" }.to_owned()),
            ("manifest-limit", format!("{} KiB", self.manifest_bytes / 1024)),
            ("upload-ttl", hours(self.upload_ttl)),
            ("session-ttl", hours(self.session_ttl)),
            ("refresh-ttl", hours(self.refresh_ttl)),
            ("invitation-ttl", hours(self.invitation_ttl)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    /// Host and port as docker wants them in front of a repository's name.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.split_once("://").map_or(self.url.as_str(), |(_, host)| host)
    }
}
