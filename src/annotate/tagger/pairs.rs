//! What two neighbours say together, kept for the pairs that were met last.

use super::crf::LANES;
use super::features::{left_pair_rows, right_pair_rows};
use super::model::{Model, Sums};
use super::vocabulary::Vocabulary;

/// How many pairs are kept: a power of two; some two and a half megabytes. A pair that is found again
/// saves what sixteen rows of the weights would be fetched for.
const PAIRS_KEPT: usize = 1 << 16;

/// What a pair adds to the scores of its two words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// The numbers of both words; [`NO_WORDS`] where no pair is kept.
    words: [u32; 2],
    /// For the left word.
    pub(super) left: Sums,
    /// For the right word.
    pub(super) right: Sums,
}

/// The words of no pair: so many are never met.
const NO_WORDS: [u32; 2] = [u32::MAX; 2];

/// Pairs by a hash of their words; a new one takes the place of an old one.
#[derive(Debug)]
pub(super) struct Pairs {
    pairs: Vec<Pair>,
}

impl Pairs {
    /// Makes room for pairs.
    pub(super) fn new() -> Self {
        let none = Pair { words: NO_WORDS, left: [0; LANES], right: [0; LANES] };
        Self { pairs: vec![none; PAIRS_KEPT] }
    }

    /// Returns what a pair adds.
    #[inline]
    pub(super) fn get(&mut self, words: [u32; 2], model: &Model, known: &Vocabulary) -> &Pair {
        let [left, right] = words;
        let hash = left.wrapping_mul(0x9E37_79B9).rotate_left(15) ^ right;
        let place = (hash.wrapping_mul(0x85EB_CA6B) >> 8) as usize & (PAIRS_KEPT - 1);
        let pair = &mut self.pairs[place];
        if pair.words != words {
            *pair = Pair { words, left: [0; LANES], right: [0; LANES] };
            let (left, right) = (known.get(left), known.get(right));
            let rows = model.rows;
            right_pair_rows(rows, left, right, &mut |row| model.add(&mut pair.left, row));
            left_pair_rows(rows, left, right, &mut |row| model.add(&mut pair.right, row));
        }
        pair
    }
}
