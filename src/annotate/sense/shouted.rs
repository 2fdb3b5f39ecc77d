//! Text in capitals: where every word has one, the tagger sees names that go on too long, and misses
//! others. The rest of the article knows better; where all of it is in capitals, only lists do.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::label::{Label, Stretch};
use super::super::tagger::lists;
use super::consistency::KNOWN;
use super::{Fact, Reading};
use crate::article::MentionKind;

/// How many words in capitals an article in capitals has for each that begins with one.
const SHOUTED_MIN: usize = 5;

/// Leaves out of an article in capitals what no list knows: it is as likely a verb as a name.
pub(super) fn leave_unknown_out(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let capitals = reading.facts.iter().filter(|it| it.is_capitalised);
    let (shouted, printed): (Vec<&Fact>, Vec<&Fact>) = capitals.partition(|it| it.is_shouted);
    if printed.len() * SHOUTED_MIN >= shouted.len() {
        return;
    }
    for name in names {
        let facts = &reading.facts[name.start..name.end];
        let is_known = match name.kind {
            MentionKind::Place => facts.iter().all(|it| it.lists & KNOWN != 0),
            MentionKind::Person => {
                facts.len() > 1 && facts.iter().any(|it| it.lists & lists::GIVEN_NAME != 0)
            }
            MentionKind::Organisation => false,
        };
        if !is_known {
            labels[name.start..name.end].fill(Label::OUTSIDE);
        }
    }
}

/// Takes the words of the text in capitals for the names that they are in the rest of the article, where
/// these are people and organisations of one word, or surnames; a longer name that begins with such a
/// one, and that the rest does not have, ends there: `VOLCKER URGES NATIONS`.
pub(super) fn name_as_below(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let is_shouted = |it: &Stretch| (it.start..it.end).all(|idx| reading.facts[idx].is_shouted);
    let (shouted, printed): (Vec<Stretch>, Vec<Stretch>) =
        names.iter().copied().partition(is_shouted);
    let mut kinds: FxHashMap<u64, MentionKind> = FxHashMap::default();
    for name in printed.iter().filter(|it| it.kind != MentionKind::Place) {
        let last = &reading.facts[name.end - 1];
        if name.n_words() == 1 || name.kind == MentionKind::Person {
            kinds.entry(last.cased).or_insert(name.kind);
        }
    }
    if kinds.is_empty() {
        return;
    }
    let known: FxHashSet<u64> = printed.iter().map(|it| reading.key(it)).collect();
    for name in shouted.iter().filter(|it| it.n_words() > 1 && !known.contains(&reading.key(it))) {
        if let Some(&kind) = kinds.get(&reading.facts[name.start].cased) {
            labels[name.start..name.end].fill(Label::OUTSIDE);
            labels[name.start] = Label::begin(kind);
        }
    }
    for (idx, fact) in reading.facts.iter().enumerate().filter(|(_, it)| it.is_shouted) {
        let stands_alone = labels[idx] == Label::OUTSIDE
            || !labels[idx].is_inside() && labels.get(idx + 1).is_none_or(|it| !it.is_inside());
        if let Some(&kind) = kinds.get(&fact.cased).filter(|_| stands_alone) {
            labels[idx] = Label::begin(kind);
        }
    }
}
