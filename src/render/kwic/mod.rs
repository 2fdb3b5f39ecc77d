//! Answers as a concordance, "key words in context": a line for each match.
//!
//! | format | what it has |
//! |---|---|
//! | text | aligned lines for a terminal, then the articles that their numbers stand for |
//! | TSV | a line of names, then a line for each match, the fields between tabs |
//! | JSON, NDJSON | an object for each match, then the summary that every JSON answer has |
//!
//! The fields of TSV and the keys of JSON are the same:
//!
//! | name | value |
//! |---|---|
//! | `id` | the article, as `show` takes it |
//! | `date` | ISO 8601, as precise as known; empty, or null, where there is none |
//! | `paragraph` | the number among all paragraphs of the article, from 0; empty, or null, for the headline |
//! | `start`, `end` | the match's place in the paragraph or the headline, in characters (Unicode scalar values) |
//! | `left`, `match`, `right` | the match, and up to 200 characters on either side of it |
//!
//! The three texts follow each other as printed, spaces and punctuation included: `ferry` may be
//! followed by `’s crew`. In TSV nothing is quoted; tabs and line ends within a text are spaces.

mod aligned;
mod table;

use std::io::{self, Write};

use crate::article::Article;
use crate::matcher::Spot;
use crate::search::{Answer, Note};
use crate::snippet::{LINES_MAX, Line, Order, concordance, n_matches};

use super::json::n_chars;
use super::{Layout, Renderer};

/// Prints a line for each match in the hits of an answer.
pub struct Kwic {
    /// How the lines are printed.
    pub format: KwicFormat,
    /// In which order they come.
    pub order: Order,
    /// The page.
    pub layout: Layout,
}

/// The formats of a concordance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KwicFormat {
    /// For people.
    Text,
    /// Tabs between the fields of a line.
    Tsv,
    /// One JSON object for the whole answer.
    Json,
    /// One JSON object a line: the matches, then the summary.
    NdJson,
}

impl Renderer for Kwic {
    fn render(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        let hits = answer.hits.iter().map(|hit| (&hit.article, hit.marks.as_slice()));
        let lines = concordance(hits, self.order);
        match self.format {
            KwicFormat::Text => aligned::print(answer, &lines, self.layout, out),
            KwicFormat::Tsv => table::print_tsv(answer, &lines, out),
            KwicFormat::Json => table::print_json(answer, &lines, out),
            KwicFormat::NdJson => table::print_ndjson(answer, &lines, out),
        }
    }
}

/// Returns what the lines of an answer do not show: that there are too many, and that there are
/// hits without any.
pub fn kwic_notes(answer: &Answer) -> Vec<Note> {
    let mut notes = Vec::new();
    let n_found = answer.hits.iter().map(|hit| n_matches(&hit.article, &hit.marks)).sum();
    if n_found > LINES_MAX {
        notes.push(Note::LinesCut { n_found, n_shown: LINES_MAX });
    }
    let n_unmarked = answer.hits.iter().filter(|hit| hit.marks.is_empty()).count();
    if n_unmarked > 0 {
        notes.push(Note::Unmarked(n_unmarked));
    }
    notes
}

/// Returns the article that a line is of.
fn article<'a>(answer: &'a Answer, line: &Line<'_>) -> &'a Article {
    &answer.hits[line.article].article
}

/// A line's place, counted as people do.
struct Place {
    /// The number of the paragraph; nothing for the headline.
    paragraph: Option<usize>,
    start: usize,
    end: usize,
}

impl Place {
    fn of(line: &Line<'_>, article: &Article) -> Self {
        let (paragraph, text) = match line.spot {
            Spot::Headline => (None, article.headline.as_str()),
            Spot::Paragraph(idx) => {
                (Some(idx), article.paragraphs.get(idx).map_or("", |it| it.text.as_str()))
            }
        };
        let start = n_chars(text, line.span.start);
        Self { paragraph, start, end: start + line.matched.chars().count() }
    }
}
