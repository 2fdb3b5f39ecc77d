//! What can be typed to the commands that ask.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::error;
use crate::render::{self, KwicFormat, Names};
use crate::search::{FACET_VALUES_MAX, Facet, Ranking};
use crate::snippet::Order;
use crate::{query, search};

use super::Plain;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Search {
    /// The query; '-' reads it from stdin
    #[arg(required = true)]
    pub(in crate::cli) query: Vec<String>,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(in crate::cli) dialect: Dialect,

    /// The most hits
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = limit)]
    pub(in crate::cli) limit: usize,

    /// How to print the hits
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Format,

    /// How words side by side are taken
    #[arg(long = "match", value_name = "HOW", default_value = "auto")]
    pub(in crate::cli) matching: Matching,

    /// Print a line for each match, with the words around it, the matches below each other
    #[arg(long)]
    pub(in crate::cli) kwic: bool,

    /// The order of these lines [default: that of the hits]
    #[arg(long, value_name = "BY", requires = "kwic")]
    pub(in crate::cli) kwic_sort: Option<KwicSort>,

    /// The order of the hits
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub(in crate::cli) sort: Sort,

    /// Which of several copies of one story is shown, of those that match
    #[arg(long, value_name = "WHICH", default_value = "best")]
    pub(in crate::cli) lead: Lead,

    /// Show each copy of a story as a hit of its own, as lines of --kwic always are
    #[arg(long)]
    pub(in crate::cli) all_copies: bool,

    /// Search misspelt words as they are typed
    #[arg(long)]
    pub(in crate::cli) no_correct: bool,

    /// Search for the words too that the best articles share, counting for less
    #[arg(long)]
    pub(in crate::cli) expand: bool,

    /// Stop looking after so many seconds, and print what was found until then
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(in crate::cli) timeout: Option<f64>,

    /// Which names of people, organisations and places are marked [default: all in colours, else
    /// those that matched]
    #[arg(long, value_name = "WHICH")]
    pub(in crate::cli) mentions: Option<Mentions>,

    /// Count the articles by these too, between commas; see 'dateline facets'
    #[arg(long, value_name = "FACETS", value_delimiter = ',', value_parser = facet)]
    pub(in crate::cli) facet: Vec<Facet>,

    /// Append the query, how it was asked, its time and its number of hits to a file, as a line of
    /// JSON that 'bench --from-log' takes
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) log: Option<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) numbers: Numbers,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Numbers {
    /// For experiments: set a number of the ranking, such as 'long.k1=0.9'; may be repeated
    #[arg(long, value_name = "NAME=NUMBER")]
    rank: Vec<String>,
}

impl Numbers {
    /// Returns the ranking with the numbers that are set.
    pub(in crate::cli) fn ranking(&self) -> error::Result<Ranking> {
        let mut ranking = Ranking::default();
        self.rank.iter().try_for_each(|setting| ranking.set(setting))?;
        Ok(ranking)
    }
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Count {
    /// The query; '-' reads it from stdin
    #[arg(required = true)]
    pub(in crate::cli) query: Vec<String>,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(in crate::cli) dialect: Dialect,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Facets {
    /// The query; '-' reads it from stdin, and '*' is every article
    #[arg(required = true)]
    pub(in crate::cli) query: Vec<String>,

    /// What to count by, between commas: person, org, place, country, topic, source, section,
    /// language, year, month, day
    #[arg(long, value_name = "FACETS", value_delimiter = ',', value_parser = facet, default_value = "person,place,topic,source,year")]
    pub(in crate::cli) by: Vec<Facet>,

    /// The most values of each
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = values)]
    pub(in crate::cli) limit: usize,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(in crate::cli) dialect: Dialect,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Explain {
    /// The query
    pub(in crate::cli) query: String,

    /// The id of an article: which parts of the query does it fulfil, and what does it score?
    pub(in crate::cli) id: Option<String>,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(in crate::cli) dialect: Dialect,

    /// Read misspelt words as they are typed
    #[arg(long)]
    pub(in crate::cli) no_correct: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Mentions {
    /// None: a match looks like any other
    None,
    /// Those that matched
    Matched,
    /// All that were recognised
    All,
}

impl From<Mentions> for Names {
    fn from(mentions: Mentions) -> Self {
        match mentions {
            Mentions::None => Self::None,
            Mentions::Matched => Self::Matched,
            Mentions::All => Self::All,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Dialect {
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
pub(in crate::cli) enum Format {
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
    pub(in crate::cli) fn of_hits(self) -> Option<render::Format> {
        match self {
            Self::Text => Some(render::Format::Text),
            Self::Json => Some(render::Format::Json),
            Self::Ndjson => Some(render::Format::NdJson),
            Self::Paths => Some(render::Format::Paths),
            Self::Tsv => None,
        }
    }

    /// Returns the format of a concordance, if there is one.
    pub(in crate::cli) fn of_lines(self) -> Option<KwicFormat> {
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
pub(in crate::cli) enum KwicSort {
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
pub(in crate::cli) enum Matching {
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
pub(in crate::cli) enum Sort {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Lead {
    /// The one that comes first in the order of the hits
    Best,
    /// The earliest
    Earliest,
    /// The longest
    Longest,
}

impl From<Lead> for search::Lead {
    fn from(lead: Lead) -> Self {
        match lead {
            Lead::Best => Self::Best,
            Lead::Earliest => Self::Earliest,
            Lead::Longest => Self::Longest,
        }
    }
}

fn facet(text: &str) -> Result<Facet, String> {
    Facet::named(text.trim()).ok_or_else(|| {
        let names: Vec<&str> = Facet::ALL.iter().map(|it| it.name()).collect();
        format!("the facets are {}", names.join(", "))
    })
}

fn values(text: &str) -> Result<usize, String> {
    let limit = text.parse().ok().filter(|it| (1..=FACET_VALUES_MAX).contains(it));
    limit.ok_or_else(|| format!("not between 1 and {FACET_VALUES_MAX} values"))
}

pub(super) fn limit(text: &str) -> Result<usize, String> {
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
