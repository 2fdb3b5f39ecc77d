//! Which passages to show.

use crate::matcher::Mark;
use crate::text::Span;

use super::{Cut, window};

/// A passage that could be shown.
pub(super) struct Candidate {
    pub(super) paragraph: usize,
    pub(super) span: Span,
    pub(super) start: Cut,
    pub(super) end: Cut,
    /// The parts of the query that it shows, each once, in ascending order.
    leaves: Vec<usize>,
    n_marks: usize,
}

impl Candidate {
    /// Makes a candidate of a passage, cut where it is longer than `chars_max`.
    pub(super) fn new(
        paragraph: usize,
        text: &str,
        span: Span,
        mut marks: Vec<Mark>,
        chars_max: usize,
    ) -> Self {
        let mut part = span;
        if span.of(text).chars().nth(chars_max).is_some() {
            part = window(text, span, &marks, chars_max);
            marks.retain(|mark| part.contains(mark.span));
        }
        let mut leaves: Vec<usize> = marks.iter().map(|mark| mark.leaf).collect();
        leaves.sort_unstable();
        leaves.dedup();
        let cut = |is_whole| if is_whole { Cut::Whole } else { Cut::Cut };
        Self {
            paragraph,
            span: part,
            start: cut(part.start == span.start),
            end: cut(part.end == span.end),
            leaves,
            n_marks: marks.len(),
        }
    }

    fn n_new(&self, shown: &[usize]) -> usize {
        self.leaves.iter().filter(|leaf| !shown.contains(leaf)).count()
    }
}

/// Chooses the best passages, at most `n_max`, and returns them in the order of the page.
///
/// After the first one, a passage must show a part of the query that is not shown yet, or as many
/// parts as the first does.
pub(super) fn choose(mut candidates: Vec<Candidate>, n_max: usize) -> Vec<Candidate> {
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    while chosen.len() < n_max {
        let rank = |candidate: &Candidate| {
            let n_marks = candidate.n_marks.min(N_MARKS_MAX);
            (candidate.n_new(&shown), candidate.leaves.len(), n_marks)
        };
        // The first of equals: `max_by_key` would take the last.
        let best = (0..candidates.len()).rev().max_by_key(|idx| rank(&candidates[*idx]));
        let Some(best) = best else { break };
        let n_leaves_first = chosen.first().map_or(0, |first| first.leaves.len());
        let is_new = candidates[best].n_new(&shown) > 0;
        if !chosen.is_empty() && !is_new && candidates[best].leaves.len() < n_leaves_first {
            break;
        }
        let candidate = candidates.remove(best);
        shown.extend(&candidate.leaves);
        chosen.push(candidate);
    }
    chosen.sort_unstable_by_key(|candidate| (candidate.paragraph, candidate.span));
    chosen
}

/// More matches than this make a passage no better: lists would always win.
const N_MARKS_MAX: usize = 4;
