//! Components that more than one page uses. They take what they show; they never call the server.

pub(crate) mod appearance;
pub(crate) mod badge;
pub(crate) mod choice;
pub(crate) mod command;
pub(crate) mod count;
pub(crate) mod empty;
pub(crate) mod field;
pub(crate) mod frame;
pub(crate) mod layers;
pub(crate) mod meta;
pub(crate) mod notice;
pub(crate) mod organization_head;
pub(crate) mod pager;
pub(crate) mod pull_chart;
pub(crate) mod qr_code;
pub(crate) mod repository_head;
pub(crate) mod repository_list;
pub(crate) mod run_state;
pub(crate) mod select;
pub(crate) mod site_tabs;
pub(crate) mod tab_link;
pub(crate) mod time;
pub(crate) mod user_agent;
pub(crate) mod webhook_fields;
