//! The segments of a draft: made, taken over by links, merged.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tantivy::index::{SegmentComponent, SegmentId, SegmentMeta};
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

/// How many segments may lie side by side until the smallest are merged: each holds files open, and
/// a part of them in memory.
const SEGMENTS_MAX: usize = 24;

/// How many bytes of stored articles come into one segment by that, unless a part of all of them,
/// [`STORED_PART`], is more. When a segment is merged again tantivy looks at all its stored articles
/// as one piece, which counts as memory of the run.
const STORED_BYTES_MAX: u64 = 1 << 27;
const STORED_PART: u64 = 8;

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

/// Merges the smallest segments of a draft, where there are too many.
pub(super) fn thin_out(index: &Index, writer: &mut IndexWriter, dir: &Path) -> Result<()> {
    let metas = index.searchable_segment_metas().map_err(failed)?;
    let sized = metas.iter().map(|it| Ok((stored_bytes(it, dir)?, it.id())));
    let mut sized = sized.collect::<Result<Vec<(u64, SegmentId)>>>()?;
    // Whoever holds the description of a segment keeps its files from being removed.
    drop(metas);
    sized.sort_unstable();
    let (sizes, mut ids): (Vec<u64>, Vec<SegmentId>) = sized.into_iter().unzip();
    ids.truncate(n_to_merge(&sizes));
    if ids.is_empty() {
        return Ok(());
    }
    writer.merge(&ids).wait().map_err(failed)?;
    writer.garbage_collect_files().wait().map(drop).map_err(failed)
}

/// Returns how many bytes the stored articles of a segment have.
fn stored_bytes(meta: &SegmentMeta, dir: &Path) -> Result<u64> {
    let path = dir.join(meta.relative_path(SegmentComponent::Store));
    let known = fs::metadata(&path).map_err(|cause| Error::io("read", &path, &cause))?;
    Ok(known.len())
}

/// Returns how many of the smallest segments are to be merged, by the bytes of their stored articles
/// in order: none where there are few enough, and else two at least.
///
/// What is large is left alone, so that a million articles are merged .8 times over until the last
/// merge, ten million 2.4 times, and a hundred million 19 times; merging whatever there is but the
/// largest segment, it would be .8, 7 and 64 times.
fn n_to_merge(sizes: &[u64]) -> usize {
    if sizes.len() <= SEGMENTS_MAX {
        return 0;
    }
    let n_bytes: u64 = sizes.iter().sum();
    let room = STORED_BYTES_MAX.max(n_bytes / STORED_PART);
    let mut sum = 0;
    let fits = |size: &&u64| {
        sum += **size;
        sum <= room
    };
    sizes.iter().take_while(fits).count().max(2)
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
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn of_too_many_segments_the_smallest_are_merged_that_have_room_together(
            mut sizes in prop::collection::vec(0..STORED_BYTES_MAX, 0..60),
        ) {
            sizes.sort_unstable();
            let n = n_to_merge(&sizes);
            let room = STORED_BYTES_MAX.max(sizes.iter().sum::<u64>() / STORED_PART);
            let sum = |n: usize| sizes[..n].iter().sum::<u64>();
            if sizes.len() <= SEGMENTS_MAX {
                prop_assert_eq!(n, 0);
            } else {
                prop_assert!(n >= 2 && (n == 2 || sum(n) <= room));
                prop_assert!(n == sizes.len() || sum(n + 1) > room);
            }
        }
    }

    /// Commits so many segments of one size, and checks how often all of it is merged meanwhile, in
    /// hundredths, and what part of it the largest segment has at most in the end.
    fn check_commits(n_commits: u64, merged_max: u64, part_max: u64) {
        const SIZE: u64 = 33 << 20;
        let (mut sizes, mut n_merged) = (Vec::new(), 0);
        for _ in 0..n_commits {
            sizes.push(SIZE);
            sizes.sort_unstable();
            let merged: Vec<u64> = sizes.drain(..n_to_merge(&sizes)).collect();
            let sum: u64 = merged.iter().sum();
            sizes.extend((sum > 0).then_some(sum));
            n_merged += sum;
            assert!(sizes.len() <= SEGMENTS_MAX);
        }
        let all = n_commits * SIZE;
        assert!(n_merged * 100 <= all * merged_max, "{n_merged} of {all}");
        assert!(sizes.iter().all(|size| *size <= all / part_max));
    }

    #[test]
    fn a_large_archive_is_not_merged_again_with_every_commit() {
        check_commits(20, 0, 20);
        check_commits(58, 80, 8);
        check_commits(580, 250, 8);
        check_commits(5_800, 2_000, 8);
    }

    #[test]
    fn a_base_is_linked_where_the_disk_can_and_else_copied() {
        check(|from, to| fs::hard_link(from, to), Taken::Linked, true);
        check(|_, _| Err(io::ErrorKind::Unsupported.into()), Taken::Copied, false);
    }
}
