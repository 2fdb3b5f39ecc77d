//! What an article is about: the Media Topics of the IPTC.
//!
//! What a publisher says comes first ([`map_publisher`]); an archive that has sections can train a
//! [`Classifier`] on them; and where neither says anything, a [`Spokesman`] knows the vocabulary of the
//! seventeen topics at the top of the taxonomy and of some two hundred below them. The last two
//! recognise, they do not know: they abstain where they are unsure, and what they say is to be marked
//! as recognised.

mod classifier;
mod features;
mod publisher;
mod taxonomy;
mod training;
mod vocabulary;

pub use classifier::{Classifier, Guess};
pub use features::TopicWords;
pub use publisher::map_publisher;
pub use taxonomy::{Topic, TopicId, Topics};
pub use vocabulary::{Said, SpokenFor, Spokesman};

/// The tables that the program carries: the taxonomy, and the words that speak for its topics.
pub(super) const TABLES: [&str; 3] = [taxonomy::TABLE, vocabulary::SEEDS, vocabulary::NARROWER];

pub use training::{Example, Report, train};

#[cfg(test)]
mod tests;
