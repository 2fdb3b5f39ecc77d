//! Reading on a thread of its own, watched.
//!
//! Readers run on foreign bytes. One that panics is caught where it is called; one that hangs
//! cannot be stopped, but it can be left behind: what it was reading is set aside, and another
//! thread goes on with the next file.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::article::{Class, Malformed, Origin};
use crate::error::{Cause, Error, Kind, Result};
use crate::source::{self, Event, Extent, Outcome, Readers};

use super::plan::Planned;

/// How many parcels of messages wait between two threads.
const PARCELS_WAITING_MAX: usize = 4;

/// How many messages make a parcel: waking a thread for each article would cost a tenth of the run.
const MESSAGES_PER_PARCEL: usize = 64;

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
    patience: Duration,
    parcels: Receiver<Vec<Message>>,
    /// The parcel that the thread is filling: whoever has waited too long looks into it.
    filling: Filling,
    /// The messages of the parcel that was opened last.
    open: std::vec::IntoIter<Message>,
    /// The file that the next message is about.
    at: usize,
}

impl Reading {
    /// Begins to read.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the system gives no thread.
    pub(super) fn begin(
        files: Arc<[Planned]>,
        readers: Readers,
        patience: Duration,
    ) -> Result<Self> {
        let (parcels, filling) = spawn(&files, 0, readers)?;
        let open = Vec::new().into_iter();
        Ok(Self { files, readers, patience, parcels, filling, open, at: 0 })
    }

    /// Returns what was read next; nothing after the last file.
    ///
    /// # Errors
    ///
    /// [`Kind::Io`] where the system gives no thread.
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
            match self.parcels.recv_timeout(self.patience) {
                Ok(parcel) => self.open = parcel.into_iter(),
                Err(RecvTimeoutError::Timeout) => {
                    let parcel = std::mem::take(&mut *lock(&self.filling));
                    if !parcel.is_empty() {
                        self.open = parcel.into_iter();
                        continue;
                    }
                    let reason = format!("no word of it for {} s", self.patience.as_secs());
                    self.leave_behind(Class::Timeout, reason)?;
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.leave_behind(Class::Panic, "its reader ended the thread".to_owned())?;
                }
            }
        }
    }

    /// Gives up the file that is being read, and goes on behind it on a new thread. The old one
    /// ends when it next has something to say.
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
        self.open = messages.into_iter();
        (self.parcels, self.filling) = spawn(&self.files, idx + 1, self.readers)?;
        Ok(())
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
) -> Result<(Receiver<Vec<Message>>, Filling)> {
    let (sender, receiver) = sync_channel(PARCELS_WAITING_MAX);
    let files = Arc::clone(files);
    let filling = Filling::default();
    let parcels = Parcels { sender, filling: Arc::clone(&filling), n_bytes: 0 };
    let body = move || send_all(&files, first, readers, parcels);
    thread::Builder::new().name("reader".to_owned()).spawn(body).map_err(|cause| {
        Error::new(Kind::Io, format!("cannot start a thread: {}", Cause(&cause)))
    })?;
    Ok((receiver, filling))
}

/// Messages on their way from the reading thread.
struct Parcels {
    sender: SyncSender<Vec<Message>>,
    filling: Filling,
    n_bytes: usize,
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
        let parcel = std::mem::take(&mut *lock(&self.filling));
        self.sender.send(parcel).is_ok()
    }
}

/// Reads the files from the `first` on, one after the other, into the queue.
fn send_all(files: &[Planned], first: usize, readers: Readers, mut parcels: Parcels) {
    for (idx, Planned { file, .. }) in files.iter().enumerate().skip(first) {
        let mut is_wanted = true;
        let outcome = source::read(file, readers, &mut |event| {
            is_wanted = parcels.push(Message::Read(idx, event));
            if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if !is_wanted || !parcels.push(Message::End(idx, outcome)) {
            return;
        }
    }
    parcels.send();
}
