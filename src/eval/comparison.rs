//! Two runs over the same queries, and whether their difference means anything.

use crate::random::SplitMix64;

use super::{Evaluation, Measure, QueryScores, Scores};

/// How many permutations a test draws: the smallest p is 1 in so many.
pub const N_PERMUTATIONS: u32 = 20_000;

/// What the permutations begin with: the same files give the same p.
pub const SEED: u64 = 1;

/// A run beside another one, the baseline.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// How good the baseline is.
    pub baseline: Evaluation,
    /// What the run has more than the baseline, for each of [`Measure::ALL`] in order.
    pub differences: [Difference; Measure::ALL.len()],
}

/// What a run has more than the baseline, by a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The mean difference.
    pub mean: f64,
    /// How likely a difference so great is where the two runs are equally good.
    pub p: f64,
    /// For how many queries the run is better.
    pub n_better: usize,
    /// For how many queries it is worse.
    pub n_worse: usize,
}

impl Comparison {
    /// Compares two evaluations over the same judgments and topics.
    ///
    /// The p is that of Fisher's randomisation test, two-sided and paired: were the runs equally
    /// good, it would be by chance which of them made which of the two numbers of a query. So the
    /// signs of the differences are drawn anew [`N_PERMUTATIONS`] times, for all measures at once,
    /// and p is how often the mean difference is as great as the true one or greater, the true one
    /// being counted as one of the draws (Smucker, Allan and Carterette, CIKM 2007; Phipson and
    /// Smyth 2010 for the one that is added). It is drawn, not enumerated: a p near .05 may be off
    /// by .003. Six measures are six tests: one of them below .05 by chance is no rarity.
    pub fn of(run: &Evaluation, baseline: Evaluation) -> Self {
        let differences = paired(run, &baseline);
        let observed = Scores::each(|measure| sum(&differences, measure));
        let n_as_great = n_as_great(&differences, &observed);
        let n_queries = differences.len().max(1) as f64;
        let of_measure = |measure: Measure| Difference {
            mean: observed.get(measure) / n_queries,
            p: (1.0 + n_as_great.get(measure)) / (1.0 + f64::from(N_PERMUTATIONS)),
            n_better: differences.iter().filter(|it| it.get(measure) > 0.0).count(),
            n_worse: differences.iter().filter(|it| it.get(measure) < 0.0).count(),
        };
        Self { differences: Measure::ALL.map(of_measure), baseline }
    }

    /// Returns the difference by a measure.
    pub fn difference(&self, measure: Measure) -> &Difference {
        &self.differences[measure as usize]
    }

    /// Returns the numbers of the baseline for the query with an index.
    pub fn baseline_of(&self, idx: usize) -> Scores {
        self.baseline.queries.get(idx).map_or_else(Scores::default, |query| query.scores)
    }
}

/// Returns the differences, query by query: both evaluations have the same ones in order.
fn paired(run: &Evaluation, baseline: &Evaluation) -> Vec<Scores> {
    let pairs = run.queries.iter().zip(&baseline.queries);
    let less = |(a, b): (&QueryScores, &QueryScores)| {
        Scores::each(|measure| a.scores.get(measure) - b.scores.get(measure))
    };
    pairs.map(less).collect()
}

fn sum(differences: &[Scores], measure: Measure) -> f64 {
    differences.iter().map(|it| it.get(measure)).sum()
}

/// What two sums of the same numbers in another order may differ by.
const ROUNDING: f64 = 1e-9;

/// Counts, for each measure, the draws of signs that make the sum as great as the observed one.
fn n_as_great(differences: &[Scores], observed: &Scores) -> Scores {
    let mut random = SplitMix64::new(SEED);
    let mut counts = Scores::default();
    for _ in 0..N_PERMUTATIONS {
        let mut drawn = Scores::default();
        let mut bits = 0;
        for (idx, difference) in differences.iter().enumerate() {
            if idx % 64 == 0 {
                bits = random.bits();
            }
            let sign = if bits >> (idx % 64) & 1 == 1 { 1.0 } else { -1.0 };
            drawn = Scores::each(|measure| drawn.get(measure) + sign * difference.get(measure));
        }
        counts = Scores::each(|measure| {
            let is_as_great = drawn.get(measure).abs() >= observed.get(measure).abs() - ROUNDING;
            counts.get(measure) + f64::from(u8::from(is_as_great))
        });
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how likely some differences are by chance, and how likely in truth: by all the signs
    /// that there can be.
    fn drawn_and_true(differences: &[f64]) -> (f64, f64) {
        let scores: Vec<Scores> = differences.iter().map(|it| Scores::each(|_| *it)).collect();
        let measure = Measure::AveragePrecision;
        let observed = Scores::each(|measure| sum(&scores, measure));
        let drawn =
            (1.0 + n_as_great(&scores, &observed).get(measure)) / (1.0 + f64::from(N_PERMUTATIONS));
        let all = 1_u32 << differences.len();
        let signed = |signs: u32| -> f64 {
            let signed = differences.iter().enumerate();
            signed.map(|(idx, it)| if signs >> idx & 1 == 1 { *it } else { -*it }).sum()
        };
        let least = observed.get(measure).abs() - ROUNDING;
        let n = (0..all).filter(|signs| signed(*signs).abs() >= least).count();
        (drawn, n as f64 / f64::from(all))
    }

    #[test]
    fn drawn_signs_come_near_to_all_signs() {
        for differences in [
            &[0.5; 6][..],
            &[0.1, 0.2, 0.3, -0.05, 0.4, 0.0, 0.25, 0.15],
            &[0.1, -0.1, 0.2, -0.15, 0.05],
            &[0.0, 0.0],
        ] {
            let (drawn, all) = drawn_and_true(differences);
            assert!((drawn - all).abs() < 0.01, "{differences:?}: {drawn}, but {all}");
        }
    }

    #[test]
    fn more_queries_than_bits_are_drawn_one_by_one() {
        let differences: Vec<f64> = (0..200).map(|idx| f64::from(idx % 3) - 1.0).collect();
        let scores: Vec<Scores> = differences.iter().map(|it| Scores::each(|_| *it)).collect();
        let n = n_as_great(&scores, &Scores::each(|_| 1.0)).get(Measure::Ndcg10);
        // The sum of 133 signs is odd, so it is never 0.
        assert_eq!(n, f64::from(N_PERMUTATIONS));
    }
}
