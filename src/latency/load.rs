//! Asking the queries of a workload, one after the other or at a fixed rate.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::error::Result;

use super::tally::Recorder;
use super::{Asked, Meter, Reach, Verb, Workload, order};

/// A clock that is handed in: this room has none. All times are nanoseconds since it was started.
#[derive(Clone, Copy)]
pub struct Clock<'a> {
    /// Returns the time.
    pub now_ns: &'a (dyn Fn() -> u64 + Sync),
    /// Returns at a time, or at once where it is past.
    pub wait_until_ns: &'a (dyn Fn(u64) + Sync),
    /// Returns the CPU time of the calling thread, where the system tells.
    pub cpu_ns: &'a (dyn Fn() -> Option<u64> + Sync),
}

/// When the next query is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// When the one before is answered: what is measured is the time of service.
    Closed,
    /// At its own time, whatever became of those before: so many a second, evenly spaced. What is
    /// measured begins at that time, so a query that has to wait for others waits on the record
    /// (no coordinated omission).
    Open {
        /// How many queries a second.
        per_s: f64,
        /// How many queries in all.
        n_queries: usize,
    },
}

/// How a workload is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// When the next query is asked.
    pub pace: Pace,
    /// Which time is measured.
    pub meter: Meter,
    /// How far each query is followed; several take turns.
    pub reaches: Vec<Reach>,
    /// How many ask at the same time.
    pub n_threads: usize,
    /// How often everything is asked before anything is measured.
    pub n_warm: u64,
    /// How often everything is asked and measured, at a closed pace.
    pub n_rounds: u64,
    /// When to stop, at a closed pace.
    pub seconds_max: Option<f64>,
    /// Which order the queries come in.
    pub seed: u64,
}

/// What a query came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// How many hits were shown, or counted.
    pub n_hits: u64,
}

/// Asks a query; a query that cannot be asked says why.
pub type Ask<'a> = dyn Fn(Reach, &Asked) -> std::result::Result<Answered, String> + Sync + 'a;

/// A query, and how far it is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    reach: usize,
    query: usize,
}

/// How much longer than planned a run at a fixed rate may take, as a factor; what is not asked until
/// then is not asked, and told.
const OVERTIME_FACTOR: f64 = 5.0;

/// Begins later than this after its time, and a query is late, in nanoseconds: less is the clock's
/// own unrest.
pub const LATE_NS: u64 = 1_000_000;

/// Between two queries of a thread so much time passes only where everything stands still.
pub const GAP_NS: u64 = 1_000_000_000;

/// Asks a workload as planned, and returns what was recorded.
///
/// # Errors
///
/// Only where the histograms cannot be made.
pub fn run(workload: &Workload, plan: &Plan, clock: Clock<'_>, ask: &Ask<'_>) -> Result<Recorder> {
    let mut load = Load { workload, plan, clock, ask, recorder: Recorder::new(workload, plan)? };
    for round in 0..plan.n_warm {
        load.closed(&turns(workload, plan, round), 0, None)?;
    }
    load.recorder = Recorder::new(workload, plan)?;
    let started_ns = (clock.now_ns)();
    match plan.pace {
        Pace::Closed => load.rounds(started_ns)?,
        Pace::Open { per_s, n_queries } => load.open(per_s, n_queries, started_ns)?,
    }
    load.recorder.wall_ns = (clock.now_ns)().saturating_sub(started_ns);
    Ok(load.recorder)
}

/// Returns what is asked in a round, in order: where a query is followed several ways, the ways take
/// turns, each in an order of its own, so that none finds what another has just warmed.
fn turns(workload: &Workload, plan: &Plan, round: u64) -> Vec<Turn> {
    let n_reaches = plan.reaches.len();
    let orders = (0..).zip(&plan.reaches).map(|(nth, _)| {
        order(workload, plan.seed, round.wrapping_mul(n_reaches as u64).wrapping_add(nth))
    });
    let orders: Vec<Vec<usize>> = orders.collect();
    let mut turns = Vec::with_capacity(workload.queries.len() * n_reaches);
    for place in 0..workload.queries.len() {
        for (reach, order) in orders.iter().enumerate() {
            if let Some(query) = order.get(place)
                && has_reach(plan.reaches.get(reach), workload.queries.get(*query))
            {
                turns.push(Turn { reach, query: *query });
            }
        }
    }
    turns
}

/// Only a search is known before it is shown: what is counted and what is printed whole is not.
fn has_reach(reach: Option<&Reach>, query: Option<&Asked>) -> bool {
    reach != Some(&Reach::Rank) || query.is_some_and(|query| query.how.verb == Verb::Search)
}

struct Load<'a> {
    workload: &'a Workload,
    plan: &'a Plan,
    clock: Clock<'a>,
    ask: &'a Ask<'a>,
    recorder: Recorder,
}

impl Load<'_> {
    /// Asks round after round, until all are asked or the time is over.
    fn rounds(&mut self, started_ns: u64) -> Result<()> {
        let stop_ns = self.plan.seconds_max.map(|seconds| started_ns + (seconds * 1e9) as u64);
        let mut n_before = 0;
        for round in 0..self.plan.n_rounds {
            if stop_ns.is_some_and(|stop_ns| (self.clock.now_ns)() >= stop_ns) {
                break;
            }
            let turns = turns(self.workload, self.plan, self.plan.n_warm + round);
            self.closed(&turns, n_before, stop_ns)?;
            n_before += turns.len();
            self.recorder.n_rounds = round + 1;
        }
        Ok(())
    }

    fn closed(&mut self, turns: &[Turn], n_before: usize, stop_ns: Option<u64>) -> Result<()> {
        self.drive(turns, n_before, &|_| None, stop_ns)
    }

    /// Asks at fixed times, until all are asked or it takes far too long.
    fn open(&mut self, per_s: f64, n_queries: usize, started_ns: u64) -> Result<()> {
        let mut schedule = Vec::with_capacity(n_queries);
        let mut round = self.plan.n_warm;
        while schedule.len() < n_queries {
            let turns = turns(self.workload, self.plan, round);
            if turns.is_empty() {
                break;
            }
            schedule.extend(turns);
            round += 1;
        }
        schedule.truncate(n_queries);
        let due_ns = |nth: usize| Some(started_ns + (nth as f64 * 1e9 / per_s) as u64);
        let planned_ns = schedule.len() as f64 * 1e9 / per_s;
        let stop_ns = started_ns + (planned_ns * OVERTIME_FACTOR) as u64 + GAP_NS;
        self.drive(&schedule, 0, &due_ns, Some(stop_ns))?;
        let n_asked: u64 = self.recorder.n_asked();
        self.recorder.n_unasked = (schedule.len() as u64).saturating_sub(n_asked);
        Ok(())
    }

    /// Has all threads ask, each the next one that nobody has asked.
    fn drive(
        &mut self,
        turns: &[Turn],
        n_before: usize,
        due_ns: &(dyn Fn(usize) -> Option<u64> + Sync),
        stop_ns: Option<u64>,
    ) -> Result<()> {
        let next = AtomicUsize::new(0);
        let this = &*self;
        let ask_on = || -> Result<Recorder> {
            let mut recorder = Recorder::new(this.workload, this.plan)?;
            let mut idle_since_ns = None;
            loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let Some(turn) = turns.get(nth) else { break };
                let now_ns = (this.clock.now_ns)();
                if stop_ns.is_some_and(|stop_ns| now_ns >= stop_ns) {
                    break;
                }
                if idle_since_ns.is_some_and(|since| now_ns.saturating_sub(since) > GAP_NS) {
                    recorder.n_gaps += 1;
                }
                let sequence = (n_before + nth) as u64;
                idle_since_ns = Some(this.take(*turn, sequence, due_ns(nth), &mut recorder));
            }
            Ok(recorder)
        };
        let recorders: Vec<Result<Recorder>> = thread::scope(|scope| {
            let threads: Vec<_> = (1..self.plan.n_threads).map(|_| scope.spawn(ask_on)).collect();
            let own = ask_on();
            // A thread that panicked has lost its records; the panic itself was told.
            let others = threads.into_iter().filter_map(|thread| thread.join().ok());
            std::iter::once(own).chain(others).collect()
        });
        for recorder in recorders {
            self.recorder.add(recorder?);
        }
        Ok(())
    }

    /// Asks a query and records it; returns when it was answered.
    fn take(&self, turn: Turn, sequence: u64, due_ns: Option<u64>, recorder: &mut Recorder) -> u64 {
        let Some(query) = self.workload.queries.get(turn.query) else { return 0 };
        let Some(reach) = self.plan.reaches.get(turn.reach) else { return 0 };
        if let Some(due_ns) = due_ns {
            (self.clock.wait_until_ns)(due_ns);
        }
        let cpu_before = (self.clock.cpu_ns)();
        let start_ns = (self.clock.now_ns)();
        let answered = (self.ask)(*reach, query);
        let end_ns = (self.clock.now_ns)();
        let cpu_ns = (self.clock.cpu_ns)().zip(cpu_before).map(|(a, b)| a.saturating_sub(b));
        let since_ns = due_ns.unwrap_or(start_ns);
        recorder.n_late += u64::from(start_ns.saturating_sub(since_ns) > LATE_NS);
        let Some(tally) = recorder.row(turn.reach, query.class) else { return end_ns };
        match answered {
            Err(reason) => tally.fail(turn.query, reason),
            Ok(answered) => {
                let took_ns = match self.plan.meter {
                    Meter::Wall => end_ns.checked_sub(since_ns),
                    Meter::Cpu => cpu_ns,
                };
                let took_ns = took_ns.filter(|it| *it > 0);
                tally.record(turn.query, sequence, took_ns, cpu_ns, answered.n_hits);
            }
        }
        end_ns
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::*;

    const MS: u64 = 1_000_000;

    fn workload() -> Workload {
        Workload::read(b"a\tq1\na\tq2\nb\tq3\n", "w").unwrap()
    }

    fn plan(pace: Pace) -> Plan {
        let (meter, reaches) = (Meter::Wall, vec![Reach::Show]);
        Plan {
            pace,
            meter,
            reaches,
            n_threads: 1,
            n_warm: 0,
            n_rounds: 2,
            seconds_max: None,
            seed: 1,
        }
    }

    /// Asks with a clock that stands, but for what each query takes of it.
    fn with_clock(plan: &Plan, took_ns: &(dyn Fn(u64) -> u64 + Sync)) -> Recorder {
        let (now, n_asked) = (AtomicU64::new(0), AtomicU64::new(0));
        let clock = Clock {
            now_ns: &|| now.load(Ordering::SeqCst),
            wait_until_ns: &|until| _ = now.fetch_max(until, Ordering::SeqCst),
            cpu_ns: &|| None,
        };
        let ask = |_: Reach, query: &Asked| {
            let nth = n_asked.fetch_add(1, Ordering::SeqCst);
            now.fetch_add(took_ns(nth), Ordering::SeqCst);
            if query.text == "q3" {
                Err("no such thing".to_owned())
            } else {
                Ok(Answered { n_hits: 2 })
            }
        };
        run(&workload(), plan, clock, &ask).unwrap()
    }

    #[test]
    fn a_closed_loop_measures_the_service_alone() {
        let recorder = with_clock(&plan(Pace::Closed), &|nth| (nth + 1) * MS);
        let tally = &recorder.rows[0];
        assert_eq!((tally.n, tally.n_hits, recorder.n_late), (4, 8, 0));
        assert_eq!((recorder.rows[1].n, recorder.rows[1].n_errors), (0, 2));
        assert_eq!(recorder.wall_ns, 21 * MS);
        assert_eq!(recorder.n_rounds, 2);
    }

    #[test]
    fn warming_is_not_measured() {
        let plan = Plan { n_warm: 3, ..plan(Pace::Closed) };
        let recorder = with_clock(&plan, &|nth| if nth < 9 { 1_000 * MS } else { MS });
        assert_eq!((recorder.rows[0].n, recorder.rows[0].max_ns), (4, MS));
    }

    #[test]
    fn a_stall_at_a_fixed_rate_is_on_the_record_of_all_who_waited() {
        // 100 a second of 1 ms each; the 50th takes a second. Those behind it catch up by 9 ms
        // each: 1000 ms are caught up after 1000 / 9 = 111 queries.
        let pace = Pace::Open { per_s: 100.0, n_queries: 300 };
        let recorder = with_clock(&plan(pace), &|nth| if nth == 50 { 1_000 * MS } else { MS });
        assert_eq!(recorder.n_late, 110);
        let tally = &recorder.rows[0];
        assert_eq!(tally.min_ns, MS);
        assert!(tally.max_ns >= 1_000 * MS - 9 * MS);
        // A closed loop would have seen one query of a second, and a 90th percentile of 1 ms.
        assert!(tally.at(0.9) > 500 * MS, "{}", tally.at(0.9));
        assert!(tally.at(0.5) < 2 * MS, "{}", tally.at(0.5));
    }

    #[test]
    fn a_rate_that_cannot_be_held_is_given_up_in_the_end() {
        let pace = Pace::Open { per_s: 1_000.0, n_queries: 1_000 };
        let recorder = with_clock(&plan(pace), &|_| 100 * MS);
        // 5 times the planned second and one more: 60 queries of 100 ms.
        assert_eq!((recorder.n_asked(), recorder.n_unasked), (60, 940));
    }

    #[test]
    fn a_loop_stops_when_its_time_is_over() {
        let plan = Plan { n_rounds: 1_000, seconds_max: Some(0.0305), ..plan(Pace::Closed) };
        let recorder = with_clock(&plan, &|_| MS);
        assert_eq!(recorder.n_asked(), 31);
    }

    #[test]
    fn a_clock_that_stands_still_is_counted_and_not_averaged() {
        let recorder = with_clock(&plan(Pace::Closed), &|nth| if nth < 3 { 0 } else { MS });
        let tally = &recorder.rows[0];
        assert_eq!((tally.n, tally.n_untimed, tally.min_ns), (2, 2, MS));
    }

    #[test]
    fn the_cpu_time_may_be_measured_instead() {
        let now = AtomicU64::new(0);
        let clock = Clock {
            now_ns: &|| now.fetch_add(MS, Ordering::SeqCst),
            wait_until_ns: &|_| (),
            cpu_ns: &|| Some(now.load(Ordering::SeqCst) / 10),
        };
        let ask = |_: Reach, _: &Asked| Ok(Answered::default());
        let plan = Plan { meter: Meter::Cpu, ..plan(Pace::Closed) };
        let recorder = run(&workload(), &plan, clock, &ask).unwrap();
        let tally = &recorder.rows[0];
        assert_eq!((tally.n, tally.min_ns, tally.max_ns), (4, MS / 5, MS / 5));
    }

    #[test]
    fn the_ways_take_turns_and_what_is_counted_has_no_rank() {
        let workload = Workload::read(b"a\tq1\na\tq2\nb\tq3\tcount\n", "w").unwrap();
        let plan = Plan { reaches: vec![Reach::Show, Reach::Rank], ..plan(Pace::Closed) };
        let turns = turns(&workload, &plan, 0);
        assert_eq!(turns.len(), 5);
        assert!(!turns.contains(&Turn { reach: 1, query: 2 }));
    }

    #[test]
    fn several_threads_ask_each_query_once() {
        let n_asked = AtomicU64::new(0);
        let clock = Clock {
            now_ns: &|| n_asked.load(Ordering::SeqCst) * MS,
            wait_until_ns: &|_| (),
            cpu_ns: &|| Some(7),
        };
        let ask = |_: Reach, _: &Asked| {
            n_asked.fetch_add(1, Ordering::SeqCst);
            Ok(Answered::default())
        };
        let plan = Plan { n_threads: 4, n_rounds: 100, ..plan(Pace::Closed) };
        let recorder = run(&workload(), &plan, clock, &ask).unwrap();
        assert_eq!(recorder.n_asked(), 300);
        assert_eq!(n_asked.load(Ordering::SeqCst), 300);
    }
}
