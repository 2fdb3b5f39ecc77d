//! The passages of an article that show why it matched.
//!
//! A passage is made of whole sentences of one paragraph where they fit, and is cut between words
//! where one sentence alone is too long. Lengths are counted in characters. Which words are marked
//! is not decided here: `matcher` says so.

mod choice;
mod window;

use crate::article::Article;
use crate::matcher::{Mark, Spot};
use crate::text::{Span, merge_overlapping, sentences};

use choice::{Candidate, choose};
use window::window;

/// A passage of an article, with what matched in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The number of the paragraph among all paragraphs of the article, from 0.
    pub paragraph: usize,
    /// The bytes of the passage in the paragraph.
    pub span: Span,
    /// The passage as printed.
    pub text: String,
    /// The bytes of `text` that matched, in order and without overlaps.
    pub highlights: Vec<Span>,
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
/// part that the others do not, or be as good as they are. An article whose body holds no mark
/// (its headline or its date matched) is shown by its beginning.
pub fn snippets(article: &Article, marks: &[Mark], measure: Measure) -> Vec<Snippet> {
    let mut candidates = Vec::new();
    for (idx, paragraph) in article.body() {
        let here = marks_at(marks, Spot::Paragraph(idx));
        if !here.is_empty() {
            candidates.extend(passages(idx, &paragraph.text, here, measure.chars_max));
        }
    }
    if candidates.is_empty() {
        candidates.extend(beginning(article, measure.chars_max));
    }
    let chosen = choose(candidates, measure.n_snippets_max);
    chosen.iter().map(|candidate| snippet(article, candidate, marks)).collect()
}

/// Returns the bytes of the headline that matched.
pub fn headline_highlights(marks: &[Mark]) -> Vec<Span> {
    merge_overlapping(marks_at(marks, Spot::Headline).iter().map(|mark| mark.span).collect())
}

/// Returns the bytes of a paragraph that matched.
pub fn paragraph_highlights(marks: &[Mark], paragraph: usize) -> Vec<Span> {
    let here = marks_at(marks, Spot::Paragraph(paragraph));
    merge_overlapping(here.iter().map(|mark| mark.span).collect())
}

/// Returns the marks of one spot; marks are in the order of the page.
fn marks_at(marks: &[Mark], spot: Spot) -> &[Mark] {
    let start = marks.partition_point(|mark| mark.spot < spot);
    let end = marks.partition_point(|mark| mark.spot <= spot);
    &marks[start..end]
}

/// Cuts a paragraph with marks into passages.
fn passages(paragraph: usize, text: &str, marks: &[Mark], chars_max: usize) -> Vec<Candidate> {
    let sentences = sentences(text);
    let mut passages = Vec::new();
    let mut next = 0;
    while next < sentences.len() {
        let first = sentences[next];
        next += 1;
        if !marks.iter().any(|mark| touches(*mark, first)) {
            continue;
        }
        let mut span = first;
        // Sentences that follow join as long as all fit, so that a quotation keeps its speaker.
        while let Some(more) = sentences.get(next) {
            let longer = Span::new(span.start, more.end);
            if longer.of(text).chars().count() > chars_max {
                break;
            }
            span = longer;
            next += 1;
        }
        let within = marks.iter().copied().filter(|mark| touches(*mark, span)).collect();
        passages.push(Candidate::new(paragraph, text, span, within, chars_max));
    }
    passages
}

/// Tells whether a mark begins within a span.
fn touches(mark: Mark, span: Span) -> bool {
    span.start <= mark.span.start && mark.span.start < span.end
}

/// The first sentences of the body.
fn beginning(article: &Article, chars_max: usize) -> Option<Candidate> {
    let (idx, paragraph) = article.body().next()?;
    let text = &paragraph.text;
    let whole = Span::new(0, text.len());
    let fits = |span: &&Span| Span::new(0, span.end).of(text).chars().count() <= chars_max;
    let span =
        sentences(text).iter().take_while(fits).last().map_or(whole, |last| Span::new(0, last.end));
    Some(Candidate::new(idx, text, span, Vec::new(), chars_max))
}

fn snippet(article: &Article, candidate: &Candidate, marks: &[Mark]) -> Snippet {
    let text = article.paragraphs.get(candidate.paragraph).map_or("", |it| it.text.as_str());
    let span = candidate.span;
    let highlights = paragraph_highlights(marks, candidate.paragraph)
        .into_iter()
        .filter(|mark| span.contains(*mark))
        .map(|mark| Span::new(mark.start - span.start, mark.end - span.start))
        .collect();
    Snippet {
        paragraph: candidate.paragraph,
        span,
        text: span.of(text).to_owned(),
        highlights,
        start: candidate.start,
        end: candidate.end,
    }
}

#[cfg(test)]
mod tests;
