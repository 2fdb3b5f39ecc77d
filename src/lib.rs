//! `dateline`: a full-text search engine for news archives.
//!
//! # The house
//!
//! ```text
//!                text                      spans, folding, tokens, sentences, dates — no IO
//!                  │
//!               article                    the nouns
//!      ┌──────────┬┴──────────┬───────────┬───────────┐
//!    source    annotate      query      matcher     snippet
//!      └────┬─────┘            │           │           │
//!         ingest ─▶ index ◀── search ──────┴───────────┘   two conductors meet at the index
//!                              │
//!                           render ── eval, latency    forms, quality, speed
//!                              │
//!                         cli ── main             the only room with a terminal
//! ```
//!
//! | room | what goes on there | begin with |
//! |---|---|---|
//! | [`text`] | cuts text into words and sentences, folds and stems, reads dates | [`text::Tokenizer`] |
//! | [`article`] | what an article is made of | [`article::Article`] |
//! | [`source`] | walks an archive and reads its formats | [`source::Reader`] |
//! | [`copies`] | tells copies of one story, and what differs between them | [`copies::Signature`] |
//! | [`annotate`] | recognises people, organisations, places and topics | [`annotate::Recogniser`] |
//! | [`query`] | parses the query language, prints it, says what it means | [`query::parse`], [`query::Meaning`] |
//! | [`matcher`] | answers a query on one article in memory, and marks what matched | [`matcher::Matcher`] |
//! | [`snippet`] | chooses the passages to show, and the lines of a concordance | [`snippet::snippets`] |
//! | [`index`] | lays articles down on disk, in generations | [`index::Draft`], [`index::Generation`] |
//! | [`ingest`] | conducts a run from an archive to a generation | [`ingest::run`] |
//! | [`search`] | conducts a question from a query to ranked hits | [`search::Searcher`] |
//! | [`verify`] | conducts an examination of an index, from its bytes to its archive | [`verify::run`] |
//! | [`eval`] | measures runs against judgments | [`eval::Evaluation`] |
//! | [`latency`] | measures how long answers take, and compares such measurements | [`latency::Report`] |
//! | [`random`] | draws numbers that look like chance, the same ones for the same seed | [`random::SplitMix64`] |
//! | [`render`] | prints answers in each format | [`render::Renderer`] |
//! | [`cli`] | commands, exit codes, progress, colours | `cli/args.rs` |
//! | [`error`] | the one error, with its hint | [`error::Error`] |
//!
//! # What holds everywhere
//!
//! - Only `index` and `search` know tantivy; only `cli` knows clap, indicatif, the environment and
//!   the terminal; only `source`, `index` and `cli` touch files. `tests/it/layers.rs` holds every
//!   room to this, and to the arrows above.
//! - Index, query and highlight use the same tokens, whose version is written in the index
//!   ([`text::ANALYSIS`]).
//! - A bad record never ends a run, and no input makes the program panic.
//! - A reader sees one generation or the next, never half of one.
//! - The same archive and the same version give the same answers in the same order.
//!
//! # A search, in the library
//!
//! ```no_run
//! use dateline::index::Home;
//! use dateline::search::{Request, Searcher};
//!
//! # fn main() -> dateline::error::Result<()> {
//! let searcher = Searcher::open(&Home::at("index"))?;
//! let query = dateline::query::parse("putin AND \"security guarantees\"")?;
//! for hit in searcher.search(&Request::new(query))?.hits {
//!     println!("{}  {}", hit.rank, hit.article.title());
//! }
//! # Ok(())
//! # }
//! ```

pub mod annotate;
pub mod article;
pub mod cli;
pub mod copies;
pub mod error;
pub mod eval;
pub mod index;
pub mod ingest;
pub mod latency;
pub mod matcher;
pub mod query;
pub mod random;
pub mod render;
pub mod search;
pub mod snippet;
pub mod source;
pub mod text;
pub mod verify;
