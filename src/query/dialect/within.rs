//! A field for a whole expression.

use super::words;
use crate::query::{Field, Query};

/// Looks for a query within a field.
///
/// What the field cannot hold stays outside: a part with a field of its own, a filter, every
/// article. Fields whose text is taken as it stands are named before each of their words. A weight
/// stands outside, for behind the words of a field it would be printed as part of them.
pub(super) fn within(field: Field, query: Query) -> Query {
    if let Query::Weighted(part, weight) = query {
        return Query::Weighted(Box::new(within(field, *part)), weight);
    }
    if !field.is_literal() && !holds_stranger(&query) {
        return Query::Field(field, Box::new(query));
    }
    let each = |parts: Vec<Query>| parts.into_iter().map(|part| within(field, part)).collect();
    match query {
        Query::And(parts) => Query::And(each(parts)),
        Query::Or(parts) => Query::Or(each(parts)),
        Query::Loose(parts) => Query::Loose(each(parts)),
        Query::Not(part) => Query::Not(Box::new(within(field, *part))),
        stranger if holds_stranger(&stranger) => stranger,
        leaf => Query::Field(field, Box::new(leaf)),
    }
}

/// Makes a word of a field whose text is taken as it stands, which a `*` at its end leaves open;
/// nothing where it holds no letter.
pub(super) fn literal(field: Field, typed: &str) -> Option<Query> {
    let within = |argument| Query::Field(field, Box::new(argument));
    let word = match typed.ends_with('*') {
        true => within(Query::Wildcard(typed.to_owned())),
        false => within(Query::Word(typed.to_owned())),
    };
    match words::reads_the_same(&word) {
        true => Some(word),
        // Within a word of such a field a `*` has no meaning that could be kept.
        false if typed.contains('*') => None,
        false => words::phrase(typed).map(within),
    }
}

/// Tells whether a part is no text of one field.
fn holds_stranger(query: &Query) -> bool {
    match query {
        Query::Everything
        | Query::Field(..)
        | Query::First(..)
        | Query::Date(_)
        | Query::Number(_) => true,
        _ => query.parts().into_iter().any(holds_stranger),
    }
}
