//! What a run did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::Class;

/// What a run did; `runs/000042.json`.
///
/// Every field has a default, so that a report of another version can be read as far as it is the
/// same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The number of the run.
    pub run: u64,
    /// How it ended.
    pub outcome: RunOutcome,
    /// Why it ended so, where it failed or was stopped.
    pub error: Option<String>,
    /// The generation that is in use after it.
    pub generation: u64,
    /// When it began, in seconds since 1970.
    pub started_s: i64,
    /// When it ended, in seconds since 1970.
    pub finished_s: i64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// How long each stage of it took.
    pub stages_ms: Stages,
    /// How long the processor was at work for it.
    pub cpu_ms: CpuTimes,
    /// What became of the files.
    pub files: Files,
    /// What became of the articles.
    pub articles: Articles,
    /// How many bytes were read.
    pub bytes_read: u64,
    /// How many bytes the files below the roots have.
    pub source_bytes: u64,
    /// How many records and files were set aside in this run.
    pub set_aside: u64,
    /// The same by their class.
    pub set_aside_by_class: BTreeMap<Class, u64>,
    /// How many records and files are set aside now, in all.
    pub quarantined: u64,
    /// How many things were read with a doubt.
    pub doubts: u64,
    /// How many articles were read a second.
    pub articles_per_s: f64,
    /// How many megabytes were read a second.
    pub megabytes_per_s: f64,
    /// How many bytes the generation has.
    pub index_bytes: u64,
    /// The most memory that the run had at once, in bytes, where the system tells.
    pub memory_bytes_max: Option<u64>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunOutcome {
    /// A new generation is in use.
    Published,
    /// Nothing had changed; the generation is the one before.
    Unchanged,
    /// A new generation is in use, and some files are left for the next run.
    Partial,
    /// It was ended from outside; the next run goes on where it stopped.
    Interrupted,
    /// It failed, or a guard stopped it; the index is as it was.
    #[default]
    Failed,
}

impl RunOutcome {
    /// Tells whether the index is as new as the run could make it.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Published | Self::Unchanged | Self::Partial)
    }

    /// Returns the word for it, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Unchanged => "unchanged",
            Self::Partial => "partial",
            Self::Interrupted => "interrupted",
            Self::Failed => "failed",
        }
    }
}

/// What became of the files, each counted once but for the last two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Files {
    /// Those that are there.
    pub seen: u64,
    /// New ones.
    pub added: u64,
    /// Those with other content than before.
    pub changed: u64,
    /// Those that had another name.
    pub moved: u64,
    /// Those that were read again although they had not changed.
    pub retried: u64,
    /// Those with another time and the same content.
    pub touched: u64,
    /// Those that were as before.
    pub unchanged: u64,
    /// Those that are gone.
    pub deleted: u64,
    /// Those that are left for the next run.
    pub left: u64,
}

/// What became of the articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Articles {
    /// Those that were read.
    pub read: u64,
    /// New ones.
    pub added: u64,
    /// Those with other content than before.
    pub updated: u64,
    /// Those that were read and were as before.
    pub kept: u64,
    /// Those that are gone.
    pub deleted: u64,
    /// Records that are not in the index because another one with their id is.
    pub superseded: u64,
    /// Words of publishers that an article is withdrawn.
    pub withdrawn: u64,
    /// Of those that were read, how many have no date.
    pub undated: u64,
    /// How many articles the index holds now, those of other roots included.
    pub in_index: u64,
}

/// How long the stages of a run took, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stages {
    /// Waiting for another run to end.
    pub wait: u64,
    /// Walking the roots, and comparing what is there with what is known.
    pub plan: u64,
    /// Reading and analyzing.
    pub read: u64,
    /// Merging.
    pub merge: u64,
    /// Writing the rest and switching.
    pub publish: u64,
}

/// How long the processor was at work for a run, all threads added up, in milliseconds; zeros where
/// the system does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CpuTimes {
    /// The whole process, from its beginning.
    pub all: u64,
    /// Reading files and parsing records.
    pub read: u64,
    /// Recognising names, places and topics.
    pub annotate: u64,
    /// Cutting texts into words, and stemming these.
    pub analyze: u64,
    /// Finding out which articles are copies of one story.
    pub copies: u64,
}

impl Report {
    /// Returns the report as JSON.
    pub fn to_json(&self) -> String {
        // A plain struct always has a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a report; one of another version as far as it is the same.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}
