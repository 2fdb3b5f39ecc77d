//! Simpler queries than one on which the evaluators disagree.

use super::ask::{Ask, Nearness, Term, Within};

/// Returns a query for which something holds as it does for the first, and for none that is a step
/// simpler.
pub(super) fn simplest(ask: Ask, holds: impl Fn(&Ask) -> bool) -> Ask {
    match simpler(&ask).into_iter().find(&holds) {
        Some(simpler) => simplest(simpler, holds),
        None => ask,
    }
}

/// Returns the queries that are a step simpler: a part of it, it without a part, it with a part
/// made simpler.
fn simpler(ask: &Ask) -> Vec<Ask> {
    let mut found = Vec::new();
    let is_stop_word = |ask: &Ask| matches!(ask, Ask::Term(Term::Word("the")));
    // A stop word might come to stand side by side with something, and would be left out there.
    found.extend(ask.parts().into_iter().filter(|part| !part.has(is_stop_word)).cloned());
    match ask {
        Ask::All(parts) => found.extend(shorter(parts, 2).map(Ask::All)),
        Ask::Any(parts) => found.extend(shorter(parts, 2).map(Ask::Any)),
        Ask::SideBySide(parts) => found.extend(shorter(parts, 2).map(Ask::SideBySide)),
        Ask::Term(term) => found.extend(simpler_terms(term).into_iter().map(Ask::Term)),
        Ask::AtLeast(n @ 2.., part) => found.push(Ask::AtLeast(n - 1, part.clone())),
        Ask::Near(left, nearness, right) => found.extend(
            closer(nearness).map(|nearness| Ask::Near(left.clone(), nearness, right.clone())),
        ),
        _ => {}
    }
    for (idx, part) in ask.parts().into_iter().enumerate() {
        for simpler in simpler(part) {
            let mut ask = ask.clone();
            *ask.parts_mut()[idx] = simpler;
            found.push(ask);
        }
    }
    found
}

/// Returns the lists without one of the elements, as long as there are so many at least.
fn shorter<T: Clone>(list: &[T], n_least: usize) -> impl Iterator<Item = Vec<T>> {
    let without = move |idx| [&list[..idx], &list[idx + 1..]].concat();
    (0..list.len()).filter(move |_| list.len() > n_least).map(without)
}

fn simpler_terms(term: &Term) -> Vec<Term> {
    // A `*` that stands for a word is never the first or the last.
    let is_bounded = |words: &Vec<String>| {
        [words.first(), words.last()].iter().all(|word| word.is_some_and(|word| word != "*"))
    };
    match term {
        Term::Word(_) => Vec::new(),
        Term::Compound(parts) => shorter(parts, 2).map(Term::Compound).collect(),
        Term::Wildcard(parts) => {
            let is_open = |parts: &Vec<String>| parts.concat().contains(['*', '?']);
            shorter(parts, 1).filter(is_open).map(Term::Wildcard).collect()
        }
        Term::Fuzzy(word, 2) => vec![Term::Fuzzy(word.clone(), 1)],
        Term::Fuzzy(..) => Vec::new(),
        Term::Phrase(words) => shorter(words, 1).filter(is_bounded).map(Term::Phrase).collect(),
        Term::Window(words, n) => {
            let closer = (*n > 1).then(|| Term::Window(words.clone(), n - 1));
            shorter(words, 1).map(|words| Term::Window(words, *n)).chain(closer).collect()
        }
        Term::Slop(words, n) => {
            let closer = n.checked_sub(1).map(|n| Term::Slop(words.clone(), n));
            shorter(words, 1).map(|words| Term::Slop(words, *n)).chain(closer).collect()
        }
    }
}

fn closer(nearness: &Nearness) -> Option<Nearness> {
    match nearness.within {
        Within::Words(n @ 2..) => Some(Nearness { within: Within::Words(n - 1), ..*nearness }),
        _ => None,
    }
}
