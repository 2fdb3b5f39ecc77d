//! Reading an archive: walking its folders, telling formats apart, making articles.
//!
//! [`walk`] lists the files below a root. [`read`] opens one, lets [`reader_for`] choose the
//! [`Reader`] that knows its format, and passes on what that reader says as [`Event`]s. Nothing
//! here ends a run: what cannot be read is [`Event::Malformed`], what was read with a doubt comes
//! with an [`Event::Note`].
//!
//! # Formats
//!
//! | reader | recognised by | a file holds |
//! |---|---|---|
//! | [`JsonLines`] | a JSON object in the first line | a record a line |
//! | [`Trec`] | a record `<DOC>` with an element or an id that its kind has | records of SGML |
//! | [`Reuters`] | a record `<REUTERS>` | records of SGML |
//! | [`JsonDocument`] | brackets: an array, or an object over several lines or with records in it | a record, or several: JSON, ninjs, JSON Feed |
//! | [`NewsMlG2`] | the root element, or an item in the first bytes | an item a record |
//! | [`NewsMl`] | the root element, or an item in the first bytes | an item `NewsItem` |
//! | [`Nitf`] | the root element, or a record within a frame | a story an element `nitf` |
//! | [`Html`] | a page's first tags | one article |
//! | [`Warc`], [`Arc`] | the first line of a record | a page a record |
//! | [`Feeds`] | the root element of RSS, RDF or Atom | an item, or several |
//! | [`Table`] | its name, or names of columns that are known | a record a row |
//! | [`Mail`] | names of headers in its first lines | one article |
//! | [`Mbox`] | a first line `From …` with a time | a message each |
//! | [`Markdown`] | front matter between `---` or `+++`, or as JSON; else by its name | one article |
//! | [`PlainText`] | being text that no other format claims | one article |
//!
//! Any of these may be packed in gzip, zstd, bzip2 or xz, and lie in a tar or zip, in any nesting:
//! a member of an archive is a file with the path of the archive before its own.
//!
//! The name of a file is only a hint. Text that is evidently of a format without a reader (XML,
//! tables of figures) is set aside and named: an index full of tags would be worse than a gap that
//! is told.
//!
#![doc = include_str!("fields.md")]

mod again;
mod decode;
mod feeds;
mod html;
mod inspection;
mod json;
mod known;
mod lines;
mod mail;
mod markdown;
mod newsml;
mod nitf;
mod normal;
mod packed;
mod plain_text;
mod reading;
mod settings;
mod sgml;
mod signature;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod walk;
mod warc;
mod xml;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::path::Path;

pub use again::{find_again, read_alone};
pub use feeds::Feeds;
pub use html::{DEPTH_MAX as PAGE_DEPTH_MAX, Html, NODES_MAX as PAGE_NODES_MAX, PAGE_BYTES_MAX};
pub use inspection::{Inspected, Inspection, inspect};
pub use json::{JSON_DEPTH_MAX, JsonDocument, JsonLines};
pub use known::{Known, Rows};
pub use lines::RECORD_BYTES_MAX;
pub use mail::{MAIL_DEPTH_MAX, MAIL_HEADER_LINES_MAX, MAIL_PARTS_MAX, Mail, Mbox};
pub use markdown::{FRONT_MATTER_BYTES_MAX, FRONT_MATTER_DEPTH_MAX, MARKDOWN_BYTES_MAX, Markdown};
pub use newsml::{NewsMl, NewsMlG2};
pub use nitf::Nitf;
pub use normal::body::{PARAGRAPH_BYTES_MAX, PARAGRAPHS_MAX};
pub use normal::id::ID_BYTES_MAX;
pub use packed::{
    DEPTH_MAX as PACKED_DEPTH_MAX, MEMBER_BYTES_MAX, MEMBERS_MAX, MEMBERS_TOLD_MAX,
    NESTED_ZIP_BYTES_MAX, RATIO_MAX, UNPACKED_BYTES_MAX, UNPACKED_FREE_BYTES, ZIP_MEMBERS_MAX,
};
pub use plain_text::{FILE_BYTES_MAX, PlainText};
pub use reading::{Extent, Outcome, hash, read, read_knowing};
pub use settings::{DateFrom, Settings, Source, Sources, Trace};
pub use sgml::{Reuters, Trec};
pub use table::Table;
pub use walk::{SourceFile, Unlisted, Walk, is_within, path_of, root_name, walk};
pub use warc::{Arc, CRAWL_RECORD_BYTES_MAX, Warc};
pub use xml::{DEPTH_MAX as XML_DEPTH_MAX, NODES_MAX as XML_NODES_MAX};

use self::packed::Packing;
use crate::article::{Article, Class, Fingerprint, Malformed, Origin, Unchanged, Withdrawal};
use crate::text::printable;

/// The words that a headline may have; a longer one is a paragraph that was put in its place.
pub const HEADLINE_WORDS_MAX: usize = 100;

/// How much of a file is looked at to tell its format.
const HEAD_BYTES: usize = 8 * 1024;

/// Why a file without a byte is set aside.
const EMPTY: &str = "empty file";

/// Reads the articles of one format.
///
/// The law, which every reader keeps and the shared battery in `tests.rs` holds it to:
///
/// - any bytes may come, and none makes it panic;
/// - it says at least one event of every file: an empty one is malformed, never silent;
/// - articles come in the order of the file, each with its `Origin` and an id;
/// - a malformed record is told with its place, and the records after it are still read;
/// - text is kept as it was printed; what had to be replaced is counted, and told in a note a
///   file after its articles;
/// - memory is bounded by constants whatever the file, and the stream is read once, forwards;
/// - after `each` has said [`ControlFlow::Break`] it is not called again;
/// - the version is raised whenever the same bytes could give other articles than before.
pub trait Reader: Sync {
    /// Returns the name of the format, as the manifest and `inspect` have it.
    fn name(&self) -> &'static str;

    /// Returns the version of the reader's rules.
    fn version(&self) -> u32;

    /// Tells how surely a file is of this format, from its first bytes and its name.
    fn sniff(&self, head: &Head<'_>) -> Confidence;

    /// Reads a file from its first byte to its last.
    ///
    /// Fails only when the stream fails; what was told before stands.
    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()>;

    /// Returns what has to stand before the bytes of a record so that these can be read alone, as
    /// [`read_alone`] does: the first bytes of the file are in `head`.
    ///
    /// That is a byte order mark, because it says what all of the file is written in; of a table
    /// also the line that names its columns, of XML what comes before its first record.
    fn lead<'h>(&self, head: &'h [u8]) -> &'h [u8] {
        &head[..decode::Units::of(head).1]
    }
}

/// The beginning of a file, and its name: what its format is told by.
pub struct Head<'a> {
    bytes: &'a [u8],
    path: &'a Path,
    text: OnceCell<Cow<'a, str>>,
}

impl<'a> Head<'a> {
    /// Looks at the first bytes of the file at a path.
    pub fn new(bytes: &'a [u8], path: &'a Path) -> Self {
        Self { bytes, path, text: OnceCell::new() }
    }

    /// Returns the bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns the path, which is only a hint.
    pub fn path(&self) -> &'a Path {
        self.path
    }

    /// Returns the bytes as text.
    ///
    /// They are decoded once for all readers: guessing an older encoding takes longer than reading
    /// a short article.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| decode::decode(self.bytes).text)
    }
}

/// What a reader tells its events to; `Break` stops the reading.
pub type Each<'a> = dyn FnMut(Event) -> ControlFlow<()> + 'a;

/// How surely a file is of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// It can be read so where nothing fits better.
    Fallback,
    /// The name says so, or part of the content.
    Likely,
    /// The content says so.
    Certain,
}

/// A file, or a member of one, that is open for reading.
pub struct Input<'a> {
    /// The path as it is told to people, and stored in `Origin`.
    pub shown: &'a str,
    /// The path below its root; ids are made of it.
    pub below: &'a str,
    /// When the file was written, in nanoseconds since 1970.
    pub mtime_ns: Option<i64>,
    /// What is configured for the source.
    pub settings: &'a Settings,
    /// What is known of its records from before; nothing where nobody keeps it, and for a member
    /// of a packed file that may hold several.
    pub known: Option<&'a Known>,
    /// The bytes, from the first.
    pub stream: &'a mut dyn BufRead,
}

impl Input<'_> {
    /// Returns the place of the file as a whole.
    fn origin(&self) -> Origin {
        Origin { path: self.shown.to_owned(), ..Origin::default() }
    }
}

/// What a reader has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An article was read.
    Article(Box<Article>),
    /// A record is as it was, and was not read again.
    Unchanged(Box<Unchanged>),
    /// The bytes of the record whose article comes next, by which it is known the next time; only
    /// where that is kept.
    Fingerprint {
        /// The bytes.
        fingerprint: Fingerprint,
        /// Whether the number of the record is part of the id.
        numbered: bool,
    },
    /// The publisher withdraws an article.
    Withdrawn(Box<Withdrawal>),
    /// A record, or the whole file, could not be read.
    Malformed(Malformed),
    /// Something was read with a doubt, and nothing is lost.
    Note(Note),
    /// What the file, or what comes of it next, is written in; only where traces were asked for.
    Encoded(&'static str),
    /// Where the fields of the article that comes next were found; only where that was asked for.
    Traces(Vec<Trace>),
}

/// A doubt about a record or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where it stands; the record is 0 where the note is about the whole file.
    pub origin: Origin,
    /// What it is.
    pub kind: NoteKind,
}

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// The date of the record could not be read; the article has none.
    Date {
        /// The date as printed, its beginning where it is long.
        printed: String,
        /// Why it is refused: `is not understood`.
        reason: &'static str,
    },
    /// Bytes or characters that no text can hold were replaced in the file.
    Replaced {
        /// How many places.
        n_places: u64,
    },
    /// Characters were lost before the file was written, which holds U+FFFD in their place.
    Lost {
        /// How many in the articles of the file.
        n_places: u64,
    },
    /// Records of a crawl are no articles, which most of a crawl is.
    Passed {
        /// How many of which kind: `7 other pages, 3 answers other than 200`.
        told: String,
    },
    /// The file was no longer the one that the walk had found: the next run reads it again.
    Changed,
}

/// Prints the note in one line: `wire/1963.jsonl:7: date '08/30 63' is not understood`.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.origin)?;
        match &self.kind {
            NoteKind::Date { printed, reason } => {
                write!(f, "date '{}' {reason}", printable(printed))
            }
            NoteKind::Replaced { n_places: 1 } => f.write_str("an invalid character was replaced"),
            NoteKind::Replaced { n_places } => {
                write!(f, "{n_places} invalid characters were replaced")
            }
            NoteKind::Lost { n_places: 1 } => f.write_str("a character was lost before (U+FFFD)"),
            NoteKind::Lost { n_places } => {
                write!(f, "{n_places} characters were lost before (U+FFFD)")
            }
            NoteKind::Passed { told } => write!(f, "not articles: {told}"),
            NoteKind::Changed => f.write_str("changed during the run"),
        }
    }
}

/// The readers that a file may be read by, the one that takes any text last.
pub type Readers = &'static [&'static dyn Reader];

/// Returns all readers.
pub fn readers() -> Readers {
    &[
        &Markdown,
        &Mbox,
        &Mail,
        &JsonLines,
        &JsonDocument,
        &Warc,
        &Arc,
        &Trec,
        &Reuters,
        &NewsMlG2,
        &NewsMl,
        &Nitf,
        &Feeds,
        &Table,
        &Html,
        &PlainText,
    ]
}

/// Returns the name of a reader with its version, as the manifest has it: `jsonl/1`.
pub fn versioned(reader: &dyn Reader) -> String {
    format!("{}/{}", reader.name(), reader.version())
}

/// Tells whether a file that was read by `reader`, or refused by all that there were, would be
/// read in the same way now. Of a packed file these are several, and perhaps both.
pub fn is_current(reader: &str, readers: Readers) -> bool {
    let none = none_of(readers);
    let used = match reader.strip_suffix(none.as_str()) {
        Some("") => return true,
        Some(used) => used,
        None => reader,
    };
    let is_known = |name: &str| {
        readers.iter().any(|it| name == versioned(*it)) || Packing::all().any(|it| it == name)
    };
    let mut names = used.split_whitespace().peekable();
    names.peek().is_some() && names.all(is_known)
}

/// Returns what the manifest has for a file that no reader takes: what all of them are.
pub fn none_of(readers: Readers) -> String {
    let names: Vec<String> = readers.iter().map(|it| versioned(*it)).collect();
    let packings: Vec<&str> = Packing::all().collect();
    format!("none of {} {}", names.join(" "), packings.join(" "))
}

/// Chooses the reader of a file by its first bytes, and by its name where these leave a doubt.
///
/// Fails with the reason in words when the file is no text, or text of a format that none of the
/// readers knows.
pub fn reader_for(
    head: &[u8],
    path: &Path,
    readers: Readers,
) -> Result<&'static dyn Reader, String> {
    let mut best: (Confidence, Option<&'static dyn Reader>) = (Confidence::No, None);
    let head = Head::new(head, path);
    for reader in readers {
        let confidence = reader.sniff(&head);
        if confidence > best.0 {
            best = (confidence, Some(*reader));
        }
    }
    if best.0 <= Confidence::Fallback
        && let Some(foreign) = signature::foreign(&head)
    {
        return Err(foreign.to_string());
    }
    best.1.ok_or_else(|| "no reader for this format".to_owned())
}

/// Makes the event of a file or record that could not be read.
fn malformed(origin: Origin, class: Class, reason: impl Into<String>) -> Event {
    Event::Malformed(Malformed { origin, class, reason: reason.into() })
}
