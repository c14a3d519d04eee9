//! Berth as its users meet it: the real program on a free port, driven by docker, podman and skopeo, and by raw
//! HTTP where a client would never do what happens in the field. Every story ends with a clean `berth fsck`.

mod chunks;
mod client;
mod cut_off;
mod docker;
mod engine;
mod full_disk;
mod index;
mod large_layer;
mod layout;
mod order;
mod people;
mod podman;
mod programs;
mod pulls;
mod rights;
mod scene;
mod search;
mod skopeo;
mod stage;
mod two_finishers;
mod visibility;
mod webhook_answers;
mod webhook_api;
mod webhook_hostile;
mod webhook_reach;
mod webhook_snippets;
mod webhooks;
