//! The plain scan: which articles fulfil a query, with nothing but loops over words.

use super::ask::{Ask, Comparison, Zone};
use super::paper::{self, Piece};
use super::places::{View, fits, places};

/// An article laid out for the scan.
pub(super) struct Sheet {
    id: String,
    text: View,
    byline: View,
    section: View,
    date: Option<String>,
    n_words: usize,
}

impl Sheet {
    /// Lays out all articles.
    pub(super) fn all(pieces: &[Piece]) -> Vec<Self> {
        pieces.iter().enumerate().map(|(idx, piece)| Self::of(idx, piece)).collect()
    }

    fn of(idx: usize, piece: &Piece) -> Self {
        Self {
            id: paper::id(idx),
            text: View::of_text(piece),
            byline: View::of_field(&piece.byline),
            section: View::of_field(&piece.section),
            date: piece.date.clone(),
            n_words: piece.body().flatten().map(|printed| printed.parts.len()).sum(),
        }
    }
}

/// Returns the ids of the articles that fulfil a query, in order.
pub(super) fn ids(ask: &Ask, sheets: &[Sheet]) -> Vec<String> {
    let ask = taken_apart(ask);
    let found = sheets.iter().filter(|sheet| holds(&ask, sheet, &sheet.text));
    found.map(|sheet| sheet.id.clone()).collect()
}

/// Tells whether an article fulfils a query, as far as its words are in view.
fn holds(ask: &Ask, sheet: &Sheet, view: &View) -> bool {
    match ask {
        Ask::Everything => true,
        Ask::Term(_) | Ask::Near(..) | Ask::AtLeast(..) => !places(ask, view).is_empty(),
        Ask::Form(form, ask) => holds(ask, sheet, &view.printed(*form)),
        Ask::In(zone, ask) => match zone {
            Zone::Headline => holds(ask, sheet, &view.headline()),
            Zone::Lead => holds(ask, sheet, &view.lead()),
            Zone::First(n) => holds(ask, sheet, &view.first(*n)),
            Zone::Byline => holds(ask, sheet, &sheet.byline),
            Zone::Section => holds(ask, sheet, &sheet.section),
        },
        Ask::Date(comparison) => sheet.date.as_ref().is_some_and(|day| is_dated(comparison, day)),
        Ask::Words(comparison) => is_number(comparison, sheet.n_words),
        Ask::Id(id) => fits(id, &sheet.id),
        Ask::Not(ask) => !holds(ask, sheet, view),
        Ask::All(asks) | Ask::SideBySide(asks) => asks.iter().all(|ask| holds(ask, sheet, view)),
        Ask::Any(asks) => asks.iter().any(|ask| holds(ask, sheet, view)),
        Ask::Weighted(ask, _) => holds(ask, sheet, view),
    }
}

/// Takes apart what stands near something by `AND`: `(a AND b) W/3 c` is `a W/3 c AND b W/3 c`, and
/// what is counted likewise.
fn taken_apart(ask: &Ask) -> Ask {
    let mut ask = ask.clone();
    for part in ask.parts_mut() {
        *part = taken_apart(part);
    }
    if !matches!(ask, Ask::Near(..) | Ask::AtLeast(..) | Ask::Form(..)) {
        return ask;
    }
    for (idx, part) in ask.parts().into_iter().enumerate() {
        let with = |part: &Ask| {
            let mut ask = ask.clone();
            *ask.parts_mut()[idx] = part.clone();
            taken_apart(&ask)
        };
        match part {
            Ask::All(parts) | Ask::SideBySide(parts) => {
                return Ask::All(parts.iter().map(with).collect());
            }
            Ask::Any(parts) if part.has_and() => {
                return Ask::Any(parts.iter().map(with).collect());
            }
            _ => {}
        }
    }
    ask
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
