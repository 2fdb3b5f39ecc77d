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
//! | [`PlainText`] | being text that no other format claims | one article |
//!
//! The name of a file is only a hint. Text that is evidently of another format (XML, HTML, JSON
//! over several lines, WARC, tables by name) is set aside and named: an index full of tags would
//! be worse than a gap that is told.
//!
//! # Fields
//!
//! Keys of JSON are compared without case, `_` and `-`. Where a record holds several keys of one
//! field, the earlier in this table counts; of the same key twice, the later.
//!
//! | field | keys | value |
//! |---|---|---|
//! | id | `id` `_id` `guid` `docno` `uuid` `uri` | text or number |
//! | headline | `headline` `title` `hl` `head` | text |
//! | paragraphs | `body` `text` `content` `paragraphs` `articleBody` `story` | text, or an array of texts or of objects with `text` |
//! | date | `date` `published` `datePublished` `pub_date` `publication_date` `published_date` `published_at` `created` `created_at` `timestamp` | text, or seconds or milliseconds since 1970 |
//! | byline | `byline` `author` `authors` `by` `creator` | names |
//! | source | `source` `publisher` `publication` `site` | names |
//! | section | `section` `category` `desk` | names |
//! | slug | `slug` `slugline` | names |
//! | url | `url` `link` `canonical` | text |
//! | language | `language` `lang` `inLanguage` | text |
//! | dateline | `dateline` | text |
//!
//! `pubDate` is the same key as `pub_date`. Names are a text, an object with `name`, or an array
//! of these. `null` and the empty text are absent.
//!
//! # Ids
//!
//! An article is named by its own id, else by its url, else by the path below its root: `path`
//! where the file is one article, `path#n` where it holds several. So an archive may be moved
//! without its articles becoming others.

mod again;
mod body;
mod dateline;
mod decode;
mod furniture;
mod id;
mod json_keys;
mod json_lines;
mod json_mend;
mod json_record;
mod json_value;
mod lines;
mod path_date;
mod plain_text;
mod reading;
mod signature;
#[cfg(test)]
mod tests;
mod walk;

use std::fmt;
use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::path::Path;

pub use again::{find_again, read_alone};
pub use body::{PARAGRAPH_BYTES_MAX, PARAGRAPHS_MAX};
pub use id::ID_BYTES_MAX;
pub use json_lines::JsonLines;
pub use lines::RECORD_BYTES_MAX;
pub use plain_text::{FILE_BYTES_MAX, PlainText};
pub use reading::{Extent, Outcome, hash, read};
pub use walk::{SourceFile, Unlisted, Walk, is_within, path_of, root_name, walk};

use crate::article::{Article, Class, Malformed, Origin};
use crate::text::printable;

/// The words that a headline may have; a longer one is a paragraph that was put in its place.
pub const HEADLINE_WORDS_MAX: usize = 512;

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
/// - text is kept as it was printed; what had to be replaced is counted, and told in one note a
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
    fn sniff(&self, head: &[u8], path: &Path) -> Confidence;

    /// Reads a file from its first byte to its last.
    ///
    /// Fails only when the stream fails; what was told before stands.
    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()>;
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
    /// A record, or the whole file, could not be read.
    Malformed(Malformed),
    /// Something was read with a doubt, and nothing is lost.
    Note(Note),
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
    },
    /// Bytes or characters that no text can hold were replaced in the file.
    Replaced {
        /// How many places.
        n_places: u64,
    },
    /// The file was no longer the one that the walk had found: the next run reads it again.
    Changed,
}

/// Prints the note in one line: `wire/1963.jsonl:7: date '08/30 63' is not understood`.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.origin)?;
        match &self.kind {
            NoteKind::Date { printed } => {
                write!(f, "date '{}' is not understood", printable(printed))
            }
            NoteKind::Replaced { n_places: 1 } => f.write_str("an invalid character was replaced"),
            NoteKind::Replaced { n_places } => {
                write!(f, "{n_places} invalid characters were replaced")
            }
            NoteKind::Changed => f.write_str("changed during the run"),
        }
    }
}

/// The readers that a file may be read by, the one that takes any text last.
pub type Readers = &'static [&'static dyn Reader];

/// Returns all readers.
pub fn readers() -> Readers {
    &[&JsonLines, &PlainText]
}

/// Returns the name of a reader with its version, as the manifest has it: `jsonl/1`.
pub fn versioned(reader: &dyn Reader) -> String {
    format!("{}/{}", reader.name(), reader.version())
}

/// Tells whether a file that was read by `reader`, or refused by all that there were, would be
/// read in the same way now.
pub fn is_current(reader: &str, readers: Readers) -> bool {
    reader == none_of(readers) || readers.iter().any(|it| reader == versioned(*it))
}

/// Returns what the manifest has for a file that no reader takes: what all of them are.
pub fn none_of(readers: Readers) -> String {
    let names: Vec<String> = readers.iter().map(|it| versioned(*it)).collect();
    format!("none of {}", names.join(" "))
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
    for reader in readers {
        let confidence = reader.sniff(head, path);
        if confidence > best.0 {
            best = (confidence, Some(*reader));
        }
    }
    if best.0 <= Confidence::Fallback
        && let Some(foreign) = signature::foreign(head, path)
    {
        return Err(foreign.to_string());
    }
    best.1.ok_or_else(|| "no reader for this format".to_owned())
}

/// Makes the event of a file or record that could not be read.
fn malformed(origin: Origin, class: Class, reason: impl Into<String>) -> Event {
    Event::Malformed(Malformed { origin, class, reason: reason.into() })
}
