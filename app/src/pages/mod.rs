//! One file a page: parameters in, one resource, parts laid out. No rules, no storage.

pub(crate) mod access_tokens;
pub(crate) mod account;
pub(crate) mod add_repository;
pub(crate) mod collaborators;
pub(crate) mod home;
pub(crate) mod join;
mod loaded;
pub(crate) mod members;
pub(crate) mod new_organization;
pub(crate) mod organization_settings;
pub(crate) mod plan;
pub(crate) mod profile;
pub(crate) mod push_first;
pub(crate) mod refused;
pub(crate) mod repository;
pub(crate) mod repository_settings;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod styleguide;
pub(crate) mod tag;
pub(crate) mod tags;
pub(crate) mod team;
pub(crate) mod teams;
