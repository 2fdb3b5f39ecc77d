//! A part of a sentence that is too long to show.

use crate::matcher::Mark;
use crate::text::Span;

/// Returns the best part of `span` of at most `chars_max` characters: the one with the most
/// different parts of the query, the earliest of several, cut between words.
///
/// A single match longer than that is shown as far as it goes.
pub(super) fn window(text: &str, span: Span, marks: &[Mark], chars_max: usize) -> Span {
    let n_leaves = |part: Span| {
        let mut leaves: Vec<usize> =
            marks.iter().filter(|mark| part.contains(mark.span)).map(|mark| mark.leaf).collect();
        leaves.sort_unstable();
        leaves.dedup();
        leaves.len()
    };
    let mut best = around(text, span, span.start, chars_max);
    let mut n_best = n_leaves(best);
    for mark in marks {
        let part = around(text, span, mark.span.start, chars_max);
        let n = n_leaves(part);
        if n > n_best {
            (best, n_best) = (part, n);
        }
    }
    best
}

/// Returns a part of `span` of at most `chars_max` characters with `at` in its first third.
fn around(text: &str, span: Span, at: usize, chars_max: usize) -> Span {
    let before = text[span.start..at].char_indices().rev().take(chars_max / 3).last();
    let start = before.map_or(at, |(offset, _)| span.start + offset);
    let after = text[start..span.end].char_indices().nth(chars_max);
    let end = after.map_or(span.end, |(offset, _)| start + offset);
    let start = if start == span.start { start } else { word_start(text, start, at) };
    let end = if end == span.end { end } else { word_end(text, at, end) };
    Span::new(start, end.max(start))
}

/// Returns where the first word after `start` begins, unless there is none before `limit`.
fn word_start(text: &str, start: usize, limit: usize) -> usize {
    if text[..start].ends_with(char::is_whitespace) {
        return start;
    }
    let space = text[start..limit].find(char::is_whitespace);
    let start = space.map_or(start, |offset| start + offset);
    start + (text[start..limit].len() - text[start..limit].trim_start().len())
}

/// Returns where the last word before `end` ends, unless that would leave nothing.
fn word_end(text: &str, limit: usize, end: usize) -> usize {
    if text[end..].starts_with(char::is_whitespace) {
        return end;
    }
    let space = text[limit..end].rfind(char::is_whitespace).filter(|offset| *offset > 0);
    let end = space.map_or(end, |offset| limit + offset);
    limit + text[limit..end].trim_end().len()
}
