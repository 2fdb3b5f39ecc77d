//! The nouns: what a newspaper article is made of.
//!
//! Plain data, without behaviour of its own. A reader in `source` makes an [`Article`], `index`
//! stores it, `matcher` and `snippet` read it, `render` prints it.

mod annotations;
mod entity;
mod mention;

use serde::{Deserialize, Serialize};

use crate::text::{Moment, Span};

pub use annotations::{Annotations, Mentioned, NAME_GAP, TopicMark};
pub use entity::{Entity, KEY_MARK, Kept, PATH_MARK};
pub use mention::{Mention, MentionKind, Named, Part, Witness};

/// How many words of a headline are searched; the rest of a longer one is shown only.
///
/// A headline that is read has a hundred at the most, and parts of compounds count one by one. The
/// fewer positions are kept for it, the fewer bits those of the body take.
pub const HEADLINE_WORDS_MAX: u32 = 127;

/// The position of the body's first word; the headline's words stand below it.
///
/// One position between them stays free, so that no phrase reaches from one into the other.
pub const BODY_POSITION: u32 = HEADLINE_WORDS_MAX + 1;

/// One article as it was published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// What names the article for good: its own id, else its url, else its path and record.
    pub id: String,
    /// The number of this version among those of one id, where the publisher counts them; else 0.
    pub version: u64,
    /// The headline; empty where the article has none.
    pub headline: String,
    /// The second headline, below the first.
    pub subhead: String,
    /// Who wrote it, without the word "By".
    pub byline: String,
    /// The dateline that opens the first paragraph.
    pub dateline: Option<Dateline>,
    /// When it was published, and how that is known.
    pub date: Option<Dated>,
    /// When this version was made, where the publisher says so.
    pub updated: Option<Moment>,
    /// Who published it.
    pub source: String,
    /// The section of the paper.
    pub section: String,
    /// The newsroom's working title.
    pub slug: String,
    /// The words that the publisher files it under.
    pub keywords: Vec<String>,
    /// What the publisher says that it is about.
    pub subjects: Vec<Subject>,
    /// The people, organisations and places that the publisher says that it names.
    pub named: Vec<Named>,
    /// The language as a BCP 47 tag; empty where nobody said.
    pub language: String,
    /// Where it stands on the web.
    pub url: String,
    /// The paragraphs in order, exactly as printed.
    pub paragraphs: Vec<Paragraph>,
    /// What was recognised in it. The record of the article does without: it is kept beside it.
    pub annotations: Annotations,
    /// Where it was read.
    pub origin: Origin,
}

impl Article {
    /// Returns the paragraphs that are reporting, with their places among all paragraphs.
    pub fn body(&self) -> impl Iterator<Item = (usize, &Paragraph)> {
        self.paragraphs.iter().enumerate().filter(|(_, it)| it.kind == ParagraphKind::Body)
    }

    /// Returns the text of a part; nothing for what stands beside the text.
    pub fn text_of(&self, part: Part) -> Option<&str> {
        match part {
            Part::Record => None,
            Part::Headline => Some(&self.headline),
            Part::Paragraph(idx) => self.paragraphs.get(idx as usize).map(|it| it.text.as_str()),
        }
    }

    /// Returns what to call the article in a list: its headline, else its first words.
    pub fn title(&self) -> &str {
        if !self.headline.is_empty() {
            return &self.headline;
        }
        self.body().next().map_or("", |(_, paragraph)| paragraph.text.as_str())
    }
}

/// A subject that the publisher gave an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The code, with the vocabulary before it where that was said: `medtop:20000065`; may be empty.
    pub code: String,
    /// What it is called; may be empty.
    pub label: String,
}

/// A paragraph exactly as printed, and whether it is reporting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The text, without a line break.
    pub text: String,
    /// What the paragraph is.
    pub kind: ParagraphKind,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// Reporting: indexed, searched and shown.
    Body,
    /// A line that is no reporting, such as "Read also:": shown, never indexed.
    Furniture,
}

/// The words before a report that say where it was written: `KYIV, Ukraine (AP) —`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place as printed: `KYIV, Ukraine`.
    pub place: String,
    /// The agency as printed, or empty: `AP`.
    pub agency: String,
    /// Where the dateline stands in the first paragraph of the body, with the sign that ends it.
    pub span: Span,
}

/// A date and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The date as printed.
    pub moment: Moment,
    /// Where it was found.
    pub provenance: Provenance,
}

/// Where a date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// In the record itself.
    Meta,
    /// In a line of the text.
    Body,
    /// In the path of the file.
    Path,
    /// In the dateline.
    Dateline,
    /// It is when the file was written, only where the source is configured so; or when the page
    /// was fetched, in a crawl.
    Mtime,
}

impl Provenance {
    /// Returns the word for it, as JSON and the index have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Body => "body",
            Self::Path => "path",
            Self::Dateline => "dateline",
            Self::Mtime => "mtime",
        }
    }
}

/// Where an article was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file, as the walk named it: the root as it was given, and the path below it.
    pub path: String,
    /// The number of the record in its file, from 1; 0 where the file is one article.
    pub record: u64,
    /// The bytes of the record in the file.
    pub span: Span,
}

/// Prints `path`, or `path:record` where the file holds several.
impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.record {
            0 => f.write_str(&self.path),
            record => write!(f, "{}:{record}", self.path),
        }
    }
}

/// Tells the bytes of a record from those of others in its file: 96 bits of a hash.
///
/// Of ten million records in one file, two share a fingerprint with a chance of one in 10^15.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 12]);

/// A record that was read before, and whose article is in the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KnownRecord {
    /// Its bytes.
    pub fingerprint: Fingerprint,
    /// The article's id, as a hash.
    pub id_hash: u64,
    /// The number of the record.
    pub record: u64,
    /// Where it stood.
    pub span: Span,
    /// How many paragraphs of reporting the article has.
    pub paragraphs: u32,
    /// Whether the article has no date.
    pub undated: bool,
    /// Whether the number of the record is part of the id: under another number it is another
    /// article.
    pub numbered: bool,
}

/// A record that is as it was, byte for byte, and so is its article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unchanged {
    /// The record as it was read before.
    pub known: KnownRecord,
    /// Where it stands now.
    pub origin: Origin,
}

/// The word of a publisher that an article is withdrawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The id of the article.
    pub id: String,
    /// The version that withdraws it, where the publisher counts them; else 0.
    pub version: u64,
    /// When that was made, where the publisher says so.
    pub updated: Option<Moment>,
    /// What says so, in its own words: `pubstatus canceled`.
    pub by: String,
    /// Where it was read.
    pub origin: Origin,
}

/// A record that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Malformed {
    /// Where it stands.
    pub origin: Origin,
    /// What kind of failure it is.
    pub class: Class,
    /// What is wrong with it, in one line without a full stop.
    pub reason: String,
}

/// Why a record or a file was set aside, in a word that reports count by.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// There is nothing in it.
    Empty,
    /// No reader knows its format.
    Format,
    /// It is of a known format, and broken.
    #[default]
    Damaged,
    /// It is longer, or has more parts, than a limit allows.
    Limit,
    /// It could not be opened, or reading it failed.
    Unreadable,
    /// Reading it took too long.
    Timeout,
    /// Its reader failed: a fault of the program.
    Panic,
}

impl Class {
    /// Returns the word for it, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Format => "format",
            Self::Damaged => "damaged",
            Self::Limit => "limit",
            Self::Unreadable => "unreadable",
            Self::Timeout => "timeout",
            Self::Panic => "panic",
        }
    }
}
