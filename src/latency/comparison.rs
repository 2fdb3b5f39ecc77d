//! Two measurements of the same queries, side by side.

use std::fmt;

use serde::Serialize;

use crate::error::{Error, Kind, Result};

use super::statistics::{Grouped, Interval, Statistic, mann_whitney, ratio, ratios};
use super::{Meter, Reach, Report, Row};

/// A p below this is no chance. It is small because a comparison has some thirty rows, each with a
/// p of its own.
pub const ALPHA: f64 = 0.001;

/// A number of a row that two measurements are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// The median.
    P50,
    /// The time that 90 % of the queries keep within.
    P90,
    /// The same of 95 %.
    P95,
    /// The same of 99 %.
    P99,
    /// The mean.
    Mean,
    /// Queries a second.
    PerSecond,
    /// The mean CPU time.
    Cpu,
}

impl Metric {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::P50, Self::P90, Self::P95, Self::P99, Self::Mean, Self::PerSecond, Self::Cpu];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::P50 => "p50",
            Self::P90 => "p90",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::Mean => "mean",
            Self::PerSecond => "qps",
            Self::Cpu => "cpu",
        }
    }

    fn of(self, row: &Row) -> Option<f64> {
        match self {
            Self::P50 => Some(row.p50_ns as f64),
            Self::P90 => Some(row.p90_ns as f64),
            Self::P95 => Some(row.p95_ns as f64),
            Self::P99 => Some(row.p99_ns as f64),
            Self::Mean => Some(row.mean_ns),
            Self::PerSecond => Some(row.per_s),
            Self::Cpu => row.cpu_mean_ns,
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What became of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It takes less time.
    Faster,
    /// Nothing more can be said than chance could have done.
    Same,
    /// It takes more time.
    Slower,
}

impl Verdict {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Faster => "faster",
            Self::Same => "same",
            Self::Slower => "slower",
        }
    }
}

/// The second of two numbers, as a multiple of the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The first number.
    pub before: f64,
    /// The second.
    pub after: f64,
    /// The second as a multiple of the first.
    pub ratio: f64,
    /// Between these it lies with 95 % confidence; nothing where no samples tell.
    pub interval: Option<Interval>,
}

impl Change {
    /// Tells whether it is no chance: the interval lies on one side of 1.
    pub fn is_significant(&self) -> bool {
        self.interval.is_some_and(|it| it.low > 1.0 || it.high < 1.0)
    }
}

/// What became of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct RowChange {
    /// How far its queries were followed.
    pub reach: Reach,
    /// The class.
    pub class: String,
    /// What became of each of [`Metric::ALL`], in order; nothing where one of the two does not know.
    pub changes: [Option<Change>; Metric::ALL.len()],
    /// How likely such a difference of the times is by chance: [`mann_whitney`].
    pub p: f64,
    /// What that comes to.
    pub verdict: Verdict,
    /// The mean number of hits of a query, before and after.
    pub hits: (f64, f64),
}

impl RowChange {
    /// Returns what became of a metric.
    pub fn change(&self, metric: Metric) -> Option<&Change> {
        self.changes[metric as usize].as_ref()
    }
}

/// Two measurements, side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The classes that both have.
    pub rows: Vec<RowChange>,
    /// What people should know before they believe it.
    pub notes: Vec<String>,
}

/// Whether measurements of different things are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    /// They are refused.
    Required,
    /// They are compared, and it is told what differs.
    Waived,
}

impl Comparison {
    /// Compares a measurement with an earlier one.
    ///
    /// A class is slower or faster where chance gives such times with a p below [`ALPHA`], and the
    /// interval of the median's ratio or that of the mean's lies on that side of 1. That tells the
    /// two runs apart, not what made the difference: a machine that did something else meanwhile is
    /// slower too.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`] where the two asked other queries, asked another corpus or asked in another
    /// way, unless that is waived; and where they share no class.
    pub fn of(before: &Report, after: &Report, alike: Alike) -> Result<Self> {
        let differences = differences(before, after);
        if alike == Alike::Required && !differences.is_empty() {
            let message = format!("the two cannot be compared: {}", differences.join("; "));
            return Err(Error::new(Kind::Usage, message)
                .with_hint("measure both alike, or compare them all the same with --force"));
        }
        let pairs =
            before.rows.iter().filter_map(|row| Some((row, after.row(row.reach, &row.class)?)));
        let rows: Vec<RowChange> = pairs.map(|(before, after)| row_change(before, after)).collect();
        if rows.is_empty() {
            return Err(Error::new(Kind::Usage, "the two have no class in common")
                .with_hint("measure both with the same file of queries"));
        }
        let mut notes: Vec<String> =
            differences.iter().map(|it| format!("compared all the same: {it}")).collect();
        notes.extend(gaps(before, after, &rows));
        Ok(Self { rows, notes })
    }
}

/// Tells what makes two measurements different questions.
fn differences(before: &Report, after: &Report) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differ = |what: &str, a: &str, b: &str| {
        if a != b {
            differences.push(format!("{what} differs ({a}, {b})"));
        }
    };
    differ("the workload", &before.workload.mark, &after.workload.mark);
    differ("the corpus", &before.index.corpus, &after.index.corpus);
    let pace = |report: &Report| match report.run.asked_per_s {
        Some(per_s) => format!("{per_s}/s"),
        None => report.run.pace.clone(),
    };
    let meter = |report: &Report| match report.run.meter {
        Meter::Wall => "wall",
        Meter::Cpu => "cpu",
    };
    differ("the time that was measured", meter(before), meter(after));
    differ("the pace", &pace(before), &pace(after));
    let threads = |report: &Report| report.run.threads.to_string();
    differ("the number of threads", &threads(before), &threads(after));
    differences
}

/// Tells what two measurements do not share although they may be compared.
fn gaps(before: &Report, after: &Report, rows: &[RowChange]) -> Vec<String> {
    let mut notes = Vec::new();
    let (a, b) = (&before.environment, &after.environment);
    for (what, a, b) in [("processor", &a.cpu, &b.cpu), ("system", &a.system, &b.system)] {
        if a != b {
            notes.push(format!("another {what}: {a}, {b}"));
        }
    }
    if a.optimised != b.optimised {
        notes.push("one of the two was built without --release".to_owned());
    }
    let is_lost =
        |row: &&Row| !rows.iter().any(|it| it.reach == row.reach && it.class == row.class);
    for row in before.rows.iter().chain(&after.rows).filter(is_lost) {
        notes.push(format!("only one of the two has {} {}", row.reach.name(), row.class));
    }
    for row in rows.iter().filter(|row| row.hits.0 != row.hits.1) {
        let (before, after) = row.hits;
        let RowChange { reach, class, .. } = row;
        notes.push(format!(
            "{} {class} has other hits: {before:.2} and {after:.2} a query",
            reach.name()
        ));
    }
    notes
}

/// What the samples can tell, in the order of [`Metric::ALL`].
const STATISTICS: [Statistic; 5] = [
    Statistic::Quantile(0.5),
    Statistic::Quantile(0.9),
    Statistic::Quantile(0.95),
    Statistic::Quantile(0.99),
    Statistic::Mean,
];

fn row_change(before: &Row, after: &Row) -> RowChange {
    let grouped = [Grouped::new(&before.samples), Grouped::new(&after.samples)];
    let has_samples = !before.samples.is_empty() && !after.samples.is_empty();
    let intervals = has_samples.then(|| ratios(&grouped[0], &grouped[1], STATISTICS));
    let p = mann_whitney(&grouped[0].times_ns(), &grouped[1].times_ns());
    let interval = |metric: Metric| match (metric, &intervals) {
        (_, None) | (Metric::Cpu, _) => None,
        // Twice the time is half the rate.
        (Metric::PerSecond, Some(of)) => {
            let mean = of[Metric::Mean as usize];
            Some(Interval { low: 1.0 / mean.high, high: 1.0 / mean.low })
        }
        (metric, Some(of)) => Some(of[metric as usize]),
    };
    let changes = Metric::ALL.map(|metric| {
        let (before, after) = (metric.of(before)?, metric.of(after)?);
        Some(Change { before, after, ratio: ratio(before, after), interval: interval(metric) })
    });
    let row = RowChange {
        reach: before.reach,
        class: before.class.clone(),
        changes,
        p,
        verdict: Verdict::Same,
        hits: (before.hits_mean, after.hits_mean),
    };
    RowChange { verdict: verdict(&row), ..row }
}

fn verdict(row: &RowChange) -> Verdict {
    let of = |metric| row.change(metric).and_then(|change| change.interval);
    let (median, mean) = (of(Metric::P50), of(Metric::Mean));
    let either = |is_beyond: fn(Interval) -> bool| {
        median.is_some_and(is_beyond) || mean.is_some_and(is_beyond)
    };
    match (either(|it| it.low > 1.0), either(|it| it.high < 1.0)) {
        (true, false) if row.p < ALPHA => Verdict::Slower,
        (false, true) if row.p < ALPHA => Verdict::Faster,
        _ => Verdict::Same,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::random::SplitMix64;

    /// Makes a report of one class: ten queries between 100 and 1000 µs, 20 times each.
    pub(in super::super) fn report(factor: f64) -> Report {
        let mut random = SplitMix64::new(factor.to_bits());
        let mut samples = Vec::new();
        for query in 0..10 {
            for _ in 0..20 {
                let noise = 0.95 + 0.1 * random.below(1_000) as f64 / 1e3;
                samples.push((query, ((query + 1) as f64 * 100_000.0 * factor * noise) as u64));
            }
        }
        let mut times = Grouped::new(&samples).times_ns();
        let mut at = |share| Statistic::Quantile(share).of(&mut times) as u64;
        let (p50_ns, p90_ns, p95_ns, p99_ns) = (at(0.5), at(0.9), at(0.95), at(0.99));
        let mean_ns = Statistic::Mean.of(&mut times);
        let class = "word".to_owned();
        let row = Row { class, p50_ns, p90_ns, p95_ns, p99_ns, mean_ns, samples, ..Row::default() };
        let row =
            Row { per_s: 1e9 / mean_ns, cpu_mean_ns: Some(mean_ns * 0.9), hits_mean: 7.0, ..row };
        Report {
            format_version: super::super::FORMAT_VERSION,
            environment: super::super::Environment::default(),
            index: super::super::IndexState::default(),
            workload: super::super::WorkloadState::default(),
            run: super::super::RunState::default(),
            rows: vec![row],
            notes: Vec::new(),
        }
    }

    fn compared(before: &Report, after: &Report) -> Comparison {
        Comparison::of(before, after, Alike::Required).unwrap()
    }

    #[test]
    fn a_measurement_is_the_same_as_itself() {
        let comparison = compared(&report(1.0), &report(1.0));
        let row = &comparison.rows[0];
        assert_eq!((row.verdict, comparison.notes.len()), (Verdict::Same, 0));
        assert_eq!(row.change(Metric::P99).unwrap().ratio, 1.0);
        assert!(row.p > 0.99);
    }

    #[test]
    fn what_takes_half_as_long_again_is_slower_and_the_other_way_round() {
        let comparison = compared(&report(1.0), &report(1.5));
        let row = &comparison.rows[0];
        assert_eq!(row.verdict, Verdict::Slower);
        let median = row.change(Metric::P50).unwrap();
        let interval = median.interval.unwrap();
        assert!(1.4 < interval.low && interval.low < 1.5 && interval.high < 1.6, "{median:?}");
        let rate = row.change(Metric::PerSecond).unwrap();
        assert!(rate.interval.unwrap().high < 0.7 && rate.ratio < 0.7, "{rate:?}");
        assert_eq!(compared(&report(1.5), &report(1.0)).rows[0].verdict, Verdict::Faster);
    }

    #[test]
    fn other_questions_are_refused_unless_that_is_waived() {
        let before = report(1.0);
        let mut after = report(1.0);
        after.workload.mark = "b".to_owned();
        after.index.corpus = "c".to_owned();
        after.run.threads = 2;
        after.run.asked_per_s = Some(50.0);
        let error = Comparison::of(&before, &after, Alike::Required).unwrap_err();
        assert_eq!(
            error.message,
            "the two cannot be compared: the workload differs (, b); the corpus differs (, c); \
             the pace differs (, 50/s); the number of threads differs (0, 2)"
        );
        let waived = Comparison::of(&before, &after, Alike::Waived).unwrap();
        assert_eq!(waived.notes.len(), 4);
        after.rows[0].class = "phrase".to_owned();
        let error = Comparison::of(&before, &after, Alike::Waived).unwrap_err();
        assert_eq!(error.message, "the two have no class in common");
    }

    #[test]
    fn what_the_two_do_not_share_is_told() {
        let before = report(1.0);
        let mut after = report(1.0);
        after.environment.cpu = "other".to_owned();
        after.rows[0].hits_mean = 6.5;
        after.rows.push(Row { class: "new".to_owned(), ..Row::default() });
        assert_eq!(
            compared(&before, &after).notes,
            [
                "another processor: , other",
                "only one of the two has show new",
                "show word has other hits: 7.00 and 6.50 a query"
            ]
        );
    }
}
