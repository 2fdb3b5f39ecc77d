//! Words, phrases and wildcards.

use super::error::{Fault, in_quotes};
use super::functions::{self, Function};
use super::lexer::{self, is_double_mark};
use super::wildcards::{self, Part, Signs};
use super::{Proximity, Query, Weight, proximity};
use crate::text::{Span, Tokenizer, words};

/// Reads a run of characters that is neither an operator nor a name with a sign.
pub(super) fn read(text: &str, span: Span) -> Result<Query, Fault> {
    let run = span.of(text);
    let Some((start, weight)) = split_weight(text, span)? else {
        return read_unweighted(text, span);
    };
    if start == 0 {
        let message = format!("nothing stands before {}", in_quotes(run));
        return Err(Fault::new(span, message, "put it directly behind what it weighs"));
    }
    let unweighted = Span::new(span.start, span.start + start);
    if split_weight(text, unweighted)?.is_some() {
        let message = format!("{} has two weights", in_quotes(run));
        return Err(Fault::new(span, message, "write one"));
    }
    let query = read_unweighted(text, unweighted)?;
    if reads_otherwise(text, unweighted) {
        return Ok(Query::Weighted(Box::new(query), weight));
    }
    Ok(weigh(query, weight))
}

/// Tells whether a run would not be the word that it is, were there no weight behind it.
fn reads_otherwise(text: &str, run: Span) -> bool {
    let typed = run.of(text);
    is_operator(text, run) || proximity::slip(typed).is_some() || typed.ends_with('?')
}

/// Gives a query a weight; a weight of 1 leaves no trace.
pub(super) fn weigh(query: Query, weight: Weight) -> Query {
    if weight.factor() == 1.0 { query } else { Query::Weighted(Box::new(query), weight) }
}

/// Reads `^2` at the end of a run, and returns where it begins.
fn split_weight(text: &str, span: Span) -> Result<Option<(usize, Weight)>, Fault> {
    let run = span.of(text);
    let Some(at) = run.rfind('^') else {
        return Ok(None);
    };
    if !run[at + 1..].bytes().all(|it| it.is_ascii_digit() || it == b'.') {
        return Ok(None);
    }
    let suffix = Span::new(span.start + at, span.end);
    read_weight(text, suffix).map(|weight| Some((at, weight)))
}

/// Reads `^2`.
pub(super) fn read_weight(text: &str, span: Span) -> Result<Weight, Fault> {
    let typed = span.of(text);
    typed.strip_prefix('^').and_then(Weight::parse).ok_or_else(|| {
        let message = format!("{} is no weight", in_quotes(typed));
        let suggestion = format!("write a number up to {}, such as ^2 or ^0.5", Weight::MAX);
        Fault::new(span, message, suggestion)
    })
}

fn read_unweighted(text: &str, span: Span) -> Result<Query, Fault> {
    let run = span.of(text);
    if run == "*" {
        return Ok(Query::Everything);
    }
    if !has_words(run) {
        return Err(no_words(text, span));
    }
    if Function::read_numbered(text, span)?.is_some() {
        return Err(functions::nothing_follows(text, span));
    }
    match split_fuzzy(text, span)? {
        Some((word, distance)) => Ok(Query::Fuzzy(word.of(text).to_owned(), distance)),
        None if run.contains("://") => Ok(Query::Word(run.to_owned())),
        None if has_wildcards(run) => {
            check_gaps(run, Signs::All, span)?;
            Ok(Query::Wildcard(run.to_owned()))
        }
        None => Ok(Query::Word(run.to_owned())),
    }
}

/// The most letters of a word that may be wrong.
pub(super) const EDITS_MAX: u8 = 2;

/// Reads `~1` at the end of a run, and returns the word before it.
fn split_fuzzy(text: &str, span: Span) -> Result<Option<(Span, u8)>, Fault> {
    let run = span.of(text);
    let Some(at) = run.rfind('~').filter(|at| *at > 0) else {
        return Ok(None);
    };
    let figures = &run[at + 1..];
    if !figures.bytes().all(|it| it.is_ascii_digit() || it == b'.') {
        return Ok(None);
    }
    let word = Span::new(span.start, span.start + at);
    let suffix = Span::new(word.end, span.end);
    let distance = match figures {
        "" | "1" => 1,
        "2" => EDITS_MAX,
        _ => {
            let message = format!("{} is no number of wrong letters", in_quotes(suffix.of(text)));
            return Err(Fault::new(suffix, message, "write ~1 or ~2"));
        }
    };
    let words = words(word.of(text));
    let n_chars = words.first().map_or(0, |it| it.chars().count());
    if words.len() != 1 || has_wildcards(word.of(text)) {
        let message = format!("{} is not one plain word", in_quotes(word.of(text)));
        return Err(Fault::new(
            span,
            message,
            "a similar spelling is looked for one word at a time",
        ));
    }
    if n_chars <= usize::from(distance) {
        let message = format!("{} would be similar to any short word", in_quotes(run));
        return Err(Fault::new(suffix, message, "leave this out, or write a longer word"));
    }
    Ok(Some((word, distance)))
}

/// Tells whether a word holds a sign that stands for letters.
pub(super) fn has_wildcards(run: &str) -> bool {
    run.contains(['*', '?'])
}

/// Reads the last word of a query without the question mark at its end.
///
/// Nothing where it does not end with one, or where wildcards are meant because there are others,
/// or where the word alone would be an operator.
pub(super) fn read_question(text: &str, span: Span) -> Option<Result<Query, Fault>> {
    let word = span.of(text).strip_suffix('?')?;
    let word_span = Span::new(span.start, span.end - 1);
    let is_plain = !has_wildcards(word) && has_words(word) && !word.contains(['~', '^']);
    let is_last = text[span.end..].trim_start().is_empty();
    (is_plain && is_last && !is_operator(text, word_span)).then(|| read(text, word_span))
}

/// Tells whether a run would be an operator where it stood alone.
fn is_operator(text: &str, run: Span) -> bool {
    lexer::operator(run.of(text)).is_some() || !matches!(Proximity::read(text, run), Ok(None))
}

/// Reads the argument of a field directly behind its colon.
pub(super) fn read_argument(text: &str, span: Span) -> Result<Query, Fault> {
    let argument = span.of(text);
    if is_operator(text, span) {
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

/// Reads a word in which nothing is a sign but a `*` at its end.
pub(super) fn read_literal(text: &str, span: Span) -> Result<Query, Fault> {
    let run = span.of(text);
    if !has_words(run) {
        return Err(no_words(text, span));
    }
    let stem = run.strip_suffix('*').unwrap_or(run);
    if stem.contains('*') {
        let message = format!("{} has a '*' before its end", in_quotes(run));
        return Err(Fault::new(span, message, "here only the end of a word can be left open"));
    }
    Ok(match stem.len() < run.len() {
        true => Query::Wildcard(run.to_owned()),
        false => Query::Word(run.to_owned()),
    })
}

/// Reads the text between quotation marks.
pub(super) fn read_phrase(text: &str, inner: Span, quote: Span) -> Result<Query, Fault> {
    let phrase = inner.of(text).replace(is_double_mark, " ");
    if has_words(&phrase) {
        check_gaps(&phrase, Signs::WithinPhrase, quote)?;
        return Ok(Query::Phrase(phrase));
    }
    let message = "no word stands between the quotes".to_owned();
    Err(Fault::new(quote, message, "write a phrase, or take them out"))
}

/// The most words of `"a b"~4` and of `slop/n("a b")`.
///
/// Each of their words may be paired with any place of any other.
pub const WINDOW_WORDS_MAX: usize = 32;

/// Refuses a phrase whose words cannot all be looked for out of their order.
pub(super) fn check_window(text: &str, span: Span) -> Result<(), Fault> {
    let (parts, _) = wildcards::parts(&mut Tokenizer::default(), text, Signs::WithinPhrase);
    if parts.len() > WINDOW_WORDS_MAX {
        let message = format!("{} words are too many to be near each other", parts.len());
        let suggestion = format!("write {WINDOW_WORDS_MAX} at most, or a phrase alone");
        return Err(Fault::new(span, message, suggestion));
    }
    if parts.contains(&Part::AnyWord) {
        let message = "any word at all is always near".to_owned();
        return Err(Fault::new(span, message, "take out the '*' that stands alone"));
    }
    Ok(())
}

/// Refuses words that name no letter: at an end of a phrase they say nothing, and elsewhere only
/// the one that stands for any word is of use.
fn check_gaps(typed: &str, signs: Signs, span: Span) -> Result<(), Fault> {
    let (parts, _) = wildcards::parts(&mut Tokenizer::default(), typed, signs);
    let is_any_word = |part: Option<&Part>| matches!(part, Some(Part::AnyWord) | None);
    let is_open = |part: &Part| matches!(part, Part::Wildcard(wildcard) if wildcard.is_open());
    if !is_any_word(parts.first()) && !is_any_word(parts.last()) && !parts.iter().any(is_open) {
        return Ok(());
    }
    let message = format!("{} has a word without a letter", in_quotes(typed));
    Err(Fault::new(span, message, "name a letter of it, or leave it out"))
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
