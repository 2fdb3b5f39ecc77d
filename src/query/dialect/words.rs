//! Words of other systems as this language writes them.
//!
//! A word may be one that this language reads as something else: an operator, a name with a colon,
//! a word with parentheses. Such a word is a phrase of one word, which finds the same.

use super::tally::Tally;
use super::{Fault, faults};
use crate::query::functions::Function;
use crate::query::lexer::is_double_mark;
use crate::query::terms::has_wildcards;
use crate::query::wildcards::{self, Signs};
use crate::query::{Proximity, Query, Weight, Within, parser};
use crate::text::{Span, Tokenizer};

/// Makes a word in which no sign stands for letters; nothing where it holds no letter.
pub(super) fn literal(typed: &str) -> Option<Query> {
    let word = Query::Word(typed.to_owned());
    if !has_wildcards(typed) && stands_anywhere(&word) { Some(word) } else { phrase(typed) }
}

/// Makes a phrase in which no sign stands for letters; nothing where it holds no letter.
pub(super) fn phrase(typed: &str) -> Option<Query> {
    let is_sign = |c| is_double_mark(c) || matches!(c, '*' | '?');
    Some(Query::Phrase(typed.replace(is_sign, " "))).filter(reads_the_same)
}

/// Makes a word in which `*` stands for any letters and `?` for one; nothing where this language
/// has no way to write it.
pub(super) fn open(typed: &str) -> Option<Query> {
    if !has_wildcards(typed) {
        return literal(typed);
    }
    let wildcard = Query::Wildcard(typed.to_owned());
    if stands_anywhere(&wildcard) {
        return Some(wildcard);
    }
    let phrase = Query::Phrase(typed.to_owned());
    Some(phrase).filter(|phrase| fits_phrase(typed) && reads_the_same(phrase))
}

/// Makes the alternatives that are a word with up to `n_more` letters behind it.
pub(super) fn extended(typed: &str, n_more: usize) -> Option<Query> {
    let forms = (0..=n_more).map(|n| open(&format!("{typed}{}", "?".repeat(n))));
    forms.collect::<Option<Vec<Query>>>().map(parser::any_of)
}

/// Makes such alternatives, counted.
///
/// # Errors
///
/// Fails where there are too many, or no letter in the word.
pub(super) fn counted(
    tally: &mut Tally,
    text: &str,
    span: Span,
    (typed, n_more): (&str, usize),
) -> Result<Query, Fault> {
    tally.count(n_more.saturating_add(1), span)?;
    extended(typed, n_more).ok_or_else(|| super::faults::unreadable(text, span))
}

/// Refuses the last of the parts that stand side by side, typed at a place, if it or the one before
/// it is no word that another could follow.
pub(super) fn check_last(parts: &[Option<Query>], span: Span) -> Result<(), Fault> {
    let is_strange = |part: &Query| part.first_without_places().is_some();
    match parts {
        [.., before, last] if [before, last].into_iter().flatten().any(is_strange) => {
            Err(faults::nothing_joins(span))
        }
        _ => Ok(()),
    }
}

/// Joins what stands side by side in a row; [`None`] among the parts is any one word.
///
/// Words are a phrase as far as they go; what no phrase can hold follows directly on what stands
/// before it. Nothing where any one word is at an end of what a phrase can hold.
pub(super) fn row(parts: Vec<Option<Query>>) -> Option<Query> {
    let mut joined: Vec<Query> = Vec::new();
    let mut stretch: Vec<Option<Query>> = Vec::new();
    for part in parts {
        if part.as_ref().is_none_or(|part| in_phrase(part).is_some()) {
            stretch.push(part);
        } else {
            joined.extend(close(&mut stretch)?);
            joined.extend(part);
        }
    }
    joined.extend(close(&mut stretch)?);
    let next_to = Proximity { ordered: true, ..Proximity::within(Within::Words(1)) };
    joined.into_iter().reduce(|left, right| Query::Near(Box::new(left), next_to, Box::new(right)))
}

/// Makes a phrase of a stretch of words and empties it; one alone stays what it is.
fn close(stretch: &mut Vec<Option<Query>>) -> Option<Vec<Query>> {
    let parts = std::mem::take(stretch);
    if parts.len() < 2 {
        return parts.into_iter().collect();
    }
    let words: Vec<&str> =
        parts.iter().map(|it| it.as_ref().map_or(Some("*"), in_phrase)).collect::<Option<_>>()?;
    let phrase = Query::Phrase(words.join(" "));
    reads_the_same(&phrase).then(|| vec![phrase])
}

/// Returns how a query is written as a part of a phrase, where it can be.
fn in_phrase(query: &Query) -> Option<&str> {
    match query {
        Query::Word(typed) | Query::Phrase(typed) => Some(typed),
        Query::Wildcard(typed) => Some(typed.as_str()).filter(|typed| fits_phrase(typed)),
        _ => None,
    }
}

/// Tells whether the signs of a word stand for the same letters within a phrase.
fn fits_phrase(typed: &str) -> bool {
    let mut tokenizer = Tokenizer::default();
    let alone = wildcards::parts(&mut tokenizer, typed, Signs::All);
    alone == wildcards::parts(&mut tokenizer, typed, Signs::WithinPhrase)
}

/// Tells whether a word reads the same wherever it is printed.
pub(super) fn stands_anywhere(word: &Query) -> bool {
    let typed = word.to_string();
    let span = Span::new(0, typed.len());
    let is_function = !matches!(Function::read_numbered(&typed, span), Ok(None));
    let weighed = |weight| Query::Weighted(Box::new(word.clone()), weight);
    let is_weighable = Weight::parse("2").is_some_and(|weight| reads_the_same(&weighed(weight)));
    !is_function && is_weighable && reads_the_same(word)
}

/// Tells whether a query reads the same once printed.
pub(super) fn reads_the_same(query: &Query) -> bool {
    parser::parse(&query.to_string()).is_ok_and(|it| it == *query)
}
