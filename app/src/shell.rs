//! The HTML document around the pages.

use crate::surroundings::{Assets, surroundings};
use crate::table::App;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The document.
#[must_use]
pub fn shell() -> AnyView {
    let visit = surroundings();
    view! {
        <!DOCTYPE html>
        <html
            lang=visit.locale.tag()
            data-theme=visit.theme.as_str()
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {visit.assets.clone().map(files)}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
    .into_any()
}

/// Starts the browser's part: wakes each island, and tells styles and tests when all are awake. No island has
/// another one in it, so no order is needed (leptos' own script walks the tree for that).
const START: &str = "async function start(js, wasm) {
  const module = await import(js);
  await module.default({ module_or_path: wasm });
  module.hydrate();
  for (const island of document.querySelectorAll('leptos-island')) module[island.dataset.component](island);
  document.documentElement.dataset.hydrated = 'true';
}";

/// The files of the site, and the only script without a file: it starts the others, by the request's nonce.
fn files(assets: Assets) -> AnyView {
    let start = format!("{START} start('{}', '{}');", assets.js, assets.wasm);
    view! {
        <link rel="stylesheet" href=assets.css/>
        <link rel="modulepreload" href=assets.js nonce=use_nonce()/>
        <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce() inner_html=start></script>
    }
    .into_any()
}
