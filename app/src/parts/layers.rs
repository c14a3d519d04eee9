//! Which layers make up an image's size: one bar, and a table that says the same.

use super::command::DigestText;
use crate::format::size;
use crate::surroundings::words;
use leptos::prelude::*;
use model::view::LayerRow;

/// The bar's width in its own units.
const WIDTH: u64 = 1000;

/// The class that colours a layer in the bar and in the table; `index` is its place in the image.
fn shade(index: usize) -> String {
    format!("shade-{}", index % 5)
}

/// Where each layer's piece of the bar starts, how wide it is, and the layer's place in the image. Pieces below one
/// unit are not drawn.
fn pieces(layers: &[LayerRow]) -> Vec<(u64, u64, usize)> {
    let total: u64 = layers.iter().map(|layer| layer.size).fold(0, u64::saturating_add).max(1);
    let scale = |bytes: u64| {
        u64::try_from(u128::from(bytes) * u128::from(WIDTH) / u128::from(total)).unwrap_or(WIDTH)
    };
    let mut before = 0u64;
    let mut pieces = Vec::new();
    for (index, layer) in layers.iter().enumerate() {
        let start = scale(before);
        before = before.saturating_add(layer.size);
        let width = scale(before) - start;
        if width > 0 {
            pieces.push((start, width, index));
        }
    }
    pieces
}

/// One bar, a segment a layer.
#[component]
pub(crate) fn LayerBar(layers: Vec<LayerRow>) -> AnyView {
    let words = words();
    let drawn = pieces(&layers)
        .into_iter()
        .filter_map(|(start, width, index)| Some((start, width, index, layers.get(index)?)))
        .map(|(start, width, index, layer)| {
            let digest = layer.digest.as_ref().map(model::Digest::short).unwrap_or_default();
            view! {
                <rect class=shade(index) x=start.to_string() y="0" width=width.to_string() height="24">
                    <title>{(words.layer_share)(digest, &size(layer.size))}</title>
                </rect>
            }
        })
        .collect_view();
    view! {
        <svg class="layer-bar" viewBox="0 0 1000 24" preserveAspectRatio="none" role="img" aria-label=words.size_by_layer>
            {drawn}
        </svg>
    }
    .into_any()
}

/// What made the image, line by line.
#[component]
pub(crate) fn LayerTable(layers: Vec<LayerRow>) -> AnyView {
    let words = words();
    let rows = layers.into_iter().enumerate().map(|(index, layer)| {
        view! {
            <tr>
                <td class="number step">{layer.digest.is_some().then(|| view! { <span class=format!("swatch {}", shade(index))></span> })}{index + 1}</td>
                <td data-label=words.instruction><code class="instruction" translate="no">{layer.instruction}</code></td>
                <td class="number" data-label=words.size>{size(layer.size)}</td>
                <td data-label=words.digest>
                    {match layer.digest {
                        Some(digest) => view! { <DigestText digest/> }.into_any(),
                        None => view! { <span class="soft">{words.no_layer}</span> }.into_any(),
                    }}
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll">
        <table class="cards">
            <caption>{words.layers_caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"#"</th>
                    <th scope="col">{words.instruction}</th>
                    <th scope="col">{words.size}</th>
                    <th scope="col">{words.digest}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pieces_of_the_bar_fill_it_without_gaps() {
        let layer = |size| LayerRow { instruction: String::new(), digest: None, size };
        let layers = [layer(31_000_000), layer(0), layer(12_200_000), layer(1), layer(2_000_000)];
        let pieces = pieces(&layers);
        assert_eq!(pieces.iter().map(|(_, _, index)| *index).collect::<Vec<_>>(), [0, 2, 4]);
        assert!(pieces.windows(2).all(|pair| pair[0].0 + pair[0].1 == pair[1].0));
        assert_eq!(pieces.last().map(|(start, width, _)| start + width), Some(1000));
        assert!(self::pieces(&[]).is_empty());
    }
}
