//! What a draft builds on: the generation in use, and what a broken-off run left behind.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Index;
use tantivy::directory::MmapDirectory;

use crate::error::Result;
use crate::text;

use super::journal::{self, Entry};
use super::segments;
use crate::index::directory::ReadOnly;
use crate::index::facts::{FORMAT, FileFacts};
use crate::index::home::Home;
use crate::index::quarantine::Quarantined;
use crate::index::records::Block;
use crate::index::versions::{self, Version};
use crate::index::whereabouts::Moves;

/// Whether a draft takes over what the index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foundation {
    /// The generation in use, where this program can add to it.
    Current,
    /// Nothing.
    Nothing,
}

/// What a draft will build on. Finding it out writes nothing.
#[derive(Debug, Default)]
pub struct Base {
    /// The version of the annotations that articles are to have.
    pub(super) annotation: String,
    /// The generation that is taken over, if any.
    pub generation: Option<u64>,
    /// The files whose articles are in it, those of a broken-off run included.
    pub files: Vec<FileFacts>,
    /// The versions of articles that are not in it, as the generation tells them.
    pub(super) versions: Vec<Version>,
    /// What a run that was broken off left, if it can be continued.
    pub(super) leftover: Option<Leftover>,
}

/// The part of a draft that was committed before its run was broken off.
#[derive(Debug, Default)]
pub(super) struct Leftover {
    /// The length of the journal.
    pub(super) n_bytes: u64,
    pub(super) moves: Moves,
    /// What was set aside, by the file.
    pub(super) set_aside: HashMap<String, Vec<Quarantined>>,
    /// The files that were read or taken out.
    pub(super) done: HashSet<String>,
    /// The versions that were found not to get in.
    pub(super) versions: Vec<Version>,
    /// Where the rows of the files are that were read.
    pub(super) blocks: HashMap<String, Block>,
    /// The files of whose articles some were taken out since.
    pub(super) stale: HashSet<String>,
}

impl Leftover {
    /// Takes note of the rows of a file that was read to its end, or is gone.
    fn keep(&mut self, origin: &str, block: Option<Block>) {
        self.stale.remove(origin);
        match block {
            Some(block) => _ = self.blocks.insert(origin.to_owned(), block),
            None => _ = self.blocks.remove(origin),
        }
    }
}

/// What a draft is made for; `draft.json`, written once it can be added to.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Marker {
    format: u32,
    analysis: String,
    annotation: String,
    base: Option<u64>,
}

pub(super) const MARKER: &str = "draft.json";

impl Marker {
    pub(super) fn new(annotation: &str, base: Option<u64>) -> Self {
        let (analysis, annotation) = (text::ANALYSIS.to_owned(), annotation.to_owned());
        Self { format: FORMAT, analysis, annotation, base }
    }

    pub(super) fn write(&self, dir: &Path) -> std::io::Result<()> {
        crate::index::home::write_synced(&dir.join(MARKER), &serde_json::to_vec(self)?)
    }

    fn read(dir: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(dir.join(MARKER)).ok()?).ok()
    }

    pub(super) fn remove(dir: &Path) -> std::io::Result<()> {
        fs::remove_file(dir.join(MARKER))
    }
}

impl Base {
    /// Finds out what a draft would build on.
    ///
    /// A generation whose articles have annotations of another version is not taken over. What a
    /// broken-off run left is, unless it was in the midst of a file that is not `ours` to read: what
    /// the draft has of that one could not be put right.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the generation in use is damaged and was
    /// to be taken over.
    pub fn find(
        home: &Home,
        foundation: Foundation,
        annotation: &str,
        ours: &dyn Fn(&str) -> bool,
    ) -> Result<Self> {
        let can_be_added_to =
            |number: &u64| home.facts(*number).is_ok_and(|it| it.can_be_added_to(annotation));
        let generation = match foundation {
            Foundation::Nothing => None,
            Foundation::Current => home.current()?.filter(can_be_added_to),
        };
        let files = generation.map(|number| home.files(number)).transpose()?.unwrap_or_default();
        let versions = generation.map(|number| versions::read(&home.generation_dir(number)));
        let versions = versions.transpose()?.unwrap_or_default();
        let annotation = annotation.to_owned();
        let mut base = Self { annotation, generation, files, versions, leftover: None };
        if let Some((n_bytes, entries)) = committed(&home.draft_dir(), &base.annotation, generation)
            && entries
                .iter()
                .all(|it| !matches!(it, Entry::Begun { facts } if !ours(&facts.origin)))
        {
            base.take_over(n_bytes, entries);
        }
        Ok(base)
    }

    /// Returns the versions of articles that are not in it.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter().chain(self.leftover.iter().flat_map(|it| &it.versions))
    }

    /// Tells whether a run that was broken off can be continued.
    pub fn is_unfinished(&self) -> bool {
        self.leftover.is_some()
    }

    fn take_over(&mut self, n_bytes: u64, entries: Vec<Entry>) {
        let mut leftover = Leftover { n_bytes, ..Leftover::default() };
        let mut done: BTreeMap<String, Option<FileFacts>> = BTreeMap::new();
        let mut begun: HashMap<String, FileFacts> = HashMap::new();
        let mut displaced: HashMap<String, [u64; 3]> = HashMap::new();
        let mut doubted: HashSet<String> = HashSet::new();
        for entry in entries {
            match entry {
                Entry::Begun { facts } => drop(begun.insert(facts.key().to_owned(), *facts)),
                Entry::Gone { origin, ids } => {
                    leftover.moves.extend(ids.into_iter().map(|id| (id, None)));
                    leftover.set_aside.remove(&origin);
                    leftover.keep(&origin, None);
                    displaced.remove(&origin);
                    done.insert(origin, None);
                }
                Entry::Displaced { origin, paragraphs, undated, version } => {
                    leftover.stale.insert(origin.clone());
                    match done.get_mut(&origin) {
                        Some(Some(facts)) => facts.lose([1, undated, paragraphs]),
                        Some(None) => {}
                        None => {
                            let sums = displaced.entry(origin.clone()).or_default();
                            *sums = [sums[0] + 1, sums[1] + undated, sums[2] + paragraphs];
                        }
                    }
                    match version {
                        Some(version) => leftover.versions.push(version),
                        None => drop(doubted.insert(origin)),
                    }
                }
                Entry::Read(read) => {
                    begun.remove(read.facts.key());
                    displaced.remove(&read.facts.origin);
                    leftover.keep(&read.facts.origin, read.block);
                    leftover.versions.extend(read.versions);
                    leftover.set_aside.insert(read.facts.origin.clone(), read.set_aside);
                    leftover.moves.extend(read.moves);
                    done.insert(read.facts.origin.clone(), Some(read.facts));
                }
            }
        }
        self.files.retain(|file| !done.contains_key(&file.origin));
        for file in &mut self.files {
            if let Some(lost) = displaced.get(&file.origin) {
                file.lose(*lost);
            }
            let is_loser = |it: &Version| it.origin == file.origin && done.contains_key(&it.by);
            if doubted.contains(&file.origin) || self.versions.iter().any(is_loser) {
                file.doubt();
            }
        }
        leftover.done = done.keys().cloned().collect();
        self.files.extend(done.into_values().flatten());
        begun.into_values().for_each(|file| self.doubt(file));
        self.leftover = Some(leftover);
    }

    /// Has a file read again, or its articles taken out if it is gone, whatever it is like: what the
    /// draft has of it is neither what was there before nor what it should be.
    fn doubt(&mut self, begun: FileFacts) {
        match self.files.iter_mut().find(|file| file.key() == begun.key()) {
            Some(known) => known.doubt(),
            None => self.files.push(begun),
        }
    }
}

/// Reads what was committed in a draft that was made for this base.
fn committed(dir: &Path, annotation: &str, generation: Option<u64>) -> Option<(u64, Vec<Entry>)> {
    if Marker::read(dir)? != Marker::new(annotation, generation) {
        return None;
    }
    let directory = MmapDirectory::open(dir).ok()?;
    let index = Index::open(ReadOnly(directory)).ok()?;
    let n_bytes = segments::journal_bytes(&index, generation)?;
    Some((n_bytes, journal::read(dir, n_bytes).ok()?))
}
