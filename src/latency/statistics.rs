//! What numbers say, and how sure that is.

use crate::random::SplitMix64;

use super::tally::Sample;

/// How often a bootstrap draws.
pub const N_DRAWS: usize = 1_000;

/// What the draws begin with: the same samples give the same intervals.
const SEED: u64 = 1;

/// A number, and the interval in which it lies with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Something that is asked of a set of times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// The arithmetic mean.
    Mean,
    /// The time within which a share of the queries is answered: of n times in order the
    /// ⌈share · n⌉th.
    Quantile(f64),
}

impl Statistic {
    /// Returns the number for some times, which end up in another order; 0 for none.
    pub fn of(self, times_ns: &mut [u64]) -> f64 {
        if times_ns.is_empty() {
            return 0.0;
        }
        match self {
            Self::Mean => {
                let sum: u128 = times_ns.iter().map(|it| u128::from(*it)).sum();
                sum as f64 / times_ns.len() as f64
            }
            Self::Quantile(share) => {
                let rank = (share * times_ns.len() as f64).ceil().max(1.0) as usize;
                let idx = (rank - 1).min(times_ns.len() - 1);
                *times_ns.select_nth_unstable(idx).1 as f64
            }
        }
    }
}

/// Times by query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouped {
    groups: Vec<(usize, Vec<u64>)>,
}

impl Grouped {
    /// Groups samples, which may come in any order.
    pub fn new(samples: &[Sample]) -> Self {
        let mut sorted = samples.to_vec();
        sorted.sort_unstable();
        let mut groups: Vec<(usize, Vec<u64>)> = Vec::new();
        for (query, took_ns) in sorted {
            match groups.last_mut() {
                Some((last, times_ns)) if *last == query => times_ns.push(took_ns),
                _ => groups.push((query, vec![took_ns])),
            }
        }
        Self { groups }
    }

    /// Returns all times.
    pub fn times_ns(&self) -> Vec<u64> {
        self.groups.iter().flat_map(|(_, times_ns)| times_ns).copied().collect()
    }

    fn queries(&self) -> impl Iterator<Item = usize> {
        self.groups.iter().map(|(query, _)| *query)
    }

    /// Draws some queries and, of each, as many of its times as it has, some more than once.
    fn draw(&self, chosen: &[usize], random: &mut SplitMix64, drawn: &mut Vec<u64>) {
        drawn.clear();
        for group in chosen {
            let Some((_, times_ns)) = self.groups.get(*group) else { continue };
            drawn.extend((0..times_ns.len()).filter_map(|_| random.one_of(times_ns)));
        }
    }

    fn choose(&self, random: &mut SplitMix64, chosen: &mut Vec<usize>) {
        let n_groups = self.groups.len();
        chosen.clear();
        chosen.extend((0..n_groups).map(|_| random.below(n_groups)));
    }
}

/// Returns where a statistic lies: the middle 95 % of [`N_DRAWS`] draws (the percentile bootstrap of
/// Efron and Tibshirani 1993, in two stages: queries are drawn first, then times of each).
///
/// Times of one query resemble each other. Were all times drawn alike, asking the same ten queries a
/// thousand times would seem to tell all about the other queries of their class.
pub fn interval(grouped: &Grouped, statistic: Statistic) -> Interval {
    let mut random = SplitMix64::new(SEED);
    let (mut chosen, mut drawn) = (Vec::new(), Vec::new());
    let draws = (0..N_DRAWS).map(|_| {
        grouped.choose(&mut random, &mut chosen);
        grouped.draw(&chosen, &mut random, &mut drawn);
        statistic.of(&mut drawn)
    });
    middle(draws.collect())
}

/// Returns where the ratios of some statistics lie, the second to the first, as [`interval`] does.
///
/// Where both are of the same queries, the same ones are drawn for both: that one query is slower
/// than another is then no part of the difference.
pub fn ratios<const N: usize>(
    before: &Grouped,
    after: &Grouped,
    statistics: [Statistic; N],
) -> [Interval; N] {
    let mut random = SplitMix64::new(SEED);
    let are_paired = before.queries().eq(after.queries());
    let mut draws: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(N_DRAWS));
    let (mut chosen, mut drawn_before, mut drawn_after) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..N_DRAWS {
        before.choose(&mut random, &mut chosen);
        before.draw(&chosen, &mut random, &mut drawn_before);
        if !are_paired {
            after.choose(&mut random, &mut chosen);
        }
        after.draw(&chosen, &mut random, &mut drawn_after);
        for (statistic, draws) in statistics.into_iter().zip(&mut draws) {
            draws.push(ratio(statistic.of(&mut drawn_before), statistic.of(&mut drawn_after)));
        }
    }
    draws.map(middle)
}

/// Returns how many times as great the second number is.
pub(super) fn ratio(before: f64, after: f64) -> f64 {
    if before > 0.0 { after / before } else { 1.0 }
}

fn middle(mut draws: Vec<f64>) -> Interval {
    draws.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        let idx = (share * draws.len().saturating_sub(1) as f64).round() as usize;
        draws.get(idx).copied().unwrap_or_default()
    };
    Interval { low: at(0.025), high: at(0.975) }
}

/// Returns how likely two sets of times differ so much by chance where neither is slower: the U test
/// of Mann and Whitney (1947), two-sided, by the normal approximation with corrections for ties and
/// for continuity. 1 where one of them is empty.
///
/// It takes times as independent, which several of one query are not quite; [`ratios`] are free of
/// that. With fewer than some eight times on either side the approximation is coarse.
pub fn mann_whitney(a: &[u64], b: &[u64]) -> f64 {
    let (n_a, n_b) = (a.len() as f64, b.len() as f64);
    let mut all: Vec<(u64, bool)> = a.iter().map(|it| (*it, true)).collect();
    all.extend(b.iter().map(|it| (*it, false)));
    all.sort_unstable();
    let (mut rank_sum, mut ties, mut n_before) = (0.0, 0.0, 0.0);
    for equal in all.chunk_by(|x, y| x.0 == y.0) {
        let n_equal = equal.len() as f64;
        let mean_rank = n_before + (n_equal + 1.0) / 2.0;
        rank_sum += mean_rank * equal.iter().filter(|it| it.1).count() as f64;
        ties += n_equal.powi(3) - n_equal;
        n_before += n_equal;
    }
    let n = n_a + n_b;
    let u = rank_sum - n_a * (n_a + 1.0) / 2.0;
    let variance = n_a * n_b / 12.0 * (n + 1.0 - ties / (n * (n - 1.0)).max(1.0));
    if variance <= 0.0 {
        return 1.0;
    }
    let z = ((u - n_a * n_b / 2.0).abs() - 0.5).max(0.0) / variance.sqrt();
    complementary_error(z / std::f64::consts::SQRT_2)
}

/// Returns the complementary error function for x ≥ 0, within a ten-millionth of its value (the
/// rational Chebyshev approximation `erfcc` of Press et al., Numerical Recipes in C, 1992, §6.2).
fn complementary_error(x: f64) -> f64 {
    const TERMS: [f64; 10] = [
        0.170_872_77,
        -0.822_152_23,
        1.488_515_87,
        -1.135_203_98,
        0.278_868_07,
        -0.186_288_06,
        0.096_784_18,
        0.374_091_96,
        1.000_023_68,
        -1.265_512_23,
    ];
    let t = 1.0 / (1.0 + 0.5 * x);
    let polynomial = TERMS.iter().fold(0.0, |sum, term| sum * t + term);
    (t * (polynomial - x * x).exp()).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!((found / wanted - 1.0).abs() < 1e-5, "{found}, not {wanted}");
    }

    #[test]
    fn the_error_function_is_that_of_the_tables() {
        // Abramowitz and Stegun, Handbook of Mathematical Functions, table 7.1: 1 − erf x.
        near(complementary_error(0.0), 1.0);
        near(complementary_error(0.5), 0.479_500_122_2);
        near(complementary_error(1.0), 0.157_299_207_1);
        near(complementary_error(2.0), 0.004_677_734_98);
    }

    #[test]
    fn a_test_of_ranks_comes_to_the_published_p() {
        // The example of scipy.stats.mannwhitneyu, method="asymptotic": 0.11134688653314041.
        near(mann_whitney(&[19, 22, 16, 29, 24], &[20, 11, 17, 12]), 0.111_346_886_5);
        near(mann_whitney(&[20, 11, 17, 12], &[19, 22, 16, 29, 24]), 0.111_346_886_5);
    }

    #[test]
    fn equal_times_share_their_rank() {
        // By hand: the ranks of the first are 2, 2 and 4.5, so U = 8.5 − 6 = 2.5; ties
        // 3³ − 3 + 2³ − 2 = 30; the variance is 12/12 · (8 − 30/42) = 7.2857,
        // z = (3.5 − 0.5)/2.6992 = 1.1114, and 2 · (1 − Φ(1.1114)) = 0.2664.
        let p = mann_whitney(&[1, 1, 2], &[1, 2, 3, 4]);
        assert!((p - 0.2664).abs() < 1e-4, "{p}");
    }

    #[test]
    fn where_nothing_differs_nothing_is_told() {
        assert_eq!(mann_whitney(&[5; 20], &[5; 30]), 1.0);
        assert_eq!(mann_whitney(&[], &[1, 2]), 1.0);
        assert_eq!(mann_whitney(&[], &[]), 1.0);
        let same: Vec<u64> = (0..100).collect();
        assert!(mann_whitney(&same, &same) > 0.99);
    }

    #[test]
    fn statistics_are_those_of_the_book() {
        let mut times = [50, 10, 40, 20, 30];
        assert_eq!(Statistic::Mean.of(&mut times), 30.0);
        for (share, wanted) in [(0.0, 10.0), (0.2, 10.0), (0.5, 30.0), (0.9, 50.0), (1.0, 50.0)] {
            assert_eq!(Statistic::Quantile(share).of(&mut times), wanted, "{share}");
        }
        assert_eq!(Statistic::Mean.of(&mut []), 0.0);
        assert_eq!(Statistic::Quantile(0.5).of(&mut []), 0.0);
    }

    /// Times of some queries, a few each, the later ones slower.
    fn samples(n_queries: usize, factor: u64) -> Vec<Sample> {
        let mut random = SplitMix64::new(3);
        (0..n_queries * 5)
            .map(|idx| {
                let query = idx % n_queries;
                (query, (query as u64 + 1) * factor * (900 + random.below(200) as u64))
            })
            .collect()
    }

    #[test]
    fn the_same_times_give_the_same_interval_in_whatever_order_they_come() {
        let mut times = samples(20, 1);
        let first = interval(&Grouped::new(&times), Statistic::Mean);
        times.reverse();
        assert_eq!(interval(&Grouped::new(&times), Statistic::Mean), first);
        let mean = Statistic::Mean.of(&mut Grouped::new(&times).times_ns());
        assert!(first.low < mean && mean < first.high, "{first:?} {mean}");
    }

    #[test]
    fn few_queries_asked_often_stay_uncertain() {
        // Twenty queries between 1 and 20: their mean has a standard error of 5.8/√20 = 1.3, an
        // eighth of it, and no repetition makes that less.
        let interval = interval(&Grouped::new(&samples(20, 1)), Statistic::Mean);
        let width = (interval.high - interval.low) / interval.low;
        assert!((0.3..0.9).contains(&width), "{width}");
    }

    #[test]
    fn the_same_queries_are_compared_with_themselves() {
        let (before, after) = (Grouped::new(&samples(20, 10)), Grouped::new(&samples(20, 12)));
        let [ratio] = ratios(&before, &after, [Statistic::Mean]);
        assert!(1.18 < ratio.low && ratio.low < 1.2, "{ratio:?}");
        assert!(1.2 < ratio.high && ratio.high < 1.22, "{ratio:?}");
        let others: Vec<Sample> = samples(20, 12).iter().map(|it| (it.0 + 100, it.1)).collect();
        let [unpaired] = ratios(&before, &Grouped::new(&others), [Statistic::Mean]);
        assert!(unpaired.low < 1.0 && unpaired.high > 1.3, "{unpaired:?}");
    }
}
