//! Operators for words that stand near each other.

use std::fmt;

use super::error::{Fault, in_quotes};
use crate::text::Span;

/// The furthest that words may be apart and still be near.
pub const DISTANCE_MAX: u32 = 1_000;

/// How two parts of a query must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Proximity {
    /// What both must stand within.
    pub within: Within,
    /// Whether the left one must come first: `PRE/` instead of `W/`.
    pub ordered: bool,
    /// Whether the left one must stand without a right one near it: `NOT W/`.
    pub negated: bool,
}

/// What words near each other stand within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Within {
    /// So many words: neighbours are 1 apart.
    Words(u32),
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

impl Proximity {
    /// Makes `W/…`.
    pub fn within(within: Within) -> Self {
        Self { within, ordered: false, negated: false }
    }

    /// Reads an operator that stands between two operands: `W/5`, `pre/S`, but neither `w` nor
    /// `w/o`.
    pub(super) fn read(text: &str, run: Span) -> Result<Option<Self>, Fault> {
        let Some((word, distance)) = run.of(text).split_once('/') else {
            return Ok(None);
        };
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        let ordered = is("pre");
        if !ordered && !is("w") && !is("near") {
            return Ok(None);
        }
        let within = match distance {
            "S" | "s" => Within::Sentence,
            "P" | "p" => Within::Paragraph,
            figures if is_number(figures) => Within::Words(read_distance(text, run, figures)?),
            _ => return Ok(None),
        };
        Ok(Some(Self { within, ordered, negated: false }))
    }
}

/// Reads the number of words that others may be apart.
pub(super) fn read_distance(text: &str, span: Span, figures: &str) -> Result<u32, Fault> {
    let distance: Option<u32> = figures.parse().ok();
    distance.filter(|it| (1..=DISTANCE_MAX).contains(it)).ok_or_else(|| {
        let message = format!("{} is no distance between words", in_quotes(span.of(text)));
        let suggestion = format!("neighbours are 1 apart, and {DISTANCE_MAX} is the most");
        Fault::new(span, message, suggestion)
    })
}

/// Returns what to write instead of something that was meant as an operator, where it is no word.
///
/// Other systems write `w5`, `within/5`, `/5`, `adj5`, `w/para`; `W/` has lost its number. But
/// `w/o`, `a/b`, `24/7` and `H5` are words.
pub(super) fn slip(run: &str) -> Option<String> {
    // Nothing longer than `within/paragraph` is an operator.
    let typed = (run.len() <= 16).then(|| run.to_ascii_lowercase())?;
    let (name, distance) = match typed.split_once('/') {
        Some(parts) => parts,
        None => {
            let name = typed.trim_end_matches(|c: char| c.is_ascii_digit());
            let is_name = matches!(name, "w" | "within" | "near" | "pre" | "adj");
            (is_name && name.len() < typed.len()).then(|| typed.split_at(name.len()))?
        }
    };
    let distance = match distance {
        "s" | "sent" | "sentence" => "S",
        "p" | "para" | "paragraph" => "P",
        "" if matches!(name, "w" | "within" | "near" | "pre" | "adj") => "5",
        figures if is_number(figures) => match figures.parse() {
            Ok(1..=DISTANCE_MAX) => figures,
            _ => "5",
        },
        _ => return None,
    };
    match name {
        "w" | "within" | "near" | "n" | "" => Some(format!("W/{distance}")),
        "pre" | "p" => Some(format!("PRE/{distance}")),
        "adj" => Some(format!("W/{distance}, or PRE/{distance} for this order")),
        _ => None,
    }
}

/// Tells whether a text is made of figures.
pub(super) fn is_number(figures: &str) -> bool {
    !figures.is_empty() && figures.bytes().all(|it| it.is_ascii_digit())
}

/// Prints the operator as the parser reads it.
impl fmt::Display for Proximity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("NOT ")?;
        }
        f.write_str(if self.ordered { "PRE/" } else { "W/" })?;
        match self.within {
            Within::Words(n) => write!(f, "{n}"),
            Within::Sentence => f.write_str("S"),
            Within::Paragraph => f.write_str("P"),
        }
    }
}
