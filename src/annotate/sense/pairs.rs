//! Two names with a hyphen between them: the `Hale-Ruiz summit` names two people.

use rustc_hash::FxHashSet;

use super::super::label::{Label, Stretch};
use super::super::tagger::lists;
use super::Reading;
use crate::article::MentionKind;

/// Places that are named beside each other: `US-China talks`.
const PLACES: u16 = lists::COUNTRY | lists::STATE | lists::REGION;

/// What two people have between them.
const BETWEEN_TWO: &[&str] = &[
    "agreement",
    "alliance",
    "axis",
    "battle",
    "call",
    "clash",
    "coalition",
    "contest",
    "deal",
    "debate",
    "duel",
    "duo",
    "encounter",
    "era",
    "feud",
    "handshake",
    "match",
    "meeting",
    "pact",
    "partnership",
    "race",
    "relationship",
    "row",
    "rivalry",
    "summit",
    "talks",
    "ticket",
    "war",
];

/// Parts the names of the article that are two.
///
/// A name of one word, a hyphen and one word is two where both are countries, states or regions;
/// where both are named without the other in the article; or where it is that of two people and a
/// word follows such as "summit". A double name (`Hale-Ruiz said`) stays one.
pub(super) fn part(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let pairs =
        names.iter().filter(|it| it.n_words() == 3 && is_hyphen(reading.words[it.start + 1]));
    let mut pairs = pairs.peekable();
    if pairs.peek().is_none() {
        return;
    }
    let alone = named_alone(reading, names);
    for pair in pairs {
        if is_two(reading, pair, &alone) {
            labels[pair.start + 1] = Label::OUTSIDE;
            labels[pair.start + 2] = Label::begin(pair.kind);
        }
    }
}

fn is_two(reading: &Reading<'_>, pair: &Stretch, alone: &FxHashSet<u64>) -> bool {
    let sides = [pair.start, pair.start + 2].map(|idx| &reading.facts[idx]);
    if !sides.iter().all(|it| it.is_capitalised) {
        return false;
    }
    let next = reading.words.get(pair.end).copied().unwrap_or_default();
    sides.iter().all(|it| it.lists & PLACES != 0)
        || sides.iter().all(|it| alone.contains(&it.cased))
        || pair.kind == MentionKind::Person && BETWEEN_TWO.contains(&next)
}

/// Returns the last words of all names that have no hyphen.
fn named_alone(reading: &Reading<'_>, names: &[Stretch]) -> FxHashSet<u64> {
    let has_hyphen = |it: &&Stretch| reading.words[it.start..it.end].iter().any(|it| is_hyphen(it));
    let alone = names.iter().filter(|it| !has_hyphen(it));
    alone.map(|it| reading.facts[it.end - 1].cased).collect()
}

pub(super) fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "‐" | "‑" | "–")
}
