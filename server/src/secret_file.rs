//! Secrets of the program itself: made on the first start, kept beside the data, readable by its owner only.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// What is in `file`; where there is none, what `make` makes is written there.
///
/// Written under another name and linked: two processes that start at once agree on one secret.
///
/// # Errors
/// Those of the file system, and that of `make`.
pub(crate) fn kept<E: From<std::io::Error>>(
    file: &Path,
    make: impl FnOnce() -> Result<Vec<u8>, E>,
) -> Result<Vec<u8>, E> {
    match std::fs::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        read => return Ok(read?),
    }
    let draft = file.with_extension(format!("{}.new", std::process::id()));
    let mut open = OpenOptions::new();
    let mut out = open.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    out.write_all(&make()?)?;
    out.sync_all()?;
    let linked = std::fs::hard_link(&draft, file);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(std::fs::read(file)?),
    }
}
