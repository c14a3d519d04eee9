//! What handlers share: axum's state of every router here.

use crate::bearer::Bearers;
use crate::identity::Identity;
use crate::live::Live;
use crate::sharing::Sharing;
use axum::extract::FromRef;
use hub::{Clock, Hub};
use std::sync::Arc;
use std::time::Duration;

/// Cheap to clone. A handler takes `State<Hub>`, `State<Identity>`, or all of it.
#[derive(Clone, FromRef)]
pub struct Shared {
    pub hub: Hub,
    pub identity: Identity,
    pub bearers: Arc<Bearers>,
    pub rules: Rules,
    pub clock: Clock,
    pub live: Live,
    pub sharing: Sharing,
}

/// What handlers must know of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The largest form or JSON body.
    pub form_bytes: usize,
    /// A registry token lasts this long.
    pub token_ttl: Duration,
    /// A token of the JSON API lasts this long.
    pub api_token_ttl: Duration,
}
