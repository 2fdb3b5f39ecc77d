//! What was measured, counted as it comes.

use std::collections::{BTreeMap, BinaryHeap};

use hdrhistogram::Histogram;

use crate::error::{Error, Kind, Result};
use crate::random::scramble;

use super::{ERRORS_TOLD_MAX, Plan, SAMPLES_MAX, Workload};

/// How exact the percentiles are, in figures: within a thousandth.
const FIGURES: u8 = 3;

/// What a run recorded.
#[derive(Clone, Debug)]
pub struct Recorder {
    /// A tally for each way that queries are followed and, within it, each class.
    pub rows: Vec<Tally>,
    /// How many classes there are.
    n_classes: usize,
    /// How long it took, in nanoseconds.
    pub wall_ns: u64,
    /// How many rounds were begun, at a closed pace.
    pub n_rounds: u64,
    /// How many queries began late, at a fixed rate.
    pub n_late: u64,
    /// How many were given up.
    pub n_unasked: u64,
    /// How often everything stood still between two queries.
    pub n_gaps: u64,
}

impl Recorder {
    /// Begins with nothing.
    pub(super) fn new(workload: &Workload, plan: &Plan) -> Result<Self> {
        let n_classes = workload.classes.len();
        let tallies = (0..n_classes * plan.reaches.len()).map(|_| Tally::new());
        Ok(Self {
            rows: tallies.collect::<Result<_>>()?,
            n_classes,
            wall_ns: 0,
            n_rounds: 0,
            n_late: 0,
            n_unasked: 0,
            n_gaps: 0,
        })
    }

    /// Returns the tally of a class.
    pub(super) fn row(&mut self, reach: usize, class: usize) -> Option<&mut Tally> {
        self.rows.get_mut(reach * self.n_classes + class)
    }

    /// Returns how many queries were asked, answered or not.
    pub fn n_asked(&self) -> u64 {
        self.rows.iter().map(|it| it.n + it.n_errors + it.n_untimed).sum()
    }

    /// Adds what another thread recorded.
    pub(super) fn add(&mut self, other: Self) {
        for (own, other) in self.rows.iter_mut().zip(other.rows) {
            own.add(other);
        }
        self.n_late += other.n_late;
        self.n_gaps += other.n_gaps;
    }
}

/// What was measured of a class.
#[derive(Clone, Debug)]
pub struct Tally {
    histogram: Histogram<u64>,
    /// How many times were measured.
    pub n: u64,
    /// How many hits there were in all.
    pub n_hits: u64,
    /// How many queries could not be asked.
    pub n_errors: u64,
    /// How many took no time by the clock, or less than none; they are in no other number.
    pub n_untimed: u64,
    /// The shortest time, in nanoseconds.
    pub min_ns: u64,
    /// The longest.
    pub max_ns: u64,
    /// The query that took it, by its index.
    pub slowest: usize,
    /// The sum of all times.
    pub sum_ns: u128,
    /// The CPU time of all, where it is known.
    pub cpu_ns: Option<u128>,
    /// Why queries could not be asked, the first ones by their indexes.
    pub errors: BTreeMap<usize, String>,
    kept: BinaryHeap<(u64, Sample)>,
}

/// A time that is kept: of which query, by its index, and how many nanoseconds.
pub type Sample = (usize, u64);

impl Tally {
    fn new() -> Result<Self> {
        let histogram = Histogram::new(FIGURES).map_err(|cause| {
            Error::new(Kind::Usage, format!("cannot make a histogram: {cause}"))
        })?;
        Ok(Self {
            histogram,
            n: 0,
            n_hits: 0,
            n_errors: 0,
            n_untimed: 0,
            min_ns: u64::MAX,
            max_ns: 0,
            slowest: 0,
            sum_ns: 0,
            cpu_ns: None,
            errors: BTreeMap::new(),
            kept: BinaryHeap::new(),
        })
    }

    /// Records a query that was answered; without a time where the clock stood still.
    pub(super) fn record(
        &mut self,
        query: usize,
        sequence: u64,
        took_ns: Option<u64>,
        cpu_ns: Option<u64>,
        n_hits: u64,
    ) {
        // A histogram that grows takes every number.
        let Some(took_ns) = took_ns.filter(|it| self.histogram.record(*it).is_ok()) else {
            self.n_untimed += 1;
            return;
        };
        self.n += 1;
        self.n_hits += n_hits;
        self.sum_ns += u128::from(took_ns);
        self.min_ns = self.min_ns.min(took_ns);
        if took_ns > self.max_ns {
            (self.max_ns, self.slowest) = (took_ns, query);
        }
        self.cpu_ns = add(self.cpu_ns, cpu_ns.map(u128::from));
        self.keep((scramble(sequence), (query, took_ns)));
    }

    /// Keeps a sample of the times: those that chance gives the lowest numbers, chance being a
    /// function of the place in the run. So it does not matter which thread asked, and what two
    /// threads kept is put together as if one had kept it ("bottom-k", Cohen and Kaplan 2007).
    fn keep(&mut self, ticket: (u64, Sample)) {
        self.kept.push(ticket);
        if self.kept.len() > SAMPLES_MAX {
            self.kept.pop();
        }
    }

    /// Records a query that could not be asked.
    pub(super) fn fail(&mut self, query: usize, reason: String) {
        self.n_errors += 1;
        self.errors.insert(query, reason);
        while self.errors.len() > ERRORS_TOLD_MAX {
            self.errors.pop_last();
        }
    }

    fn add(&mut self, other: Self) {
        // Both histograms grow as they need, so what one holds the other can take.
        let _ = self.histogram.add(&other.histogram);
        self.n += other.n;
        self.n_hits += other.n_hits;
        self.n_untimed += other.n_untimed;
        self.sum_ns += other.sum_ns;
        self.min_ns = self.min_ns.min(other.min_ns);
        if other.max_ns > self.max_ns {
            (self.max_ns, self.slowest) = (other.max_ns, other.slowest);
        }
        self.cpu_ns = add(self.cpu_ns, other.cpu_ns);
        let n_errors = self.n_errors + other.n_errors;
        other.errors.into_iter().for_each(|(query, reason)| self.fail(query, reason));
        self.n_errors = n_errors;
        other.kept.into_iter().for_each(|ticket| self.keep(ticket));
    }

    /// Returns the time within which a share of the queries was answered, in nanoseconds: of n times
    /// in order the ⌈share · n⌉th, up to a thousandth more.
    pub fn at(&self, share: f64) -> u64 {
        self.histogram.value_at_quantile(share).clamp(self.min_ns.min(self.max_ns), self.max_ns)
    }

    /// Returns the mean, in nanoseconds.
    pub fn mean_ns(&self) -> f64 {
        self.sum_ns as f64 / self.n.max(1) as f64
    }

    /// Returns the times that were kept, in the order of the queries.
    pub fn samples(&self) -> Vec<Sample> {
        let mut samples: Vec<Sample> = self.kept.iter().map(|(_, sample)| *sample).collect();
        samples.sort_unstable();
        samples
    }
}

fn add(a: Option<u128>, b: Option<u128>) -> Option<u128> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a + b),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(times_ns: impl IntoIterator<Item = u64>) -> Tally {
        let mut tally = Tally::new().unwrap();
        for (sequence, took_ns) in (0..).zip(times_ns) {
            tally.record(sequence as usize, sequence, Some(took_ns), Some(1), 1);
        }
        tally
    }

    #[test]
    fn percentiles_are_times_that_were_measured() {
        // Of 1 to 1000 µs the share s lies at the 1000·s th.
        let tally = tally((1..=1_000).rev().map(|us| us * 1_000));
        for (share, us) in
            [(0.5, 500), (0.9, 900), (0.95, 950), (0.99, 990), (0.999, 999), (1.0, 1_000)]
        {
            let (found, wanted) = (tally.at(share) as f64, f64::from(us) * 1e3);
            assert!((found / wanted - 1.0).abs() <= 0.001, "{share}: {found}");
        }
        assert_eq!((tally.min_ns, tally.max_ns, tally.slowest), (1_000, 1_000_000, 0));
        assert_eq!(tally.mean_ns(), 500_500.0);
        assert_eq!(tally.cpu_ns, Some(1_000));
    }

    #[test]
    fn a_single_time_is_every_percentile() {
        let tally = tally([1_234_567]);
        assert_eq!([0.0, 0.5, 0.999, 1.0].map(|share| tally.at(share)), [1_234_567; 4]);
    }

    #[test]
    fn nothing_measured_is_nothing_anywhere() {
        let tally = tally([]);
        assert_eq!((tally.at(0.5), tally.mean_ns(), tally.samples()), (0, 0.0, vec![]));
    }

    #[test]
    fn two_threads_keep_what_one_would() {
        let times = || (0..10_000_u64).map(|idx| 1 + scramble(idx) % 1_000_000);
        let whole = tally(times());
        let mut halves = [Tally::new().unwrap(), Tally::new().unwrap()];
        for (sequence, took_ns) in (0..).zip(times()) {
            halves[sequence as usize % 2].record(
                sequence as usize,
                sequence,
                Some(took_ns),
                Some(1),
                1,
            );
        }
        let [mut first, second] = halves;
        first.add(second);
        assert_eq!(first.samples(), whole.samples());
        assert_eq!(first.samples().len(), SAMPLES_MAX);
        assert_eq!(
            [0.5, 0.99, 1.0].map(|it| first.at(it)),
            [0.5, 0.99, 1.0].map(|it| whole.at(it))
        );
        assert_eq!((first.n, first.sum_ns, first.slowest), (whole.n, whole.sum_ns, whole.slowest));
    }

    #[test]
    fn a_sample_has_the_shape_of_the_whole() {
        let tally = tally((1..=100_000).map(|idx| idx * 10));
        let mut kept: Vec<u64> = tally.samples().iter().map(|(_, ns)| *ns).collect();
        kept.sort_unstable();
        let median = kept[kept.len() / 2] as f64;
        assert!((median / 500_000.0 - 1.0).abs() < 0.05, "{median}");
    }

    #[test]
    fn the_first_errors_are_told_and_all_are_counted() {
        let mut tally = tally([5]);
        for query in [9, 3, 7, 1, 3, 8] {
            tally.fail(query, format!("fault {query}"));
        }
        assert_eq!(tally.n_errors, 6);
        assert_eq!(tally.errors.keys().copied().collect::<Vec<_>>(), [1, 3, 7]);
        assert_eq!(tally.n, 1);
    }
}
