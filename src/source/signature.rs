//! Telling by its first bytes what a file is that no reader knows.

use std::borrow::Cow;
use std::fmt;

use super::Head;
use super::decode::Units;
use super::xml;
use crate::text::printable;

/// The bytes that formats begin with which are no text.
const BINARY: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"7z\xbc\xaf\x27\x1c", "7-zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"{\\rtf", "RTF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"OggS", "Ogg"),
    (b"ID3\x03", "MP3"),
    (b"ID3\x04", "MP3"),
];

/// The bytes that text formats begin with for which there is no reader.
const TEXT: &[(&str, &str)] =
    &[("%!PS", "PostScript"), ("[\"", "JSON without records"), ("[[", "JSON without records")];

/// Where a tar archive names itself.
const TAR_MAGIC: std::ops::Range<usize> = 257..262;

/// Of so many bytes at most one may be a control character that text has no use for.
const BYTES_PER_CONTROL_MIN: usize = 30;

/// A file that no reader knows, and what it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// It is no text.
    Binary(&'static str),
    /// It is text of another format.
    Text(Cow<'static, str>),
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary(kind) => write!(f, "not a text file (looks like {kind})"),
            Self::Text(kind) => write!(f, "no reader for this format (looks like {kind})"),
        }
    }
}

/// Tells what a file is that is not to be read as plain text, or nothing where it may be.
pub(super) fn foreign(head: &Head<'_>) -> Option<Foreign> {
    binary(head.bytes()).map(Foreign::Binary).or_else(|| other_text(head.text()).map(Foreign::Text))
}

/// Tells what a file is that is no text.
///
/// Where no known format claims it, it is binary when more than one of thirty bytes is a control
/// character other than white space and the escape sign: of random bytes it is one of nine, and a
/// stray one in an article is only dirt.
pub(super) fn binary(head: &[u8]) -> Option<&'static str> {
    let known = BINARY.iter().find(|(magic, _)| head.starts_with(magic));
    if let Some((_, kind)) = known {
        return Some(kind);
    }
    if head.get(TAR_MAGIC) == Some(b"ustar") {
        return Some("tar");
    }
    if Units::of(head).0 != Units::Bytes {
        return None;
    }
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let n_control = head.iter().filter(is_control).count();
    (n_control * BYTES_PER_CONTROL_MIN > head.len()).then_some("binary data")
}

/// Tells what a text is that has a format of its own.
fn other_text(head: &str) -> Option<Cow<'static, str>> {
    let text = head.trim_start();
    if is_markup(text) {
        let named = |root: String| format!("XML (root element '{}')", short(&root)).into();
        return Some(xml::root(head).map_or("XML or HTML".into(), named));
    }
    // White space may stand between the first signs of JSON, and does when it is printed prettily.
    let dense: String = text.split_whitespace().take(2).collect();
    let known = |(opening, _): &&(&str, _)| text.starts_with(opening) || dense.starts_with(opening);
    if let Some((_, kind)) = TEXT.iter().find(known) {
        return Some((*kind).into());
    }
    is_table(text).then_some("a table of figures".into())
}

/// How much of the name of a root element is told.
const ROOT_CHARS_MAX: usize = 64;

/// Returns a name as it may be printed.
fn short(name: &str) -> String {
    printable(&name.chars().take(ROOT_CHARS_MAX).collect::<String>()).to_string()
}

/// Tells whether a text is a table: lines of as many columns each, half of them figures.
///
/// Only the lines that are there from end to end count, and at least [`ROWS_MIN`] of them.
fn is_table(text: &str) -> bool {
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let is_number = |column: &&str| column.bytes().all(|byte| byte.is_ascii_digit());
    let mut n_columns = 0;
    let mut n_rows = 0;
    for line in whole.lines().filter(|line| !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        n_rows += 1;
        if n_rows == 1 {
            n_columns = columns.len();
        }
        let n_numbers = columns.iter().filter(|column| is_number(column)).count();
        if columns.len() < 2 || columns.len() != n_columns || n_numbers * 2 < n_columns {
            return false;
        }
    }
    n_rows >= ROWS_MIN
}

/// Fewer lines of figures than this may be an article's: a result, a date.
const ROWS_MIN: usize = 4;

/// Tells whether a text is marked up: it begins with a tag, and a tag is closed.
fn is_markup(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<') else {
        return false;
    };
    tag.starts_with(['!', '?'])
        || tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && (text.contains("</") || text.contains("/>"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn check(head: &[u8], name: &str, want: &str) {
        let found = foreign(&Head::new(head, Path::new("a")))
            .map_or("text".to_owned(), |it| it.to_string());
        assert!(found.contains(want), "{name}: {found}");
    }

    #[test]
    fn files_that_are_no_plain_text_are_named() {
        check(b"\x1f\x8b\x08\0", "a.txt", "not a text file (looks like gzip)");
        check(b"PK\x03\x04\x14", "a", "zip");
        check(b"%PDF-1.7", "a.txt", "PDF");
        check(&[b"x".repeat(257).as_slice(), b"ustar\0"].concat(), "a.tar.xz", "tar");
        check(b"ab\0\0\0\x01cd", "a.txt", "binary data");
        check(&[0; 512], "a.txt", "binary data");
        check(b"<?xml version=\"1.0\"?>", "a.txt", "XML");
        check(b"\xEF\xBB\xBF\n<!DOCTYPE html>", "a", "HTML");
        check(b"<nitf><head/></nitf>", "a", "XML");
        check(b"[\n \"a\"\n", "a.json", "JSON");
        check(b"a 0 12 1\nb 0 7 1\nc 0 9 0\nc 0 11 1\n", "a.txt", "a table of figures");
    }

    #[test]
    fn plain_text_is_none_of_them() {
        check(b"<GM.N> said it would close the plant.", "a.txt", "text");
        check(b"[Correction] The bridge is open.", "a.txt", "text");
        check(&[b"x".repeat(100).as_slice(), b"\0"].concat(), "a.txt", "text");
        check(b"\xFF\xFEA\0B\0", "a.txt", "text");
        check(b"caf\xE9", "a.md", "text");
        check(b"Rovers 2 1\nPort 0 0\nBay 3 2\nMill 1 1\nThe end.\n", "a.txt", "text");
    }
}
