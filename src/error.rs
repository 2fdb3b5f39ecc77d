//! The one error of the library: what went wrong, where, and what to do next.
//!
//! An error is told in a sentence without a capital or a full stop, with the thing named in
//! quotes; the place follows as `path:record`, or as a caret under the query. A `hint:` line
//! says what helps. The library never exits and never prints: `cli` turns the [`Kind`] into an
//! exit code.

mod contained;

use std::fmt;
use std::io;
use std::path::Path;

pub use contained::{contained, in_a_line, is_contained, message as panic_message};

/// What the library's fallible functions return.
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of failure it was; the exit codes of the program follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The question or the command cannot be understood.
    Usage,
    /// There is no index, or it is damaged, or another version of the program made it.
    Index,
    /// Another run is writing the index.
    Locked,
    /// A disk, a permission, a file.
    Io,
    /// A guard stopped the run before it did damage.
    Guard,
}

/// A failure that names the thing, the place and the next step.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind of failure it was.
    pub kind: Kind,
    /// The sentence, and for a query the lines with the caret below it.
    pub message: String,
    /// What the reader can do about it, without the word `hint:`.
    pub hint: Option<String>,
}

impl Error {
    /// Makes an error of a kind from its sentence.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }

    /// Adds the line that says what to do next.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Tells that a file operation failed: `cannot read 'seeds': permission denied`.
    pub fn io(verb: &str, path: &Path, cause: &io::Error) -> Self {
        let error = Self::new(Kind::Io, format!("cannot {verb} {}: {}", Named(path), Cause(cause)));
        match cause.kind() {
            io::ErrorKind::NotFound => error.with_hint("check the path"),
            io::ErrorKind::PermissionDenied => error.with_hint("check who may read and write it"),
            io::ErrorKind::StorageFull => error.with_hint("free some space and run it again"),
            _ => error,
        }
    }
}

/// A path in single quotes, with control characters made visible.
///
/// A file name may hold a newline or an escape sequence; neither may reach a terminal or break
/// a message into two lines.
pub struct Named<'a>(pub &'a Path);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("'")?;
        for c in self.0.to_string_lossy().chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        f.write_str("'")
    }
}

/// The words of an input-output error without the `(os error 2)` that follows them.
pub struct Cause<'a>(pub &'a io::Error);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.0.to_string();
        let words = words.split(" (os error").next().unwrap_or_default();
        let mut chars = words.chars();
        match chars.next() {
            Some(first) => write!(f, "{}{}", first.to_lowercase(), chars.as_str()),
            None => f.write_str("unknown cause"),
        }
    }
}
