//! What goes wrong in every dialect alike.

use super::pieces::{Kind, Pieces};
use crate::query::error::{Fault, in_quotes, shortened};
use crate::query::{parser, terms};
use crate::text::Span;

/// Complains that the next piece cannot stand where it does.
///
/// `operator` tells where the operator stands that was read last, or the one that is to be read
/// next, if either is one.
pub(super) fn misplaced(pieces: &Pieces<'_>, operator: Option<Span>) -> Fault {
    let next = pieces.next();
    let open = pieces.before().filter(|before| before.kind == Kind::Open);
    match (open, next.kind, operator) {
        (Some(open), Kind::Close, _) => {
            let message = "nothing stands between the parentheses".to_owned();
            let span = Span::new(open.span.start, next.span.end);
            Fault::new(span, message, "write something there, or take them out")
        }
        (Some(open), Kind::End, _) => parser::unclosed(open.span),
        (_, _, Some(operator)) => {
            let side = if operator.end <= next.span.start { "after" } else { "before" };
            nothing_beside(pieces.text, side, operator)
        }
        (_, Kind::Close, _) => {
            let message = "the parenthesis closes nothing".to_owned();
            Fault::new(next.span, message, "take it out, or put a '(' before it")
        }
        _ => nothing_left(Span::new(0, pieces.text.len())),
    }
}

/// Complains that an operator has nothing to join on one side.
pub(super) fn nothing_beside(text: &str, side: &str, operator: Span) -> Fault {
    let typed = operator.of(text);
    let message = format!("nothing stands {side} {}", in_quotes(typed));
    let suggestion = match typed.to_ascii_lowercase().as_str() {
        "-" | "!" | "not" | "and not" | "but not" => "name what to leave out",
        "+" | "~" => "name what to look for",
        _ => "it joins what stands on both sides",
    };
    let fault = Fault::new(operator, message, suggestion);
    if !typed.starts_with(char::is_alphabetic) {
        return fault;
    }
    let word = shortened(&typed.to_lowercase());
    fault.with_hint(format!("to search for '{word}' as text, put it in quotes: \"{word}\""))
}

/// Complains that two parts stand side by side that make no phrase.
pub(super) fn nothing_joins(span: Span) -> Fault {
    let message = "nothing joins this to what stands before it".to_owned();
    Fault::new(span, message, "write AND before it")
}

/// Complains that everything typed was left out.
pub(super) fn nothing_left(span: Span) -> Fault {
    let message = "no word is left to search for".to_owned();
    Fault::new(span, message, "name one")
}

/// Complains of signs that no word of this language can be made of.
pub(super) fn unreadable(text: &str, span: Span) -> Fault {
    let typed = span.of(text);
    if !terms::has_words(typed) {
        return terms::no_words(text, span);
    }
    let message = format!("{} cannot be looked for as one word", in_quotes(typed));
    Fault::new(span, message, "leave its signs out, or write it as several words")
}

/// Complains of something that cannot stand within a field or a command.
pub(super) fn not_within(text: &str, inner: Span, outer: &str) -> Fault {
    let message = format!("{} cannot stand inside {}", in_quotes(inner.of(text)), in_quotes(outer));
    Fault::new(inner, message, "put it outside, and join both with AND")
}
