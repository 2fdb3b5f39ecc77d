//! What can be typed to the commands about copies, likenesses and firsts.

use clap::ValueEnum;

use crate::render::{Layout, Renderer};
use crate::{render, search};

use super::Plain;
use super::asking::{Dialect, Format, limit};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Versions {
    /// The id of an article, as 'search' prints it
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) id: String,

    /// Compare the versions with the article with this id [default: with the earliest version]
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(in crate::cli) against: Option<String>,

    /// The most versions to list, the earliest first
    #[arg(short = 'n', long, value_name = "N", default_value = "20", value_parser = n_versions)]
    pub(in crate::cli) limit: usize,

    /// The most changes to print of each; JSON has all
    #[arg(long, value_name = "N", default_value = "5")]
    pub(in crate::cli) changes: usize,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Similar {
    /// The id of the article, as 'search' prints it
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) id: String,

    /// The most articles
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = limit)]
    pub(in crate::cli) limit: usize,

    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Hits,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct First {
    /// The query; '-' reads it from stdin
    #[arg(required = true)]
    pub(in crate::cli) query: Vec<String>,

    /// The most sources
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = limit)]
    pub(in crate::cli) limit: usize,

    /// How to print the articles
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Hits,

    /// Whose query language the query is written in
    #[arg(long, value_name = "DIALECT", default_value = "native")]
    pub(in crate::cli) dialect: Dialect,
}

/// The formats of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Hits {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// One JSON object a line
    Ndjson,
    /// The paths of the files
    Paths,
}

impl Hits {
    pub(in crate::cli) fn renderer(self, layout: Layout) -> Box<dyn Renderer> {
        let format = match self {
            Self::Text => render::Format::Text,
            Self::Json => render::Format::Json,
            Self::Ndjson => render::Format::NdJson,
            Self::Paths => render::Format::Paths,
        };
        format.renderer(layout)
    }
}

impl From<Hits> for Format {
    fn from(format: Hits) -> Self {
        match format {
            Hits::Text => Self::Text,
            Hits::Json => Self::Json,
            Hits::Ndjson => Self::Ndjson,
            Hits::Paths => Self::Paths,
        }
    }
}

fn n_versions(text: &str) -> Result<usize, String> {
    let limit = text.parse().ok().filter(|it| (1..=search::VERSIONS_MAX).contains(it));
    limit.ok_or_else(|| format!("not between 1 and {} versions", search::VERSIONS_MAX))
}
