//! The segments of a draft: made, taken over by links, merged.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError};

use crate::error::{Error, Result};

use super::{base, journal};
use crate::index::failure::failed;
use crate::index::schema::Fields;
use crate::index::streamed::Streamed;
use crate::index::{home, sums, whereabouts};

/// The size of the blocks in which stored articles are compressed; small ones are read faster.
const STORE_BLOCK_BYTES: usize = 4096;

/// How many segments may lie side by side until they are merged: each holds files open, and a part
/// of them in memory.
const SEGMENTS_MAX: usize = 24;

/// How the files of a generation came into the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// There were none.
    Nothing,
    /// They were linked: both generations share them on the disk.
    Linked,
    /// They were copied, because the disk cannot link.
    Copied,
    /// They were there already: a run that was broken off left them.
    Over,
}

pub(super) fn create(dir: &Path) -> Result<Index> {
    let settings = IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_blocksize: STORE_BLOCK_BYTES,
        // The thread's wake-ups would cost as much as the compression.
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let (schema, _) = Fields::schema();
    let directory = Streamed::open(dir).map_err(failed)?;
    Index::create(directory, schema, settings).map_err(failed)
}

pub(super) fn open(dir: &Path) -> Result<Index> {
    Streamed::open(dir).and_then(Index::open).map_err(failed)
}

/// Takes over the files of another generation, which stays as it is.
///
/// Segments never change, so that links will do; only the two files that tantivy rewrites are
/// copied. So is everything where the disk cannot link.
pub(super) fn link(from: &Path, to: &Path) -> Result<Taken> {
    let link = || {
        let mut taken = Taken::Linked;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            match entry.file_name().to_str() {
                Some("meta.json" | ".managed.json") => copy(&entry.path(), &target)?,
                Some(
                    "facts.json"
                    | "files.ndjson"
                    | whereabouts::NAME
                    | sums::SUMS
                    | base::MARKER
                    | journal::NAME,
                ) => {}
                Some(name) if name.ends_with(".lock") => {}
                _ if fs::hard_link(entry.path(), &target).is_err() => {
                    taken = Taken::Copied;
                    copy(&entry.path(), &target)?;
                }
                _ => {}
            }
        }
        home::sync_dir(to)?;
        Ok(taken)
    };
    link().map_err(|cause: io::Error| Error::io("link", from, &cause))
}

/// Copies a file, and waits until it is on the disk.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()
}

/// Returns the length of the journal at the last commit of a draft.
pub(super) fn payload(index: &Index) -> Option<u64> {
    index.load_metas().ok()?.payload?.strip_prefix("journal ")?.parse().ok()
}

/// Commits what was added, with the length of the journal beside it.
pub(super) fn commit(writer: &mut IndexWriter, n_bytes: u64) -> Result<()> {
    let mut commit = writer.prepare_commit().map_err(failed)?;
    commit.set_payload(&format!("journal {n_bytes}"));
    commit.commit().map(drop).map_err(failed)
}

/// Merges the smaller segments, where there are too many.
pub(super) fn thin_out(index: &Index, writer: &mut IndexWriter) -> Result<()> {
    let mut metas = index.searchable_segment_metas().map_err(failed)?;
    if metas.len() <= SEGMENTS_MAX {
        return Ok(());
    }
    metas.sort_unstable_by_key(SegmentMeta::max_doc);
    metas.truncate(SEGMENTS_MAX);
    let ids: Vec<SegmentId> = metas.iter().map(SegmentMeta::id).collect();
    drop(metas);
    writer.merge(&ids).wait().map_err(failed)?;
    writer.garbage_collect_files().wait().map(drop).map_err(failed)
}

/// Merges everything to one segment without deleted articles, and removes the files that it was
/// merged from. Whoever holds a segment or its description keeps its files from being removed.
///
/// A merge cannot be broken off; where `stop` is set it is left to itself, and nothing is merged.
pub(super) fn merge(index: &Index, writer: &mut IndexWriter, stop: &AtomicBool) -> Result<Merged> {
    let segments: Vec<SegmentId> = {
        let metas = index.searchable_segment_metas().map_err(failed)?;
        let is_whole = metas.len() <= 1 && metas.iter().all(|it| it.num_deleted_docs() == 0);
        if is_whole { Vec::new() } else { metas.iter().map(SegmentMeta::id).collect() }
    };
    if !segments.is_empty() {
        let merging = writer.merge(&segments);
        let (sender, receiver) = mpsc::channel();
        let wait = move || drop(sender.send(merging.wait()));
        let waiting = thread::Builder::new().name("merge".to_owned()).spawn(wait);
        waiting.map_err(|cause| failed(cause.into()))?;
        loop {
            match receiver.recv_timeout(POLL) {
                Ok(merged) => break drop(merged.map_err(failed)?),
                Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => {
                    return Ok(Merged::Stopped);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    let died = "the thread that merges has died".to_owned();
                    return Err(failed(TantivyError::InternalError(died)));
                }
            }
        }
    }
    writer.garbage_collect_files().wait().map_err(failed)?;
    Ok(Merged::Done)
}

/// How often to look, while a merge goes on, whether the run is to end.
const POLL: Duration = Duration::from_millis(50);

/// What came of a merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// There is one segment, or none.
    Done,
    /// The run was ended before.
    Stopped,
}
