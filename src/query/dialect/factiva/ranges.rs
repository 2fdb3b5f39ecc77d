//! Ranges of dates and of lengths.
//!
//! `date from 20240101 to 20240301` includes both days, `date after 20240101` and
//! `date before 20240101` leave that day out, `date 20240101` is the day. `pd` says the same, and
//! is compared by signs too: `pd>=20240101`. `date last 7 days` is counted from today. The forms
//! `-7` and `+7` for days from today are refused with what to write instead.

use super::super::pieces::Kind;
use super::super::{dates, faults};
use super::Parser;
use super::fields::{Head, Name};
use super::operators::Operator;
use crate::query::error::{Fault, in_quotes};
use crate::query::fields::Sign;
use crate::query::{NumberField, NumberFilter, Query};
use crate::text::Span;

impl Parser<'_> {
    /// Tells whether a field or a filter stands next.
    pub(super) fn begins_condition(&self) -> bool {
        self.begins_field() || self.begins_date()
    }

    /// Tells whether the name of the date stands next; `pd` needs a word behind it that says so.
    fn begins_date(&self) -> bool {
        let follows = ["from", "after", "before", "last"];
        self.pieces.is_word(0, "date")
            || self.pieces.is_word(0, "pd") && follows.iter().any(|it| self.pieces.is_word(1, it))
    }

    /// Reads a condition on the date or the length; nothing where none stands next.
    pub(super) fn condition(&mut self) -> Result<Option<Query>, Fault> {
        if self.begins_date() {
            return self.date().map(Some);
        }
        let Some(Head { name: name @ (Name::Date | Name::Words), sign, span }) = self.head()?
        else {
            return Ok(None);
        };
        self.pieces.advance(1);
        let value = self.value(span)?;
        self.tally.count(1, value)?;
        let text = self.pieces.text;
        Ok(Some(match name {
            Name::Words => {
                Query::Number(NumberFilter::read(text, NumberField::Words, sign, value)?)
            }
            _ => self.day(sign, value)?,
        }))
    }

    /// Reads `date` and what follows it.
    fn date(&mut self) -> Result<Query, Fault> {
        let head = self.pieces.next().span;
        if let Some(inside) = self.inside {
            return Err(faults::not_within(self.pieces.text, head, inside.name));
        }
        self.pieces.advance(1);
        self.tally.count(1, head)?;
        let word = self.pieces.next().span;
        if self.pieces.is_word(0, "from") {
            self.pieces.advance(1);
            let first = self.value(word)?;
            if !self.pieces.is_word(0, "to") {
                let message = "the range has no end".to_owned();
                return Err(Fault::new(word, message, "write date from 20240101 to 20240301"));
            }
            let to = self.pieces.next().span;
            self.pieces.advance(1);
            let last = self.value(to)?;
            self.day(Sign::Is, first)?;
            self.day(Sign::Is, last)?;
            return dates::between(self.pieces.text, first, last);
        }
        let sign = match self.pieces.run(0).to_ascii_lowercase().as_str() {
            "after" => Sign::Above,
            "before" => Sign::Below,
            "last" => return self.last(),
            _ => return self.single(head),
        };
        self.pieces.advance(1);
        let value = self.value(word)?;
        self.day(sign, value)
    }

    /// Reads the date behind `date`, which is no word without quotes.
    fn single(&mut self, head: Span) -> Result<Query, Fault> {
        let is_value =
            self.pieces.next().kind == Kind::Run && Operator::read(&self.pieces)?.is_none();
        let is_quote = matches!(self.pieces.next().kind, Kind::Quote(_));
        if !is_value && !is_quote {
            let message = format!("no date follows {}", in_quotes(head.of(self.pieces.text)));
            let suggestion = "write date 20240101, date after 20240101 or date from … to …";
            return Err(quote_it(Fault::new(head, message, suggestion)));
        }
        let value = self.value(head)?;
        self.day(Sign::Is, value).map_err(quote_it)
    }

    /// Reads `last 7 days` and `last week`.
    fn last(&mut self) -> Result<Query, Fault> {
        let start = self.pieces.next().span.start;
        let is_counted = self.pieces.run(1).bytes().all(|it| it.is_ascii_digit());
        self.pieces.advance(if is_counted { 3 } else { 2 });
        let value = Span::new(start, self.pieces.end_of_last());
        dates::read(self.pieces.text, Sign::Is, value)
    }

    /// Reads a condition on the day; `-7` is no day that could be printed.
    fn day(&self, sign: Sign, value: Span) -> Result<Query, Fault> {
        let typed = value.of(self.pieces.text);
        let figures = typed.strip_prefix(['-', '+']).unwrap_or_default();
        if !figures.is_empty() && figures.bytes().all(|it| it.is_ascii_digit()) || typed == "0" {
            let message = format!("{} is counted from today", in_quotes(typed));
            return Err(Fault::new(value, message, "write the day, or date last 7 days"));
        }
        dates::read(self.pieces.text, sign, value)
    }

    /// Reads one value behind a word or a sign: a run or a quotation, in parentheses or not.
    fn value(&mut self, before: Span) -> Result<Span, Fault> {
        let is_open =
            self.pieces.next().kind == Kind::Open && self.pieces.ahead(2).kind == Kind::Close;
        self.pieces.advance(usize::from(is_open));
        let value = match self.pieces.next() {
            piece if piece.kind == Kind::Run && Operator::read(&self.pieces)?.is_none() => {
                piece.span
            }
            piece => match piece.kind {
                Kind::Quote(inner) => inner,
                _ => return Err(faults::nothing_beside(self.pieces.text, "after", before)),
            },
        };
        self.pieces.advance(1 + usize::from(is_open));
        Ok(value)
    }
}

/// Adds how to search for the word that begins conditions on the date.
pub(super) fn quote_it(fault: Fault) -> Fault {
    fault.with_hint("to search for the word 'date', put it in quotes: \"date\"".to_owned())
}
