//! Copies of one story: what a report has in common with another, and what differs.
//!
//! A wire report is printed by many papers, each of which cuts it, gives it another headline and
//! corrects a word. What stays is long runs of the same words:
//!
//! ```text
//! words ──▶ shingles, five words each ──▶ Signature, 64 bytes ──▶ similarity ──▶ clusters
//! ```
//!
//! A [`Signature`] is made of an article once, when it is indexed; two of them tell how many of the
//! shingles the articles share. [`leaders`] puts articles into clusters by their signatures alone,
//! always from all that there are: the clusters of an archive depend on its articles and on nothing
//! else, neither on the order in which they came nor on how many runs it took.
//!
//! A cluster is led by its earliest article, and each other article of it resembles the leader.
//! It is not enough to resemble somebody who resembles somebody: such chains make one cluster of
//! a decade of market reports. The price is that a story which is rewritten step by step, so that
//! the last version shares less than half with the first, comes apart.
//!
//! Nor is it enough to say the same weeks later with other figures: far apart in time, copies must
//! agree nearly to the word.
//!
//! [`changes`] compares two texts word by word, for people.

mod clusters;
mod difference;
mod signature;

pub use clusters::{ARTICLES_MAX, Report, leaders};
pub use difference::{Change, Piece, PieceKind, changes};
pub use signature::{
    AGREEING_MIN, HASHES, SHINGLE_WORDS, Shingles, Signature, Signer, WORDS_MIN, word_hash,
};
