//! A generation in the making.
//!
//! ```text
//! Base::find ──▶ Draft::begin ──▶ will_read, remove, begin_file, put …, end_file ──▶ commit … ──▶ publish
//! ```
//!
//! It lies in the folder `draft` of the index, with a journal of what is finished. Every commit
//! writes the length of the journal beside the segments, so that the two agree whenever the run is
//! killed: the next one continues from the last commit.

mod analyzers;
mod base;
mod carried;
mod document;
mod journal;
mod manifest;
mod publish;
mod rows;
mod segments;
mod standing;
mod succession;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::indexer::NoMergePolicy;
use tantivy::schema::Term;
use tantivy::{DocAddress, Index, IndexWriter};

use crate::article::{Article, Malformed, Origin};
use crate::error::{Error, Result};

use super::facts::FileFacts;
use super::failure::failed;
use super::generation::register;
use super::home::{self, Home};
use super::lines::LineTokenizer;
use super::lock::Lock;
use super::quarantine::Quarantined;
use super::record;
use super::records::{Records, id_hash};
use super::schema::Fields;
use super::scratch;
use super::system::now_s;
use super::versions::{Ledger, Version};
use super::whereabouts::{Moves, Whereabouts, settled};

use analyzers::Analyzers;
use base::{Leftover, Marker};
use carried::{Carried, WithId};
use journal::{Entry, Journal, ReadFile};
use rows::Rows;

pub use analyzers::{Annotate, Annotators};
pub use base::{Base, Foundation};
pub use publish::Published;
pub use segments::{Merged, Taken};
pub use succession::Holder;

/// The memory that articles wait in before they are written to disk, in bytes.
///
/// Past some 50 MB more memory makes nothing faster (measured on newswire); this is enough for an
/// archive of some 20 MB to become one segment at once.
pub const MEMORY_BYTES: usize = 120_000_000;

/// The files that a run would be continued by. They go once the generation is published, and are
/// no part of it.
pub(super) const PASSING: [&str; 4] = [base::MARKER, journal::NAME, rows::NAME, scratch::NAME];

/// A generation that is being written, and that nobody sees before it is published.
///
/// Whoever has it holds the lock. What is committed survives it; [`discard`](Self::discard) removes it.
pub struct Draft {
    home: Home,
    number: u64,
    base: Option<u64>,
    /// The version of the annotations.
    annotation: String,
    dir: PathBuf,
    index: Index,
    writer: Arc<RwLock<IndexWriter>>,
    fields: Fields,
    analyzers: Analyzers,
    taken: Taken,
    /// What was there before the run.
    carried: Option<Carried>,
    /// The whereabouts of the generation that is taken over, and what the run has found out.
    whereabouts: Whereabouts,
    moves: Moves,
    journal: Journal,
    /// What the records of files were.
    rows: Rows,
    /// The lines of the manifest: the files that stay, and those that are finished.
    files: HashMap<String, FileFacts>,
    /// What moved files were called before.
    moved_from: HashSet<String>,
    /// What was set aside, by the file.
    set_aside: HashMap<String, Vec<Quarantined>>,
    /// The files that were read or taken out, whose old failures are forgotten.
    done: HashSet<String>,
    /// The ids of articles that were there before, and that others have taken the place of.
    displaced: HashSet<String>,
    /// The articles that stay although their file could not be read to its end, by the hashes of
    /// their ids, with that file.
    left: HashMap<u64, String>,
    /// The versions that are not in.
    ledger: Ledger,
    /// The files that speak for themselves in this run, so that what is known of them is past.
    speaking: HashSet<String>,
    /// The absolute paths of files by those that are told; made when it is first asked for.
    told: OnceCell<HashMap<String, String>>,
    open: OpenFile,
}

/// The file whose articles are being put in.
#[derive(Default)]
struct OpenFile {
    key: Arc<str>,
    /// Its absolute path.
    origin: String,
    /// Its articles before, by the hashes of their ids. Those that have come again have no address;
    /// those that are left at its end are deleted.
    before: HashMap<u64, (String, Option<DocAddress>)>,
    moves: Vec<(String, Option<Origin>)>,
    versions: Vec<Version>,
    /// What names it, until that is in the journal.
    facts: Option<Box<FileFacts>>,
}

impl OpenFile {
    /// Tells whether an article that was there before has not come again yet.
    fn awaits(&self, id: &str) -> bool {
        self.before.get(&id_hash(id)).is_some_and(|(_, address)| address.is_some())
    }

    /// Returns where an article is that was there before, and comes again.
    fn take_before(&mut self, id: &str) -> Option<DocAddress> {
        self.before.get_mut(&id_hash(id)).and_then(|(_, address)| address.take())
    }
}

/// What becomes of the articles of a file that were there before and did not come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// They are deleted.
    Deleted,
    /// They stay: the file was not read to its end.
    Kept,
}

/// What became of an article that was put into a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is new.
    Added,
    /// It was there with other content.
    Updated,
    /// It was there as it is.
    Kept,
}

impl Draft {
    /// Begins a generation upon a base, or goes on with the one that a run left unfinished.
    ///
    /// The segments of the base are linked, not copied, unless the disk cannot link.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us, [`Kind::Index`](crate::error::Kind::Index) where what is there is damaged.
    pub fn begin(home: &Home, _lock: &Lock, base: Base, annotators: Annotators) -> Result<Self> {
        let dir = home.draft_dir();
        let leftover = match &base.leftover {
            Some(_) => segments::open(&dir).ok(),
            None => None,
        };
        let (index, taken, leftover, files) = match (leftover, base.leftover) {
            (Some(index), Some(leftover)) => (index, Taken::Over, leftover, base.files),
            (_, damaged) => {
                let files = match (damaged, base.generation) {
                    (None, _) => base.files,
                    (Some(_), Some(number)) => home.files(number)?,
                    (Some(_), None) => Vec::new(),
                };
                let (index, taken) = Self::lay_out(home, &base.annotation, base.generation)?;
                (index, taken, Leftover::default(), files)
            }
        };
        let tokenizer = LineTokenizer::default();
        let in_flight = Arc::clone(&tokenizer.in_flight);
        register(&index, tokenizer);
        let writer = index.writer_with_num_threads(1, MEMORY_BYTES).map_err(failed)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let writer = Arc::new(RwLock::new(writer));
        let (_, fields) = Fields::schema();
        let mut ledger = Ledger::of(base.versions);
        let mut leftover = leftover;
        leftover.versions.drain(..).for_each(|version| ledger.push(version));
        let records = base.generation.map(|it| Records::open(&home.generation_dir(it), it));
        let records = records.unwrap_or_default();
        let whereabouts = match base.generation {
            Some(number) => Whereabouts::open(&home.generation_dir(number))?.held()?,
            None => Whereabouts::none(),
        };
        Ok(Self {
            home: home.clone(),
            number: home.next_generation()?,
            base: base.generation,
            annotation: base.annotation,
            carried: Carried::of(&index, fields)?,
            journal: Journal::open(&dir, leftover.n_bytes)?,
            rows: Rows::open(&dir, &leftover, records)?,
            whereabouts,
            moves: leftover.moves,
            set_aside: leftover.set_aside,
            displaced: HashSet::new(),
            left: HashMap::new(),
            ledger,
            speaking: leftover.done.clone(),
            done: leftover.done,
            told: OnceCell::new(),
            moved_from: manifest::moved_from(&files),
            files: files.into_iter().map(|file| (file.origin.clone(), file)).collect(),
            dir,
            index,
            fields,
            analyzers: Analyzers::start(Arc::clone(&writer), in_flight, fields, annotators)?,
            writer,
            taken,
            open: OpenFile::default(),
        })
    }

    /// Makes the folder of a draft anew.
    fn lay_out(home: &Home, annotation: &str, base: Option<u64>) -> Result<(Index, Taken)> {
        let dir = home.draft_dir();
        home.remove_draft()?;
        fs::create_dir_all(&dir).map_err(|cause| Error::io("make the folder", &dir, &cause))?;
        let made = match base {
            Some(number) => {
                let taken = segments::link(&home.generation_dir(number), &dir)?;
                (segments::open(&dir)?, taken)
            }
            None => (segments::create(&dir)?, Taken::Nothing),
        };
        let mark = || {
            Marker::new(annotation, base).write(&dir)?;
            home::sync_dir(&dir)
        };
        mark().map_err(|cause| Error::io("write", &dir, &cause))?;
        Ok(made)
    }

    /// Returns how the files of the base came here.
    pub fn taken(&self) -> Taken {
        self.taken
    }

    /// Notes which files will be read, by their absolute paths and their keys (see
    /// [`FileFacts::key`]): their articles do not stand in the way of others with the same id.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the index cannot be read.
    pub fn will_read<'a>(&mut self, files: impl Iterator<Item = (&'a str, &'a str)>) -> Result<()> {
        for (origin, key) in files {
            self.speaking.insert(origin.to_owned());
            if let Some(carried) = &mut self.carried {
                carried.replace(key)?;
            }
        }
        Ok(())
    }

    /// Takes the articles of a file out.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us.
    pub fn remove(&mut self, file: &FileFacts) -> Result<()> {
        let mut ids = Vec::new();
        if let Some(carried) = &mut self.carried {
            carried.replace(file.key())?;
            if !self.whereabouts.is_empty() {
                ids.extend(carried.of_file(file.key())?.into_values().map(|(id, _)| id));
            }
            self.delete(Term::from_field_text(self.fields.origin, file.key()));
        }
        self.note_gone(&file.origin, ids)
    }

    fn note_gone(&mut self, origin: &str, ids: Vec<String>) -> Result<()> {
        self.files.remove(origin);
        self.set_aside.remove(origin);
        self.rows.keep(origin, None);
        self.speaking.insert(origin.to_owned());
        self.done.insert(origin.to_owned());
        let entry = Entry::Gone { origin: origin.to_owned(), ids };
        self.journal.push(&entry)?;
        if let Entry::Gone { ids, .. } = entry {
            self.moves.extend(ids.into_iter().map(|id| (id, None)));
        }
        Ok(())
    }

    /// Takes a file out of the manifest whose articles stay, because it is now another one.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us.
    pub fn forget(&mut self, origin: &str) -> Result<()> {
        self.note_gone(origin, Vec::new())
    }

    /// Notes what is known now of a file whose articles stay as they are.
    pub fn touch(&mut self, file: FileFacts) {
        // Not in the journal: the next run would find it out again.
        self.files.insert(file.origin.clone(), file);
    }

    /// Begins to put in the articles of a file, of which only what names it is known.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the index cannot be read.
    pub fn begin_file(&mut self, file: FileFacts) -> Result<()> {
        let before = match &self.carried {
            Some(carried) => carried.of_file(file.key())?,
            None => HashMap::new(),
        };
        self.rows.begin();
        let key = file.key().into();
        let origin = file.origin.clone();
        let facts = Some(Box::new(file));
        self.open = OpenFile { key, origin, before, facts, ..OpenFile::default() };
        Ok(())
    }

    /// Puts in an article of the file that was begun. One that is there already, with the same
    /// content, is left alone; where it stands now is noted.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us.
    pub fn put(&mut self, article: Article) -> Result<Put> {
        let bytes = record::encode(&article);
        let Some(carried) = &self.carried else {
            return self.add(article, bytes).map(|()| Put::Added);
        };
        let is_displaced = self.displaced.contains(&article.id);
        let put = match self.open.take_before(&article.id) {
            Some(_) if is_displaced => Put::Updated,
            Some(address) => {
                let stored = carried.record(address)?;
                let place = record::place_of_same(&stored, &bytes)?;
                if let Some(place) = place {
                    self.note_place(&article, place)?;
                    return Ok(Put::Kept);
                }
                Put::Updated
            }
            None if carried.with_id(&article.id)? == WithId::None => {
                return self.add(article, bytes).map(|()| Put::Added);
            }
            None => {
                self.take_from(&article.id)?;
                self.displaced.insert(article.id.clone());
                Put::Added
            }
        };
        // What waits to be analyzed gets in behind this, and is not deleted with its namesake.
        self.delete(Term::from_field_text(self.fields.id, &article.id));
        self.forget_place(&article.id)?;
        self.add(article, bytes).map(|()| put)
    }

    /// Returns where an article is known to stand otherwise than it carries itself.
    fn known_place(&self, id: &str) -> Result<Option<Origin>> {
        match self.moves.get(id) {
            Some(moved) => Ok(moved.clone()),
            None => self.whereabouts.of(id),
        }
    }

    /// Notes that an article carries where it stands.
    fn forget_place(&mut self, id: &str) -> Result<()> {
        if self.whereabouts.of(id)?.is_some() || self.moves.contains_key(id) {
            self.open.moves.push((id.to_owned(), None));
        }
        Ok(())
    }

    /// Notes where an article stands that is kept, if that is not where it is thought to.
    fn note_place(&mut self, article: &Article, stored: Origin) -> Result<()> {
        let before =
            self.known_place(&article.id)?.map_or(stored.clone(), |known| settled(known, &stored));
        if before != article.origin {
            let mut now = article.origin.clone();
            if now.path == stored.path {
                now.path.clear();
            }
            let moved = (article.origin != stored).then_some(now);
            self.open.moves.push((article.id.clone(), moved));
        }
        Ok(())
    }

    fn add(&mut self, article: Article, bytes: Vec<u8>) -> Result<()> {
        self.analyzers.add(article, bytes, &self.open.key)
    }

    /// Deletes the articles that carry a term, of those that were put in until now.
    fn delete(&self, term: Term) {
        self.writer.read().unwrap_or_else(PoisonError::into_inner).delete_term(term);
    }

    /// Finishes the file that was begun: the rest of its articles, which were not put in again, is
    /// deleted or kept, but for those whose id the run has `given` to another one. Returns how many
    /// went.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`](crate::error::Kind::Io) where the disk does not let us.
    pub fn end_file(
        &mut self,
        mut file: FileFacts,
        set_aside: Vec<Malformed>,
        rest: Rest,
        given: impl Fn(&str) -> bool,
    ) -> Result<u64> {
        let mut open = std::mem::take(&mut self.open);
        let left = open.before.into_values().filter(|(_, address)| address.is_some());
        let left: Vec<String> = left.map(|(id, _)| id).filter(|id| !given(id)).collect();
        let n_deleted = match rest {
            Rest::Deleted => left.len() as u64,
            Rest::Kept => {
                file.articles += left.len() as u64;
                let left = left.iter().map(|id| (id_hash(id), file.origin.clone()));
                self.left.extend(left);
                0
            }
        };
        for id in left.iter().filter(|_| rest == Rest::Deleted) {
            self.delete(Term::from_field_text(self.fields.id, id));
            if !self.whereabouts.is_empty() {
                open.moves.push((id.clone(), None));
            }
        }
        let block = if rest == Rest::Deleted { self.rows.end()? } else { None };
        let now_s = now_s();
        let set_aside = set_aside.into_iter();
        let set_aside = set_aside.map(|it| Quarantined::new(it, &file.origin, &file.reader, now_s));
        let read = ReadFile {
            set_aside: set_aside.collect(),
            moves: open.moves,
            versions: open.versions,
            block,
            facts: file,
        };
        let entry = Entry::Read(Box::new(read));
        self.journal.push(&entry)?;
        if let Entry::Read(read) = entry {
            self.moves.extend(read.moves);
            self.rows.keep(&read.facts.origin, read.block);
            read.versions.into_iter().for_each(|version| self.ledger.push(version));
            self.set_aside.insert(read.facts.origin.clone(), read.set_aside);
            self.done.insert(read.facts.origin.clone());
            self.files.insert(read.facts.origin.clone(), read.facts);
        }
        Ok(n_deleted)
    }

    /// Tells whether nothing was taken over.
    pub fn is_upon_nothing(&self) -> bool {
        self.base.is_none()
    }

    /// Counts the articles of the files whose absolute paths are meant.
    pub fn n_articles_of(&self, is_meant: impl Fn(&str) -> bool) -> u64 {
        self.files.values().filter(|file| is_meant(&file.origin)).map(|file| file.articles).sum()
    }

    /// Returns what the documents of a new file are to carry where its path will not do: it may be
    /// what a file that was moved was called before.
    pub fn other_key(&self, origin: &str) -> Option<String> {
        let mut key = origin.to_owned();
        let mut n = 2;
        while self.moved_from.contains(&key) {
            key = format!("{origin}\n{n}");
            n += 1;
        }
        (key != origin).then_some(key)
    }
}
