//! Queries as the scan knows them, and how they are typed.

use std::fmt;

/// A query.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    Everything,
    Term(Term),
    Near(Box<Ask>, Nearness, Box<Ask>),
    AtLeast(usize, Box<Ask>),
    Form(Form, Box<Ask>),
    In(Zone, Box<Ask>),
    Date(Comparison<String>),
    Words(Comparison<usize>),
    /// An id, or the beginning of one with a `*`.
    Id(String),
    Not(Box<Ask>),
    All(Vec<Ask>),
    Any(Vec<Ask>),
    SideBySide(Vec<Ask>),
    /// The weight is kept as it is typed: it changes nothing about what matches.
    Weighted(Box<Ask>, String),
}

/// A word, or several. A `*` in one stands for any letters, a `?` for one.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Word(&'static str),
    Compound(Vec<&'static str>),
    /// Words that hyphens join, with letters left open in one of them.
    Wildcard(Vec<String>),
    Fuzzy(String, usize),
    Phrase(Vec<String>),
    /// `"a b"~4`
    Window(Vec<String>, usize),
    /// `slop/4("a b")`
    Slop(Vec<String>, usize),
}

/// How two parts must stand to each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nearness {
    pub(super) negated: bool,
    pub(super) order: Order,
    pub(super) within: Within,
}

/// In which order they stand, and how that is spelled: `W/`, `pre/`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Either(&'static str),
    LeftFirst(&'static str),
}

/// What both stand within.
#[derive(Clone, Copy, Debug)]
pub(super) enum Within {
    Words(usize),
    Sentence,
    Paragraph,
}

/// How every word is printed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Exact,
    Caps,
    AllCaps,
}

/// Where every word stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Zone {
    Headline,
    Lead,
    First(usize),
    Byline,
    Section,
}

/// How a value must stand to another.
#[derive(Clone, Debug)]
pub(super) enum Comparison<T> {
    Is(T),
    Below(T),
    AtMost(T),
    AtLeast(T),
    Above(T),
    Between(T, T),
}

impl Ask {
    /// Returns what it is made of.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Near(left, _, right) => vec![left, right],
            Self::AtLeast(_, part)
            | Self::Form(_, part)
            | Self::In(_, part)
            | Self::Not(part)
            | Self::Weighted(part, _) => vec![part],
            Self::All(parts) | Self::Any(parts) | Self::SideBySide(parts) => parts.iter().collect(),
            Self::Everything | Self::Term(_) | Self::Date(_) | Self::Words(_) | Self::Id(_) => {
                Vec::new()
            }
        }
    }

    /// Returns what it is made of, to be changed.
    pub(super) fn parts_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::Near(left, _, right) => vec![left, right],
            Self::AtLeast(_, part)
            | Self::Form(_, part)
            | Self::In(_, part)
            | Self::Not(part)
            | Self::Weighted(part, _) => vec![part],
            Self::All(parts) | Self::Any(parts) | Self::SideBySide(parts) => {
                parts.iter_mut().collect()
            }
            Self::Everything | Self::Term(_) | Self::Date(_) | Self::Words(_) | Self::Id(_) => {
                Vec::new()
            }
        }
    }

    /// Tells whether something holds for it or for anything within it.
    pub(super) fn has(&self, is_it: fn(&Self) -> bool) -> bool {
        is_it(self) || self.parts().into_iter().any(|part| part.has(is_it))
    }

    /// Tells whether all of several parts are asked for anywhere in it.
    pub(super) fn has_and(&self) -> bool {
        self.has(|ask| matches!(ask, Self::All(_) | Self::SideBySide(_)))
    }
}

/// Prints the query as it is typed, each part of it in parentheses that are needed somewhere.
impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("*"),
            Self::Term(term) => term.fmt(f),
            // Proximity is read from left to right.
            Self::Near(left, nearness, right) if matches!(**left, Self::Near(..)) => {
                write!(f, "{left} {nearness} {}", Part(right))
            }
            Self::Near(left, nearness, right) => {
                write!(f, "{} {nearness} {}", Part(left), Part(right))
            }
            Self::AtLeast(n, ask) => write!(f, "atleast{n}({ask})"),
            Self::Form(form, ask) => write!(f, "{form}({ask})"),
            Self::In(Zone::First(n), ask) => write!(f, "first/{n}({ask})"),
            Self::In(zone, ask) => write!(f, "{zone}:{}", Part(ask)),
            Self::Date(comparison) => write!(f, "date{comparison}"),
            Self::Words(comparison) => write!(f, "words{comparison}"),
            Self::Id(id) => write!(f, "id:{id}"),
            Self::Not(ask) => write!(f, "NOT {}", Part(ask)),
            Self::All(asks) => join(f, asks, " AND "),
            Self::Any(asks) => join(f, asks, " OR "),
            Self::SideBySide(asks) => {
                let parts: Vec<String> = asks.iter().map(beside_others).collect();
                f.write_str(&parts.join(" "))
            }
            Self::Weighted(ask, weight) => match **ask {
                // A value takes all that follows it directly, and a field may end with a weight.
                Self::Everything
                | Self::Date(_)
                | Self::Words(_)
                | Self::Id(_)
                | Self::In(..)
                | Self::Weighted(..) => write!(f, "({ask})^{weight}"),
                _ => write!(f, "{}^{weight}", Part(ask)),
            },
        }
    }
}

/// A part of a query, in parentheses where it has parts itself.
struct Part<'a>(&'a Ask);

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ask::Near(..) | Ask::Not(_) | Ask::All(_) | Ask::Any(_) | Ask::SideBySide(_) => {
                write!(f, "({})", self.0)
            }
            ask => ask.fmt(f),
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, asks: &[Ask], sign: &str) -> fmt::Result {
    let parts: Vec<String> = asks.iter().map(|ask| Part(ask).to_string()).collect();
    f.write_str(&parts.join(sign))
}

/// Prints what stands side by side with something: `talks -sport`.
fn beside_others(ask: &Ask) -> String {
    match ask {
        Ask::Not(ask) => format!("-{}", Part(ask)),
        ask => Part(ask).to_string(),
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Compound(parts) => f.write_str(&parts.join("-")),
            // At the end of a query it would be a question mark.
            Self::Wildcard(parts) if parts.iter().any(|part| part.ends_with('?')) => {
                write!(f, "({})", parts.join("-"))
            }
            Self::Wildcard(parts) => f.write_str(&parts.join("-")),
            Self::Fuzzy(word, n) => write!(f, "{word}~{n}"),
            Self::Phrase(words) => write!(f, "\"{}\"", words.join(" ")),
            Self::Window(words, n) => write!(f, "\"{}\"~{n}", words.join(" ")),
            Self::Slop(words, n) => write!(f, "slop/{n}(\"{}\")", words.join(" ")),
        }
    }
}

impl fmt::Display for Nearness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("NOT ")?;
        }
        let (Order::Either(sign) | Order::LeftFirst(sign)) = self.order;
        match self.within {
            Within::Words(n) => write!(f, "{sign}{n}"),
            Within::Sentence => write!(f, "{sign}S"),
            Within::Paragraph => write!(f, "{sign}P"),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exact => "exact",
            Self::Caps => "caps",
            Self::AllCaps => "allcaps",
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Headline => "headline",
            Self::Lead => "lead",
            Self::First(n) => return write!(f, "first/{n}"),
            Self::Byline => "byline",
            Self::Section => "section",
        })
    }
}

impl<T: fmt::Display> fmt::Display for Comparison<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(it) => write!(f, ":{it}"),
            Self::Below(it) => write!(f, "<{it}"),
            Self::AtMost(it) => write!(f, "<={it}"),
            Self::AtLeast(it) => write!(f, ">={it}"),
            Self::Above(it) => write!(f, ">{it}"),
            Self::Between(from, to) => write!(f, ":{from}..{to}"),
        }
    }
}
