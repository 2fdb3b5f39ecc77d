//! From a query's meaning to tantivy's queries.

use std::collections::HashMap;

use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{Searcher, TantivyError};

use crate::index::Fields;
use crate::query::{Clause, Field as Named, Place, WordTest, Words};

use super::filter::RangeFilter;
use super::run::{Choice, Deadline, RunQuery, Zone};
use super::{EXPANSION_MAX, Note};

/// A query for tantivy, and what its asker should know.
pub(super) struct Compiled {
    pub(super) query: Box<dyn Query>,
    pub(super) notes: Vec<Note>,
}

/// Translates clauses.
///
/// Filters (fields, dates, numbers, and whatever is negated) score nothing: they choose, they do
/// not rank. A pure AND or OR of single words becomes one flat query of terms, which is what
/// tantivy can prune.
pub(super) struct Compiler<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    deadline: &'a Deadline,
    notes: Vec<Note>,
}

type Built = tantivy::Result<Box<dyn Query>>;

impl<'a> Compiler<'a> {
    pub(super) fn new(searcher: &'a Searcher, fields: Fields, deadline: &'a Deadline) -> Self {
        Self { searcher, fields, deadline, notes: Vec::new() }
    }

    pub(super) fn compile(mut self, clause: &Clause) -> tantivy::Result<Compiled> {
        let query = self.clause(clause)?;
        Ok(Compiled { query, notes: self.notes })
    }

    fn clause(&mut self, clause: &Clause) -> Built {
        match clause {
            Clause::Everything => Ok(unscored(Box::new(AllQuery))),
            Clause::Words(words) => self.words(words),
            Clause::All(clauses) => self.all(clauses),
            Clause::Any(clauses) => self.any(clauses),
            Clause::Not(clause) => {
                let not = (Occur::MustNot, self.clause(clause)?);
                let all = (Occur::Must, unscored(Box::new(AllQuery)));
                Ok(Box::new(BooleanQuery::new(vec![all, not])))
            }
            Clause::Date(range) => Ok(Box::new(RangeFilter::Date(*range))),
            Clause::WordCount(range) => Ok(Box::new(RangeFilter::Words(range.clone()))),
        }
    }

    fn all(&mut self, clauses: &[Clause]) -> Built {
        let mut parts = Vec::with_capacity(clauses.len());
        for clause in clauses {
            parts.push(match clause {
                Clause::Not(clause) => (Occur::MustNot, self.clause(clause)?),
                _ => (Occur::Must, self.clause(clause)?),
            });
        }
        if !parts.iter().any(|(occur, _)| *occur == Occur::Must) {
            parts.push((Occur::Must, unscored(Box::new(AllQuery))));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    fn any(&mut self, clauses: &[Clause]) -> Built {
        let mut parts = Vec::with_capacity(clauses.len());
        for clause in clauses {
            // A clause within a clause of the same kind belongs to it: flat queries are faster.
            match clause {
                Clause::Any(inner) => {
                    for clause in inner {
                        parts.push((Occur::Should, self.clause(clause)?));
                    }
                }
                _ => parts.push((Occur::Should, self.clause(clause)?)),
            }
        }
        if parts.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    fn words(&mut self, words: &Words) -> Built {
        let zone = match words.place {
            Place::Field(field) => return self.field_words(field, words),
            Place::Text => Zone::Anywhere,
            Place::Headline => Zone::Headline,
        };
        if let ([WordTest::Stem(stem)], Zone::Anywhere) = (words.tests.as_slice(), zone) {
            let term = Term::from_field_text(self.fields.text, stem);
            return Ok(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
        }
        let slots: tantivy::Result<Vec<Choice>> =
            words.tests.iter().map(|test| self.text_choice(test, &words.typed)).collect();
        let (slots, fields, deadline) = (slots?, self.fields, self.deadline.clone());
        Ok(Box::new(RunQuery { slots, zone, fields, deadline }))
    }

    fn field_words(&mut self, field: Named, words: &Words) -> Built {
        let fields = self.fields;
        let field = match field {
            Named::Headline => fields.text,
            Named::Byline => fields.byline,
            Named::Dateline => fields.dateline,
            Named::Section => fields.section,
            Named::Source => fields.source,
            Named::Slug => fields.slug,
            Named::Language => fields.language,
            Named::Id => fields.id,
            Named::Url => fields.url,
            Named::File => fields.file,
        };
        let slots: tantivy::Result<Vec<Choice>> =
            words.tests.iter().map(|test| self.field_choice(test, field, &words.typed)).collect();
        let mut slots = slots?;
        if slots.len() == 1 {
            let any = slots.remove(0).terms.into_iter().map(|term| {
                let query: Box<dyn Query> =
                    Box::new(TermQuery::new(term, IndexRecordOption::Basic));
                (Occur::Should, query)
            });
            return Ok(unscored(Box::new(BooleanQuery::new(any.collect()))));
        }
        // These fields have no paragraphs and no headline: the marks never fit, the zone is all.
        let (zone, deadline) = (Zone::Anywhere, self.deadline.clone());
        Ok(unscored(Box::new(RunQuery { slots, zone, fields, deadline })))
    }

    /// Returns the terms that pass a test for a word of the headline or the body.
    ///
    /// A printed form stands in `exact`, or in `text` where it is its own stem.
    fn text_choice(&mut self, test: &WordTest, typed: &str) -> tantivy::Result<Choice> {
        let Fields { text, exact, .. } = self.fields;
        let in_text = |word: &String| Term::from_field_text(text, word);
        Ok(match test {
            WordTest::Stem(stem) => Choice { terms: vec![in_text(stem)], stems: Vec::new() },
            WordTest::Surface(word) => {
                let terms = vec![Term::from_field_text(exact, word)];
                Choice { terms, stems: vec![in_text(word)] }
            }
            WordTest::Prefix(prefix) => {
                let found = self.expand(prefix, &[exact, text], typed)?;
                let (terms, stems) = found.into_iter().partition(|term| term.field() == exact);
                Choice { terms, stems }
            }
        })
    }

    fn field_choice(
        &mut self,
        test: &WordTest,
        field: Field,
        typed: &str,
    ) -> tantivy::Result<Choice> {
        let terms = match test {
            WordTest::Stem(word) | WordTest::Surface(word) => {
                vec![Term::from_field_text(field, word)]
            }
            WordTest::Prefix(prefix) => self.expand(prefix, &[field], typed)?,
        };
        Ok(Choice { terms, stems: Vec::new() })
    }

    /// Returns the terms of some fields that begin so, at most [`EXPANSION_MAX`], the most
    /// frequent.
    fn expand(
        &mut self,
        prefix: &str,
        fields: &[Field],
        typed: &str,
    ) -> tantivy::Result<Vec<Term>> {
        let mut found: HashMap<Term, u64> = HashMap::new();
        for segment in self.searcher.segment_readers() {
            for field in fields {
                let inverted = segment.inverted_index(*field)?;
                let mut stream = inverted.terms().range().ge(prefix).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    let word = std::str::from_utf8(stream.key());
                    let word = word.map_err(|it| TantivyError::InternalError(it.to_string()))?;
                    let n = u64::from(stream.value().doc_freq);
                    *found.entry(Term::from_field_text(*field, word)).or_default() += n;
                }
            }
        }
        let mut found: Vec<(Term, u64)> = found.into_iter().collect();
        found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let n_found = found.len();
        if n_found > EXPANSION_MAX {
            found.truncate(EXPANSION_MAX);
            let (typed, n_searched) = (typed.to_owned(), EXPANSION_MAX);
            self.notes.push(Note::WildcardCut { typed, n_found, n_searched });
        }
        Ok(found.into_iter().map(|(term, _)| term).collect())
    }
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
