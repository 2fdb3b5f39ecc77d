//! Fields of Factiva.
//!
//! | field | here |
//! |---|---|
//! | `hd=` · `lp=` · `hlp=` | the headline · the first paragraph · either |
//! | `td=` | the headline and the body, with a remark |
//! | `by=` · `dln=` · `se=` · `la=` · `an=` | byline, dateline, section, language, id |
//! | `sn=` · `sc=`, `rst=` | the source; codes are looked for as names |
//! | `pe=` · `co=`, `fds=` · `re=` · `in=`, `ns=` | the recognised persons, organisations, places and topics; codes are looked for as names |
//! | `pd=`, `pd>=` · `wc>` | the date, the number of words |

use super::super::faults;
use super::super::pieces::Kind;
use super::super::within::within;
use super::{Inside, Parser};
use crate::query::error::{Fault, in_quotes};
use crate::query::fields::{Sign, nothing_follows};
use crate::query::parser::any_of;
use crate::query::{Field, Query};
use crate::text::{Span, edit_distance};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Field(Field),
    /// A field whose values are codes.
    Codes(Field),
    HeadlineOrLead,
    Text,
    Date,
    Words,
}

const NAMES: [(&str, Name); 20] = [
    ("hd", Name::Field(Field::Headline)),
    ("lp", Name::Field(Field::Lead)),
    ("hlp", Name::HeadlineOrLead),
    ("td", Name::Text),
    ("by", Name::Field(Field::Byline)),
    ("dln", Name::Field(Field::Dateline)),
    ("se", Name::Field(Field::Section)),
    ("sn", Name::Field(Field::Source)),
    ("sc", Name::Codes(Field::Source)),
    ("rst", Name::Codes(Field::Source)),
    ("la", Name::Field(Field::Language)),
    ("an", Name::Field(Field::Id)),
    ("pe", Name::Codes(Field::Person)),
    ("co", Name::Codes(Field::Org)),
    ("fds", Name::Codes(Field::Org)),
    ("re", Name::Codes(Field::Place)),
    ("in", Name::Codes(Field::Topic)),
    ("ns", Name::Codes(Field::Topic)),
    ("pd", Name::Date),
    ("wc", Name::Words),
];

/// The signs as typed; none stands before a shorter one that it begins with.
const SIGNS: [(&str, Sign); 7] = [
    (">=", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("≤", Sign::AtMost),
    ("=", Sign::Is),
    ("<", Sign::Below),
    (">", Sign::Above),
];

/// Splits what a text begins with into a name and a sign, and returns how many bytes both take.
fn split(text: &str) -> Option<(&str, Sign, usize)> {
    let at = text.find(|c: char| !c.is_ascii_alphabetic()).filter(|at| *at > 0)?;
    let (name, rest) = text.split_at(at);
    let &(typed, sign) = SIGNS.iter().find(|(typed, _)| rest.starts_with(typed))?;
    Some((name, sign, at + typed.len()))
}

/// Returns how many bytes the name and the sign take that a text begins with.
pub(super) fn head_bytes(text: &str) -> Option<usize> {
    split(text).map(|(_, _, n_bytes)| n_bytes)
}

/// A name and a sign that were typed.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) name: Name,
    pub(super) sign: Sign,
    pub(super) span: Span,
}

impl Parser<'_> {
    /// Tells whether a name with a sign stands next.
    pub(super) fn begins_field(&self) -> bool {
        let run = self.pieces.run(0);
        head_bytes(run) == Some(run.len())
    }

    /// Reads a name and a sign where they stand next, with something directly behind them.
    pub(super) fn head(&mut self) -> Result<Option<Head>, Fault> {
        if !self.begins_field() {
            return Ok(None);
        }
        let span = self.pieces.next().span;
        let Some((typed, sign, _)) = split(self.pieces.run(0)) else {
            return Ok(None);
        };
        if let Some(inside) = self.inside {
            return Err(faults::not_within(self.pieces.text, span, inside.name));
        }
        let is_name = |known: &str| typed.eq_ignore_ascii_case(known);
        let Some((_, name)) = NAMES.iter().find(|(known, _)| is_name(known)) else {
            return Err(unknown(self.pieces.text, span, typed));
        };
        if self.pieces.ahead(1).kind == Kind::Close || !self.pieces.is_glued(1) {
            return Err(nothing_follows(self.pieces.text, span));
        }
        Ok(Some(Head { name: *name, sign, span }))
    }

    /// Reads a field with its value; nothing where none stands next.
    pub(super) fn field(&mut self) -> Result<Option<Query>, Fault> {
        let Some(Head { name, sign, span }) = self.head()? else {
            return Ok(None);
        };
        let text = self.pieces.text;
        if sign != Sign::Is {
            let message = format!("{} has no order to compare by", in_quotes(span.of(text)));
            return Err(Fault::new(span, message, "write '=' behind the field"));
        }
        self.tally.enter(span)?;
        self.pieces.advance(1);
        let literal = match name {
            Name::Field(field) if field.is_literal() => Some(field),
            _ => None,
        };
        let outside = self.inside.replace(Inside { name: span.of(text), literal });
        let value = self.near(Some(span))?.query;
        self.inside = outside;
        self.tally.leave();
        self.applied(name, span, value).map(Some)
    }

    fn applied(&mut self, name: Name, head: Span, value: Query) -> Result<Query, Fault> {
        let typed = head.of(self.pieces.text).to_lowercase();
        Ok(match name {
            Name::Field(field) => within(field, value),
            Name::Codes(field) => {
                let here = field.name();
                self.tally
                    .remark(format!("{typed} was read as {here}: codes are looked for as names"));
                within(field, value)
            }
            Name::HeadlineOrLead => {
                self.tally.count_again(&value, head)?;
                let headline = within(Field::Headline, value.clone());
                any_of(vec![headline, within(Field::Lead, value)])
            }
            Name::Text | Name::Date | Name::Words => {
                self.tally.remark(format!("{typed} was read as the headline and the body"));
                value
            }
        })
    }
}

fn unknown(text: &str, span: Span, typed: &str) -> Fault {
    let message = format!("unknown field {}", in_quotes(span.of(text)));
    let typed = typed.to_ascii_lowercase();
    let near = NAMES.iter().find(|(known, _)| typed.len() > 2 && edit_distance(&typed, known) <= 1);
    let names: Vec<&str> = NAMES.iter().map(|(known, _)| *known).collect();
    let names = format!("the fields are {}", names.join(", "));
    let suggestion = near.map(|(known, _)| format!("did you mean {known}=?"));
    Fault::new(span, message, suggestion.unwrap_or(names))
        .with_hint("to search for it as text, put it all in quotes".to_owned())
}
