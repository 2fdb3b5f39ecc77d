//! How much is on its way into tantivy.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Counts the bytes of text that were handed to tantivy and that it has not read yet.
///
/// tantivy's own queue holds ten thousand documents however long they are, which for an archive of
/// long articles is a gigabyte. Whoever adds waits here instead, until half of what may be on its
/// way has arrived.
#[derive(Debug, Default)]
pub(super) struct InFlight {
    n_bytes: Mutex<usize>,
    has_room: Condvar,
}

/// How many bytes may be on their way.
const BYTES_MAX: usize = 16 << 20;

/// How long to wait at a time: if tantivy's thread is gone, the next call to it says so.
const PATIENCE: Duration = Duration::from_millis(500);

impl InFlight {
    /// Waits until there is room, and counts what is sent.
    pub(super) fn send(&self, n_bytes: usize) {
        let mut in_flight = self.n_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if *in_flight > BYTES_MAX {
            let is_crowded = |in_flight: &mut usize| *in_flight > BYTES_MAX / 2;
            let waited = self.has_room.wait_timeout_while(in_flight, PATIENCE, is_crowded);
            in_flight = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *in_flight += n_bytes;
    }

    /// Counts what has arrived.
    pub(super) fn arrived(&self, n_bytes: usize) {
        let mut in_flight = self.n_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let was_crowded = *in_flight > BYTES_MAX / 2;
        *in_flight = in_flight.saturating_sub(n_bytes);
        if was_crowded && *in_flight <= BYTES_MAX / 2 {
            self.has_room.notify_one();
        }
    }
}
