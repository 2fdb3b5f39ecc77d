//! The most probable labels of a sentence.

use super::super::label::{Label, N_LABELS};
use super::crf::LANES;
use super::model::{Steps, Sums};

/// The number of the label of words that are no part of a name.
const OUTSIDE: usize = 0;

/// What stands before and behind words in a row: a word that is no part of a name, or nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    /// Whether they begin their sentence.
    pub(super) opens: bool,
    /// Whether they end it.
    pub(super) closes: bool,
}

impl Ends {
    /// Those of a whole sentence.
    #[cfg(test)]
    pub(super) const SENTENCE: Self = Self { opens: true, closes: true };
}

/// Finds the best labels (Viterbi, 1967); keeps its room.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// For each word and label, the label before it on the best path.
    before: Vec<[u8; LANES]>,
}

impl Decoder {
    /// Adds to `labels` the best ones of words in a row by their scores, where those before and
    /// behind them have the labels that `ends` says.
    ///
    /// Of equal paths the one whose labels have the lowest numbers wins.
    pub(super) fn decode(
        &mut self,
        scores: &[Sums],
        steps: &Steps,
        ends: Ends,
        labels: &mut Vec<Label>,
    ) {
        let Some(first) = scores.first() else { return };
        self.before.clear();
        self.before.push([0; LANES]);
        let to_first = if ends.opens { &steps.first } else { &steps.between[OUTSIDE] };
        let mut best: [i32; LANES] =
            std::array::from_fn(|lane| to_first[lane] + i32::from(first[lane]));
        for score in &scores[1..] {
            let mut next = [i32::MIN; LANES];
            let mut before = [0u8; LANES];
            for from in 0..N_LABELS {
                for to in 0..LANES {
                    let weight = best[from].saturating_add(steps.between[from][to]);
                    if weight > next[to] {
                        next[to] = weight;
                        before[to] = from as u8;
                    }
                }
            }
            best = std::array::from_fn(|lane| next[lane].saturating_add(i32::from(score[lane])));
            self.before.push(before);
        }
        if !ends.closes {
            for (best, steps) in best.iter_mut().zip(&steps.between) {
                *best = best.saturating_add(steps[OUTSIDE]);
            }
        }
        let mut label = (0..N_LABELS).rev().max_by_key(|&it| best[it]).unwrap_or(0);
        let start = labels.len();
        labels.resize(start + scores.len(), Label::OUTSIDE);
        for (idx, before) in self.before.iter().enumerate().rev() {
            labels[start + idx] = Label::of(label);
            label = usize::from(before[label]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::crf::{Chance, Transitions};
    use super::*;

    const N: usize = 4;

    fn steps(chance: &mut Chance) -> Steps {
        let weight =
            |from, to, it: i32| if Transitions::allows(from, to) { it } else { -(1 << 28) };
        let between = std::array::from_fn(|from| {
            std::array::from_fn(|to| weight(Some(from), to, (chance.draw() % 9) as i32))
        });
        Steps { between, first: std::array::from_fn(|to| weight(None, to, 0)) }
    }

    /// Weighs every path.
    fn best(scores: &[Sums], steps: &Steps) -> i32 {
        let paths = (0..N_LABELS.pow(N as u32)).map(|mut path| {
            let mut labels = [0; N];
            for label in &mut labels {
                *label = path % N_LABELS;
                path /= N_LABELS;
            }
            weight(&labels, scores, steps)
        });
        paths.max().unwrap()
    }

    fn weight(labels: &[usize], scores: &[Sums], steps: &Steps) -> i32 {
        let own: i32 = labels.iter().zip(scores).map(|(it, score)| i32::from(score[*it])).sum();
        let between: i32 = labels.windows(2).map(|it| steps.between[it[0]][it[1]]).sum();
        own + between + steps.first[labels[0]]
    }

    #[test]
    fn no_path_is_better_than_the_one_found() {
        let mut chance = Chance(3);
        for _ in 0..200 {
            let steps = steps(&mut chance);
            let scores: [Sums; N] =
                std::array::from_fn(|_| std::array::from_fn(|_| (chance.draw() % 50) as i16));
            let mut labels = Vec::new();
            Decoder::default().decode(&scores, &steps, Ends::SENTENCE, &mut labels);
            let numbers: Vec<usize> = labels.iter().map(|it| it.number()).collect();
            assert_eq!(weight(&numbers, &scores, &steps), best(&scores, &steps));
        }
    }
}
