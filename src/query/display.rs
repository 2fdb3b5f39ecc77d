//! Prints queries in the canonical form.

use std::fmt;

use super::{Comparison, DateFilter, NumberFilter, Query, Weight, When, fields, proximity};
use crate::text::Span;

/// Prints the query as [`super::parse`] reads it, with parentheses only where they are needed.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_query(f, self, Place { end: End::OfAll, words: Reading::Signs })
    }
}

/// Where a part of a query is printed.
#[derive(Clone, Copy)]
struct Place {
    end: End,
    words: Reading,
}

/// What follows a part of a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Nothing: it ends the query, and no parenthesis closes behind it.
    OfAll,
    /// Something.
    OfPart,
}

/// How words are read where a part of a query is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// With signs for weights and open letters.
    Signs,
    /// As they stand.
    Literal,
}

impl Place {
    /// Returns the place of something that more follows, if only a parenthesis.
    fn inner(self) -> Self {
        Self { end: End::OfPart, ..self }
    }
}

fn write_query(f: &mut fmt::Formatter<'_>, query: &Query, place: Place) -> fmt::Result {
    match query {
        Query::Everything => f.write_str("*"),
        Query::Word(word) | Query::Wildcard(word) => f.write_str(word),
        Query::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
        Query::Phrase(text) => write!(f, "\"{text}\""),
        Query::Window(text, n) => write!(f, "\"{text}\"~{n}"),
        Query::Slop(text, n) => write!(f, "slop/{n}(\"{text}\")"),
        Query::AtLeast(n, part) => write_function(f, format_args!("atleast{n}"), part, place),
        Query::First(n, part) => write_function(f, format_args!("first/{n}"), part, place),
        Query::Form(form, part) => write_function(f, format_args!("{}", form.name()), part, place),
        Query::Near(left, proximity, right) => {
            write_bound(f, left, Binding::Near, place.inner())?;
            write!(f, " {proximity} ")?;
            write_bound(f, right, Binding::Operand, place.inner())
        }
        Query::Weighted(part, weight) => {
            if takes_weight(part, *weight, place) {
                write_query(f, part, place.inner())?;
            } else {
                write_group(f, part, place)?;
            }
            write!(f, "^{weight}")
        }
        Query::Or(parts) => write_list(f, parts, " OR ", Binding::All, place),
        Query::And(parts) => write_list(f, parts, " AND ", Binding::Loose, place),
        Query::Loose(parts) => write_loose(f, parts, place),
        Query::Not(negated) => {
            f.write_str("NOT ")?;
            write_bound(f, negated, Binding::Negatable, place.inner())
        }
        Query::Field(field, argument) => {
            write!(f, "{}:", field.name())?;
            let words = if field.is_literal() { Reading::Literal } else { Reading::Signs };
            write_bound(f, argument, Binding::Operand, Place { end: End::OfPart, words })
        }
        Query::Date(filter) => write!(f, "{filter}"),
        Query::Number(filter) => write!(f, "{filter}"),
    }
}

fn write_function(
    f: &mut fmt::Formatter<'_>,
    name: fmt::Arguments<'_>,
    part: &Query,
    place: Place,
) -> fmt::Result {
    f.write_fmt(name)?;
    write_group(f, part, place)
}

fn write_group(f: &mut fmt::Formatter<'_>, part: &Query, place: Place) -> fmt::Result {
    f.write_str("(")?;
    write_query(f, part, place.inner())?;
    f.write_str(")")
}

/// Tells whether a weight may stand directly behind a part.
fn takes_weight(part: &Query, weight: Weight, place: Place) -> bool {
    match part {
        Query::Word(word) | Query::Wildcard(word) => {
            let run = format!("{word}^{weight}");
            let span = Span::new(0, run.len());
            // Behind a name and its sign it would be what the field looks for.
            place.words == Reading::Signs && matches!(fields::read_named(&run, span), Ok(None))
        }
        Query::Field(..) | Query::Date(_) | Query::Number(_) | Query::Weighted(..) => false,
        // Functions and groups end in a parenthesis.
        _ => Binding::of(part) == Binding::Operand,
    }
}

impl fmt::Display for DateFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "date{}", self.comparison)
    }
}

impl fmt::Display for NumberFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.field.name(), self.comparison)
    }
}

/// Prints the date as the parser reads it.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(moment) => moment.fmt(f),
            Self::Relative(relative) => relative.fmt(f),
        }
    }
}

/// Prints the sign and the values, without the name before them; in quotes where there are spaces.
impl<T: fmt::Display> fmt::Display for Comparison<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, value) = match self {
            Self::Equal(value) => (":", value.to_string()),
            Self::Between(first, last) => (":", format!("{first}..{last}")),
            Self::Below(value) => ("<", value.to_string()),
            Self::AtMost(value) => ("<=", value.to_string()),
            Self::AtLeast(value) => (">=", value.to_string()),
            Self::Above(value) => (">", value.to_string()),
        };
        let quote = if value.contains(' ') { "\"" } else { "" };
        write!(f, "{sign}{quote}{value}{quote}")
    }
}

/// How tightly a query holds its parts together, the loosest first; the rules of the grammar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Any,
    All,
    Loose,
    Negatable,
    Near,
    Operand,
}

impl Binding {
    fn of(query: &Query) -> Self {
        match query {
            Query::Or(_) => Self::Any,
            Query::And(_) => Self::All,
            Query::Loose(_) => Self::Loose,
            Query::Not(_) => Self::Negatable,
            Query::Near(..) => Self::Near,
            _ => Self::Operand,
        }
    }
}

/// Writes a part, in parentheses if it binds more loosely than its place asks for.
fn write_bound(
    f: &mut fmt::Formatter<'_>,
    part: &Query,
    binding: Binding,
    place: Place,
) -> fmt::Result {
    if Binding::of(part) < binding {
        write_group(f, part, place)
    } else {
        write_query(f, part, place)
    }
}

fn write_list(
    f: &mut fmt::Formatter<'_>,
    parts: &[Query],
    operator: &str,
    binding: Binding,
    place: Place,
) -> fmt::Result {
    for (idx, part) in parts.iter().enumerate() {
        if idx > 0 {
            f.write_str(operator)?;
        }
        let is_last = idx + 1 == parts.len();
        write_bound(f, part, binding, if is_last { place } else { place.inner() })?;
    }
    Ok(())
}

/// Writes operands side by side; `NOT` between them would be read as `AND NOT`, so it is `-`.
fn write_loose(f: &mut fmt::Formatter<'_>, parts: &[Query], place: Place) -> fmt::Result {
    for (idx, part) in parts.iter().enumerate() {
        if idx > 0 {
            f.write_str(" ")?;
        }
        let is_last = idx + 1 == parts.len();
        let is_between = idx > 0 && !is_last;
        match part {
            Query::Not(negated) => {
                f.write_str("-")?;
                write_bound(f, negated, Binding::Negatable, place.inner())?;
            }
            // It would be read as the question mark of the whole query.
            Query::Wildcard(word) if is_last && place.end == End::OfAll && word.ends_with('?') => {
                write!(f, "({word})")?;
            }
            // It would be read as an operator that has gone wrong.
            Query::Word(word) if is_between && proximity::slip(word).is_some() => {
                write!(f, "({word})")?;
            }
            _ => write_bound(f, part, Binding::Negatable, place.inner())?,
        }
    }
    Ok(())
}
