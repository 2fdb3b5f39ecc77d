//! Queries of single words in an archive of several languages, language by language.
//!
//! There a word has a term in each language that knows it, and tantivy can prune a query of terms,
//! not one of words with several. But an article has the terms of one language alone: so what
//! matches falls into parts that share no article, and in each of them every word is a term.

use std::collections::HashMap;

use tantivy::Searcher as TantivySearcher;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, Term};

use crate::query::{Clause, Pattern, WordTest, Words};
use crate::text::parted;

use super::ranking::{is_word, n_articles};

/// A clause in each of the languages that its words have.
pub(super) struct ByLanguage<'a> {
    /// The clause in each language in which it can match.
    pub(super) clauses: Vec<Clause>,
    /// How frequent its terms are: each as the word that it stands for, in all languages together.
    pub(super) statistics: Statistics<'a>,
}

/// Counts a term as often as its word, and whatever else as the index does.
pub(super) struct Statistics<'a> {
    searcher: &'a TantivySearcher,
    n_articles: HashMap<Term, u64>,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        match self.n_articles.get(term) {
            Some(n) => Ok(*n),
            None => self.searcher.doc_freq(term),
        }
    }
}

impl<'a> ByLanguage<'a> {
    /// Parts a clause; nothing where it has other parts than single words, or where no word of it
    /// has terms of several languages, or one has two terms of the same.
    pub(super) fn of(
        clause: &Clause,
        searcher: &'a TantivySearcher,
        text: Field,
    ) -> tantivy::Result<Option<Self>> {
        let mut words = Vec::new();
        if !each_word(clause, &mut |stems| words.push(stems)) {
            return Ok(None);
        }
        let mut languages: Vec<Option<&str>> = Vec::new();
        let mut counts: HashMap<Term, u64> = HashMap::new();
        for stems in words {
            let here: Vec<Option<&str>> = stems.iter().map(|stem| parted(stem).1).collect();
            let is_twofold = (1..here.len()).any(|idx| here[..idx].contains(&here[idx]));
            if is_twofold {
                return Ok(None);
            }
            let terms = stems.iter().map(|stem| Term::from_field_text(text, stem));
            let terms: Vec<Term> = terms.collect();
            let n = n_articles(searcher, terms.iter())?;
            for term in terms {
                // A word that was corrected may share a term with another that was not.
                if counts.insert(term, n).is_some_and(|before| before != n) {
                    return Ok(None);
                }
            }
            languages.extend(here);
        }
        languages.sort_unstable();
        languages.dedup();
        if languages.len() < 2 {
            return Ok(None);
        }
        let clauses = languages.into_iter().filter_map(|language| narrowed(clause, language));
        let statistics = Statistics { searcher, n_articles: counts };
        Ok(Some(Self { clauses: clauses.collect(), statistics }))
    }
}

/// Calls `visit` with the stems of each word; returns whether there is nothing but words.
fn each_word<'a>(clause: &'a Clause, visit: &mut dyn FnMut(&'a [String])) -> bool {
    match clause {
        Clause::Pattern(Pattern::Words(words)) if is_word(words) => {
            let stems = words.tests.iter().filter_map(|test| match test {
                WordTest::Stem(stems) => Some(stems.as_slice()),
                _ => None,
            });
            stems.for_each(visit);
            true
        }
        Clause::All(clauses) | Clause::Any(clauses) => {
            clauses.iter().all(|clause| each_word(clause, visit))
        }
        Clause::Weighted(clause, _) => each_word(clause, visit),
        _ => false,
    }
}

/// Returns what a clause asks of an article in one language; nothing where none can match.
fn narrowed(clause: &Clause, language: Option<&str>) -> Option<Clause> {
    Some(match clause {
        Clause::Pattern(Pattern::Words(words)) => Clause::words(narrowed_words(words, language)?),
        Clause::All(clauses) => {
            let parts = clauses.iter().map(|clause| narrowed(clause, language));
            Clause::All(parts.collect::<Option<_>>()?)
        }
        Clause::Any(clauses) => {
            let parts = clauses.iter().filter_map(|clause| narrowed(clause, language));
            let parts: Vec<Clause> = parts.collect();
            (!parts.is_empty()).then_some(Clause::Any(parts))?
        }
        Clause::Weighted(clause, weight) => {
            Clause::Weighted(Box::new(narrowed(clause, language)?), *weight)
        }
        _ => return None,
    })
}

fn narrowed_words(words: &Words, language: Option<&str>) -> Option<Words> {
    let mut words = words.clone();
    for test in &mut words.tests {
        if let WordTest::Stem(stems) = test {
            stems.retain(|stem| parted(stem).1 == language);
            if stems.is_empty() {
                return None;
            }
        }
    }
    Some(words)
}
