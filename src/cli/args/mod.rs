//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::render::{self, KwicFormat};
use crate::snippet::Order;
use crate::{query, search};

/// Where the index lies if nobody says otherwise.
pub(super) const DEFAULT_INDEX: &str = "index";

/// What is indexed if nobody says otherwise.
pub(super) const DEFAULT_ARCHIVE: &str = "seeds";

/// Searches news archives.
///
/// Index an archive with 'dateline index PATH', then ask it with 'dateline search QUERY'.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, max_term_width = 100)]
pub(super) struct Args {
    /// The folder of the index [default: index]
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_INDEX")]
    pub(super) index: Option<PathBuf>,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,

    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build or renew the index of an archive
    Index(Index),
    /// Find articles
    Search(Search),
    /// Count the articles that match
    Count(Count),
    /// Print an article whole
    Show(Show),
    /// List the spellings of a name that the archive has
    Variants(Variants),
    /// Tell how a query is read, and why an article matches or does not
    Explain(Explain),
    /// Tell what the index holds
    Status(Status),
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
}

#[derive(Debug, clap::Args)]
pub(super) struct Index {
    /// Files and folders of the archive [default: those of the index, else seeds]
    pub(super) paths: Vec<PathBuf>,

    /// Take nothing over: read all the archives of the index again
    #[arg(long)]
    pub(super) rebuild: bool,

    /// Write the report of the run to a file, as JSON
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Search {
    /// The query; '-' reads it from stdin
    #[arg(required = true)]
    pub(super) query: Vec<String>,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(super) dialect: Dialect,

    /// The most hits
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = limit)]
    pub(super) limit: usize,

    /// How to print the hits
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,

    /// How words side by side are taken
    #[arg(long = "match", value_name = "HOW", default_value = "auto")]
    pub(super) matching: Matching,

    /// Print a line for each match, with the words around it, the matches below each other
    #[arg(long)]
    pub(super) kwic: bool,

    /// The order of these lines [default: that of the hits]
    #[arg(long, value_name = "BY", requires = "kwic")]
    pub(super) kwic_sort: Option<KwicSort>,

    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub(super) sort: Sort,

    /// Search misspelt words as they are typed
    #[arg(long)]
    pub(super) no_correct: bool,

    /// Stop looking after so many seconds, and print what was found until then
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<f64>,

    /// Append the query, its time and its number of hits to a file
    #[arg(long, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Count {
    /// The query; '-' reads it from stdin
    #[arg(required = true)]
    pub(super) query: Vec<String>,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(super) dialect: Dialect,
}

#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// The id of the article, as 'search' prints it
    #[arg(allow_hyphen_values = true)]
    pub(super) id: String,

    /// Mark what a query matches
    #[arg(short, long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) query: Option<String>,

    /// How to print the article
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(super) struct Variants {
    /// The name: a word, or several
    #[arg(required = true)]
    pub(super) name: Vec<String>,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The query
    pub(super) query: String,

    /// The id of an article: which parts of the query does it fulfil, and what does it score?
    pub(super) id: Option<String>,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(super) dialect: Dialect,

    /// Read misspelt words as they are typed
    #[arg(long)]
    pub(super) no_correct: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Status {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    /// Read so many articles, spread over the index, again from the archive, and search for them
    #[arg(long, value_name = "N", default_value = "0")]
    pub(super) sample: u64,

    /// Which articles these are; the same number takes the same ones
    #[arg(long, value_name = "N", default_value = "0")]
    pub(super) seed: u64,

    /// Check a generation that is kept [default: the one in use]
    #[arg(long, value_name = "GENERATION", value_parser = generation)]
    pub(super) generation: Option<u64>,

    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The folder of the backup: an empty one, or that of an earlier backup
    pub(super) dir: PathBuf,

    /// How many earlier generations to keep in the backup
    #[arg(long, value_name = "N", default_value = "1")]
    pub(super) keep: usize,
}

#[derive(Debug, clap::Args)]
pub(super) struct Rollback {
    /// The generation, such as 12 or g000012 [default: the one before the one in use]
    #[arg(value_parser = generation)]
    pub(super) generation: Option<u64>,

    /// List the generations that are kept, and change nothing
    #[arg(long, conflicts_with = "generation")]
    pub(super) list: bool,

    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "list")]
    pub(super) format: Plain,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Dialect {
    /// The program's own
    Native,
    /// Terms and connectors, as in Lexis and Nexis
    Lexis,
    /// Free text, as in Factiva
    Factiva,
    /// Query strings, as in Lucene and Elasticsearch
    Lucene,
    /// As in web search
    Google,
}

impl From<Dialect> for query::Dialect {
    fn from(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Native => Self::Native,
            Dialect::Lexis => Self::Lexis,
            Dialect::Factiva => Self::Factiva,
            Dialect::Lucene => Self::Lucene,
            Dialect::Google => Self::Google,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// One JSON object a line
    Ndjson,
    /// The paths of the files
    Paths,
    /// One line a match, tabs between its fields; with --kwic
    Tsv,
}

impl Format {
    /// Returns the format of hits, if there is one.
    pub(super) fn of_hits(self) -> Option<render::Format> {
        match self {
            Self::Text => Some(render::Format::Text),
            Self::Json => Some(render::Format::Json),
            Self::Ndjson => Some(render::Format::NdJson),
            Self::Paths => Some(render::Format::Paths),
            Self::Tsv => None,
        }
    }

    /// Returns the format of a concordance, if there is one.
    pub(super) fn of_lines(self) -> Option<KwicFormat> {
        match self {
            Self::Text => Some(KwicFormat::Text),
            Self::Json => Some(KwicFormat::Json),
            Self::Ndjson => Some(KwicFormat::NdJson),
            Self::Tsv => Some(KwicFormat::Tsv),
            Self::Paths => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum KwicSort {
    /// By the words to the left of the match, the nearest first
    Left,
    /// By the words to its right, the nearest first
    Right,
    /// The earliest first
    Date,
}

impl From<KwicSort> for Order {
    fn from(sort: KwicSort) -> Self {
        match sort {
            KwicSort::Left => Self::Left,
            KwicSort::Right => Self::Right,
            KwicSort::Date => Self::Date,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Plain {
    /// For people
    Text,
    /// One JSON object
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Matching {
    /// All are required; where no article has all, any will do
    Auto,
    /// All are required
    All,
    /// Any will do
    Any,
}

impl From<Matching> for search::Match {
    fn from(matching: Matching) -> Self {
        match matching {
            Matching::Auto => Self::Auto,
            Matching::All => Self::All,
            Matching::Any => Self::Any,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// The best first
    Relevance,
    /// The latest first
    Newest,
    /// The earliest first
    Oldest,
}

impl From<Sort> for search::Sort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Relevance => Self::Relevance,
            Sort::Newest => Self::Newest,
            Sort::Oldest => Self::Oldest,
        }
    }
}

fn generation(text: &str) -> Result<u64, String> {
    let number = text.strip_prefix('g').unwrap_or(text);
    number.parse().map_err(|_| "not a generation, such as 12 or g000012".to_owned())
}

fn limit(text: &str) -> Result<usize, String> {
    let limit: usize = text.parse().map_err(|_| "not a number of hits".to_owned())?;
    if (1..=search::HITS_MAX).contains(&limit) {
        Ok(limit)
    } else {
        Err(format!("not between 1 and {} hits", search::HITS_MAX))
    }
}

/// The longest that a search may be told to take: a day.
const TIMEOUT_S_MAX: f64 = 86_400.0;

fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if (0.0..=TIMEOUT_S_MAX).contains(&seconds) {
        Ok(seconds)
    } else {
        Err(format!("not between 0 and {TIMEOUT_S_MAX} seconds"))
    }
}
