//! Names that take what they are about in parentheses: `exact(talks)`, `atleast3(nato)`.

use super::error::{Fault, in_quotes};
use super::proximity::{DISTANCE_MAX, is_number};
use super::{COUNT_MAX, Form, Query, terms};
use crate::text::Span;

/// A function, as its name gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Form(Form),
    AtLeast(u32),
    First(u32),
    Slop(u32),
}

impl Function {
    /// Reads a name directly before a parenthesis; nothing where it is none.
    pub(super) fn read(text: &str, name: Span) -> Result<Option<Self>, Fault> {
        let typed = name.of(text).to_ascii_lowercase();
        for form in Form::ALL {
            if typed == form.name() {
                return Ok(Some(Self::Form(form)));
            }
        }
        Self::read_numbered(text, name)
    }

    /// Reads a name with a number in it, which is no word even where a space follows.
    pub(super) fn read_numbered(text: &str, name: Span) -> Result<Option<Self>, Fault> {
        let typed = name.of(text).to_ascii_lowercase();
        let number = |prefix: &str, least: u32, most: u32| -> Result<Option<u32>, Fault> {
            let Some(figures) = typed.strip_prefix(prefix).filter(|it| is_number(it)) else {
                return Ok(None);
            };
            let number = figures.parse().ok().filter(|it| (least..=most).contains(it));
            number.map(Some).ok_or_else(|| {
                let message = format!("{} is out of range", in_quotes(name.of(text)));
                Fault::new(name, message, format!("write a number from {least} to {most}"))
            })
        };
        Ok(if let Some(n) = number("atleast", 1, COUNT_MAX)? {
            Some(Self::AtLeast(n))
        } else if let Some(n) = number("first/", 1, COUNT_MAX)? {
            Some(Self::First(n))
        } else {
            number("slop/", 0, DISTANCE_MAX)?.map(Self::Slop)
        })
    }

    /// Returns the name as it is printed.
    pub(super) fn name(self) -> String {
        match self {
            Self::Form(form) => form.name().to_owned(),
            Self::AtLeast(n) => format!("atleast{n}"),
            Self::First(n) => format!("first/{n}"),
            Self::Slop(n) => format!("slop/{n}"),
        }
    }

    /// Applies the function to what stands in the parentheses at `argument_span`.
    pub(super) fn apply(self, argument: Query, argument_span: Span) -> Result<Query, Fault> {
        let argument = match (self, argument) {
            (Self::Slop(slop), Query::Phrase(text)) => {
                terms::check_window(&text, argument_span)?;
                return Ok(Query::Slop(text, slop));
            }
            (Self::Slop(_), _) => {
                let message = "slop/n() takes one phrase in quotes".to_owned();
                return Err(Fault::new(argument_span, message, "write slop/2(\"two words\")"));
            }
            (_, argument) => Box::new(argument),
        };
        Ok(match self {
            Self::Form(form) => Query::Form(form, argument),
            Self::AtLeast(n) => Query::AtLeast(n, argument),
            Self::First(n) | Self::Slop(n) => Query::First(n, argument),
        })
    }
}

/// Complains of a name with a number in it that has no parentheses behind it.
///
/// As a word it would find nothing.
pub(super) fn nothing_follows(text: &str, name: Span) -> Fault {
    let message = format!("nothing stands in parentheses after {}", in_quotes(name.of(text)));
    let suggestion = format!("write what it is about there: {}(nato)", name.of(text));
    let hint = "to search for it as text, put it in quotes".to_owned();
    Fault::new(name, message, suggestion).with_hint(hint)
}

/// Complains of a word directly before a parenthesis that is no function.
///
/// To search for its words would be a guess.
pub(super) fn unknown(text: &str, name: Span) -> Fault {
    let with_parenthesis = Span::new(name.start, name.end + 1);
    let message = format!("unknown function {}", in_quotes(with_parenthesis.of(text)));
    let suggestion = "put a space before '(', or put it all in quotes";
    let hint = "the functions are exact(), caps(), allcaps(), person(), org(), place(), atleast3(), \
                first/50() and slop/2()";
    Fault::new(with_parenthesis, message, suggestion).with_hint(hint.to_owned())
}
