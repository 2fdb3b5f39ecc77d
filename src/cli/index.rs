//! `dateline index`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Named, Result};
use crate::index::Home;
use crate::ingest::{self, Job, Report, Start};
use crate::render::counted;
use crate::source;

use super::args::{Args, DEFAULT_ARCHIVE, Index};
use super::progress::{Progress, megabytes};
use super::{Outcome, home, say};

pub(super) fn run(args: &Args, index: &Index) -> anyhow::Result<Outcome> {
    let home = home(args);
    let roots = if index.paths.is_empty() { usual_roots(&home)? } else { index.paths.clone() };
    let start = if index.rebuild { Start::Rebuild } else { Start::FromCurrent };
    let report = ingest(&Job { start, ..Job::new(home, roots) })?;
    if let Some(path) = &index.report {
        write_report(path, &report)?;
    }
    Ok(if report.set_aside > 0 { Outcome::SetAside } else { Outcome::Done })
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
    ingest(&Job::new(home.clone(), roots)).map(drop)
}

fn ingest(job: &Job) -> Result<Report> {
    let mut progress = Progress::new();
    let report = ingest::run(job, &mut |event| progress.tell(&event))?;
    drop(progress);
    say(&summary(&report));
    if report.set_aside > 0 {
        let list = job.home.dir().join("quarantine.ndjson");
        say(&format!(
            "{} set aside, listed in '{}'",
            counted(report.set_aside, "record"),
            list.display()
        ));
    }
    Ok(report)
}

fn summary(report: &Report) -> String {
    let seconds = report.took_ms as f64 / 1e3;
    let rate = report.source_bytes as f64 / 1e6 / seconds.max(0.001);
    let mut line = format!(
        "{} from {} in {seconds:.1} s ({rate:.1} MB/s); generation {}, {}",
        counted(report.articles, "article"),
        counted(report.files, "file"),
        report.generation,
        megabytes(report.index_bytes),
    );
    if report.articles_in_index != report.articles {
        line.push_str(&format!(", {} in all", counted(report.articles_in_index, "article")));
    }
    if report.undated > 0 {
        line.push_str(&format!("; {} without a date", report.undated));
    }
    line
}

fn write_report(path: &Path, report: &Report) -> Result<()> {
    let json = report.to_json() + "\n";
    fs::write(path, json).map_err(|cause| Error::io("write", path, &cause))
}
