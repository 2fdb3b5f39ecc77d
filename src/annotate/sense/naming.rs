//! What each name is called in full.

use rustc_hash::FxHashMap;

use super::super::label::Stretch;
use super::super::tagger::in_usual_capitals;
use super::pairs::is_hyphen;
use super::{Fact, Reading};
use crate::article::MentionKind;

/// Words that end the names of companies and are left out in short.
const COMPANIES: &[&str] = &[
    "AG",
    "Co",
    "Co.",
    "Company",
    "Corp",
    "Corp.",
    "Corporation",
    "Group",
    "Holdings",
    "Inc",
    "Inc.",
    "Incorporated",
    "Limited",
    "LLC",
    "Ltd",
    "Ltd.",
    "PLC",
    "Plc",
    "SA",
    "SE",
    "plc",
];

/// The names of an article, and what each is called in full.
///
/// - A person named by one word is the person named in full with that surname: the nearest before,
///   else the first behind; with no such surname, the only one with that given name. Full names with
///   the same first and last word are one person, called by the longest.
/// - An organisation or a place in initials (`WHO`, `U.S.`) is the one whose words begin so.
/// - A company without `Inc.` is the one with it.
/// - Names in capitals are written as elsewhere in the article, else in usual capitals.
pub(in crate::annotate) struct Names<'a> {
    reading: &'a Reading<'a>,
    names: &'a [Stretch],
    /// The name that each one is short for; itself where it is none.
    full: Vec<usize>,
}

/// What is compared of a name.
type Key = (MentionKind, u64, u64);

impl<'a> Names<'a> {
    /// Reads the names of an article, in order.
    pub(in crate::annotate) fn new(reading: &'a Reading<'a>, names: &'a [Stretch]) -> Self {
        let mut this = Self { reading, names, full: (0..names.len()).collect() };
        this.resolve_people();
        this.resolve_others();
        this.resolve_capitals();
        this
    }

    /// Returns which name a name is short for; itself where it is none.
    pub(in crate::annotate) fn full(&self, idx: usize) -> usize {
        // A surname leads to a full name, and that to a longer one or one in usual capitals.
        let mut idx = idx;
        for _ in 0..3 {
            idx = self.full[idx];
        }
        idx
    }

    /// Tells whether a name is to be written in usual capitals.
    pub(in crate::annotate) fn is_shouted(&self, idx: usize) -> bool {
        let name = self.names[idx];
        let mut letters = self.facts(name).iter().filter(|it| it.is_capitalised);
        let is_shouted = letters.all(|it| it.is_shouted);
        is_shouted
            && match name.kind {
                MentionKind::Organisation => false,
                _ => self.words(name).iter().any(|it| it.len() > 3 && !it.contains('.')),
            }
    }

    fn facts(&self, name: Stretch) -> &'a [Fact] {
        &self.reading.facts[name.start..name.end]
    }

    fn words(&self, name: Stretch) -> &'a [&'a str] {
        &self.reading.words[name.start..name.end]
    }

    fn of_kind(&self, is_wanted: impl Fn(&Stretch) -> bool) -> impl Iterator<Item = usize> {
        (0..self.names.len()).filter(move |&idx| is_wanted(&self.names[idx]))
    }

    fn ends(&self, idx: usize) -> (u64, u64) {
        let facts = self.facts(self.names[idx]);
        (facts[0].cased, facts[facts.len() - 1].cased)
    }

    fn resolve_people(&mut self) {
        let is_person = |it: &Stretch| it.kind == MentionKind::Person;
        let full: Vec<usize> = self.of_kind(|it| is_person(it) && it.n_words() > 1).collect();
        let mut longest: FxHashMap<(u64, u64), usize> = FxHashMap::default();
        for &idx in &full {
            let entry = longest.entry(self.ends(idx)).or_insert(idx);
            if self.names[idx].n_words() > self.names[*entry].n_words() {
                *entry = idx;
            }
        }
        let mut by_surname: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        let mut by_given_name: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for &idx in &full {
            let longest = longest[&self.ends(idx)];
            self.full[idx] = longest;
            let (given_name, surname) = self.ends(idx);
            by_surname.entry(surname).or_default().push(idx);
            let bearers = by_given_name.entry(given_name).or_default();
            if bearers.last().is_none_or(|it| self.full[*it] != longest) {
                bearers.push(idx);
            }
        }
        let single: Vec<usize> = self.of_kind(|it| is_person(it) && it.n_words() == 1).collect();
        for idx in single {
            let (word, _) = self.ends(idx);
            let found = match (by_surname.get(&word), by_given_name.get(&word)) {
                (Some(bearers), _) => nearest(bearers, idx),
                (None, Some(bearers)) if bearers.len() == 1 => bearers.first().copied(),
                _ => None,
            };
            self.full[idx] = found.unwrap_or(idx);
        }
    }

    fn resolve_others(&mut self) {
        let is_other = |it: &Stretch| it.kind != MentionKind::Person;
        let mut by_initials: FxHashMap<(MentionKind, String), usize> = FxHashMap::default();
        let mut by_short: FxHashMap<Key, usize> = FxHashMap::default();
        let long: Vec<usize> = self.of_kind(|it| is_other(it) && it.n_words() > 1).collect();
        for idx in long {
            let name = self.names[idx];
            let initials = initials(self.words(name));
            by_initials.entry((name.kind, initials)).or_insert(idx);
            let n_words = name.n_words();
            if COMPANIES.contains(&self.words(name)[n_words - 1]) {
                by_short.entry(self.key(idx, n_words - 1)).or_insert(idx);
            }
        }
        let others: Vec<usize> = self.of_kind(is_other).collect();
        for idx in others {
            let name = self.names[idx];
            let word = self.words(name)[0];
            let of_initials = (name.n_words() == 1 && self.facts(name)[0].is_shouted)
                .then(|| by_initials.get(&(name.kind, word.replace('.', ""))))
                .flatten();
            let short = || by_short.get(&self.key(idx, name.n_words()));
            if let Some(&full) = of_initials.or_else(short) {
                self.full[idx] = full;
            }
        }
    }

    /// Leads names in capitals to the same names in usual ones.
    fn resolve_capitals(&mut self) {
        let (shouted, usual): (Vec<usize>, Vec<usize>) = (0..self.names.len())
            .filter(|&idx| self.full[idx] == idx)
            .partition(|&idx| self.is_shouted(idx));
        if shouted.is_empty() {
            return;
        }
        let mut by_words: FxHashMap<Key, usize> = FxHashMap::default();
        for idx in usual {
            by_words.entry(self.key(idx, self.names[idx].n_words())).or_insert(idx);
        }
        for idx in shouted {
            if let Some(&usual) = by_words.get(&self.key(idx, self.names[idx].n_words())) {
                self.full[idx] = usual;
            }
        }
    }

    /// Returns what the first words of a name are compared by.
    fn key(&self, idx: usize, n_words: usize) -> Key {
        let name = self.names[idx];
        let words = &self.facts(name)[..n_words];
        let hash = words.iter().fold(0u64, |hash, it| hash.rotate_left(7) ^ it.cased);
        (name.kind, n_words as u64, hash)
    }
}

/// Returns the last of some names in order that stands before a place, else the first behind it.
fn nearest(names: &[usize], place: usize) -> Option<usize> {
    let n_before = names.partition_point(|&it| it < place);
    names.get(n_before.saturating_sub(1)).copied()
}

/// Returns the first letters of the words of a name that begin with capitals.
fn initials(words: &[&str]) -> String {
    let first = words.iter().filter_map(|it| it.chars().next());
    first.filter(|it| it.is_uppercase()).collect()
}

/// Writes a name in usual capitals: `ANN HALE-RUIZ` is `Ann Hale-Ruiz`, and `ANN O'BRIEN` is
/// `Ann O'Brien`.
pub(in crate::annotate) fn unshouted(name: &str) -> String {
    let is_joint = |c: char| c.is_whitespace() || matches!(c, '\'' | '’') || is_hyphen_sign(c);
    name.split_inclusive(is_joint).map(in_usual_capitals).collect()
}

fn is_hyphen_sign(c: char) -> bool {
    is_hyphen(c.encode_utf8(&mut [0; 4]))
}
