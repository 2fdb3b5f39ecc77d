//! What a run found, as it is written to a file and read again.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};

use super::doubts::doubts;
use super::statistics::{Grouped, Statistic, interval};
use super::tally::{Recorder, Sample, Tally};
use super::{FORMAT_VERSION, Meter, Pace, Plan, Reach, Workload};

/// What a run found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version of this form.
    pub format_version: u32,
    /// What asked, and on which machine.
    pub environment: Environment,
    /// What was asked.
    pub index: IndexState,
    /// What was asked for.
    pub workload: WorkloadState,
    /// How it was asked.
    pub run: RunState,
    /// What was measured: a row for each way of following a query and each class.
    pub rows: Vec<Row>,
    /// What people should know before they believe a number.
    pub notes: Vec<String>,
}

/// What asked, and on which machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Environment {
    /// The version of the program.
    pub program: String,
    /// The commit that it was built from, where its builder said so in `DATELINE_COMMIT`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Whether it was built with optimisation.
    pub optimised: bool,
    /// The processor.
    pub cpu: String,
    /// How many threads run at once.
    pub cores: usize,
    /// The system and its version.
    pub system: String,
    /// How many threads wanted to run when the bench began, on average over a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load: Option<f64>,
}

/// Which index was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IndexState {
    /// The generation that answered.
    pub generation: u64,
    /// The generation in use at the end.
    pub generation_after: u64,
    /// How many articles it has.
    pub articles: u64,
    /// How many bytes its files have.
    pub bytes: u64,
    /// How many bytes the files have that it was made of.
    pub source_bytes: u64,
    /// What tells these files from others, by their content.
    pub corpus: String,
}

/// Which workload was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkloadState {
    /// Where it comes from, in words.
    pub origin: String,
    /// What tells it from others: [`Workload::mark`].
    pub mark: String,
    /// How many queries it has.
    pub queries: usize,
}

/// How a workload was asked, and how that went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunState {
    /// Which time was measured.
    pub meter: Meter,
    /// `closed` or `open`.
    pub pace: String,
    /// How many queries a second were to be asked, at an open pace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_per_s: Option<f64>,
    /// How many queries a second were answered.
    pub held_per_s: f64,
    /// How many threads asked.
    pub threads: usize,
    /// How often everything was asked before.
    pub warm_rounds: u64,
    /// How often everything was asked and measured.
    pub rounds: u64,
    /// What the order of the queries was drawn from.
    pub seed: u64,
    /// What was done about caches, in words.
    pub caches: String,
    /// How many queries were asked.
    pub asked: u64,
    /// How many of them could not be understood.
    pub errors: u64,
    /// How many began late.
    pub late: u64,
    /// How many were never asked, because the rate was far too high.
    pub unasked: u64,
    /// How long it took, in nanoseconds.
    pub wall_ns: u64,
    /// The CPU time of this process meanwhile, and of those that it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_ns: Option<u64>,
    /// The most memory that this process had, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_bytes_max: Option<u64>,
}

/// What was measured of a class.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// How far its queries were followed.
    pub reach: Reach,
    /// The class.
    pub class: String,
    /// How many queries it has.
    pub queries: usize,
    /// How many times were measured.
    pub n: u64,
    /// How many hits a query had, on average.
    pub hits_mean: f64,
    /// How many queries could not be asked.
    pub errors: u64,
    /// Some of them, each with its reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors_told: Vec<String>,
    /// How many took no time by the clock.
    pub untimed: u64,
    /// The shortest time.
    pub min_ns: u64,
    /// Half of the times are no longer.
    pub p50_ns: u64,
    /// 90 % of the times are no longer.
    pub p90_ns: u64,
    /// 95 %.
    pub p95_ns: u64,
    /// 99 %.
    pub p99_ns: u64,
    /// 99.9 %.
    pub p999_ns: u64,
    /// The longest time.
    pub max_ns: u64,
    /// The query that took it.
    pub slowest: String,
    /// The mean.
    pub mean_ns: f64,
    /// Between this and the next the mean lies with 95 % confidence.
    pub mean_low_ns: f64,
    /// See above.
    pub mean_high_ns: f64,
    /// How many such queries are answered in a second, if nothing else is asked; at an open pace,
    /// how many were.
    pub per_s: f64,
    /// The mean CPU time, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_mean_ns: Option<f64>,
    /// Where the time goes, stage by stage; where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageTime>,
    /// Shares of the queries and the times within which they were answered.
    #[serde(serialize_with = "in_a_line")]
    pub curve: Vec<(f64, u64)>,
    /// Some of the times, by chance: the number of the query in the workload, and nanoseconds.
    #[serde(serialize_with = "in_a_line")]
    pub samples: Vec<Sample>,
}

/// How long a stage of a query took, on average.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StageTime {
    /// The stage.
    pub stage: String,
    /// The mean of all queries, in nanoseconds.
    pub mean_ns: f64,
}

/// Long lists of numbers stand in a line each: the file is for people too.
fn in_a_line<T: Serialize, S: serde::Serializer>(
    list: &T,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    let raw = serde_json::value::to_raw_value(list).map_err(serde::ser::Error::custom)?;
    raw.serialize(serializer)
}

impl Report {
    /// Puts together what a run recorded and what is known of its surroundings.
    pub fn of(
        recorder: &Recorder,
        (workload, plan): (&Workload, &Plan),
        (environment, index): (Environment, IndexState),
    ) -> Self {
        let mut rows = Vec::new();
        let by_class = workload.by_class();
        let mut tallies = recorder.rows.iter();
        for reach in &plan.reaches {
            for (class, queries) in workload.classes.iter().zip(&by_class) {
                let Some(tally) = tallies.next() else { continue };
                // What has no rank has no row for it.
                if tally.n + tally.n_errors + tally.n_untimed > 0 {
                    let row = row(tally, workload, recorder, plan);
                    rows.push(Row {
                        reach: *reach,
                        class: class.clone(),
                        queries: queries.len(),
                        ..row
                    });
                }
            }
        }
        let state = WorkloadState {
            origin: String::new(),
            mark: workload.mark(),
            queries: workload.queries.len(),
        };
        let run = run_state(recorder, plan, &rows);
        let mut report = Self {
            format_version: FORMAT_VERSION,
            environment,
            index,
            workload: state,
            run,
            rows,
            notes: Vec::new(),
        };
        report.notes = doubts(&report, recorder.n_gaps);
        report
    }

    /// Reads a report. `file` is what errors call it.
    ///
    /// # Errors
    ///
    /// [`Kind::Usage`] where it is no report, or one of another version.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            format_version: u32,
        }
        let is_none = |cause: serde_json::Error| {
            Error::new(Kind::Usage, format!("{file}: not a result of 'dateline bench': {cause}"))
                .with_hint("write one with 'dateline bench --format json > FILE'")
        };
        let Version { format_version } = serde_json::from_slice(bytes).map_err(is_none)?;
        if format_version != FORMAT_VERSION {
            let message =
                format!("{file}: version {format_version}, this program reads {FORMAT_VERSION}");
            return Err(Error::new(Kind::Usage, message).with_hint("measure it again"));
        }
        serde_json::from_slice(bytes).map_err(is_none)
    }

    /// Adds where the time goes, for each class in order, to what was followed to the page.
    pub fn add_stages(&mut self, workload: &Workload, stages: Vec<Vec<StageTime>>) {
        for (class, stages) in workload.classes.iter().zip(stages) {
            let is_shown = |row: &&mut Row| row.reach == Reach::Show && row.class == *class;
            if let Some(row) = self.rows.iter_mut().find(is_shown) {
                row.stages = stages;
            }
        }
    }

    /// Returns the row of a class.
    pub fn row(&self, reach: Reach, class: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.reach == reach && row.class == class)
    }
}

fn run_state(recorder: &Recorder, plan: &Plan, rows: &[Row]) -> RunState {
    let n_asked = recorder.n_asked();
    let (pace, asked_per_s) = match plan.pace {
        Pace::Closed => ("closed", None),
        Pace::Open { per_s, .. } => ("open", Some(per_s)),
    };
    RunState {
        meter: plan.meter,
        pace: pace.to_owned(),
        asked_per_s,
        held_per_s: n_asked as f64 * 1e9 / recorder.wall_ns.max(1) as f64,
        threads: plan.n_threads,
        warm_rounds: plan.n_warm,
        rounds: recorder.n_rounds,
        seed: plan.seed,
        asked: n_asked,
        errors: rows.iter().map(|row| row.errors).sum(),
        late: recorder.n_late,
        unasked: recorder.n_unasked,
        wall_ns: recorder.wall_ns,
        ..RunState::default()
    }
}

/// Puts the numbers of a tally into a row.
fn row(tally: &Tally, workload: &Workload, recorder: &Recorder, plan: &Plan) -> Row {
    let samples = tally.samples();
    let mean = interval(&Grouped::new(&samples), Statistic::Mean);
    let text = |query: usize| workload.queries.get(query).map_or("", |it| it.text.as_str());
    let errors = tally.errors.iter().map(|(query, reason)| format!("{}: {reason}", text(*query)));
    let per_s = match plan.pace {
        Pace::Closed => plan.n_threads as f64 * 1e9 / tally.mean_ns().max(1.0),
        Pace::Open { .. } => tally.n as f64 * 1e9 / recorder.wall_ns.max(1) as f64,
    };
    let n = tally.n.max(1) as f64;
    Row {
        n: tally.n,
        hits_mean: tally.n_hits as f64 / n,
        errors: tally.n_errors,
        errors_told: errors.collect(),
        untimed: tally.n_untimed,
        min_ns: if tally.n == 0 { 0 } else { tally.min_ns },
        p50_ns: tally.at(0.5),
        p90_ns: tally.at(0.9),
        p95_ns: tally.at(0.95),
        p99_ns: tally.at(0.99),
        p999_ns: tally.at(0.999),
        max_ns: tally.max_ns,
        slowest: text(tally.slowest).to_owned(),
        mean_ns: tally.mean_ns(),
        mean_low_ns: mean.low,
        mean_high_ns: mean.high,
        per_s: if tally.n == 0 { 0.0 } else { per_s },
        cpu_mean_ns: tally.cpu_ns.map(|it| it as f64 / n),
        curve: curve(tally),
        samples,
        ..Row::default()
    }
}

/// How many points a curve has for each nine: 50, 90, 99, 99.9 %.
const POINTS_PER_NINE: u32 = 8;

/// Returns the shares 1 − 10^(−k/8) that so many times can tell apart, and the last one.
fn curve(tally: &Tally) -> Vec<(f64, u64)> {
    let share = |point: u32| 1.0 - 10_f64.powf(-f64::from(point) / f64::from(POINTS_PER_NINE));
    let shares = (0..).map(share).take_while(|share| (1.0 - share) * tally.n as f64 >= 1.0);
    let mut curve: Vec<(f64, u64)> = shares.map(|share| (share, tally.at(share))).collect();
    if tally.n > 0 {
        curve.push((1.0, tally.max_ns));
    }
    curve
}
