//! Random queries, of every form and several deep.

use std::fmt;

use proptest::prelude::*;
use proptest::sample::select;

use super::ask::{Ask, Comparison, Form, Nearness, Order, Term, Within, Zone};
use super::paper::{self, compound, name, word};

/// What may stand in a part of a query.
#[derive(Clone, Copy)]
struct Ground {
    /// Whether `NOT` and `NOT W/` may.
    negation: bool,
    /// The functions that say how words are printed; they never stand in each other.
    forms: &'static [Form],
}

impl Ground {
    fn without_forms(self) -> Self {
        Self { forms: &[], ..self }
    }
}

const TEXT: Ground = Ground { negation: true, forms: &[Form::Exact, Form::Caps, Form::AllCaps] };

/// Makes queries of every form, several deep.
pub(super) fn any() -> BoxedStrategy<Ask> {
    let fields = prop_oneof![Just(Zone::Byline), Just(Zone::Section)];
    let within_field = within_one_text(Ground { forms: &[Form::Exact], ..TEXT });
    let leaf = prop_oneof![
        14 => standing(TEXT),
        2 => printed(TEXT),
        6 => in_zone(zone(), within_one_text(TEXT)),
        2 => in_zone(fields.boxed(), within_field),
        2 => comparison(period()).prop_map(Ask::Date),
        1 => comparison((0..40_usize).boxed()).prop_map(Ask::Words),
        1 => id().prop_map(Ask::Id),
        1 => Just(Ask::Everything),
    ];
    sometimes_joined(leaf.boxed(), TEXT)
}

/// Makes queries that nothing but words in the text can fulfil.
pub(super) fn positive() -> BoxedStrategy<Ask> {
    let ground = Ground { negation: false, ..TEXT };
    let leaf = prop_oneof![
        6 => standing(ground),
        1 => printed(ground),
        2 => in_zone(zone(), within_one_text(ground)),
    ];
    sometimes_joined(leaf.boxed(), ground)
}

fn zone() -> BoxedStrategy<Zone> {
    let first = (1..=12_usize).prop_map(Zone::First);
    prop_oneof![Just(Zone::Headline), Just(Zone::Lead), first].boxed()
}

fn in_zone(zone: BoxedStrategy<Zone>, ask: BoxedStrategy<Ask>) -> BoxedStrategy<Ask> {
    (zone, ask).prop_map(|(zone, ask)| Ask::In(zone, Box::new(ask))).boxed()
}

/// Makes what a field or a function takes.
fn within_one_text(ground: Ground) -> BoxedStrategy<Ask> {
    if ground.forms.is_empty() {
        return sometimes_joined(standing(ground), ground);
    }
    sometimes_joined(prop_oneof![6 => standing(ground), 1 => printed(ground)].boxed(), ground)
}

fn printed(ground: Ground) -> BoxedStrategy<Ask> {
    form(ground, within_one_text(ground.without_forms()))
}

fn form(ground: Ground, ask: BoxedStrategy<Ask>) -> BoxedStrategy<Ask> {
    (select(ground.forms), ask).prop_map(|(form, ask)| Ask::Form(form, Box::new(ask))).boxed()
}

/// Joins some queries by Boolean operators, and weighs some.
///
/// What is wrong with one part shows only where the others let it, so that most stay small.
fn sometimes_joined(leaf: BoxedStrategy<Ask>, ground: Ground) -> BoxedStrategy<Ask> {
    let n_not = u32::from(ground.negation);
    let joined = leaf.clone().prop_recursive(3, 4, 2, move |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        let weighted = (inner.clone(), weight())
            .prop_map(|(ask, weight)| Ask::Weighted(Box::new(ask), weight));
        prop_oneof![
            n_not + 2 => several.clone().prop_map(Ask::All),
            5 => several.clone().prop_map(Ask::Any),
            3 => several.prop_map(Ask::SideBySide),
            1 => weighted,
            2 * n_not => inner.prop_map(|ask| Ask::Not(Box::new(ask))),
        ]
    });
    prop_oneof![leaf, joined].boxed()
}

/// Makes what stands in the text, alone or near something.
///
/// Side by side a stop word would be left out, but near something it counts.
fn standing(ground: Ground) -> BoxedStrategy<Ask> {
    prop_oneof![
        12 => term(name()).prop_map(Ask::Term),
        2 => gathered().prop_map(Ask::Term),
        10 => near(ground, operand(ground, word())),
        2 => at_least(operand(ground, name())),
    ]
    .boxed()
}

/// Makes what proximity joins and what can be counted.
fn operand(ground: Ground, word: BoxedStrategy<&'static str>) -> BoxedStrategy<Ask> {
    let term = term(word.clone()).prop_map(Ask::Term);
    let leaf = if ground.forms.is_empty() {
        term.boxed()
    } else {
        let inner = operand(ground.without_forms(), word);
        prop_oneof![8 => term, 1 => form(ground, inner)].boxed()
    };
    let several = leaf.clone().prop_recursive(2, 3, 2, move |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            4 => near(ground, inner.clone()),
            1 => at_least(inner),
            3 => several.clone().prop_map(Ask::Any),
            1 => several.clone().prop_map(Ask::All),
            1 => several.prop_map(Ask::SideBySide),
        ]
    });
    prop_oneof![3 => leaf, 1 => several].boxed()
}

/// Joins two by proximity.
///
/// What lacks a right one near it must know which; and where both sides join by `AND` below an
/// `OR`, what they ask for depends on which is taken apart first.
fn near(ground: Ground, operand: BoxedStrategy<Ask>) -> BoxedStrategy<Ask> {
    (operand.clone(), nearness(ground), operand)
        .prop_map(|(left, nearness, right)| {
            let is_split = nearness.negated || left.has_and();
            let right = if is_split { without_and(right) } else { right };
            Ask::Near(Box::new(left), nearness, Box::new(right))
        })
        .boxed()
}

fn nearness(ground: Ground) -> BoxedStrategy<Nearness> {
    let order = prop_oneof![
        2 => select(vec!["W/", "w/", "NEAR/"]).prop_map(Order::Either),
        1 => select(vec!["PRE/", "pre/"]).prop_map(Order::LeftFirst),
    ];
    let within = prop_oneof![
        4 => distance().prop_map(Within::Words),
        1 => Just(Within::Sentence),
        1 => Just(Within::Paragraph),
    ];
    let negated = prop::bool::weighted(if ground.negation { 0.25 } else { 0.0 });
    (negated, order, within)
        .prop_map(|(negated, order, within)| Nearness { negated, order, within })
        .boxed()
}

/// Makes distances, one of them greater than any text is long.
fn distance() -> BoxedStrategy<usize> {
    prop_oneof![8 => 1..=8_usize, 1 => Just(1000)].boxed()
}

/// Counts something.
///
/// Alternatives are counted together, so that none of them may ask for two things.
fn at_least(operand: BoxedStrategy<Ask>) -> BoxedStrategy<Ask> {
    (1..=4_usize, operand)
        .prop_map(|(n, ask)| Ask::AtLeast(n, Box::new(without_and_in_alternatives(ask))))
        .boxed()
}

/// Makes alternatives of all that is joined by `AND`.
fn without_and(ask: Ask) -> Ask {
    let mut ask = match ask {
        Ask::All(parts) | Ask::SideBySide(parts) => Ask::Any(parts),
        ask => ask,
    };
    for part in ask.parts_mut() {
        *part = without_and(part.clone());
    }
    ask
}

fn without_and_in_alternatives(mut ask: Ask) -> Ask {
    if let Ask::Any(_) = ask {
        return without_and(ask);
    }
    for part in ask.parts_mut() {
        *part = without_and_in_alternatives(part.clone());
    }
    ask
}

/// Makes words, and several that stand in a row or near each other.
fn term(word: BoxedStrategy<&'static str>) -> BoxedStrategy<Term> {
    prop_oneof![
        6 => word.clone().prop_map(Term::Word),
        1 => compound().prop_map(Term::Compound),
        2 => wildcard(word).prop_map(Term::Wildcard),
        1 => fuzzy(),
        3 => phrase().prop_map(Term::Phrase),
        1 => (prop::collection::vec(quoted(), 2), distance())
            .prop_map(|(words, n)| Term::Window(words, n)),
    ]
    .boxed()
}

/// Makes several words that stand together in any order.
fn gathered() -> BoxedStrategy<Term> {
    let words = prop::collection::vec(quoted(), 1..5);
    prop_oneof![
        (words.clone(), distance()).prop_map(|(words, n)| Term::Window(words, n)),
        (words, 0..=6_usize).prop_map(|(words, n)| Term::Slop(words, n)),
    ]
    .boxed()
}

/// Makes words with letters left open, and the words that hyphens join to them.
fn wildcard(word: BoxedStrategy<&'static str>) -> BoxedStrategy<Vec<String>> {
    let open = prop_oneof![3 => many(word.clone()), 1 => one(word, 0)];
    let more = prop_oneof![2 => name().prop_map(str::to_owned), 1 => many(name())];
    let more = prop::collection::vec(more, 0..3);
    let several = (more, open.clone(), prop::bool::ANY).prop_map(|(mut parts, open, is_last)| {
        parts.insert(if is_last { parts.len() } else { 0 }, open);
        parts
    });
    prop_oneof![3 => open.prop_map(|open| vec![open]), 1 => several].boxed()
}

/// Leaves letters of a word open with a `*`.
fn many(word: BoxedStrategy<&'static str>) -> BoxedStrategy<String> {
    (word, 1..4_usize, 0..4_u32)
        .prop_map(|(word, n, side)| {
            let n = n.min(word.len() - 1);
            let (before, after) = word.split_at(n);
            match side {
                0 => format!("{before}*"),
                1 => format!("*{after}"),
                2 => format!("*{}*", &word[n - 1..=n]),
                _ => format!("{}*{}", &before[..1], &after[1..]),
            }
        })
        .boxed()
}

/// Leaves one letter of a word open with a `?`, or asks for one more, but keeps so many at its ends.
fn one(word: BoxedStrategy<&'static str>, n_kept: usize) -> BoxedStrategy<String> {
    (word, 0..8_usize, 0..4_u32)
        .prop_map(move |(word, at, kind)| {
            let at = n_kept + at % (word.len() - 2 * n_kept);
            let after = if kind == 0 { &word[at..] } else { &word[at + 1..] };
            format!("{}?{after}", &word[..at])
        })
        .boxed()
}

/// Makes a word as it may stand between quotation marks, where a `?` at an end is a question.
fn quoted() -> BoxedStrategy<String> {
    prop_oneof![
        8 => word().prop_map(str::to_owned),
        1 => many(word()),
        1 => one(word(), 1),
    ]
    .boxed()
}

/// Makes words in a row, between which any word may be left open.
fn phrase() -> BoxedStrategy<Vec<String>> {
    let inner = prop_oneof![1 => quoted(), 2 => Just("*".to_owned())];
    let inner = prop_oneof![
        4 => Just(Vec::new()),
        2 => inner.clone().prop_map(|word| vec![word]),
        1 => prop::collection::vec(inner, 2),
    ];
    let several = (quoted(), inner, quoted())
        .prop_map(|(first, inner, last)| [vec![first], inner, vec![last]].concat());
    prop_oneof![1 => quoted().prop_map(|word| vec![word]), 4 => several].boxed()
}

/// Makes words with up to two slips in them.
fn fuzzy() -> BoxedStrategy<Term> {
    let slip = (0..4_u32, 0..8_usize, select(vec!['a', 'b', 'k', 'm', 'r', 'x']));
    (word(), prop::collection::vec(slip, 0..3), 1..=2_usize)
        .prop_map(|(word, slips, n)| {
            let mut letters: Vec<char> = word.chars().collect();
            for (kind, at, letter) in slips {
                let at = at % (letters.len() - 1);
                match kind {
                    0 => letters.insert(at, letter),
                    1 if letters.len() > 3 => drop(letters.remove(at)),
                    2 => letters.swap(at, at + 1),
                    _ => letters[at] = letter,
                }
            }
            Term::Fuzzy(letters.into_iter().collect(), n)
        })
        .boxed()
}

fn id() -> BoxedStrategy<String> {
    prop_oneof![(0..30_usize).prop_map(paper::id), (0..3_u32).prop_map(|n| format!("n0{n}*"))]
        .boxed()
}

/// Makes weights of up to 1,000, some with places.
fn weight() -> BoxedStrategy<String> {
    prop_oneof![
        (0..=1000_u32).prop_map(|n| n.to_string()),
        (0..1000_u32, 0..1000_u32).prop_map(|(n, places)| format!("{n}.{places:03}")),
        (0..10_u32, 0..10_u32).prop_map(|(n, places)| format!("{n}.{places}")),
    ]
    .boxed()
}

/// Makes years, months and days.
fn period() -> BoxedStrategy<String> {
    let day = (2020..2023_u32, 1..=12_u32, 1..=28_u32);
    (day, select(vec![4, 7, 10]))
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
