//! Feeds: RSS 0.90 to 2.0, RSS 1.0 in RDF, Atom 0.3 and 1.0.
//!
//! Which field comes from which of its places is told in `fields.md`.
//!
//! Every entry is an article, also where a feed has no more of it than a teaser. A text that is
//! HTML is read as such, whatever it is declared to be, unless that is plain text; text that was
//! escaped twice is unescaped once more. What the feed says of itself counts where it stands before
//! the first entry, so that an entry read alone is the same.
//!
//! This is written on the XML of this house and not on a crate for feeds (`feed-rs`): those read a
//! whole document or none of it, and archives hold feeds that break off, lie about their encoding,
//! or have a stray `&` in the third of nine hundred entries.
//!
//! Links that begin with `/` are completed by `xml:base` or the link of the feed; other relative
//! ones are kept as they are. The date of a feed is not that of its entries.

mod channel;
mod entry;
mod reader;
#[cfg(test)]
mod tests;
mod text;

pub use reader::Feeds;
