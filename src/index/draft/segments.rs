//! The segments of a draft: made, taken over by links, merged.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError};

use crate::error::{Error, Result};

use super::{base, journal, rows};
use crate::index::failure::failed;
use crate::index::schema::Fields;
use crate::index::streamed::Streamed;
use crate::index::{copies, home, records, scratch, sums, versions, whereabouts};

/// Stored articles are packed one by one (see `record`): each is a block by itself, and nothing else
/// is read with it.
const STORE_BLOCK_BYTES: usize = 1;

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
        docstore_compression: Compressor::None,
        docstore_blocksize: STORE_BLOCK_BYTES,
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
    link_by(from, to, |from, to| fs::hard_link(from, to))
}

/// Takes over files by a way to link one, and by copying those that it cannot link.
fn link_by(from: &Path, to: &Path, link: fn(&Path, &Path) -> io::Result<()>) -> Result<Taken> {
    let take = || {
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
                    | versions::NAME
                    | records::NAME
                    | copies::NAME
                    | rows::NAME
                    | scratch::NAME
                    | sums::SUMS
                    | base::MARKER
                    | journal::NAME,
                ) => {}
                Some(name) if name.ends_with(".lock") => {}
                _ if link(&entry.path(), &target).is_err() => {
                    taken = Taken::Copied;
                    copy(&entry.path(), &target)?;
                }
                _ => {}
            }
        }
        home::sync_dir(to)?;
        Ok(taken)
    };
    take().map_err(|cause: io::Error| Error::io("link", from, &cause))
}

/// Copies a file, and waits until it is on the disk.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()
}

/// What a commit says of the draft that it was made in.
///
/// A draft takes the last commit of its base over, and until its own first one that is what it
/// has; the base tells the two apart.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    /// The generation that the draft was built upon.
    base: Option<u64>,
    /// How long the journal was.
    journal_bytes: u64,
}

/// Returns the length of the journal at the last commit of a draft upon a base, if it had one.
pub(super) fn journal_bytes(index: &Index, base: Option<u64>) -> Option<u64> {
    let payload: Payload = serde_json::from_str(&index.load_metas().ok()?.payload?).ok()?;
    (payload.base == base).then_some(payload.journal_bytes)
}

/// Commits what was added to a draft upon a base, with the length of the journal beside it.
pub(super) fn commit(
    writer: &mut IndexWriter,
    base: Option<u64>,
    journal_bytes: u64,
) -> Result<()> {
    let payload = serde_json::to_string(&Payload { base, journal_bytes })
        .map_err(|cause| failed(io::Error::from(cause).into()))?;
    let mut commit = writer.prepare_commit().map_err(failed)?;
    commit.set_payload(&payload);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: fn(&Path, &Path) -> io::Result<()>, want: Taken, follows: bool) {
        let world = tempfile::tempdir().unwrap();
        let (from, to) = (world.path().join("g000001"), world.path().join("draft"));
        fs::create_dir(&from).unwrap();
        fs::create_dir(&to).unwrap();
        for name in ["a.store", "a.idx", "meta.json", "facts.json", sums::SUMS] {
            fs::write(from.join(name), name).unwrap();
        }
        assert_eq!(link_by(&from, &to, link).unwrap(), want);
        let mut names: Vec<_> =
            fs::read_dir(&to).unwrap().map(|it| it.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["a.idx", "a.store", "meta.json"]);
        for name in names {
            assert_eq!(fs::read(to.join(&name)).unwrap(), name.as_encoded_bytes());
        }
        fs::write(from.join("a.store"), "changed").unwrap();
        assert_eq!(fs::read(to.join("a.store")).unwrap() == b"changed", follows);
    }

    #[test]
    fn a_base_is_linked_where_the_disk_can_and_else_copied() {
        check(|from, to| fs::hard_link(from, to), Taken::Linked, true);
        check(|_, _| Err(io::ErrorKind::Unsupported.into()), Taken::Copied, false);
    }
}
