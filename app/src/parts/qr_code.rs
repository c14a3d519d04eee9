//! A QR code as a picture: black on white whatever the theme, as cameras want it.

use fast_qr::QRBuilder;
use leptos::prelude::*;

/// Modules of white around it (ISO/IEC 18004).
const QUIET: usize = 4;

/// Draws `text`; nothing where it is too long for one.
#[component]
pub(crate) fn QrCode(text: String, label: &'static str) -> AnyView {
    let Ok(code) = QRBuilder::new(text).build() else { return ().into_any() };
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in (0..code.size).map(|y| (y, &code[y])) {
        for (x, _) in row.iter().take(code.size).enumerate().filter(|(_, module)| module.value()) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    view! {
        <svg class="qr-code" role="img" aria-label=label viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
            <rect width=side height=side fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
    .into_any()
}
