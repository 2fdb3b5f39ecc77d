//! `dateline bench`.

mod asking;
mod clock;
mod compare;
pub mod machine;
mod workload;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::error::{Error, Kind, Result};
use crate::index::{self, CpuOf, Home, cpu_time, memory_bytes_max};
use crate::latency::{
    self, ERRORS_TOLD_MAX, IndexState, Meter, Pace, Plan, Reach, Recorder, Report, RunState,
    Workload,
};
use crate::render;
use crate::search::Searcher;
use crate::text::printable;

use super::args::{Args, Bench, BenchCommand, BenchRun, Plain};
use super::files::write;
use super::{Outcome, home_to_search, say, terminal};

use asking::Asker;
use clock::MonotonicClock;

/// How often everything is asked where nobody says.
const ROUNDS: u32 = 5;

/// How long queries are asked at a rate where nobody says, in seconds.
const SECONDS: f64 = 10.0;

/// The most queries of a run at a rate, all of which are scheduled beforehand.
const SCHEDULED_MAX: f64 = 5_000_000.0;

pub(super) fn run(args: &Args, bench: &Bench) -> anyhow::Result<Outcome> {
    match &bench.command {
        Some(BenchCommand::Compare(compare)) => compare::run(args, compare),
        None => measure(args, &bench.run),
    }
}

fn measure(args: &Args, bench: &BenchRun) -> anyhow::Result<Outcome> {
    let plan = plan(bench)?;
    // What is drawn needs the index; what is in a file is read before an index may be built.
    let named = workload::named(bench)?;
    let home = home_to_search(args)?;
    let searcher = Searcher::open(&home)?;
    let (workload, origin) = match named {
        Some(named) => named,
        None => workload::drawn(bench, &home, &searcher)?,
    };
    if let Some(path) = &bench.write_queries {
        write(path, workload.to_lines())?;
    }
    if bench.dry_run {
        render::latency_classes(&workload, terminal::layout(args.color), &mut io::stdout())?;
        return Ok(Outcome::Done);
    }
    tell_plan(&workload, &plan);
    let asker = Asker::new(&home, &searcher)?;
    let cpu_before = Cpu::now();
    let clock = MonotonicClock::start(&plan);
    let recorder = latency::run(&workload, &plan, clock.handed_down(), &|reach, asked| {
        asker.ask(reach, asked)
    })?;
    let cpu_ns = Cpu::now().since(cpu_before);
    answered(&recorder, &workload)?;
    let index = index_state(&home, &searcher)?;
    let mut report = Report::of(&recorder, (&workload, &plan), (machine::environment(), index));
    report.workload.origin = origin;
    if bench.stages {
        report.add_stages(&workload, asker.stages(&workload));
    }
    report.run = RunState {
        caches: asker.caches(&plan),
        cpu_ns,
        memory_bytes_max: memory_bytes_max(),
        ..report.run
    };
    publish(args, bench, &report)
}

/// Writes and prints a report, and tells what makes it doubtful.
fn publish(args: &Args, bench: &BenchRun, report: &Report) -> anyhow::Result<Outcome> {
    if let Some(path) = &bench.save {
        write(path, render::latency_json(report) + "\n")?;
    }
    if let Some(path) = &bench.html {
        write(path, render::latency_html(report))?;
    }
    let mut out = Vec::new();
    match bench.format {
        Plain::Json => writeln!(out, "{}", render::latency_json(report))?,
        Plain::Text => render::latency(report, terminal::layout(args.color), &mut out)?,
    }
    io::stdout().write_all(&out)?;
    for row in report.rows.iter().filter(|row| row.errors > 0) {
        for told in &row.errors_told {
            say(&format!("note: {}: {}", row.class, printable(told)));
        }
    }
    report.notes.iter().for_each(|note| say(&format!("note: {}", printable(note))));
    Ok(Outcome::Done)
}

/// Returns how the workload is asked.
fn plan(bench: &BenchRun) -> Result<Plan> {
    let reaches = match (bench.reach, bench.process, bench.cold) {
        (_, _, true) => vec![Reach::Cold],
        (_, true, _) => vec![Reach::Process],
        (Some(reach), ..) => reach.reaches(),
        (None, ..) if bench.rate.is_some() => vec![Reach::Show],
        (None, ..) => vec![Reach::Show, Reach::Rank],
    };
    let pace = match bench.rate {
        None => Pace::Closed,
        Some(per_s) => {
            let n_queries = (per_s * bench.seconds.unwrap_or(SECONDS)).max(1.0);
            if n_queries > SCHEDULED_MAX {
                let message = format!("{n_queries} queries are more than {SCHEDULED_MAX}");
                return Err(
                    Error::new(Kind::Usage, message).with_hint("lower --rate, or --seconds")
                );
            }
            Pace::Open { per_s, n_queries: n_queries as usize }
        }
    };
    let n_rounds = match (bench.repeat, bench.seconds) {
        (Some(rounds), _) => rounds,
        (None, Some(_)) => u32::MAX,
        (None, None) => ROUNDS,
    };
    let n_warm = bench.warm.unwrap_or(u32::from(!bench.cold));
    Ok(Plan {
        pace,
        meter: if bench.cpu { Meter::Cpu } else { Meter::Wall },
        reaches,
        n_threads: bench.threads.into(),
        n_warm: n_warm.into(),
        n_rounds: n_rounds.into(),
        seconds_max: bench.seconds.filter(|_| pace == Pace::Closed),
        seed: bench.seed,
    })
}

/// Says what will be done: it may take a while.
fn tell_plan(workload: &Workload, plan: &Plan) {
    let queries = render::counted(workload.queries.len() as u64, "query");
    let how = match (plan.pace, plan.seconds_max) {
        (Pace::Open { per_s, n_queries }, _) => {
            format!("{per_s} a second for {:.1} s", n_queries as f64 / per_s)
        }
        (Pace::Closed, Some(seconds)) => format!("for {seconds} s at most"),
        (Pace::Closed, None) => render::counted(plan.n_rounds, "time"),
    };
    let warm = if plan.n_warm == 0 { "" } else { ", after warming up" };
    let n_classes = workload.classes.len();
    let classes = if n_classes == 1 { "class" } else { "classes" };
    say(&format!("asking {queries} of {n_classes} {classes}, {how}{warm}"));
}

/// Fails where nothing could be asked.
fn answered(recorder: &Recorder, workload: &Workload) -> Result<()> {
    let n_failed: u64 = recorder.rows.iter().map(|row| row.n_errors).sum();
    if n_failed == 0 || n_failed < recorder.n_asked() {
        return Ok(());
    }
    let errors: BTreeMap<&usize, &String> =
        recorder.rows.iter().flat_map(|row| &row.errors).collect();
    let text = |query: &usize| workload.queries.get(*query).map_or("", |it| it.text.as_str());
    let told = errors.into_iter().take(ERRORS_TOLD_MAX);
    let told: Vec<String> =
        told.map(|(query, reason)| format!("\n  {}: {reason}", text(query))).collect();
    let message = format!("no query of the workload can be asked{}", told.concat());
    Err(Error::new(Kind::Usage, message)
        .with_hint("'dateline explain QUERY' tells how a query is read"))
}

fn index_state(home: &Home, searcher: &Searcher) -> Result<IndexState> {
    let facts = searcher.facts();
    let generation = facts.generation;
    // A run may have removed the generation since: what answered is still told by its facts.
    let corpus = home.files(generation).map(|files| index::corpus_mark(&files)).unwrap_or_default();
    Ok(IndexState {
        generation,
        generation_after: home.current()?.unwrap_or(generation),
        articles: facts.articles,
        bytes: home.bytes(generation),
        source_bytes: facts.source_bytes,
        corpus,
    })
}

/// CPU times, in nanoseconds.
#[derive(Clone, Copy)]
struct Cpu(Option<u64>);

impl Cpu {
    /// Returns the CPU time of this process and of those that it waited for.
    fn now() -> Self {
        let of = |of| cpu_time(of).and_then(|it| u64::try_from(it.as_nanos()).ok());
        let own = of(CpuOf::Process);
        Self(own.map(|own| own + of(CpuOf::Children).unwrap_or_default()))
    }

    fn since(self, before: Self) -> Option<u64> {
        Some(self.0?.saturating_sub(before.0?))
    }
}
