//! The clock of a bench.

use std::thread;
use std::time::{Duration, Instant};

use crate::index::{CpuOf, cpu_time};
use crate::latency::Clock;

/// A clock that never goes back, from when it was started.
pub(super) struct MonotonicClock {
    now_ns: Box<dyn Fn() -> u64 + Sync>,
    wait_until_ns: Box<dyn Fn(u64) + Sync>,
}

/// How long before a time a thread stops sleeping and watches the clock: the system wakes it up to
/// a tenth of a millisecond late, which would be on the record of the query.
const WATCHED: Duration = Duration::from_micros(200);

impl MonotonicClock {
    pub(super) fn start() -> Self {
        let started = Instant::now();
        let now_ns = move || u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let wait_until_ns = move |until_ns| {
            let rest = Duration::from_nanos(until_ns).saturating_sub(started.elapsed());
            if let Some(asleep) = rest.checked_sub(WATCHED) {
                thread::sleep(asleep);
            }
            while started.elapsed() < Duration::from_nanos(until_ns) {
                std::hint::spin_loop();
            }
        };
        Self { now_ns: Box::new(now_ns), wait_until_ns: Box::new(wait_until_ns) }
    }

    /// Returns the clock as the room that measures takes it.
    pub(super) fn handed_down(&self) -> Clock<'_> {
        let cpu_ns = &|| u64::try_from(cpu_time(CpuOf::Thread)?.as_nanos()).ok();
        Clock { now_ns: &*self.now_ns, wait_until_ns: &*self.wait_until_ns, cpu_ns }
    }
}
