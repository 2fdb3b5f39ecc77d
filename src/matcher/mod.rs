//! The same question as the index answers, answered on one article in memory: does it match, and
//! which words make it match?
//!
//! The index finds articles; this room says why. It reads the meaning of the query, not the index,
//! so that a highlight is never a guess: the words of a phrase are marked only where they stand as
//! that phrase, and negated words never.

mod occurrences;

use crate::article::Article;
use crate::query::{Clause, Field, Place, WordTest, Words};
use crate::text::{Span, Tokenizer};

use occurrences::{Lexicon, Occurrence, Occurrences};

/// Where in an article a match stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// In the headline.
    Headline,
    /// In a paragraph, by its number among all paragraphs, from 0.
    Paragraph(usize),
}

/// Words that made an article match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where they stand.
    pub spot: Spot,
    /// Their bytes in the headline or the paragraph.
    pub span: Span,
    /// The part of the query that they answer; see [`Words::leaf`].
    pub leaf: usize,
}

/// A query, prepared for any number of articles.
pub struct Matcher {
    clause: Clause,
    lexicon: Lexicon,
    tokenizer: Tokenizer,
}

impl Matcher {
    /// Prepares a query.
    pub fn new(clause: &Clause) -> Self {
        let mut lexicon = Lexicon::default();
        clause.each_words(&mut |words| {
            if !matches!(words.place, Place::Field(_)) {
                words.tests.iter().for_each(|test| lexicon.add(test));
            }
        });
        Self { clause: clause.clone(), lexicon, tokenizer: Tokenizer::default() }
    }

    /// Returns the words that make an article match, in the order of the page; nothing where it
    /// does not match. An article that matches by its date or its byline has no such words.
    pub fn find(&mut self, article: &Article) -> Option<Vec<Mark>> {
        let occurrences = self.lexicon.occurrences(article, &mut self.tokenizer);
        let view = View { article, lexicon: &self.lexicon, occurrences: &occurrences };
        let mut marks = Vec::new();
        if !view.holds(&self.clause, &mut marks) {
            return None;
        }
        marks.sort_unstable();
        marks.dedup();
        Some(marks)
    }
}

/// An article with the query's words found in it.
struct View<'a> {
    article: &'a Article,
    lexicon: &'a Lexicon,
    occurrences: &'a Occurrences,
}

impl View<'_> {
    /// Tells whether a clause holds, and adds what makes it hold to `marks`.
    ///
    /// Where it does not hold, nothing is added.
    fn holds(&self, clause: &Clause, marks: &mut Vec<Mark>) -> bool {
        let n_before = marks.len();
        let holds = match clause {
            Clause::Everything => true,
            Clause::Words(words) => self.words_stand(words, marks),
            Clause::All(clauses) => clauses.iter().all(|clause| self.holds(clause, marks)),
            // No short cut: every alternative that holds is marked.
            Clause::Any(clauses) => {
                clauses.iter().filter(|clause| self.holds(clause, marks)).count() > 0
            }
            // What holds within is unmarked below, because then this does not.
            Clause::Not(clause) => !self.holds(clause, marks),
            Clause::Date(range) => {
                self.article.date.is_some_and(|date| range.contains(date.moment.seconds))
            }
            Clause::WordCount(range) => range.contains(&self.occurrences.n_words),
        };
        if !holds {
            marks.truncate(n_before);
        }
        holds
    }

    fn words_stand(&self, words: &Words, marks: &mut Vec<Mark>) -> bool {
        if let Place::Field(field) = words.place {
            return field_holds(self.article, field, &words.tests);
        }
        let n_before = marks.len();
        let [first, rest @ ..] = words.tests.as_slice() else {
            return false;
        };
        for start in self.found(first) {
            if words.place == Place::Headline && start.spot != Spot::Headline {
                continue;
            }
            if let Some(end) = self.run_end(start, rest) {
                let span = Span::new(start.span.start, end.max(start.span.end));
                marks.push(Mark { spot: start.spot, span, leaf: words.leaf });
            }
        }
        marks.len() > n_before
    }

    /// Returns where a run of words ends that begins with `start`, if it goes on as asked.
    fn run_end(&self, start: &Occurrence, rest: &[WordTest]) -> Option<usize> {
        let mut end = start.span.end;
        for (position, test) in (start.position + 1..).zip(rest) {
            let found = self.found(test);
            let place = (start.spot, position);
            let at = found.partition_point(|it| (it.spot, it.position) < place);
            let next = found.get(at).filter(|it| (it.spot, it.position) == place)?;
            end = next.span.end;
        }
        Some(end)
    }

    fn found(&self, test: &WordTest) -> &[Occurrence] {
        let idx = self.lexicon.index_of(test);
        idx.and_then(|idx| self.occurrences.by_test.get(idx)).map_or(&[], Vec::as_slice)
    }
}

/// Tells whether a field other than the text holds words in a row.
fn field_holds(article: &Article, field: Field, tests: &[WordTest]) -> bool {
    if field == Field::Id {
        return tests.first().is_some_and(|test| passes(test, &article.id));
    }
    let place = article.dateline.as_ref().map_or("", |dateline| dateline.place.as_str());
    let text = match field {
        Field::Headline => &article.headline,
        Field::Byline => &article.byline,
        Field::Dateline => place,
        Field::Section => &article.section,
        Field::Source => &article.source,
        Field::Slug => &article.slug,
        Field::Language => &article.language,
        Field::Url => &article.url,
        Field::File => &article.origin.path,
        Field::Id => &article.id,
    };
    // The places at which each test passes; a run holds where they follow one another.
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); tests.len()];
    Tokenizer::default().tokenize(text, |token| {
        for (test, places) in tests.iter().zip(&mut places) {
            if passes(test, token.word) {
                places.push(token.position);
            }
        }
    });
    let Some((first, rest)) = places.split_first() else {
        return false;
    };
    first
        .iter()
        .any(|start| (start + 1..).zip(rest).all(|(position, places)| places.contains(&position)))
}

fn passes(test: &WordTest, word: &str) -> bool {
    match test {
        WordTest::Stem(wanted) | WordTest::Surface(wanted) => wanted == word,
        WordTest::Prefix(prefix) => word.starts_with(prefix.as_str()),
    }
}

#[cfg(test)]
mod tests;
