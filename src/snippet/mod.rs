//! The passages of an article that show why it matched, and the lines of a concordance.
//!
//! A passage is made of whole sentences of one paragraph where they fit, and is cut between words
//! where one sentence alone is too long, or where matches near each other stand in sentences that
//! do not fit together. Lengths are counted in characters. Which words are marked is not decided
//! here: `matcher` says so.

mod choice;
mod concordance;
mod passage;
mod window;

use crate::article::{Article, MentionKind, ParagraphKind};
use crate::matcher::{Mark, Spot};
use crate::text::{Span, merge_overlapping, whole_graphemes};

use choice::choose;
use passage::{Candidate, Marked};

pub use concordance::{CONTEXT_CHARS, LINES_MAX, Line, Order, concordance, n_matches};

/// A passage of an article, with what matched in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The number of the paragraph among all paragraphs of the article, from 0.
    pub paragraph: usize,
    /// The bytes of the passage in the paragraph.
    pub span: Span,
    /// The passage as printed.
    pub text: String,
    /// The bytes of `text` that matched, in order and without overlaps. None begins or ends between
    /// a letter and its marks.
    pub highlights: Vec<Span>,
    /// The bytes of `text` that name somebody or something, in order and without overlaps.
    pub names: Vec<(Span, MentionKind)>,
    /// Whether the sentence begins before the passage does.
    pub start: Cut,
    /// Whether the sentence goes on after the passage.
    pub end: Cut,
}

/// Whether a passage ends where its sentence does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It does.
    Whole,
    /// The sentence was cut, between two words.
    Cut,
}

/// How much to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The most passages of an article.
    pub n_snippets_max: usize,
    /// The most characters of a passage.
    pub chars_max: usize,
}

/// Three passages, of two or three lines each on a terminal.
impl Default for Measure {
    fn default() -> Self {
        Self { n_snippets_max: 3, chars_max: 280 }
    }
}

/// Returns the passages that show best why an article matched, in the order of the page.
///
/// The first one chosen holds the most different parts of the query; each further one must show a
/// part that the others do not, or be as good as they are. Two sides of a proximity that stand no
/// farther apart than a passage is long are shown in one, if they stand in one paragraph. An
/// article whose body holds no mark (its headline or its date matched) is shown by its beginning.
pub fn snippets(article: &Article, marks: &[Mark], measure: Measure) -> Vec<Snippet> {
    let by_spot = marks.chunk_by(|mark, next| mark.spot == next.spot);
    let marked = by_spot.filter_map(|here| {
        let Spot::Paragraph(idx) = here.first()?.spot else {
            return None;
        };
        let paragraph = article.paragraphs.get(idx)?;
        let is_body = paragraph.kind == ParagraphKind::Body;
        is_body.then(|| Marked::new(idx, &paragraph.text, here))
    });
    let marked: Vec<Marked<'_>> = marked.collect();
    let mut chosen = choose(&marked, measure);
    if marked.is_empty() {
        let first = article.body().next();
        let beginning =
            first.map(|(idx, first)| Candidate::beginning(idx, &first.text, measure.chars_max));
        chosen.extend(beginning.filter(|_| measure.n_snippets_max > 0));
    }
    chosen.iter().map(|candidate| snippet(article, candidate, marks)).collect()
}

/// Returns the names of one spot, in order and without overlaps. All mentions are looked at: whoever
/// wants the names of many spots asks [`Mentioned`](crate::article::Mentioned).
pub fn names_at(article: &Article, spot: Spot) -> Vec<(Span, MentionKind)> {
    let mut names = Vec::new();
    let wanted = spot.part();
    for entity in &article.annotations.entities {
        let here = entity.mentions.iter().filter(|(part, _)| *part == wanted);
        names.extend(here.map(|(_, span)| (*span, entity.kind)));
    }
    names.sort_by_key(|(span, _)| *span);
    names
}

/// Returns the bytes of the headline that matched, in order and without overlaps.
pub fn headline_highlights(article: &Article, marks: &[Mark]) -> Vec<Span> {
    highlights(article, marks, Spot::Headline)
}

/// Returns the bytes of a paragraph that matched, in order and without overlaps.
pub fn paragraph_highlights(article: &Article, marks: &[Mark], paragraph: usize) -> Vec<Span> {
    highlights(article, marks, Spot::Paragraph(paragraph))
}

/// Joins the marks of one spot that overlap. Their ends are those of words, which is not enough:
/// Thai words, say, may part a letter from a vowel that is drawn above it.
fn highlights(article: &Article, marks: &[Mark], spot: Spot) -> Vec<Span> {
    let text = text_at(article, spot);
    let spans = marks_at(marks, spot).iter().map(|mark| whole_graphemes(text, mark.span));
    merge_overlapping(spans.collect())
}

/// Returns the marks of one spot; marks are in the order of the page.
fn marks_at(marks: &[Mark], spot: Spot) -> &[Mark] {
    let start = marks.partition_point(|mark| mark.spot < spot);
    let end = marks.partition_point(|mark| mark.spot <= spot);
    &marks[start..end]
}

/// Returns the text of one spot.
fn text_at(article: &Article, spot: Spot) -> &str {
    match spot {
        Spot::Headline => &article.headline,
        Spot::Paragraph(idx) => article.paragraphs.get(idx).map_or("", |it| &it.text),
    }
}

fn snippet(article: &Article, candidate: &Candidate<'_>, marks: &[Mark]) -> Snippet {
    let span = candidate.span;
    let shown = |mark: Span| {
        let (start, end) = (mark.start.max(span.start), mark.end.min(span.end));
        (start < end).then(|| Span::new(start - span.start, end - span.start))
    };
    let highlights = paragraph_highlights(article, marks, candidate.paragraph);
    let names = names_at(article, Spot::Paragraph(candidate.paragraph)).into_iter();
    Snippet {
        paragraph: candidate.paragraph,
        span,
        text: candidate.text.to_owned(),
        highlights: highlights.into_iter().filter_map(shown).collect(),
        names: names.filter_map(|(span, kind)| Some((shown(span)?, kind))).collect(),
        start: candidate.start,
        end: candidate.end,
    }
}

#[cfg(test)]
mod tests;
