//! The plain scan: what every form of a query means, with nothing but loops over words.

use super::ask::{Ask, Comparison, Term};
use super::paper::{Piece, Printed};

/// A word and the number of its place among the words of its text.
type Placed = (String, usize);

/// Tells whether an article fulfils a query.
pub(super) fn holds(ask: &Ask, piece: &Piece) -> bool {
    let mut texts = vec![placed(&piece.headline)];
    texts.extend(piece.body().map(|words| placed(words)));
    match ask {
        Ask::Everything => true,
        Ask::Term(term) => texts.iter().any(|text| stands(term, text)),
        Ask::Headline(ask) => holds_in(ask, &texts[0]),
        Ask::Byline(ask) => holds_in(ask, &placed(&piece.byline)),
        Ask::Date(comparison) => piece.date.as_ref().is_some_and(|day| is_dated(comparison, day)),
        Ask::Words(comparison) => {
            let n_words = piece.body().flatten().map(|printed| printed.parts.len()).sum();
            is_number(comparison, n_words)
        }
        Ask::Not(ask) => !holds(ask, piece),
        Ask::All(asks) | Ask::SideBySide(asks) => asks.iter().all(|ask| holds(ask, piece)),
        Ask::Any(asks) => asks.iter().any(|ask| holds(ask, piece)),
    }
}

/// Tells whether the text of a field fulfils a query.
fn holds_in(ask: &Ask, text: &[Placed]) -> bool {
    match ask {
        Ask::Term(term) => stands(term, text),
        Ask::Not(ask) => !holds_in(ask, text),
        Ask::All(asks) | Ask::SideBySide(asks) => asks.iter().all(|ask| holds_in(ask, text)),
        Ask::Any(asks) => asks.iter().any(|ask| holds_in(ask, text)),
        _ => panic!("{ask} cannot stand in a field"),
    }
}

/// Returns the words of a text with their places: the parts of a compound one after the other, the
/// compound written as one at the place of its first part.
fn placed(words: &[Printed]) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut place = 0;
    for printed in words {
        if printed.parts.len() > 1 {
            found.push((printed.parts.concat(), place));
        }
        for part in &printed.parts {
            found.push(((*part).to_owned(), place));
            place += 1;
        }
    }
    found
}

fn stands(term: &Term, text: &[Placed]) -> bool {
    match term {
        Term::Word(word) => in_a_row(&[*word], text),
        Term::Compound(parts) => in_a_row(parts, text) || in_a_row(&[&parts.concat()], text),
        Term::Phrase(words) => in_a_row(words, text),
        Term::Prefix(before, prefix) => text.iter().any(|(word, place)| {
            let n = before.len();
            word.starts_with(prefix) && *place >= n && stand_at(before, place - n, text)
        }),
    }
}

fn in_a_row(words: &[&str], text: &[Placed]) -> bool {
    text.iter().any(|(_, start)| stand_at(words, *start, text))
}

/// Tells whether words stand one after the other from a place on.
fn stand_at(words: &[&str], start: usize, text: &[Placed]) -> bool {
    (start..).zip(words).all(|(place, word)| text.contains(&((*word).to_owned(), place)))
}

/// Tells whether a day lies within a period: days and periods are compared as they are written.
fn is_dated(comparison: &Comparison<String>, day: &str) -> bool {
    let cut = |period: &String| day[..period.len()].to_owned();
    match comparison {
        Comparison::Is(period) => cut(period) == *period,
        Comparison::Below(period) => cut(period) < *period,
        Comparison::AtMost(period) => cut(period) <= *period,
        Comparison::AtLeast(period) => cut(period) >= *period,
        Comparison::Above(period) => cut(period) > *period,
        Comparison::Between(from, to) => cut(from) >= *from && cut(to) <= *to,
    }
}

fn is_number(comparison: &Comparison<usize>, n: usize) -> bool {
    match comparison {
        Comparison::Is(it) => n == *it,
        Comparison::Below(it) => n < *it,
        Comparison::AtMost(it) => n <= *it,
        Comparison::AtLeast(it) => n >= *it,
        Comparison::Above(it) => n > *it,
        Comparison::Between(from, to) => *from <= n && n <= *to,
    }
}
