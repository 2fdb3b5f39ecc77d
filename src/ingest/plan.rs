//! What is to be done: the archive as it is, against what the index knows of it.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::error::Error;
use crate::index::{Base, Draft, FileFacts, KnownRows, Version};
use crate::source::{self, Known, SourceFile};

use super::guards;
use super::roots::{Listing, Root};
use super::{Job, Quarantined, Trust};

/// What a run will do, file by file.
pub struct Plan {
    /// The files to be read, in the order of the walk.
    pub(super) read: Vec<Planned>,
    /// The files that are no longer there.
    pub(super) gone: Vec<FileFacts>,
    /// The files that were only touched: their content is the same, their time is not.
    pub(super) touched: Vec<FileFacts>,
    /// The same where nothing but the trust in their time has changed; no reason for a generation.
    pub(super) settled: Vec<FileFacts>,
    /// What it comes to.
    pub sums: PlanSums,
    /// The guard that stops it, if one does.
    pub stopped_by: Option<Error>,
}

/// A file to be read.
pub(super) struct Planned {
    pub(super) file: SourceFile,
    pub(super) action: Action,
    /// What is known of it, or of the file that it was before it was moved.
    pub(super) known: Option<Box<FileFacts>>,
    /// What its documents carry, if that is not its path.
    pub(super) other_key: Option<String>,
    /// What its records were, where they can be known again.
    pub(super) rows: Option<KnownRows>,
}

impl Planned {
    /// Returns what names the file in the manifest, and nothing else.
    pub(super) fn named(&self) -> FileFacts {
        FileFacts {
            path: self.file.shown.clone(),
            root: self.file.root.to_string(),
            origin: self.file.origin.clone(),
            moved_from: self.other_key.clone().unwrap_or_default(),
            ..FileFacts::default()
        }
    }

    fn new(file: SourceFile, action: Action, known: Option<&FileFacts>) -> Self {
        let mut planned = Self { file, action, known: None, other_key: None, rows: None };
        if let Some(known) = known {
            planned.is_known_as(known);
        }
        planned
    }

    fn is_known_as(&mut self, known: &FileFacts) {
        let is_other = known.key() != self.file.origin;
        self.other_key = is_other.then(|| known.key().to_owned());
        self.known = Some(Box::new(known.clone()));
    }

    /// Finds out what its records were, where it is read as it was then: from the same path, which
    /// may lend ids and dates, and as the same is configured.
    pub(super) fn know_records(&mut self, draft: &Draft) {
        let file = &self.file;
        let is_as_it_was = |known: &&FileFacts| {
            (&known.origin, &known.path, &*known.root, &known.settings)
                == (&file.origin, &file.shown, &*file.root, &file.settings.mark())
        };
        let known = self.known.as_deref().filter(is_as_it_was);
        self.rows = known.and_then(|known| draft.known_rows(known));
    }

    /// Returns what is known of its records.
    pub(super) fn known_records(&self) -> Known {
        match (&self.known, &self.rows) {
            (Some(known), Some(rows)) => Known::of(&known.reader, rows.read()),
            _ => Known::nothing(),
        }
    }

    /// Returns what its documents carry.
    pub(super) fn key(&self) -> &str {
        self.other_key.as_deref().unwrap_or(&self.file.origin)
    }
}

/// What is to be done about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It is new, and read.
    Add,
    /// Its content has changed; it is read, and what is new in it gets in.
    Update,
    /// It was moved; it is read, and what is the same stays.
    Move,
    /// Its content is the same, but the reader is another one, or it is to be tried again.
    Retry,
    /// It is gone, and so are its articles.
    Delete,
}

/// The sums of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanSums {
    /// The files that are there.
    pub files: u64,
    /// Their bytes.
    pub source_bytes: u64,
    /// New files.
    pub adds: u64,
    /// Changed files.
    pub updates: u64,
    /// Moved files.
    pub moves: u64,
    /// Files that are read again although they have not changed.
    pub retries: u64,
    /// Files that are gone.
    pub deletes: u64,
    /// How many articles the index holds of those.
    pub articles_deleted: u64,
    /// Files with another time and the same content.
    pub touched: u64,
    /// Files that are as they were.
    pub unchanged: u64,
    /// The bytes to be read.
    pub bytes: u64,
}

impl PlanSums {
    /// Tells whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.adds + self.updates + self.moves + self.retries + self.deletes + self.touched == 0
    }
}

impl Plan {
    /// Lists what is to be done: the action, and the path as it is told.
    pub fn actions(&self) -> impl Iterator<Item = (Action, &str)> {
        let read = self.read.iter().map(|it| (it.action, it.file.shown.as_str()));
        read.chain(self.gone.iter().map(|file| (Action::Delete, file.path.as_str())))
    }

    /// Returns how long the run will take at so many bytes a second.
    pub fn estimate(&self, bytes_per_s: f64) -> Duration {
        Duration::from_secs_f64(self.sums.bytes as f64 / bytes_per_s.max(1.0))
    }
}

/// Compares what was listed with what is known.
pub(super) fn make(job: &Job, base: &Base, roots: &[Root], listing: Listing) -> Plan {
    let is_ours = |file: &&FileFacts| {
        roots.iter().any(|root| source::is_within(&file.origin, &root.name))
            && !listing.unlisted.iter().any(|it| source::is_within(&file.origin, &it.origin))
    };
    let mut plan = Plan {
        read: Vec::new(),
        gone: Vec::new(),
        touched: Vec::new(),
        settled: Vec::new(),
        sums: PlanSums::default(),
        stopped_by: None,
    };
    // Files with records that others superseded.
    let losers: HashSet<&str> = base.versions().map(|it| it.origin.as_str()).collect();
    let mut superseded: Vec<(SourceFile, &FileFacts)> = Vec::new();
    {
        let mut unseen: HashMap<&str, &FileFacts> =
            base.files.iter().filter(is_ours).map(|it| (it.origin.as_str(), it)).collect();
        for file in listing.files {
            let known = unseen.remove(file.origin.as_str());
            if let (Some(known), true) = (known, losers.contains(file.origin.as_str())) {
                superseded.push((file.clone(), known));
            }
            plan.add(job, file, known);
        }
        plan.gone = unseen.into_values().cloned().collect();
    }
    plan.gone.sort_unstable_by(|a, b| a.origin.cmp(&b.origin));
    if job.trust != Trust::Times {
        plan.find_moves();
    }
    plan.read_superseded_again(base, superseded);
    plan.sum_up();
    let n_before = roots.iter().map(|root| root.n_before).sum();
    plan.stopped_by = guards::check_plan(job, n_before, &plan.sums).err();
    plan
}

/// What the content of a file is against what is known of it.
enum Content {
    Same,
    Other,
    /// It was not looked at.
    Unknown,
}

impl Plan {
    fn add(&mut self, job: &Job, file: SourceFile, known: Option<&FileFacts>) {
        self.sums.files += 1;
        self.sums.source_bytes += file.size;
        let Some(known) = known else {
            self.read.push(Planned::new(file, Action::Add, None));
            return;
        };
        let has_same_stamp = (file.size, file.mtime_ns) == (known.bytes, known.modified_ns);
        let is_retried = !source::is_current(&known.reader, job.readers)
            || file.settings.mark() != known.settings
            || job.quarantine == Quarantined::Retried && known.malformed > 0;
        if has_same_stamp && known.settled && job.trust != Trust::Content && !is_retried {
            self.sums.unchanged += 1;
            return;
        }
        let content = match job.trust {
            Trust::Times if has_same_stamp => Content::Same,
            Trust::Times => Content::Unknown,
            Trust::Stamps | Trust::Content => content(&file, known),
        };
        let action = match content {
            Content::Other => Action::Update,
            Content::Same if is_retried => Action::Retry,
            Content::Unknown => Action::Update,
            Content::Same => {
                let settled = file.is_settled();
                let (mtime_ns, bytes) = (file.mtime_ns, file.size);
                let facts = FileFacts { bytes, modified_ns: mtime_ns, settled, ..known.clone() };
                if has_same_stamp {
                    self.sums.unchanged += 1;
                    self.settled.push(facts);
                } else {
                    self.touched.push(facts);
                }
                return;
            }
        };
        self.read.push(Planned::new(file, action, Some(known)));
    }

    /// Finds, among the new files, those that were others before: of the same name's ending, size
    /// and content as one that is gone.
    fn find_moves(&mut self) {
        let mut gone: HashMap<u64, Vec<usize>> = HashMap::new();
        for (idx, file) in self.gone.iter().enumerate() {
            if !file.hash.is_empty() && file.bytes > 0 {
                gone.entry(file.bytes).or_default().push(idx);
            }
        }
        let mut moved = HashSet::new();
        for planned in self.read.iter_mut().filter(|it| it.action == Action::Add) {
            let Some(candidates) = gone.get_mut(&planned.file.size) else {
                continue;
            };
            let extension = planned.file.path.extension();
            let Ok(hash) = source::hash(&planned.file.path) else {
                continue;
            };
            let is_it = |idx: &usize| {
                let file = &self.gone[*idx];
                file.hash == hash && Path::new(&file.origin).extension() == extension
            };
            if let Some(at) = candidates.iter().position(is_it) {
                let idx = candidates.remove(at);
                moved.insert(idx);
                planned.action = Action::Move;
                planned.is_known_as(&self.gone[idx]);
            }
        }
        let mut idx = 0;
        self.gone.retain(|_| {
            idx += 1;
            !moved.contains(&(idx - 1))
        });
    }

    /// Reads files again whose records were superseded by others that may be gone now: by those of
    /// files that are read again or gone. They come last, so that what is left of those others
    /// supersedes them again.
    fn read_superseded_again(&mut self, base: &Base, superseded: Vec<(SourceFile, &FileFacts)>) {
        let again: HashSet<String> = {
            let read = self.read.iter().flat_map(|it| {
                let before = it.known.iter().map(|known| known.origin.as_str());
                before.chain([it.file.origin.as_str()])
            });
            let gone = self.gone.iter().map(|it| it.origin.as_str());
            let speaking: HashSet<&str> = read.chain(gone).collect();
            let is_open = |it: &&Version| {
                speaking.contains(it.by.as_str()) && !speaking.contains(it.origin.as_str())
            };
            base.versions().filter(is_open).map(|it| it.origin.clone()).collect()
        };
        for (file, known) in superseded {
            if again.contains(&file.origin) {
                self.touched.retain(|it| it.origin != file.origin);
                self.settled.retain(|it| it.origin != file.origin);
                self.read.push(Planned::new(file, Action::Retry, Some(known)));
            }
        }
    }

    fn sum_up(&mut self) {
        let count = |action| self.read.iter().filter(|it| it.action == action).count() as u64;
        self.sums = PlanSums {
            adds: count(Action::Add),
            updates: count(Action::Update),
            moves: count(Action::Move),
            retries: count(Action::Retry),
            deletes: self.gone.len() as u64,
            articles_deleted: self.gone.iter().map(|file| file.articles).sum(),
            touched: self.touched.len() as u64,
            bytes: self.read.iter().map(|it| it.file.size).sum(),
            ..self.sums
        };
    }
}

/// Compares the content of a file with what is known of it. One that cannot be read now is another
/// one: reading it will tell.
fn content(file: &SourceFile, known: &FileFacts) -> Content {
    let is_same = !known.hash.is_empty()
        && file.size == known.bytes
        && source::hash(&file.path).is_ok_and(|hash| hash == known.hash);
    if is_same { Content::Same } else { Content::Other }
}
