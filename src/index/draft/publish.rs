//! Writing a draft down, and making it the generation in use.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::base::Marker;
use super::journal::Entry;
use super::segments::Merged;
use super::{Draft, journal, manifest, rows, segments};
use crate::error::{Error, Kind, Result};
use crate::index::copies::Copies;
use crate::index::facts::{Facts, FileFacts};
use crate::index::failure::failed;
use crate::index::home;
use crate::index::scratch;
use crate::index::sums::Sums;
use crate::index::system::{CpuOf, cpu_time};
use crate::index::versions;

/// A draft that has become a generation.
#[derive(Clone, Debug)]
pub struct Published {
    /// What it holds.
    pub facts: Facts,
    /// The CPU time that finding copies of one story has taken.
    pub comparing: Duration,
}

impl Draft {
    /// Returns the CPU time that annotating articles, analyzing them, and making their signatures
    /// have taken.
    pub fn cpu(&self) -> [Duration; 3] {
        self.analyzers.cpu()
    }

    /// Writes what is finished so that no kill and no power cut can take it away.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn commit(&mut self) -> Result<()> {
        self.write_down()?;
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        segments::thin_out(&self.index, &mut writer, &self.dir)
    }

    fn write_down(&mut self) -> Result<()> {
        self.analyzers.drain()?;
        if let Some(facts) = self.open.facts.take() {
            self.journal.push(&Entry::Begun { facts })?;
        }
        self.rows.sync()?;
        let n_bytes = self.journal.sync()?;
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        segments::commit(&mut writer, self.base, n_bytes)?;
        home::sync_dir(&self.dir).map_err(|cause| Error::io("write", &self.dir, &cause))
    }

    /// Merges everything to one segment, unless it is to `stop`; nothing can be put in any more. What
    /// is left to do after it takes no time.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn merge(&mut self, stop: &AtomicBool) -> Result<Merged> {
        self.write_down()?;
        // Merging takes memory of its own: what has done its work gives its own back before.
        self.analyzers.end();
        // Whoever holds a segment keeps its files from being removed.
        self.carried = None;
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        segments::merge(&self.index, &mut writer, stop)
    }

    /// Makes the generation the one in use, and removes those beyond the ones that are `kept`.
    ///
    /// Everything is written and waited for until it is on the disk; then the folder gets its name,
    /// and the switch comes last.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us, [`Kind::Index`] where it does not hold as many
    /// articles as its files have; the index is then as it was before.
    pub fn publish(mut self, n_kept: usize) -> Result<Published> {
        self.merge(&AtomicBool::new(false))?;
        drop(self.analyzers);
        // Nobody else has it any more.
        if let Some(writer) = Arc::into_inner(self.writer) {
            let writer = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
            writer.wait_merging_threads().map_err(failed)?;
        }
        self.whereabouts.write(&self.moves, &self.dir)?;
        for origin in self.ledger.unheard(&self.done) {
            if let Some(file) = self.files.get_mut(origin) {
                file.doubt();
            }
        }
        let versions = self.ledger.settled(&self.done);
        versions::write(&self.dir, &versions)
            .map_err(|cause| Error::io("write", &self.dir, &cause))?;
        let mut files: Vec<FileFacts> = self.files.into_values().collect();
        files.sort_unstable_by(|a, b| (&a.path, &a.origin).cmp(&(&b.path, &b.origin)));
        let facts = manifest::facts(self.number, &self.annotation, &files);
        let searcher = self.index.reader().map_err(failed)?.searcher();
        let n_articles = searcher.num_docs();
        if n_articles != facts.articles {
            self.home.remove_draft()?;
            let message = format!(
                "the draft has {n_articles} articles, and its manifest {}: it was given up",
                facts.articles
            );
            let hint = "this is a fault of the program; make the index anew with --rebuild";
            return Err(Error::new(Kind::Index, message).with_hint(hint));
        }
        let began = cpu_time(CpuOf::Thread).unwrap_or_default();
        let copies = Copies::find(&searcher).map_err(failed)?;
        let comparing = cpu_time(CpuOf::Thread).unwrap_or_default().saturating_sub(began);
        let mut write = || {
            copies.write(&self.dir)?;
            self.rows.publish(&self.dir, self.number, &files, &self.done)?;
            home::write_synced(&self.dir.join("files.ndjson"), &manifest::json_lines(&files)?)?;
            home::write_synced(&self.dir.join("facts.json"), &serde_json::to_vec_pretty(&facts)?)?;
            Sums::keep(&self.home, &self.dir)
        };
        write().map_err(|cause| Error::io("write", &self.dir, &cause))?;
        let mut quarantine = self.home.quarantine();
        let set_aside = self.set_aside.into_values().flatten().collect();
        manifest::settle(&mut quarantine, set_aside, &self.done);
        self.home.keep_quarantine(&quarantine)?;
        self.home.name_draft(self.number)?;
        self.home.switch(self.number)?;
        // What a run would be continued by; nobody needs it any more.
        let dir = self.home.generation_dir(self.number);
        let _ = Marker::remove(&dir)
            .and_then(|()| journal::remove(&dir))
            .and_then(|()| rows::remove(&dir))
            .and_then(|()| scratch::remove(&dir));
        self.home.remove_between(self.base, self.number)?;
        self.home.prune(Some(self.number), n_kept)?;
        Ok(Published { facts, comparing })
    }

    /// Removes the draft; the index is as it was before.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn discard(self) -> Result<()> {
        let Self { home, analyzers, writer, index, carried, .. } = self;
        drop((carried, analyzers, writer, index));
        home.remove_draft()
    }
}
