//! Prints queries in the canonical form.

use std::fmt;

use super::{Comparison, DateFilter, NumberFilter, Query};

/// Prints the query as [`super::parse`] reads it, with parentheses only where they are needed.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("*"),
            Self::Word(word) | Self::Wildcard(word) => f.write_str(word),
            Self::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Self::Phrase(text) => write!(f, "\"{text}\""),
            Self::Window(text, n) => write!(f, "\"{text}\"~{n}"),
            Self::Slop(text, n) => write!(f, "slop/{n}(\"{text}\")"),
            Self::AtLeast(n, part) => write!(f, "atleast{n}({part})"),
            Self::First(n, part) => write!(f, "first/{n}({part})"),
            Self::Form(form, part) => write!(f, "{}({part})", form.name()),
            Self::Near(left, proximity, right) => {
                write_bound(f, left, Binding::Near)?;
                write!(f, " {proximity} ")?;
                write_bound(f, right, Binding::Operand)
            }
            Self::Weighted(part, weight) => {
                if part.takes_weight() {
                    write!(f, "{part}^{weight}")
                } else {
                    write!(f, "({part})^{weight}")
                }
            }
            Self::Or(parts) => write_list(f, parts, " OR ", Binding::All),
            Self::And(parts) => write_list(f, parts, " AND ", Binding::Loose),
            Self::Loose(parts) => write_loose(f, parts),
            Self::Not(negated) => {
                f.write_str("NOT ")?;
                write_bound(f, negated, Binding::Negatable)
            }
            Self::Field(field, argument) => {
                write!(f, "{}:", field.name())?;
                write_bound(f, argument, Binding::Operand)
            }
            Self::Date(filter) => filter.fmt(f),
            Self::Number(filter) => filter.fmt(f),
        }
    }
}

impl Query {
    /// Tells whether a weight may stand directly behind it.
    fn takes_weight(&self) -> bool {
        let is_named = matches!(self, Self::Field(..) | Self::Date(_) | Self::Number(_));
        let is_weighted = matches!(self, Self::Weighted(..));
        // Functions and groups end in a parenthesis, words and quotations as they may.
        Binding::of(self) == Binding::Operand && !is_named && !is_weighted
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

/// Prints the sign and the values, without the name before them.
impl<T: fmt::Display> fmt::Display for Comparison<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(value) => write!(f, ":{value}"),
            Self::Between(first, last) => write!(f, ":{first}..{last}"),
            Self::Below(value) => write!(f, "<{value}"),
            Self::AtMost(value) => write!(f, "<={value}"),
            Self::AtLeast(value) => write!(f, ">={value}"),
            Self::Above(value) => write!(f, ">{value}"),
        }
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
fn write_bound(f: &mut fmt::Formatter<'_>, part: &Query, place: Binding) -> fmt::Result {
    if Binding::of(part) < place { write!(f, "({part})") } else { write!(f, "{part}") }
}

fn write_list(
    f: &mut fmt::Formatter<'_>,
    parts: &[Query],
    operator: &str,
    place: Binding,
) -> fmt::Result {
    for (idx, part) in parts.iter().enumerate() {
        if idx > 0 {
            f.write_str(operator)?;
        }
        write_bound(f, part, place)?;
    }
    Ok(())
}

/// Writes operands side by side; `NOT` between them would be read as `AND NOT`, so it is `-`.
///
/// The last one keeps its parentheses where its `?` would be read as a question mark.
fn write_loose(f: &mut fmt::Formatter<'_>, parts: &[Query]) -> fmt::Result {
    for (idx, part) in parts.iter().enumerate() {
        if idx > 0 {
            f.write_str(" ")?;
        }
        match part {
            Query::Not(negated) => {
                f.write_str("-")?;
                write_bound(f, negated, Binding::Negatable)?;
            }
            Query::Wildcard(typed) if idx + 1 == parts.len() && typed.ends_with('?') => {
                write!(f, "({typed})")?;
            }
            _ => write_bound(f, part, Binding::Negatable)?,
        }
    }
    Ok(())
}
