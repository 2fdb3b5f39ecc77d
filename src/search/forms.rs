//! Any of several words, wherever they stand, as a tantivy query.
//!
//! This is what a wildcard alone comes to: no position is looked at.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::deadline::{Deadline, Watch};
use super::postings::{Choice, Union, Wanted};
use super::ranking::{Bm25, Bm25Form, n_articles};

/// Finds the articles that have any of some words, as one word that occurs as often as all of them.
#[derive(Clone, Debug)]
pub(super) struct FormsQuery {
    pub(super) choices: Vec<Choice>,
    /// The field whose lengths the score goes by.
    pub(super) text: Field,
    pub(super) deadline: Deadline,
    pub(super) bm25: Bm25Form,
}

impl Query for FormsQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let terms = self.choices.iter().map(|choice| &choice.docs);
                let n = n_articles(statistics_provider, terms)?;
                Bm25::new(statistics_provider, self.text, self.bm25, &[n])?
            }
            EnableScoring::Disabled { .. } => Bm25::default(),
        };
        Ok(Box::new(FormsWeight { query: self.clone(), bm25 }))
    }
}

struct FormsWeight {
    query: FormsQuery,
    bm25: Bm25,
}

impl Weight for FormsWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let union = Union::open(segment, &self.query.choices, Wanted::Frequencies, None)?;
        let Some(union) = union else {
            return Ok(Box::new(EmptyScorer));
        };
        Ok(Box::new(FormsScorer {
            union,
            norms: segment.get_fieldnorms_reader(self.query.text)?,
            bm25: self.bm25.boost_by(boost),
            watch: self.query.deadline.watch(),
        }))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let score = if scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("any of several words", score))
    }
}

struct FormsScorer {
    union: Union,
    norms: FieldNormReader,
    bm25: Bm25,
    watch: Watch,
}

impl FormsScorer {
    fn unless_late(&mut self, doc: DocId) -> DocId {
        if self.watch.is_late() { self.union.seek(TERMINATED) } else { doc }
    }
}

impl DocSet for FormsScorer {
    fn advance(&mut self) -> DocId {
        let doc = self.union.advance();
        self.unless_late(doc)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let doc = self.union.seek(target);
        self.unless_late(doc)
    }

    fn doc(&self) -> DocId {
        self.union.doc()
    }

    fn size_hint(&self) -> u32 {
        self.union.size_hint()
    }
}

impl Scorer for FormsScorer {
    fn score(&mut self) -> Score {
        self.bm25.score(&self.norms, self.union.doc(), self.union.frequency())
    }
}
