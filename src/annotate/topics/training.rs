//! Teaches a classifier the sections of an archive.
//!
//! Multinomial logistic regression by stochastic gradient descent with AdaGrad (Duchi, Hazan and
//! Singer, 2011). One thread and a fixed order: the same articles make the same bytes.

use std::collections::BTreeMap;

use crate::error::{Error, Kind, Result};

use super::classifier::{CLASSES_MAX, Class, Classifier, counted};
use super::features::TopicWords;
use super::publisher::map_publisher;
use super::taxonomy::{TopicId, Topics};

/// The rows of a model, as a power of two: 2^15 rows of 20 sections are 640 KB.
const BITS: u32 = 15;

/// The articles that a section needs to be learnt.
const EXAMPLES_MIN: usize = 20;

/// Each article of so many is kept back to choose the threshold.
const KEPT_BACK: usize = 5;

/// The part of the answers that must be right on the articles kept back.
const PRECISION: f32 = 0.9;

const EPOCHS: usize = 12;
const RATE: f32 = 0.5;

/// An article and the section that it stood in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The headline.
    pub headline: String,
    /// The text.
    pub body: String,
    /// The section, or the topic that the publisher gave.
    pub section: String,
}

/// What was learnt, and how well, on the articles that were kept back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// The sections that had enough articles.
    pub n_classes: usize,
    /// The articles in them.
    pub n_examples: usize,
    /// The articles that were kept back.
    pub n_kept_back: usize,
    /// How many of these are right when the classifier never abstains.
    pub accuracy: f32,
    /// From which probability on it answers.
    pub threshold: f32,
    /// How many of its answers are right then.
    pub precision: f32,
    /// How many articles it answers then.
    pub coverage: f32,
}

/// Teaches a classifier from articles with sections.
///
/// A fifth of the articles is kept back to choose the threshold: the lowest at which nine answers
/// in ten are right. Then it learns from all of them.
///
/// # Errors
///
/// When fewer than two sections have enough articles.
pub fn train(examples: &[Example]) -> Result<(Classifier, Report)> {
    let classes = classes(examples);
    if classes.len() < 2 {
        let message = format!("fewer than two sections have {EXAMPLES_MIN} articles");
        return Err(Error::new(Kind::Usage, message)
            .with_hint("give more articles, each with its 'section' or 'subjects'"));
    }
    let of_class = |it: &Example| classes.iter().position(|class| class.name == it.section.trim());
    let mut reader = TopicWords::default();
    let known: Vec<Seen> = examples
        .iter()
        .filter_map(|it| {
            let words = counted(&mut reader, &it.headline, &[&it.body], BITS);
            Some(Seen { class: of_class(it)?, words })
        })
        .collect();
    let is_kept_back = |idx: usize| idx % KEPT_BACK == KEPT_BACK - 1;
    let split = |kept: bool| -> Vec<&Seen> {
        let chosen = known.iter().enumerate().filter(|(idx, _)| is_kept_back(*idx) == kept);
        chosen.map(|it| it.1).collect()
    };
    let kept_back = split(true);
    let trial = Weights::learn(&split(false), classes.len());
    let mut answers: Vec<(f32, bool)> = kept_back
        .iter()
        .map(|it| {
            let (class, probability) = trial.likeliest(&it.words);
            (probability, class == it.class)
        })
        .collect();
    answers.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut report = threshold(&answers);
    (report.n_classes, report.n_examples) = (classes.len(), known.len());
    let all: Vec<&Seen> = known.iter().collect();
    let classifier = Weights::learn(&all, classes.len()).quantised(classes, report.threshold);
    Ok((classifier, report))
}

/// An article as it is learnt from.
struct Seen {
    class: usize,
    words: Vec<(usize, f32)>,
}

/// Lists the sections that have enough articles, in the order of their names.
fn classes(examples: &[Example]) -> Vec<Class> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for example in examples {
        *counts.entry(example.section.trim()).or_default() += 1;
    }
    let large = counts.iter().filter(|(name, n)| {
        **n >= EXAMPLES_MIN && !name.is_empty() && name.len() <= u8::MAX.into()
    });
    let topic = |name: &str| -> Option<TopicId> {
        Topics::bundled().named(name).or_else(|| map_publisher(&[], name, &[]).first().copied())
    };
    let class = |name: &str| Class { name: name.to_owned(), topic: topic(name), bias: 0.0 };
    large.map(|(name, _)| class(name)).take(CLASSES_MAX).collect()
}

/// Chooses the lowest threshold that is right often enough, from answers with the surest first.
fn threshold(answers: &[(f32, bool)]) -> Report {
    let n_kept_back = answers.len();
    let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f32 / of as f32 };
    let n_right = answers.iter().filter(|it| it.1).count();
    let mut report = Report {
        n_classes: 0,
        n_examples: 0,
        n_kept_back,
        accuracy: share(n_right, n_kept_back),
        threshold: 1.0,
        precision: 0.0,
        coverage: 0.0,
    };
    let mut n_right = 0;
    for (idx, (probability, is_right)) in answers.iter().enumerate() {
        n_right += usize::from(*is_right);
        let precision = share(n_right, idx + 1);
        if precision >= PRECISION {
            report.threshold = *probability;
            report.precision = precision;
            report.coverage = share(idx + 1, n_kept_back);
        }
    }
    report
}

/// The weights while they are learnt: a row for each word, a column for each class.
struct Weights {
    n_classes: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
    biases: Vec<f32>,
}

impl Weights {
    fn learn(seen: &[&Seen], n_classes: usize) -> Self {
        let n = n_classes << BITS;
        let biases = vec![0.0; n_classes];
        let mut weights = Self { n_classes, weights: vec![0.0; n], squares: vec![1e-2; n], biases };
        let mut order: Vec<usize> = (0..seen.len()).collect();
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..EPOCHS {
            // Fisher and Yates, by Marsaglia's xorshift: an order without a clock in it.
            for last in (1..order.len()).rev() {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                order.swap(last, (seed % (last as u64 + 1)) as usize);
            }
            for &idx in &order {
                weights.learn_one(seen[idx]);
            }
        }
        weights
    }

    fn learn_one(&mut self, seen: &Seen) {
        let mut errors = self.probabilities(&seen.words);
        errors[seen.class] -= 1.0;
        for (bias, error) in self.biases.iter_mut().zip(&errors) {
            *bias -= 0.01 * error;
        }
        for &(row, weight) in &seen.words {
            for (class, error) in errors.iter().enumerate() {
                let at = row * self.n_classes + class;
                let slope = error * weight;
                self.squares[at] += slope * slope;
                self.weights[at] -= RATE * slope / self.squares[at].sqrt();
            }
        }
    }

    fn probabilities(&self, words: &[(usize, f32)]) -> Vec<f32> {
        let mut sums = self.biases.clone();
        for &(row, weight) in words {
            let row = &self.weights[row * self.n_classes..(row + 1) * self.n_classes];
            sums.iter_mut().zip(row).for_each(|(sum, it)| *sum += weight * it);
        }
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        sums.iter_mut().for_each(|it| *it = (*it - most).exp());
        let all: f32 = sums.iter().sum();
        sums.iter_mut().for_each(|it| *it /= all);
        sums
    }

    fn likeliest(&self, words: &[(usize, f32)]) -> (usize, f32) {
        let probabilities = self.probabilities(words).into_iter().enumerate();
        probabilities.fold((0, 0.0), |best, it| if it.1 > best.1 { it } else { best })
    }

    /// Writes each weight as a signed byte.
    fn quantised(&self, mut classes: Vec<Class>, threshold: f32) -> Classifier {
        let most = self.weights.iter().map(|it| it.abs()).fold(f32::MIN_POSITIVE, f32::max);
        let scale = most / 127.0;
        let rows: Vec<u8> =
            self.weights.iter().map(|it| (it / scale).round() as i8 as u8).collect();
        for (class, bias) in classes.iter_mut().zip(&self.biases) {
            class.bias = *bias;
        }
        Classifier { classes, bits: BITS, threshold, scale, rows: rows.into() }
    }
}
