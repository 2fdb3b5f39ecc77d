//! Which passages to show.

use std::cmp::Reverse;

use super::Measure;
use super::passage::{Candidate, Marked};

/// Chooses the best passages and returns them in the order of the page.
///
/// The best shows the most parts of the query; of equals, the one where they stand closest together,
/// then the one with the most matches, then the first. Those after it must show a part of the query
/// that is not shown yet, or as many parts as it does. No two overlap, and no two say the same: an
/// article may repeat a paragraph.
pub(super) fn choose<'a>(paragraphs: &[Marked<'a>], measure: Measure) -> Vec<Candidate<'a>> {
    let Measure { n_snippets_max, chars_max } = measure;
    let mut candidates: Vec<Candidate<'a>> = Vec::new();
    paragraphs.iter().for_each(|it| it.add_candidates(chars_max, &[], &mut candidates));
    let mut chosen: Vec<Candidate<'a>> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    while chosen.len() < n_snippets_max {
        let n_new =
            |it: &Candidate<'_>| it.leaves.iter().filter(|leaf| !shown.contains(leaf)).count();
        let rank = |it: &Candidate<'_>| {
            let place = Reverse((it.paragraph, it.span));
            let n_marks = it.n_marks.min(N_MARKS_MAX);
            (n_new(it), it.leaves.len(), Reverse(it.spread), n_marks, place)
        };
        let Some(best) = (0..candidates.len()).max_by_key(|idx| rank(&candidates[*idx])) else {
            break;
        };
        let n_leaves_first = chosen.first().map_or(0, |first| first.leaves.len());
        if n_new(&candidates[best]) == 0 && candidates[best].leaves.len() < n_leaves_first {
            break;
        }
        let best = candidates.swap_remove(best);
        let paragraph = best.paragraph;
        shown.extend(&best.leaves);
        chosen.push(best);
        if chosen.len() == n_snippets_max {
            break;
        }
        // The rest of its paragraph is divided anew.
        candidates.retain(|it| it.paragraph != paragraph);
        let rest = paragraphs.iter().filter(|it| it.paragraph == paragraph);
        rest.for_each(|it| it.add_candidates(chars_max, &chosen, &mut candidates));
        candidates.retain(|it| !chosen.iter().any(|other| it.text == other.text));
    }
    chosen.sort_unstable_by_key(|candidate| (candidate.paragraph, candidate.span));
    chosen
}

/// More matches than this make a passage no better: lists would always win.
const N_MARKS_MAX: usize = 4;
