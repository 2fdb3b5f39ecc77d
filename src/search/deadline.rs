//! When to stop looking.

use std::time::{Duration, Instant};

/// The moment after which a search returns what it has.
#[derive(Clone, Debug, Default)]
pub(super) struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) fn after(start: Instant, timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| start.checked_add(timeout)))
    }

    pub(super) fn has_passed(&self) -> bool {
        self.0.is_some_and(|deadline| Instant::now() >= deadline)
    }
}
