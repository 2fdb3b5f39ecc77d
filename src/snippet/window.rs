//! A part of a text that is too long to show.

use crate::matcher::Mark;
use crate::text::{Span, Unit, fitting_beginning, fitting_end};

/// Tells whether a text is longer than so many characters.
pub(super) fn is_longer(text: &str, n_chars: usize) -> bool {
    // A character has one byte at least and four at most: most texts need no counting.
    text.len() > n_chars && (text.len() > n_chars * 4 || text.chars().count() > n_chars)
}

/// Returns the place of at most `chars_max` characters that holds the most different parts of the
/// query, the earliest of several: from the first match in it to the end of the last.
///
/// A single match may be longer. The marks are in order; the cost is that of looking at each twice.
pub(super) fn densest(text: &str, marks: &[Mark], chars_max: usize) -> Option<Span> {
    let mut within = Tally::default();
    let mut end = 0;
    let mut best: Option<(usize, Span)> = None;
    for (idx, first) in marks.iter().enumerate() {
        let start = first.span.start;
        while let Some(next) = marks.get(end) {
            if end > idx && is_longer(&text[start..next.span.end.max(start)], chars_max) {
                break;
            }
            within.add(next.leaf);
            end += 1;
        }
        if best.is_none_or(|(n, _)| within.n_different > n) {
            let last = marks[idx..end].iter().map(|mark| mark.span.end).max().unwrap_or(start);
            best = Some((within.n_different, Span::new(start, last)));
        }
        within.take(first.leaf);
    }
    best.map(|(_, span)| span)
}

/// Returns the bytes from the first to the last of marks that answer so many parts of the query,
/// which is all that any of them answer, where these stand closest; 0 where there is but one part.
pub(super) fn spread(marks: &[Mark], n_leaves: usize) -> usize {
    if n_leaves < 2 {
        return 0;
    }
    let mut within = Tally::default();
    let mut first = 0;
    let mut least = usize::MAX;
    for mark in marks {
        within.add(mark.leaf);
        while within.n_different == n_leaves {
            least = least.min(mark.span.end.saturating_sub(marks[first].span.start));
            within.take(marks[first].leaf);
            first += 1;
        }
    }
    least
}

/// How often each part of the query stands in a place.
#[derive(Default)]
struct Tally {
    n_by_leaf: Vec<usize>,
    n_different: usize,
}

impl Tally {
    fn add(&mut self, leaf: usize) {
        if self.n_by_leaf.len() <= leaf {
            self.n_by_leaf.resize(leaf + 1, 0);
        }
        self.n_by_leaf[leaf] += 1;
        self.n_different += usize::from(self.n_by_leaf[leaf] == 1);
    }

    /// Takes one away that was added.
    fn take(&mut self, leaf: usize) {
        self.n_by_leaf[leaf] -= 1;
        self.n_different -= usize::from(self.n_by_leaf[leaf] == 0);
    }
}

/// Returns a part of `whole` of at most `chars_max` characters around a place in it, cut between
/// words.
///
/// It begins where `whole` begins, or ends where that ends, if a third of the room that the place
/// leaves remains on its other side; else the place stands a little before the middle. A place that
/// is too long is shown as far as it goes.
pub(super) fn around(text: &str, whole: Span, place: Span, chars_max: usize) -> Span {
    let shown = fitting_beginning(place.of(text), chars_max, Unit::Characters);
    if shown.len() < place.len() {
        return Span::new(place.start, place.start + shown.len());
    }
    let room = chars_max - shown.chars().count();
    let before = &text[whole.start..place.start];
    let after = &text[place.end..whole.end];
    let room_before = if !is_longer(before, room * 2 / 3) {
        room
    } else if !is_longer(after, room * 2 / 3) {
        room - after.chars().count()
    } else {
        room * 2 / 5
    };
    let before = fitting_end(before, room_before, Unit::Characters);
    let room_after = room - before.chars().count();
    let after = fitting_beginning(after, room_after, Unit::Characters);
    Span::new(place.start - before.len(), place.end + after.len())
}
