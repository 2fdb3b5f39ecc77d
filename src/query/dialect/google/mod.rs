//! Google, and web search in its manner.
//!
//! | rank | operators | this language |
//! |---|---|---|
//! | 1 | `"…"`, `intitle:…` and the other names with a colon | a phrase, a field |
//! | 2 | `AROUND(n)` | `W/n` |
//! | 3 | `-a` | `-a` |
//! | 4 | `OR`, `\|` | `(a OR b)` |
//! | 5 | words side by side | the same: all of them |
//! | 6 | `AND` | `AND` |
//!
//! `OR` binds tighter than words side by side: `trade tariff OR duty` is `trade (tariff OR duty)`.
//! Operators are read in capitals only; `and`, `or` and `not` in small letters are left out, with a
//! remark, and `NOT` is refused.
//!
//! - One word in quotation marks, and a word behind `+`, is found as it is typed: `exact(talks)`. In
//!   a phrase a `*` alone is any one word; elsewhere it is left out, with a remark, and so is a `~`.
//! - `intitle:`, `allintitle:` with all that follows, `inurl:`, `site:`, `source:`, `before:` and
//!   `after:`: see [`names`]. Names that ask for what no article has (`filetype:`) are refused, and
//!   so are ranges of numbers.
//! - A `?` is punctuation.
//!
//! Not exact: Google corrects spellings, adds synonyms and may leave words out; nothing of this is
//! done here. `site:` is looked for anywhere in the address.
//!
//! Facts from Google Search Help, "Refine Google searches" (2024), and what Google has written of
//! `before:` and `after:` (2019) and of `AROUND`.

mod names;

use super::near::{self, Advice, Operand};
use super::pieces::{Cut, Kind, Pieces};
use super::tally::Tally;
use super::{Reading, faults, within, words};
use crate::query::error::{Fault, in_quotes};
use crate::query::parser::{self, all_of, any_of, side_by_side};
use crate::query::proximity::{is_number, read_distance};
use crate::query::terms::{has_words, no_words};
use crate::query::{Field, Form, Proximity, Query, Within};
use crate::text::Span;

/// How the query is cut; `|` and the signs before a word are runs of their own.
const CUT: Cut = Cut { opening: &['('], closing: &[')'], run_bytes };

const ADVICE: Advice = Advice {
    not: "words can only be near words: take the '-' out of it",
    field: "put the name around both sides: intitle:(a AROUND(5) b)",
};

fn run_bytes(run: &str) -> usize {
    match run.strip_prefix(['-', '+', '~', '|']) {
        Some(_) => 1,
        None => run.find('|').unwrap_or(run.len()),
    }
}

/// Reads a web search.
pub(super) fn read(text: &str) -> Result<Reading, Fault> {
    let pieces = Pieces::cut(text, CUT)?;
    let mut parser = Parser { pieces, tally: Tally::default(), field: None };
    let query = parser.all()?;
    match parser.pieces.next().kind {
        Kind::End => Ok(parser.tally.close(query)),
        _ => Err(faults::misplaced(&parser.pieces, None)),
    }
}

struct Parser<'a> {
    pieces: Pieces<'a>,
    tally: Tally,
    /// The field whose value is being read.
    field: Option<Inside<'a>>,
}

/// A field, and its name as it was typed.
#[derive(Clone, Copy)]
struct Inside<'a> {
    name: &'a str,
    field: Field,
}

impl Parser<'_> {
    fn all(&mut self) -> Result<Query, Fault> {
        let mut parts = vec![self.loose(None)?];
        while self.pieces.run(0) == "AND" {
            let operator = self.pieces.next().span;
            self.pieces.advance(1);
            parts.push(self.loose(Some(operator))?);
        }
        Ok(all_of(parts))
    }

    /// Reads what stands side by side, behind an operator.
    fn loose(&mut self, operator: Option<Span>) -> Result<Query, Fault> {
        let start = self.pieces.next().span.start;
        let mut parts = Vec::new();
        loop {
            match self.pieces.next().kind {
                Kind::Close | Kind::End => break,
                Kind::Run if self.pieces.run(0) == "AND" => break,
                _ => parts.extend(self.alternatives()?),
            }
        }
        if !parts.is_empty() {
            return Ok(side_by_side(parts));
        }
        let end = self.pieces.end_of_last();
        if end > start {
            return Err(faults::nothing_left(Span::new(start, end)));
        }
        let is_and = self.pieces.run(0) == "AND";
        let next = is_and.then(|| self.pieces.next().span);
        Err(faults::misplaced(&self.pieces, operator.or(next)))
    }

    /// Reads what `OR` joins; nothing where all of it is left out.
    fn alternatives(&mut self) -> Result<Option<Query>, Fault> {
        if self.is_or() {
            return Err(faults::misplaced(&self.pieces, Some(self.pieces.next().span)));
        }
        let Some(first) = self.signed(None)? else {
            return Ok(None);
        };
        let mut parts = vec![first.query];
        while self.is_or() {
            let operator = self.pieces.next().span;
            self.pieces.advance(1);
            parts.extend(self.signed(Some(operator))?.map(|it| it.query));
        }
        Ok(Some(any_of(parts)))
    }

    fn is_or(&self) -> bool {
        matches!(self.pieces.run(0), "OR" | "|")
    }

    /// Reads what may have a `-`, a `+` or a `~` before it; nothing where it is left out.
    fn signed(&mut self, operator: Option<Span>) -> Result<Option<Operand>, Fault> {
        let sign = self.pieces.next().span;
        let typed = self.pieces.run(0);
        if !matches!(typed, "-" | "+" | "~") {
            return self.around(operator);
        }
        self.pieces.advance(1);
        if !self.pieces.is_glued(0) || self.pieces.next().kind == Kind::Close {
            self.tally.remark(format!("a '{typed}' without a word behind it was left out"));
            return Ok(None);
        }
        self.tally.enter(sign)?;
        let signed = self.signed(Some(sign))?;
        self.tally.leave();
        let Some(signed) = signed else {
            return Ok(None);
        };
        let span = Span::new(sign.start, signed.span.end);
        let query = match typed {
            "-" => Query::Not(Box::new(signed.query)),
            "+" => exact(signed.query),
            _ => {
                let word = in_quotes(signed.span.of(self.pieces.text));
                self.tally.remark(format!("the '~' before {word} was left out"));
                signed.query
            }
        };
        Ok(Some(Operand { query, span }))
    }

    /// Reads words with `AROUND(n)` between them; nothing where they are left out.
    fn around(&mut self, operator: Option<Span>) -> Result<Option<Operand>, Fault> {
        let Some(mut left) = self.operand(operator)? else {
            return Ok(None);
        };
        while let Some(figures) = self.begins_around() {
            let start = self.pieces.next().span.start;
            let n = read_distance(self.pieces.text, figures, figures.of(self.pieces.text))?;
            self.pieces.advance(4);
            let around = Span::new(start, self.pieces.end_of_last());
            if self.pieces.run(0) == "-" {
                let message = "nothing can be near what is not there".to_owned();
                let suggestion = "words can only be near words: take the '-' out of it";
                return Err(Fault::new(self.pieces.next().span, message, suggestion));
            }
            let Some(right) = self.operand(Some(around))? else {
                return Err(faults::nothing_beside(self.pieces.text, "after", around));
            };
            let proximity = Proximity::within(Within::Words(n));
            left = near::join(self.pieces.text, left, proximity, right, &ADVICE)?;
        }
        Ok(Some(left))
    }

    /// Returns the figures of the `AROUND(5)` that stands next.
    fn begins_around(&self) -> Option<Span> {
        let is_around = self.pieces.run(0) == "AROUND"
            && self.pieces.ahead(1).kind == Kind::Open
            && is_number(self.pieces.run(2))
            && self.pieces.ahead(3).kind == Kind::Close;
        is_around.then(|| self.pieces.ahead(2).span)
    }

    /// Reads a word, a phrase, a group or a name with a colon; nothing where it is left out.
    fn operand(&mut self, operator: Option<Span>) -> Result<Option<Operand>, Fault> {
        let piece = self.pieces.next();
        let query = match piece.kind {
            Kind::Open => Some(self.group()?),
            Kind::Quote(inner) => {
                self.pieces.advance(1);
                Some(self.quotation(inner, piece.span)?)
            }
            Kind::Run if self.is_or() || self.pieces.run(0) == "AND" => {
                return Err(faults::misplaced(&self.pieces, operator.or(Some(piece.span))));
            }
            Kind::Run => match self.named()? {
                Some(query) => Some(query),
                None => self.word()?,
            },
            Kind::Close | Kind::End => return Err(faults::misplaced(&self.pieces, operator)),
        };
        let span = Span::new(piece.span.start, self.pieces.end_of_last());
        Ok(query.map(|query| Operand { query, span }))
    }

    /// Reads what stands in parentheses, which open next.
    fn group(&mut self) -> Result<Query, Fault> {
        let open = self.pieces.next().span;
        self.tally.enter(open)?;
        self.pieces.advance(1);
        let query = self.all()?;
        if self.pieces.next().kind != Kind::Close {
            return Err(parser::unclosed(open));
        }
        self.pieces.advance(1);
        self.tally.leave();
        Ok(query)
    }

    /// Reads what stands between quotation marks, one word of it to the letter.
    fn quotation(&mut self, inner: Span, quote: Span) -> Result<Query, Fault> {
        self.tally.count(1, quote)?;
        let typed = inner.of(self.pieces.text);
        if let Some(inside) = self.field.filter(|inside| inside.field.is_literal()) {
            let literal = within::literal(inside.field, typed);
            return literal.ok_or_else(|| no_words(self.pieces.text, quote));
        }
        if !has_words(typed) {
            return Err(no_words(self.pieces.text, quote));
        }
        let mut parts = self.phrase(typed);
        let query = match parts.len() {
            1 if crate::text::words(typed).len() == 1 => parts.pop().flatten().map(exact),
            _ if typed.contains('*') => words::row(parts),
            _ => words::phrase(typed),
        };
        query.ok_or_else(|| faults::unreadable(self.pieces.text, quote))
    }

    /// Returns the words of a phrase; nothing for any one word between two others.
    fn phrase(&mut self, typed: &str) -> Vec<Option<Query>> {
        let mut parts: Vec<Option<Query>> = Vec::new();
        let mut n_any = 0;
        for run in typed.split_whitespace() {
            if run == "*" {
                n_any += 1;
            } else if has_words(run) {
                self.tell_signs(run);
                if parts.is_empty() && n_any > 0 {
                    self.tell_any();
                    n_any = 0;
                }
                parts.extend(std::iter::repeat_n(None, n_any));
                parts.push(words::literal(run.trim_matches('*')));
                n_any = 0;
            }
        }
        if n_any > 0 {
            self.tell_any();
        }
        parts
    }

    fn tell_any(&mut self) {
        self.tally.remark("a '*' at an end of a phrase was left out: nothing is said by it");
    }

    /// Reads a word; nothing where it is left out.
    fn word(&mut self) -> Result<Option<Query>, Fault> {
        let span = self.pieces.next().span;
        let typed = self.pieces.run(0);
        self.check_word(typed, span)?;
        self.pieces.advance(1);
        if let Some(inside) = self.field.filter(|inside| inside.field.is_literal()) {
            self.tally.count(1, span)?;
            let literal = within::literal(inside.field, typed);
            return literal.map(Some).ok_or_else(|| faults::unreadable(self.pieces.text, span));
        }
        if typed.chars().all(|c| c == '*') {
            self.tally.remark("a '*' alone was left out: it stands for a word only in quotes");
            return Ok(None);
        }
        if ["and", "or", "not"].contains(&typed) {
            let remark = match typed {
                "not" => "'not' was left out: write -word to leave a word out".to_owned(),
                _ => format!("'{typed}' was left out: the operator is {}", typed.to_uppercase()),
            };
            self.tally.remark(remark);
            return Ok(None);
        }
        self.tally.count(1, span)?;
        self.tell_signs(typed);
        let word = words::literal(typed.trim_end_matches('?').trim_matches('*'));
        word.map(Some).ok_or_else(|| faults::unreadable(self.pieces.text, span))
    }

    /// Refuses what only looks like a word.
    fn check_word(&self, typed: &str, span: Span) -> Result<(), Fault> {
        if typed == "NOT" {
            let message = "there is no NOT in Google".to_owned();
            return Err(Fault::new(span, message, "write -word to leave a word out"));
        }
        let is_figures = |part: &str| is_number(part.trim_start_matches(['$', '€', '£']));
        if typed.split_once("..").is_some_and(|(least, most)| is_figures(least) && is_figures(most))
        {
            let message = "numbers in the text cannot be compared".to_owned();
            let suggestion = "write the numbers with OR, or before: and after: for dates";
            return Err(Fault::new(span, message, suggestion));
        }
        if typed == "AROUND" && self.pieces.ahead(1).kind == Kind::Open && self.pieces.is_glued(1) {
            let message = "AROUND takes a number of words, between two others".to_owned();
            return Err(Fault::new(span, message, "write a AROUND(5) b"));
        }
        Ok(())
    }

    /// Notes that signs for letters are none here.
    fn tell_signs(&mut self, typed: &str) {
        let is_open = |it: &str| it.contains('*') || it.trim_end_matches('?').contains('?');
        if is_open(typed) {
            let word = in_quotes(typed);
            self.tally
                .remark(format!("the signs in {word} were left out: they stand for no letters"));
        }
    }
}

/// Asks for a word as it is typed.
fn exact(query: Query) -> Query {
    match query {
        Query::Word(_) | Query::Phrase(_) => Query::Form(Form::Exact, Box::new(query)),
        other => other,
    }
}
