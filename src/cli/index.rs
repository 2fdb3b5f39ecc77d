//! `dateline index`.

use std::fs;

use serde_json::json;

use crate::error::{Error, Result};
use crate::index::Home;
use crate::ingest::{self, Job, Report, RunOutcome};
use crate::render::counted;

use super::args::{Args, Index, Plain};
use super::progress::Progress;
use super::run_report::{run_before, summary, table};
use super::signals::Signals;
use super::{Outcome, plan, say, settings};

pub(super) fn run(args: &Args, index: &Index) -> anyhow::Result<Outcome> {
    let job = settings::job(args, index)?;
    if index.dry_run {
        return plan::tell(&job, index.format);
    }
    let next_run = job.home.next_run();
    let outcome = carry_out(&job, index.log_format);
    // A run that failed has left its report too, if it could.
    let last_run = job.home.runs().last().copied().filter(|run| *run >= next_run);
    let report = last_run.and_then(|run| job.home.report(run));
    if let (Some(path), Some(report)) = (&index.report, report) {
        fs::write(path, report + "\n").map_err(|cause| Error::io("write", path, &cause))?;
    }
    outcome
}

/// Carries out a job, and tells what it did.
pub(super) fn carry_out(job: &Job, log_format: Plain) -> anyhow::Result<Outcome> {
    let signals = Signals::catch()?;
    let job = Job { stop: signals.stop(), ..job.clone() };
    let report = match ingest(&job, log_format) {
        Err(error) if log_format == Plain::Json => {
            let outcome = Outcome::of(error.kind);
            let (error, hint, exit_code) = (error.to_string(), error.hint, outcome as u8);
            let failed = json!({
                "event": "failed", "error": error, "hint": hint, "exit_code": exit_code,
            });
            say(&failed.to_string());
            return Ok(outcome);
        }
        ingested => ingested?,
    };
    match log_format {
        Plain::Json => say(&json!({"event": "finished", "report": report}).to_string()),
        Plain::Text => {
            say(table(&report, run_before(&job.home, report.run).as_ref()).trim_end());
            tell_set_aside(&job.home, &report);
        }
    }
    Ok(match (report.outcome, signals.caught()) {
        (RunOutcome::Interrupted, Some(outcome)) => outcome,
        _ if report.set_aside > 0 => Outcome::SetAside,
        _ => Outcome::Done,
    })
}

/// Builds an index that is not there yet.
pub(super) fn build(job: &Job) -> Result<()> {
    let report = ingest(job, Plain::Text)?;
    say(&summary(&report));
    tell_set_aside(&job.home, &report);
    Ok(())
}

fn ingest(job: &Job, log_format: Plain) -> Result<Report> {
    let mut progress = Progress::new(log_format);
    ingest::run(job, &mut |event| progress.tell(&event))
}

fn tell_set_aside(home: &Home, report: &Report) {
    if report.set_aside > 0 {
        let list = home.dir().join("quarantine.ndjson");
        let records = counted(report.set_aside, "record");
        say(&format!("{records} set aside, listed in '{}'", list.display()));
    }
}
