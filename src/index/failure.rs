//! What went wrong within tantivy, in our words.

use std::error::Error as _;
use std::io;
use std::path::Path;

use tantivy::TantivyError;

use crate::error::{Error, Kind, Named};

/// How the messages of [`failed`] begin.
const CANNOT_WRITE: &str = "cannot write the index";

/// Names the index in an error of this room, which knows it by its tantivy handle alone.
pub(super) fn named(mut error: Error, dir: &Path) -> Error {
    if let Some(rest) = error.message.strip_prefix(CANNOT_WRITE) {
        error.message = format!("{CANNOT_WRITE} at {}{rest}", Named(dir));
    }
    error
}

/// Tells that tantivy failed to write, with the first cause that the system gave.
pub(super) fn failed(cause: TantivyError) -> Error {
    let hint = "check the space and the permissions on its disk";
    let error = Error::new(Kind::Io, format!("{CANNOT_WRITE}: {cause}")).with_hint(hint);
    let mut source = cause.source();
    while let Some(cause) = source {
        if cause.downcast_ref::<io::Error>().is_some_and(is_full) {
            return error.with_hint("free some space and run it again");
        }
        source = cause.source();
    }
    error
}

fn is_full(cause: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(cause.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}
