//! `dateline index`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Named, Result};
use crate::index::Home;
use crate::ingest::{self, Job, Report, RunOutcome, Start};
use crate::render::counted;
use crate::source;

use super::args::{Args, DEFAULT_ARCHIVE, Index, Plain};
use super::progress::Progress;
use super::run_report::{run_before, summary, table};
use super::signals::Signals;
use super::{Outcome, home, say};

pub(super) fn run(args: &Args, index: &Index) -> anyhow::Result<Outcome> {
    let home = home(args);
    let roots = if index.paths.is_empty() { usual_roots(&home)? } else { index.paths.clone() };
    let start = if index.rebuild { Start::Rebuild } else { Start::FromCurrent };
    let signals = Signals::catch()?;
    let stop = signals.stop();
    let job = Job { start, stop, ..Job::new(home, roots) };
    let report = ingest(&job, Plain::Text)?;
    say(table(&report, run_before(&job.home, report.run).as_ref()).trim_end());
    tell_set_aside(&job.home, &report);
    if let Some(path) = &index.report {
        write_report(path, &report)?;
    }
    Ok(match (report.outcome, signals.caught()) {
        (RunOutcome::Interrupted, Some(outcome)) => outcome,
        _ if report.set_aside > 0 => Outcome::SetAside,
        _ => Outcome::Done,
    })
}

/// Returns what to read where nobody says: the archives that the index was made of, else the sample.
fn usual_roots(home: &Home) -> Result<Vec<PathBuf>> {
    let sample = PathBuf::from(DEFAULT_ARCHIVE);
    let unknown = |_| {
        let message =
            format!("the index at {} does not say what it was made of", Named(home.dir()));
        Error::new(Kind::Index, message)
            .with_hint("name its archives: 'dateline index --rebuild --index DIR PATH'")
    };
    let roots = match home.current().map_err(unknown)? {
        Some(current) => home.facts(current).map_err(unknown)?.roots,
        None => Vec::new(),
    };
    let is_sample = source::root_name(&sample).is_ok_and(|sample| roots == [sample]);
    let roots: Vec<PathBuf> = roots.iter().map(|root| source::path_of(root)).collect();
    Ok(if roots.is_empty() || is_sample { vec![sample] } else { roots })
}

/// Builds an index that is not there yet.
pub(super) fn build(home: &Home, roots: Vec<PathBuf>) -> Result<()> {
    let report = ingest(&Job::new(home.clone(), roots), Plain::Text)?;
    say(&summary(&report));
    tell_set_aside(home, &report);
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
