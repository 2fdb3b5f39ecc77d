//! What can be typed to the commands of the nightly run.

use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use clap::builder::BoolishValueParser;

use crate::ingest::Share;

use super::super::measures::{self, ClockTime};
use super::Plain;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Index {
    /// Files and folders of the archive [default: those of the settings, else of the index, else
    /// seeds]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// Tell what a run would do, and do nothing
    #[arg(long, env = "DATELINE_DRY_RUN", value_parser = BoolishValueParser::new())]
    pub(in crate::cli) dry_run: bool,

    /// How to print what a run would do
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "dry_run")]
    pub(in crate::cli) format: Plain,

    /// Take nothing over: read all the archives of the index again
    #[arg(long)]
    pub(in crate::cli) rebuild: bool,

    /// Read every file to see whether it has changed, even if its size and time are the same
    #[arg(long, env = "DATELINE_PARANOID", value_parser = BoolishValueParser::new())]
    pub(in crate::cli) paranoid: bool,

    #[command(flatten)]
    pub(in crate::cli) limits: Limits,

    /// How to print what happens; with json, one object a line
    #[arg(long, value_name = "FORMAT", default_value = "text", env = "DATELINE_LOG_FORMAT")]
    pub(in crate::cli) log_format: Plain,

    /// Write the report of the run to a file, as JSON
    #[arg(long, value_name = "FILE", env = "DATELINE_REPORT")]
    pub(in crate::cli) report: Option<PathBuf>,
}

/// How far a run may go.
///
/// The same can be typed to `index` and to `schedule`, and stand in the file of settings; what is
/// left open in one is taken from the next.
#[derive(Clone, Debug, Default, PartialEq, clap::Args)]
pub(in crate::cli) struct Limits {
    /// How many generations of the index are kept, the new one included [default: 3]
    #[arg(
        long, value_name = "N", env = "DATELINE_GENERATIONS",
        value_parser = measures::generations,
    )]
    pub(in crate::cli) generations: Option<usize>,

    /// Stop, and change nothing, if more articles would go: so many, or so many of a hundred
    /// [default: 5%, and 20 articles in any case]
    #[arg(
        long, value_name = "N|P%", env = "DATELINE_MAX_DELETE",
        value_parser = measures::share, allow_negative_numbers = true,
    )]
    pub(in crate::cli) max_delete: Option<Share>,

    /// Stop before less than this is free on the disk of the index: bytes, or 500M and 2G
    /// (thousands), 500MiB and 2GiB (1024s) [default: 0]
    #[arg(
        long, value_name = "SIZE", env = "DATELINE_MIN_FREE",
        value_parser = measures::bytes, allow_negative_numbers = true,
    )]
    pub(in crate::cli) min_free: Option<u64>,

    /// Stop reading at this time by the local clock; the next run continues
    #[arg(
        long, value_name = "HH:MM", env = "DATELINE_UNTIL",
        value_parser = measures::clock_time,
    )]
    pub(in crate::cli) until: Option<ClockTime>,

    /// Stop, and change nothing, if more records would be set aside
    #[arg(
        long, value_name = "N", env = "DATELINE_MAX_ERRORS",
        value_parser = measures::n_records, allow_negative_numbers = true,
    )]
    pub(in crate::cli) max_errors: Option<u64>,

    /// How long to wait for another run to end: seconds, 10s or 2m [default: 10s]
    #[arg(
        long, value_name = "TIME", env = "DATELINE_LOCK_TIMEOUT",
        value_parser = measures::lock_timeout, allow_negative_numbers = true,
    )]
    pub(in crate::cli) lock_timeout: Option<Duration>,
}

impl Limits {
    /// Returns the limits, those left open taken from others.
    pub(in crate::cli) fn or(&self, others: &Self) -> Self {
        Self {
            generations: self.generations.or(others.generations),
            max_delete: self.max_delete.or(others.max_delete),
            min_free: self.min_free.or(others.min_free),
            until: self.until.or(others.until),
            max_errors: self.max_errors.or(others.max_errors),
            lock_timeout: self.lock_timeout.or(others.lock_timeout),
        }
    }
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Status {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,

    /// Fail if the last good run is older: 90m, 26h, 2d
    #[arg(
        long, value_name = "TIME", env = "DATELINE_MAX_AGE",
        value_parser = measures::age, allow_negative_numbers = true,
    )]
    pub(in crate::cli) max_age: Option<Duration>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Schedule {
    /// Who starts the run
    pub(in crate::cli) scheduler: Scheduler,

    /// Files and folders of the archive [default: those of the settings, else of the index]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// When the run begins, by the local clock
    #[arg(
        long, value_name = "HH:MM", default_value = "02:30",
        value_parser = measures::clock_time,
    )]
    pub(in crate::cli) at: ClockTime,

    /// The log of cron and launchd [default: beside the index]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) log: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) limits: Limits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Scheduler {
    /// Services and timers
    Systemd,
    /// Lines of a crontab
    Cron,
    /// A property list of macOS
    Launchd,
}
