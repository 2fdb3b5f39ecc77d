//! Names with a colon.
//!
//! | name | here |
//! |---|---|
//! | `intitle:`, `allintitle:` | the headline |
//! | `intext:`, `allintext:` | the headline and the body, with a remark |
//! | `inurl:`, `allinurl:` · `site:` | the address · the address, with a remark |
//! | `source:` | the source, with a remark: its name is looked for |
//! | `before:2025-01-01` | before that day |
//! | `after:2025-01-01` | after that day |
//!
//! A year is its first day, and so is a month: `after:2025` is `date>2025-01-01`. A name that begins
//! with `all` takes everything that follows.

use super::super::pieces::Kind;
use super::super::within::within;
use super::super::{dates, faults};
use super::{Inside, Parser};
use crate::query::error::{Fault, in_quotes};
use crate::query::fields::{Name, Sign, nothing_follows};
use crate::query::{Field, Query};
use crate::text::{Moment, Precision, Span};

/// What a name asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Field(Field),
    Text,
    Before,
    After,
    /// What no article here has.
    Unknown,
}

const NAMES: [(&str, Asked); 19] = [
    ("intitle", Asked::Field(Field::Headline)),
    ("allintitle", Asked::Field(Field::Headline)),
    ("intext", Asked::Text),
    ("allintext", Asked::Text),
    ("inurl", Asked::Field(Field::Url)),
    ("allinurl", Asked::Field(Field::Url)),
    ("site", Asked::Field(Field::Url)),
    ("source", Asked::Field(Field::Source)),
    ("before", Asked::Before),
    ("after", Asked::After),
    ("filetype", Asked::Unknown),
    ("ext", Asked::Unknown),
    ("cache", Asked::Unknown),
    ("related", Asked::Unknown),
    ("link", Asked::Unknown),
    ("inanchor", Asked::Unknown),
    ("allinanchor", Asked::Unknown),
    ("define", Asked::Unknown),
    ("location", Asked::Unknown),
];

impl Parser<'_> {
    /// Reads a name with its value; nothing where none stands next.
    pub(super) fn named(&mut self) -> Result<Option<Query>, Fault> {
        let run = self.pieces.next().span;
        let Some((typed, value)) = self.pieces.run(0).split_once(':') else {
            return Ok(None);
        };
        let head = Span::new(run.start, run.start + typed.len() + 1);
        let name = typed.to_ascii_lowercase();
        let Some((_, asked)) = NAMES.iter().find(|(known, _)| *known == name) else {
            if Name::find(typed).is_some() && !value.is_empty() {
                let typed = in_quotes(head.of(self.pieces.text));
                self.tally.remark(format!("{typed} was read as text: it is no operator of Google"));
            }
            return Ok(None);
        };
        if let Some(inside) = self.field {
            return Err(faults::not_within(self.pieces.text, head, inside.name));
        }
        let takes_all = name.starts_with("all");
        self.pieces.behind(head.end);
        let is_followed = self.pieces.next().kind != Kind::Close
            && self.pieces.next().kind != Kind::End
            && (takes_all || self.pieces.next().span.start == head.end);
        if !is_followed {
            return Err(nothing_follows(self.pieces.text, head));
        }
        match asked {
            Asked::Field(field) => self.within(*field, head, takes_all).map(Some),
            Asked::Text => {
                self.tally.remark(format!("{name}: was read as the headline and the body"));
                self.argument(head, takes_all).map(Some)
            }
            Asked::Before | Asked::After => self.day(*asked).map(Some),
            Asked::Unknown => {
                let message = format!("articles cannot be asked for {}", in_quotes(typed));
                Err(Fault::new(head, message, "leave it out, or put it in quotes"))
            }
        }
    }

    fn within(&mut self, field: Field, head: Span, takes_all: bool) -> Result<Query, Fault> {
        let name = head.of(self.pieces.text);
        let outside = self.field.replace(Inside { name, field });
        let argument = self.argument(head, takes_all)?;
        self.field = outside;
        let typed = name.to_ascii_lowercase();
        match typed.as_str() {
            "site:" => self.tally.remark("site: was read as url: the name anywhere in the address"),
            "source:" => self.tally.remark("source: was read as the name of the source"),
            _ => {}
        }
        Ok(within(field, argument))
    }

    /// Reads the value of a name, or everything that follows it.
    fn argument(&mut self, head: Span, takes_all: bool) -> Result<Query, Fault> {
        self.tally.enter(head)?;
        let argument = match takes_all {
            true => Some(self.all()?),
            false => self.operand(Some(head))?.map(|operand| operand.query),
        };
        self.tally.leave();
        argument.ok_or_else(|| faults::nothing_left(head))
    }

    /// Reads the day of `before:` and `after:`.
    fn day(&mut self, asked: Asked) -> Result<Query, Fault> {
        let piece = self.pieces.next();
        let value = match piece.kind {
            Kind::Quote(inner) => inner,
            _ => piece.span,
        };
        self.pieces.advance(1);
        self.tally.count(1, value)?;
        let sign = if asked == Asked::Before { Sign::Below } else { Sign::Above };
        let text = self.pieces.text;
        match Moment::parse(value.of(text)) {
            Some(moment) if moment.precision < Precision::Day => {
                let first = Moment { precision: Precision::Day, ..moment };
                dates::read_value(&first.to_string(), sign, value)
            }
            _ => dates::read(text, sign, value),
        }
    }
}
