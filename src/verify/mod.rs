//! Whether an index can be trusted.
//!
//! ```text
//! bytes ──▶ opening ──▶ facts, files ──▶ articles ──▶ a sample: index ──▶ archive ──▶ search
//! ```
//!
//! | check | holds when |
//! |---|---|
//! | `bytes` | every file of the generation is, to the last byte, what was written |
//! | `opening` | this program can open it |
//! | `facts` | the facts are the sums of the manifest, and the index has as many articles |
//! | `files` | every file of the manifest has as many articles as it says, and no other has any |
//! | `articles` | every article can be read, stands under its own id and date, and only once |
//! | `sample` | see below |
//!
//! Each check trusts those before it: where one of the first two fails, the others are not made,
//! because what reads a damaged index may take any time and any memory.
//!
//! Of each article of the sample these hold. It is found by its id. A search for its rarest words
//! in a row has it among the hits: it was indexed, with its positions. Its file, read from the
//! beginning, has the same article at the same record and bytes: the index tells what the archive
//! says. These bytes alone are read as the same article: the place that is told leads to the
//! record, the whole of it and none of its neighbours. A file that is gone or not the one that was
//! indexed says nothing about the index; it is noted, and its articles only have to find
//! themselves.

mod phrase;
mod sample;

use crate::error::{Error, Kind, Named, Result};
use crate::index::{Findings, Generation, Home};
use crate::random::spread;
use crate::search::Searcher;
use crate::source::Sources;

/// What to examine, and how thoroughly.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The generation; that in use where there is none.
    pub generation: Option<u64>,
    /// How many articles are followed to their files and back.
    pub n_sampled: u64,
    /// Which articles these are: the same number takes the same ones of the same generation.
    pub seed: u64,
    /// What is configured for the files of the archive.
    pub sources: Sources,
}

/// What an examination found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The generation that was examined.
    pub generation: u64,
    /// The checks that were made, in order, each by its name.
    pub checks: Vec<(&'static str, Findings)>,
}

impl Report {
    /// Tells whether nothing is damaged.
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|(_, findings)| findings.is_sound())
    }
}

/// Examines a generation of an index; nothing is written and no lock is taken.
///
/// Reads all of the generation two or three times, and of the archive the files of the sample.
/// Memory grows by some 24 bytes an article, and with the number of files.
///
/// # Errors
///
/// [`Kind::Index`] where there is no such generation. All else that is wrong is in the report.
pub fn run(home: &Home, scope: &Scope) -> Result<Report> {
    let number = generation(home, scope.generation)?;
    let report = examine(home, number, scope);
    let is_sound = report.as_ref().is_ok_and(Report::is_sound);
    if !is_sound && !home.generations()?.contains(&number) {
        let message = format!("generation {number} was removed by a run while it was checked");
        return Err(Error::new(Kind::Index, message).with_hint("check the one in use now"));
    }
    report
}

/// Makes the checks of a generation, one after the other.
fn examine(home: &Home, number: u64, scope: &Scope) -> Result<Report> {
    let mut report = Report { generation: number, checks: Vec::new() };
    report.checks.push(("bytes", home.check_bytes(number)?));
    if !report.is_sound() {
        return Ok(report);
    }
    let opening = home.files(number).and_then(|files| {
        let searcher = Searcher::of(Generation::open_kept(home, number)?)?;
        Ok((Generation::open_kept(home, number)?, searcher, files))
    });
    let (opened, findings) = match opening {
        Ok(opened) => (Some(opened), Findings { n_checked: 1, ..Findings::default() }),
        Err(error) => (None, of_error(error)),
    };
    report.checks.push(("opening", findings));
    if let Some((generation, searcher, files)) = opened {
        report.checks.push(("facts", generation.check_facts(&files)));
        let files_checked = generation.check_files(&files);
        report.checks.push(("files", files_checked.unwrap_or_else(of_error)));
        report.checks.push(("articles", generation.check_articles().unwrap_or_else(of_error)));
        if scope.n_sampled > 0 {
            let numbers = spread(generation.searcher.num_docs(), scope.n_sampled, scope.seed);
            let ids = generation.ids_at(&numbers);
            let sampled = ids.and_then(|ids| {
                sample::check(&searcher, &generation, &files, &ids, &scope.sources)
            });
            report.checks.push(("sample", sampled.unwrap_or_else(of_error)));
        }
    }
    Ok(report)
}

/// Returns the number of the generation to examine, if there is one.
fn generation(home: &Home, wanted: Option<u64>) -> Result<u64> {
    if !home.dir().is_dir() {
        return Err(home.absent());
    }
    let number = match wanted {
        Some(number) => number,
        None => home.current()?.ok_or_else(|| home.absent())?,
    };
    if home.generations()?.contains(&number) {
        return Ok(number);
    }
    let message = format!("the index at {} keeps no generation {number}", Named(home.dir()));
    Err(Error::new(Kind::Index, message)
        .with_hint("'dateline rollback --list' lists those that are kept"))
}

fn of_error(error: Error) -> Findings {
    let mut findings = Findings { n_checked: 1, ..Findings::default() };
    findings.damage(|| error.message);
    findings
}
