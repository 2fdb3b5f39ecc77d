//! One key for the spellings of a name, across an archive.
//!
//! Two keys of different reach, because a wrong fold in an index cannot be undone by the reader:
//!
//! - [`person_key`] and [`organisation_key`] fold spellings that are the same name by rule, at index
//!   time: `Zelensky`, `Zelenskyy` and `Zelenskiy`; `Apple Inc.` and `Apple`;
//! - [`skeleton`] keeps the consonants alone. It folds about twice as many variants and now and then
//!   two people, so it serves a search that shows what it took together, never an index.
//!
//! [`word_keys`] are the keys of a name's words: `merz` finds Friedrich Merz. [`full_names`] leads
//! from an acronym to the name that stands in the same article.

mod acronyms;
mod organisation;
mod person;
mod spelling;

pub use acronyms::full_names;
pub use organisation::organisation_key;
pub use person::{person_key, person_keys, skeleton, word_keys};

#[cfg(test)]
mod tests;
