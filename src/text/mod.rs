//! Text without a home: spans, folding, tokens, sentences, dates. No room below, no IO.
//!
//! Everything that must agree between indexing, querying and highlighting lives here once:
//!
//! - [`Tokenizer`] cuts a text into folded words with positions and byte spans;
//! - [`Stemmer`] takes an English word to its stem, and [`Stems`] a word of any [`Tongue`];
//! - [`sentence_starts`] finds where sentences begin;
//! - [`lines`] reads the lines of a file, each with its place for errors;
//! - [`Moment`] is a point of the calendar, as precise as it was printed, and [`RelativeDate`] one
//!   that is told from today.
//!
//! [`ANALYSIS`] names the version of all of it. It is written into every index, and an index made
//! by another version is rebuilt rather than searched wrongly.

mod ascii;
mod caret;
mod date;
mod edits;
mod fitting;
mod fnv;
mod fold;
mod lines;
mod printable;
mod prose;
mod relative;
mod sentences;
mod span;
mod stem;
mod stems;
mod stop_words;
mod tokens;
mod tongue;
mod transliteration;
mod wildcard;

pub use ascii::ascii_word_end;
pub use caret::pointed_out;
pub use date::{DateRange, Moment, Precision};
pub use edits::{edit_distance, is_within_edits};
pub use fitting::{Unit, fitting_beginning, fitting_end, whole_graphemes};
pub use fnv::fnv_1a;
pub use fold::fold;
pub use lines::{Line, lines, no_lines};
pub use printable::{is_even, is_right_to_left, is_unprintable, printable, sanitize, width};
pub use prose::Opens;
pub use relative::{CalendarUnit, RELATIVE_MAX, RelativeDate, SECONDS_PER_DAY};
pub use sentences::{sentence_starts, sentences};
pub use span::{Span, merge_overlapping};
pub use stem::Stemmer;
pub use stems::{Stems, parted};
pub use stop_words::is_stop_word;
pub use tokens::{Case, Token, Tokenizer, WORD_BYTES_MAX, WORDS_PER_COMPOUND_MAX, is_joint, words};
pub use tongue::Tongue;
pub use transliteration::{transliterated_initials, transliteration_key};
pub use wildcard::{Piece, Wildcard};

/// Names the rules of this room: tokens, folding, stems and sentences.
///
/// Raise the number whenever a text could come out differently than before.
pub const ANALYSIS: &str = "dateline-analysis-3";
