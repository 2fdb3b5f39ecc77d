//! From a query's meaning to tantivy's queries.

use std::sync::OnceLock;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{Score, Searcher};

use crate::index::Fields;
use crate::matcher::places::Shape;
use crate::query::{Casing, Clause, Field as Named, Pattern, Place, Within, WordTest, Words};
use crate::text::parted;

use super::deadline::Deadline;
use super::dictionary::{Dictionary, WordList};
use super::filter::RangeFilter;
use super::forms::FormsQuery;
use super::naming::name_parts;
use super::pattern::PatternQuery;
use super::postings::Choice;
use super::ranking::{Bm25Form, single_stem};
use super::run::Run;
use super::words::{Joint, WordsQuery};
use super::{EXPANSIONS_MAX, Note};

/// A query for tantivy, and what its asker should know.
pub(super) struct Compiled {
    pub(super) query: Box<dyn Query>,
    /// Whether articles can be left out that cannot be among the best.
    pub(super) can_prune: bool,
    /// Whether it scores by the constants of BM25 that were asked for.
    pub(super) is_true: bool,
    pub(super) notes: Vec<Note>,
}

/// Translates clauses.
///
/// Filters (fields, dates, numbers, and whatever is negated) score nothing: they choose, they do
/// not rank. A name or a topic is no filter: it scores by how often it is mentioned. A pure AND or OR
/// of single words becomes one flat query of terms, which is what tantivy can prune.
pub(super) struct Compiler<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    words: &'a OnceLock<WordList>,
    deadline: &'a Deadline,
    bm25: Bm25Form,
    /// How many words the wildcards that are yet to come may stand for.
    n_words_left: usize,
    notes: Vec<Note>,
}

type Built = tantivy::Result<Box<dyn Query>>;

impl<'a> Compiler<'a> {
    /// `words` is where the words of the archive are kept once they are read.
    pub(super) fn new(
        searcher: &'a Searcher,
        fields: Fields,
        words: &'a OnceLock<WordList>,
        deadline: &'a Deadline,
        bm25: Bm25Form,
    ) -> Self {
        Self {
            searcher,
            fields,
            words,
            deadline,
            bm25,
            n_words_left: EXPANSIONS_MAX,
            notes: Vec::new(),
        }
    }

    pub(super) fn compile(mut self, clause: &Clause) -> tantivy::Result<Compiled> {
        let plain = self.clause(clause)?;
        let text = self.fields.text;
        let (bm25, notes) = (self.bm25, self.notes);
        let Some((joint, words)) = words_alone(clause, text) else {
            let can_prune = can_prune(clause);
            return Ok(Compiled { query: plain, can_prune, is_true: false, notes });
        };
        let query = WordsQuery { words, joint, text, bm25, plain: plain.into() };
        Ok(Compiled { query: Box::new(query), can_prune: true, is_true: true, notes })
    }

    /// Translates a clause.
    pub(super) fn clause(&mut self, clause: &Clause) -> Built {
        match clause {
            Clause::Everything => Ok(unscored(Box::new(AllQuery))),
            Clause::Pattern(pattern) => self.pattern(pattern),
            Clause::All(clauses) => self.all(clauses),
            Clause::Any(clauses) => self.any(clauses),
            Clause::Not(clause) => {
                let not = (Occur::MustNot, self.clause(clause)?);
                let all = (Occur::Must, unscored(Box::new(AllQuery)));
                Ok(Box::new(BooleanQuery::new(vec![all, not])))
            }
            Clause::Weighted(clause, weight) => {
                Ok(Box::new(BoostQuery::new(self.clause(clause)?, weight.factor())))
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
        if let Some([named, unnamed]) = name_parts(clauses) {
            return self.name(named, unnamed);
        }
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

    fn pattern(&mut self, pattern: &Pattern) -> Built {
        if let Pattern::Words(Words { place, tests, casing: Casing::Any, typed, .. }) = pattern
            && let [test] = tests.as_slice()
        {
            match (test, place) {
                (WordTest::Stem(stems), Place::Text) => return self.stems(stems, typed),
                (_, Place::Text) => return self.forms(test, typed),
                (_, Place::Field(field)) => return self.field_forms(*field, test, typed),
                _ => {}
            }
        }
        let is_text = pattern.is_text();
        let in_a_row = Box::new(self.in_a_row(pattern, is_text)?);
        let is_annotation = matches!(pattern, Pattern::Words(words) if words.are_annotation());
        Ok(if is_text || is_annotation { in_a_row } else { unscored(in_a_row) })
    }

    /// Words that stand in a certain way, in the text or in another field.
    fn in_a_row(&mut self, pattern: &Pattern, is_text: bool) -> tantivy::Result<PatternQuery> {
        let mut leaves = Vec::new();
        let shape = Shape::of(pattern, &mut leaves);
        let runs = leaves.into_iter().map(|words| self.run(words));
        Ok(PatternQuery {
            shape,
            runs: runs.collect::<tantivy::Result<_>>()?,
            fields: self.fields,
            is_text,
            asks_for_sentences: pattern.asks_for(Within::Sentence),
            asks_for_paragraphs: pattern.asks_for(Within::Paragraph),
            deadline: self.deadline.clone(),
            bm25: self.bm25,
        })
    }

    /// A name, and where it was overlooked: one pattern, so that all its places count together.
    fn name(&mut self, named: &Words, unnamed: &Words) -> Built {
        let both = [named, unnamed].map(|it| Pattern::Words(it.clone()));
        Ok(Box::new(self.in_a_row(&Pattern::Any(both.into()), true)?))
    }

    /// A word: any of the stems that it may have.
    fn stems(&mut self, stems: &[String], typed: &str) -> Built {
        let mut n_articles = 0;
        let mut any = Vec::with_capacity(stems.len());
        for stem in stems {
            let term = Term::from_field_text(self.fields.text, stem);
            n_articles += self.searcher.doc_freq(&term)?;
            let query: Box<dyn Query> =
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            any.push((Occur::Should, query));
        }
        if n_articles == 0 {
            self.note_no_word(typed, "article");
        }
        if are_of_languages(stems) {
            // One word in several languages counts as one word: where it is rare is no matter.
            let term = |stem: &String| Choice::plain(Term::from_field_text(self.fields.text, stem));
            let (choices, text) = (stems.iter().map(term).collect(), self.fields.text);
            let (deadline, bm25) = (self.deadline.clone(), self.bm25);
            return Ok(Box::new(FormsQuery { choices, text, deadline, bm25 }));
        }
        Ok(match any.len() {
            1 => any.remove(0).1,
            _ => Box::new(BooleanQuery::new(any)),
        })
    }

    fn note_no_word(&mut self, typed: &str, place: &'static str) {
        self.note(Note::NoSuchWord { typed: typed.to_owned(), place });
    }

    /// Surface forms of the headline and the body, wherever they stand.
    fn forms(&mut self, test: &WordTest, typed: &str) -> Built {
        let Fields { text, exact, forms, .. } = self.fields;
        let dictionary = Dictionary::of_text(self.searcher, self.fields, self.words);
        let words = self.expand(&dictionary, test, typed, "article")?;
        let terms = words.iter().flat_map(|word| {
            [exact, forms].map(|field| Choice::plain(Term::from_field_text(field, word)))
        });
        let (deadline, bm25) = (self.deadline.clone(), self.bm25);
        Ok(Box::new(FormsQuery { choices: terms.collect(), text, deadline, bm25 }))
    }

    /// Words of another field, wherever they stand.
    fn field_forms(&mut self, named: Named, test: &WordTest, typed: &str) -> Built {
        let field = self.field(named);
        let dictionary = Dictionary::of_field(self.searcher, field);
        let words = self.expand(&dictionary, test, typed, named.name())?.into_iter();
        if named.is_annotation() {
            // An article is about a name as often as it mentions it.
            let choices = words.map(|word| Choice::plain(Term::from_field_text(field, &word)));
            let (choices, text) = (choices.collect(), self.fields.text);
            let (deadline, bm25) = (self.deadline.clone(), self.bm25);
            return Ok(Box::new(FormsQuery { choices, text, deadline, bm25 }));
        }
        let any = words.map(|word| {
            let term = Term::from_field_text(field, &word);
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            (Occur::Should, query)
        });
        Ok(unscored(Box::new(BooleanQuery::new(any.collect()))))
    }

    fn run(&mut self, words: &Words) -> tantivy::Result<Run> {
        let slots = words.tests.iter().map(|test| match (test, words.place) {
            (WordTest::AnyWord, _) => Ok(None),
            (_, Place::Field(named)) => {
                let field = self.field(named);
                let dictionary = Dictionary::of_field(self.searcher, field);
                let found = self.expand(&dictionary, test, &words.typed, named.name())?.into_iter();
                let term = |word: String| Choice::plain(Term::from_field_text(field, &word));
                Ok(Some(found.map(term).collect()))
            }
            _ => self.text_slot(test, words).map(Some),
        });
        let slots = slots.collect::<tantivy::Result<_>>()?;
        Ok(Run { slots, place: words.place, casing: words.casing })
    }

    /// Returns the terms that pass a test for a word of the headline or the body.
    ///
    /// A printed form stands in `exact`, or in `text` where it is its own stem; `forms` says in
    /// which articles that is.
    fn text_slot(&mut self, test: &WordTest, asked: &Words) -> tantivy::Result<Vec<Choice>> {
        let Fields { text, exact, forms, .. } = self.fields;
        if let WordTest::Stem(stems) = test {
            let stems = stems.iter().map(|stem| Choice::plain(Term::from_field_text(text, stem)));
            return Ok(stems.collect());
        }
        let dictionary = Dictionary::of_text(self.searcher, self.fields, self.words);
        // That a name has not been overlooked anywhere is no matter, nor a word that nobody typed.
        let is_asked = asked.casing != Casing::Unnamed && !asked.typed.is_empty();
        let place = if is_asked { "article" } else { "" };
        let words = self.expand(&dictionary, test, &asked.typed, place)?;
        let choices = words.iter().flat_map(|word| {
            let as_printed = Choice {
                docs: Term::from_field_text(forms, word),
                positions: Term::from_field_text(text, word),
                as_printed: true,
            };
            [Choice::plain(Term::from_field_text(exact, word)), as_printed]
        });
        Ok(choices.collect())
    }

    fn field(&self, field: Named) -> Field {
        let fields = self.fields;
        match field {
            Named::Byline => fields.byline,
            Named::Dateline => fields.dateline,
            Named::Section => fields.section,
            Named::Source => fields.source,
            Named::Slug => fields.slug,
            Named::Language => fields.language,
            Named::Id => fields.id,
            Named::Url => fields.url,
            Named::File => fields.file,
            Named::Person => fields.person,
            Named::Org => fields.org,
            Named::Place => fields.place,
            Named::Topic => fields.topic,
            // Parts of the text are no fields of their own.
            Named::Headline | Named::Lead | Named::Demonym => fields.text,
        }
    }

    /// Returns the words that a test stands for, the most frequent, as many as may be; that there are
    /// none is told of a place that has a name.
    fn expand(
        &mut self,
        dictionary: &Dictionary<'_>,
        test: &WordTest,
        typed: &str,
        place: &'static str,
    ) -> tantivy::Result<Vec<String>> {
        let expansion = dictionary.expand(test)?;
        if expansion.n_found == 0 && !place.is_empty() {
            self.note_no_word(typed, place);
        }
        let mut words = expansion.words;
        words.truncate(self.n_words_left);
        self.n_words_left -= words.len();
        if words.len() < expansion.n_found {
            self.note(Note::WildcardCut {
                typed: typed.to_owned(),
                n_found: expansion.n_found,
                n_searched: words.len(),
            });
        }
        Ok(words)
    }

    /// Adds a note, once.
    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// Tells whether a clause is made of single words alone, all or any of them.
fn can_prune(clause: &Clause) -> bool {
    match clause {
        Clause::Pattern(Pattern::Words(words)) => {
            single_stem(words).is_some_and(|stems| !are_of_languages(stems))
        }
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().all(can_prune),
        Clause::Weighted(clause, _) => can_prune(clause),
        _ => false,
    }
}

/// Returns the words of a clause that is nothing but words, any or all of them, and how much each
/// counts.
fn words_alone(clause: &Clause, text: Field) -> Option<(Joint, Vec<(Term, Score)>)> {
    let (joint, clauses) = match clause {
        Clause::Any(clauses) => (Joint::Any, clauses.as_slice()),
        Clause::All(clauses) => (Joint::All, clauses.as_slice()),
        _ => (Joint::Any, std::slice::from_ref(clause)),
    };
    let mut words = Vec::with_capacity(clauses.len());
    let are_words = clauses.iter().all(|clause| add_words(clause, joint, 1.0, text, &mut words));
    (are_words && !words.is_empty()).then_some((joint, words))
}

/// Adds the words of a part of a clause; returns whether that is all that it asks for.
fn add_words(
    clause: &Clause,
    joint: Joint,
    factor: Score,
    text: Field,
    words: &mut Vec<(Term, Score)>,
) -> bool {
    let stems = match clause {
        Clause::Pattern(Pattern::Words(words)) => single_stem(words).unwrap_or_default(),
        Clause::Weighted(clause, weight) => {
            return add_words(clause, joint, factor * weight.factor(), text, words);
        }
        Clause::Any(clauses) if joint == Joint::Any => {
            return clauses.iter().all(|clause| add_words(clause, joint, factor, text, words));
        }
        _ => return false,
    };
    words.extend(stems.iter().map(|stem| (Term::from_field_text(text, stem), factor)));
    match joint {
        Joint::Any => !stems.is_empty() && !are_of_languages(stems),
        Joint::All => stems.len() == 1,
    }
}

/// Tells whether there are several terms, some of them in another language than English.
fn are_of_languages(stems: &[String]) -> bool {
    stems.len() > 1 && stems.iter().any(|stem| parted(stem).1.is_some())
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
