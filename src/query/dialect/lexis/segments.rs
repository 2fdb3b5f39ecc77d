//! Names before parentheses: segments and commands.
//!
//! | segment | here |
//! |---|---|
//! | `HEADLINE`, `TITLE` · `LEAD` · `HLEAD` | the headline · the first paragraph · either |
//! | `BODY`, `TEXT` | the headline and the body, with a remark |
//! | `BYLINE`, `AUTHOR` · `DATELINE` · `SECTION` · `LANGUAGE` | the same |
//! | `PUBLICATION`, `SOURCE` | the source |
//! | `PERSON` · `COMPANY`, `ORGANIZATION` · `GEOGRAPHIC` · `SUBJECT`, `TERMS` | the recognised persons, organisations, places and topics |

use super::super::faults;
use super::super::pieces::Kind;
use super::super::within::within;
use super::Parser;
use crate::query::error::{Fault, in_quotes};
use crate::query::parser::any_of;
use crate::query::proximity::is_number;
use crate::query::{COUNT_MAX, Field, Form, Query};
use crate::text::{Span, edit_distance};

/// A segment or a command whose parentheses are being read.
#[derive(Clone, Copy)]
pub(super) struct Inside<'a> {
    name: &'a str,
    segment: Option<Segment>,
}

/// Where a segment looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Segment {
    Field(Field),
    HeadlineOrLead,
    Text,
}

const SEGMENTS: [(&str, Segment); 19] = [
    ("headline", Segment::Field(Field::Headline)),
    ("title", Segment::Field(Field::Headline)),
    ("lead", Segment::Field(Field::Lead)),
    ("hlead", Segment::HeadlineOrLead),
    ("body", Segment::Text),
    ("text", Segment::Text),
    ("byline", Segment::Field(Field::Byline)),
    ("author", Segment::Field(Field::Byline)),
    ("dateline", Segment::Field(Field::Dateline)),
    ("section", Segment::Field(Field::Section)),
    ("publication", Segment::Field(Field::Source)),
    ("source", Segment::Field(Field::Source)),
    ("language", Segment::Field(Field::Language)),
    ("person", Segment::Field(Field::Person)),
    ("company", Segment::Field(Field::Org)),
    ("organization", Segment::Field(Field::Org)),
    ("geographic", Segment::Field(Field::Place)),
    ("subject", Segment::Field(Field::Topic)),
    ("terms", Segment::Field(Field::Topic)),
];

impl Segment {
    fn find(typed: &str) -> Option<Self> {
        let found = SEGMENTS.iter().find(|(name, _)| typed.eq_ignore_ascii_case(name));
        found.map(|(_, segment)| *segment)
    }

    /// Tells whether it is known there how words are printed.
    fn is_text(self) -> bool {
        match self {
            Self::Field(field) => field.is_text(),
            Self::HeadlineOrLead | Self::Text => true,
        }
    }
}

/// What a command asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    AtLeast(u32),
    Form(Form),
    /// `SINGULAR` and `PLURAL`.
    Number,
}

impl Command {
    fn find(text: &str, name: Span) -> Result<Option<Self>, Fault> {
        let typed = name.of(text).to_ascii_lowercase();
        if let Some(figures) = typed.strip_prefix("atleast").filter(|it| is_number(it)) {
            let n = figures.parse().ok().filter(|n| (1..=COUNT_MAX).contains(n));
            return n.map(|n| Some(Self::AtLeast(n))).ok_or_else(|| {
                let message = format!("{} is out of range", in_quotes(name.of(text)));
                Fault::new(name, message, format!("write a number from 1 to {COUNT_MAX}"))
            });
        }
        Ok(match typed.as_str() {
            "caps" => Some(Self::Form(Form::Caps)),
            "allcaps" => Some(Self::Form(Form::AllCaps)),
            "singular" | "plural" => Some(Self::Number),
            "nocaps" => {
                let message = "words without capitals cannot be asked for".to_owned();
                let suggestion = "leave it out, or leave the capitals out: a AND NOT CAPS(a)";
                return Err(Fault::new(name, message, suggestion));
            }
            _ => None,
        })
    }
}

impl<'a> Parser<'a> {
    /// Reads a segment or a command with its parentheses; nothing where none stands next.
    pub(super) fn called(&mut self) -> Result<Option<Query>, Fault> {
        let name = self.pieces.next().span;
        if self.pieces.ahead(1).kind != Kind::Open {
            return Ok(None);
        }
        let text = self.pieces.text;
        if let Some(segment) = Segment::find(name.of(text)) {
            return self.segment(segment, name).map(Some);
        }
        match Command::find(text, name)? {
            Some(command) => self.command(command, name).map(Some),
            None if self.pieces.is_glued(1) => Err(unknown(text, name)),
            None => Ok(None),
        }
    }

    fn segment(&mut self, segment: Segment, name: Span) -> Result<Query, Fault> {
        self.check_outside(name)?;
        let typed = name.of(self.pieces.text);
        let (argument, span) = self.argument(Inside { name: typed, segment: Some(segment) })?;
        match segment {
            Segment::Field(field) => Ok(within(field, argument)),
            Segment::HeadlineOrLead => {
                self.tally.count_again(&argument, span)?;
                let headline = within(Field::Headline, argument.clone());
                Ok(any_of(vec![headline, within(Field::Lead, argument)]))
            }
            Segment::Text => {
                let typed = typed.to_uppercase();
                self.tally.remark(format!("{typed} was read as the headline and the body"));
                Ok(argument)
            }
        }
    }

    fn command(&mut self, command: Command, name: Span) -> Result<Query, Fault> {
        let typed = name.of(self.pieces.text);
        let segment = self.inside.and_then(|inside| inside.segment);
        if let (Command::Form(_), Some(inside), Some(segment)) = (command, self.inside, segment)
            && !segment.is_text()
        {
            let message =
                format!("how words are printed is not known in {}", in_quotes(inside.name));
            return Err(Fault::new(name, message, "it is in HEADLINE, LEAD and BODY"));
        }
        let (argument, span) = self.argument(Inside { name: typed, segment })?;
        match command {
            Command::Form(form) => Ok(printed(form, argument)),
            Command::Number => {
                let upper = typed.to_uppercase();
                self.tally.remark(format!("{upper} was read as the form that is typed: exact()"));
                Ok(printed(Form::Exact, argument))
            }
            Command::AtLeast(n) if argument.first_without_places().is_none() => {
                Ok(Query::AtLeast(n, Box::new(argument)))
            }
            Command::AtLeast(_) => {
                let message = format!("{} cannot be counted", in_quotes(span.of(self.pieces.text)));
                Err(Fault::new(span, message, "only words can: put the NOT outside"))
            }
        }
    }

    /// Reads the parentheses behind a name, and returns where they stand.
    fn argument(&mut self, inside: Inside<'a>) -> Result<(Query, Span), Fault> {
        let outside = self.inside.replace(inside);
        self.pieces.advance(1);
        let start = self.pieces.next().span.start;
        let argument = self.group()?;
        self.inside = outside;
        Ok((argument, Span::new(start, self.pieces.end_of_last())))
    }

    /// Refuses what cannot stand in a segment or a command.
    pub(super) fn check_outside(&self, name: Span) -> Result<(), Fault> {
        match self.inside {
            Some(inside) => Err(faults::not_within(self.pieces.text, name, inside.name)),
            None => Ok(()),
        }
    }
}

/// Asks for words in a form; of two forms, one within the other, capitals say more than none.
fn printed(form: Form, query: Query) -> Query {
    if !holds_form(&query) {
        return Query::Form(form, Box::new(query));
    }
    let each = |parts: Vec<Query>| parts.into_iter().map(|part| printed(form, part)).collect();
    match query {
        Query::Form(inner, part) => Query::Form(stricter(form, inner), part),
        Query::And(parts) => Query::And(each(parts)),
        Query::Or(parts) => Query::Or(each(parts)),
        Query::Not(part) => Query::Not(Box::new(printed(form, *part))),
        Query::AtLeast(n, part) => Query::AtLeast(n, Box::new(printed(form, *part))),
        Query::Near(left, proximity, right) => {
            let (left, right) = (printed(form, *left), printed(form, *right));
            Query::Near(Box::new(left), proximity, Box::new(right))
        }
        other => other,
    }
}

fn stricter(one: Form, other: Form) -> Form {
    let rank = |form| match form {
        Form::Exact => 0,
        Form::Caps => 1,
        Form::AllCaps => 2,
        // That dialect has no word for kinds of names.
        Form::Name(_) => 3,
    };
    if rank(one) > rank(other) { one } else { other }
}

fn holds_form(query: &Query) -> bool {
    match query {
        Query::Form(..) => true,
        Query::Loose(parts) | Query::And(parts) | Query::Or(parts) => parts.iter().any(holds_form),
        Query::Not(part) | Query::AtLeast(_, part) => holds_form(part),
        Query::Near(left, _, right) => holds_form(left) || holds_form(right),
        _ => false,
    }
}

fn unknown(text: &str, name: Span) -> Fault {
    let typed = name.of(text).to_ascii_lowercase();
    let message = format!("unknown segment {}", in_quotes(name.of(text)));
    let near = SEGMENTS
        .iter()
        .map(|(known, _)| (edit_distance(&typed, known), *known))
        .filter(|(slips, _)| (3..=16).contains(&typed.len()) && *slips <= 2)
        .min();
    let suggestion = match near {
        Some((_, known)) => format!("did you mean {}?", known.to_uppercase()),
        None => "put a space before '(' if it is a word".to_owned(),
    };
    let names: Vec<String> = SEGMENTS.iter().map(|(known, _)| known.to_uppercase()).collect();
    let hint = format!("the segments are {}, DATE and LENGTH", names.join(", "));
    Fault::new(name, message, suggestion).with_hint(hint)
}
