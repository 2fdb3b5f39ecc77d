//! What was measured, as it is kept.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dateline::ingest::{CpuTimes, Report, Stages};
use serde::{Deserialize, Serialize};

/// The name of the file.
const NAME: &str = "growth.json";

/// What was measured, from the smallest archive to the largest.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Figures {
    pub(crate) sizes: Vec<Size>,
}

/// What was measured of one archive.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Size {
    pub(crate) articles: u64,
    /// When, of which commit, and on what it was built.
    pub(crate) built_by: Setting,
    /// The same of what was asked.
    pub(crate) asked_by: Setting,
    /// The headlines and the bodies, in bytes.
    pub(crate) text_bytes: u64,
    /// The index from nothing.
    pub(crate) build: Run,
    /// A night without a change.
    pub(crate) unchanged: Run,
    /// A night after one record in a hundred was changed, in every file.
    pub(crate) changed: Run,
    /// The same articles with a file for each, where there are not too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) files: Option<Files>,
    /// How long the files of the index are together, by their kind.
    pub(crate) index_bytes: BTreeMap<String, u64>,
    pub(crate) classes: Vec<Class>,
    /// The most memory of the process that asked all classes, the index in it included.
    pub(crate) asked_memory_bytes: u64,
    pub(crate) start: Start,
}

/// When, of which commit and on what something was measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Setting {
    pub(crate) date: String,
    pub(crate) commit: String,
    pub(crate) cpu: String,
    pub(crate) cores: usize,
    pub(crate) system: String,
    pub(crate) load: f64,
}

/// What a run took.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) cpu_ms: CpuTimes,
    pub(crate) wall_ms: u64,
    pub(crate) stages_ms: Stages,
    pub(crate) memory_bytes: u64,
}

impl Run {
    pub(crate) fn of(report: &Report) -> Self {
        Self {
            cpu_ms: report.cpu_ms,
            wall_ms: report.took_ms,
            stages_ms: report.stages_ms,
            memory_bytes: report.memory_bytes_max.unwrap_or_default(),
        }
    }
}

/// Runs over an archive with a file for each article.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Files {
    pub(crate) build: Run,
    pub(crate) unchanged: Run,
}

/// What a class of queries took: CPU times of one thread, in nanoseconds, half of the queries and 99
/// of a hundred; *rank* is nothing where a class has no hits to rank.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Class {
    pub(crate) class: String,
    pub(crate) show_ns: [u64; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rank_ns: Option<[u64; 2]>,
}

/// What a command takes that searches for three words, from the start of its process to its end.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Start {
    /// Half of the commands, and 99 of a hundred, the index in memory.
    pub(crate) wall_ns: [u64; 2],
    /// The mean CPU time of such a command.
    pub(crate) cpu_ns: f64,
    /// Half of the commands, the index having to be read from the disk.
    pub(crate) from_disk_ns: u64,
    /// The most memory of such a command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) memory_bytes: Option<u64>,
}

impl Figures {
    /// Reads what was measured before; nothing where that was nothing.
    pub(crate) fn read(folder: &Path) -> Self {
        match fs::read(folder.join(NAME)) {
            Ok(bytes) => serde_json::from_slice(&bytes).expect("what was measured before"),
            Err(_) => Self::default(),
        }
    }

    /// Adds what was measured of a size, in place of what was measured before.
    pub(crate) fn add(&mut self, size: Size) {
        self.sizes.retain(|it| it.articles != size.articles);
        self.sizes.push(size);
        self.sizes.sort_unstable_by_key(|it| it.articles);
    }

    pub(crate) fn write(&self, folder: &Path) {
        let json = serde_json::to_string_pretty(self).expect("JSON");
        fs::write(folder.join(NAME), json + "\n").expect("a file of figures");
    }
}
