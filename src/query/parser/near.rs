//! Proximity: operands that stand near each other.

use super::super::error::{Fault, in_quotes};
use super::super::lexer::{Lexeme, Token};
use super::super::places::Places;
use super::super::{CLAUSES_MAX, NESTING_MAX, Proximity, Query};
use super::{Parser, faults};
use crate::text::Span;

/// The most words that the conditions of one chain of proximity may have together: what AND joins on
/// one side is written out for each condition of the other.
const WORDS_JOINED_MAX: usize = 16 * CLAUSES_MAX;

/// Why there are so many.
const JOINED: &str = "each word that AND joins on one side is joined with each on the other";

impl Parser<'_> {
    /// Reads operands that proximity joins, from left to right.
    pub(super) fn near(&mut self) -> Result<Query, Fault> {
        let start = self.token.span.start;
        let n_conditions_before = self.n_conditions;
        let mut query = self.operand()?;
        let Lexeme::Near(_) = self.token.lexeme else {
            return Ok(query);
        };
        let mut places = self.places(&query, start)?;
        while let Token { lexeme: Lexeme::Near(proximity), span } = self.token {
            self.advance()?;
            let (right, right_places) = self.right_of(proximity, span)?;
            places = places.near(right_places);
            if places.n_joined > NESTING_MAX {
                return Err(faults::too_deep(span));
            }
            // What was counted within the operands is counted again in the whole.
            self.n_conditions = n_conditions_before.saturating_add(places.n_conditions);
            let typed = in_quotes(span.of(self.text));
            if self.n_conditions > CLAUSES_MAX {
                let message =
                    format!("with {typed} the query has more than {CLAUSES_MAX} conditions");
                return Err(Fault::new(span, message, JOINED));
            }
            if places.n_words > WORDS_JOINED_MAX {
                let message = format!(
                    "with {typed} the conditions of the query have more than {WORDS_JOINED_MAX} words"
                );
                return Err(Fault::new(span, message, JOINED));
            }
            query = Query::Near(Box::new(query), proximity, Box::new(right));
        }
        Ok(query)
    }

    /// Reads the operand that stands on the right of the operator at `operator`.
    fn right_of(&mut self, proximity: Proximity, operator: Span) -> Result<(Query, Places), Fault> {
        let start = self.token.span.start;
        if let Lexeme::Not | Lexeme::Minus = self.token.lexeme {
            return Err(self.near_nothing(proximity, operator));
        }
        let right = self.operand()?;
        let places = self.places(&right, start)?;
        if proximity.negated && places.holds_and {
            let span = Span::new(start, self.end_of_last());
            return Err(faults::one_at_a_time(operator.of(self.text), span));
        }
        Ok((right, places))
    }

    /// Returns the places of an operand that begins at `start` and was read last.
    fn places(&self, operand: &Query, start: usize) -> Result<Places, Fault> {
        let span = Span::new(start, self.end_of_last());
        operand.places().map_err(|stranger| faults::not_near(stranger, span))
    }

    /// Complains of a negation on the right of the operator at `operator`.
    fn near_nothing(&self, proximity: Proximity, operator: Span) -> Fault {
        let message = "nothing can be near what is not there".to_owned();
        let typed = operator.of(self.text);
        let suggestion = match proximity.negated {
            true => format!("{} negates already", in_quotes(typed)),
            false => format!("write 'NOT {typed}' for what has none near it"),
        };
        Fault::new(self.token.span, message, suggestion)
    }
}
