//! How long answers take: a workload asked, the times counted, two such measurements compared.
//!
//! ```text
//! file ─┐
//! log ──┼─▶ workload ──▶ load ──▶ tallies ──▶ report ──▶ comparison ──▶ gates
//! index ┘                 ▲                     ▲ │
//!                   clock, ask              JSON file
//! ```
//!
//! This room knows no clock, no index and no file: `cli` hands down a [`Clock`] and what asks
//! ([`Ask`]), reads files and prints. So a stall of a second can be tested without waiting for one.
//!
//! What is measured is told by two words. A *reach* says how far a query is followed:
//!
//! | [`Reach`] | from the typed query to |
//! |---|---|
//! | `rank` | the ids of the hits |
//! | `show` | the printed page, as a person who asked for ten hits gets it |
//! | `process` | the end of a process that was started for it |
//! | `cold` | the same, the files of the index having been dropped from memory before |
//!
//! A [`Pace`] says when: `closed`, each query when the one before is answered, or `open`, each at
//! its own time. Only the open pace tells what people wait who do not wait for each other.
//!
//! Times are kept in an HdrHistogram, true to a thousandth; a sample of them, chosen by chance, goes
//! into the report for intervals and comparisons.

mod comparison;
mod doubts;
mod gate;
mod generate;
mod load;
mod log;
mod order;
mod report;
mod statistics;
mod tally;
mod workload;

use serde::{Deserialize, Serialize};

pub use comparison::{ALPHA, Alike, Change, Comparison, Metric, RowChange, Verdict};
pub use gate::Gate;
pub use generate::{ARTICLES_SAMPLED, Generated, Material, generate};
pub use load::{Answered, Ask, Clock, GAP_NS, LATE_NS, Pace, Plan, run};
pub use log::{LOG_LINE_BYTES_MAX, Logged, workload_of_log};
pub use order::order;
pub use report::{Environment, IndexState, Report, Row, RunState, StageTime, WorkloadState};
pub use statistics::{Grouped, Interval, N_DRAWS, Statistic, interval, mann_whitney, ratios};
pub use tally::{Recorder, Sample, Tally};
pub use workload::{Asked, CLASS, FACETS, How, Verb, Workload};

/// The version of a report; raised when a key changes its meaning or goes.
pub const FORMAT_VERSION: u32 = 1;

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 1 << 28;

/// The most lines of a workload.
pub const LINES_MAX: usize = 1_000_000;

/// The most queries of a workload.
pub const QUERIES_MAX: usize = 100_000;

/// The most classes of a workload.
pub const CLASSES_MAX: usize = 100;

/// The longest name of a class, in bytes.
pub const CLASS_BYTES_MAX: usize = 64;

/// The most times of a class that are kept for intervals and comparisons.
pub const SAMPLES_MAX: usize = 4_096;

/// How many queries of a class that could not be asked are told with their reasons.
pub const ERRORS_TOLD_MAX: usize = 3;

/// How far a query is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// To the printed page.
    #[default]
    Show,
    /// To the ids of the hits.
    Rank,
    /// To the end of a process of its own.
    Process,
    /// To the end of a process of its own, which has to read the index from the disk.
    Cold,
}

/// Which time is measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Meter {
    /// The time that passes: what people wait.
    #[default]
    Wall,
    /// The CPU time of the thread that asks: what it costs, whatever else the machine does.
    Cpu,
}

impl Reach {
    /// Tells whether a process is started for each query.
    pub fn is_a_process(self) -> bool {
        matches!(self, Self::Process | Self::Cold)
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Rank => "rank",
            Self::Process => "process",
            Self::Cold => "cold",
        }
    }
}
