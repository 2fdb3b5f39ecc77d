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
//!
//! # A hundred million articles, on paper
//!
//! Nobody has built that. What follows is reckoned from the table of `benches/growth.md` (1 December
//! 2026, commit 46d2611, but for what is of format 9: up to 1,000,000 articles of 1.8 kB, 1.79 GB of
//! text), by two laws: that of
//! the last tenfold, and a linear one where it is the dearer. A range means that the truth is
//! between; the archive of the bench repeats its words, so that terms are told too low.
//!
//! | one index of 100,000,000 articles | reckoned | from, at 1,000,000 |
//! |---|---|---|
//! | text | 179 GB | 1.79 GB |
//! | index | 294 GB; three generations and a draft that was merged anew 1.2 TB | 2.94 GB, 1.64 × the text (format 9) |
//! | building, CPU | 20–21 hours | 711 s |
//! | building, wall | 9–12 hours on four cores and on any number above | 324 s that one thread does |
//! | building, memory | some 45 GB by what is told below | 422 MB (format 9) |
//! | a night with 1 % of changes, CPU | 2–4 hours, and all 294 GB written anew | 71 s |
//! | a night without a change, in single files | 2–13 minutes of CPU | .78 s at 100,000 |
//! | a command, CPU; memory | 28 ms to 1 s; 84 MB and more | 10 ms; 41 MB |
//! | one word, to the page, p50 | 0.3–60 ms | .3–.6 ms |
//! | AND; OR, p50 | 16–172 ms; 53–398 ms | 1.7 ms; 4.0 ms |
//! | phrase; proximity, p50 | 49–247 ms; 316–541 ms | 2.5 ms; 5.4 ms |
//! | phrase; proximity, p99 | 10–12 s; 7–11 s | 98 ms; 108 ms |
//! | a word in a month, p50 | .6–1 s | 10 ms |
//! | facets of a frequent word, p50 | .4–3.8 s | 38 ms |
//!
//! What breaks, the first things first:
//!
//! 1. **Memory of a run.** When tantivy merges a segment of which nothing was deleted, it looks at all
//!    its stored articles as one piece, which is mapped: 1.4 kB an article, though the system may take
//!    that back. A build has an eighth of all in such a piece, 18 GB; a night that only adds has the
//!    whole base, 140 GB, and 1.4 GB of a million. The positions of one term tantivy holds together
//!    while it merges, those that it reads and those that it writes, these in a buffer that doubles:
//!    [`MARK_FORMS`] has 108 bytes of them an article, twice 10.8 GB. `ingest` keeps at most 23 bytes
//!    of each id that it was given until the last merge, 2.3 GB. The map of documents of a merge is 8
//!    bytes an article, .8 GB. [`Copies`] puts 32 bytes an article in order before it leaves all but
//!    the first 20,000,000 alone: 3.2 GB, and 2 GB for these. A build of one million keeps
//!    to the goal of 500 MB with 422; by this one of two does not, which was not measured.
//! 2. **The merge to one segment.** One corrected article has 294 GB read and written. A run
//!    commits after every 32 MiB of records, 58 times for a million and 5,800 times for a hundred:
//!    with at most 24 segments side by side all articles are merged 19 times over before the last
//!    merge, and not .8 times; see `n_to_merge`.
//! 3. **One thread.** Recognising and cutting words, half of the CPU time, are done by four threads at
//!    most; making postings and merging by one, whatever the machine.
//! 4. **Whoever looks at all that matches.** Phrases, proximity and fields read the positions of every
//!    article with their words; a date range goes through the column of all dates; facets and the
//!    counting of hits go through all matches. The candidates that are ranked again stay 50 or 200,
//!    which is fast and a smaller and smaller part of what matches.
//! 5. **What is read whole.** A search reads the file `copies`, 12 bytes for each article with a copy:
//!    240 MB if every fifth has one. A run reads `files.ndjson`, 340 bytes a file: nothing for a file
//!    a month, 34 GB for a file an article. Ids are listed from memory up to 4,000,000 of them, and
//!    above by unpacking a block of their dictionary for each; a
//!    wildcard that begins a word has all words of the archive read into memory. `whereabouts` beyond 64 MB and `records`
//!    (2.5 GB) are looked up on the disk.
//!
//! What holds: documents have numbers of 32 bits, of which tantivy uses 31 in a segment, so that a
//! hundred million are a twentieth; positions are counted in each article anew; places in the files
//! of a segment have 64 bits.
//!
//! What would be changed is the unit, not the files: **an index for each year**. The archive of the
//! bench has 27 years, so that a year of a hundred million has 3,700,000 articles and an index of 11
//! GB, which this program builds in three quarters of an hour of CPU time; the years of sixteen cores
//! take an hour and a half together. The night merges the year that changed, 4 minutes of CPU time,
//! and leaves the others. A query with a date asks the years that it means. Any other asks all of
//! them: no less CPU time in all for the classes that grow as the archive does, but side by side, so
//! that on sixteen cores a phrase has its 99th percentile at .8 s instead of ten. A year would still
//! take more than a gigabyte of memory to build, so the marks that nearly every word has should be bits
//! beside the text instead of positions of a term, and stored articles lie in a file of our own.
//! Scores of several indexes are comparable only if all of them are reckoned with the counts of all
//! (`Bm25StatisticsProvider`), copies have to be looked for across the turn of a year, and an article
//! whose date is corrected has to leave one index for another. Sorted by date, a year of articles
//! has a month as a range of documents, and the column need not be gone through.

mod analysis;
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
mod leb128;
mod lines;
mod lock;
mod quarantine;
mod record;
mod records;
mod schema;
mod scratch;
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
pub use scratch::Scratch;
pub use stored::read_stored;
pub use system::{CpuOf, cpu_time, memory_bytes, memory_bytes_max, now_s};
pub use versions::{Rank, Version};
pub use whereabouts::Whereabouts;
