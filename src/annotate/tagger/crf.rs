//! A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) and its training.
//!
//! Weights are learnt by stochastic gradient steps on the likelihood, each scaled by what its weight
//! has seen before (AdaGrad; Duchi, Hazan and Singer, 2011). In each step features are left out by
//! chance, so that rare ones learn to stand for frequent ones. All sums run in one order, and the
//! exponential is our own: the same examples give the same bits on every machine.

use super::super::label::{Label, N_LABELS};

/// Labels in a row of weights, with one that no label uses.
pub(super) const LANES: usize = 8;

/// A number for each label.
pub(super) type Lanes = [f32; LANES];

/// How large the steps are.
const RATE: f32 = 0.2;

/// What the steps are scaled by at first, for the weights of features and of transitions.
const SCALE_OF_FEATURES: f32 = 0.3;
const SCALE_OF_TRANSITIONS: f32 = 1.0;

/// Errors below this teach nothing that is worth a step.
const ERROR_MIN: f32 = 1e-3;

/// The least that a sum of probabilities is divided by.
const SUM_MIN: f32 = 1e-30;

/// A sentence to learn from: for each word the rows of its features, and its label.
#[derive(Clone, Debug, Default)]
pub(super) struct Example {
    /// The rows of all words.
    pub(super) rows: Vec<u32>,
    /// Where the rows of each word end.
    pub(super) ends: Vec<u32>,
    /// The label of each word.
    pub(super) labels: Vec<Label>,
}

/// The weights of one feature, and the squares of the gradients that they have seen.
#[derive(Clone, Copy, Default)]
struct Row {
    weights: Lanes,
    squares: Lanes,
}

/// A field that learns.
pub(super) struct Field {
    rows: Vec<Row>,
    transitions: Transitions,
    squares: [Lanes; LANES],
    scratch: Scratch,
}

/// What it weighs that a label follows another; and at the beginning of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Transitions {
    /// From each label to each.
    pub(super) between: [Lanes; LANES],
}

/// Room for one sentence.
#[derive(Default)]
struct Scratch {
    rows: Vec<u32>,
    ends: Vec<u32>,
    /// The exponentials of the words' scores, the largest 1.
    emitted: Vec<Lanes>,
    forward: Vec<Lanes>,
    backward: Vec<Lanes>,
}

/// A source of chance that gives the same numbers each time (Marsaglia's xorshift64, 2003).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// Returns the next number.
    pub(super) fn draw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

impl Field {
    /// Makes a field that knows nothing, with so many rows.
    pub(super) fn new(n_rows: usize) -> Self {
        Self {
            rows: vec![Row::default(); n_rows],
            transitions: Transitions::default(),
            squares: [[0.0; LANES]; LANES],
            scratch: Scratch::default(),
        }
    }

    /// Returns the weights of each row.
    pub(super) fn weights(&self) -> impl Iterator<Item = &Lanes> {
        self.rows.iter().map(|row| &row.weights)
    }

    /// Returns the weights of the transitions.
    pub(super) fn transitions(&self) -> &Transitions {
        &self.transitions
    }

    /// Learns from a sentence; of its features, so many in 2^32 are left out.
    pub(super) fn learn(&mut self, example: &Example, left_out: u64, chance: &mut Chance) {
        if example.labels.is_empty() {
            return;
        }
        self.scratch.choose(example, left_out, chance);
        self.score();
        let steps = self.transitions.exponentials();
        self.scratch.pass(&steps);
        self.step_features(&example.labels);
        self.step_transitions(&example.labels, &steps);
    }

    /// Sums the weights of each word.
    fn score(&mut self) {
        self.scratch.emitted.clear();
        let mut start = 0;
        for &end in &self.scratch.ends {
            let mut sum = [0.0; LANES];
            for &row in &self.scratch.rows[start..end as usize] {
                add(&mut sum, &self.rows[row as usize].weights);
            }
            let largest = sum[..N_LABELS].iter().fold(f32::MIN, |max, it| max.max(*it));
            let mut emitted = sum.map(|it| exp(it - largest));
            emitted[N_LABELS..].fill(0.0);
            self.scratch.emitted.push(emitted);
            start = end as usize;
        }
    }

    /// Moves the weights of the features towards the labels.
    fn step_features(&mut self, labels: &[Label]) {
        let scratch = &self.scratch;
        let mut start = 0;
        for (idx, label) in labels.iter().enumerate() {
            let end = scratch.ends[idx] as usize;
            let mut error = product(&scratch.forward[idx], &scratch.backward[idx]);
            let sum = sum_of(&error);
            error = error.map(|it| -it / sum);
            error[label.number()] += 1.0;
            if error.iter().any(|it| it.abs() > ERROR_MIN) {
                for &row in &scratch.rows[start..end] {
                    let row = &mut self.rows[row as usize];
                    step(&mut row.weights, &mut row.squares, &error, SCALE_OF_FEATURES);
                }
            }
            start = end;
        }
    }

    /// Moves the weights of the transitions towards the labels.
    fn step_transitions(&mut self, labels: &[Label], steps: &[Lanes; LANES]) {
        let scratch = &self.scratch;
        for idx in 1..labels.len() {
            let ahead = product(&scratch.emitted[idx], &scratch.backward[idx]);
            let mut errors = [[0.0; LANES]; LANES];
            let mut sum = 0.0;
            for from in 0..N_LABELS {
                let before = scratch.forward[idx - 1][from];
                errors[from] = product(&steps[from], &ahead).map(|it| it * before);
                sum += errors[from].iter().sum::<f32>();
            }
            let sum = sum.max(SUM_MIN);
            let (last, next) = (labels[idx - 1].number(), labels[idx].number());
            for from in 0..N_LABELS {
                let mut error = errors[from].map(|it| -it / sum);
                if from == last {
                    error[next] += 1.0;
                }
                let weights = &mut self.transitions.between[from];
                step(weights, &mut self.squares[from], &error, SCALE_OF_TRANSITIONS);
            }
        }
    }
}

impl Transitions {
    /// Tells whether a label may follow another, or begin a sentence where there is none.
    pub(super) fn allows(from: Option<usize>, to: usize) -> bool {
        let from = from.map_or(Label::OUTSIDE, Label::of);
        to < N_LABELS && from.may_precede(Label::of(to))
    }

    /// Returns the exponentials of the weights; that of what may not be is 0.
    fn exponentials(&self) -> [Lanes; LANES] {
        let mut steps = [[0.0; LANES]; LANES];
        for (from, row) in steps.iter_mut().enumerate().take(N_LABELS) {
            for (to, step) in row.iter_mut().enumerate() {
                if Self::allows(Some(from), to) {
                    *step = exp(self.between[from][to]);
                }
            }
        }
        steps
    }
}

impl Scratch {
    /// Copies the rows of an example but those left out; the first of each word always stays.
    fn choose(&mut self, example: &Example, left_out: u64, chance: &mut Chance) {
        self.rows.clear();
        self.ends.clear();
        let mut start = 0;
        for &end in &example.ends {
            for (idx, &row) in example.rows[start..end as usize].iter().enumerate() {
                if left_out == 0 || chance.draw() >> 32 >= left_out || idx == 0 {
                    self.rows.push(row);
                }
            }
            self.ends.push(self.rows.len() as u32);
            start = end as usize;
        }
    }

    /// Computes how probable each label is, seen from the left and seen from the right, each word
    /// scaled to a sum of 1.
    fn pass(&mut self, steps: &[Lanes; LANES]) {
        let n = self.emitted.len();
        self.forward.clear();
        let mut last = [0.0; LANES];
        for (idx, emitted) in self.emitted.iter().enumerate() {
            let mut next = [0.0; LANES];
            if idx == 0 {
                for (to, it) in next.iter_mut().enumerate() {
                    *it = if Transitions::allows(None, to) { 1.0 } else { 0.0 };
                }
            } else {
                for from in 0..N_LABELS {
                    add(&mut next, &steps[from].map(|it| it * last[from]));
                }
            }
            next = product(&next, emitted);
            let sum = sum_of(&next);
            last = next.map(|it| it / sum);
            self.forward.push(last);
        }
        self.backward.clear();
        self.backward.resize(n, [1.0; LANES]);
        for idx in (1..n).rev() {
            let ahead = product(&self.emitted[idx], &self.backward[idx]);
            let mut before = [0.0; LANES];
            for from in 0..N_LABELS {
                before[from] = product(&steps[from], &ahead).iter().sum();
            }
            let sum = sum_of(&before);
            self.backward[idx - 1] = before.map(|it| it / sum);
        }
    }
}

#[inline]
fn add(sum: &mut Lanes, more: &Lanes) {
    for lane in 0..LANES {
        sum[lane] += more[lane];
    }
}

#[inline]
fn product(left: &Lanes, right: &Lanes) -> Lanes {
    std::array::from_fn(|lane| left[lane] * right[lane])
}

#[inline]
fn sum_of(lanes: &Lanes) -> f32 {
    lanes.iter().sum::<f32>().max(SUM_MIN)
}

#[inline]
fn step(weights: &mut Lanes, squares: &mut Lanes, error: &Lanes, scale: f32) {
    for lane in 0..LANES {
        squares[lane] += error[lane] * error[lane];
        weights[lane] += RATE * error[lane] / (squares[lane].sqrt() + scale);
    }
}

/// Returns e to the power of `x`, to some six figures.
///
/// That of the standard library is the platform's own, and may differ in the last bit from machine
/// to machine; this one is made of sums and products alone. It takes 2 to the power of the nearest
/// whole number from the exponent bits, and the rest from its series.
#[inline]
fn exp(x: f32) -> f32 {
    let power = (x * std::f32::consts::LOG2_E).clamp(-126.0, 126.0);
    let whole = (power + 0.5).floor();
    let rest = (power - whole) * std::f32::consts::LN_2;
    let series = 1.0 + rest / 5.0 * (1.0 + rest / 6.0);
    let series = 1.0 + rest / 2.0 * (1.0 + rest / 3.0 * (1.0 + rest / 4.0 * series));
    let series = 1.0 + rest * series;
    series * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(labels: &[usize], rows: &[u32]) -> Example {
        Example {
            rows: rows.to_vec(),
            ends: (1..=rows.len() as u32).collect(),
            labels: labels.iter().map(|it| Label::of(*it)).collect(),
        }
    }

    #[test]
    fn the_exponential_is_that_of_the_textbook() {
        for n in -800..800 {
            let x = n as f32 / 10.0;
            let ratio = f64::from(exp(x)) / f64::from(x).exp();
            assert!((ratio - 1.0).abs() < 1e-5, "{x}: {ratio}");
        }
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn probabilities_of_a_word_sum_to_one_from_both_sides() {
        let mut field = Field::new(8);
        let example = example(&[0, 1, 2, 0, 5], &[1, 2, 3, 1, 4]);
        for _ in 0..40 {
            field.learn(&example, 0, &mut Chance(1));
        }
        let Scratch { forward, backward, .. } = &field.scratch;
        let both: Vec<Lanes> = forward.iter().zip(backward).map(|(f, b)| product(f, b)).collect();
        for (lanes, label) in both.iter().zip(&example.labels) {
            let share = lanes[label.number()] / sum_of(lanes);
            assert!(share > 0.8, "the field learns what it is taught: {share}");
        }
    }

    #[test]
    fn what_may_not_follow_is_never_believed() {
        let mut field = Field::new(8);
        field.learn(&example(&[0, 3], &[1, 2]), 0, &mut Chance(1));
        for inside in [2, 4, 6] {
            assert_eq!(field.scratch.forward[0][inside], 0.0);
        }
    }

    #[test]
    fn chance_leaves_out_about_as_much_as_asked() {
        let rows: Vec<u32> = (0..8000).collect();
        let example = Example { rows, ends: vec![8000], labels: vec![Label::OUTSIDE] };
        let mut scratch = Scratch::default();
        scratch.choose(&example, 1 << 31, &mut Chance(7));
        assert!((3800..4200).contains(&scratch.rows.len()), "{}", scratch.rows.len());
    }
}
