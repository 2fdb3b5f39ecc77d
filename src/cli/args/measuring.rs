//! What can be typed to the commands that measure.

use std::path::PathBuf;

use super::Plain;

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
    #[arg(long, value_name = "RUN", conflicts_with_all = ["run", "no_correct"], requires = "qrels")]
    pub(in crate::cli) score: Option<PathBuf>,

    /// Compare with a run that is there
    #[arg(long, value_name = "RUN", requires = "qrels")]
    pub(in crate::cli) baseline: Option<PathBuf>,

    /// Print a line for each query too
    #[arg(short, long)]
    pub(in crate::cli) queries: bool,

    /// Write a page with a bar for each query
    #[arg(long, value_name = "FILE", requires = "qrels")]
    pub(in crate::cli) html: Option<PathBuf>,

    /// Search misspelt words as they are typed
    #[arg(long)]
    pub(in crate::cli) no_correct: bool,

    /// Set a number of the ranking, such as 'long.k1=0.9'; may be repeated
    #[arg(long, value_name = "NAME=NUMBER", conflicts_with = "score")]
    pub(in crate::cli) rank: Vec<String>,

    /// How to print the measures
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}
