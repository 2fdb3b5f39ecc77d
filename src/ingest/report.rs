//! What a run did.

use serde::{Deserialize, Serialize};

/// The sums of a run; `runs/g000012.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The generation that came of it.
    pub generation: u64,
    /// When it was finished, in seconds since 1970.
    pub finished_s: i64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// How many files were read.
    pub files: u64,
    /// How many bytes they have.
    pub source_bytes: u64,
    /// How many articles they hold.
    pub articles: u64,
    /// How many of those have no date.
    pub undated: u64,
    /// How many paragraphs of reporting they have.
    pub paragraphs: u64,
    /// How many records were set aside.
    pub set_aside: u64,
    /// How many things were read with a doubt.
    pub doubts: u64,
    /// How many articles the index holds now, those of other roots included.
    pub articles_in_index: u64,
    /// How many bytes the generation takes on disk.
    pub index_bytes: u64,
}

impl Report {
    /// Returns the report as JSON.
    pub fn to_json(&self) -> String {
        // A plain struct of numbers always has a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a report; one of another version as far as it is the same.
    pub fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}
