//! What a generation holds, and which rules made it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text;

/// The number of the layout: fields, positions, stored records, the files beside them.
///
/// Raise it with every change that an older program could not read, or that this program could
/// not read from an older one.
pub const FORMAT: u32 = 9;

/// What is known of a generation without opening it; `facts.json`.
///
/// Every field has a default, so that the facts of another format can be read as far as they are
/// the same: enough to say what made it and which roots to walk again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The layout's number.
    pub format: u32,
    /// The version of the rules for words; see [`text::ANALYSIS`].
    pub analysis: String,
    /// The version of what its articles were annotated by; empty where they were not.
    pub annotation: String,
    /// The generation's own number.
    pub generation: u64,
    /// When it was finished, in seconds since 1970.
    pub finished_s: i64,
    /// The roots that its articles come from, as absolute paths.
    pub roots: Vec<String>,
    /// How many articles it holds.
    pub articles: u64,
    /// How many of them have no date.
    pub undated: u64,
    /// How many paragraphs of reporting they have.
    pub paragraphs: u64,
    /// How many files they come from.
    pub files: u64,
    /// How many records of those files could not be read.
    pub malformed: u64,
    /// How many bytes those files have.
    pub source_bytes: u64,
    /// How many files are of which format: `text`, or `gzip tar text` for what is packed.
    pub formats: BTreeMap<String, u64>,
}

impl Facts {
    /// Tells whether this program can search what these facts describe.
    pub fn is_readable(&self) -> bool {
        self.format == FORMAT && self.analysis == text::ANALYSIS
    }

    /// Tells whether articles with annotations of a version can be added to it.
    pub fn can_be_added_to(&self, annotation: &str) -> bool {
        self.is_readable() && self.annotation == annotation
    }
}

/// What is known of a source file; a line of `files.ndjson`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileFacts {
    /// The path as it is shown.
    pub path: String,
    /// The root that the walk came from, as an absolute path.
    pub root: String,
    /// The absolute path, which updates and deletions go by.
    pub origin: String,
    /// What its documents carry as `origin`, where the file was moved since they were written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub moved_from: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// When it was changed last, in nanoseconds since 1970; 0 where the system does not say.
    pub modified_ns: i64,
    /// The first half of the BLAKE3 hash of its content, in hexadecimal figures; empty where it was
    /// not read to its end.
    pub hash: String,
    /// Whether the time of its last change was well past when it was read: a file that changes
    /// again within the grain of the clock keeps that time.
    pub settled: bool,
    /// The reader that read it, with its version: `jsonl/1`; where none could, all that there were.
    pub reader: String,
    /// What was configured for it, in short; empty where that was nothing.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub settings: String,
    /// How many articles came of it.
    pub articles: u64,
    /// How many of those have no date.
    pub undated: u64,
    /// How many paragraphs of reporting they have.
    pub paragraphs: u64,
    /// How many of its records could not be read.
    pub malformed: u64,
}

/// Returns what tells the files of an archive from others, by their content: the first 16 hexadecimal
/// figures of the BLAKE3 hash of their hashes in order.
///
/// Where the files lie, what they are called and which format the index has is no part of it.
pub fn corpus_mark(files: &[FileFacts]) -> String {
    let mut lines: Vec<String> =
        files.iter().map(|file| format!("{} {}\n", file.hash, file.articles)).collect();
    lines.sort_unstable();
    blake3::hash(lines.concat().as_bytes()).to_hex().chars().take(16).collect()
}

/// Counts files by their format.
pub(super) fn formats(files: &[FileFacts]) -> BTreeMap<String, u64> {
    let mut formats = BTreeMap::new();
    for file in files {
        *formats.entry(file.format()).or_default() += 1;
    }
    formats
}

impl FileFacts {
    /// Takes articles off that others superseded: how many, how many of them without a date, and
    /// how many paragraphs they had.
    pub(super) fn lose(&mut self, [articles, undated, paragraphs]: [u64; 3]) {
        self.articles = self.articles.saturating_sub(articles);
        self.undated = self.undated.saturating_sub(undated);
        self.paragraphs = self.paragraphs.saturating_sub(paragraphs);
    }

    /// Has the file read again, whatever it is like: what the index has of it is not what it should
    /// have.
    pub(super) fn doubt(&mut self) {
        self.hash.clear();
        self.settled = false;
        self.modified_ns = 0;
    }

    /// Returns the format of the file, without the versions of its readers: `gzip tar text`; of one
    /// that none of them takes, `unread`.
    fn format(&self) -> String {
        let names = self.reader.split(' ').map(|it| it.split('/').next().unwrap_or_default());
        let mut names: Vec<&str> = names.take_while(|it| *it != "none").collect();
        if !self.reader.contains('/') || self.reader.contains("none of ") {
            names.push("unread");
        }
        names.join(" ")
    }

    /// Returns what the documents of the file carry as `origin`.
    pub fn key(&self) -> &str {
        if self.moved_from.is_empty() { &self.origin } else { &self.moved_from }
    }
}
