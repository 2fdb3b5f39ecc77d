//! What can be typed to the commands that keep an index sound.

use std::path::PathBuf;

use clap::Subcommand;

use super::Plain;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Verify {
    /// Read so many articles, spread over the index, again from the archive, and search for them
    #[arg(long, value_name = "N", default_value = "0")]
    pub(in crate::cli) sample: u64,

    /// Which articles these are; the same number takes the same ones
    #[arg(long, value_name = "N", default_value = "0")]
    pub(in crate::cli) seed: u64,

    /// Check a generation that is kept [default: the one in use]
    #[arg(long, value_name = "GENERATION", value_parser = generation)]
    pub(in crate::cli) generation: Option<u64>,

    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(in crate::cli) format: Plain,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Backup {
    /// The folder of the backup: an empty one, or that of an earlier backup
    pub(in crate::cli) dir: PathBuf,

    /// How many earlier generations to keep in the backup
    #[arg(long, value_name = "N", default_value = "1")]
    pub(in crate::cli) keep: usize,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Rollback {
    /// The generation, such as 12 or g000012 [default: the one before the one in use]
    #[arg(value_parser = generation)]
    pub(in crate::cli) generation: Option<u64>,

    /// List the generations that are kept, and change nothing
    #[arg(long, conflicts_with = "generation")]
    pub(in crate::cli) list: bool,

    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "list")]
    pub(in crate::cli) format: Plain,
}

fn generation(text: &str) -> Result<u64, String> {
    let number = text.strip_prefix('g').unwrap_or(text);
    number.parse().map_err(|_| "not a generation, such as 12 or g000012".to_owned())
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Quarantine {
    #[command(subcommand)]
    pub(in crate::cli) command: QuarantineCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum QuarantineCommand {
    /// List what was set aside, with the reason and since when
    List {
        /// How to print it; with json, one object a line
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: Plain,
    },
    /// Read the files again although they have not changed
    Retry,
    /// Take records off the list; they come back when their file changes and is still bad
    Clear {
        /// The files, by the end of their path [default: all]
        paths: Vec<String>,
    },
}
