//! The words of the archive as printed, and which of them fit a test.

use std::collections::HashMap;
use std::sync::OnceLock;

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
    /// Where all of them are kept once they were read.
    list: Option<&'a OnceLock<WordList>>,
}

/// All words of a dictionary, in order.
///
/// Going through tantivy's dictionary takes ten times as long as going through this; a wildcard that
/// begins a word asks for all of it.
pub(super) struct WordList {
    /// The words one after the other.
    text: String,
    /// Where each ends, and how many articles have it.
    words: Vec<(usize, u64)>,
}

impl WordList {
    fn new(mut known: Vec<Known>) -> Self {
        known.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        let mut list = Self { text: String::new(), words: Vec::with_capacity(known.len()) };
        for Known { word, n_articles } in known {
            list.text.push_str(&word);
            list.words.push((list.text.len(), n_articles));
        }
        list
    }

    fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        let starts = std::iter::once(0).chain(self.words.iter().map(|it| it.0));
        starts.zip(&self.words).map(|(start, (end, n))| (&self.text[start..*end], *n))
    }
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
    pub(super) fn of_text(
        searcher: &'a Searcher,
        fields: Fields,
        list: &'a OnceLock<WordList>,
    ) -> Self {
        Self { searcher, fields: vec![fields.exact, fields.forms], list: Some(list) }
    }

    /// The words of another field.
    pub(super) fn of_field(searcher: &'a Searcher, field: Field) -> Self {
        Self { searcher, fields: vec![field], list: None }
    }

    /// Returns the words that a test stands for, the most frequent.
    pub(super) fn expand(&self, test: &WordTest) -> tantivy::Result<Expansion> {
        let found = match test {
            WordTest::Surface(word) => {
                let words = if self.has(word)? { vec![word.clone()] } else { Vec::new() };
                return Ok(Expansion { n_found: words.len(), words });
            }
            WordTest::Stem(words) => {
                return Ok(Expansion { words: words.clone(), n_found: words.len() });
            }
            WordTest::AnyWord => return Ok(Expansion::default()),
            WordTest::Wildcard(wildcard) => {
                let prefix = wildcard.prefix();
                if prefix.is_empty()
                    && let Some(list) = self.list
                {
                    let words = self.all_words(list)?.iter();
                    return Ok(most_frequent(words.filter(|(word, _)| wildcard.matches(word))));
                }
                let all = wildcard.is_prefix();
                self.beginning_with(&prefix, |word| all || wildcard.matches(word))?
            }
            WordTest::Fuzzy(word, distance) => self.similar(word, *distance)?,
        };
        Ok(most_frequent(found.iter().map(|it| (it.word.as_str(), it.n_articles))))
    }

    /// Returns all words; they are read once.
    fn all_words(&self, list: &'a OnceLock<WordList>) -> tantivy::Result<&'a WordList> {
        if let Some(words) = list.get() {
            return Ok(words);
        }
        let words = WordList::new(self.beginning_with("", |_| true)?);
        Ok(list.get_or_init(|| words))
    }

    /// Returns all words of the text, in order.
    pub(super) fn all(&self) -> tantivy::Result<impl Iterator<Item = Known> + use<'a>> {
        let words = self.list.map(|list| self.all_words(list)).transpose()?;
        let words = words.into_iter().flat_map(WordList::iter);
        Ok(words.map(|(word, n_articles)| Known { word: word.to_owned(), n_articles }))
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

/// Returns the most frequent of some words; where a cut goes through words of the same frequency, it
/// goes by the alphabet.
fn most_frequent<'a>(words: impl Iterator<Item = (&'a str, u64)>) -> Expansion {
    let mut words: Vec<(&str, u64)> = words.collect();
    let n_found = words.len();
    let order = |a: &(&str, u64), b: &(&str, u64)| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0));
    if n_found > EXPANSION_MAX {
        words.select_nth_unstable_by(EXPANSION_MAX, order);
        words.truncate(EXPANSION_MAX);
    }
    words.sort_unstable_by(order);
    Expansion { words: words.into_iter().map(|(word, _)| word.to_owned()).collect(), n_found }
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
