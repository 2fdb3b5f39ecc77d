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

/// Chooses numbers below a total, one from each of as many stretches of the same length.
///
/// So a sample of a hundred has one of each hundredth of the archive, and the seed says which.
fn spread(total: u64, n_wanted: u64, seed: u64) -> Vec<u64> {
    let n_wanted = n_wanted.min(total);
    let border = |idx: u64| {
        let border = u128::from(idx) * u128::from(total) / u128::from(n_wanted.max(1));
        u64::try_from(border).unwrap_or(total)
    };
    let choose = |idx: u64| {
        let (start, end) = (border(idx), border(idx + 1));
        start + scramble(seed ^ scramble(idx)) % (end - start).max(1)
    };
    (0..n_wanted).map(choose).collect()
}

/// Makes a number that looks like chance of another: the finalizer of SplitMix64 (Steele, Lea and
/// Flood, 2014).
fn scramble(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_one_of_each_stretch_and_the_seed_says_which() {
        let sample = spread(1_000, 10, 7);
        assert_eq!(
            sample.iter().map(|it| it / 100).collect::<Vec<_>>(),
            (0..10).collect::<Vec<_>>()
        );
        assert_eq!(spread(1_000, 10, 7), sample);
        assert_ne!(spread(1_000, 10, 8), sample);
    }

    #[test]
    fn a_sample_of_more_than_all_is_all() {
        assert_eq!(spread(4, 500, 1), [0, 1, 2, 3]);
        assert_eq!(spread(0, 500, 1), [0; 0]);
        assert_eq!(spread(7, 5, 1).len(), 5);
        let whole: Vec<u64> = spread(u64::MAX, 3, 1);
        assert!(whole.is_sorted() && whole.len() == 3);
    }
}
