//! Recognises whom and what an article names, and what it is about.
//!
//! The room is pure: models and word lists come in as bytes, an article comes in as it was read,
//! and mentions go out. Nothing here knows how they are indexed, searched or shown.

mod article;
pub mod bio;
mod label;
mod language;
mod lists;
pub mod names;
pub mod places;
mod recogniser;
mod sense;
mod tagger;
pub mod topics;
mod words;

use crate::article::{Article, Mention};

pub use article::{MENTIONS_MAX, WORDS_MAX};
pub use label::{Label, N_LABELS, Stretch, stretches};
pub use lists::{LINES_MAX, Lists};
pub use recogniser::{Knowledge, Recogniser};
pub use tagger::{Lexicon, Model, ROW_BITS, ROW_BITS_RANGE, Score, Scores, Tagger, train};

/// Whoever finds names in articles.
///
/// A trait, because the tagger is one of several: an archive may bring lists of its own.
pub trait Annotator {
    /// Returns what the headline and the body of an article name, in reading order.
    ///
    /// Furniture names nobody. Spans of one part never overlap.
    fn mentions(&mut self, article: &Article) -> Vec<Mention>;
}

#[cfg(test)]
mod tests;
