//! What a repository without an image shows: the commands, and that it waits. It changes by itself.

use crate::api::reading::push_progress;
use crate::parts::command::Command;
use crate::parts::format::size;
use crate::surroundings::words;
use leptos::prelude::*;
use model::RepositoryName;
use std::time::Duration;

/// How often it asks.
const EVERY: Duration = Duration::from_secs(2);

/// The three commands. `arrived` is called once an image is there.
#[component]
pub(crate) fn PushFirst(name: RepositoryName, pull_name: String, arrived: Callback<()>) -> impl IntoView {
    let words = words();
    let host = pull_name.split('/').next().unwrap_or_default().to_owned();
    let state = RwSignal::new(words.waiting_for_push.to_owned());
    Effect::new(move |_| watch(name.clone(), state, arrived));
    view! {
        <section class="push-first">
            <h2>{words.push_first}</h2>
            <p>{words.push_first_text}</p>
            <Command line=format!("docker login {host}")/>
            <Command line=format!("docker tag app {pull_name}")/>
            <Command line=format!("docker push {pull_name}")/>
            <p class="waiting" role="status"><span class="pulse" aria-hidden="true"></span>{move || state.get()}</p>
            <noscript><meta http-equiv="refresh" content="5"/></noscript>
        </section>
    }
}

/// Asks until it is there, or until the page is left.
fn watch(name: RepositoryName, state: RwSignal<String>, arrived: Callback<()>) {
    let ask = move || {
        let name = name.clone();
        leptos::task::spawn_local(async move {
            match push_progress(name).await {
                Ok(progress) if progress.arrived.is_some() => arrived.run(()),
                Ok(progress) => {
                    if let Some(bytes) = progress.uploading {
                        state.try_set((words().uploading)(&size(bytes)));
                    }
                }
                Err(_) => {}
            }
        });
    };
    if let Ok(handle) = set_interval_with_handle(ask, EVERY) {
        on_cleanup(move || handle.clear());
    }
}
