//! A trained model: what each feature weighs, and the lexicon that its features ask.

use crate::error::Result;

use super::super::label::N_LABELS;
use super::crf::{Field, LANES, Lanes, Transitions};
use super::features::{Rows, Stand, WINDOW, own_rows, standing_rows};
use super::lexicon::Lexicon;
use super::spelling::{Letters, WordType};

/// The sums of weights, one for each label.
pub(super) type Sums = [i16; LANES];

/// What a word adds to scores, wherever it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnSums {
    /// To those of the word in whose window it stands at each place.
    pub(super) at_place: [Sums; WINDOW],
    /// To its own, inside a sentence of running text.
    pub(super) standing: Sums,
}

/// What may not be; no path of allowed labels weighs less.
const FORBIDDEN: i32 = -(1 << 28);

/// How many of the weights may be cut off at the largest that 8 bits hold: one in so many.
const CUT_OFF: usize = 10_000;

/// The weights of a field in 8 bits each, and its lexicon.
///
/// Weights are whole numbers on one scale, so that sums are exact and their order is free. In
/// memory a model of 2^19 rows takes some 12 MB; it never changes and all workers share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub(super) rows: Rows,
    pub(super) weights: Vec<[i8; LANES]>,
    /// What it weighs that a label follows another.
    pub(super) transitions: [[i16; LANES]; LANES],
    pub(super) lexicon: Lexicon,
}

/// The model that comes with the program; `data/NOTICE.md` says what it was learnt from.
pub(in crate::annotate) const COMMITTED: &[u8] = include_bytes!("../data/names.model");

impl Model {
    /// Returns the model that comes with the program, unpacked: some 30 ms of work.
    ///
    /// # Errors
    ///
    /// Fails only where the program was built with a damaged file.
    pub fn committed() -> Result<Self> {
        Self::from_bytes(COMMITTED, "that came with the program")
    }

    /// Returns the word clusters and lists of names that the model was learnt with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Brings the averaged weights of a field on the scale of 8 bits.
    pub(super) fn of(average: &Average, rows: Rows, lexicon: Lexicon) -> Self {
        let scale = average.scale();
        let rounded = |it: f32| (it / scale).round();
        let narrow = |it: f32| rounded(it).clamp(-127.0, 127.0) as i8;
        let wide = |it: f32| rounded(it).clamp(-32_000.0, 32_000.0) as i16;
        Self {
            rows,
            weights: average.weights.iter().map(|it| it.map(narrow)).collect(),
            transitions: average.transitions.between.map(|it| it.map(wide)),
            lexicon,
        }
    }

    /// Returns what a word adds to the scores of its neighbours and of itself.
    pub(super) fn own_sums(&self, word: &WordType, letters: &Letters) -> OwnSums {
        let at_place = std::array::from_fn(|place| {
            let mut sums = [0; LANES];
            own_rows(self.rows, word, letters, place, &mut |row| self.add(&mut sums, row));
            sums
        });
        OwnSums { at_place, standing: self.standing_sums(word, Stand::default()) }
    }

    /// Returns what a word adds to its own scores by how it stands in its sentence.
    pub(super) fn standing_sums(&self, word: &WordType, stand: Stand) -> Sums {
        let mut sums = [0; LANES];
        standing_rows(self.rows, word, stand, &mut |row| self.add(&mut sums, row));
        sums
    }

    /// Adds the weights of a row.
    #[inline]
    pub(super) fn add(&self, sums: &mut Sums, row: u32) {
        let weights = &self.weights[row as usize];
        for lane in 0..LANES {
            sums[lane] += i16::from(weights[lane]);
        }
    }

    /// Returns what it weighs that labels follow each other, and that they begin a sentence.
    pub(super) fn steps(&self) -> Steps {
        let mut between = [[FORBIDDEN; LANES]; LANES];
        let mut first = [FORBIDDEN; LANES];
        for to in 0..N_LABELS {
            if Transitions::allows(None, to) {
                first[to] = 0;
            }
            for from in 0..N_LABELS {
                if Transitions::allows(Some(from), to) {
                    between[from][to] = i32::from(self.transitions[from][to]);
                }
            }
        }
        Steps { between, first }
    }
}

/// What it weighs that a label follows another, forbidden steps included.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    /// From each label to each.
    pub(super) between: [[i32; LANES]; LANES],
    /// To the first label of a sentence.
    pub(super) first: [i32; LANES],
}

/// The average of a field's weights at several times of its training.
pub(super) struct Average {
    weights: Vec<Lanes>,
    transitions: Transitions,
    n: f32,
}

impl Average {
    /// Makes an average of nothing, for so many rows.
    pub(super) fn new(n_rows: usize) -> Self {
        let transitions = Transitions::default();
        Self { weights: vec![[0.0; LANES]; n_rows], transitions, n: 0.0 }
    }

    /// Adds the weights that a field has now.
    pub(super) fn add(&mut self, field: &Field) {
        self.add_weights(field.weights(), field.transitions());
    }

    /// Adds an average; all that are added count alike.
    pub(super) fn add_average(&mut self, other: &Self) {
        self.add_weights(other.weights.iter(), &other.transitions);
    }

    fn add_weights<'a>(
        &mut self,
        weights: impl Iterator<Item = &'a Lanes>,
        transitions: &'a Transitions,
    ) {
        self.n += 1.0;
        let averages = self.weights.iter_mut().chain(&mut self.transitions.between);
        for (average, now) in averages.zip(weights.chain(&transitions.between)) {
            for lane in 0..LANES {
                average[lane] += (now[lane] - average[lane]) / self.n;
            }
        }
    }

    /// Returns what a step of 1 stands for, so that nearly all weights fit into 8 bits.
    fn scale(&self) -> f32 {
        let sizes = self.weights.iter().flatten().map(|it| it.abs());
        let mut sizes: Vec<f32> = sizes.filter(|it| *it > 0.0).collect();
        let place = sizes.len().saturating_sub(1 + sizes.len() / CUT_OFF);
        if sizes.is_empty() {
            return 1.0;
        }
        let (_, largest, _) = sizes.select_nth_unstable_by(place, f32::total_cmp);
        *largest / 127.0
    }
}
