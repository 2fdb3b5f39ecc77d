//! The index on disk: what an article becomes, where it lies, and who may write it.
//!
//! ```text
//! index/
//!   CURRENT              the generation in use, one line; replaced by an atomic rename
//!   LOCK                 who writes now
//!   g000012/             a generation; never changes once CURRENT names it
//!     meta.json, *.idx … tantivy's files
//!     files.ndjson       one line a source file: what it was and what came of it
//!     facts.json         what the generation holds and which rules made it
//!     whereabouts        where articles are now that are not where they were indexed
//!     records            what the records of files were, so that those that stand are not parsed
//!     copies             which articles are copies of one story; absent where none are
//!     versions.ndjson    records that others superseded, and withdrawals; absent without any
//!     SUMS               the sum of every other file of the generation
//!   draft/               a generation in the making, with a journal of what is finished
//!   runs/                one JSON report a run
//!   quarantine.ndjson    records that could not be read
//! ```
//!
//! A [`Draft`] is a generation in the making: it takes the articles, is merged to one segment,
//! synced, gets its number, and only then is named by `CURRENT`. A run that dies leaves the draft,
//! which the next one goes on with. A [`Generation`] is one that a reader holds: opening it takes
//! no lock and writes nothing, so a read-only index can be searched.
//!
//! This room and `search` are the only ones that know tantivy. What a document looks like is told
//! in [`Fields`]; how words get into it, in [`analysis`](self).

mod analysis;
mod annotated;
mod backup;
mod bytes_check;
mod contents_check;
mod copies;
mod directory;
mod draft;
mod facts;
mod failure;
mod findings;
mod generation;
mod home;
mod in_flight;
mod kept;
mod lines;
mod lock;
mod quarantine;
mod record;
mod records;
mod schema;
mod stored;
mod streamed;
mod sums;
mod system;
mod versions;
mod whereabouts;

pub use analysis::{Analyzer, Encoded};
pub use backup::BackedUp;
pub use copies::Copies;
pub use draft::{
    Annotate, Annotators, Base, Draft, Foundation, Holder, MEMORY_BYTES, Merged, Published, Put,
    Rest, Taken,
};
pub use facts::{FORMAT, Facts, FileFacts, corpus_mark};
pub use findings::{FINDINGS_TOLD_MAX, Findings};
pub use generation::Generation;
pub use home::{GENERATIONS_KEPT, Home};
pub use kept::{GenerationUse, Rollback};
pub use lock::Lock;
pub use quarantine::Quarantined;
pub use record::{decode, encode};
pub use records::KnownRows;
pub use schema::{
    Fields, MARK_ALL_CAPS, MARK_CAPITAL, MARK_FORMS, MARK_KINDS, MARK_PARAGRAPH, MARK_SENTENCE,
    MARK_TONGUE,
};
pub use stored::read_stored;
pub use system::{CpuOf, cpu_time, memory_bytes, memory_bytes_max, now_s};
pub use versions::{Rank, Version};
pub use whereabouts::Whereabouts;
