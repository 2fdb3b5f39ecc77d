//! What can be typed to the commands that measure.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use crate::latency::{Gate, Reach};
use crate::query::Field;

use super::Plain;
use super::asking::Numbers;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Eval {
    /// The queries: a line each, an id, a tab, plain words of which any may match
    #[arg(long, value_name = "FILE", required_unless_present = "score")]
    pub(in crate::cli) topics: Option<PathBuf>,

    /// The judgments, in the format of TREC: topic, iteration, article, grade
    #[arg(long, value_name = "FILE", required_unless_present = "run")]
    pub(in crate::cli) qrels: Option<PathBuf>,

    /// Write what is found as a run in the format of TREC, 1000 articles a query
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) run: Option<PathBuf>,

    /// Measure a run that is there, and search nothing
    #[arg(long, value_name = "RUN", conflicts_with_all = ["run", "no_correct", "rank"], requires = "qrels")]
    pub(in crate::cli) score: Option<PathBuf>,

    /// Compare with a run that is there
    #[arg(long, value_name = "RUN", requires = "qrels")]
    pub(in crate::cli) baseline: Option<PathBuf>,

    /// Ask each query of this field alone, 'place' or 'person', say; of a person and an organisation any
    /// part of the name may match
    #[arg(long, value_name = "FIELD", value_parser = field, conflicts_with = "score")]
    pub(in crate::cli) field: Option<Field>,

    /// Print a line for each query too
    #[arg(short, long)]
    pub(in crate::cli) queries: bool,

    /// Write a page with a bar for each query
    #[arg(long, value_name = "FILE", requires = "qrels")]
    pub(in crate::cli) html: Option<PathBuf>,

    /// Search misspelt words as they are typed
    #[arg(long)]
    pub(in crate::cli) no_correct: bool,

    /// Search for the words too that the best articles of each query share
    #[arg(long, conflicts_with = "score")]
    pub(in crate::cli) expand: bool,

    #[command(flatten)]
    pub(in crate::cli) numbers: Numbers,

    /// How to print the measures
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct Bench {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<BenchCommand>,

    #[command(flatten)]
    pub(in crate::cli) run: BenchRun,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum BenchCommand {
    /// Compare two results, and tell which classes are faster or slower
    Compare(BenchCompare),
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BenchRun {
    /// The queries: a line each, a class, a tab, the query; behind a second tab may stand how it is
    /// asked: count, show; newest, oldest; all, any; as-typed; expand; limit=N
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from_log", "generate"])]
    pub(in crate::cli) queries: Option<PathBuf>,

    /// Ask what 'search --log FILE' has logged
    #[arg(long, value_name = "FILE", conflicts_with = "generate")]
    pub(in crate::cli) from_log: Option<PathBuf>,

    /// Draw so many queries of each class from the index [default: 25, where no file is named]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1_000))]
    pub(in crate::cli) generate: Option<u16>,

    /// Write the queries to a file that --queries takes
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) write_queries: Option<PathBuf>,

    /// What the order is drawn from, and the queries where they are drawn
    #[arg(long, value_name = "N", default_value = "1")]
    pub(in crate::cli) seed: u64,

    /// Ask nothing, and list the classes
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,

    /// How far each query is followed [default: both; at a --rate: show]
    #[arg(long, value_name = "WHERE")]
    pub(in crate::cli) reach: Option<ReachAsked>,

    /// Start a process for each query, and measure until it has ended
    #[arg(long, conflicts_with = "reach")]
    pub(in crate::cli) process: bool,

    /// Start a process for each query, the index being dropped from memory before it as far as the
    /// system lets us
    #[arg(long, conflicts_with_all = ["reach", "process", "threads", "rate"])]
    pub(in crate::cli) cold: bool,

    /// Measure the CPU time of the thread that asks, not the time that passes: what else the machine
    /// does then hardly matters
    #[arg(long, conflicts_with_all = ["process", "cold", "rate"])]
    pub(in crate::cli) cpu: bool,

    /// Ask so many queries a second, whether those before are answered or not, and measure from when
    /// each was to begin; without it, each is asked when the one before is answered
    #[arg(long, value_name = "N", value_parser = rate, conflicts_with = "repeat")]
    pub(in crate::cli) rate: Option<f64>,

    /// How many ask at the same time
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(in crate::cli) threads: u16,

    /// Ask everything so often before anything is measured [default: 1; with --cold: 0]
    #[arg(long, value_name = "ROUNDS", value_parser = clap::value_parser!(u32).range(..=10_000))]
    pub(in crate::cli) warm: Option<u32>,

    /// Ask everything so often [default: 5, or as often as fits into --seconds]
    #[arg(long, value_name = "ROUNDS", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(in crate::cli) repeat: Option<u32>,

    /// Stop after so many seconds [default: none; at a --rate: 10]
    #[arg(long, value_name = "SECONDS", value_parser = duration)]
    pub(in crate::cli) seconds: Option<f64>,

    /// Tell where the time goes, stage by stage, in rounds of their own
    #[arg(long, conflicts_with_all = ["process", "cold", "rate"])]
    pub(in crate::cli) stages: bool,

    /// Write the result as JSON, for 'bench compare'
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) save: Option<PathBuf>,

    /// Write a page with a curve for each class
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,

    /// How to print the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct BenchCompare {
    /// The result before, as --save writes it
    pub(in crate::cli) before: PathBuf,

    /// The result after
    pub(in crate::cli) after: PathBuf,

    /// Fail where a change is beyond this and no chance, such as 'p99>+10%'; of p50, p90, p95, p99,
    /// mean, qps, cpu; may be repeated
    #[arg(long, value_name = "GATE", value_parser = Gate::parse)]
    pub(in crate::cli) fail_if: Vec<Gate>,

    /// Compare results of other queries, of another corpus or of another way of asking
    #[arg(long)]
    pub(in crate::cli) force: bool,

    /// How to print the comparison
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReachAsked {
    /// To the printed page, with its snippets
    Show,
    /// To the ids of the hits
    Rank,
    /// Either, in turn
    Both,
}

impl ReachAsked {
    pub(in crate::cli) fn reaches(self) -> Vec<Reach> {
        match self {
            Self::Show => vec![Reach::Show],
            Self::Rank => vec![Reach::Rank],
            Self::Both => vec![Reach::Show, Reach::Rank],
        }
    }
}

/// The most queries a second that may be asked for.
const RATE_MAX: f64 = 1_000_000.0;

fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|it| (0.001..=RATE_MAX).contains(it));
    rate.ok_or_else(|| format!("not between 0.001 and {RATE_MAX} queries a second"))
}

/// The longest that a bench may be told to take: a day.
const SECONDS_MAX: f64 = 86_400.0;

fn duration(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok().filter(|it| (0.001..=SECONDS_MAX).contains(it));
    seconds.ok_or_else(|| format!("not between 0.001 and {SECONDS_MAX} seconds"))
}

fn field(text: &str) -> Result<Field, String> {
    Field::named(text).ok_or_else(|| "there is no field of that name".to_owned())
}
