//! NITF, the News Industry Text Format of the IPTC: one story an element.
//!
//! Versions 2.5 to 3.6 are read alike, with or without a namespace, and in the dialects of
//! agencies and of the New York Times Annotated Corpus.
//!
//! Which field comes from which of its places is told in `fields.md`.
//!
//! `docdata@management-status` `canceled`, `killed` or `withheld` withdraws the story, and
//! `@management-idref-status` that of `@management-doc-idref`.

mod content;
mod names;
mod reader;

pub(super) use content::fill_within;
pub use reader::Nitf;
