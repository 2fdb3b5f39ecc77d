//! Feeds: RSS 0.90 to 2.0, RSS 1.0 in RDF, Atom 0.3 and 1.0.
//!
//! | field | RSS | Atom | modules |
//! |---|---|---|---|
//! | id | `guid`, `@rdf:about` | `id` | |
//! | headline | `title` | `title` | `dc:title`, `media:title` |
//! | paragraphs | `description` | `content`, `summary` | before these `content:encoded` and the `body` of XHTML; after them `dc:description`, `itunes:summary`, `media:description` |
//! | date | `pubDate` | `published`, `issued`, `created`, else when it was updated | `dc:date`, `dcterms:issued`, `dcterms:created` |
//! | updated | | `updated`, `modified` | `dcterms:modified`, `dc:modified` |
//! | byline | `author` | `author/name`, else that of the feed | `dc:creator`, `itunes:author` |
//! | source | `source`, else the title of the channel | `source/title`, else the title of the feed | `dc:publisher` |
//! | section | | | `prism:section` |
//! | keywords | `category` | `category`, its label or else its term | `dc:subject`, `media:keywords`, `itunes:keywords` |
//! | url | `link`, a `guid` that is a link | `link`, the alternate one first | `feedburner:origLink` |
//! | language | of the channel | `@xml:lang` of the text, the entry or the feed | `dc:language` |
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

mod entry;
mod reader;
#[cfg(test)]
mod tests;
mod text;

pub use reader::Feeds;
