//! The query language: from what was typed to a tree, and back.
//!
//! [`read`] reads the languages of other systems into the same tree.
//!
//! [`parse`] reads a query, and a tree prints itself in the canonical form that reads the same:
//! `parse(&query.to_string())` gives `query` again for every query that [`parse`] gave. (The
//! canonical form may be longer than what was typed: `hd:a|b` is `headline:a OR b`. So a query of
//! many short words within some kilobytes of [`QUERY_BYTES_MAX`] may print beyond it.)
//!
//! ```text
//! query      = all , { ( "OR" | "|" ) , all } ;
//! all        = loose , { "AND" , loose | loose that begins with "NOT" } ;
//! loose      = negatable , { near | "-" , negatable } ;         side by side
//! negatable  = { "NOT" | "-" } , near ;
//! near       = operand , { [ "NOT" ] , within , operand } ;     from left to right
//! within     = ( "W/" | "PRE/" | "NEAR/" ) , ( number | "S" | "P" ) ;
//! operand    = ( "(" , query , ")" | "*" | argument | field | filter ) , [ "^" , decimal ] ;
//! field      = name , ( ":" | "=" ) , ( argument | "(" , query , ")" ) ;
//! argument   = word , [ "~" , [ number ] ] | wildcard | quote , text , quote , [ "~" , number ]
//!            | function , "(" , query , ")" ;
//! function   = "exact" | "caps" | "allcaps" | "person" | "org" | "place"
//!            | "atleast" , number | "first/" , number | "slop/" , number ;
//! filter     = name , sign , value | name , ( ":" | "=" ) , [ value ] , ".." , [ value ] ;
//! sign       = ":" | "=" | "<" | "<=" | ">" | ">=" ;
//! ```
//!
//! - Operators are read in any case. Proximity binds tightest, then `NOT` and `-`, then words side
//!   by side, then `AND`, then `OR` and `|`. `a NOT b` is `a AND NOT b`.
//! - A word is everything up to white space, a double quotation mark, a parenthesis or a `|`, as
//!   it was typed: `U.S.`, `long-term`, `O'Brien`, `$90`. It holds a letter or a figure.
//! - In a word `*` stands for any letters or none and `?` for one; in quotation marks they do where
//!   they touch a letter, a `?` only between two, and a `*` alone is any one word. A `?` at the end
//!   of words side by side is a question mark. Addresses (`https://…`) have no wildcards.
//! - A `-` leaves out what follows it directly, at the start or after white space, `(` or `|`;
//!   elsewhere it is part of the word.
//! - Phrases stand between double quotation marks of any kind, `"a"`, `“a”`, `„a“`, or between
//!   guillemets, `«a»` and `»a«`. The other kind may stand inside; double quotation marks inside
//!   guillemets are read as spaces, so that every phrase can be printed between `"` and `"`.
//!   Single quotation marks belong to words.
//! - What proximity joins and `atleast` counts are words in the text: filters, fields, `first`,
//!   `NOT` and weights cannot stand there. A field may hold a function, not the other way round;
//!   `exact`, `caps`, `allcaps`, `person`, `org` and `place` do not stand in each other, nor `first` in
//!   a function.
//! - Proximity is asked of two things at a time: `(a AND b) W/5 (c AND d)` is four conditions, of
//!   `a` and `b` with each of `c` and `d`. On the right of `NOT W/5` stands one thing, or `OR`.
//! - A word between two others that is an operator gone wrong (`W5`, `within/5`, `/5`, `adj5`) is
//!   refused; in parentheses it is a word. So is `first/50` without parentheses behind it.
//! - A weight directly behind the argument of a field stays within the field.
//! - A name is letters. Followed by a sign and something directly behind it, it must be known;
//!   `10:30` and `https://…` are words, and so is `Analysis:` before a space.
//! - A word directly before `(` is refused unless it is a function.
//! - What directly follows `id:`, `url:` and `file:` is taken as it stands, and so is every word of
//!   a group there: ids hold colons and addresses question marks.
//! - Dates may be told from today: `today`, `yesterday`, and in quotation marks `"last 2 weeks"`,
//!   `"last month"`, `"this year"`, `"3 days ago"`. See [`crate::text::RelativeDate`].
//! - A field cannot stand inside another field, nor can a filter or `*`.

mod dialect;
mod display;
mod error;
mod fields;
mod filters;
mod functions;
mod lexer;
mod meaning;
mod parser;
mod places;
mod plain;
mod proximity;
mod terms;
#[cfg(test)]
mod tests;
mod weight;
mod wildcards;

use crate::article::MentionKind;
use crate::error::{Error, Kind, Result};

pub use dialect::{Dialect, Reading, read};
pub use fields::Field;
pub use filters::{Comparison, DateFilter, NumberField, NumberFilter, When};
pub use meaning::{Casing, Clause, Gather, Looseness, Meaning, Pattern, Place, WordTest, Words};
pub use plain::plain;
pub use proximity::{DISTANCE_MAX, Proximity, Within};
pub use terms::WINDOW_WORDS_MAX;
pub use weight::Weight;

/// The longest query that is read, in bytes.
pub const QUERY_BYTES_MAX: usize = 64 * 1024;

/// The most words, phrases, wildcards and filters of one query, and the most conditions that
/// proximity makes of them: `(a AND b) W/5 (c AND d)` are four.
pub const CLAUSES_MAX: usize = 1024;

/// The deepest that parentheses and negations may stand inside each other, and the most times that
/// proximity is joined within proximity.
pub const NESTING_MAX: usize = 64;

/// The most occurrences that `atleast` asks for, and the most words that `first` reads.
pub const COUNT_MAX: u32 = 1_000_000;

/// A parsed question.
///
/// The lists of [`Query::Loose`], [`Query::And`] and [`Query::Or`] have two elements or more and
/// never hold one of their own kind directly: parentheses that change nothing leave no trace.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Query {
    /// `*`: every article.
    Everything,
    /// A word as typed; the analysis may find several in it.
    Word(String),
    /// The text between quotation marks, as typed.
    Phrase(String),
    /// A word with a `*` or a `?` in it, as typed.
    Wildcard(String),
    /// A word as typed, and how many letters of it may be wrong: 1 or 2.
    Fuzzy(String, u8),
    /// The text between quotation marks: all of these words, the first and the last at most so
    /// many words apart.
    Window(String, u32),
    /// The text between quotation marks: a phrase whose words may be moved so many places in all,
    /// which is what Lucene calls slop.
    Slop(String, u32),
    /// Operands side by side: all are required, but the search may be relaxed to any of them.
    Loose(Vec<Query>),
    /// All of these.
    And(Vec<Query>),
    /// Any of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// One near the other.
    Near(Box<Query>, Proximity, Box<Query>),
    /// At least so many occurrences.
    AtLeast(u32, Box<Query>),
    /// This, within the first words of the body.
    First(u32, Box<Query>),
    /// This, as printed.
    Form(Form, Box<Query>),
    /// This, within a field.
    Field(Field, Box<Query>),
    /// A condition on the date.
    Date(DateFilter),
    /// A condition on a number.
    Number(NumberFilter),
    /// This, counting for more or less when the hits are ranked.
    Weighted(Box<Query>, Weight),
}

impl Query {
    /// Returns the parts that it joins or is about, in the order typed; none where it has none.
    pub fn parts(&self) -> Vec<&Query> {
        match self {
            Self::Loose(parts) | Self::And(parts) | Self::Or(parts) => parts.iter().collect(),
            Self::Near(left, _, right) => vec![left, right],
            Self::Not(part)
            | Self::AtLeast(_, part)
            | Self::First(_, part)
            | Self::Form(_, part)
            | Self::Field(_, part)
            | Self::Weighted(part, _) => vec![part],
            Self::Everything
            | Self::Word(_)
            | Self::Phrase(_)
            | Self::Wildcard(_)
            | Self::Fuzzy(..)
            | Self::Window(..)
            | Self::Slop(..)
            | Self::Date(_)
            | Self::Number(_) => Vec::new(),
        }
    }
}

/// How a word must be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `exact()`: in this form, not another of the same stem.
    Exact,
    /// `caps()`: in this form, beginning with a capital.
    Caps,
    /// `allcaps()`: in this form, in capitals throughout.
    AllCaps,
    /// `person()`, `org()`, `place()`: in this form, as part of such a name.
    Name(MentionKind),
}

impl Form {
    /// All forms, in the order in which a message lists them.
    pub const ALL: [Self; 6] = [
        Self::Exact,
        Self::Caps,
        Self::AllCaps,
        Self::Name(MentionKind::Person),
        Self::Name(MentionKind::Organisation),
        Self::Name(MentionKind::Place),
    ];

    /// Returns the name of the function.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Caps => "caps",
            Self::AllCaps => "allcaps",
            Self::Name(kind) => kind.name(),
        }
    }
}

/// Reads a query.
///
/// The time taken grows with the length of the text, not faster.
///
/// # Errors
///
/// Fails with [`Kind::Usage`] where the text is not of the language, at the first place that is
/// not: the message shows it with a caret and says what to write instead.
pub fn parse(text: &str) -> Result<Query> {
    check_size(text)?;
    parser::parse(text).map_err(|fault| fault.render(text))
}

/// Refuses a text that is too long, and one without anything in it.
fn check_size(text: &str) -> Result<()> {
    if text.len() > QUERY_BYTES_MAX {
        let message = format!(
            "the query is {} bytes long, and at most {QUERY_BYTES_MAX} are read",
            text.len()
        );
        return Err(Error::new(Kind::Usage, message).with_hint("search for fewer words at once"));
    }
    if text.trim().is_empty() {
        let hint = "name a word to search for, or '*' for every article";
        return Err(Error::new(Kind::Usage, "the query is empty").with_hint(hint));
    }
    Ok(())
}
