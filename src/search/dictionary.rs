//! The words of the archive as printed, and which of them fit a test.

use std::collections::HashMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, Term};
use tantivy::{Searcher, TantivyError};

use crate::index::Fields;
use crate::query::WordTest;

use super::EXPANSION_MAX;

/// The folded words of some fields.
pub(super) struct Dictionary<'a> {
    searcher: &'a Searcher,
    fields: Vec<Field>,
}

/// A word, and how many articles have it; where two fields have it, their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) word: String,
    pub(super) n_articles: u64,
}

/// The words that fit a test.
#[derive(Debug, Default)]
pub(super) struct Expansion {
    /// The most frequent, at most [`EXPANSION_MAX`].
    pub(super) words: Vec<String>,
    /// How many there are.
    pub(super) n_found: usize,
}

impl<'a> Dictionary<'a> {
    /// The words of the headlines and bodies, as printed.
    pub(super) fn of_text(searcher: &'a Searcher, fields: Fields) -> Self {
        Self { searcher, fields: vec![fields.exact, fields.forms] }
    }

    /// The words of another field.
    pub(super) fn of_field(searcher: &'a Searcher, field: Field) -> Self {
        Self { searcher, fields: vec![field] }
    }

    /// Returns the words that a test stands for, the most frequent.
    pub(super) fn expand(&self, test: &WordTest) -> tantivy::Result<Expansion> {
        let mut found = match test {
            WordTest::Surface(word) => {
                let words = if self.has(word)? { vec![word.clone()] } else { Vec::new() };
                return Ok(Expansion { n_found: words.len(), words });
            }
            WordTest::Stem(words) => {
                return Ok(Expansion { words: words.clone(), n_found: words.len() });
            }
            WordTest::AnyWord => return Ok(Expansion::default()),
            WordTest::Wildcard(wildcard) => {
                let all = wildcard.is_prefix();
                self.beginning_with(&wildcard.prefix(), |word| all || wildcard.matches(word))?
            }
            WordTest::Fuzzy(word, distance) => self.similar(word, *distance)?,
        };
        let n_found = found.len();
        // The order of words of the same frequency is part of the answer: ties are cut by it.
        let order = |a: &Known, b: &Known| {
            b.n_articles.cmp(&a.n_articles).then_with(|| a.word.cmp(&b.word))
        };
        if n_found > EXPANSION_MAX {
            found.select_nth_unstable_by(EXPANSION_MAX, order);
            found.truncate(EXPANSION_MAX);
        }
        found.sort_unstable_by(order);
        Ok(Expansion { words: found.into_iter().map(|it| it.word).collect(), n_found })
    }

    /// Tells whether an article has a word.
    fn has(&self, word: &str) -> tantivy::Result<bool> {
        for field in &self.fields {
            if self.searcher.doc_freq(&Term::from_field_text(*field, word))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the words that begin so and fit.
    pub(super) fn beginning_with(
        &self,
        prefix: &str,
        fits: impl Fn(&str) -> bool,
    ) -> tantivy::Result<Vec<Known>> {
        let mut found = Found::default();
        for segment in self.searcher.segment_readers() {
            for field in &self.fields {
                let inverted = segment.inverted_index(*field)?;
                let mut stream = inverted.terms().range().ge(prefix).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    let word = utf8(stream.key())?;
                    if fits(word) {
                        found.add(word, stream.value().doc_freq);
                    }
                }
            }
        }
        Ok(found.into_known())
    }

    /// Returns the words at most so many edits from one.
    pub(super) fn similar(&self, word: &str, distance: u8) -> tantivy::Result<Vec<Known>> {
        let mut found = Found::default();
        for segment in self.searcher.segment_readers() {
            for field in &self.fields {
                let term = Term::from_field_text(*field, word);
                let similar = FuzzyTermQuery::new(term, distance, true).automaton()?;
                let inverted = segment.inverted_index(*field)?;
                let mut stream = inverted.terms().search(similar).into_stream()?;
                while stream.advance() {
                    found.add(utf8(stream.key())?, stream.value().doc_freq);
                }
            }
        }
        Ok(found.into_known())
    }
}

/// Words that are being counted.
#[derive(Default)]
struct Found {
    counts: HashMap<String, u64>,
}

impl Found {
    fn add(&mut self, word: &str, n_articles: u32) {
        match self.counts.get_mut(word) {
            Some(count) => *count += u64::from(n_articles),
            None => {
                self.counts.insert(word.to_owned(), u64::from(n_articles));
            }
        }
    }

    fn into_known(self) -> Vec<Known> {
        self.counts.into_iter().map(|(word, n_articles)| Known { word, n_articles }).collect()
    }
}

fn utf8(word: &[u8]) -> tantivy::Result<&str> {
    std::str::from_utf8(word).map_err(|it| TantivyError::InternalError(it.to_string()))
}
