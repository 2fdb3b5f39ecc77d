//! What a query asks of an article: its words as the index and the matcher know them.
//!
//! A [`Query`] is what was typed. Its [`Meaning`] is the same question with every word tokenized,
//! folded and stemmed, and with the loose words decided upon. The index and the in-memory matcher
//! both answer the meaning, so that they cannot read a query differently.

use std::fmt;
use std::ops::RangeInclusive;

use crate::text::{self, Case, DateRange, Moment, Stemmer, Tokenizer};

use super::{Field, Query};

/// How words that stand side by side are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looseness {
    /// An article must have all of them.
    All,
    /// An article must have one of them; what else the query asks stays required.
    Any,
}

/// What a query asks, and what was left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The question.
    pub clause: Clause,
    /// Stop words that were left out, as typed.
    pub left_out: Vec<String>,
}

/// A condition on an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// Every article fulfils it.
    Everything,
    /// One word, or several in a row.
    Words(Words),
    /// All conditions hold.
    All(Vec<Clause>),
    /// One condition at least holds; without any, none does.
    Any(Vec<Clause>),
    /// The condition does not hold.
    Not(Box<Clause>),
    /// The article is dated, within a range.
    Date(DateRange),
    /// The number of words of the body lies within a range.
    WordCount(RangeInclusive<u64>),
}

/// Words in a row, within one paragraph, the headline or a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Where they stand.
    pub place: Place,
    /// The test for each word, in order; never empty.
    pub tests: Vec<WordTest>,
    /// The number of the part of the query they come from: the alternatives of a compound share
    /// it.
    pub leaf: usize,
    /// What was typed.
    pub typed: String,
}

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the headline or the body.
    Text,
    /// In the headline.
    Headline,
    /// In another field.
    Field(Field),
}

/// The test for one word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordTest {
    /// Words with this stem.
    Stem(String),
    /// Words with this folded surface form.
    Surface(String),
    /// Words whose folded surface form begins so.
    Prefix(String),
}

impl Meaning {
    /// Reads a query.
    pub fn of(query: &Query, looseness: Looseness) -> Self {
        let shouting = Shouting::of(query);
        let mut reading = Reading {
            looseness,
            shouting,
            tokenizer: Tokenizer::default(),
            stemmer: Stemmer::default(),
            n_leaves: 0,
            left_out: Vec::new(),
        };
        let clause = reading.read(query, Place::Text);
        Self { clause, left_out: reading.left_out }
    }
}

impl Clause {
    /// Calls `visit` with every run of words of the clause, in order.
    pub fn each_words<'a>(&'a self, visit: &mut dyn FnMut(&'a Words)) {
        match self {
            Self::Words(words) => visit(words),
            Self::All(clauses) | Self::Any(clauses) => {
                clauses.iter().for_each(|clause| clause.each_words(visit));
            }
            Self::Not(clause) => clause.each_words(visit),
            Self::Everything | Self::Date(_) | Self::WordCount(_) => {}
        }
    }

    /// Tells whether a date is asked for anywhere.
    pub fn asks_for_date(&self) -> bool {
        match self {
            Self::Date(_) => true,
            Self::All(clauses) | Self::Any(clauses) => clauses.iter().any(Self::asks_for_date),
            Self::Not(clause) => clause.asks_for_date(),
            Self::Everything | Self::Words(_) | Self::WordCount(_) => false,
        }
    }
}

/// Whether a query is typed in capitals throughout, so that capitals mean nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shouting {
    Yes,
    No,
}

impl Shouting {
    fn of(query: &Query) -> Self {
        let typed = query.to_string();
        let operators = ["AND", "OR", "NOT"];
        let mut words = typed.split_whitespace().filter(|word| !operators.contains(word));
        if words.all(|word| !word.contains(char::is_lowercase)) { Self::Yes } else { Self::No }
    }
}

struct Reading {
    looseness: Looseness,
    shouting: Shouting,
    tokenizer: Tokenizer,
    stemmer: Stemmer,
    n_leaves: usize,
    left_out: Vec<String>,
}

impl Reading {
    fn read(&mut self, query: &Query, place: Place) -> Clause {
        match query {
            Query::Everything => Clause::Everything,
            Query::Word(typed) => self.word(typed, place),
            Query::Phrase(typed) => self.phrase(typed, place),
            Query::Wildcard(typed) => self.wildcard(typed, place),
            Query::Loose(parts) => self.loose(parts, place),
            Query::And(parts) => Clause::All(self.each(parts, place)),
            Query::Or(parts) => Clause::Any(self.each(parts, place)),
            Query::Not(part) => Clause::Not(Box::new(self.read(part, place))),
            Query::Field(Field::Headline, part) => self.read(part, Place::Headline),
            Query::Field(field, part) => self.read(part, Place::Field(*field)),
            Query::Date(filter) => Clause::Date(filter.range()),
            Query::Number(filter) => Clause::WordCount(filter.bounds()),
        }
    }

    fn each(&mut self, parts: &[Query], place: Place) -> Vec<Clause> {
        parts.iter().map(|part| self.read(part, place)).collect()
    }

    /// A word: the words it is tokenized into, or the compound written as one.
    fn word(&mut self, typed: &str, place: Place) -> Clause {
        if place == Place::Field(Field::Id) {
            return self.leaf(place, vec![WordTest::Surface(typed.to_owned())], typed);
        }
        let (parts, whole) = self.tokens(typed);
        let tests = self.tests(&parts, place);
        let leaf = self.leaf(place, tests, typed);
        match (whole, &leaf) {
            (Some(whole), Clause::Words(words)) => {
                let tests = self.tests(std::slice::from_ref(&whole), place);
                let whole = Words { tests, ..words.clone() };
                Clause::Any(vec![leaf, Clause::Words(whole)])
            }
            _ => leaf,
        }
    }

    fn phrase(&mut self, typed: &str, place: Place) -> Clause {
        if place == Place::Field(Field::Id) {
            return self.word(typed, place);
        }
        let (parts, _) = self.tokens(typed);
        let tests = self.tests(&parts, place);
        self.leaf(place, tests, typed)
    }

    fn wildcard(&mut self, typed: &str, place: Place) -> Clause {
        let prefix = typed.trim_end_matches('*');
        if place == Place::Field(Field::Id) {
            return self.leaf(place, vec![WordTest::Prefix(prefix.to_owned())], typed);
        }
        let (mut parts, _) = self.tokens(prefix);
        let last = parts.pop();
        let mut tests = self.tests(&parts, place);
        tests.extend(last.map(WordTest::Prefix));
        self.leaf(place, tests, typed)
    }

    fn leaf(&mut self, place: Place, tests: Vec<WordTest>, typed: &str) -> Clause {
        let leaf = self.n_leaves;
        self.n_leaves += 1;
        if tests.is_empty() {
            return Clause::Any(Vec::new());
        }
        Clause::Words(Words { place, tests, leaf, typed: typed.to_owned() })
    }

    /// Cuts what was typed into its words, and the one compound that they are, if they are one.
    fn tokens(&mut self, typed: &str) -> (Vec<String>, Option<String>) {
        let mut parts = Vec::new();
        let mut whole = None;
        let n = self.tokenizer.tokenize(typed, |token| {
            if token.n_positions == 1 {
                parts.push(token.word.to_owned());
            } else {
                whole = Some((token.word.to_owned(), token.n_positions));
            }
        });
        (parts, whole.filter(|(_, n_positions)| *n_positions == n).map(|(word, _)| word))
    }

    fn tests(&mut self, words: &[String], place: Place) -> Vec<WordTest> {
        let test = |word: &String| match place {
            Place::Text | Place::Headline => WordTest::Stem(self.stemmer.stem(word).to_owned()),
            Place::Field(_) => WordTest::Surface(word.clone()),
        };
        words.iter().map(test).collect()
    }

    /// Operands side by side: stop words go, and the words may be relaxed.
    fn loose(&mut self, parts: &[Query], place: Place) -> Clause {
        let kept = self.without_stop_words(parts);
        let mut words = Vec::new();
        let mut others = Vec::new();
        for part in kept {
            let clause = self.read(part, place);
            let is_word = matches!(part, Query::Word(_) | Query::Phrase(_) | Query::Wildcard(_));
            if is_word { words.push(clause) } else { others.push(clause) }
        }
        if self.looseness == Looseness::Any && words.len() > 1 {
            words = vec![Clause::Any(words)];
        }
        words.append(&mut others);
        match words.len() {
            1 => words.remove(0),
            _ => Clause::All(words),
        }
    }

    /// Leaves stop words out, unless nothing else that is looked for would remain.
    fn without_stop_words<'a>(&mut self, parts: &'a [Query]) -> Vec<&'a Query> {
        let is_sought = |part: &&Query| !matches!(part, Query::Not(_)) && !self.is_stop_word(part);
        if !parts.iter().any(|part| is_sought(&part)) {
            return parts.iter().collect();
        }
        let (left_out, kept): (Vec<&Query>, Vec<&Query>) =
            parts.iter().partition(|part| self.is_stop_word(part));
        self.left_out.extend(left_out.iter().map(ToString::to_string));
        kept
    }

    /// Tells whether a part is a stop word; `WHO` and `US` are names where case means something.
    fn is_stop_word(&self, part: &Query) -> bool {
        let Query::Word(typed) = part else {
            return false;
        };
        let mut n_words = 0;
        let mut all_stop = true;
        Tokenizer::default().tokenize(typed, |token| {
            n_words += 1;
            let is_name = token.case == Case::AllCaps && self.shouting == Shouting::No;
            all_stop &= text::is_stop_word(token.word) && !is_name;
        });
        n_words == 1 && all_stop
    }
}

impl Clause {
    /// Asks for the article with an id.
    pub fn id(id: &str) -> Self {
        let tests = vec![WordTest::Surface(id.to_owned())];
        let place = Place::Field(Field::Id);
        Self::Words(Words { place, tests, leaf: 0, typed: id.to_owned() })
    }
}

/// Says in words what the clause itself asks, not the clauses within it.
impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("every article"),
            Self::Words(words) => words.fmt(f),
            Self::All(_) => f.write_str("all of"),
            Self::Any(clauses) if clauses.is_empty() => f.write_str("nothing"),
            Self::Any(_) => f.write_str("any of"),
            Self::Not(_) => f.write_str("not"),
            Self::Date(range) => {
                let day = |seconds| Moment::of_timestamp(seconds).to_string().replace('Z', "");
                let from = range.from.map_or_else(String::new, |it| format!(" from {}", day(it)));
                let until = range.until.map(|it| format!(" before {}", day(it)));
                write!(f, "dated{from}{}", until.unwrap_or_default())
            }
            Self::WordCount(range) if *range.end() == u64::MAX => {
                write!(f, "{} words or more", range.start())
            }
            Self::WordCount(range) => write!(f, "{} to {} words", range.start(), range.end()),
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tests: Vec<String> = self
            .tests
            .iter()
            .map(|test| match test {
                WordTest::Stem(stem) => format!("stem {stem}"),
                WordTest::Surface(word) => format!("form {word}"),
                WordTest::Prefix(prefix) => format!("form {prefix}…"),
            })
            .collect();
        f.write_str(&tests.join(", then "))?;
        match self.place {
            Place::Text => Ok(()),
            Place::Headline => f.write_str(" in the headline"),
            Place::Field(field) => write!(f, " in {}", field.name()),
        }
    }
}

#[cfg(test)]
mod tests;
