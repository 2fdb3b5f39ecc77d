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

    /// Returns a watch that looks at the clock now and then.
    pub(super) fn watch(&self) -> Watch {
        Watch { deadline: self.clone(), n_seen: 0 }
    }
}

/// Tells whether it is late, once for each article.
pub(super) struct Watch {
    deadline: Deadline,
    n_seen: u32,
}

/// How many articles are looked at between two looks at the clock.
const DOCS_PER_CLOCK: u32 = 256;

impl Watch {
    /// Tells whether the time has run out, at the article that is looked at.
    pub(super) fn is_late(&mut self) -> bool {
        self.n_seen = self.n_seen.wrapping_add(1);
        self.n_seen.is_multiple_of(DOCS_PER_CLOCK) && self.deadline.has_passed()
    }
}
