//! The files that commands are given, and those that they write.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Kind, Named, Result};
use crate::text::printable;

/// Reads a file, up to a byte more than it may have.
pub(super) fn bounded(path: &Path, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(bytes_max + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a file that must not have more than so many bytes.
pub(super) fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>> {
    let bytes = bounded(path, bytes_max).map_err(|cause| Error::io("read", path, &cause))?;
    if bytes.len() as u64 > bytes_max {
        let message = format!("{} has more than {} MiB", Named(path), bytes_max >> 20);
        return Err(Error::new(Kind::Usage, message).with_hint("split the file"));
    }
    Ok(bytes)
}

/// Returns what errors call a file.
pub(super) fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

/// Writes a file.
pub(super) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::write(path, content).map_err(|cause| Error::io("write", path, &cause))
}
