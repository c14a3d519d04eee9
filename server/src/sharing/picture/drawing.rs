//! From SVG to PNG, with the fonts that are in the program: nothing of the system is read.

use super::template::{HEIGHT, WIDTH};
use resvg::render;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};
use std::sync::{Arc, LazyLock};

/// How these were made is told beside them.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../fonts/NotoSansCJKsc-Regular-subset.otf"),
    include_bytes!("../fonts/NotoSansCJKsc-Bold-subset.otf"),
];

/// The family of both.
pub(super) const FAMILY: &str = "Noto Sans CJK SC";

static LOADED: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in FONTS {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    Arc::new(fonts)
});

/// The picture; `None`: `svg` is none.
pub(super) fn drawn(svg: &str) -> Option<Vec<u8>> {
    let options =
        Options { fontdb: Arc::clone(&LOADED), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT)?;
    render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap.encode_png().ok()
}
