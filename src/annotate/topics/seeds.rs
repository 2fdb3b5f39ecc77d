//! What the vocabulary of an article says of its topic, where nobody else says anything.
//!
//! Open news with sections that could be learnt from is rare, so this is a list of words for each of
//! the seventeen topics at the top, written by hand. A word that stands under several topics counts
//! for each in part. It answers only where several words agree and one topic is well ahead; how
//! often it is right then is in `benches/annotate.md`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use crate::text::Stemmer;

use super::classifier::Guess;
use super::features::TopicWords;
use super::taxonomy::{TopicId, Topics};

pub(super) const SEEDS: &str = include_str!("../data/topics/seeds.tsv");

/// How many different words must speak for a topic, and what part of all that is said it must have.
const WORDS_MIN: usize = 5;
const SHARE_MIN: f32 = 0.5;

/// The words that speak for topics.
#[derive(Default)]
struct Seeds {
    /// The number of each word, and of each pair of words with a space between.
    numbers: HashMap<String, usize>,
    /// The words that a pair begins with.
    firsts: HashSet<String>,
    /// By number, the topics that it speaks for, and how much.
    topics: Vec<Vec<(TopicId, f32)>>,
}

/// Says which of the seventeen topics at the top an article is about; `None` where that is unsure.
///
/// The probability of the guess is the share of the topic in what its words say, no more.
pub fn guess(words: &mut TopicWords, headline: &str, body: &[&str]) -> Option<Guess> {
    let seeds = seeds();
    let mut counts: BTreeMap<usize, f32> = BTreeMap::new();
    let mut pair = String::new();
    words.each_stem(headline, body, &mut |stem, weight| {
        let mut count = |word: &str| {
            if let Some(number) = seeds.numbers.get(word) {
                *counts.entry(*number).or_default() += weight;
            }
        };
        count(stem);
        if !pair.is_empty() {
            pair.push_str(stem);
            count(&pair);
            pair.clear();
        }
        if seeds.firsts.contains(stem) {
            pair.push_str(stem);
            pair.push(' ');
        }
    });
    let mut said: BTreeMap<TopicId, (usize, f32)> = BTreeMap::new();
    for (number, count) in &counts {
        for (topic, weight) in &seeds.topics[*number] {
            let said = said.entry(*topic).or_default();
            said.0 += 1;
            said.1 += weight * count.ln_1p();
        }
    }
    let all: f32 = said.values().map(|it| it.1).sum();
    let best = said.iter().reduce(|best, it| if it.1.1 > best.1.1 { it } else { best })?;
    let (&topic, &(n_words, sum)) = best;
    let share = sum / all;
    if n_words < WORDS_MIN || share < SHARE_MIN {
        return None;
    }
    let name = Topics::bundled().get(topic)?.label.to_owned();
    Some(Guess { name, topic: Some(topic), probability: share })
}

fn seeds() -> &'static Seeds {
    static READ: OnceLock<Seeds> = OnceLock::new();
    READ.get_or_init(|| {
        let mut stemmer = Stemmer::default();
        let mut seeds = Seeds::default();
        for line in SEEDS.lines().filter(|it| !it.starts_with('#')) {
            let Some((code, words)) = line.split_once('\t') else { continue };
            let Some(topic) = Topics::bundled().named(code) else { continue };
            for word in words.split(' ') {
                let stems: Vec<String> =
                    word.split('_').map(|it| stemmer.stem(it).to_owned()).collect();
                if let [first, _] = stems.as_slice() {
                    seeds.firsts.insert(first.clone());
                }
                seeds.put(stems.join(" "), topic);
            }
        }
        for topics in &mut seeds.topics {
            let n = topics.len() as f32;
            topics.iter_mut().for_each(|it| it.1 /= n);
        }
        seeds
    })
}

impl Seeds {
    /// Has a word speak for a topic, once.
    fn put(&mut self, word: String, topic: TopicId) {
        let number = *self.numbers.entry(word).or_insert(self.topics.len());
        if number == self.topics.len() {
            self.topics.push(Vec::new());
        }
        let topics = &mut self.topics[number];
        if !topics.iter().any(|it| it.0 == topic) {
            topics.push((topic, 1.0));
        }
    }
}
