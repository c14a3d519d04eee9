//! A section of one's settings: which notifications come by e-mail too.

use crate::api::notifications::ChooseMails;
use crate::surroundings::words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::NoticeKind;

/// The section; the bell tells of every kind.
pub(super) fn mail_choices(kinds: Vec<(NoticeKind, bool)>) -> AnyView {
    let (all, words) = (words(), &words().notifications);
    view! {
        <section id="notifications">
            <h2>{words.mails}</h2>
            <p class="soft">{words.mails_text}</p>
            <form method="post" action=ChooseMails::url()>
                <fieldset class="ticks">
                    <legend class="hidden">{words.mails}</legend>
                    {kinds.into_iter().map(tick).collect_view()}
                </fieldset>
                <button type="submit">{all.save}</button>
            </form>
        </section>
    }
    .into_any()
}

fn tick((kind, is_wanted): (NoticeKind, bool)) -> AnyView {
    view! {
        <label>
            <input type="checkbox" name="kinds[]" value=kind.as_str() checked=is_wanted/>
            {(words().notifications.kind)(kind)}
        </label>
    }
    .into_any()
}
