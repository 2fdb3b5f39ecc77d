//! Tables: a record a row, in CSV (RFC 4180) and what is like it.
//!
//! ```text
//! date,title,text
//! 2024-03-14,Bridge closed,"It rained.
//! ""Still"", she said."
//! ```
//!
//! Columns are separated by commas, tabs, semicolons or strokes (`|`), whichever gives the first
//! rows as many columns each. The first row names them, in the words that keys of JSON have (the
//! table of the room of readers); a blank counts as little as `_`. Columns of other names are
//! configured, and so are those of a table that has no such row, by their numbers from 1:
//!
//! ```toml
//! columns = { headline = "2", body = "3" }
//! ```
//!
//! | field | column |
//! |---|---|
//! | any | configured, else the one whose name is the preferred key |
//! | paragraphs | the same; HTML where it has tags, else the lines of the cell |
//! | keywords | the same, parted at commas, semicolons and strokes |
//!
//! Quotation marks are letters in a table with tabs or strokes whose rows are no longer even when
//! they are heeded. A mark that is never closed costs its line, not the file.

mod columns;
mod dialect;
mod reader;
mod rows;

pub use reader::Table;
