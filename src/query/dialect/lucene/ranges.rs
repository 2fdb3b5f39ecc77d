//! Ranges: `[a TO b]` with both ends, `{a TO b}` without, one of each, and `*` for an open end.

use super::super::dates;
use super::{Parser, no_existence};
use crate::query::error::{Fault, in_quotes};
use crate::query::fields::{Name, Sign};
use crate::query::parser::all_of;
use crate::query::{NumberField, NumberFilter, Query};
use crate::text::Span;

impl Parser<'_> {
    /// Reads a range of dates or numbers between brackets.
    pub(super) fn range(&mut self, inner: Span, field: Option<Name>) -> Result<Query, Fault> {
        let span = self.advance().span;
        let typed = span.of(self.text);
        let Some(measure @ (Name::Date | Name::Number(_))) = field else {
            let message = "only dates and numbers have an order".to_owned();
            let suggestion = "name what the range is of: date:[2024 TO 2025]";
            return Err(Fault::new(span, message, suggestion));
        };
        let Some((first, last)) = self.ends(inner) else {
            let message = format!("{} is no range", in_quotes(typed));
            return Err(Fault::new(span, message, "write [a TO b], or * for an open end"));
        };
        let (first_sign, last_sign) = (
            if typed.starts_with('[') { Sign::AtLeast } else { Sign::Above },
            if typed.ends_with(']') { Sign::AtMost } else { Sign::Below },
        );
        self.tally.count(2, span)?;
        let is_open = |end: &Span| end.of(self.text) == "*";
        let is_whole = (first_sign, last_sign) == (Sign::AtLeast, Sign::AtMost);
        if is_whole && !is_open(&first) && !is_open(&last) {
            return match measure {
                Name::Number(field) => self.numbers(field, first, last),
                _ => dates::between(self.text, first, last),
            };
        }
        let ends = [(first_sign, first), (last_sign, last)];
        let closed = ends.into_iter().filter(|(_, end)| !is_open(end));
        let conditions: Result<Vec<Query>, Fault> =
            closed.map(|(sign, end)| self.condition(measure, sign, end)).collect();
        match conditions? {
            none if none.is_empty() => Err(Fault::new(span, no_existence(), "name one end of it")),
            conditions => Ok(all_of(conditions)),
        }
    }

    fn numbers(&self, field: NumberField, first: Span, last: Span) -> Result<Query, Fault> {
        NumberFilter::read(self.text, field, Sign::AtLeast, first)?;
        NumberFilter::read(self.text, field, Sign::AtMost, last)?;
        let range = format!("{}..{}", first.of(self.text), last.of(self.text));
        let found = NumberFilter::read(&range, field, Sign::Is, Span::new(0, range.len()));
        found.map(Query::Number).map_err(|_| {
            let whole = Span::new(first.start, last.end);
            let message = format!("{} ends before it begins", in_quotes(whole.of(self.text)));
            Fault::new(whole, message, "put the smaller number first")
        })
    }

    /// Splits a range at its `TO`; an end may stand in quotation marks.
    fn ends(&self, inner: Span) -> Option<(Span, Span)> {
        let (first, rest) = self.end(inner)?;
        let rest_typed = rest.of(self.text).trim_start().strip_prefix("TO")?;
        let (last, rest) = self.end(Span::new(rest.end - rest_typed.len(), rest.end))?;
        rest.of(self.text).trim().is_empty().then_some((first, last))
    }

    /// Reads an end, and returns what is left behind it.
    fn end(&self, span: Span) -> Option<(Span, Span)> {
        let typed = span.of(self.text).trim_start();
        let start = span.end - typed.len();
        if let Some(quoted) = typed.strip_prefix('"') {
            let end = start + 1 + quoted.find('"')?;
            return Some((Span::new(start + 1, end), Span::new(end + 1, span.end)));
        }
        let n_bytes = typed.find(char::is_whitespace).unwrap_or(typed.len());
        let end = start + n_bytes;
        (n_bytes > 0).then_some((Span::new(start, end), Span::new(end, span.end)))
    }

    /// Reads a condition on the date or a number.
    pub(super) fn condition(&self, measure: Name, sign: Sign, value: Span) -> Result<Query, Fault> {
        match measure {
            Name::Number(field) => {
                NumberFilter::read(self.text, field, sign, value).map(Query::Number)
            }
            _ if value.of(self.text).contains('\\') => {
                dates::read_value(&self.value(value), sign, value)
            }
            _ => dates::read(self.text, sign, value),
        }
    }
}
