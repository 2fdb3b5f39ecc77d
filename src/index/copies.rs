//! Which articles of a generation are copies of one story.
//!
//! A generation is one segment, so that an article is known by the number of its document. The file
//! `copies` has the articles that have copies, cluster by cluster; every number has 4 bytes, the
//! least significant first:
//!
//! ```text
//! "dateline copies 1\n"
//! n_docs       how many documents the segment has
//! n_members    how many articles are in clusters
//! n_clusters
//! ends         of each cluster among the members
//! members      the documents of each cluster in order of date, those without one last
//! docs         the same in order of their numbers
//! clusters     the cluster of each of these
//! ```
//!
//! The file is made when a generation is published, from the signatures of all its articles: those
//! of articles that a run did not touch are where they were, in the column `signature`. So the
//! clusters are those that a rebuild would make, whatever was added, corrected or deleted since.
//! Comparing takes some 100 bytes of memory an article; a reader holds 12 bytes for each article that
//! has a copy.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use tantivy::{DocId, Searcher, SegmentReader};

use crate::copies::{ARTICLES_MAX, Report, Signature, leaders};
use crate::error::{Error, Kind, Result};
use crate::text::SECONDS_PER_DAY;

/// The name of the file in the folder of a generation.
pub(super) const NAME: &str = "copies";

const HEADER: &[u8] = b"dateline copies 1\n";

/// The articles of a generation that are copies of one story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    n_docs: u32,
    ends: Vec<u32>,
    members: Vec<DocId>,
    docs: Vec<DocId>,
    clusters: Vec<u32>,
}

impl Copies {
    /// Opens the file of a generation; one that has none has no copies.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where it is damaged, [`Kind::Io`] where it cannot be read.
    pub(super) fn open(generation_dir: &Path, searcher: &Searcher) -> Result<Self> {
        let path = generation_dir.join(NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(cause) => return Err(Error::io("read", &path, &cause)),
        };
        let n_docs = searcher.segment_readers().first().map_or(0, SegmentReader::max_doc);
        let copies = Self::parse(&bytes).filter(|copies| copies.n_docs == n_docs);
        copies.ok_or_else(|| {
            let message = format!("the file '{NAME}' of the index is damaged");
            Error::new(Kind::Index, message)
                .with_hint("make the index anew with 'dateline index --rebuild'")
        })
    }

    /// Returns the articles of the cluster that an article is in, in order of date, itself among
    /// them; none where it stands alone.
    pub fn of(&self, doc: DocId) -> &[DocId] {
        let place = self.docs.binary_search(&doc).ok();
        let cluster = place.and_then(|place| self.clusters.get(place));
        cluster.map_or(&[], |cluster| self.cluster(*cluster as usize))
    }

    /// Returns how many clusters there are.
    pub fn n_clusters(&self) -> usize {
        self.ends.len()
    }

    /// Returns how many articles are in clusters.
    pub fn n_members(&self) -> usize {
        self.members.len()
    }

    /// Returns each cluster, that of the earliest article first.
    pub fn all(&self) -> impl Iterator<Item = &[DocId]> {
        (0..self.ends.len()).map(|cluster| self.cluster(cluster))
    }

    fn cluster(&self, cluster: usize) -> &[DocId] {
        let end = |cluster: usize| self.ends.get(cluster).map_or(0, |end| *end as usize);
        let start = cluster.checked_sub(1).map_or(0, end);
        self.members.get(start..end(cluster)).unwrap_or_default()
    }

    /// Finds the copies among the articles of a generation, which has one segment.
    pub(super) fn find(searcher: &Searcher) -> tantivy::Result<Self> {
        let [segment] = searcher.segment_readers() else {
            return Ok(Self::default());
        };
        let columns = segment.fast_fields();
        let (dates, ids) = (columns.i64("date")?, columns.str("id")?);
        let column = columns.u64("signature")?;
        // The order in which articles lead; the ids of one segment are numbered in their order.
        let signed = segment.doc_ids_alive().filter(|doc| column.first(*doc).is_some());
        let mut order: Vec<(bool, i64, u64, DocId)> = signed
            .map(|doc| {
                let date = dates.first(doc);
                let id = ids.as_ref().and_then(|ids| ids.term_ords(doc).next());
                (date.is_none(), date.unwrap_or_default(), id.unwrap_or_default(), doc)
            })
            .collect();
        order.sort_unstable();
        order.truncate(ARTICLES_MAX);
        let docs: Vec<DocId> = order.iter().map(|(.., doc)| *doc).collect();
        drop(order);
        // Growing step by step would hold the largest list of all twice.
        let mut reports = Vec::with_capacity(docs.len());
        let mut signed = Vec::with_capacity(docs.len());
        for doc in docs {
            if let Some(signature) = Signature::of_parts(column.values_for_doc(doc)) {
                let day =
                    dates.first(doc).map(|seconds| seconds.div_euclid(SECONDS_PER_DAY) as i32);
                reports.push(Report { signature, day });
                signed.push(doc);
            }
        }
        Ok(Self::of_leaders(segment.max_doc(), &signed, &leaders(&reports)))
    }

    /// Puts articles together that have one leader, which is given by its place among them.
    fn of_leaders(n_docs: u32, signed: &[DocId], leaders: &[u32]) -> Self {
        let mut members: Vec<(u32, u32)> = leaders.iter().copied().zip(0..).collect();
        members.sort_unstable();
        let mut copies = Self { n_docs, ..Self::default() };
        let mut docs: Vec<(DocId, u32)> = Vec::new();
        for cluster in members.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
            let number = copies.ends.len() as u32;
            let of_cluster = cluster.iter().filter_map(|(_, place)| signed.get(*place as usize));
            copies.members.extend(of_cluster.clone());
            docs.extend(of_cluster.map(|doc| (*doc, number)));
            copies.ends.push(copies.members.len() as u32);
        }
        if docs.is_empty() {
            // As it is opened where there is no file.
            return Self::default();
        }
        docs.sort_unstable();
        (copies.docs, copies.clusters) = docs.into_iter().unzip();
        copies
    }

    /// Writes the file of a new generation. Where no article has a copy, no file is made, and what
    /// a run left that was broken off is removed.
    pub(super) fn write(&self, generation_dir: &Path) -> io::Result<()> {
        let path = generation_dir.join(NAME);
        if self.members.is_empty() {
            return match fs::remove_file(&path) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
                _ => Ok(()),
            };
        }
        let mut file = BufWriter::new(File::create(&path)?);
        file.write_all(HEADER)?;
        let numbers = [self.n_docs, self.members.len() as u32, self.ends.len() as u32];
        let lists = [&numbers[..], &self.ends, &self.members, &self.docs, &self.clusters];
        for number in lists.into_iter().flatten() {
            file.write_all(&number.to_le_bytes())?;
        }
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    /// Reads what [`write`](Self::write) wrote; nothing where it is not that.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.strip_prefix(HEADER)?.as_chunks();
        let mut numbers = numbers.iter().map(|it| u32::from_le_bytes(*it));
        let (n_docs, n_members) = (numbers.next()?, numbers.next()? as usize);
        let n_clusters = numbers.next()? as usize;
        if !rest.is_empty() || numbers.len() != n_members.checked_mul(3)?.checked_add(n_clusters)? {
            return None;
        }
        let mut list = |n: usize| numbers.by_ref().take(n).collect::<Vec<u32>>();
        let (ends, members) = (list(n_clusters), list(n_members));
        let (docs, clusters) = (list(n_members), list(n_members));
        let copies = Self { n_docs, ends, members, docs, clusters };
        copies.is_sound().then_some(copies)
    }

    /// Tells whether the lists fit each other: no article is in two clusters, and none is alone.
    fn is_sound(&self) -> bool {
        let mut n_members = vec![0_u32; self.ends.len()];
        for cluster in &self.clusters {
            match n_members.get_mut(*cluster as usize) {
                Some(n) => *n += 1,
                None => return false,
            }
        }
        let mut end = 0_u32;
        let fits = |(n, told): (&u32, &u32)| {
            end = end.saturating_add(*n);
            *n > 1 && end == *told
        };
        n_members.iter().zip(&self.ends).all(fits)
            && self.docs.is_sorted_by(|a, b| a < b)
            && self.docs.last().is_none_or(|doc| *doc < self.n_docs)
            && self.members.iter().all(|doc| *doc < self.n_docs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five articles of which two pairs are copies; the documents are numbered in another order.
    fn copies() -> Copies {
        Copies::of_leaders(9, &[7, 3, 8, 0, 1], &[0, 1, 0, 3, 1])
    }

    #[test]
    fn an_article_has_its_cluster_in_order_of_date() {
        let copies = copies();
        assert_eq!(copies.of(8), [7, 8]);
        assert_eq!(copies.of(1), [3, 1]);
        assert_eq!(copies.of(0), [0; 0]);
        assert_eq!((copies.n_clusters(), copies.n_members()), (2, 4));
    }

    #[test]
    fn clusters_come_back_as_they_were_written_and_none_leave_no_file() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join(NAME);
        copies().write(dir.path())?;
        assert_eq!(Copies::parse(&fs::read(&path)?), Some(copies()));
        Copies::of_leaders(9, &[7, 3], &[0, 1]).write(dir.path())?;
        assert!(!path.exists());
        Ok(())
    }

    #[test]
    fn a_damaged_file_is_nothing_and_never_a_panic() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        copies().write(dir.path())?;
        let whole = fs::read(dir.path().join(NAME))?;
        for at in 0..whole.len() {
            assert_eq!(Copies::parse(&whole[..at]), None, "cut at {at}");
            for flipped in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= flipped;
                if let Some(copies) = Copies::parse(&bytes) {
                    (0..20).for_each(|doc| drop(copies.of(doc).to_vec()));
                }
            }
        }
        Ok(())
    }
}
