//! What a query asks of an article: its words as the index and the matcher know them.
//!
//! A [`Query`] is what was typed. Its [`Meaning`] is the same question with every word tokenized,
//! folded and stemmed, and with the loose words decided upon. The index and the in-memory matcher
//! both answer the meaning, so that they cannot read a query differently.

mod display;
mod reading;

use std::ops::RangeInclusive;

use crate::article::MentionKind;
use crate::text::{self, Case, DateRange, Moment, Stems, Tongue, Wildcard};

use super::{Field, Proximity, Query, Weight, Within};

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
    /// Words stand somewhere in a certain way.
    Pattern(Pattern),
    /// All conditions hold.
    All(Vec<Clause>),
    /// One condition at least holds; without any, none does.
    Any(Vec<Clause>),
    /// The condition does not hold.
    Not(Box<Clause>),
    /// The condition holds, and counts for more or less in the score.
    Weighted(Box<Clause>, Weight),
    /// The article is dated, within a range.
    Date(DateRange),
    /// The number of words of the body lies within a range.
    WordCount(RangeInclusive<u64>),
}

/// Words in an article, and how they stand to each other.
///
/// A pattern has *places*: spans of positions, each from the first to the last word that it takes.
/// It holds where it has one. All its words stand in one text: the headline and the body, or one
/// field. The headline's words and the body's are never near each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One word, or several in a row.
    Words(Words),
    /// The places of each.
    Any(Vec<Pattern>),
    /// Two places that share no word and stand to each other as asked: from the first word of the
    /// one to the last word of the other. Negated, the places of the left one that have no such
    /// place of the right one, nor one that shares a word with them.
    Near(Box<Pattern>, Proximity, Box<Pattern>),
    /// All of several words, each at a position of its own; see [`Gather`].
    Window(Vec<Words>, Gather),
    /// The places of the pattern if there are so many, else none.
    AtLeast(u32, Box<Pattern>),
}

/// How closely the words of a window stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gather {
    /// The first and the last at most so many words apart, in any order.
    Within(u32),
    /// As a phrase whose words may be moved so many places in all. With each word's position less
    /// its number in the phrase, the greatest and the least differ by at most so many; this is what
    /// Lucene's sloppy phrases ask.
    Moved(u32),
}

impl Gather {
    /// Returns the most that two of the positions may differ.
    pub fn spread(self) -> u32 {
        match self {
            Self::Within(n) | Self::Moved(n) => n,
        }
    }

    /// Returns what is taken off the position of the word with a number.
    pub fn offset(self, idx: usize) -> u32 {
        match self {
            Self::Within(_) => 0,
            Self::Moved(_) => u32::try_from(idx).unwrap_or(u32::MAX),
        }
    }
}

/// Words in a row, within one paragraph, the headline or a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Where they stand.
    pub place: Place,
    /// The test for each word, in order; never empty.
    pub tests: Vec<WordTest>,
    /// How each of them is printed.
    pub casing: Casing,
    /// The number of the part of the query they come from: the alternatives of a compound share
    /// it.
    pub leaf: usize,
    /// What was typed.
    pub typed: String,
}

impl Words {
    /// Tells whether they are those of a name or of a topic: an article is about it as often as it
    /// mentions it, so that they score though they are not of the text.
    pub fn are_annotation(&self) -> bool {
        let is_annotation = matches!(self.place, Place::Field(field) if field.is_annotation());
        is_annotation && self.casing == Casing::Any
    }
}

/// Where words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the headline or the body.
    Text,
    /// In the headline.
    Headline,
    /// In the first paragraph of the body.
    Lead,
    /// Among the first so many words of the body.
    First(u32),
    /// In another field.
    Field(Field),
}

/// How a word must be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Casing {
    /// In any way.
    Any,
    /// Beginning with a capital.
    Capitalized,
    /// In capitals throughout.
    AllCaps,
    /// In any way, as part of a name of this kind.
    Name(MentionKind),
    /// Beginning with a capital, as part of no name that was recognised.
    Unnamed,
}

impl Casing {
    /// Tells whether a word that is printed so, and is part of such a name, will do.
    pub fn allows(self, case: Case, name: Option<MentionKind>) -> bool {
        match self {
            Self::Any => true,
            Self::Capitalized => case != Case::Lower,
            Self::AllCaps => case == Case::AllCaps,
            Self::Name(kind) => name == Some(kind),
            Self::Unnamed => case != Case::Lower && name.is_none(),
        }
    }
}

/// The test for one word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordTest {
    /// Words with one of these terms, which [`Stems`](crate::text::Stems) makes of words: the stems
    /// of a word in the languages asked for, and those of the corrections of a misspelt one. Never
    /// empty.
    Stem(Vec<String>),
    /// Words with this folded surface form.
    Surface(String),
    /// Words whose folded surface form fits.
    Wildcard(Wildcard),
    /// Words whose folded surface form is at most so many edits from this one.
    Fuzzy(String, u8),
    /// Any word, between two others.
    AnyWord,
}

impl Meaning {
    /// Reads a query as of a day, from which `date:yesterday` is counted. Its words are taken to be
    /// of any of the `tongues`, at least one.
    pub fn of(query: &Query, looseness: Looseness, today: Moment, tongues: &[Tongue]) -> Self {
        Self::of_known(query, looseness, today, tongues, &mut Stems::default())
    }

    /// Reads a query as [`Self::of`] does, with stems that are remembered from other queries.
    pub fn of_known(
        query: &Query,
        looseness: Looseness,
        today: Moment,
        tongues: &[Tongue],
        stems: &mut Stems,
    ) -> Self {
        reading::read(query, looseness, today, tongues, stems)
    }
}

impl Clause {
    /// Calls `visit` with every run of words of the clause, in order.
    pub fn each_words<'a>(&'a self, visit: &mut dyn FnMut(&'a Words)) {
        match self {
            Self::Pattern(pattern) => pattern.each_words(visit),
            Self::All(clauses) | Self::Any(clauses) => {
                clauses.iter().for_each(|clause| clause.each_words(visit));
            }
            Self::Not(clause) | Self::Weighted(clause, _) => clause.each_words(visit),
            Self::Everything | Self::Date(_) | Self::WordCount(_) => {}
        }
    }

    /// Calls `visit` with the clause and every clause within it.
    pub fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Clause)) {
        visit(self);
        match self {
            Self::All(clauses) | Self::Any(clauses) => {
                clauses.iter().for_each(|clause| clause.each(visit));
            }
            Self::Not(clause) | Self::Weighted(clause, _) => clause.each(visit),
            _ => {}
        }
    }

    /// Tells whether a date is asked for anywhere.
    pub fn asks_for_date(&self) -> bool {
        let mut asks = false;
        self.each(&mut |clause| asks |= matches!(clause, Self::Date(_)));
        asks
    }

    /// Tells whether a part asks for words in one sentence.
    pub fn asks_for_sentences(&self) -> bool {
        let mut asks = false;
        self.each(&mut |clause| {
            asks |= matches!(clause, Self::Pattern(pattern) if pattern.asks_for(Within::Sentence));
        });
        asks
    }

    /// Makes a condition of words.
    pub fn words(words: Words) -> Self {
        Self::Pattern(Pattern::Words(words))
    }

    /// Asks for the article with an id.
    pub fn id(id: &str) -> Self {
        Self::words(Words {
            place: Place::Field(Field::Id),
            tests: vec![WordTest::Surface(id.to_owned())],
            casing: Casing::Any,
            leaf: 0,
            typed: id.to_owned(),
        })
    }
}

impl Pattern {
    /// Calls `visit` with every run of words of the pattern, in order.
    pub fn each_words<'a>(&'a self, visit: &mut dyn FnMut(&'a Words)) {
        match self {
            Self::Words(words) => visit(words),
            Self::Any(patterns) => patterns.iter().for_each(|it| it.each_words(visit)),
            Self::Near(left, _, right) => {
                left.each_words(visit);
                right.each_words(visit);
            }
            Self::Window(words, _) => words.iter().for_each(visit),
            Self::AtLeast(_, pattern) => pattern.each_words(visit),
        }
    }

    /// Tells whether its words stand in the headline and the body, not in another field.
    pub fn is_text(&self) -> bool {
        let mut is_text = true;
        self.each_words(&mut |words| is_text &= words.place.is_text());
        is_text
    }

    /// Tells whether words are asked to stand within a sentence, or within a paragraph.
    pub fn asks_for(&self, within: Within) -> bool {
        match self {
            Self::Words(_) | Self::Window(..) => false,
            Self::Any(patterns) => patterns.iter().any(|it| it.asks_for(within)),
            Self::Near(left, proximity, right) => {
                proximity.within == within || left.asks_for(within) || right.asks_for(within)
            }
            Self::AtLeast(_, pattern) => pattern.asks_for(within),
        }
    }
}

impl Place {
    /// Tells whether it is a part of the headline and the body.
    pub fn is_text(self) -> bool {
        !matches!(self, Self::Field(_))
    }
}

impl WordTest {
    /// Tells whether a folded surface form fits; a form is its own stem here.
    pub fn fits_form(&self, form: &str) -> bool {
        match self {
            Self::Stem(stems) => stems.iter().any(|stem| stem == form),
            Self::Surface(word) => word == form,
            Self::Wildcard(wildcard) => wildcard.matches(form),
            Self::Fuzzy(word, distance) => {
                text::is_within_edits(word, form, usize::from(*distance))
            }
            Self::AnyWord => true,
        }
    }
}

#[cfg(test)]
mod tests;
