//! Reading on a thread of its own, watched.
//!
//! Readers run on foreign bytes. One that panics is caught where it is called. One that hangs, or
//! takes more and more memory and says nothing, cannot be stopped, but it can be left behind: what
//! it was reading is set aside, and another thread goes on with the next file. The one left behind
//! ends when it next has something to say or wants to read on. One that takes memory and does
//! neither leaves the run no choice: it ends, with what was read until then kept and the file named,
//! before the system ends it.
//!
//! Memory is looked at between one word of a reader and the next, when nothing else grows much; a
//! reader that loses a little of it with every record is not found out so.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::article::{Class, Malformed, Origin};
use crate::error::{Cause, Error, Kind, Named, Result};
use crate::index::{CpuOf, cpu_time, memory_bytes};
use crate::source::{self, Event, Extent, Outcome, Readers};

use super::plan::Planned;

/// How many parcels of messages wait between two threads.
const PARCELS_WAITING_MAX: usize = 4;

/// How many messages make a parcel: waking a thread for each article would cost a tenth of the run.
const MESSAGES_PER_PARCEL: usize = 128;

/// How many bytes of files may be read into a parcel before it is sent. A record has at most
/// 16 MiB, so that a few of the longest, and no more, are in memory at once.
const BYTES_PER_PARCEL: usize = 1 << 20;

/// What the reading thread tells.
pub(super) enum Message {
    /// Something was read in the file with this place in the list.
    Read(usize, Event),
    /// A file was read to its end.
    End(usize, Outcome),
}

/// The reading of a list of files, in order.
pub(super) struct Reading {
    files: Arc<[Planned]>,
    readers: Readers,
    limits: Limits,
    thread: ReadingThread,
    /// Since when it has been silent, if somebody waits for it.
    silence: Option<Silence>,
    /// Those that were left behind because of the memory they took.
    swollen: Vec<Swollen>,
    /// The messages of the parcel that was opened last.
    open: std::vec::IntoIter<Message>,
    /// The file that the next message is about.
    at: usize,
    /// The CPU time of all threads that have read, in nanoseconds.
    cpu_ns: Arc<AtomicU64>,
}

/// What a reader may do while it says nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How long it may be silent.
    pub(super) patience: Duration,
    /// How much memory it may take meanwhile, in bytes.
    pub(super) bytes_max: u64,
}

/// How often to look after a silent reader.
const POLL: Duration = Duration::from_millis(100);

/// A reader that says nothing.
struct Silence {
    since: Instant,
    /// The memory of the process when it was first noticed.
    bytes: u64,
}

/// A reader that was left behind because of the memory it took.
struct Swollen {
    shown: String,
    thread: JoinHandle<()>,
    /// The memory of the process then.
    bytes: u64,
}

/// A thread that reads, and what comes from it.
struct ReadingThread {
    parcels: Receiver<Vec<Message>>,
    /// The parcel that it is filling: whoever has waited too long looks into it.
    filling: Filling,
    /// Set once nobody waits for it any more.
    given_up: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.thread.given_up.store(true, Ordering::Relaxed);
    }
}

impl Reading {
    /// Begins to read.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the system gives no thread.
    pub(super) fn begin(files: Arc<[Planned]>, readers: Readers, limits: Limits) -> Result<Self> {
        let cpu_ns = Arc::default();
        let thread = spawn(&files, 0, readers, &cpu_ns)?;
        let (open, swollen) = (Vec::new().into_iter(), Vec::new());
        Ok(Self { files, readers, limits, thread, silence: None, swollen, open, at: 0, cpu_ns })
    }

    /// Returns what was read next; nothing after the last file.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the system gives no thread, and where a reader that was left behind goes
    /// on taking memory.
    pub(super) fn next(&mut self) -> Result<Option<Message>> {
        loop {
            if let Some(message) = self.open.next() {
                if let Message::End(idx, _) = message {
                    self.at = idx + 1;
                }
                return Ok(Some(message));
            }
            if self.at == self.files.len() {
                return Ok(None);
            }
            self.check_swollen()?;
            match self.thread.parcels.recv_timeout(POLL.min(self.limits.patience)) {
                Ok(parcel) => self.open_parcel(parcel),
                Err(RecvTimeoutError::Timeout) => self.look_after()?,
                Err(RecvTimeoutError::Disconnected) => {
                    self.leave_behind(Class::Panic, "its reader ended the thread".to_owned())?;
                }
            }
        }
    }

    /// Returns how long the reading threads were at work.
    pub(super) fn cpu(&self) -> Duration {
        Duration::from_nanos(self.cpu_ns.load(Ordering::Relaxed))
    }

    fn open_parcel(&mut self, parcel: Vec<Message>) {
        self.silence = None;
        self.open = parcel.into_iter();
    }

    /// Looks after a reader that says nothing, and leaves it behind if that has been for too long,
    /// or if it has taken too much memory.
    fn look_after(&mut self) -> Result<()> {
        let bytes = memory_bytes().unwrap_or_default();
        let silence = self.silence.get_or_insert_with(|| Silence { since: Instant::now(), bytes });
        let Limits { patience, bytes_max } = self.limits;
        let (class, reason) = if bytes.saturating_sub(silence.bytes) > bytes_max {
            let mega = bytes_max / 1_000_000;
            (Class::Limit, format!("its reader needed more than {mega} MB of memory"))
        } else if silence.since.elapsed() + POLL >= patience {
            (Class::Timeout, format!("no word of it for {} s", patience.as_secs()))
        } else {
            return Ok(());
        };
        let parcel = std::mem::take(&mut *lock(&self.thread.filling));
        if !parcel.is_empty() {
            self.open_parcel(parcel);
            return Ok(());
        }
        self.leave_behind(class, reason)
    }

    /// Gives up the file that is being read, and goes on behind it on a new thread. The old one
    /// ends when it next has something to say, or wants to read on.
    fn leave_behind(&mut self, class: Class, reason: String) -> Result<()> {
        let idx = self.at;
        let file = &self.files[idx].file;
        let origin = Origin { path: file.shown.clone(), ..Origin::default() };
        let malformed = Malformed { origin, class, reason };
        let reader = source::none_of(self.readers);
        let hash = source::hash(&file.path).ok();
        let outcome = Outcome { reader, hash, extent: Extent::Part, ..Outcome::default() };
        let messages =
            vec![Message::Read(idx, Event::Malformed(malformed)), Message::End(idx, outcome)];
        let shown = file.shown.clone();
        self.open_parcel(messages);
        let next = spawn(&self.files, idx + 1, self.readers, &self.cpu_ns)?;
        let left = std::mem::replace(&mut self.thread, next);
        left.given_up.store(true, Ordering::Relaxed);
        if class == Class::Limit {
            let bytes = memory_bytes().unwrap_or_default();
            self.swollen.push(Swollen { shown, thread: left.thread, bytes });
        }
        Ok(())
    }

    /// Fails where a reader that was left behind goes on taking memory.
    fn check_swollen(&mut self) -> Result<()> {
        self.swollen.retain(|it| !it.thread.is_finished());
        let Some(first) = self.swollen.first() else {
            return Ok(());
        };
        let grown = memory_bytes().unwrap_or_default().saturating_sub(first.bytes);
        if grown <= self.limits.bytes_max {
            return Ok(());
        }
        let name = Named(Path::new(&first.shown));
        let message = format!("the reader of {name} goes on taking memory, and cannot be stopped");
        let hint = "what was read is kept, and the file is set aside: run it again to go on";
        Err(Error::new(Kind::Io, message).with_hint(hint))
    }
}

/// A parcel that is being filled.
type Filling = Arc<Mutex<Vec<Message>>>;

fn lock(filling: &Filling) -> MutexGuard<'_, Vec<Message>> {
    filling.lock().unwrap_or_else(PoisonError::into_inner)
}

fn spawn(
    files: &Arc<[Planned]>,
    first: usize,
    readers: Readers,
    cpu_ns: &Arc<AtomicU64>,
) -> Result<ReadingThread> {
    let (sender, receiver) = sync_channel(PARCELS_WAITING_MAX);
    let files = Arc::clone(files);
    let filling = Filling::default();
    let given_up = Arc::<AtomicBool>::default();
    let cpu = (Duration::ZERO, Arc::clone(cpu_ns));
    let parcels = Parcels { sender, filling: Arc::clone(&filling), n_bytes: 0, cpu };
    let body = {
        let given_up = Arc::clone(&given_up);
        move || send_all(&files, first, readers, &given_up, parcels)
    };
    let spawned = thread::Builder::new().name("reader".to_owned()).spawn(body);
    let failed = |cause| Error::new(Kind::Io, format!("cannot start a thread: {}", Cause(&cause)));
    let thread = spawned.map_err(failed)?;
    Ok(ReadingThread { parcels: receiver, filling, given_up, thread })
}

/// Messages on their way from the reading thread.
struct Parcels {
    sender: SyncSender<Vec<Message>>,
    filling: Filling,
    n_bytes: usize,
    /// How much of the CPU time of this thread is counted, and where.
    cpu: (Duration, Arc<AtomicU64>),
}

impl Parcels {
    /// Adds a message; tells whether anybody still listens.
    fn push(&mut self, message: Message) -> bool {
        if let Message::Read(_, Event::Article(article)) = &message {
            self.n_bytes += article.origin.span.len();
        }
        let n_messages = {
            let mut parcel = lock(&self.filling);
            parcel.push(message);
            parcel.len()
        };
        let is_full = n_messages >= MESSAGES_PER_PARCEL || self.n_bytes >= BYTES_PER_PARCEL;
        !is_full || self.send()
    }

    fn send(&mut self) -> bool {
        self.n_bytes = 0;
        let now = cpu_time(CpuOf::Thread).unwrap_or_default();
        let (counted, sum) = &mut self.cpu;
        let ns = now.saturating_sub(std::mem::replace(counted, now)).as_nanos();
        sum.fetch_add(u64::try_from(ns).unwrap_or(u64::MAX), Ordering::Relaxed);
        let parcel = std::mem::take(&mut *lock(&self.filling));
        self.sender.send(parcel).is_ok()
    }
}

/// Reads the files from the `first` on, one after the other, into the queue.
fn send_all(
    files: &[Planned],
    first: usize,
    readers: Readers,
    given_up: &AtomicBool,
    mut parcels: Parcels,
) {
    for (idx, planned) in files.iter().enumerate().skip(first) {
        let mut is_wanted = true;
        let known = planned.known_records();
        let mut each = |event| {
            is_wanted = parcels.push(Message::Read(idx, event));
            if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let file = &planned.file;
        let outcome = source::read_knowing(file, readers, Some(&known), given_up, &mut each);
        let is_wanted = is_wanted && !given_up.load(Ordering::Relaxed);
        if !is_wanted || !parcels.push(Message::End(idx, outcome)) {
            return;
        }
    }
    parcels.send();
}
