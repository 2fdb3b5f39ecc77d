//! SGML as the collections of news have it that research is done on: those of TREC, and
//! Reuters-21578.
//!
//! It is older than XML and less: tags are not always closed, attributes not always quoted, and
//! nothing declares what there is. Both formats are therefore read by their records, `<DOC>` to
//! `</DOC>` and `<REUTERS>` to `</REUTERS>`, and within these by the names of elements. A text
//! between records that is neither a tag nor a comment is told, and so is a record without end.
//!
//! # TREC
//!
//! The dialects of AP, the Wall Street Journal, the Financial Times, the Los Angeles Times, FBIS,
//! the Federal Register, AQUAINT, English Gigaword, NTCIR and trecweb. Names count in any case.
//!
//! Which field comes from which of its places is told in `fields.md`.
//!
//! A date of numbers alone is that of American papers, the month first: all collections are that
//! have any. A record with a `DOCHDR` is a page of the web, and read as one.
//!
//! # Reuters-21578
//!
//! Of `TYPE="BRIEF"` there is a headline only: `Blah blah blah.` stands in the collection where
//! there was nothing. What `UNKNOWN` and `MKNOTE` hold is of the wire, not of the article.

mod dates;
mod elements;
mod entities;
mod fields;
mod records;
mod reuters;
mod trec;
mod web;

pub use reuters::Reuters;
pub use trec::Trec;
