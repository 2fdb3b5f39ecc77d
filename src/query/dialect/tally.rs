//! What is counted and noted while a query is read.

use crate::query::error::Fault;
use crate::query::{CLAUSES_MAX, NESTING_MAX, Query, parser};
use crate::text::Span;

/// How much was read so far, and what has to be told about it.
#[derive(Default)]
pub(super) struct Tally {
    n_clauses: usize,
    depth: usize,
    remarks: Vec<String>,
}

impl Tally {
    /// Counts words and filters, of which the last was typed at a place.
    pub(super) fn count(&mut self, n: usize, span: Span) -> Result<(), Fault> {
        self.n_clauses = self.n_clauses.saturating_add(n);
        if self.n_clauses > CLAUSES_MAX { Err(parser::too_many(span)) } else { Ok(()) }
    }

    /// Counts what a query would be if it stood there once more.
    pub(super) fn count_again(&mut self, query: &Query, span: Span) -> Result<(), Fault> {
        self.count(n_leaves(query), span)
    }

    /// Goes one level deeper, at a place.
    pub(super) fn enter(&mut self, span: Span) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > NESTING_MAX { Err(parser::too_deep(span)) } else { Ok(()) }
    }

    /// Comes back from a level.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Notes a remark, once.
    pub(super) fn remark(&mut self, remark: impl Into<String>) {
        let remark = remark.into();
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// Hands over the remarks with what they are about.
    pub(super) fn close(self, query: Query) -> super::Reading {
        super::Reading { query, remarks: self.remarks }
    }
}

/// Counts the words and filters of a query.
fn n_leaves(query: &Query) -> usize {
    let parts = query.parts();
    if parts.is_empty() { 1 } else { parts.into_iter().map(n_leaves).sum() }
}
