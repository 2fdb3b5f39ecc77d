//! The passages of a paragraph that could be shown.

use crate::matcher::Mark;
use crate::text::{Span, sentences};

use super::Cut;
use super::window::{around, densest, is_longer, spread};

/// A paragraph with marks, and where it can be divided.
pub(super) struct Marked<'a> {
    /// The number of the paragraph among all paragraphs of the article.
    pub(super) paragraph: usize,
    text: &'a str,
    marks: &'a [Mark],
    /// The sentences; those that one match stands in are one.
    sentences: Vec<Span>,
}

/// A passage that could be shown.
pub(super) struct Candidate<'a> {
    pub(super) paragraph: usize,
    pub(super) span: Span,
    pub(super) text: &'a str,
    pub(super) start: Cut,
    pub(super) end: Cut,
    /// The parts of the query that it shows, each once, in ascending order.
    pub(super) leaves: Vec<usize>,
    /// How far apart these parts stand, in bytes.
    pub(super) spread: usize,
    pub(super) n_marks: usize,
}

impl<'a> Marked<'a> {
    pub(super) fn new(paragraph: usize, text: &'a str, marks: &'a [Mark]) -> Self {
        Self { paragraph, text, marks, sentences: unbroken(sentences(text), marks) }
    }

    /// Adds the passages that show nothing of those in `shown`.
    ///
    /// From each sentence with a match, one passage of whole sentences, as many as fit, so that a
    /// quotation keeps its speaker; of a sentence that is too long, what shows most. Where matches of several parts of the query stand closer than a
    /// passage is long and no such passage shows them together, because their sentences are too
    /// long, one more that does, cut between words: what is near each other is seen to be.
    pub(super) fn add_candidates(
        &self,
        chars_max: usize,
        shown: &[Candidate<'_>],
        candidates: &mut Vec<Candidate<'a>>,
    ) {
        let is_free = |span: Span| !shown.iter().any(|it| it.overlaps(self.paragraph, span));
        let n_before = candidates.len();
        for (idx, first) in self.sentences.iter().enumerate() {
            if self.marks_in(*first).is_empty() {
                continue;
            }
            if !is_free(*first) {
                candidates.extend(self.rest(*first, chars_max, shown));
                continue;
            }
            let mut span = *first;
            for more in &self.sentences[idx + 1..] {
                let longer = Span::new(span.start, more.end);
                if is_longer(longer.of(self.text), chars_max) || !is_free(*more) {
                    break;
                }
                span = longer;
            }
            candidates.push(self.candidate(span, chars_max));
        }
        let whole = Span::new(0, self.text.len());
        let n_leaves =
            candidates[n_before..].iter().map(|it| it.leaves.len()).max().unwrap_or_default();
        let may_be_more = self.marks.len() > n_leaves && is_free(whole);
        if may_be_more && leaves(self.marks).len() > n_leaves {
            let across = self.across(chars_max);
            candidates.extend(across.filter(|it| it.leaves.len() > n_leaves));
        }
    }

    /// Returns the passage that shows the most parts of the query, whatever sentences it cuts.
    fn across(&self, chars_max: usize) -> Option<Candidate<'a>> {
        let place = densest(self.text, self.marks, chars_max)?;
        let first = self.sentences.iter().rfind(|it| it.start <= place.start)?;
        let last = self.sentences.iter().find(|it| place.end <= it.end)?;
        let whole = Span::new(first.start, last.end);
        Some(self.cut(whole, around(self.text, whole, place, chars_max)))
    }

    /// Returns what a sentence has beside the parts of it that are shown, as far as they lack a
    /// part of the query.
    fn rest(
        &self,
        sentence: Span,
        chars_max: usize,
        shown: &[Candidate<'_>],
    ) -> Vec<Candidate<'a>> {
        let parts = shown.iter().filter(|it| it.overlaps(self.paragraph, sentence));
        let mut parts: Vec<Span> = parts.map(|it| it.span).collect();
        parts.sort_unstable();
        let starts = [sentence.start].into_iter().chain(parts.iter().map(|it| it.end));
        let ends = parts.iter().map(|it| it.start).chain([sentence.end]);
        let gaps = starts.zip(ends).filter(|(start, end)| start < end);
        let rests = gaps.filter_map(|(start, end)| {
            let gap = Span::new(start, end);
            let place = densest(self.text, self.marks_in(gap), chars_max)?;
            (place.end <= end).then(|| self.cut(sentence, around(self.text, gap, place, chars_max)))
        });
        let is_new = |it: &Candidate<'_>| {
            let is_shown = |leaf: &usize| shown.iter().any(|it| it.leaves.contains(leaf));
            !it.leaves.iter().all(is_shown)
        };
        rests.filter(is_new).collect()
    }

    /// Makes a candidate of whole sentences, cut where they are longer than `chars_max`.
    fn candidate(&self, span: Span, chars_max: usize) -> Candidate<'a> {
        if !is_longer(span.of(self.text), chars_max) {
            return self.cut(span, span);
        }
        let densest = densest(self.text, self.marks_in(span), chars_max);
        let place = densest.unwrap_or(Span::new(span.start, span.start));
        self.cut(span, around(self.text, span, place, chars_max))
    }

    /// Makes a candidate of a part of whole sentences.
    fn cut(&self, whole: Span, part: Span) -> Candidate<'a> {
        let marks = self.marks_in(part);
        let leaves = leaves(marks);
        let cut = |is_whole| if is_whole { Cut::Whole } else { Cut::Cut };
        Candidate {
            paragraph: self.paragraph,
            span: part,
            text: part.of(self.text),
            start: cut(part.start == whole.start),
            end: cut(part.end == whole.end),
            spread: spread(marks, leaves.len()),
            leaves,
            n_marks: marks.len(),
        }
    }

    /// Returns the marks that begin within a span.
    fn marks_in(&self, span: Span) -> &'a [Mark] {
        let start = self.marks.partition_point(|mark| mark.span.start < span.start);
        let end = self.marks.partition_point(|mark| mark.span.start < span.end);
        &self.marks[start..end.max(start)]
    }
}

impl<'a> Candidate<'a> {
    /// Returns the first sentences of a paragraph, where nothing is marked.
    pub(super) fn beginning(paragraph: usize, text: &'a str, chars_max: usize) -> Self {
        let fits = |it: &&Span| !is_longer(&text[..it.end], chars_max);
        let whole = Span::new(0, text.len());
        let first = sentences(text).iter().take_while(fits).last().copied();
        let span = first.map_or(whole, |last| Span::new(0, last.end));
        Marked { paragraph, text, marks: &[], sentences: Vec::new() }.candidate(span, chars_max)
    }

    fn overlaps(&self, paragraph: usize, span: Span) -> bool {
        self.paragraph == paragraph && self.span.start < span.end && span.start < self.span.end
    }
}

/// Joins sentences that one match stands in: a phrase may go over a full stop.
fn unbroken(mut sentences: Vec<Span>, marks: &[Mark]) -> Vec<Span> {
    let mut marks = marks.iter().peekable();
    let mut reach = 0;
    sentences.dedup_by(|next, last| {
        while let Some(mark) = marks.next_if(|mark| mark.span.start < next.start) {
            reach = reach.max(mark.span.end);
        }
        if next.start < reach {
            last.end = next.end;
        }
        next.start < reach
    });
    sentences
}

/// Returns the parts of the query that marks answer, each once, in ascending order.
fn leaves(marks: &[Mark]) -> Vec<usize> {
    let mut leaves: Vec<usize> = marks.iter().map(|mark| mark.leaf).collect();
    leaves.sort_unstable();
    leaves.dedup();
    leaves
}
