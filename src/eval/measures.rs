//! The measures, with the definitions of trec_eval.

use std::collections::HashMap;

use super::Ranked;

/// A measure of a ranking; each is between 0 and 1, and more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Average precision, `map` of trec_eval: the precision at each relevant article, over all
    /// relevant articles; one that was not found adds 0. The whole ranking counts.
    AveragePrecision,
    /// Normalized discounted cumulative gain of the first ten, `ndcg_cut_10`: the gain of an article
    /// is its grade, divided by the logarithm of its rank + 1 to the base 2; over the gain of the
    /// best order that there can be (Järvelin and Kekäläinen, ACM TOIS 20, 2002).
    Ndcg10,
    /// The part of the first ten that is relevant, `P_10`; a ranking of five articles has ten too.
    Precision10,
    /// The part of the relevant articles that is among the first hundred, `recall_100`.
    Recall100,
    /// The part of the relevant articles that is among the first thousand, `recall_1000`.
    Recall1000,
    /// One over the rank of the first relevant article, 0 beyond the tenth: `recip_rank` of
    /// trec_eval with `-M 10`.
    ReciprocalRank10,
}

impl Measure {
    /// All measures, in the order in which they are printed.
    pub const ALL: [Self; 6] = [
        Self::AveragePrecision,
        Self::Ndcg10,
        Self::Precision10,
        Self::Recall100,
        Self::Recall1000,
        Self::ReciprocalRank10,
    ];

    /// Returns the name of its mean, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::AveragePrecision => "MAP",
            Self::Ndcg10 => "nDCG@10",
            Self::Precision10 => "P@10",
            Self::Recall100 => "R@100",
            Self::Recall1000 => "R@1000",
            Self::ReciprocalRank10 => "MRR@10",
        }
    }

    /// Returns its name for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::AveragePrecision => "map",
            Self::Ndcg10 => "ndcg_10",
            Self::Precision10 => "p_10",
            Self::Recall100 => "recall_100",
            Self::Recall1000 => "recall_1000",
            Self::ReciprocalRank10 => "mrr_10",
        }
    }
}

/// A number for each measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores([f64; Measure::ALL.len()]);

impl Scores {
    /// Makes a number for each measure.
    pub fn each(number: impl Fn(Measure) -> f64) -> Self {
        Self(Measure::ALL.map(number))
    }

    /// Measures what was found for a query, given the grades of its articles.
    ///
    /// All are 0 where nothing is relevant.
    pub fn of(found: &[Ranked], grades: &HashMap<String, i32>) -> Self {
        let gain = |id: &str| f64::from(grades.get(id).copied().unwrap_or(0).max(0));
        let gains: Vec<f64> = found.iter().map(|it| gain(&it.id)).collect();
        let mut ideal: Vec<f64> = grades.values().map(|it| f64::from((*it).max(0))).collect();
        ideal.sort_unstable_by(|a, b| b.total_cmp(a));
        let n_relevant = ideal.iter().filter(|gain| **gain > 0.0).count() as f64;
        if n_relevant == 0.0 {
            return Self::default();
        }
        Self::each(|measure| match measure {
            Measure::AveragePrecision => sum_of_precisions(&gains) / n_relevant,
            Measure::Ndcg10 => discounted(&gains) / discounted(&ideal),
            Measure::Precision10 => n_relevant_among(&gains, 10) / 10.0,
            Measure::Recall100 => n_relevant_among(&gains, 100) / n_relevant,
            Measure::Recall1000 => n_relevant_among(&gains, 1_000) / n_relevant,
            Measure::ReciprocalRank10 => {
                let rank = gains.iter().take(10).position(|gain| *gain > 0.0);
                rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64)
            }
        })
    }

    /// Returns the mean of the numbers of several queries, 0 of none.
    pub fn mean<'a>(queries: impl ExactSizeIterator<Item = &'a Self>) -> Self {
        let n_queries = queries.len().max(1) as f64;
        let mut sum = Self::default();
        for scores in queries {
            sum = Self::each(|measure| sum.get(measure) + scores.get(measure));
        }
        Self::each(|measure| sum.get(measure) / n_queries)
    }

    /// Returns the number of a measure.
    pub fn get(&self, measure: Measure) -> f64 {
        self.0[measure as usize]
    }
}

fn n_relevant_among(gains: &[f64], n_first: usize) -> f64 {
    gains.iter().take(n_first).filter(|gain| **gain > 0.0).count() as f64
}

fn sum_of_precisions(gains: &[f64]) -> f64 {
    let (mut n_relevant, mut sum) = (0.0, 0.0);
    for (idx, gain) in gains.iter().enumerate() {
        if *gain > 0.0 {
            n_relevant += 1.0;
            sum += n_relevant / (idx + 1) as f64;
        }
    }
    sum
}

fn discounted(gains: &[f64]) -> f64 {
    let gains = gains.iter().take(10).enumerate();
    // The sum of nothing is -0, which would be printed with its sign.
    gains.fold(0.0, |sum, (idx, gain)| sum + gain / ((idx + 2) as f64).log2())
}
