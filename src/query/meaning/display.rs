//! What a clause asks, in words.

use std::fmt;

use crate::article::{KEY_MARK, MentionKind, PATH_MARK};
use crate::text::{Moment, parted};

use super::super::Within;
use super::{Casing, Clause, Gather, Pattern, Place, WordTest, Words};

/// Says in words what the clause itself asks, not the clauses within it.
impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("every article"),
            Self::Pattern(pattern) => pattern.fmt(f),
            Self::All(_) => f.write_str("all of"),
            Self::Any(clauses) if clauses.is_empty() => f.write_str("nothing"),
            Self::Any(_) => f.write_str("any of"),
            Self::Not(_) => f.write_str("not"),
            Self::Weighted(_, weight) => write!(f, "weighing {weight}"),
            Self::Date(range) => {
                let day = |seconds| Moment::of_timestamp(seconds).to_string().replace('Z', "");
                let from = range.from.map_or_else(String::new, |it| format!(" from {}", day(it)));
                let until = range.until.map(|it| format!(" before {}", day(it)));
                write!(f, "dated{from}{}", until.unwrap_or_default())
            }
            Self::WordCount(range) if *range.end() == u64::MAX => {
                write!(f, "{} words or more", range.start())
            }
            Self::WordCount(range) => write!(f, "{} to {} words", range.start(), range.end()),
        }
    }
}

/// Says in words what the pattern itself asks, not the patterns within it.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => words.fmt(f),
            Self::Any(patterns) if patterns.is_empty() => f.write_str("nothing"),
            Self::Any(_) => f.write_str("any of"),
            Self::Near(_, proximity, _) => {
                let negated =
                    if proximity.negated { "the first without the second" } else { "both" };
                let ordered = if proximity.ordered { ", in this order" } else { "" };
                match proximity.within {
                    Within::Words(1) => write!(f, "{negated}, side by side{ordered}"),
                    Within::Words(n) => write!(f, "{negated}, within {n} words{ordered}"),
                    Within::Sentence => write!(f, "{negated}, in one sentence{ordered}"),
                    Within::Paragraph => write!(f, "{negated}, in one paragraph{ordered}"),
                }
            }
            Self::Window(_, Gather::Within(n)) => write!(f, "all, within {n} words"),
            Self::Window(_, Gather::Moved(n)) => write!(f, "in a row, {n} places moved at most"),
            Self::AtLeast(n, _) => write!(f, "at least {n} times"),
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tests: Vec<String> = self.tests.iter().map(ToString::to_string).collect();
        f.write_str(&tests.join(", then "))?;
        match self.casing {
            Casing::Any => {}
            Casing::Capitalized => f.write_str(" with a capital")?,
            Casing::AllCaps => f.write_str(" in capitals")?,
            Casing::Name(kind) => write!(f, " in the name of {}", of_kind(kind))?,
            Casing::Unnamed => f.write_str(" with a capital, in no name that was recognised")?,
        }
        match self.place {
            Place::Text => Ok(()),
            Place::Headline => f.write_str(" in the headline"),
            Place::Lead => f.write_str(" in the first paragraph"),
            Place::First(n) => write!(f, " among the first {n} words"),
            Place::Field(field) => write!(f, " in {}", field.name()),
        }
    }
}

impl fmt::Display for WordTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stem(terms) => write!(f, "stem {}", stems(terms)),
            Self::Surface(word) => match word.strip_prefix([KEY_MARK, PATH_MARK]) {
                Some(name) => write!(f, "name {name}"),
                None => write!(f, "form {word}"),
            },
            Self::Wildcard(wildcard) if wildcard.is_prefix() => {
                write!(f, "form {}…", wildcard.prefix())
            }
            Self::Wildcard(wildcard) => write!(f, "form {wildcard}"),
            Self::Fuzzy(word, 1) => write!(f, "form {word}, one letter off at most"),
            Self::Fuzzy(word, _) => write!(f, "form {word}, two letters off at most"),
            Self::AnyWord => f.write_str("any word"),
        }
    }
}

fn of_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Person => "a person",
        MentionKind::Organisation => "an organisation",
        MentionKind::Place => "a place",
    }
}

/// Says terms in words: `hauser (en) or haus (de, nl)`; without the language where all are English.
fn stems(terms: &[String]) -> String {
    if terms.iter().all(|term| parted(term).1.is_none()) {
        return terms.join(" or ");
    }
    let mut stems: Vec<(&str, Vec<&str>)> = Vec::new();
    for term in terms {
        let (stem, code) = parted(term);
        let code = code.unwrap_or("en");
        match stems.iter_mut().find(|it| it.0 == stem) {
            Some((_, codes)) => codes.push(code),
            None => stems.push((stem, vec![code])),
        }
    }
    let said = stems.iter().map(|(stem, codes)| format!("{stem} ({})", codes.join(", ")));
    said.collect::<Vec<_>>().join(" or ")
}
