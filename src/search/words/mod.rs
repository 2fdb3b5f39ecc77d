//! Any or all of some words, wherever they stand.
//!
//! Most queries are no more than that. tantivy goes through them article by article, asks each word
//! at each step where it stands, and scores by the constants that it was built with. Here postings are
//! read a block at a time into windows of articles, which say how often each word stands in each of
//! them; what cannot be among the best by the words that it has is never scored, and of a word that
//! cannot bring an article among the best by itself nothing is read but where a rarer one stands, if
//! that is less: Turtle and Flood's MaxScore ("Query evaluation: strategies and optimizations", 1995).
//! Scores are those of our own BM25.
//!
//! How many articles there are in all is told on the way: once postings are read, that costs little.

mod list;
mod reading;
mod window;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, Score, SegmentReader};

use super::ranking::{Bm25, Bm25Base, Bm25Form};

use list::{Bounds, List};
use reading::{All, Reading};

/// Finds the articles that have any or all of some words.
#[derive(Clone, Debug)]
pub(super) struct WordsQuery {
    /// The words, and how much each counts.
    pub(super) words: Vec<(Term, Score)>,
    pub(super) joint: Joint,
    /// The field of the words.
    pub(super) text: Field,
    pub(super) bm25: Bm25Form,
    /// The same as tantivy's own query, for whoever goes through articles one by one.
    pub(super) plain: Arc<dyn Query>,
}

/// How many of some words an article must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Any,
    All,
}

/// Whether somebody wants to know how many articles match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Total {
    Wanted,
    Unwanted,
}

impl Query for WordsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        self.plain.weight(scoring)
    }
}

impl WordsQuery {
    /// Weighs the words, where scores are asked for.
    pub(super) fn weigh(&self, scoring: EnableScoring<'_>) -> tantivy::Result<WeighedWords> {
        let mut words = Vec::with_capacity(self.words.len());
        let mut bounds = None;
        if let EnableScoring::Enabled { statistics_provider: statistics, .. } = scoring {
            let base = Bm25Base::new(statistics, self.text, self.bm25)?;
            for (term, boost) in &self.words {
                let bm25 = base.weigh(&[statistics.doc_freq(term)?]).boost_by(*boost);
                words.push((term.clone(), bm25));
            }
            bounds = Some(Bounds::new(&base));
        } else {
            words.extend(self.words.iter().map(|(term, _)| (term.clone(), Bm25::default())));
        }
        Ok(WeighedWords { words, bounds, joint: self.joint, text: self.text })
    }
}

/// Words, and how much each scores.
pub(super) struct WeighedWords {
    words: Vec<(Term, Bm25)>,
    /// Nothing where nothing is scored.
    bounds: Option<Bounds>,
    joint: Joint,
    text: Field,
}

impl WeighedWords {
    /// Calls `found` with the articles of a segment that score more than a threshold, and their
    /// scores; it returns the new threshold. Returns how many match, if that is wanted.
    ///
    /// Deleted articles are found like others, but not counted. Without scores none is found.
    pub(super) fn best(
        &self,
        segment: &SegmentReader,
        threshold: Score,
        total: Total,
        found: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<Option<u64>> {
        let lists = self.open(segment, IndexRecordOption::WithFreqs)?;
        let all = if total == Total::Wanted { All::Number } else { All::Nothing };
        let threshold = if self.bounds.is_some() { threshold } else { Score::INFINITY };
        let n = self.read(segment, lists, threshold, all, found)?;
        Ok((total == Total::Wanted).then_some(n))
    }

    /// Counts the articles of a segment that match and were not deleted.
    pub(super) fn count(&self, segment: &SegmentReader) -> tantivy::Result<u64> {
        let lists = self.open(segment, IndexRecordOption::Basic)?;
        self.read(segment, lists, Score::INFINITY, All::Number, &mut |_, _| Score::INFINITY)
    }

    /// Calls `visit` with the articles of a segment that match and were not deleted, in order.
    pub(super) fn each(
        &self,
        segment: &SegmentReader,
        visit: &mut dyn FnMut(DocId),
    ) -> tantivy::Result<()> {
        let lists = self.open(segment, IndexRecordOption::Basic)?;
        let all = All::Each(visit);
        self.read(segment, lists, Score::INFINITY, all, &mut |_, _| Score::INFINITY)?;
        Ok(())
    }

    /// Opens the postings of the words that stand in a segment; nothing where none can match.
    fn open(
        &self,
        segment: &SegmentReader,
        option: IndexRecordOption,
    ) -> tantivy::Result<Vec<List>> {
        let inverted = segment.inverted_index(self.text)?;
        let mut lists = Vec::with_capacity(self.words.len());
        for (term, bm25) in &self.words {
            match inverted.read_block_postings(term, option)? {
                Some(postings) => lists.push(List::new(postings, bm25.clone())),
                None if self.joint == Joint::All => return Ok(Vec::new()),
                None => {}
            }
        }
        Ok(lists)
    }

    /// Returns how many articles match, if that is to be told.
    fn read<'a>(
        &'a self,
        segment: &'a SegmentReader,
        lists: Vec<List>,
        threshold: Score,
        all: All<'a>,
        found: &'a mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<u64> {
        let norms = segment.get_fieldnorms_reader(self.text)?;
        let bounds = self.bounds.as_ref();
        let mut reading = Reading::new(segment, norms, bounds, threshold, all, found);
        reading.read(lists, self.joint);
        Ok(reading.n_matching())
    }
}
