//! What a repository without an image shows: the commands, and that it waits. It changes by itself.

use crate::islands::first_push::{FirstPush, SIZE};
use crate::parts::command::Command;
use crate::surroundings::words;
use leptos::prelude::*;
use model::RepositoryName;

/// The three commands.
#[component]
pub(crate) fn PushFirst(name: RepositoryName, pull_name: String) -> AnyView {
    let words = words();
    let host = pull_name.split('/').next().unwrap_or_default().to_owned();
    view! {
        <section class="push-first">
            <h2>{words.push_first}</h2>
            <p>{words.push_first_text}</p>
            <Command line=format!("docker login {host}")/>
            <Command line=format!("docker tag app {pull_name}")/>
            <Command line=format!("docker push {pull_name}")/>
            <FirstPush name waiting=words.waiting_for_push.to_owned() receiving=(words.uploading)(SIZE)/>
            <noscript><meta http-equiv="refresh" content="5"/></noscript>
        </section>
    }
    .into_any()
}
