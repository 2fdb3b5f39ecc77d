//! A classifier that an archive was taught, and the file that it is kept in.
//!
//! A linear model over hashed words: the weights of a word for each class stand in the row that its
//! hash names (Weinberger et al., *Feature Hashing for Large Scale Multitask Learning*, 2009). An
//! article's words count by the logarithm of how often they stand there, and the sums become
//! probabilities by the softmax. Below the threshold of its file it abstains.
//!
//! ```text
//! magic      8  "DLTOPICS"
//! version    4
//! bits       4  there are 2^bits rows
//! n_classes  4
//! threshold  4  f32
//! scale      4  f32: what a weight of 1 stands for
//! checksum   8  FNV-1a, 64 bits, of all that follows
//! classes       each: topic u32 (0 for none), bias f32, n_bytes u8, name
//! rows          2^bits × n_classes signed bytes
//! ```

use std::borrow::Cow;

use crate::error::{Error, Kind, Result};
use crate::text::fnv_1a;

use super::features::TopicWords;
use super::taxonomy::TopicId;

const MAGIC: &[u8; 8] = b"DLTOPICS";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 36;

/// The rows that a model may have, as a power of two.
const BITS_MAX: u32 = 22;

/// The classes that a model may have.
pub(super) const CLASSES_MAX: usize = 255;

/// What an article seems to be about.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The name of the class: a section of the archive, or the label of a topic.
    pub name: String,
    /// The Media Topic that the class is, where it is one.
    pub topic: Option<TopicId>,
    /// How likely it is, from 0 to 1.
    pub probability: f32,
}

/// A class of a model.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) topic: Option<TopicId>,
    pub(super) bias: f32,
}

/// A classifier that was taught by [`super::train`].
#[derive(Clone, Debug)]
pub struct Classifier {
    pub(super) classes: Vec<Class>,
    pub(super) bits: u32,
    pub(super) threshold: f32,
    pub(super) scale: f32,
    pub(super) rows: Cow<'static, [u8]>,
}

impl Classifier {
    /// Says what an article is about; `None` where no class is likely enough.
    pub fn classify(&self, words: &mut TopicWords, headline: &str, body: &[&str]) -> Option<Guess> {
        self.likeliest(words, headline, body).filter(|it| it.probability >= self.threshold)
    }

    /// Returns the likeliest class, however unlikely; `None` for an article without words.
    pub(super) fn likeliest(
        &self,
        words: &mut TopicWords,
        headline: &str,
        body: &[&str],
    ) -> Option<Guess> {
        let words = counted(words, headline, body, self.bits);
        if words.is_empty() {
            return None;
        }
        let n_classes = self.classes.len();
        let mut sums: Vec<f32> = self.classes.iter().map(|it| it.bias).collect();
        for (row, weight) in words {
            let row = self.rows.get(row * n_classes..(row + 1) * n_classes)?;
            for (sum, weight_of_class) in sums.iter_mut().zip(row) {
                *sum += weight * f32::from(*weight_of_class as i8) * self.scale;
            }
        }
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        let all: f32 = sums.iter().map(|it| (it - most).exp()).sum();
        let best = sums.iter().position(|it| *it == most)?;
        let class = self.classes.get(best)?;
        Some(Guess { name: class.name.clone(), topic: class.topic, probability: 1.0 / all })
    }

    /// Reads a model from the bytes of its file.
    ///
    /// # Errors
    ///
    /// When they are no model of topics, of another version, cut short or changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        if !bytes.starts_with(MAGIC) {
            return Err(refused("it is not a model of topics"));
        }
        let four = |at: usize| -> Option<[u8; 4]> { bytes.get(at..)?.first_chunk().copied() };
        let number =
            |at| four(at).map(u32::from_le_bytes).ok_or_else(|| refused("it is cut short"));
        let version = number(8)?;
        if version != VERSION {
            let why = format!("it has format {version}, this program reads {VERSION}");
            return Err(refused(&why));
        }
        let changed = || refused("it is cut short or changed");
        let sum = bytes.get(28..).and_then(|it| it.first_chunk()).map(|it| u64::from_le_bytes(*it));
        let rest = bytes.get(HEADER_BYTES..).ok_or_else(changed)?;
        let (bits, n_classes) = (number(12)?, number(16)? as usize);
        if sum != Some(fnv_1a(rest)) || bits > BITS_MAX || n_classes > CLASSES_MAX {
            return Err(changed());
        }
        let [threshold, scale] = [20, 24].map(|at| four(at).map_or(0.0, f32::from_le_bytes));
        let (classes, rows) = read_classes(rest, n_classes).ok_or_else(changed)?;
        if rows.len() != n_classes << bits {
            return Err(changed());
        }
        Ok(Self { classes, bits, threshold, scale, rows: rows.to_vec().into() })
    }

    /// Returns the bytes of the file: the mirror of [`Classifier::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rest = Vec::new();
        for class in &self.classes {
            rest.extend(class.topic.map_or(0, |it| it.0).to_le_bytes());
            rest.extend(class.bias.to_le_bytes());
            rest.push(class.name.len() as u8);
            rest.extend(class.name.as_bytes());
        }
        rest.extend(self.rows.iter());
        let mut out = MAGIC.to_vec();
        for number in [VERSION, self.bits, self.classes.len() as u32] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.threshold.to_le_bytes());
        out.extend(self.scale.to_le_bytes());
        out.extend(fnv_1a(&rest).to_le_bytes());
        out.append(&mut rest);
        out
    }
}

fn read_classes(mut rest: &[u8], n_classes: usize) -> Option<(Vec<Class>, &[u8])> {
    let mut classes = Vec::with_capacity(n_classes);
    for _ in 0..n_classes {
        let (topic, after) = rest.split_first_chunk()?;
        let (bias, after) = after.split_first_chunk()?;
        let (&n_bytes, after) = after.split_first()?;
        let (name, after) = after.split_at_checked(n_bytes.into())?;
        let topic = Some(u32::from_le_bytes(*topic)).filter(|it| *it > 0).map(TopicId);
        let name = std::str::from_utf8(name).ok()?.to_owned();
        classes.push(Class { name, topic, bias: f32::from_le_bytes(*bias) });
        rest = after;
    }
    Some((classes, rest))
}

/// Counts the words of an article by their rows; the weights make a vector of length 1.
pub(super) fn counted(
    words: &mut TopicWords,
    headline: &str,
    body: &[&str],
    bits: u32,
) -> Vec<(usize, f32)> {
    let mut rows: Vec<(usize, f32)> = Vec::new();
    words.each_stem(headline, body, &mut |stem, weight| rows.push((row(stem, bits), weight)));
    rows.sort_by_key(|it| it.0);
    let mut counted: Vec<(usize, f32)> = Vec::new();
    for (row, weight) in rows {
        match counted.last_mut() {
            Some(last) if last.0 == row => last.1 += weight,
            _ => counted.push((row, weight)),
        }
    }
    counted.iter_mut().for_each(|it| it.1 = it.1.ln_1p());
    let length = counted.iter().map(|it| it.1 * it.1).sum::<f32>().sqrt();
    counted.iter_mut().for_each(|it| it.1 /= length.max(f32::MIN_POSITIVE));
    counted
}

fn row(stem: &str, bits: u32) -> usize {
    let hash = fnv_1a(stem.as_bytes());
    ((hash ^ (hash >> 32)) & ((1 << bits) - 1)) as usize
}

fn refused(why: &str) -> Error {
    Error::new(Kind::Usage, format!("cannot use the model of topics: {why}"))
        .with_hint("make it anew with 'dateline train --topics FILE --out FILE'")
}
