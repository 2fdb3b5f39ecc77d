//! `dateline index`.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::error::{Error, Kind, Result};
use crate::index::Home;
use crate::ingest::{self, Job, Report, RunOutcome};
use crate::render::counted;

use super::args::{Args, Index, Plain};
use super::progress::Progress;
use super::run_report::{run_before, summary, table};
use super::signals::Signals;
use super::{Outcome, say, settings};

pub(super) fn run(args: &Args, index: &Index) -> anyhow::Result<Outcome> {
    if index.dry_run {
        let error = Error::new(Kind::Usage, "a run cannot be tried without doing it yet");
        return Err(error.with_hint("leave --dry-run out").into());
    }
    let signals = Signals::catch()?;
    let job = Job { stop: signals.stop(), ..settings::job(args, index)? };
    let report = ingest(&job, index.log_format)?;
    match index.log_format {
        Plain::Json => say(&json!({"event": "finished", "report": report}).to_string()),
        Plain::Text => {
            say(table(&report, run_before(&job.home, report.run).as_ref()).trim_end());
            tell_set_aside(&job.home, &report);
        }
    }
    if let Some(path) = &index.report {
        write_report(path, &report)?;
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

fn write_report(path: &Path, report: &Report) -> Result<()> {
    let json = report.to_json() + "\n";
    fs::write(path, json).map_err(|cause| Error::io("write", path, &cause))
}
