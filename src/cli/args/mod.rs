//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

mod asking;
mod copies;
mod keeping;
mod measuring;
mod naming;
mod nightly;

pub(in crate::cli) use asking::{Count, Dialect, Explain, Facets, Format, Mentions, Search};
pub(in crate::cli) use copies::{First, Similar, Versions};
pub(in crate::cli) use keeping::{Backup, Quarantine, QuarantineCommand, Rollback, Verify};
pub(in crate::cli) use measuring::{Bench, BenchCommand, BenchCompare, BenchRun, Eval};
pub(in crate::cli) use naming::{Tag, Train};
pub(in crate::cli) use nightly::{Index, Limits, Schedule, Scheduler, Status};

use crate::source;

use super::config::Config;

/// Where the index lies if nobody says otherwise.
pub(in crate::cli) const DEFAULT_INDEX: &str = "index";

/// What is indexed if nobody says otherwise.
pub(in crate::cli) const DEFAULT_ARCHIVE: &str = "seeds";

/// Searches news archives.
///
/// Index an archive with 'dateline index PATH', then ask it with 'dateline search QUERY'.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, max_term_width = 100)]
pub(in crate::cli) struct Args {
    /// The folder of the index [default: index]
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_INDEX")]
    pub(in crate::cli) index: Option<PathBuf>,

    /// The file of settings [default: dateline.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE", env = "DATELINE_CONFIG")]
    pub(in crate::cli) config: Option<PathBuf>,

    /// What the file of settings says; read when the command line is understood.
    #[arg(skip)]
    pub(in crate::cli) settings: Config,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(in crate::cli) color: Color,

    #[command(subcommand)]
    pub(in crate::cli) command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Command {
    /// Build or renew the index of an archive
    Index(Index),
    /// Find articles
    Search(Search),
    /// Count the articles that match
    Count(Count),
    /// Count the articles that match by people, places, topics and more
    Facets(Facets),
    /// Print an article whole
    Show(Show),
    /// List the other copies of a story, and what differs between them
    Versions(Versions),
    /// Find articles about the same thing as another
    Similar(Similar),
    /// Find the earliest article that matches, of each source
    First(First),
    /// List the spellings of a name that the archive has
    Variants(Variants),
    /// Tell how a query is read, and why an article matches or does not
    Explain(Explain),
    /// Tell what the program makes of a file, and where it finds each field
    Inspect(Inspect),
    /// Measure how good the answers are, against judgments
    Eval(Eval),
    /// Measure how long answers take
    Bench(Bench),
    /// Tell what the index holds
    Status(Status),
    /// Print what makes a scheduler index the archive every night
    Schedule(Schedule),
    /// Print the completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// The command whose page it is
        command: Option<String>,
    },
    /// Check that the index is sound, and tells what the archive says
    Verify(Verify),
    /// Copy the index to another disk, while it is in use
    Backup(Backup),
    /// Go back to an earlier generation of the index
    Rollback(Rollback),
    /// See what could not be read, and try it again
    Quarantine(Quarantine),
    /// Learn to recognise names, and measure how well they are recognised
    Train(Train),
    /// Label the names of a file
    Tag(Tag),
}

impl Command {
    /// Tells whether the file of settings can say anything to the command; where it cannot, a
    /// mistake in it is no hindrance.
    pub(in crate::cli) fn has_settings(&self) -> bool {
        !matches!(self, Self::Completions { .. } | Self::Man { .. } | Self::Train(_) | Self::Tag(_))
    }
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Show {
    /// The id of the article, as 'search' prints it
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) id: String,

    /// Mark what a query matches
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(in crate::cli) query: Option<String>,

    /// Which names of people, organisations and places are marked [default: all in colours, else
    /// those that matched]
    #[arg(long, value_name = "WHICH")]
    pub(in crate::cli) mentions: Option<Mentions>,

    /// How to print the article
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Variants {
    /// The name: a word, or several
    #[arg(required = true)]
    pub(in crate::cli) name: Vec<String>,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Inspect {
    /// The file; FILE:7 is its seventh record, and in an archive FILE/MEMBER a member
    pub(in crate::cli) file: PathBuf,

    /// Print so many records; all are counted
    #[arg(short = 'n', long, value_name = "N", default_value = "3")]
    pub(in crate::cli) limit: usize,

    /// Print the record with this number
    #[arg(long, value_name = "N")]
    pub(in crate::cli) record: Option<u64>,

    /// Read it as this format, whatever it looks like
    #[arg(long = "as", value_name = "FORMAT", value_parser = format_name)]
    pub(in crate::cli) read_as: Option<String>,

    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

/// Checks the name of a format, which `inspect` and `dateline.toml` take.
pub(in crate::cli) fn format_name(text: &str) -> Result<String, String> {
    let mut names: Vec<&str> = source::readers().iter().map(|reader| reader.name()).collect();
    match names.contains(&text) {
        true => Ok(text.to_owned()),
        false => {
            names.sort_unstable();
            Err(format!("the formats are {}", names.join(", ")))
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Plain {
    /// For people
    Text,
    /// One JSON object
    Json,
}
