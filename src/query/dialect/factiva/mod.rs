//! Factiva: free text in the "traditional" query language.
//!
//! | rank | operators | this language |
//! |---|---|---|
//! | 1 | words side by side, `"…"` | a phrase |
//! | 2 | `adjN`, `w/N` (in this order; alone 1 word) | `PRE/N` |
//! | 2 | `nearN`, `near N`, `/NN/` such as `/N30/` (either order) | `W/N` |
//! | 2 | `same` (the same paragraph) | `W/P` |
//! | 2 | `…/FN/` such as `/F50/` (among the first words) | `first/N(…)` |
//! | 3 | `atleastN …`, `field=…` | `atleastN(…)`, `field:…` |
//! | 4 | `not` | `AND NOT` |
//! | 5 | `and` | `AND` |
//! | 6 | `or` | `OR` |
//!
//! Parentheses win, round or square. Operators of one rank are read from left to right, in any
//! case. A field or `atleastN` takes everything of rank 1 and 2 that follows: `hd=white house` is
//! `hd=(white house)`.
//!
//! - `*` at the end of a word stands for any letters, `?` for one, `$n` at the end for up to `n`
//!   letters (`$` alone for nine), `%` in a phrase for any one word. A `$` needs three letters
//!   before it: `US$5` is a word.
//! - `hd=`, `lp=`, `hlp=` and the other fields: see [`fields`]. Codes are looked for as names, with
//!   a remark.
//! - `date from 20240101 to 20240301`, `date after …`, `date before …`, `date 20240101`,
//!   `date last 7 days`, `pd>=2024`, `wc>500`: see [`ranges`]. The word `date` needs quotes.
//!
//! Facts from Dow Jones help: "Search Statement Operators", "Search Statement Examples" and "Range
//! Searches" (Factiva Developer's Kit 3.8), "Special Characters" (Dow Jones Integration
//! Framework), "Using Connectors and Operators" (Factiva help tips), "Advanced Search" (Dow Jones
//! developer site).

mod fields;
mod operators;
mod ranges;

use operators::Operator;

use super::near::{self, Advice, Operand};
use super::pieces::{Cut, Kind, Pieces};
use super::tally::Tally;
use super::{Reading, faults, within, words};
use crate::query::error::{Fault, in_quotes};
use crate::query::parser::{self, all_of, any_of};
use crate::query::proximity::is_number;
use crate::query::terms::{has_words, no_words};
use crate::query::{Field, Query};
use crate::text::Span;

/// How the query is cut: `747/N30/british` into three, `hd=europe` into two.
const CUT: Cut =
    Cut { opening: &['(', '['], closing: &[')', ']'], run_bytes: operators::run_bytes };

const ADVICE: Advice = Advice {
    not: "words can only be near words: take the not out of it",
    field: "put the field or /F50/ around both sides: hd=(a near5 b)",
};

/// Reads a free-text query.
pub(super) fn read(text: &str) -> Result<Reading, Fault> {
    let pieces = Pieces::cut(text, CUT)?;
    let mut parser = Parser { pieces, tally: Tally::default(), inside: None };
    let query = parser.any()?.query;
    match parser.pieces.next().kind {
        Kind::End => Ok(parser.tally.close(query)),
        Kind::Close => Err(faults::misplaced(&parser.pieces, None)),
        _ => Err(parser.unjoined()),
    }
}

struct Parser<'a> {
    pieces: Pieces<'a>,
    tally: Tally,
    inside: Option<Inside<'a>>,
}

/// The field whose value is being read.
#[derive(Clone, Copy)]
struct Inside<'a> {
    /// The name and the sign, as they were typed.
    name: &'a str,
    /// The field, where its text is taken as it stands.
    literal: Option<Field>,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Operand, Fault> {
        let mut found = self.all(None)?;
        while let Some(span) = self.skip_operator(Operator::Or)? {
            found = joined(any_of, found, self.all(Some(span))?);
        }
        Ok(found)
    }

    fn all(&mut self, operator: Option<Span>) -> Result<Operand, Fault> {
        let mut found = self.without(operator)?;
        while let Some(span) = self.skip_operator(Operator::And)? {
            found = joined(all_of, found, self.without(Some(span))?);
        }
        Ok(found)
    }

    /// Reads `a not b not c`, and `not a`.
    fn without(&mut self, operator: Option<Span>) -> Result<Operand, Fault> {
        let mut found = self.negatable(operator)?;
        while let Some((Operator::Not, _)) = Operator::read(&self.pieces)? {
            found = joined(all_of, found, self.negatable(None)?);
        }
        Ok(found)
    }

    /// Reads what may have a `not` before it.
    fn negatable(&mut self, operator: Option<Span>) -> Result<Operand, Fault> {
        let Some(not) = self.skip_operator(Operator::Not)? else {
            return self.qualified(operator);
        };
        self.tally.enter(not)?;
        let negated = self.negatable(Some(not))?;
        self.tally.leave();
        let span = Span::new(not.start, negated.span.end);
        Ok(Operand { query: Query::Not(Box::new(negated.query)), span })
    }

    /// Reads what may have a field or `atleastN` before it.
    fn qualified(&mut self, operator: Option<Span>) -> Result<Operand, Fault> {
        let start = self.pieces.next().span.start;
        let query = if let Some(condition) = self.condition()? {
            condition
        } else if let Some(counted) = self.counted()? {
            counted
        } else if let Some(field) = self.field()? {
            field
        } else {
            return self.near(operator);
        };
        Ok(Operand { query, span: Span::new(start, self.pieces.end_of_last()) })
    }

    /// Reads `atleastN` and what follows it; nothing where none stands next.
    fn counted(&mut self) -> Result<Option<Query>, Fault> {
        let Some(n) = operators::at_least(&self.pieces)? else {
            return Ok(None);
        };
        let name = self.pieces.next().span;
        self.tally.enter(name)?;
        self.pieces.advance(1);
        let counted = self.near(Some(name))?;
        self.tally.leave();
        if counted.query.first_without_places().is_some() {
            let typed = in_quotes(counted.span.of(self.pieces.text));
            let suggestion = "only words can: put the field before atleast, and not outside";
            return Err(Fault::new(counted.span, format!("{typed} cannot be counted"), suggestion));
        }
        Ok(Some(Query::AtLeast(n, Box::new(counted.query))))
    }

    /// Reads operands that proximity joins, from left to right.
    fn near(&mut self, operator: Option<Span>) -> Result<Operand, Fault> {
        let mut left = self.operand(operator)?;
        while let Some((Operator::Near(proximity), n_pieces)) = Operator::read(&self.pieces)? {
            let start = self.pieces.next().span.start;
            self.pieces.advance(n_pieces);
            let span = Span::new(start, self.pieces.end_of_last());
            let not = self.pieces.next().span;
            if let Some((Operator::Not, _)) = Operator::read(&self.pieces)? {
                let message = "nothing can be near what is not there".to_owned();
                return Err(Fault::new(not, message, "put the not before the left side"));
            }
            let right = self.operand(Some(span))?;
            left = near::join(self.pieces.text, left, proximity, right, &ADVICE)?;
        }
        Ok(left)
    }

    /// Reads what stands side by side, and the `/F50/` behind it.
    fn operand(&mut self, operator: Option<Span>) -> Result<Operand, Fault> {
        let start = self.pieces.next().span.start;
        let mut parts: Vec<Option<Query>> = Vec::new();
        while self.begins_part()? {
            let at = self.pieces.next().span.start;
            parts.push(self.part()?);
            words::check_last(&parts, Span::new(at, self.pieces.end_of_last()))?;
        }
        if parts.is_empty() {
            return Err(self.misplaced(operator)?);
        }
        let span = Span::new(start, self.pieces.end_of_last());
        let query = words::row(parts).ok_or_else(|| any_word(span))?;
        self.first(Operand { query, span })
    }

    /// Reads the `/F50/` behind an operand, if there is one.
    fn first(&mut self, operand: Operand) -> Result<Operand, Fault> {
        let Some(n) = operators::first(&self.pieces)? else {
            return Ok(operand);
        };
        let span = self.pieces.next().span;
        if let Some(inside) = self.inside {
            return Err(faults::not_within(self.pieces.text, span, inside.name));
        }
        if operand.query.first_without_places().is_some() {
            let typed = in_quotes(operand.span.of(self.pieces.text));
            let message = format!("{typed} is more than words of the text");
            return Err(Fault::new(
                operand.span,
                message,
                "put the rest outside, and join it with and",
            ));
        }
        self.pieces.advance(1);
        let query = Query::First(n, Box::new(operand.query));
        Ok(Operand { query, span: Span::new(operand.span.start, span.end) })
    }

    fn begins_part(&self) -> Result<bool, Fault> {
        Ok(match self.pieces.next().kind {
            Kind::Open | Kind::Quote(_) => true,
            Kind::Run => {
                Operator::read(&self.pieces)?.is_none()
                    && operators::first(&self.pieces)?.is_none()
                    && operators::at_least(&self.pieces)?.is_none()
                    && !self.begins_condition()
            }
            Kind::Close | Kind::End => false,
        })
    }

    /// Complains of what stands where an operand should.
    fn misplaced(&self, operator: Option<Span>) -> Result<Fault, Fault> {
        let next = self.pieces.next().span;
        let here = match Operator::read(&self.pieces)? {
            Some((_, n)) => Some(Span::new(next.start, self.pieces.ahead(n - 1).span.end)),
            None => (self.pieces.next().kind == Kind::Run).then_some(next),
        };
        if operators::at_least(&self.pieces)?.is_some() || self.begins_condition() {
            let message = format!("{} cannot stand here", in_quotes(next.of(self.pieces.text)));
            return Ok(Fault::new(next, message, "join it with and, outside of what it stands in"));
        }
        Ok(faults::misplaced(&self.pieces, operator.or(here)))
    }

    /// Reads a word, a phrase or a group; nothing for any one word.
    fn part(&mut self) -> Result<Option<Query>, Fault> {
        let piece = self.pieces.next();
        match piece.kind {
            Kind::Open => return self.group().map(Some),
            Kind::Quote(inner) => {
                self.pieces.advance(1);
                return self.quotation(inner, piece.span).map(Some);
            }
            _ => self.pieces.advance(1),
        }
        let typed = piece.span.of(self.pieces.text);
        if typed == "%" { Ok(None) } else { self.word(typed, piece.span).map(Some) }
    }

    /// Reads what stands in parentheses, which open next.
    fn group(&mut self) -> Result<Query, Fault> {
        let open = self.pieces.next().span;
        self.tally.enter(open)?;
        self.pieces.advance(1);
        let query = self.any()?.query;
        match self.pieces.next().kind {
            Kind::Close => {}
            Kind::End => return Err(parser::unclosed(open)),
            _ => return Err(self.unjoined()),
        }
        self.pieces.advance(1);
        self.tally.leave();
        Ok(query)
    }

    /// Reads what stands between quotation marks: words with their signs, and no operators.
    fn quotation(&mut self, inner: Span, quote: Span) -> Result<Query, Fault> {
        let typed = inner.of(self.pieces.text);
        if self.inside.is_some_and(|inside| inside.literal.is_some()) {
            return self.word(typed, quote);
        }
        if !has_words(typed) {
            return Err(no_words(self.pieces.text, quote));
        }
        if !typed.contains(['*', '?', '$', '%']) {
            self.tally.count(1, quote)?;
            return words::phrase(typed).ok_or_else(|| no_words(self.pieces.text, quote));
        }
        let mut parts = Vec::new();
        for run in typed.split_whitespace() {
            if run == "%" {
                parts.push(None);
            } else if has_words(run) {
                parts.push(Some(self.word(run, quote)?));
            }
        }
        words::row(parts).ok_or_else(|| any_word(quote))
    }

    /// Reads a word with its signs.
    fn word(&mut self, typed: &str, span: Span) -> Result<Query, Fault> {
        if let Some(field) = self.inside.and_then(|inside| inside.literal) {
            self.tally.count(1, span)?;
            let literal = within::literal(field, typed);
            return literal.ok_or_else(|| faults::unreadable(self.pieces.text, span));
        }
        let (word, n_more) = translated(typed);
        if word.trim_end_matches('*').contains('*') {
            let message = format!("{} has a '*' before its end", in_quotes(typed));
            let suggestion = "only the end of a word can be left open; '?' stands for one letter";
            return Err(Fault::new(span, message, suggestion));
        }
        words::counted(&mut self.tally, self.pieces.text, span, (&word, n_more))
    }

    /// Goes over an operator, and returns where it stands; nothing where another stands next.
    fn skip_operator(&mut self, wanted: Operator) -> Result<Option<Span>, Fault> {
        let found = Operator::read(&self.pieces)?.is_some_and(|(operator, _)| operator == wanted);
        let span = self.pieces.next().span;
        self.pieces.advance(usize::from(found));
        Ok(found.then_some(span))
    }

    /// Complains of what follows a part without an operator.
    fn unjoined(&self) -> Fault {
        let next = self.pieces.next().span;
        match self.inside {
            Some(inside) if self.begins_condition() => {
                faults::not_within(self.pieces.text, next, inside.name)
            }
            _ if self.pieces.is_word(0, "date") => ranges::quote_it(faults::nothing_joins(next)),
            _ => faults::nothing_joins(next),
        }
    }
}

fn joined(join: fn(Vec<Query>) -> Query, left: Operand, right: Operand) -> Operand {
    let span = Span::new(left.span.start, right.span.end);
    Operand { query: join(vec![left.query, right.query]), span }
}

/// The letters that a word has before its end is left open.
const STEM_CHARS_MIN: usize = 3;

/// The letters that `$` alone stands for, at most.
const LETTERS_MAX: usize = 9;

/// Returns a word with the signs of this language, and how many letters may follow it.
fn translated(typed: &str) -> (String, usize) {
    let is_stem =
        |stem: &str| stem.chars().filter(|c| c.is_alphanumeric()).count() >= STEM_CHARS_MIN;
    match typed.rsplit_once('$') {
        Some((stem, "")) if is_stem(stem) => (stem.to_owned(), LETTERS_MAX),
        Some((stem, n)) if is_stem(stem) && n.len() == 1 && is_number(n) => {
            (stem.to_owned(), n.parse().unwrap_or_default())
        }
        _ => (typed.to_owned(), 0),
    }
}

fn any_word(span: Span) -> Fault {
    let message = "'%' stands for a word between two others".to_owned();
    Fault::new(span, message, "write it within a phrase, such as president % clinton")
}
