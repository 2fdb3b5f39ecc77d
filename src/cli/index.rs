//! `dateline index`.

use std::fs;
use std::path::Path;

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
    let outcome = carry_out(&job, Some(index));
    if let (Err(_), Some(path)) = (&outcome, &index.report) {
        // A run that failed has left its report too, if it could.
        let last = job.home.runs().last().and_then(|run| job.home.report(*run));
        last.map_or(Ok(()), |json| write_report(path, &json))?;
    }
    outcome
}

/// Carries out a job, and tells what it did.
pub(super) fn carry_out(job: &Job, index: Option<&Index>) -> anyhow::Result<Outcome> {
    let signals = Signals::catch()?;
    let job = Job { stop: signals.stop(), ..job.clone() };
    let log_format = index.map_or(Plain::Text, |index| index.log_format);
    let report = ingest(&job, log_format)?;
    match log_format {
        Plain::Json => say(&json!({"event": "finished", "report": report}).to_string()),
        Plain::Text => {
            say(table(&report, run_before(&job.home, report.run).as_ref()).trim_end());
            tell_set_aside(&job.home, &report);
        }
    }
    if let Some(path) = index.and_then(|index| index.report.as_ref()) {
        write_report(path, &report.to_json())?;
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

fn write_report(path: &Path, json: &str) -> Result<()> {
    fs::write(path, format!("{json}\n")).map_err(|cause| Error::io("write", path, &cause))
}
