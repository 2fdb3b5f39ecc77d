//! The clock of a bench.

use std::thread;
use std::time::{Duration, Instant};

use crate::index::{CpuOf, cpu_time};
use crate::latency::{Clock, Plan};

/// A clock that never goes back, from when it was started.
pub(super) struct MonotonicClock {
    now_ns: Box<dyn Fn() -> u64 + Sync>,
    wait_until_ns: Box<dyn Fn(u64) + Sync>,
    cpu_ns: Box<dyn Fn() -> Option<u64> + Sync>,
}

/// How long before a time a thread stops sleeping and watches the clock: the system wakes it up to
/// a tenth of a millisecond late, which would be on the record of the query.
const WATCHED: Duration = Duration::from_micros(200);

impl MonotonicClock {
    /// Starts it; the CPU time that it tells is that of the thread that asks, or of the processes
    /// that it starts. Which of several threads started a process nobody can tell.
    pub(super) fn start(plan: &Plan) -> Self {
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
        let starts_processes = plan.reaches.iter().any(|it| it.is_a_process());
        let cpu_of = match (starts_processes, plan.n_threads) {
            (false, _) => Some(CpuOf::Thread),
            (true, 1) => Some(CpuOf::Children),
            (true, _) => None,
        };
        let cpu_ns = move || u64::try_from(cpu_time(cpu_of?)?.as_nanos()).ok();
        Self {
            now_ns: Box::new(now_ns),
            wait_until_ns: Box::new(wait_until_ns),
            cpu_ns: Box::new(cpu_ns),
        }
    }

    /// Returns the clock as the room that measures takes it.
    pub(super) fn handed_down(&self) -> Clock<'_> {
        Clock { now_ns: &*self.now_ns, wait_until_ns: &*self.wait_until_ns, cpu_ns: &*self.cpu_ns }
    }
}
