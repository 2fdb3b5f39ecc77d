//! What the vocabulary of an article says of its topics, where nobody else says anything.
//!
//! Open news with sections that could be learnt from is rare, so these are lists of words, written by
//! hand: one for each of the seventeen topics at the top, and one for some two hundred below them.
//! At the top a word that stands under several topics counts for each in part, and an answer is given
//! only where several words agree and one topic is well ahead. Below, an article may be about several
//! topics: each needs words that tell it by themselves, or some that agree. How often both are right
//! is in `benches/annotate.md`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::text::{Stemmer, fold, is_stop_word};

use super::features::{HEADLINE, WORDS_MAX};
use super::taxonomy::{TopicId, Topics};

pub(super) const SEEDS: &str = include_str!("../data/topics/seeds.tsv");
pub(super) const NARROWER: &str = include_str!("../data/topics/narrower.tsv");

/// How many different words must speak for a topic at the top, and what part of all that is said it
/// must have.
const WORDS_MIN: usize = 5;
const SHARE_MIN: f32 = 0.5;

/// How much must be said for a topic below the top, by a word that tells it among others: such a word
/// counts [`TELLING`], another one 1, and a word that is said again ever less.
const EVIDENCE_MIN: f32 = 3.3;
const TELLING: f32 = 2.0;

/// What a topic below the top must have of what the foremost one has.
const OF_FOREMOST_MIN: f32 = 0.3;

/// The most topics below the top that an article gets.
const NARROWER_MAX: usize = 6;

/// A topic that the words of an article speak for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpokenFor {
    /// The topic.
    pub topic: TopicId,
    /// How much is said for it, from 1 on.
    pub evidence: f32,
}

/// The words that speak for topics.
#[derive(Default)]
struct Vocabulary {
    /// The number of each stem that is a word of the lists or part of a pair.
    stems: FxHashMap<String, u32>,
    /// By the number of a stem, the word that it is by itself, if it is one.
    alone: Vec<Option<usize>>,
    /// By the numbers of two stems in a row, the word that they are together.
    pairs: FxHashMap<(u32, u32), usize>,
    /// What each word speaks for.
    words: Vec<Voice>,
}

/// What a word speaks for.
#[derive(Default)]
struct Voice {
    /// Topics at the top, and how much.
    top: Vec<(TopicId, f32)>,
    /// Topics below it, and how much.
    narrower: Vec<(TopicId, f32)>,
}

/// A word of an article.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Its number: words that differ only in capitals have the same.
    pub class: u32,
    /// The word as printed.
    pub word: &'a str,
    /// Whether it stands in the headline, where it counts more.
    pub in_headline: bool,
}

/// Says what articles are about, one after the other; what a word says is worked out once.
#[derive(Default)]
pub struct Spokesman {
    stemmer: Stemmer,
    /// By the number of a word, what is known of it.
    known: Vec<Known>,
    /// To which numbering that belongs.
    numbering: u32,
    /// How much each word of the lists counts in the article at hand.
    counts: Vec<(usize, f32)>,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Known {
    /// It was not met yet.
    #[default]
    Nothing,
    /// It is too frequent, too short or a figure: pairs reach across it.
    Empty,
    /// It is no word of the lists.
    Silent,
    /// The number of its stem.
    Stem(u32),
}

impl Spokesman {
    /// Says what an article is about: topics below the top, the foremost first, and one at the top
    /// where that is plain and none of the others lies in it.
    ///
    /// `numbering` changes when the numbers of words mean others than before.
    pub fn spoken_for<'a>(
        &mut self,
        numbering: u32,
        words: impl Iterator<Item = Said<'a>>,
    ) -> Vec<SpokenFor> {
        let vocabulary = vocabulary();
        if self.numbering != numbering {
            self.known.clear();
            self.numbering = numbering;
        }
        self.count(vocabulary, words);
        let mut topics = vocabulary.narrower(&self.counts);
        if let Some(top) = vocabulary.top(&self.counts) {
            let is_said = topics.iter().any(|it| Topics::bundled().is_within(it.topic, top.topic));
            if !is_said {
                topics.push(top);
            }
        }
        topics
    }

    /// Counts the words of the lists in an article.
    fn count<'a>(&mut self, vocabulary: &Vocabulary, words: impl Iterator<Item = Said<'a>>) {
        self.counts.clear();
        let mut last = None;
        for said in words.take(WORDS_MAX) {
            let number = match self.known(vocabulary, said) {
                Known::Nothing | Known::Empty => continue,
                Known::Silent => None,
                Known::Stem(number) => Some(number),
            };
            let before = std::mem::replace(&mut last, number);
            let Some(number) = number else { continue };
            let alone = vocabulary.alone(number);
            let pair = before.and_then(|it| vocabulary.pairs.get(&(it, number)).copied());
            let weight = if said.in_headline { HEADLINE } else { 1.0 };
            self.counts.extend(alone.into_iter().chain(pair).map(|word| (word, weight)));
        }
        self.counts.sort_unstable_by_key(|it| it.0);
        self.counts.dedup_by(|next, first| {
            let is_same = next.0 == first.0;
            if is_same {
                first.1 += next.1;
            }
            is_same
        });
    }

    /// Returns what is known of a word, which is looked at the first time.
    fn known(&mut self, vocabulary: &Vocabulary, said: Said<'_>) -> Known {
        let class = said.class as usize;
        if self.known.len() <= class {
            self.known.resize(class + 1, Known::Nothing);
        }
        let known = &mut self.known[class];
        if *known == Known::Nothing {
            let word = fold(said.word);
            let is_letters = word.len() > 2 && word.bytes().all(|it| !it.is_ascii_digit());
            *known = if !is_letters || is_stop_word(&word) {
                Known::Empty
            } else {
                let stem = vocabulary.stems.get(self.stemmer.stem(&word));
                stem.map_or(Known::Silent, |it| Known::Stem(*it))
            };
        }
        *known
    }
}

fn vocabulary() -> &'static Vocabulary {
    static READ: OnceLock<Vocabulary> = OnceLock::new();
    READ.get_or_init(Vocabulary::read)
}

impl Vocabulary {
    /// Reads the lists: a line is the number of a topic and its words, `_` joins two that count only
    /// together, and `+` stands before one that tells the topic by itself.
    fn read() -> Self {
        let mut stemmer = Stemmer::default();
        let mut vocabulary = Self::default();
        for (list, is_top) in [(SEEDS, true), (NARROWER, false)] {
            for line in list.lines().filter(|it| !it.starts_with('#')) {
                let Some((code, words)) = line.split_once('\t') else { continue };
                let Some(topic) = Topics::bundled().named(code) else { continue };
                for word in words.split(' ') {
                    let (word, weight) = match word.strip_prefix('+') {
                        Some(word) => (word, TELLING),
                        None => (word, 1.0),
                    };
                    let voice = vocabulary.voice(word, &mut stemmer);
                    let topics = if is_top { &mut voice.top } else { &mut voice.narrower };
                    if !topics.iter().any(|it| it.0 == topic) {
                        topics.push((topic, weight));
                    }
                }
            }
        }
        for voice in &mut vocabulary.words {
            let n = voice.top.len() as f32;
            voice.top.iter_mut().for_each(|it| it.1 /= n);
        }
        vocabulary
    }

    /// Returns the word that a stem is by itself.
    fn alone(&self, stem: u32) -> Option<usize> {
        self.alone.get(stem as usize).copied().flatten()
    }

    /// Returns what a word or a pair of words speaks for, to be added to.
    fn voice(&mut self, word: &str, stemmer: &mut Stemmer) -> &mut Voice {
        let mut number = |word: &str| {
            let n = self.stems.len() as u32;
            *self.stems.entry(stemmer.stem(word).to_owned()).or_insert(n)
        };
        let next = self.words.len();
        let place = match word.split_once('_') {
            Some((first, second)) => {
                let pair = (number(first), number(second));
                *self.pairs.entry(pair).or_insert(next)
            }
            None => {
                let stem = number(word) as usize;
                if self.alone.len() <= stem {
                    self.alone.resize(stem + 1, None);
                }
                *self.alone[stem].get_or_insert(next)
            }
        };
        if place == next {
            self.words.push(Voice::default());
        }
        &mut self.words[place]
    }

    /// Returns the topic at the top that the words speak for.
    fn top(&self, counts: &[(usize, f32)]) -> Option<SpokenFor> {
        let mut said: BTreeMap<TopicId, (usize, f32)> = BTreeMap::new();
        for (word, count) in counts {
            for (topic, weight) in &self.words[*word].top {
                let said = said.entry(*topic).or_default();
                said.0 += 1;
                said.1 += weight * count.ln_1p();
            }
        }
        let all: f32 = said.values().map(|it| it.1).sum();
        let (&topic, &(n_words, sum)) =
            said.iter().reduce(|best, it| if it.1.1 > best.1.1 { it } else { best })?;
        let is_plain = n_words >= WORDS_MIN && sum >= SHARE_MIN * all;
        is_plain.then_some(SpokenFor { topic, evidence: sum.max(1.0) })
    }

    /// Returns the topics below the top that the words speak for, the foremost first.
    fn narrower(&self, counts: &[(usize, f32)]) -> Vec<SpokenFor> {
        let mut said: BTreeMap<TopicId, (bool, f32)> = BTreeMap::new();
        for (word, count) in counts {
            for (topic, weight) in &self.words[*word].narrower {
                let said = said.entry(*topic).or_default();
                said.0 |= *weight == TELLING;
                said.1 += weight * (1.0 + count.ln());
            }
        }
        said.retain(|_, it| it.0);
        let foremost = said.values().map(|it| it.1).fold(0.0, f32::max);
        let least = EVIDENCE_MIN.max(OF_FOREMOST_MIN * foremost);
        let enough = said.into_iter().map(|it| (it.0, it.1.1)).filter(|it| it.1 >= least);
        let mut topics: Vec<SpokenFor> =
            enough.map(|(topic, evidence)| SpokenFor { topic, evidence }).collect();
        topics.sort_by(|a, b| b.evidence.total_cmp(&a.evidence).then(a.topic.cmp(&b.topic)));
        topics.truncate(NARROWER_MAX);
        topics
    }
}
