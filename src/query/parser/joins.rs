//! Lists of operands, of which none holds one of its own kind.

use super::super::Query;

/// Joins alternatives; one alone stays what it is, and alternatives inside become its own.
pub(in super::super) fn any_of(parts: Vec<Query>) -> Query {
    flatten(parts, Query::Or, |part| match part {
        Query::Or(inner) => Ok(inner),
        other => Err(other),
    })
}

/// Joins requirements likewise.
pub(in super::super) fn all_of(parts: Vec<Query>) -> Query {
    flatten(parts, Query::And, |part| match part {
        Query::And(inner) => Ok(inner),
        other => Err(other),
    })
}

/// Joins operands that stand side by side likewise: `(a b) c` says no more than `a b c`.
pub(in super::super) fn side_by_side(parts: Vec<Query>) -> Query {
    flatten(parts, Query::Loose, |part| match part {
        Query::Loose(inner) => Ok(inner),
        other => Err(other),
    })
}

fn flatten(
    parts: Vec<Query>,
    join: fn(Vec<Query>) -> Query,
    open: fn(Query) -> Result<Vec<Query>, Query>,
) -> Query {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match open(part) {
            Ok(inner) => flat.extend(inner),
            Err(other) => flat.push(other),
        }
    }
    match flat.pop() {
        Some(only) if flat.is_empty() => only,
        Some(last) => {
            flat.push(last);
            join(flat)
        }
        None => join(flat),
    }
}
