//! Headlines in capitals: where every word has one, the tagger sees names that go on too long, and
//! misses others. The rest of the article knows better.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::label::{Label, Stretch};
use super::Reading;
use crate::article::MentionKind;

/// Takes the words of the text in capitals for the names that they are in the rest of the article, where
/// these are people and organisations of one word, or surnames; a longer name that begins with such a
/// one, and that the rest does not have, ends there: `VOLCKER URGES NATIONS`.
pub(super) fn name_as_below(reading: &Reading<'_>, labels: &mut [Label]) {
    let names = reading.names(labels);
    let is_shouted = |it: &Stretch| (it.start..it.end).all(|idx| reading.facts[idx].is_shouted);
    let (shouted, printed): (Vec<Stretch>, Vec<Stretch>) = names.into_iter().partition(is_shouted);
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
