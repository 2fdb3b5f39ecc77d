//! Tables of figures are printed among the articles of a wire, and what stands over and over in
//! their rows, *NIL NIL NIL* and *N.A. N.A. N.A.*, is no name.

use super::super::label::{Label, Stretch};
use super::Reading;

/// So often no word stands in one name.
const TIMES: usize = 3;

/// Takes the labels off what has a word again and again.
pub(super) fn leave_tables_out(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    for name in names.iter().filter(|it| it.n_words() >= TIMES) {
        let facts = &reading.facts[name.start..name.end];
        let mut words: Vec<u64> = facts.iter().map(|it| it.cased).collect();
        words.sort_unstable();
        if words.chunk_by(|a, b| a == b).any(|same| same.len() >= TIMES) {
            labels[name.start..name.end].fill(Label::OUTSIDE);
        }
    }
}
