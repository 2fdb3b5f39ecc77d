//! The run: from an archive on disk to a new generation of the index.
//!
//! ```text
//! lock ──▶ base ──▶ walk ──▶ plan ──▶ guards ──▶ draft: read, put, commit … ──▶ merge ──▶ publish
//! ```
//!
//! This room conducts and tells; it never prints. A reading thread goes through the files of the
//! plan, the calling thread gives ids, others annotate and analyze, and tantivy's inverts, with short
//! queues between them, so that memory does not grow with the archive. Nothing in an archive ends
//! a run: what cannot be read is set aside and named. What was there already is not indexed again:
//! files that have not changed are not read, and of those that have, only the articles that are not
//! the same get in.

mod guards;
mod job;
mod likeness;
mod namesakes;
mod numbers;
mod plan;
mod reading;
mod report;
mod roots;
mod run;
mod standing;

use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::article::{Article, Malformed};
use crate::error::{Error, Kind, Result};
use crate::index::{self, Base, CpuOf, Draft, FileFacts, Foundation, Home, Lock, now_s};
use crate::source::{self, Unlisted};

use roots::Root;
use run::Run;

pub use job::{
    COMMIT_BYTES, DELETIONS_ALLOWED, DELETIONS_MAX, Guards, Job, PATIENCE, Quarantined,
    SWELLING_BYTES_MAX, Share, Start, Trust,
};
pub use plan::{Action, Plan, PlanSums};
pub use report::{Articles, CpuTimes, Files, Report, RunOutcome, Stages};

/// What happens in a run, told as it happens.
#[derive(Debug)]
pub enum Event<'a> {
    /// Another run holds the lock, and is waited for.
    Waiting,
    /// The index cannot be added to, and is made anew from all its roots.
    Rebuilding {
        /// What made the old one, in a few words.
        because: String,
    },
    /// A run that was broken off is continued.
    Continuing,
    /// It is known what is to be done.
    Planned(&'a PlanSums),
    /// The disk cannot link, and the segments of the generation before are copied.
    Copying,
    /// A file was read to its end.
    File(&'a FileFacts),
    /// A record was set aside.
    SetAside(&'a Malformed),
    /// Something was read with a doubt; nothing is lost.
    Doubt(&'a str),
    /// What was read until now is safe.
    Committed,
    /// All articles are in; they are merged.
    Merging,
    /// The generation is written, and is about to become the one in use.
    Publishing,
}

/// Finds out what a run would do, and changes nothing.
///
/// # Errors
///
/// As [`run`], but for those of the lock and of writing.
pub fn plan(job: &Job, tell: &mut dyn FnMut(Event<'_>)) -> Result<Plan> {
    survey(job, tell).map(|survey| survey.plan)
}

/// What is known before a run begins.
struct Survey {
    base: Base,
    roots: Vec<Root>,
    /// The places below them that could not be looked into.
    unlisted: Vec<Unlisted>,
    plan: Plan,
}

/// Looks at the archive and at the index, both at once, and compares them.
fn survey(job: &Job, tell: &mut dyn FnMut(Event<'_>)) -> Result<Survey> {
    let mut roots = roots::all(job, tell)?;
    let (listing, base) = thread::scope(|scope| {
        let walk = scope.spawn(|| roots::list(&roots, &job.sources));
        let is_ours = |origin: &str| roots.iter().any(|root| source::is_within(origin, &root.name));
        let base = Base::find(&job.home, foundation(job), job.knowledge.version(), &is_ours);
        (walk.join(), base)
    });
    let died = |_| Error::new(Kind::Io, "the thread that lists the archive has died");
    let (listing, base) = (listing.map_err(died)??, base?);
    count_before(job, &base, &mut roots)?;
    roots::check_something_there(&roots, &listing, job.guards.deletions_max)?;
    let unlisted = listing.unlisted.clone();
    let plan = plan::make(job, &base, &roots, listing);
    Ok(Survey { base, roots, unlisted, plan })
}

/// Reads what has changed below the roots into a new generation, and makes it the one in use.
///
/// Where nothing has changed there is no new generation. However the run ends, its report is kept
/// in `runs`, if there is an index to keep it in.
///
/// # Errors
///
/// [`Kind::Locked`] where another run is writing, [`Kind::Io`] where a root is missing or the disk
/// does not let us, [`Kind::Guard`] where a guard of the job stops it. The index is then as it was.
pub fn run(job: &Job, tell: &mut dyn FnMut(Event<'_>)) -> Result<Report> {
    let mut report = Report { started_s: now_s(), ..Report::default() };
    let started = Instant::now();
    // A root that is missing is told before anything is touched.
    job.roots.iter().try_for_each(|root| source::root_name(root).map(drop))?;
    // Whoever waits in vain for the lock writes nothing, no report either: it is held to the end.
    let lock = job.home.lock(job.lock_timeout, &mut || tell(Event::Waiting))?;
    report.stages_ms.wait = millis(started);
    let outcome = try_run(job, &lock, &mut report, tell);
    let outcome = outcome.map_err(|error| job.home.name_in(error));
    report.took_ms = millis(started);
    report.cpu_ms.all = index::cpu_time(CpuOf::Process).unwrap_or_default().as_millis() as u64;
    report.finished_s = now_s();
    report.quarantined = job.home.quarantine().len() as u64;
    report.memory_bytes_max = index::memory_bytes_max();
    if let Err(error) = &outcome {
        report.error = Some(error.to_string());
    }
    let kept = keep(&job.home, &mut report);
    outcome.and(kept).map(|()| report)
}

fn keep(home: &Home, report: &mut Report) -> Result<()> {
    if !home.dir().join("runs").is_dir() {
        return Ok(());
    }
    report.run = home.next_run();
    home.keep_report(report.run, &report.to_json())
}

fn try_run(
    job: &Job,
    lock: &Lock,
    report: &mut Report,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<()> {
    let began = Instant::now();
    let Survey { base, roots, unlisted, plan } = survey(job, tell)?;
    report.stages_ms.plan = millis(began);
    if base.is_unfinished() {
        tell(Event::Continuing);
    }
    tell(Event::Planned(&plan.sums));
    let mut run = Run::new(job, &roots, &plan, report, tell);
    if let Some(error) = plan.stopped_by {
        return Err(error);
    }
    if plan.sums.is_empty() && !base.is_unfinished() && base.generation.is_some() {
        run.leave_unchanged(&base, &unlisted)?;
        // A run that was killed as it ended may have left one too many.
        job.home.prune(base.generation, job.generations_kept)?;
    } else {
        run.make(Draft::begin(&job.home, lock, base, annotators(job))?, plan, &unlisted)?;
    }
    renew_places(&job.home, &roots, unlisted)
}

/// Brings the list of what was set aside up to date as to the places that could not be looked into.
fn renew_places(home: &Home, roots: &[Root], unlisted: Vec<Unlisted>) -> Result<()> {
    let old = home.quarantine();
    let is_ours = |it: &index::Quarantined| {
        it.reader.is_empty() && roots.iter().any(|root| source::is_within(&it.origin, &root.name))
    };
    let (replaced, mut list): (Vec<_>, Vec<_>) = old.iter().cloned().partition(is_ours);
    list.extend(unlisted.into_iter().map(|it| {
        let new = index::Quarantined::new(it.malformed, &it.origin, "", now_s());
        replaced.iter().find(|old| old.is_same(&new)).cloned().unwrap_or(new)
    }));
    if list == old { Ok(()) } else { home.keep_quarantine(&list) }
}

/// Returns what makes a recogniser for each thread.
fn annotators(job: &Job) -> index::Annotators {
    let knowledge = job.knowledge.clone();
    Arc::new(move || {
        let mut recogniser = knowledge.recogniser()?;
        Ok(Box::new(move |article: &Article| recogniser.annotate(article)))
    })
}

/// Returns what a job builds on.
fn foundation(job: &Job) -> Foundation {
    match job.start {
        Start::FromCurrent => Foundation::Current,
        Start::Rebuild => Foundation::Nothing,
    }
}

/// Counts what the index holds of each root, for the guards: also where nothing is taken over.
fn count_before(job: &Job, base: &Base, roots: &mut [Root]) -> Result<()> {
    match job.home.current() {
        Ok(Some(number)) if base.generation.is_none() => {
            roots::count(roots, &job.home.files(number).unwrap_or_default());
        }
        Err(error) if job.start == Start::FromCurrent => return Err(error),
        _ => roots::count(roots, &base.files),
    }
    Ok(())
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
