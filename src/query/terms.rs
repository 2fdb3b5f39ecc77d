//! Words, phrases and wildcards.

use super::Query;
use super::error::{Fault, in_quotes};
use super::lexer::is_double_mark;
use super::{later, lexer};
use crate::text::{Span, words};

/// Reads a run of characters that is neither an operator nor a name with a sign.
pub(super) fn read(text: &str, span: Span) -> Result<Query, Fault> {
    let run = span.of(text);
    if let Some(form) = later::operator(run) {
        return Err(form.fault(text, span));
    }
    if text[span.end..].starts_with('(') {
        return Err(glued_parenthesis(text, span));
    }
    if let Some((form, at)) = later::suffix(run) {
        return Err(form.fault(text, Span::new(span.start + at, span.end)));
    }
    if run == "*" {
        return Ok(Query::Everything);
    }
    if !has_words(run) {
        return Err(no_words(text, span));
    }
    if let Some(form) = later::single_wildcard(run) {
        return Err(form.fault(text, span));
    }
    read_literal(text, span)
}

/// Reads the argument of a field directly behind its colon.
pub(super) fn read_argument(text: &str, span: Span) -> Result<Query, Fault> {
    let argument = span.of(text);
    if lexer::operator(argument).is_some() {
        let message = format!("{} is an operator", in_quotes(argument));
        let suggestion = "to search for the word, put it in quotes";
        return Err(Fault::new(span, message, suggestion));
    }
    if argument.starts_with('-') {
        let message = "'-' stands directly after something else".to_owned();
        let sign = Span::new(span.start, span.start + 1);
        return Err(Fault::new(sign, message, "put it before the field"));
    }
    read(text, span)
}

/// Reads a word in which only `*` is a sign.
pub(super) fn read_literal(text: &str, span: Span) -> Result<Query, Fault> {
    let run = span.of(text);
    if !has_words(run) {
        return Err(no_words(text, span));
    }
    if let Some(form) = later::wildcard(run) {
        return Err(form.fault(text, span));
    }
    Ok(match run.ends_with('*') {
        true => Query::Wildcard(run.to_owned()),
        false => Query::Word(run.to_owned()),
    })
}

/// Reads the text between quotation marks.
pub(super) fn read_phrase(text: &str, inner: Span, quote: Span) -> Result<Query, Fault> {
    let phrase = inner.of(text).replace(is_double_mark, " ");
    if has_words(&phrase) {
        return Ok(Query::Phrase(phrase));
    }
    let message = "no word stands between the quotes".to_owned();
    Err(Fault::new(quote, message, "write a phrase, or take them out"))
}

/// Tells whether the analysis finds a word in it.
pub(super) fn has_words(text: &str) -> bool {
    !words(text).is_empty()
}

/// Complains of signs without a letter or a figure.
pub(super) fn no_words(text: &str, span: Span) -> Fault {
    let signs = span.of(text);
    let message = format!("{} holds no letter or figure", in_quotes(signs));
    let suggestion = match signs {
        "&" | "&&" => "write AND",
        "<" | "<=" | "=" | ">" | ">=" | "≤" | "≥" | ":" => {
            "write it without spaces, such as date>=2025"
        }
        _ => "take it out",
    };
    Fault::new(span, message, suggestion)
}

/// Complains of a word directly before a parenthesis.
///
/// It could be the name of a function, misspelt; to search for its words would be a guess.
fn glued_parenthesis(text: &str, span: Span) -> Fault {
    let with_parenthesis = Span::new(span.start, span.end + 1);
    if let Some(form) = later::function(span.of(text)) {
        return form.fault(text, with_parenthesis);
    }
    let message = format!("unknown function {}", in_quotes(with_parenthesis.of(text)));
    let suggestion = "put a space before '(', or put it all in quotes";
    Fault::new(with_parenthesis, message, suggestion)
}
