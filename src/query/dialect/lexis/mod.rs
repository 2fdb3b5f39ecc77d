//! Lexis and Nexis: terms and connectors.
//!
//! Connectors are read in this order, whatever the order they are typed in; parentheses win:
//!
//! | rank | connectors | this language |
//! |---|---|---|
//! | 1 | words side by side, `"…"` | a phrase |
//! | 2 | `OR` | `OR` |
//! | 3 | `W/n`, `/n`, `NEAR/n`; in this order `PRE/n`, `+n`, `ONEAR/n`; `NOT W/n`, `NOT /n`: the smallest `n` first, equal ones from left to right | `W/n`, `PRE/n`, `NOT W/n` |
//! | 4 | `W/S`, `/S`, `W/SENT`; in this order `PRE/S`, `+S`; `NOT W/S` | `W/S`, `PRE/S`, `NOT W/S` |
//! | 5 | `W/P`, `/P`, `W/PARA`; in this order `PRE/P`, `+P`; `NOT W/P` | `W/P`, `PRE/P`, `NOT W/P` |
//! | 6 | `W/SEG`, `/SEG` | `AND`, with a remark |
//! | 7 | `AND`, `&` | `AND` |
//! | 8 | `AND NOT`, `BUT NOT`, `NOT` | `AND NOT` |
//!
//! `a AND NOT b AND c` leaves out what has both `b` and `c`. Connectors are read in any case.
//!
//! - `!` at the end of a root stands for any letters, `?` for one; so does `*` within a word. Each
//!   `*` at the end of a word is a letter or none. All of them do in quotation marks too.
//! - Commands stand before parentheses: `ATLEASTn(…)`, `CAPS(…)`, `ALLCAPS(…)`; `SINGULAR(…)` and
//!   `PLURAL(…)` find the form that is typed. `NOCAPS(…)` is refused.
//! - Segments stand before parentheses, with a space or without: see [`segments`]. `DATE` and
//!   `LENGTH` are compared, by signs or words: see [`conditions`].
//!
//! Not exact: the newest Lexis reads a `*` at the end of a word like `!`, while the older one,
//! which saved searches come from, reads it as above; and it takes a single word in quotation
//! marks to the letter.
//!
//! Facts from LexisNexis help: "Search Connectors" (support SS3534), "Connector Order and Priority"
//! (2021), "Terms & Connectors Complete Reference", "Precision Commands", "Segment (Field)
//! Searching".

mod conditions;
mod connectors;
mod segments;

use connectors::{Chain, Connector};
use segments::Inside;

use super::near::Operand;
use super::pieces::{Cut, Kind, Pieces};
use super::tally::Tally;
use super::{Reading, faults, words};
use crate::query::error::Fault;
use crate::query::terms::has_words;
use crate::query::{Query, parser};
use crate::text::Span;

/// How the query is cut; signs of comparison are runs of their own.
const CUT: Cut = Cut { opening: &['('], closing: &[')'], run_bytes };

fn run_bytes(run: &str) -> usize {
    let is_sign = |c| matches!(c, '<' | '>' | '=' | '≤' | '≥');
    let signs = run.len() - run.trim_start_matches(is_sign).len();
    if signs > 0 { signs } else { run.find(is_sign).unwrap_or(run.len()) }
}

/// Reads a query of terms and connectors.
pub(super) fn read(text: &str) -> Result<Reading, Fault> {
    let pieces = Pieces::cut(text, CUT)?;
    let mut parser = Parser { pieces, tally: Tally::default(), inside: None };
    let query = parser.expression()?.query;
    match parser.pieces.next().kind {
        Kind::End => Ok(parser.tally.close(query)),
        _ => Err(faults::misplaced(&parser.pieces, None)),
    }
}

struct Parser<'a> {
    pieces: Pieces<'a>,
    tally: Tally,
    /// The segment or the command whose parentheses are being read.
    inside: Option<Inside<'a>>,
}

impl Parser<'_> {
    /// Reads operands and connectors up to a closing parenthesis or the end.
    fn expression(&mut self) -> Result<Operand, Fault> {
        let mut chain = Chain::new(self.pieces.text);
        let mut operator = None;
        if self.pieces.is_word(0, "not") {
            let span = self.pieces.next().span;
            self.pieces.advance(1);
            chain.connector(Connector::Not)?;
            operator = Some(span);
        }
        loop {
            chain.operand(self.operand(operator)?);
            let Some((connector, n_pieces)) = Connector::read(&self.pieces)? else {
                return chain.finish();
            };
            let start = self.pieces.next().span.start;
            self.pieces.advance(n_pieces);
            operator = Some(Span::new(start, self.pieces.end_of_last()));
            if matches!(connector, Connector::Segment) {
                self.tally.remark("W/SEG was read as AND: segments are not told apart");
            }
            chain.connector(connector)?;
        }
    }

    /// Reads what stands side by side up to a connector, behind an operator.
    fn operand(&mut self, operator: Option<Span>) -> Result<Operand, Fault> {
        let start = self.pieces.next().span.start;
        let mut parts: Vec<Option<Query>> = Vec::new();
        while self.begins_part()? {
            let at = self.pieces.next().span.start;
            parts.push(Some(self.part()?));
            words::check_last(&parts, Span::new(at, self.pieces.end_of_last()))?;
        }
        if parts.is_empty() {
            return Err(self.misplaced(operator)?);
        }
        let span = Span::new(start, self.pieces.end_of_last());
        let query = words::row(parts);
        let query = query.ok_or_else(|| faults::unreadable(self.pieces.text, span))?;
        Ok(Operand { query, span })
    }

    fn begins_part(&self) -> Result<bool, Fault> {
        Ok(match self.pieces.next().kind {
            Kind::Open | Kind::Quote(_) => true,
            Kind::Run => Connector::read(&self.pieces)?.is_none(),
            Kind::Close | Kind::End => false,
        })
    }

    /// Complains of what stands where an operand should.
    fn misplaced(&self, operator: Option<Span>) -> Result<Fault, Fault> {
        let Some((connector, n_pieces)) = Connector::read(&self.pieces)? else {
            return Ok(faults::misplaced(&self.pieces, operator));
        };
        let next = self.pieces.next().span;
        let span = Span::new(next.start, self.pieces.ahead(n_pieces - 1).span.end);
        if let (Connector::AndNot, 1, Some(_)) = (connector, n_pieces, operator) {
            let message = "NOT leaves out what follows it only after AND, or first in parentheses";
            let suggestion = "put it in parentheses with what it leaves out";
            return Ok(Fault::new(span, message.to_owned(), suggestion));
        }
        Ok(faults::misplaced(&self.pieces, operator.or(Some(span))))
    }

    fn part(&mut self) -> Result<Query, Fault> {
        let piece = self.pieces.next();
        match piece.kind {
            Kind::Open => self.group(),
            Kind::Quote(inner) => {
                self.pieces.advance(1);
                self.quotation(inner, piece.span)
            }
            _ => {
                if let Some(condition) = self.condition()? {
                    return Ok(condition);
                }
                if let Some(called) = self.called()? {
                    return Ok(called);
                }
                self.pieces.advance(1);
                self.word(piece.span, piece.span)
            }
        }
    }

    /// Reads what stands in parentheses, which open next.
    fn group(&mut self) -> Result<Query, Fault> {
        let open = self.pieces.next().span;
        self.tally.enter(open)?;
        self.pieces.advance(1);
        let query = self.expression()?.query;
        if self.pieces.next().kind != Kind::Close {
            return Err(parser::unclosed(open));
        }
        self.pieces.advance(1);
        self.tally.leave();
        Ok(query)
    }

    /// Reads what stands between quotation marks: words with their signs.
    fn quotation(&mut self, inner: Span, quote: Span) -> Result<Query, Fault> {
        let typed = inner.of(self.pieces.text);
        if !typed.contains(['!', '*', '?']) {
            self.tally.count(1, quote)?;
            return words::phrase(typed).ok_or_else(|| no_phrase(quote));
        }
        let mut parts = Vec::new();
        for run in typed.split_whitespace() {
            // A sign alone says nothing here.
            if has_words(run) {
                let (word, n_more) = translated(run);
                let counted =
                    words::counted(&mut self.tally, self.pieces.text, quote, (&word, n_more));
                parts.push(Some(counted?));
            }
        }
        words::row(parts).ok_or_else(|| no_phrase(quote))
    }

    /// Reads a word with its signs.
    fn word(&mut self, run: Span, span: Span) -> Result<Query, Fault> {
        let (word, n_more) = translated(run.of(self.pieces.text));
        words::counted(&mut self.tally, self.pieces.text, span, (&word, n_more))
    }
}

/// Returns a word with the signs of this language, and how many letters may follow it.
fn translated(typed: &str) -> (String, usize) {
    let root = typed.trim_end_matches('!');
    if root.len() < typed.len() {
        return (root.replace('*', "?") + "*", 0);
    }
    let stem = typed.trim_end_matches('*');
    (stem.replace('*', "?"), typed.len() - stem.len())
}

fn no_phrase(quote: Span) -> Fault {
    let message = "no word stands between the quotes".to_owned();
    Fault::new(quote, message, "write a phrase, or take them out")
}
