//! Listing the files of an archive.

use std::ffi::OsStr;
use std::fmt::Write;
use std::fs::{self, Metadata};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, FilterEntry, IntoIter, WalkDir};

use super::Settings;
use crate::article::{Class, Malformed, Origin};
use crate::error::{Cause, Error, Named, Result};

/// A regular file of the archive, as it was when the walk came by.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path to open it by.
    pub path: PathBuf,
    /// The path as it is told: the root as given, and the path below it, in visible characters.
    pub shown: String,
    /// The path below the root, or the name where the root is the file, in visible characters.
    pub below: String,
    /// The root, absolute and without links, in visible characters: what a run may speak for.
    pub root: Arc<str>,
    /// The root and the path below it: what names the file for good.
    pub origin: String,
    /// What is configured for it; the walk knows of nothing.
    pub settings: Arc<Settings>,
    /// The length in bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub mtime_ns: i64,
}

impl SourceFile {
    /// Tells whether the file has rested long enough for the time of its change to be trusted.
    pub fn is_settled(&self) -> bool {
        super::reading::is_settled(self.mtime_ns)
    }
}

/// A place of the archive that could not be looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// The place as it is told, and why.
    pub malformed: Malformed,
    /// The root and the path below it: what names the place for good.
    pub origin: String,
}

/// The files below a root in order, and the places that could not be looked into.
///
/// A place that could not be looked into says nothing about the articles that were found there
/// before: whoever deletes what is missing must spare what lies at and below its path.
pub struct Walk {
    /// The root as given.
    given: PathBuf,
    /// The root as given, in visible characters.
    shown_root: String,
    settings: Arc<Settings>,
    /// The root as it is.
    root: Arc<str>,
    /// What is left to be seen.
    entries: FilterEntry<IntoIter, fn(&DirEntry) -> bool>,
}

/// Lists the files below a root, or the root itself where it is a file.
///
/// A folder is listed in the order of the bytes of its names, so two walks of the same archive
/// agree. Links to files and folders are followed; one that leads back to a folder above it is
/// told and passed over. A file that is reached in two ways is listed twice, under both names.
///
/// Passed over without a word, below the root: names that begin with a full stop, and files named
/// `README` or `LICENSE` in capitals, with any extension or none. Pipes, sockets and devices are
/// told and never opened.
///
/// Fails where the root does not exist or cannot be read: an archive that is not there must not
/// look like one that was emptied.
pub fn walk(root: &Path) -> Result<Walk> {
    let absolute = absolute(root)?;
    if absolute.is_dir() {
        fs::read_dir(&absolute).map_err(|cause| Error::io("read", root, &cause))?;
    }
    let entries = WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_wanted as fn(&DirEntry) -> bool);
    Ok(Walk {
        given: root.to_owned(),
        shown_root: visible(root.as_os_str()),
        settings: Arc::default(),
        root: visible(absolute.as_os_str()).into(),
        entries,
    })
}

/// Returns where a root really lies: absolute and without links.
///
/// Fails where it does not exist.
fn absolute(root: &Path) -> Result<PathBuf> {
    fs::canonicalize(root).map_err(|cause| Error::io("read", root, &cause))
}

impl Iterator for Walk {
    type Item = std::result::Result<SourceFile, Unlisted>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.entries.next()? {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() => return Some(self.file(&entry)),
                Ok(entry) => return Some(Err(self.unlisted(entry.path(), "not a regular file"))),
                // A hidden link that leads nowhere fails before the filter can pass over it.
                Err(cause) if cause.depth() > 0 && cause.path().is_some_and(is_hidden) => {}
                Err(cause) => return Some(Err(self.failure(&cause))),
            }
        }
    }
}

impl Walk {
    /// Describes a file, or says why its description could not be had.
    fn file(&self, entry: &DirEntry) -> std::result::Result<SourceFile, Unlisted> {
        let metadata = entry.metadata().map_err(|cause| self.failure(&cause))?;
        let (size, mtime_ns) = stamp(&metadata);
        let below = self.below(entry.path());
        Ok(SourceFile {
            origin: joined(&self.root, &below),
            path: entry.path().to_owned(),
            shown: joined(&self.shown_root, &below),
            below: if below.is_empty() { visible(entry.file_name()) } else { below },
            root: Arc::clone(&self.root),
            settings: Arc::clone(&self.settings),
            size,
            mtime_ns,
        })
    }

    /// Says why a place could not be looked into.
    fn failure(&self, cause: &walkdir::Error) -> Unlisted {
        let path = cause.path().unwrap_or(&self.given);
        if let Some(ancestor) = cause.loop_ancestor() {
            let reason = format!("a link that leads back to {}", Named(ancestor));
            return self.unlisted(path, &reason);
        }
        match cause.io_error() {
            Some(cause) => self.unlisted(path, &Cause(cause).to_string()),
            None => self.unlisted(path, "cannot be read"),
        }
    }

    fn unlisted(&self, path: &Path, reason: &str) -> Unlisted {
        let below = self.below(path);
        let origin = Origin { path: joined(&self.shown_root, &below), ..Origin::default() };
        let malformed = Malformed { origin, class: Class::Unreadable, reason: reason.to_owned() };
        Unlisted { malformed, origin: joined(&self.root, &below) }
    }

    /// Returns the path below the root, which is empty for the root itself.
    fn below(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.given).unwrap_or(path);
        if let Some(below) = below.to_str().filter(|it| MAIN_SEPARATOR == '/' && is_visible(it)) {
            return below.to_owned();
        }
        let names: Vec<_> = below.iter().map(visible).collect();
        names.join("/")
    }
}

/// Joins the name of a root with the path below it, which is empty for the root itself.
fn joined(root: &str, below: &str) -> String {
    match below {
        "" => root.to_owned(),
        below => format!("{}/{below}", root.trim_end_matches('/')),
    }
}

/// What tells a file from a later state of itself: its size, and when it was written.
pub(super) type Stamp = (u64, i64);

/// Returns the stamp of a file.
pub(super) fn stamp(metadata: &Metadata) -> Stamp {
    let mtime_ns = metadata.modified().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    });
    (metadata.len(), mtime_ns)
}

/// Returns where a root really lies, in the visible characters that origins begin with.
///
/// Fails where it does not exist.
pub fn root_name(root: &Path) -> Result<String> {
    absolute(root).map(|absolute| visible(absolute.as_os_str()))
}

/// Tells whether an origin is a root, or a place below it.
pub fn is_within(origin: &str, root: &str) -> bool {
    let below = origin.strip_prefix(root);
    below.is_some_and(|below| below.is_empty() || below.starts_with('/') || root.ends_with('/'))
}

/// Writes a name so that it can be printed in one line, and no two names alike.
///
/// Control characters and the backslash are escaped as in Rust, and a byte that is no UTF-8
/// becomes `\xff`; [`path_of`] reads them back.
fn visible(name: &OsStr) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() || c == '\\' {
                text.extend(c.escape_default());
            } else {
                text.push(c);
            }
        }
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// Tells whether a name is written as it is.
fn is_visible(name: &str) -> bool {
    !name.contains(|c: char| c.is_control() || c == '\\')
}

/// Returns the path of a name in visible characters, such as a root of the index.
pub fn path_of(name: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, escaped)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let (byte_or_char, n) = unescape(escaped);
        bytes.extend_from_slice(&byte_or_char);
        rest = &escaped[n..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    os_path(bytes)
}

/// Reads what follows a backslash: the bytes that it stands for, and how long it is.
fn unescape(escaped: &str) -> (Vec<u8>, usize) {
    let of_char = |c: char| c.to_string().into_bytes();
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok();
    let read =
        match escaped.as_bytes().first() {
            Some(b'n') => Some((vec![b'\n'], 1)),
            Some(b'r') => Some((vec![b'\r'], 1)),
            Some(b't') => Some((vec![b'\t'], 1)),
            Some(b'\\') => Some((vec![b'\\'], 1)),
            Some(b'x') => {
                let byte = escaped.get(1..3).and_then(hex).and_then(|it| u8::try_from(it).ok());
                byte.map(|byte| (vec![byte], 3))
            }
            Some(b'u') => escaped.strip_prefix("u{").and_then(|it| it.split_once('}')).and_then(
                |(digits, _)| Some((of_char(char::from_u32(hex(digits)?)?), digits.len() + 3)),
            ),
            _ => None,
        };
    read.unwrap_or((vec![b'\\'], 0))
}

#[cfg(unix)]
fn os_path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn os_path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Tells whether the walk is to look at a place, of which the root always is one.
fn is_wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0
        || !(is_hidden(entry.path()) || entry.file_type().is_file() && is_about(entry.path()))
}

/// Tells whether a name begins with a full stop.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Tells whether a file is about the archive rather than of it.
fn is_about(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == "README" || stem == "LICENSE")
}
