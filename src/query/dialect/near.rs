//! Words near each other, with the complaints in the words of a dialect.

use crate::query::error::{Fault, in_quotes};
use crate::query::{NESTING_MAX, Proximity, Query, parser};
use crate::text::Span;

/// A part of a query, and where it was typed.
#[derive(Debug)]
pub(super) struct Operand {
    pub(super) query: Query,
    pub(super) span: Span,
}

/// What a dialect advises where something cannot stand near words.
pub(super) struct Advice {
    /// Where it is left out: `NOT a`.
    pub(super) not: &'static str,
    /// Where it names a field.
    pub(super) field: &'static str,
}

/// Joins two operands by proximity.
///
/// # Errors
///
/// Fails where one of them has no places in the text, where several things must not be near, or
/// where the chain is too long.
pub(super) fn join(
    text: &str,
    left: Operand,
    proximity: Proximity,
    right: Operand,
    advice: &Advice,
) -> Result<Operand, Fault> {
    check_places(text, &left, advice)?;
    check_places(text, &right, advice)?;
    if n_joined(&left.query) >= NESTING_MAX {
        return Err(parser::too_deep(right.span));
    }
    if proximity.negated && right.query.places().is_ok_and(|places| places.holds_and) {
        return Err(not_one_thing(right.span));
    }
    let span = Span::new(left.span.start, right.span.end);
    let query = Query::Near(Box::new(left.query), proximity, Box::new(right.query));
    Ok(Operand { query, span })
}

/// Complains of several things of which none may be near what stands on the left.
fn not_one_thing(right: Span) -> Fault {
    let message = "what must not be near is one thing at a time".to_owned();
    Fault::new(right, message, "put OR between them, or write it once more for each")
}

/// Refuses an operand that has no places in the text.
fn check_places(text: &str, operand: &Operand, advice: &Advice) -> Result<(), Fault> {
    let Some(stranger) = operand.query.first_without_places() else {
        return Ok(());
    };
    let message = format!("nothing can be near {}", in_quotes(operand.span.of(text)));
    let suggestion = match stranger {
        Query::Not(_) => advice.not,
        Query::Field(..) | Query::First(..) => advice.field,
        _ => "join it with AND",
    };
    Err(Fault::new(operand.span, message, suggestion))
}

fn n_joined(query: &Query) -> usize {
    let mut n = 0;
    let mut query = query;
    while let Query::Near(left, ..) = query {
        n += 1;
        query = left;
    }
    n
}
