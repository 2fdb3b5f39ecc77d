//! What finds the articles of a clause.

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocId, SegmentReader};

use super::words::{WeighedWords, WordsQuery};

/// A query, ready to be looked up in a segment.
pub(super) enum Lookup {
    /// Nothing but words: ours.
    Words(WeighedWords),
    /// Whatever else: tantivy's, or of its form.
    Other(Box<dyn Weight>),
}

impl Lookup {
    pub(super) fn new(query: &dyn Query, scoring: EnableScoring<'_>) -> tantivy::Result<Self> {
        Ok(match query.downcast_ref::<WordsQuery>() {
            Some(words) => Self::Words(words.weigh(scoring)?),
            None => Self::Other(query.weight(scoring)?),
        })
    }

    /// Counts the articles that match and were not deleted.
    pub(super) fn count(&self, segment: &SegmentReader) -> tantivy::Result<u64> {
        match self {
            Self::Words(words) => words.count(segment),
            Self::Other(weight) => weight.count(segment).map(u64::from),
        }
    }

    /// Calls `visit` with the articles that match and were not deleted, in order.
    pub(super) fn each(
        &self,
        segment: &SegmentReader,
        visit: &mut dyn FnMut(DocId),
    ) -> tantivy::Result<()> {
        let weight = match self {
            Self::Words(words) => return words.each(segment, visit),
            Self::Other(weight) => weight,
        };
        weight.for_each_no_score(segment, &mut |docs| {
            docs.iter().copied().filter(|doc| is_alive(segment, *doc)).for_each(&mut *visit);
        })
    }
}

/// Tells whether an article was not deleted.
pub(super) fn is_alive(segment: &SegmentReader, doc: DocId) -> bool {
    segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
}
