//! Misspelt words, and what the archive has instead.
//!
//! A word is taken for misspelt only where no article has it, or hardly any and another spelling is
//! far more frequent. What may be meant is looked for in the archive's own dictionary: words that
//! few edits away, and words of the same transcription key. The best three are searched instead,
//! and the answer says so.

use std::collections::BTreeMap;
use std::fmt;

use tantivy::{DocSet, TERMINATED};

use crate::error::Result;
use crate::query::{Casing, Clause, Pattern, Place, WordTest, Words};
use crate::text::{self, Stems, edit_distance, transliterated_initials, transliteration_key};

use super::dictionary::{Dictionary, Known};
use super::neighbours::NeighbourList;
use super::{Searcher, damaged};

/// A word that was searched under other spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The word as typed, folded.
    pub typed: String,
    /// In how many articles it stands.
    pub n_articles: u64,
    /// What was searched, the likeliest first.
    pub searched: Vec<String>,
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let searched = match self.searched.as_slice() {
            [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
            words => words.concat(),
        };
        match self.n_articles {
            0 => write!(f, "searched for {searched} instead of {}", self.typed),
            _ => write!(f, "searched for {searched} besides {}", self.typed),
        }
    }
}

/// A spelling of a name that the archive has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The folded word.
    pub word: String,
    /// In how many articles it stands.
    pub n_articles: u64,
}

/// Words shorter than this are too like others to be corrected.
const CHARS_MIN: usize = 4;

/// From this length on two letters may be wrong, below it one.
const CHARS_FOR_TWO_EDITS: usize = 5;

/// A word with more articles than this is taken as it is.
const ARTICLES_MAX: u64 = 2;

/// How much more frequent another spelling must be to replace one that occurs.
const TIMES_MORE_FREQUENT: u64 = 10;

/// The most spellings that are searched instead of one.
const SPELLINGS_MAX: usize = 3;

/// How many of the likeliest spellings are looked at for how they are printed.
const SPELLINGS_LOOKED_AT: usize = 8;

/// In how many articles it is looked at how a word is printed.
const ARTICLES_LOOKED_AT: u32 = 16;

/// What makes a spelling likely: the same initial, each factor e of articles, being a name; and what
/// makes it unlikely: each edit.
///
/// The numbers from here to [`TRANSCRIPTION_EDITS`] were set on 500 queries with a misspelt name,
/// made from headlines of Reuters-21578 whose articles were indexed without them (mean reciprocal
/// rank of the first ten, BM25, any word: .489 as typed, .776 corrected; 500 headlines as they are
/// .770 and .767).
const INITIAL_BONUS: f64 = 1.0;
const FREQUENCY_BONUS: f64 = 0.35;
const NAME_BONUS: f64 = 1.0;
const EDIT_MALUS: f64 = 2.0;

/// A spelling that is less likely than this is not meant: one edit of a word with the same initial
/// passes always, two only where many articles have it.
const LIKELIHOOD_MIN: f64 = -1.0;

/// Spellings that are less likely than the likeliest by more than this would only dilute it.
const LIKELIHOOD_MARGIN: f64 = 1.0;

/// The edits that another transcription of the same name counts as, at most.
const TRANSCRIPTION_EDITS: f64 = 0.8;

impl Searcher {
    /// Replaces misspelt words of a clause, and tells which.
    ///
    /// Left alone are forms (`exact()`, wildcards), fields other than the text, and what is negated:
    /// there a correction would leave out articles that nobody wanted left out.
    pub(super) fn correct(&self, clause: &mut Clause) -> Result<Vec<Correction>> {
        let mut corrections = Vec::new();
        let mut stemmer = Stems::default();
        each_words_mut(clause, &mut |words| {
            self.correct_words(words, &mut stemmer, &mut corrections)
        })?;
        Ok(corrections)
    }

    fn correct_words(
        &self,
        words: &mut Words,
        stemmer: &mut Stems,
        corrections: &mut Vec<Correction>,
    ) -> Result<()> {
        if !words.place.is_text() {
            return Ok(());
        }
        let typed = text::words(&words.typed);
        if typed.len() != words.tests.len() {
            return Ok(());
        }
        for (typed, test) in typed.iter().zip(&mut words.tests) {
            let WordTest::Stem(stems) = test else {
                continue;
            };
            let known = corrections.iter().find(|it| it.typed == *typed).cloned();
            let correction = match known {
                Some(correction) => correction,
                None => match self.correction(typed, stems)? {
                    Some(correction) => correction,
                    None => continue,
                },
            };
            if correction.n_articles == 0 {
                stems.clear();
            }
            for word in &correction.searched {
                for stem in stemmer.all(&self.tongues, word, word) {
                    if !stems.contains(&stem) && self.n_articles_of_term(&stem)? > 0 {
                        stems.push(stem);
                    }
                }
            }
            if !corrections.contains(&correction) {
                corrections.push(correction);
            }
        }
        Ok(())
    }

    /// Returns what a word may stand for, if it is misspelt.
    fn correction(&self, typed: &str, stems: &[String]) -> Result<Option<Correction>> {
        let is_word = typed.chars().all(char::is_alphabetic);
        if !is_word || typed.chars().count() < CHARS_MIN {
            return Ok(None);
        }
        let n_articles = self.n_articles_with_stems(stems)?;
        if n_articles > ARTICLES_MAX {
            return Ok(None);
        }
        let least = if n_articles == 0 { 1 } else { n_articles * TIMES_MORE_FREQUENT };
        let candidates = match n_articles {
            0 => self.spellings_like(typed)?,
            // A word that occurs is seldom wrong, and if so by a letter: looking no further is ten
            // times as fast, and rare words are searched often.
            _ => self.frequent_beside(typed)?,
        };
        let candidates = candidates.into_iter();
        let candidates = candidates.filter(|it| it.n_articles >= least && it.word != *typed);
        let likeliest = self.likeliest(typed, candidates.collect())?;
        let searched: Vec<String> = likeliest.into_iter().take(SPELLINGS_MAX).collect();
        let typed = typed.to_owned();
        Ok((!searched.is_empty()).then_some(Correction { typed, n_articles, searched }))
    }

    /// Returns the words that are a letter from one, at least those that are frequent enough to be
    /// meant instead of a word that occurs.
    fn frequent_beside(&self, word: &str) -> Result<Vec<Known>> {
        let frequent = || {
            let all = self.dictionary().all()?;
            Ok(NeighbourList::new(all.filter(|it| it.n_articles >= TIMES_MORE_FREQUENT).collect()))
        };
        match self.neighbours.list(frequent).map_err(damaged)? {
            Some(list) => Ok(list.beside(word)),
            None => self.dictionary().similar(word, 1).map_err(damaged),
        }
    }

    fn n_articles_with_stems(&self, stems: &[String]) -> Result<u64> {
        stems.iter().map(|stem| self.n_articles_of_term(stem)).sum()
    }

    /// Returns the words of the archive that are spelt like one: by edits or by transcription.
    fn spellings_like(&self, word: &str) -> Result<Vec<Known>> {
        let edits = if word.chars().count() < CHARS_FOR_TWO_EDITS { 1 } else { 2 };
        let dictionary = self.dictionary();
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        let mut add = |known: Vec<Known>| {
            found.extend(known.into_iter().map(|it| (it.word, it.n_articles)));
        };
        add(dictionary.similar(word, edits).map_err(damaged)?);
        add(self.transcriptions_of(word)?);
        Ok(found.into_iter().map(|(word, n_articles)| Known { word, n_articles }).collect())
    }

    /// Returns the words of the archive with the same transcription key.
    fn transcriptions_of(&self, word: &str) -> Result<Vec<Known>> {
        let key = transliteration_key(word);
        let mut found = Vec::new();
        for initial in transliterated_initials(word) {
            let fits = |word: &str| transliteration_key(word) == key;
            let known = self.dictionary().beginning_with(&initial.to_string(), fits);
            found.append(&mut known.map_err(damaged)?);
        }
        Ok(found)
    }

    /// Orders spellings by how likely each is meant, the likeliest first.
    fn likeliest(&self, typed: &str, candidates: Vec<Known>) -> Result<Vec<String>> {
        let mut scored: Vec<(f64, Known)> =
            candidates.into_iter().map(|known| (likelihood(typed, &known), known)).collect();
        let order = |a: &(f64, Known), b: &(f64, Known)| {
            b.0.total_cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word))
        };
        scored.sort_by(order);
        scored.truncate(SPELLINGS_LOOKED_AT);
        for (score, known) in &mut scored {
            if self.is_name(&known.word)? {
                *score += NAME_BONUS;
            }
        }
        scored.sort_by(order);
        let best = scored.first().map_or(0.0, |it| it.0);
        scored.retain(|it| it.0 >= LIKELIHOOD_MIN && it.0 >= best - LIKELIHOOD_MARGIN);
        Ok(scored.into_iter().map(|(_, known)| known.word).collect())
    }

    /// Tells whether a word is mostly printed with a capital, by the first articles that have it.
    fn is_name(&self, word: &str) -> Result<bool> {
        let clause = |casing| {
            Clause::words(Words {
                place: Place::Text,
                tests: vec![WordTest::Surface(word.to_owned())],
                casing,
                leaf: 0,
                typed: word.to_owned(),
            })
        };
        let (mut n_seen, mut n_capital) = (0_u32, 0_u32);
        let (all, _) = self.weigh_whole(&clause(Casing::Any))?;
        let (capital, _) = self.weigh_whole(&clause(Casing::Capitalized))?;
        for segment in self.generation.searcher.segment_readers() {
            let mut all = all.scorer(segment, 1.0).map_err(damaged)?;
            let mut capital = capital.scorer(segment, 1.0).map_err(damaged)?;
            while all.doc() != TERMINATED && n_seen < ARTICLES_LOOKED_AT {
                n_seen += 1;
                if capital.doc() < all.doc() {
                    capital.seek(all.doc());
                }
                n_capital += u32::from(capital.doc() == all.doc());
                all.advance();
            }
        }
        Ok(n_capital * 5 >= n_seen * 4)
    }

    /// Tells whether an article has a word, in any form.
    pub(super) fn has_word(&self, word: &str) -> Result<bool> {
        let stems = Stems::default().all(&self.tongues, word, word);
        Ok(self.n_articles_with_stems(&stems)? > 0)
    }

    fn dictionary(&self) -> Dictionary<'_> {
        Dictionary::of_text(&self.generation.searcher, self.generation.fields, &self.words)
    }

    /// Returns the spellings of a name that the archive has, the most frequent first; of several
    /// words, those of each.
    ///
    /// A spelling is the name itself, a word with the same transcription key, or a name one edit
    /// away, two where it is long.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`](crate::error::Kind::Index) where the index turns out to be damaged.
    pub fn variants(&self, name: &str) -> Result<Vec<Variant>> {
        self.generation.contained(|| self.variants_of_each(name))
    }

    fn variants_of_each(&self, name: &str) -> Result<Vec<Variant>> {
        let mut variants = Vec::new();
        for word in text::words(name) {
            let key = transliteration_key(&word);
            let n_chars = word.chars().count();
            let edits_max = if n_chars < CHARS_FOR_LONG_NAMES { 1 } else { 2 };
            let mut here = Vec::new();
            for Known { word: found, n_articles } in self.spellings_like(&word)? {
                let is_transcription = transliteration_key(&found) == key;
                let is_near = n_chars >= CHARS_MIN && edit_distance(&word, &found) <= edits_max;
                let has_initial = found.chars().next() == word.chars().next();
                if is_transcription || is_near && has_initial && self.is_name(&found)? {
                    here.push(Variant { word: found, n_articles });
                }
            }
            here.sort_by(|a, b| b.n_articles.cmp(&a.n_articles).then_with(|| a.word.cmp(&b.word)));
            variants.append(&mut here);
        }
        Ok(variants)
    }

    /// Returns the words of the archive that are most like one, at most so many.
    pub(super) fn nearest_words(&self, word: &str, n_max: usize) -> Result<Vec<String>> {
        let candidates = self.spellings_like(word)?.into_iter().filter(|it| it.word != *word);
        let mut likeliest = self.likeliest(word, candidates.collect())?;
        likeliest.truncate(n_max);
        Ok(likeliest)
    }
}

/// From this length on a variant may be two edits away.
const CHARS_FOR_LONG_NAMES: usize = 8;

fn likelihood(typed: &str, known: &Known) -> f64 {
    let same_initial = typed.chars().next() == known.word.chars().next();
    let initial = if same_initial { INITIAL_BONUS } else { 0.0 };
    let n_articles = known.n_articles.max(1) as f64;
    let mut edits = edit_distance(typed, &known.word) as f64;
    if transliteration_key(typed) == transliteration_key(&known.word) {
        edits = edits.min(TRANSCRIPTION_EDITS);
    }
    initial - EDIT_MALUS * edits + FREQUENCY_BONUS * n_articles.ln()
}

/// Calls `change` with every run of words that is asked for, not with those that are negated.
pub(super) fn each_words_mut(
    clause: &mut Clause,
    change: &mut dyn FnMut(&mut Words) -> Result<()>,
) -> Result<()> {
    match clause {
        Clause::Pattern(pattern) => each_pattern_words_mut(pattern, change),
        Clause::All(clauses) | Clause::Any(clauses) => {
            clauses.iter_mut().try_for_each(|clause| each_words_mut(clause, change))
        }
        Clause::Weighted(clause, _) => each_words_mut(clause, change),
        Clause::Everything | Clause::Not(_) | Clause::Date(_) | Clause::WordCount(_) => Ok(()),
    }
}

fn each_pattern_words_mut(
    pattern: &mut Pattern,
    change: &mut dyn FnMut(&mut Words) -> Result<()>,
) -> Result<()> {
    match pattern {
        Pattern::Words(words) => change(words),
        Pattern::Any(patterns) => {
            patterns.iter_mut().try_for_each(|it| each_pattern_words_mut(it, change))
        }
        Pattern::Near(left, proximity, right) => {
            each_pattern_words_mut(left, change)?;
            if proximity.negated { Ok(()) } else { each_pattern_words_mut(right, change) }
        }
        Pattern::Window(words, _) => words.iter_mut().try_for_each(change),
        Pattern::AtLeast(_, pattern) => each_pattern_words_mut(pattern, change),
    }
}
