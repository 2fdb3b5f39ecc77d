//! `DATE` and `LENGTH`, compared with a value.
//!
//! `DATE IS 18/8/2025`, `DATE = 2025-08-18`, `DATE BEF 2025`, `DATE AFT March 1, 2025`,
//! `DATE >= 2025`, `DATE(GEQ (3/31/2025) AND LEQ (12/31/2025))`, `DATE AFT 2024 AND BEF 2026`,
//! `LENGTH > 500`, `LENGTH(>500)`. Without anything to compare them with they are words.

use super::super::pieces::{Kind, Pieces};
use super::super::{dates, faults};
use super::Parser;
use super::connectors::Connector;
use crate::query::error::Fault;
use crate::query::fields::Sign;
use crate::query::parser::{self, all_of};
use crate::query::{NumberField, NumberFilter, Query};
use crate::text::Span;

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Date,
    Length,
}

/// The words and signs of comparison.
const SIGNS: [(&str, Sign); 17] = [
    ("is", Sign::Is),
    ("=", Sign::Is),
    ("bef", Sign::Below),
    ("before", Sign::Below),
    ("lss", Sign::Below),
    ("<", Sign::Below),
    ("aft", Sign::Above),
    ("after", Sign::Above),
    ("gtr", Sign::Above),
    (">", Sign::Above),
    ("leq", Sign::AtMost),
    ("<=", Sign::AtMost),
    ("≤", Sign::AtMost),
    ("geq", Sign::AtLeast),
    (">=", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    ("=>", Sign::AtLeast),
];

fn sign(pieces: &Pieces<'_>, n: usize) -> Option<Sign> {
    SIGNS.iter().find(|(name, _)| pieces.is_word(n, name)).map(|(_, sign)| *sign)
}

impl Parser<'_> {
    /// Reads a condition; nothing where none stands next.
    pub(super) fn condition(&mut self) -> Result<Option<Query>, Fault> {
        let measure = if self.pieces.is_word(0, "date") {
            Measure::Date
        } else if self.pieces.is_word(0, "length") {
            Measure::Length
        } else {
            return Ok(None);
        };
        let is_open = self.pieces.ahead(1).kind == Kind::Open;
        if !is_open && sign(&self.pieces, 1).is_none() {
            return Ok(None);
        }
        self.check_outside(self.pieces.next().span)?;
        self.pieces.advance(1);
        let condition = match is_open {
            true => self.in_parentheses(|parser| parser.comparisons(measure))?,
            false => self.comparisons(measure)?,
        };
        Ok(Some(condition))
    }

    fn in_parentheses<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let open = self.pieces.next().span;
        self.pieces.advance(1);
        let inner = read(self)?;
        if self.pieces.next().kind == Kind::End {
            return Err(parser::unclosed(open));
        }
        if self.pieces.next().kind != Kind::Close {
            let message = "only conditions joined by AND can stand here".to_owned();
            let suggestion = "write the others outside: DATE IS 2024 OR DATE IS 2025";
            return Err(Fault::new(self.pieces.next().span, message, suggestion));
        }
        self.pieces.advance(1);
        Ok(inner)
    }

    /// Reads comparisons with `AND` between them; the name is not repeated.
    fn comparisons(&mut self, measure: Measure) -> Result<Query, Fault> {
        let mut parts = vec![self.comparison(measure)?];
        while self.pieces.is_word(0, "and") && sign(&self.pieces, 1).is_some() {
            self.pieces.advance(1);
            parts.push(self.comparison(measure)?);
        }
        Ok(all_of(parts))
    }

    fn comparison(&mut self, measure: Measure) -> Result<Query, Fault> {
        let sign = match sign(&self.pieces, 0) {
            Some(sign) => {
                self.pieces.advance(1);
                sign
            }
            None => Sign::Is,
        };
        let value = match self.pieces.next().kind {
            Kind::Open => self.in_parentheses(Self::value)?,
            _ => self.value()?,
        };
        self.tally.count(1, value)?;
        let text = self.pieces.text;
        match measure {
            Measure::Date => dates::read(text, sign, value),
            Measure::Length => {
                NumberFilter::read(text, NumberField::Words, sign, value).map(Query::Number)
            }
        }
    }

    /// Reads a value up to a connector or a parenthesis.
    fn value(&mut self) -> Result<Span, Fault> {
        let first = self.pieces.next();
        if let Kind::Quote(inner) = first.kind {
            self.pieces.advance(1);
            return Ok(inner);
        }
        while self.pieces.next().kind == Kind::Run && Connector::read(&self.pieces)?.is_none() {
            self.pieces.advance(1);
        }
        let end = self.pieces.end_of_last();
        if end > first.span.start {
            return Ok(Span::new(first.span.start, end));
        }
        let before = self.pieces.before().map_or(first.span, |piece| piece.span);
        Err(faults::nothing_beside(self.pieces.text, "after", before))
    }
}
