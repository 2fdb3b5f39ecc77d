//! JSON: a record a line, or a document with records in it.

mod dialects;
mod document;
mod keys;
mod lines;
mod mend;
mod record;
mod splitter;
mod value;

pub use document::JsonDocument;
pub(super) use keys::{Field as Key, Meaning};
pub use lines::JsonLines;
pub(super) use mend::mend;
pub use splitter::JSON_DEPTH_MAX;
