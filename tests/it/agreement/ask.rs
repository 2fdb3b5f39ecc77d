//! Random queries, and how they are typed.

use std::fmt;

use proptest::prelude::*;

use super::paper::{name, word};

/// A query as the scan knows it.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    Everything,
    Term(Term),
    Headline(Box<Ask>),
    Byline(Box<Ask>),
    Date(Comparison<String>),
    Words(Comparison<usize>),
    Not(Box<Ask>),
    All(Vec<Ask>),
    Any(Vec<Ask>),
    SideBySide(Vec<Ask>),
}

/// A word, or several.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Word(&'static str),
    Compound(Vec<&'static str>),
    Phrase(Vec<&'static str>),
    /// The beginning of a word, and the words that hyphens join before it.
    Prefix(Vec<&'static str>, String),
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

/// Makes queries of every form, several deep.
pub(super) fn any() -> impl Strategy<Value = Ask> {
    let leaf = prop_oneof![
        12 => term().prop_map(Ask::Term),
        2 => within_field(true).prop_map(|ask| Ask::Headline(Box::new(ask))),
        1 => within_field(true).prop_map(|ask| Ask::Byline(Box::new(ask))),
        2 => comparison(period()).prop_map(Ask::Date),
        1 => comparison((0..20_usize).boxed()).prop_map(Ask::Words),
        1 => Just(Ask::Everything),
    ];
    joined(leaf.boxed(), true)
}

/// Makes queries that nothing but words in the text can fulfil.
pub(super) fn positive() -> impl Strategy<Value = Ask> {
    let leaf = prop_oneof![
        6 => term().prop_map(Ask::Term),
        1 => within_field(false).prop_map(|ask| Ask::Headline(Box::new(ask))),
    ];
    joined(leaf.boxed(), false)
}

fn within_field(with_not: bool) -> BoxedStrategy<Ask> {
    joined(term().prop_map(Ask::Term).boxed(), with_not)
}

fn joined(leaf: BoxedStrategy<Ask>, with_not: bool) -> BoxedStrategy<Ask> {
    let n_not = u32::from(with_not);
    leaf.prop_recursive(3, 10, 3, move |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            n_not + 1 => several.clone().prop_map(Ask::All),
            2 => several.clone().prop_map(Ask::Any),
            2 => several.prop_map(Ask::SideBySide),
            n_not => inner.prop_map(move |ask| match with_not {
                true => Ask::Not(Box::new(ask)),
                false => ask,
            }),
        ]
    })
    .boxed()
}

fn term() -> BoxedStrategy<Term> {
    let prefix = (prop::collection::vec(name(), 0..3), name(), 1..5_usize);
    prop_oneof![
        4 => name().prop_map(Term::Word),
        1 => prop::collection::vec(name(), 2..4).prop_map(Term::Compound),
        3 => prop::collection::vec(word(), 1..4).prop_map(Term::Phrase),
        1 => prefix.prop_map(|(before, word, n)| {
            Term::Prefix(before, word[..n.min(word.len())].to_owned())
        }),
    ]
    .boxed()
}

/// Makes years, months and days.
fn period() -> BoxedStrategy<String> {
    let day = (2020..2023_u32, 1..=12_u32, 1..=28_u32);
    (day, prop::sample::select(vec![4, 7, 10]))
        .prop_map(|((year, month, day), n)| format!("{year}-{month:02}-{day:02}")[..n].to_owned())
        .boxed()
}

fn comparison<T: Clone + fmt::Debug + Ord + 'static>(
    value: BoxedStrategy<T>,
) -> BoxedStrategy<Comparison<T>> {
    prop_oneof![
        value.clone().prop_map(Comparison::Is),
        value.clone().prop_map(Comparison::Below),
        value.clone().prop_map(Comparison::AtMost),
        value.clone().prop_map(Comparison::AtLeast),
        value.clone().prop_map(Comparison::Above),
        (value.clone(), value).prop_map(|(a, b)| {
            // As text a year sorts before its months, so the first is never after the second.
            let (from, to) = if a <= b { (a, b) } else { (b, a) };
            Comparison::Between(from, to)
        }),
    ]
    .boxed()
}

/// Prints the query as it is typed, each part of it in parentheses that are needed somewhere.
impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("*"),
            Self::Term(term) => term.fmt(f),
            Self::Headline(ask) => write!(f, "headline:{}", Part(ask)),
            Self::Byline(ask) => write!(f, "byline:{}", Part(ask)),
            Self::Date(comparison) => write!(f, "date{comparison}"),
            Self::Words(comparison) => write!(f, "words{comparison}"),
            Self::Not(ask) => write!(f, "NOT {}", Part(ask)),
            Self::All(asks) => join(f, asks, " AND "),
            Self::Any(asks) => join(f, asks, " OR "),
            Self::SideBySide(asks) => join(f, asks, " "),
        }
    }
}

/// A part of a query, in parentheses where it has parts itself.
struct Part<'a>(&'a Ask);

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Ask::Not(_) | Ask::All(_) | Ask::Any(_) | Ask::SideBySide(_) => {
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

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Compound(parts) => f.write_str(&parts.join("-")),
            Self::Phrase(words) => write!(f, "\"{}\"", words.join(" ")),
            Self::Prefix(before, prefix) => {
                before.iter().try_for_each(|word| write!(f, "{word}-"))?;
                write!(f, "{prefix}*")
            }
        }
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
