//! Initials that an article explains: `Coastal Seafarers Union (CSU)`.

use rustc_hash::FxHashMap;

use super::super::label::{Label, Stretch};
use super::Reading;
use crate::article::MentionKind;

/// Gives initials in brackets behind a name its kind, wherever the article has them.
///
/// Their first letter must be that of one of the words of the name: `(AP)` behind a town is not
/// short for it.
pub(super) fn name_by_initials(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let long = names.iter().filter(|it| it.n_words() > 1 && it.kind != MentionKind::Person);
    let explained = long.filter_map(|name| Some((explained(reading, name)?, name.kind)));
    let kinds: FxHashMap<u64, MentionKind> = explained.collect();
    if kinds.is_empty() {
        return;
    }
    for sentence in reading.sentences() {
        for idx in sentence.clone() {
            let fact = &reading.facts[idx];
            let goes_on = idx + 1 < sentence.end && labels[idx + 1].is_inside();
            if fact.is_shouted
                && !labels[idx].is_inside()
                && !goes_on
                && let Some(&kind) = kinds.get(&fact.cased)
            {
                labels[idx] = Label::begin(kind);
            }
        }
    }
}

/// Returns the initials that stand in brackets behind a name.
fn explained(reading: &Reading<'_>, name: &Stretch) -> Option<u64> {
    let ["(", initials, ")", ..] = reading.words.get(name.end..)? else { return None };
    let fact = reading.facts.get(name.end + 1).filter(|it| it.is_shouted)?;
    let first = initials.chars().next();
    let mut words = reading.words[name.start..name.end].iter();
    words.any(|it| it.chars().next() == first).then_some(fact.cased)
}
