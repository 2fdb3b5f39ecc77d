//! The forms of the language that are not available yet.
//!
//! They are recognised here and nowhere else, so that none is searched for as if it were a word,
//! and so that a form that arrives is taken out of one place.

use super::error::{Fault, in_quotes};
use crate::text::Span;

/// A form that is known but not available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Later {
    /// `W/5`, `PRE/3`, `NEAR/5`, `W/S`, `W/P`, and `~4` behind a phrase.
    Proximity,
    /// `*gate`, `wom?n`
    Wildcard,
    /// `zelenskiy~1`
    Fuzzy,
    /// `atleast3(nato)`
    Frequency,
    /// `lead:ceasefire`, `first/50(ceasefire)`
    Position,
    /// `exact(talks)`, `caps(Apple)`, `allcaps(WHO)`
    Form,
    /// `person:putin`, `org:nato`, `place:ukraine`, `topic:sport`
    Kind,
    /// `ceasefire^2`
    Weight,
    /// `date:"last 2 weeks"`
    RelativeDate,
}

impl Later {
    /// Complains that the form at `span` cannot be used yet.
    pub(super) fn fault(self, text: &str, span: Span) -> Fault {
        let message =
            format!("{} ({}) is not available yet", in_quotes(span.of(text)), self.in_words());
        let suggestion = match self {
            Self::RelativeDate => "write the date itself, such as 2025-08-18",
            Self::Kind | Self::Position => "search for the words alone",
            Self::Frequency | Self::Form => "search for the words alone",
            Self::Weight | Self::Fuzzy => "leave it out, or put it all in quotes",
            Self::Proximity => "write AND, or put it in quotes to search for it as text",
            Self::Wildcard => "end a word with '*', leave the sign out, or put it in quotes",
        };
        Fault::new(span, message, suggestion)
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Proximity => "proximity",
            Self::Wildcard => "a wildcard within or before a word",
            Self::Fuzzy => "similar spelling",
            Self::Frequency => "frequency",
            Self::Position => "position in the article",
            Self::Form => "a word as printed",
            Self::Kind => "recognised names and topics",
            Self::Weight => "weight",
            Self::RelativeDate => "a relative date",
        }
    }
}

/// Recognises an operator that stands between two operands: `W/5`, but neither `w` nor `w/o`.
pub(super) fn operator(run: &str) -> Option<Later> {
    let (word, distance) = run.split_once('/')?;
    let is_operator = any_of(word, &["w", "pre", "near"]);
    let is_distance = is_number(distance) || any_of(distance, &["s", "p"]);
    (is_operator && is_distance).then_some(Later::Proximity)
}

/// Recognises a name directly before a parenthesis.
pub(super) fn function(run: &str) -> Option<Later> {
    let lower = run.to_ascii_lowercase();
    if lower.strip_prefix("atleast").is_some_and(is_number) {
        Some(Later::Frequency)
    } else if lower.strip_prefix("first/").is_some_and(is_number) {
        Some(Later::Position)
    } else {
        any_of(run, &["exact", "caps", "allcaps"]).then_some(Later::Form)
    }
}

/// Recognises a name before a colon, in small letters.
pub(super) fn field(name: &str) -> Option<Later> {
    match name {
        "lead" => Some(Later::Position),
        "person" | "org" | "place" | "topic" => Some(Later::Kind),
        _ => None,
    }
}

/// Recognises `~1` or `^2` at the end of a word, and returns where it begins.
pub(super) fn suffix(run: &str) -> Option<(Later, usize)> {
    let at = run.rfind(['~', '^']).filter(|&at| at > 0)?;
    let number = &run[at + 1..];
    let is_number = number.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let form = match run.as_bytes().get(at) {
        Some(b'^') => Later::Weight,
        _ => Later::Fuzzy,
    };
    is_number.then_some((form, at))
}

/// Recognises `~4`, `^2` or a wildcard directly behind a quotation mark or a parenthesis.
pub(super) fn glued_suffix(run: &str) -> Option<Later> {
    match run.chars().next()? {
        '~' => Some(Later::Proximity),
        '^' => Some(Later::Weight),
        '*' | '?' => Some(Later::Wildcard),
        _ => None,
    }
}

/// Recognises a wildcard other than one `*` at the end.
pub(super) fn wildcard(run: &str) -> Option<Later> {
    let stem = run.strip_suffix('*').unwrap_or(run);
    stem.contains('*').then_some(Later::Wildcard)
}

/// Recognises the wildcard for one letter.
pub(super) fn single_wildcard(run: &str) -> Option<Later> {
    run.contains('?').then_some(Later::Wildcard)
}

/// Recognises a date that depends on the day of the search.
pub(super) fn date(value: &str) -> Option<Later> {
    let relative = ["today", "yesterday", "tomorrow", "now", "last", "past", "this"];
    let is_relative = |end: &str| {
        let first = end.trim_start().split(|c: char| !c.is_alphabetic()).next();
        first.is_some_and(|word| any_of(word, &relative))
    };
    value.split("..").any(is_relative).then_some(Later::RelativeDate)
}

fn any_of(typed: &str, words: &[&str]) -> bool {
    words.iter().any(|word| typed.eq_ignore_ascii_case(word))
}

fn is_number(figures: &str) -> bool {
    !figures.is_empty() && figures.bytes().all(|it| it.is_ascii_digit())
}
