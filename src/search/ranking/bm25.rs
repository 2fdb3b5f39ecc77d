//! How much a match counts.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, Term};
use tantivy::{DocId, Score};

/// The two constants of BM25.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bm25Form {
    /// How slowly more occurrences of a word count less.
    pub k1: f32,
    /// How much the length of an article counts, from 0 to 1.
    pub b: f32,
}

impl Default for Bm25Form {
    /// The form that tantivy prunes by.
    fn default() -> Self {
        Self { k1: 1.2, b: 0.75 }
    }
}

/// Weighs words by BM25: each by how few articles have it.
///
/// Words that must stand together are as rare as all of them are: their weights are added up, as
/// for a phrase. Words of which any will do are as rare as the articles that have one.
///
/// The formula is that of tantivy and Lucene 7, with `n` of `N` articles having the word, `tf`
/// times in one of length `l`, the average being `L` (Robertson and Zaragoza, "The probabilistic
/// relevance framework", 2009):
///
/// ```text
/// ln(1 + (N - n + .5) / (n + .5)) · (k1 + 1) · tf / (tf + k1 · (1 - b + b · l / L))
/// ```
///
/// tantivy's own has its constants built in; with 1.2 and .75 this is the same number.
#[derive(Clone)]
pub(in crate::search) struct Bm25 {
    weight: Score,
    curve: Arc<Curve>,
}

impl Default for Bm25 {
    fn default() -> Self {
        Self { weight: 0.0, curve: Arc::new(Curve([1.0; N_NORMS])) }
    }
}

/// How many lengths of an article are told apart.
const N_NORMS: usize = 256;

/// What is added to the number of occurrences, for each length of an article.
struct Curve([Score; N_NORMS]);

impl Curve {
    fn new(Bm25Form { k1, b }: Bm25Form, average: Score) -> Self {
        let mut norms = [0.0; N_NORMS];
        for (id, norm) in (0..=u8::MAX).zip(&mut norms) {
            let length = FieldNormReader::id_to_fieldnorm(id) as Score;
            *norm = k1 * (1.0 - b + b * length / average);
        }
        Self(norms)
    }
}

impl Bm25 {
    /// Weighs words by the number of articles that have each.
    pub(in crate::search) fn new(
        statistics: &dyn Bm25StatisticsProvider,
        text: Field,
        form: Bm25Form,
        n_articles: &[u64],
    ) -> tantivy::Result<Self> {
        Ok(Bm25Base::new(statistics, text, form)?.weigh(n_articles))
    }

    pub(in crate::search) fn boost_by(&self, boost: Score) -> Self {
        Self { weight: self.weight * boost, curve: Arc::clone(&self.curve) }
    }

    /// Adds up the weights of two.
    pub(super) fn with(&self, other: &Self) -> Self {
        Self { weight: self.weight + other.weight, curve: Arc::clone(&self.curve) }
    }

    /// Scores an article in which the words occur so often.
    pub(in crate::search) fn score(
        &self,
        norms: &FieldNormReader,
        doc: DocId,
        n_occurrences: u32,
    ) -> Score {
        self.score_beside(n_occurrences, self.added(norms, doc))
    }

    /// Returns what is added to the number of occurrences in an article, by its length.
    pub(in crate::search) fn added(&self, norms: &FieldNormReader, doc: DocId) -> Score {
        self.curve.0[usize::from(norms.fieldnorm_id(doc))]
    }

    /// Scores an article by the number of occurrences and by what is added to that.
    pub(in crate::search) fn score_beside(&self, n_occurrences: u32, added: Score) -> Score {
        let n = n_occurrences as Score;
        self.weight * n / (n + added)
    }

    /// Returns more than an article scores, however often the words occur.
    pub(in crate::search) fn most(&self) -> Score {
        self.weight
    }

    /// Returns what an article scores at most in which the words occur so often: the shortest.
    pub(in crate::search) fn most_of(&self, n_occurrences: u32) -> Score {
        let n = n_occurrences as Score;
        self.weight * n / (n + self.curve.0[0])
    }

    /// Scores a part of an article in which the words occur so often, whatever its length.
    pub(super) fn score_part(&self, n_occurrences: u32) -> Score {
        let n = n_occurrences as Score;
        self.weight * n / (n + 1.0)
    }
}

/// What all words of an archive are weighed by.
pub(in crate::search) struct Bm25Base {
    n_all: u64,
    average: Score,
    k1: Score,
    curve: Arc<Curve>,
}

impl Bm25Base {
    pub(in crate::search) fn new(
        statistics: &dyn Bm25StatisticsProvider,
        text: Field,
        form: Bm25Form,
    ) -> tantivy::Result<Self> {
        let n_all = statistics.total_num_docs()?;
        let average = statistics.total_num_tokens(text)? as Score / n_all.max(1) as Score;
        let average = average.max(1.0);
        let curve = Arc::new(Curve::new(form, average));
        Ok(Self { n_all, average, k1: form.k1, curve })
    }

    /// Returns the average length of an article, in words.
    pub(in crate::search) fn average(&self) -> Score {
        self.average
    }

    /// Returns the least that is added to the number of occurrences, as a multiple of what another
    /// form adds, among all lengths of an article.
    pub(in crate::search) fn least_ratio(&self, other: Bm25Form) -> Score {
        let other = Curve::new(other, self.average);
        let ratios = self.curve.0.iter().zip(&other.0).map(|(ours, theirs)| ours / theirs);
        ratios.fold(Score::INFINITY, Score::min)
    }

    /// Weighs words by the number of articles that have each.
    pub(in crate::search) fn weigh(&self, n_articles: &[u64]) -> Bm25 {
        let n_all = self.n_all;
        let idf = |n: &u64| {
            let n = (*n).min(n_all);
            (1.0 + ((n_all - n) as Score + 0.5) / (n as Score + 0.5)).ln()
        };
        let weight = (self.k1 + 1.0) * n_articles.iter().map(idf).sum::<Score>();
        Bm25 { weight, curve: Arc::clone(&self.curve) }
    }
}

/// Adds up in how many articles each of some words stands.
pub(in crate::search) fn n_articles<'a>(
    statistics: &dyn Bm25StatisticsProvider,
    terms: impl Iterator<Item = &'a Term>,
) -> tantivy::Result<u64> {
    terms.map(|term| statistics.doc_freq(term)).sum()
}
