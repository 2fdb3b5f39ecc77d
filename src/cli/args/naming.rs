//! What can be typed to the commands that recognise names.

use std::path::PathBuf;

use super::Plain;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("task").required(true).multiple(true).args(["bio", "evaluate", "places", "topics"]))]
pub(in crate::cli) struct Train {
    /// Learn from these files: a word, a tab and its label (B-PER, I-ORG, O …) a line
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "out")]
    pub(in crate::cli) bio: Vec<PathBuf>,

    /// Where to write what was learnt
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,

    /// Make the gazetteer from a folder with places5000.tsv.gz, cities15000.tsv and countries.tsv
    #[arg(long, value_name = "DIR", requires = "out", conflicts_with_all = ["bio", "evaluate"])]
    pub(in crate::cli) places: Option<PathBuf>,

    /// Learn the sections of an archive from articles, a JSON object a line with 'headline', 'body'
    /// and 'section' or 'subjects'
    #[arg(
        long,
        value_name = "FILE",
        requires = "out",
        conflicts_with_all = ["bio", "evaluate", "places"]
    )]
    pub(in crate::cli) topics: Option<PathBuf>,

    /// Print how well the model recognises the names of a file [default: the one that came with
    /// the program, or the one just learnt]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) evaluate: Option<PathBuf>,

    /// Evaluate another model
    #[arg(long, value_name = "FILE", requires = "evaluate", conflicts_with = "bio")]
    pub(in crate::cli) model: Option<PathBuf>,

    /// Word clusters: a word and the numbers of its four clusters a line, may be gzipped
    /// [default: those that came with the program]
    #[arg(long, value_name = "FILE", requires = "bio")]
    pub(in crate::cli) clusters: Option<PathBuf>,

    /// Lists of names: a name, a tab and the sum of its lists a line [default: those that came with
    /// the program]
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "bio")]
    pub(in crate::cli) gazetteer: Vec<PathBuf>,

    /// Lists of given names, one a line, beside those of --gazetteer
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "gazetteer")]
    pub(in crate::cli) given_names: Vec<PathBuf>,

    /// How large the model is: 2 to so many rows of 7 bytes
    #[arg(long, value_name = "N", default_value_t = crate::annotate::ROW_BITS, value_parser = row_bits())]
    pub(in crate::cli) bits: u32,

    /// How to print the evaluation
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "evaluate")]
    pub(in crate::cli) format: Plain,
}

fn row_bits() -> clap::builder::RangedI64ValueParser<u32> {
    let range = crate::annotate::ROW_BITS_RANGE;
    clap::value_parser!(u32).range(i64::from(*range.start())..=i64::from(*range.end()))
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Tag {
    /// The file: a word, a tab and a label a line
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) bio: PathBuf,

    /// The model [default: the one that came with the program]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) model: Option<PathBuf>,
}
