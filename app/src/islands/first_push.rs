//! Waits for the first push of a repository and shows how it goes.

use crate::api::live;
use crate::browser;
use crate::format::size;
use leptos::prelude::*;
use model::RepositoryName;
use std::time::Duration;

/// How often it asks.
const EVERY: Duration = Duration::from_secs(2);
/// What stands for the bytes in the text for a push under way.
pub(crate) const SIZE: &str = "{size}";

/// Says `waiting`, then `receiving` with the bytes so far; loads the page again once an image is there.
#[island]
pub(crate) fn FirstPush(name: RepositoryName, waiting: String, receiving: String) -> impl IntoView {
    let state = RwSignal::new(waiting);
    Effect::new(move |_| watch(&name, &receiving, state));
    view! {
        <p class="waiting" role="status"><span class="pulse" aria-hidden="true"></span>{move || state.get()}</p>
    }
}

fn watch(name: &RepositoryName, receiving: &str, state: RwSignal<String>) {
    let (name, receiving) = (name.clone(), receiving.to_owned());
    let ask = move || {
        let (name, receiving) = (name.clone(), receiving.clone());
        leptos::task::spawn_local(async move {
            match live::push_progress(name).await {
                Ok(progress) if progress.arrived.is_some() => browser::reload(),
                Ok(progress) => {
                    if let Some(bytes) = progress.uploading {
                        state.set(receiving.replace(SIZE, &size(bytes)));
                    }
                }
                // The next question may be answered.
                Err(_) => {}
            }
        });
    };
    set_interval(ask, EVERY);
}
