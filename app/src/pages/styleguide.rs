//! All parts in all their states, to look at while changing them.

use crate::parts::badge::VisibilityBadge;
use crate::parts::choice::VisibilityChoice;
use crate::parts::command::Command;
use crate::parts::empty::Empty;
use crate::parts::field::Field;
use crate::parts::layers::{LayerBar, LayerTable};
use crate::parts::meta::PageMeta;
use crate::parts::notice::Refusal;
use crate::parts::pager::Pager;
use crate::surroundings::words;
use leptos::prelude::*;
use model::Visibility;
use model::view::LayerRow;

/// The page.
#[component]
pub(crate) fn Styleguide() -> AnyView {
    let words = words();
    let layer =
        |instruction: &str, size| LayerRow { instruction: instruction.to_owned(), digest: None, size };
    let layers = vec![
        layer("ADD rootfs.tar /", 31_000_000),
        layer("RUN apk add curl", 12_200_000),
        layer("ENV A=b", 0),
    ];
    view! {
        <PageMeta title=words.parts_title description=words.parts_title hidden=true/>
        <h1>{words.parts_title}</h1>
        <p class="lead">{words.tagline}</p>
        <p>{Visibility::ALL.map(|visibility| view! { <VisibilityBadge visibility/>" " })}</p>
        <p>
            <button class="primary">{words.save}</button>" "
            <button>{words.cancel}</button>" "
            <button class="bad">{words.delete_tag}</button>" "
            <button class="quiet">{words.end_session}</button>" "
            <button disabled=true>{words.save}</button>
        </p>
        <p class="notice">{words.sign_up_closed}</p>
        <p class="notice good">{words.saved}</p>
        <p class="notice bad">{words.fix_these}</p>
        <Field
            name="example"
            label=words.username
            hint=words.username_hint
            autocomplete="off"
            refusal=Refusal::default()
        />
        <VisibilityChoice chosen=Visibility::Unlisted/>
        <Command line="docker pull hub.example/anna/app"/>
        <LayerBar layers=layers.clone()/>
        <LayerTable layers/>
        <Pager number=2 size=10 total=35 path="/styleguide"/>
        <Empty title=words.no_tags text=words.no_tags_text/>
        <div class="skeleton" aria-hidden="true"></div>
    }
    .into_any()
}
