//! Operators of Factiva, and how runs are cut for them.

use super::super::pieces::Pieces;
use crate::query::error::{Fault, in_quotes};
use crate::query::proximity::{is_number, read_distance};
use crate::query::{COUNT_MAX, Proximity, Within};

/// What joins two parts, or stands before one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Not,
    Near(Proximity),
}

impl Operator {
    /// Reads the operator that stands next, and how many pieces it takes.
    pub(super) fn read(pieces: &Pieces<'_>) -> Result<Option<(Self, usize)>, Fault> {
        let typed = pieces.run(0).to_ascii_lowercase();
        Ok(match typed.as_str() {
            "or" => Some((Self::Or, 1)),
            "and" => Some((Self::And, 1)),
            "not" => Some((Self::Not, 1)),
            "same" => Some((Self::Near(Proximity::within(Within::Paragraph)), 1)),
            "near" if is_number(pieces.run(1)) => Some((near(pieces, 1, pieces.run(1), false)?, 2)),
            "near" => {
                let message = "'near' has no number behind it".to_owned();
                let suggestion = "write near5, or put it in quotes to search for the word";
                return Err(Fault::new(pieces.next().span, message, suggestion));
            }
            _ => distance(&typed)
                .map(|(figures, ordered)| near(pieces, 0, figures, ordered))
                .transpose()?
                .map(|operator| (operator, 1)),
        })
    }
}

/// Splits an operator of proximity: the figures in it, and whether it keeps to the order.
fn distance(typed: &str) -> Option<(&str, bool)> {
    let is_figures = |figures: &&str| figures.is_empty() || is_number(figures);
    let ordered = typed.strip_prefix("adj").or_else(|| typed.strip_prefix("w/"));
    if let Some(figures) = ordered.filter(is_figures) {
        return Some((figures, true));
    }
    let figures = typed.strip_prefix("near").filter(is_figures).or_else(|| slashed(typed, 'n'));
    figures.map(|figures| (figures, false))
}

fn near(pieces: &Pieces<'_>, n: usize, figures: &str, ordered: bool) -> Result<Operator, Fault> {
    let figures = if figures.is_empty() { "1" } else { figures };
    let distance = read_distance(pieces.text, pieces.ahead(n).span, figures)?;
    Ok(Operator::Near(Proximity { ordered, ..Proximity::within(Within::Words(distance)) }))
}

/// Reads `/F50/` where it stands next: the figures.
pub(super) fn first(pieces: &Pieces<'_>) -> Result<Option<u32>, Fault> {
    let typed = pieces.run(0).to_ascii_lowercase();
    slashed(&typed, 'f').map(|figures| count(pieces, figures)).transpose()
}

/// Reads `atleast5` where it stands next: the figures.
pub(super) fn at_least(pieces: &Pieces<'_>) -> Result<Option<u32>, Fault> {
    let typed = pieces.run(0).to_ascii_lowercase();
    let figures = typed.strip_prefix("atleast").filter(|it| is_number(it));
    figures.map(|figures| count(pieces, figures)).transpose()
}

fn count(pieces: &Pieces<'_>, figures: &str) -> Result<u32, Fault> {
    let number = figures.parse().ok().filter(|n| (1..=COUNT_MAX).contains(n));
    number.ok_or_else(|| {
        let span = pieces.next().span;
        let message = format!("{} is out of range", in_quotes(span.of(pieces.text)));
        Fault::new(span, message, format!("write a number from 1 to {COUNT_MAX}"))
    })
}

/// Reads `/n30/` as a whole: the figures.
fn slashed(typed: &str, letter: char) -> Option<&str> {
    let figures = typed.strip_prefix('/')?.strip_prefix(letter)?.strip_suffix('/')?;
    is_number(figures).then_some(figures)
}

/// Returns how many bytes belong to the operator with slashes that a text begins with.
fn slashed_bytes(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('/')?.strip_prefix(['n', 'N', 'f', 'F'])?;
    let figures = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (figures > 0 && rest[figures..].starts_with('/')).then_some(figures + 3)
}

/// Cuts `747/N30/british` before and behind the operator, and `hd=europe` behind the sign.
pub(super) fn run_bytes(run: &str) -> usize {
    if let Some(n_bytes) = slashed_bytes(run).or_else(|| super::fields::head_bytes(run)) {
        return n_bytes;
    }
    let slashes = run.match_indices('/').map(|(at, _)| at);
    slashes
        .filter(|at| *at > 0)
        .find(|at| slashed_bytes(&run[*at..]).is_some())
        .unwrap_or(run.len())
}
