//! The query language: from what was typed to a tree, and back.
//!
//! [`parse`] reads a query, and a tree prints itself in the canonical form that reads the same:
//! `parse(&query.to_string())` gives `query` again for every query that [`parse`] gave. (The
//! canonical form may be longer than what was typed, so a query within a few hundred bytes of
//! [`QUERY_BYTES_MAX`] may print beyond it.)
//!
//! ```text
//! query      = all , { ( "OR" | "|" ) , all } ;
//! all        = loose , { "AND" , loose | loose that begins with "NOT" } ;
//! loose      = negatable , { operand | "-" , negatable } ;      side by side
//! negatable  = { "NOT" | "-" } , operand ;
//! operand    = "(" , query , ")" | "*" | argument | field | filter ;
//! field      = name , ( ":" | "=" ) , ( argument | "(" , query , ")" ) ;
//! argument   = word | prefix , "*" | quote , text , quote ;
//! filter     = name , sign , value | name , ( ":" | "=" ) , [ value ] , ".." , [ value ] ;
//! sign       = ":" | "=" | "<" | "<=" | ">" | ">=" ;
//! ```
//!
//! - Operators are read in any case. `NOT` and `-` bind tightest, then words side by side, then
//!   `AND`, then `OR` and `|`. `a NOT b` is `a AND NOT b`.
//! - A word is everything up to white space, a double quotation mark, a parenthesis or a `|`, as
//!   it was typed: `U.S.`, `long-term`, `O'Brien`, `$90`. It holds a letter or a figure.
//! - A `-` leaves out what follows it directly, at the start or after white space, `(` or `|`;
//!   elsewhere it is part of the word.
//! - Phrases stand between double quotation marks of any kind, `"a"`, `“a”`, `„a“`, or between
//!   guillemets, `«a»` and `»a«`. The other kind may stand inside; double quotation marks inside
//!   guillemets are read as spaces, so that every phrase can be printed between `"` and `"`.
//!   Single quotation marks belong to words.
//! - A name is letters. Followed by a sign and something directly behind it, it must be known;
//!   `10:30` and `https://…` are words, and so is `Analysis:` before a space.
//! - A word directly before `(` is refused: it could be a function that does not exist.
//! - What directly follows `id:`, `url:` and `file:` is taken as it stands: ids hold colons and
//!   addresses question marks.
//! - A field cannot stand inside another field, nor can a filter or `*`.

mod display;
mod error;
mod fields;
mod filters;
mod later;
mod lexer;
mod meaning;
mod parser;
mod terms;
#[cfg(test)]
mod tests;

use crate::error::{Error, Kind, Result};

pub use fields::Field;
pub use filters::{Comparison, DateFilter, NumberField, NumberFilter};
pub use meaning::{Clause, Looseness, Meaning, Place, WordTest, Words};

/// The longest query that is read, in bytes.
pub const QUERY_BYTES_MAX: usize = 64 * 1024;

/// The most words, phrases, wildcards and filters of one query.
pub const CLAUSES_MAX: usize = 1024;

/// The deepest that parentheses and negations may stand inside each other.
pub const NESTING_MAX: usize = 64;

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
    /// The beginning of a word with a `*` behind it, as typed.
    Wildcard(String),
    /// Operands side by side: all are required, but the search may be relaxed to any of them.
    Loose(Vec<Query>),
    /// All of these.
    And(Vec<Query>),
    /// Any of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// This, within a field.
    Field(Field, Box<Query>),
    /// A condition on the date.
    Date(DateFilter),
    /// A condition on a number.
    Number(NumberFilter),
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
    parser::parse(text).map_err(|fault| fault.render(text))
}
