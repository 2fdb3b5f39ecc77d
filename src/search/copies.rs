//! Copies of one story among the hits.
//!
//! A report that ten papers print would fill a page with itself. So the hits of one cluster fold
//! into the best of them, which tells how many there are; the page is as long as before, the total
//! still counts articles. What stands in the place of a cluster is always an article that matches:
//! what is marked in it made it match.

use std::collections::HashSet;

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, DocSet};

use crate::error::Result;
use crate::text::Moment;

use super::columns::value;
use super::top::Ranked;
use super::{HITS_MAX, Searcher, Weighed, damaged};

/// The most articles that are looked through for a page of folded hits. Where they do not fill it,
/// it stays shorter.
pub(super) const CANDIDATES_MAX: usize = 4 * HITS_MAX;

/// Whether copies of one story are one hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Folding {
    /// Each is a hit of its own.
    #[default]
    None,
    /// They are one hit, which stands where the best of them would.
    Folded(Lead),
}

/// Which of the copies of a story that match is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lead {
    /// The one that ranks best.
    #[default]
    Best,
    /// The earliest.
    Earliest,
    /// The longest; of several the earliest.
    Longest,
}

/// The copies of a story in the archive, whether they match or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The id of the earliest.
    pub id: String,
    /// How many there are, the hit itself among them.
    pub n_versions: usize,
    /// Their sources, the earliest first.
    pub sources: Vec<String>,
    /// The sources of all but the hit itself.
    pub other_sources: Vec<String>,
    /// When the earliest appeared; nothing where that is not known of any.
    pub first: Option<Moment>,
}

impl Searcher {
    /// Returns the copies of the story that an article is of; nothing where it stands alone.
    pub(super) fn story(&self, address: DocAddress) -> Result<Option<Story>> {
        let members = self.copies_of(address);
        let Some(first) = members.first() else {
            return Ok(None);
        };
        let first = self.stored(DocAddress::new(address.segment_ord, *first))?;
        let segment = self.generation.searcher.segment_reader(address.segment_ord);
        let column = segment.fast_fields().str("sources").map_err(damaged)?;
        let source = |doc: &DocId| column.as_ref().and_then(|it| it.term_ords(*doc).next());
        let name =
            |ord: u64| column.as_ref().map_or_else(|| Ok(String::new()), |it| value(it, ord));
        let names = |ords: Vec<u64>| ords.into_iter().map(name).collect::<Result<Vec<String>>>();
        let others = members.iter().filter(|doc| **doc != address.doc_id);
        Ok(Some(Story {
            id: first.id,
            n_versions: members.len(),
            sources: names(each_once(members.iter().filter_map(source)))?,
            other_sources: names(each_once(others.filter_map(source)))?,
            first: first.date.map(|date| date.moment),
        }))
    }

    /// Returns the articles of a cluster in order of date, one of which is given; none where that
    /// stands alone.
    pub(super) fn copies_of(&self, address: DocAddress) -> &[DocId] {
        // A generation has one segment.
        if address.segment_ord == 0 { self.generation.copies.of(address.doc_id) } else { &[] }
    }

    /// Tells whether two articles are the same, or copies of one story.
    pub(super) fn are_copies(&self, one: DocAddress, other: DocAddress) -> bool {
        let is_copy = |it: DocAddress| self.copies_of(it).contains(&other.doc_id);
        one == other || one.segment_ord == other.segment_ord && is_copy(one)
    }

    /// Returns the ids of the articles of each cluster, in order of date; the cluster of the earliest
    /// article comes first.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn stories(&self) -> Result<Vec<Vec<String>>> {
        self.generation.contained(|| {
            let id = |doc: &DocId| Ok(self.stored(DocAddress::new(0, *doc))?.id);
            self.generation.copies.all().map(|members| members.iter().map(id).collect()).collect()
        })
    }

    /// Keeps of articles in their order the first of each story, so many of them.
    pub(super) fn folded(&self, ranked: Vec<Ranked>, limit: usize) -> Vec<Ranked> {
        let mut seen: HashSet<DocId> = HashSet::new();
        let is_first = |it: &Ranked| {
            let members = self.copies_of(it.address);
            members.first().is_none_or(|first| seen.insert(*first))
        };
        ranked.into_iter().filter(is_first).take(limit).collect()
    }

    /// Puts in the place of each article that has copies the one that is to be shown, of those that
    /// match.
    pub(super) fn led(&self, ranked: &mut [Ranked], lead: Lead, weighed: &Weighed) -> Result<()> {
        if lead == Lead::Best || ranked.iter().all(|it| self.copies_of(it.address).is_empty()) {
            return Ok(());
        }
        let segment = self.generation.searcher.segment_reader(0);
        let members = ranked.iter().flat_map(|it| self.copies_of(it.address));
        let mut members: Vec<DocId> = members.copied().collect();
        members.sort_unstable();
        let unscored = EnableScoring::disabled_from_searcher(&self.generation.searcher);
        let scorers = weighed.queries.iter().map(|it| it.weight(unscored)?.scorer(segment, 1.0));
        let mut scorers = scorers.collect::<tantivy::Result<Vec<_>>>().map_err(damaged)?;
        members.retain(|doc| {
            scorers.iter_mut().any(|scorer| {
                let at = if scorer.doc() < *doc { scorer.seek(*doc) } else { scorer.doc() };
                at == *doc
            })
        });
        let words = segment.fast_fields().u64("words").map_err(damaged)?;
        let n_words = |doc: &DocId| words.first(*doc).unwrap_or_default();
        for it in ranked {
            let matches = |doc: &&DocId| members.binary_search(doc).is_ok();
            let mut matching = self.copies_of(it.address).iter().filter(matches);
            let chosen = match lead {
                // Of equals, `max_by_key` takes the last.
                Lead::Longest => matching.rev().max_by_key(|doc| n_words(doc)),
                _ => matching.next(),
            };
            if let Some(doc) = chosen {
                it.address = DocAddress::new(it.address.segment_ord, *doc);
            }
        }
        Ok(())
    }
}

/// Returns what comes, in order, without what has come before.
fn each_once(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut seen = HashSet::new();
    numbers.filter(|number| seen.insert(*number)).collect()
}
