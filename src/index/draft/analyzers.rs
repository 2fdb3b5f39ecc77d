//! The threads that annotate and analyze, side by side, and hand over to tantivy.

use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tantivy::IndexWriter;
use tantivy::indexer::UserOperation;

use super::document;
use crate::article::{Annotations, Article};
use crate::error::{Cause, Error, Kind, Result};
use crate::index::analysis::Analyzer;
use crate::index::failure::failed;
use crate::index::in_flight::InFlight;
use crate::index::schema::Fields;
use crate::index::system::{CpuOf, cpu_time};

/// What recognises names, places and topics in articles, one after the other.
pub type Annotate = Box<dyn FnMut(&Article) -> Annotations>;

/// Makes what annotates, one for each thread.
pub type Annotators = Arc<dyn Fn() -> Result<Annotate> + Send + Sync>;

/// How many articles are handed to a thread together, and how many bytes of them at the most but
/// for the last: waking a thread for each would cost a twentieth of the run.
const BATCH_ARTICLES: usize = 64;
const BATCH_BYTES: usize = 1 << 20;

/// How many batches wait until a thread is free: more would only be memory.
const BATCHES_WAITING_MAX: usize = 2;

/// Of so many signatures of a batch the first is timed, and stands for all: asking the system for the
/// time twice costs a third of what a signature does.
const SIGNATURES_PER_TIMED: usize = 8;

/// The most threads: beyond, tantivy's own thread is what the run waits for.
const THREADS_MAX: usize = 4;

/// An article that is to become a document.
struct Waiting {
    article: Article,
    record: Vec<u8>,
    key: Arc<str>,
}

/// Analyzes articles on several threads, and adds them to an index.
///
/// In which order they get in is not said; nothing depends on it.
pub(super) struct Analyzers {
    batch: Vec<Waiting>,
    batch_bytes: usize,
    /// Nothing once the threads are to end.
    sender: Option<SyncSender<Vec<Waiting>>>,
    work: Arc<Work>,
    threads: Vec<JoinHandle<()>>,
}

/// What the threads share.
struct Work {
    batches: Mutex<Receiver<Vec<Waiting>>>,
    writer: Arc<RwLock<IndexWriter>>,
    in_flight: Arc<InFlight>,
    fields: Fields,
    annotators: Annotators,
    state: Mutex<State>,
    is_idle: Condvar,
    /// The CPU time of all threads together, in nanoseconds.
    annotating_ns: AtomicU64,
    analyzing_ns: AtomicU64,
    signing_ns: AtomicU64,
}

#[derive(Default)]
struct State {
    /// The batches that were handed over and are not in yet.
    n_batches: usize,
    /// The first failure.
    failure: Option<Error>,
}

impl Analyzers {
    /// Starts the threads, as many as the machine runs at once.
    pub(super) fn start(
        writer: Arc<RwLock<IndexWriter>>,
        in_flight: Arc<InFlight>,
        fields: Fields,
        annotators: Annotators,
    ) -> Result<Self> {
        let (sender, receiver) = sync_channel(BATCHES_WAITING_MAX);
        let work = Arc::new(Work {
            batches: Mutex::new(receiver),
            writer,
            in_flight,
            fields,
            annotators,
            state: Mutex::default(),
            is_idle: Condvar::new(),
            annotating_ns: AtomicU64::new(0),
            analyzing_ns: AtomicU64::new(0),
            signing_ns: AtomicU64::new(0),
        });
        let n_threads = thread::available_parallelism().map_or(1, usize::from).min(THREADS_MAX);
        let start = |_| {
            let work = Arc::clone(&work);
            let body = move || work.analyze_all();
            thread::Builder::new().name("analyzer".to_owned()).spawn(body).map_err(|cause| {
                Error::new(Kind::Io, format!("cannot start a thread: {}", Cause(&cause)))
            })
        };
        let threads = (0..n_threads).map(start).collect::<Result<_>>()?;
        Ok(Self { batch: Vec::new(), batch_bytes: 0, sender: Some(sender), work, threads })
    }

    /// Adds an article with its stored record, from the file with this key; waits while too many
    /// are waiting.
    pub(super) fn add(&mut self, article: Article, record: Vec<u8>, key: &Arc<str>) -> Result<()> {
        self.batch_bytes += record.len();
        self.batch.push(Waiting { article, record, key: Arc::clone(key) });
        if self.batch.len() >= BATCH_ARTICLES || self.batch_bytes >= BATCH_BYTES {
            self.send()?;
        }
        Ok(())
    }

    /// Returns the CPU time that annotating, analyzing and making signatures have taken.
    pub(super) fn cpu(&self) -> [Duration; 3] {
        let Work { annotating_ns, analyzing_ns, signing_ns, .. } = &*self.work;
        [annotating_ns, analyzing_ns, signing_ns]
            .map(|it| Duration::from_nanos(it.load(Ordering::Relaxed)))
    }

    fn send(&mut self) -> Result<()> {
        self.batch_bytes = 0;
        let batch = mem::take(&mut self.batch);
        let mut state = self.work.lock();
        if let Some(failure) = state.failure.take() {
            return Err(failure);
        }
        state.n_batches += 1;
        drop(state);
        let sent = self.sender.as_ref().is_some_and(|sender| sender.send(batch).is_ok());
        let died = || Error::new(Kind::Io, "the threads that analyze have died");
        sent.then_some(()).ok_or_else(died)
    }

    /// Waits until all that was added is in.
    pub(super) fn drain(&mut self) -> Result<()> {
        if !self.batch.is_empty() {
            self.send()?;
        }
        let state = self.work.lock();
        let is_busy = |state: &mut State| state.n_batches > 0 && state.failure.is_none();
        let waited = self.work.is_idle.wait_while(state, is_busy);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.failure.take().map_or(Ok(()), Err)
    }

    /// Ends the threads: nothing is added any more, and what they remember is given back.
    pub(super) fn end(&mut self) {
        self.sender = None;
        for thread in self.threads.drain(..) {
            // One that died has told so, or was not needed.
            let _ = thread.join();
        }
    }
}

impl Drop for Analyzers {
    fn drop(&mut self) {
        self.end();
    }
}

impl Work {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn analyze_all(&self) {
        let mut analyzer = Analyzer::default();
        // Made for the first article: a run without any loads no model.
        let mut annotate = None;
        loop {
            let batch = {
                let batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
                batches.recv()
            };
            let Ok(batch) = batch else {
                return;
            };
            let done = Done(self);
            if let Err(error) = self.analyze(batch, &mut annotate, &mut analyzer) {
                self.lock().failure.get_or_insert(error);
            }
            drop(done);
        }
    }

    fn analyze(
        &self,
        mut batch: Vec<Waiting>,
        annotate: &mut Option<Annotate>,
        analyzer: &mut Analyzer,
    ) -> Result<()> {
        let annotate = match annotate {
            Some(annotate) => annotate,
            None => annotate.insert((self.annotators)()?),
        };
        let cpu = || cpu_time(CpuOf::Thread).unwrap_or_default();
        let began = cpu();
        for Waiting { article, .. } in &mut batch {
            article.annotations = annotate(article);
        }
        let annotated = cpu();
        let mut n_bytes = 0;
        let mut operations = Vec::with_capacity(batch.len());
        let (mut signing, n_articles) = (Duration::ZERO, batch.len());
        for (idx, it) in batch.into_iter().enumerate() {
            let (mut document, n) =
                document::of(&it.article, it.record, &it.key, self.fields, analyzer);
            n_bytes += n;
            let is_timed = idx % SIGNATURES_PER_TIMED == 0;
            let began = if is_timed { cpu() } else { Duration::ZERO };
            document::sign(&mut document, self.fields, analyzer);
            if is_timed {
                signing += cpu().saturating_sub(began);
            }
            operations.push(UserOperation::Add(document));
        }
        let n_timed = n_articles.div_ceil(SIGNATURES_PER_TIMED).max(1);
        let signing = signing.mul_f64(n_articles as f64 / n_timed as f64);
        let add = |sum: &AtomicU64, took: Duration| {
            let ns = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
            sum.fetch_add(ns, Ordering::Relaxed);
        };
        add(&self.annotating_ns, annotated.saturating_sub(began));
        add(&self.analyzing_ns, cpu().saturating_sub(annotated).saturating_sub(signing));
        add(&self.signing_ns, signing);
        self.in_flight.send(n_bytes);
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        writer.run(operations).map(drop).map_err(failed)
    }
}

/// Counts a batch as done, however its thread ends.
struct Done<'a>(&'a Work);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.n_batches -= 1;
        if thread::panicking() {
            let died = || Error::new(Kind::Io, "a thread that analyzes has died");
            state.failure.get_or_insert_with(died);
        }
        drop(state);
        self.0.is_idle.notify_all();
    }
}
