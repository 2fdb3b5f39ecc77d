//! How much a match counts.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::{Field, Term};
use tantivy::{DocId, Score};

/// Weighs words by BM25: each by how few articles have it.
///
/// Words that must stand together are as rare as all of them are: their weights are added up, as
/// for a phrase. Words of which any will do are as rare as the articles that have one.
#[derive(Clone, Default)]
pub(super) struct Bm25 {
    weights: Vec<Bm25Weight>,
}

impl Bm25 {
    /// Weighs words by the number of articles that have each.
    pub(super) fn new(
        statistics: &dyn Bm25StatisticsProvider,
        text: Field,
        n_articles: &[u64],
    ) -> tantivy::Result<Self> {
        let n_all = statistics.total_num_docs()?;
        let average = statistics.total_num_tokens(text)? as Score / n_all.max(1) as Score;
        let weigh = |n: &u64| Bm25Weight::for_one_term((*n).min(n_all), n_all, average);
        Ok(Self { weights: n_articles.iter().map(weigh).collect() })
    }

    pub(super) fn boost_by(&self, boost: Score) -> Self {
        Self { weights: self.weights.iter().map(|weight| weight.boost_by(boost)).collect() }
    }

    /// Scores an article in which the words occur so often.
    pub(super) fn score(&self, norms: &FieldNormReader, doc: DocId, n_occurrences: u32) -> Score {
        let norm = norms.fieldnorm_id(doc);
        self.weights.iter().map(|weight| weight.score(norm, n_occurrences)).sum()
    }
}

/// Adds up in how many articles each of some words stands.
pub(super) fn n_articles<'a>(
    statistics: &dyn Bm25StatisticsProvider,
    terms: impl Iterator<Item = &'a Term>,
) -> tantivy::Result<u64> {
    terms.map(|term| statistics.doc_freq(term)).sum()
}
