//! A generation in the making.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::collector::Count;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{NoMergePolicy, UserOperation};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption::Basic;
use tantivy::schema::Term;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, Searcher, TantivyDocument, TantivyError};

use crate::article::Article;
use crate::error::{Error, Kind, Result};
use crate::text;

use super::analysis::Analyzer;
use super::clock::now_s;
use super::facts::{FORMAT, Facts, FileFacts};
use super::generation::register;
use super::home::{self, GENERATIONS_KEPT, Home};
use super::in_flight::InFlight;
use super::lines::LineTokenizer;
use super::lock::Lock;
use super::record;
use super::schema::Fields;

/// The memory that articles wait in before they are written to disk, in bytes.
///
/// Past some 50 MB more memory makes nothing faster (measured on newswire); this is enough for an
/// archive of some 20 MB to become one segment at once.
pub const MEMORY_BYTES: usize = 120_000_000;

/// How many documents are sent to tantivy together, and how many bytes of text at the most but for
/// the last: waking its thread for each would cost a twentieth of the run.
const BATCH_DOCUMENTS: usize = 64;
const BATCH_BYTES: usize = 1 << 20;

/// The size of the blocks in which stored articles are compressed; small ones are read faster.
const STORE_BLOCK_BYTES: usize = 4096;

/// A generation that is being written, and that nobody sees before it is published.
///
/// It holds the lock. Dropping it without [`publish`](Self::publish) leaves the index as it was.
pub struct Draft {
    home: Home,
    number: u64,
    dir: PathBuf,
    index: Index,
    writer: IndexWriter,
    fields: Fields,
    analyzer: Analyzer,
    /// Documents that wait to be sent together.
    batch: Vec<UserOperation>,
    /// How many bytes of text they have.
    batch_bytes: usize,
    in_flight: Arc<InFlight>,
    files: Vec<FileFacts>,
    /// What was taken over from the generation before.
    carried: Option<Searcher>,
    // The order of the last two matters: first the writer goes, then what it wrote, then the lock.
    unpublished: Unpublished,
    _lock: Lock,
}

/// The folder of a draft, removed with it unless the draft was published.
///
/// A process that is killed leaves the folder behind; [`Draft::begin`] removes it then.
struct Unpublished(Option<PathBuf>);

impl Drop for Unpublished {
    fn drop(&mut self) {
        if let Some(dir) = &self.0 {
            // What cannot be removed now is removed by the next run.
            let _ = fs::remove_dir_all(dir);
        }
    }
}

impl Draft {
    /// Begins a generation that takes over, of the `known` files of the one in use (see
    /// [`Home::known_files`]), those that `is_kept` says.
    ///
    /// Their segments are linked, not copied, unless the disk cannot link. Where nothing is kept,
    /// or the generation in use was made by other rules, the draft starts empty.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us, [`Kind::Index`] where what is there is damaged.
    pub fn begin(
        home: &Home,
        lock: Lock,
        known: Vec<FileFacts>,
        is_kept: &dyn Fn(&FileFacts) -> bool,
    ) -> Result<Self> {
        // Where `CURRENT` is damaged, which generations are leftovers cannot be told: all stay.
        let current = home.current();
        let newest = current.as_ref().ok().copied().flatten();
        let numbers = home.generations()?;
        let number = numbers.last().copied().max(newest).unwrap_or(0) + 1;
        for leftover in numbers {
            if current.is_ok() && newest.is_none_or(|newest| leftover > newest) {
                home.remove(leftover)?;
            }
        }
        let dir = home.generation_dir(number);
        fs::create_dir_all(&dir).map_err(|cause| Error::io("make the folder", &dir, &cause))?;
        let unpublished = Unpublished(Some(dir.clone()));
        let usable = newest.filter(|newest| home.is_readable(*newest));
        let (kept, replaced): (Vec<_>, Vec<_>) =
            known.into_iter().filter(|_| usable.is_some()).partition(is_kept);
        let index = match usable {
            Some(current) if !kept.is_empty() => link(&home.generation_dir(current), &dir)?,
            _ => create(&dir)?,
        };
        let tokenizer = LineTokenizer::default();
        let in_flight = Arc::clone(&tokenizer.in_flight);
        register(&index, tokenizer);
        let mut writer = index.writer_with_num_threads(1, MEMORY_BYTES).map_err(failed)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let (_, fields) = Fields::schema();
        let carried = if kept.is_empty() {
            None
        } else {
            Some(take_over(&index, &mut writer, fields, &replaced)?)
        };
        Ok(Self {
            home: home.clone(),
            number,
            unpublished,
            dir,
            index,
            writer,
            fields,
            analyzer: Analyzer::default(),
            batch: Vec::new(),
            batch_bytes: 0,
            in_flight,
            carried,
            files: kept,
            _lock: lock,
        })
    }

    /// Tells whether an article that was taken over has this id.
    ///
    /// # Errors
    ///
    /// [`Kind::Index`] where the index is damaged.
    pub fn carries(&self, id: &str) -> Result<bool> {
        let Some(searcher) = &self.carried else {
            return Ok(false);
        };
        let query = TermQuery::new(Term::from_field_text(self.fields.id, id), Basic);
        searcher.search(&query, &Count).map(|n| n > 0).map_err(failed)
    }

    /// Adds an article that was read from the file `origin` (an absolute path).
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us.
    pub fn add(&mut self, article: &Article, origin: &str) -> Result<()> {
        let document = self.document(article, origin)?;
        self.batch.push(UserOperation::Add(document));
        if self.batch.len() >= BATCH_DOCUMENTS || self.batch_bytes >= BATCH_BYTES {
            self.send()?;
        }
        Ok(())
    }

    /// Sends the documents that wait; waits itself while too many are on their way.
    fn send(&mut self) -> Result<()> {
        self.in_flight.send(std::mem::take(&mut self.batch_bytes));
        self.writer.run(self.batch.drain(..)).map(drop).map_err(failed)
    }

    fn document(&mut self, article: &Article, origin: &str) -> Result<TantivyDocument> {
        let fields = self.fields;
        let encoded = self.analyzer.analyze(article);
        self.batch_bytes += encoded.n_bytes();
        let dateline = article.dateline.as_ref();
        let place = dateline.map_or("", |dateline| dateline.place.as_str());
        let mut document = TantivyDocument::new();
        document.add_bytes(fields.article, &record::encode(article)?);
        document.add_text(fields.text, encoded.text);
        document.add_text(fields.exact, encoded.exact);
        document.add_text(fields.forms, encoded.forms);
        document.add_text(fields.marks, encoded.marks);
        for (field, text) in [
            (fields.byline, article.byline.as_str()),
            (fields.dateline, place),
            (fields.section, &article.section),
            (fields.source, &article.source),
            (fields.slug, &article.slug),
            (fields.url, &article.url),
            (fields.language, &article.language),
            (fields.file, &article.origin.path),
        ] {
            if !text.is_empty() {
                let words = self.analyzer.words(text);
                self.batch_bytes += words.len();
                document.add_text(field, words);
            }
        }
        document.add_text(fields.id, &article.id);
        document.add_text(fields.origin, origin);
        if let Some(date) = article.date {
            document.add_i64(fields.date, date.moment.seconds);
        }
        document.add_u64(fields.words, encoded.n_words);
        Ok(document)
    }

    /// Notes a file whose articles have been added.
    pub fn add_file(&mut self, file: FileFacts) {
        self.files.push(file);
    }

    /// Finishes the generation and makes it the one in use.
    ///
    /// Everything is merged to one segment, written, and waited for until it is on the disk; the
    /// switch comes last. Generations beyond [`GENERATIONS_KEPT`] are removed.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the disk does not let us; the index is then as it was before.
    pub fn publish(mut self) -> Result<Facts> {
        self.send()?;
        self.writer.commit().map_err(failed)?;
        self.merge()?;
        self.writer.wait_merging_threads().map_err(failed)?;
        self.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let facts = facts(self.number, &self.files);
        let write = || {
            home::write_synced(&self.dir.join("files.ndjson"), &json_lines(&self.files)?)?;
            home::write_synced(&self.dir.join("facts.json"), &serde_json::to_vec_pretty(&facts)?)?;
            home::sync_dir(&self.dir)?;
            home::sync_dir(self.home.dir())
        };
        write().map_err(|cause| Error::io("write", &self.dir, &cause))?;
        // From here on the folder stays, whatever fails: `CURRENT` may name it already. One that it
        // does not name is removed by the next run.
        self.unpublished.0 = None;
        self.home.switch(self.number)?;
        let numbers = self.home.generations()?;
        for old in numbers.iter().rev().skip(GENERATIONS_KEPT) {
            self.home.remove(*old)?;
        }
        Ok(facts)
    }

    /// Merges what was written and taken over to one segment without deleted articles, and removes
    /// the files that it was merged from.
    fn merge(&mut self) -> Result<()> {
        // Whoever holds a segment or its description keeps its files from being removed.
        self.carried = None;
        let segments: Vec<SegmentId> = {
            let metas = self.index.searchable_segment_metas().map_err(failed)?;
            let is_whole = metas.len() == 1 && metas[0].num_deleted_docs() == 0;
            if is_whole { Vec::new() } else { metas.iter().map(SegmentMeta::id).collect() }
        };
        if !segments.is_empty() {
            self.writer.merge(&segments).wait().map_err(failed)?;
        }
        self.writer.garbage_collect_files().wait().map(drop).map_err(failed)
    }
}

fn create(dir: &Path) -> Result<Index> {
    let settings = IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_blocksize: STORE_BLOCK_BYTES,
        // The thread's wake-ups would cost as much as the compression.
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let (schema, _) = Fields::schema();
    Index::builder().schema(schema).settings(settings).create_in_dir(dir).map_err(failed)
}

/// Makes a generation of the files of another one, which stays as it is.
///
/// Segments never change, so that links will do; only the two files that tantivy rewrites are
/// copied. So is everything where the disk cannot link.
fn link(from: &Path, to: &Path) -> Result<Index> {
    let copy = || {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let target = to.join(entry.file_name());
            match entry.file_name().to_str() {
                Some("meta.json" | ".managed.json") => drop(fs::copy(entry.path(), target)?),
                Some("facts.json" | "files.ndjson") => {}
                Some(name) if name.ends_with(".lock") => {}
                _ => {
                    if fs::hard_link(entry.path(), &target).is_err() {
                        fs::copy(entry.path(), &target)?;
                    }
                }
            }
        }
        Ok(())
    };
    copy().map_err(|cause: std::io::Error| Error::io("link", from, &cause))?;
    Index::open_in_dir(to).map_err(failed)
}

/// Deletes the articles of the files that are replaced, and returns a view of those that stay.
fn take_over(
    index: &Index,
    writer: &mut IndexWriter,
    fields: Fields,
    replaced: &[FileFacts],
) -> Result<Searcher> {
    for file in replaced {
        writer.delete_term(Term::from_field_text(fields.origin, &file.origin));
    }
    writer.commit().map_err(failed)?;
    Ok(index.reader().map_err(failed)?.searcher())
}

fn facts(generation: u64, files: &[FileFacts]) -> Facts {
    let sum = |count: fn(&FileFacts) -> u64| files.iter().map(count).sum();
    let mut roots: Vec<String> = files.iter().map(|file| file.root.clone()).collect();
    roots.sort_unstable();
    roots.dedup();
    Facts {
        format: FORMAT,
        analysis: text::ANALYSIS.to_owned(),
        generation,
        finished_s: now_s(),
        roots,
        articles: sum(|file| file.articles),
        undated: sum(|file| file.undated),
        paragraphs: sum(|file| file.paragraphs),
        files: files.len() as u64,
        malformed: sum(|file| file.malformed),
        source_bytes: sum(|file| file.bytes),
    }
}

fn json_lines(files: &[FileFacts]) -> std::io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for file in files {
        serde_json::to_writer(&mut lines, file)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

fn failed(cause: TantivyError) -> Error {
    Error::new(Kind::Io, format!("cannot write the index: {cause}"))
        .with_hint("check the space and the permissions on its disk")
}
