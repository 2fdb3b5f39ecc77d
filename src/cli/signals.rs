//! The signals that ask a run to end.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::Outcome;

/// Catches SIGINT and SIGTERM: the first one asks, the second one ends the program at once, which
/// the index survives.
pub(super) struct Signals {
    stop: Arc<AtomicBool>,
    caught: Arc<AtomicUsize>,
}

impl Signals {
    /// Begins to catch them.
    pub(super) fn catch() -> io::Result<Self> {
        let signals = Self { stop: Arc::default(), caught: Arc::default() };
        for (signal, outcome) in [(SIGINT, Outcome::Interrupted), (SIGTERM, Outcome::Terminated)] {
            flag::register_conditional_shutdown(signal, outcome as i32, signals.stop())?;
            flag::register(signal, signals.stop())?;
            flag::register_usize(signal, Arc::clone(&signals.caught), outcome as usize)?;
        }
        Ok(signals)
    }

    /// Returns what is set by the first signal.
    pub(super) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Returns which signal came, as the exit code that it stands for.
    pub(super) fn caught(&self) -> Option<Outcome> {
        let caught = self.caught.load(Ordering::Relaxed);
        [Outcome::Interrupted, Outcome::Terminated].into_iter().find(|it| *it as usize == caught)
    }
}
