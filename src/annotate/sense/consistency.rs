//! One sense per article.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::super::label::{Label, Stretch, are_same};
use super::super::tagger::{hash_of, lists};
use super::craft::leave_craft_out;
use super::designators::name_by_last_word;
use super::initials::name_by_initials;
use super::pairs::part;
use super::repeats::{name_again, take_given_names};
use super::shouted::{leave_unknown_out, name_as_below};
use super::tables::leave_tables_out;
use super::titles::{n_title_words, take_titles_off};
use super::{Fact, Reading};
use crate::article::MentionKind;

/// The lists whose names stay what they are, whoever bears them too: nobody is meant by `Georgia`.
pub(super) const PLACES: u16 = lists::COUNTRY | lists::STATE | lists::REGION;

/// The lists of places whose names may be those of others too.
pub(super) const KNOWN: u16 = PLACES | lists::TOWN;

/// Settles the labels of an article.
///
/// Each rule sees what those before it made; each takes a time that grows with the words alone.
pub(in crate::annotate) fn settle(reading: &Reading<'_>, labels: &mut [Label]) {
    for sentence in reading.sentences() {
        let words = &reading.words[sentence.clone()];
        take_titles_off(words, &mut labels[sentence]);
    }
    let mut names = Found::of(reading, labels);
    leave_tables_out(reading, names.now(labels), labels);
    name_by_title(reading, names.now(labels), labels);
    take_possessives_off(reading, names.now(labels), labels);
    part(reading, names.now(labels), labels);
    drop_small_words(reading, names.now(labels), labels);
    drop_first_words(reading, names.now(labels), labels);
    name_by_last_word(reading, names.now(labels), labels);
    agree_on_kinds(reading, names.now(labels), labels);
    name_by_initials(reading, names.now(labels), labels);
    take_given_names(reading, labels);
    name_by_surname(reading, names.now(labels), labels);
    name_as_below(reading, names.now(labels), labels);
    name_again(reading, names.now(labels), labels);
    leave_craft_out(reading, names.now(labels), labels);
    leave_unknown_out(reading, names.now(labels), labels);
}

/// The names that the labels tell of. Most rules find nothing to change, and the next one then sees
/// the same names: they are not looked for again.
struct Found<'a> {
    reading: &'a Reading<'a>,
    labels: Vec<Label>,
    names: Vec<Stretch>,
}

impl<'a> Found<'a> {
    fn of(reading: &'a Reading<'a>, labels: &[Label]) -> Self {
        Self { reading, labels: labels.to_vec(), names: reading.names(labels) }
    }

    /// Returns the names that the labels tell of now.
    fn now(&mut self, labels: &[Label]) -> &[Stretch] {
        if !are_same(&self.labels, labels) {
            self.labels.copy_from_slice(labels);
            self.names = self.reading.names(labels);
        }
        &self.names
    }
}

/// Makes a person of an organisation that begins with a title and a given name: `Chancellor Helmut Kohl`.
fn name_by_title(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    for name in names {
        if name.kind != MentionKind::Organisation {
            continue;
        }
        let n_words = n_title_words(&reading.words[name.start..name.end]);
        let start = name.start + n_words;
        if n_words > 0
            && start + 1 < name.end
            && reading.facts[start].lists & lists::GIVEN_NAME != 0
        {
            labels[name.start..start].fill(Label::OUTSIDE);
            Stretch { kind: MentionKind::Person, start, end: name.end }.write(labels);
        }
    }
}

/// Takes the possessive off the end of people and places. That of a company may be its name:
/// `Sainsbury's`.
fn take_possessives_off(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    for name in names {
        let last = name.end - 1;
        let is_possessive = matches!(reading.words[last], "'s" | "’s" | "'" | "’");
        if is_possessive && name.n_words() > 1 && name.kind != MentionKind::Organisation {
            labels[last] = Label::OUTSIDE;
        }
    }
}

/// Names without a capital are none, in a text that has capitals.
fn drop_small_words(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let is_small = |name: &Stretch| {
        !reading.facts[name.start..name.end].iter().any(|it| it.is_capitalised || it.is_shouted)
    };
    let n_small = names.iter().filter(|it| is_small(it)).count();
    if names.len() - n_small > n_small {
        let small = names.iter().filter(|it| is_small(it));
        small.for_each(|it| labels[it.start..it.end].fill(Label::OUTSIDE));
    }
}

/// A word is no name that has its capital from beginning a sentence, wherever it does, and that the
/// text has in small letters too: *Mill closes*, where the mill is shut.
fn drop_first_words(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let mut starts = reading.sentences().map(|it| it.start).peekable();
    let mut is_first: FxHashMap<u64, bool> =
        FxHashMap::with_capacity_and_hasher(names.len(), FxBuildHasher);
    for name in names {
        while starts.next_if(|start| *start < name.start).is_some() {}
        let begins = name.n_words() == 1 && starts.peek() == Some(&name.start);
        *is_first.entry(reading.key(name)).or_insert(true) &= begins;
    }
    let first = names.iter().filter(|it| is_first[&reading.key(it)]);
    let small = |name: &Stretch| hash_of(&reading.words[name.start].to_lowercase());
    let first: Vec<(usize, u64)> = first.map(|it| (it.start, small(it))).collect();
    if first.is_empty() {
        return;
    }
    let asked: FxHashSet<u64> = first.iter().map(|it| it.1).collect();
    let there =
        reading.words.iter().zip(reading.facts).filter(|(word, fact)| {
            asked.contains(&fact.cased) && word.starts_with(char::is_lowercase)
        });
    let there: FxHashSet<u64> = there.map(|(_, fact)| fact.cased).collect();
    for (place, _) in first.iter().filter(|it| there.contains(&it.1)) {
        labels[*place] = Label::OUTSIDE;
    }
}

/// Gives names of the same words the kind that more than two in three of them have; where there is
/// none, and a list knows a place of the name, that of a place if no other has more.
fn agree_on_kinds(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let mut votes: FxHashMap<u64, [u32; MentionKind::ALL.len()]> =
        FxHashMap::with_capacity_and_hasher(names.len(), FxBuildHasher);
    for name in names {
        votes.entry(reading.key(name)).or_default()[name.kind as usize] += 1;
    }
    for name in names {
        let votes = votes.get(&reading.key(name)).copied().unwrap_or_default();
        let n_votes: u32 = votes.iter().sum();
        let is_elected = |kind: &&MentionKind| votes[**kind as usize] * 3 > n_votes * 2;
        let n_as_place = votes[MentionKind::Place as usize];
        let is_known = || name.n_words() == 1 && reading.facts[name.start].lists & KNOWN != 0;
        let known = || votes.iter().all(|n| *n <= n_as_place) && is_known();
        let kind = MentionKind::ALL.into_iter().find(|it| is_elected(&it));
        let kind = kind.or_else(|| known().then_some(MentionKind::Place));
        let is_country =
            || name.n_words() == 1 && reading.facts[name.start].lists & lists::COUNTRY != 0;
        let kind = match kind.unwrap_or(name.kind) {
            MentionKind::Organisation if is_country() => Some(MentionKind::Place),
            _ => kind,
        };
        if let Some(kind) = kind.filter(|it| *it != name.kind) {
            Stretch { kind, ..*name }.write(labels);
        }
    }
}

/// Makes a person of each word that is the surname of one named in full.
fn name_by_surname(reading: &Reading<'_>, names: &[Stretch], labels: &mut [Label]) {
    let surnames = surnames(reading, names);
    if surnames.is_empty() {
        return;
    }
    let is_surname = |fact: &Fact| fact.lists & PLACES == 0 && surnames.contains(&fact.cased);
    for name in names.iter().filter(|it| it.n_words() == 1) {
        if is_surname(&reading.facts[name.start]) {
            labels[name.start] = Label::begin(MentionKind::Person);
        }
    }
    for sentence in reading.sentences() {
        for idx in sentence.clone() {
            let fact = &reading.facts[idx];
            if fact.is_capitalised
                && labels[idx] == Label::OUTSIDE
                && (idx == sentence.start || labels[idx - 1] == Label::OUTSIDE)
                && (idx + 1 == sentence.end || labels[idx + 1] == Label::OUTSIDE)
                && is_surname(fact)
            {
                labels[idx] = Label::begin(MentionKind::Person);
            }
        }
    }
}

/// Returns the surnames of all persons named in full.
fn surnames(reading: &Reading<'_>, names: &[Stretch]) -> FxHashSet<u64> {
    let full = names.iter().filter(|it| it.kind == MentionKind::Person && it.n_words() > 1);
    let last = full.map(|it| &reading.facts[it.end - 1]);
    last.filter(|it| it.is_capitalised).map(|it| it.cased).collect()
}
