//! How everything grows with the archive: what a build takes, what an index takes, what the nights
//! after it take, how long each class of query and a command of its own take, measured on archives
//! of several sizes; and the exponent of each of these, read off.
//!
//! ```text
//! cargo bench --bench growth -- FOLDER [SIZES…]     builds and asks; sizes in articles
//! cargo bench --bench growth -- FOLDER --ask        asks the indexes that are there
//! cargo bench --bench growth -- --draw              draws what was measured, and nothing else
//! ```
//!
//! Archives are made by `../shared/tools/make_archive.py`, or by what `DATELINE_MAKE_ARCHIVE` names,
//! and kept in the folder with their indexes; an archive that is there is taken as it is. What is
//! measured goes to `growth.json` size by size, so that a size can be measured again alone; the
//! picture `growth.svg` and the tables of `growth.md` are made of that.

#![allow(clippy::expect_used, clippy::panic, reason = "a bench that cannot go on stops")]

mod archive;
mod figures;
mod law;
mod measure;
mod picture;
mod series;
mod tables;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use figures::Figures;
use measure::{Depth, Site};

/// The sizes where nobody names others, in articles.
const SIZES: [u64; 5] = [10_000, 30_000, 100_000, 300_000, 1_000_000];

/// The sizes of a trial.
const TRIAL_SIZES: [u64; 2] = [20, 40];

/// The largest archive that is made a second time with a file for each article: more files than
/// that are a burden to a disk, not a measure.
const FILES_MAX: u64 = 100_000;

/// What was asked of the bench.
enum Task {
    /// To try everything once, on tiny archives.
    Try,
    /// To draw what was measured.
    Draw,
    /// To measure archives in a folder, of some sizes.
    Measure(PathBuf, Vec<u64>, Work),
    /// Nothing that it could do.
    Nothing,
}

/// How much of an archive is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    /// All.
    Everything,
    /// Only what is asked of an index that is there.
    Asking,
}

/// Adds to a text, which cannot fail.
fn put(text: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(words);
}

fn main() {
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches");
    match task() {
        Task::Try => attempt(),
        Task::Draw => publish(&Figures::read(&results), &results),
        Task::Measure(folder, sizes, work) => {
            let site = Site { folder, depth: Depth::FULL };
            for size in sizes {
                measure(&site, size, work, &results);
            }
        }
        Task::Nothing => println!(
            "skipped: no folder was named: cargo bench --bench growth -- FOLDER [SIZES…] [--ask]"
        ),
    }
}

fn task() -> Task {
    let (options, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|it| it.starts_with("--"));
    let has = |option: &str| options.iter().any(|it| it == option);
    let mut words = words.into_iter();
    match words.next() {
        _ if has("--test") => Task::Try,
        _ if has("--draw") => Task::Draw,
        None => Task::Nothing,
        Some(folder) => {
            let number = |it: String| it.replace('_', "").parse().expect("a number of articles");
            let mut sizes: Vec<u64> = words.map(number).collect();
            if sizes.is_empty() {
                sizes.extend(SIZES);
            }
            // The working directory of a bench is that of the package; a relative path is meant so.
            let folder = std::path::absolute(folder).expect("a folder");
            Task::Measure(folder, sizes, if has("--ask") { Work::Asking } else { Work::Everything })
        }
    }
}

/// Measures archives of the seeds, and puts what comes of it where nobody looks.
fn attempt() {
    law::check();
    let folder = tempfile::tempdir().expect("a folder");
    let site = Site { folder: folder.path().to_owned(), depth: Depth::TRIAL };
    fs::write(folder.path().join(tables::PAGE), tables::EMPTY_PAGE).expect("a page");
    for size in TRIAL_SIZES {
        archive::of_seeds(&site.archive(size), size);
        // Files of records are as good as others to try a run over files.
        archive::of_seeds(&folder.path().join(format!("{size}.files")), size);
        measure(&site, size, Work::Everything, folder.path());
        measure(&site, size, Work::Asking, folder.path());
    }
    let svg = fs::read_to_string(folder.path().join(picture::NAME)).expect("a picture");
    assert!(svg.ends_with("</svg>\n") && !svg.contains("NaN"), "a picture can be drawn");
}

/// Measures one archive, and adds what was found to the results.
fn measure(site: &Site, size: u64, work: Work, results: &Path) {
    let archive = site.archive(size);
    if !archive.exists() && !archive::make(&archive, size, archive::Shape::Records) {
        return;
    }
    if work == Work::Everything {
        site.build(size);
        if size <= FILES_MAX {
            site.build_of_files(size);
        }
    }
    let Some(built) = site.built(size) else {
        println!(
            "skipped: {size} articles, there is no index of them with the reports of its runs"
        );
        return;
    };
    let found = site.asked(size, built);
    let mut figures = Figures::read(results);
    figures.add(found);
    figures.write(results);
    publish(&figures, results);
}

/// Draws the picture and prints the tables.
fn publish(figures: &Figures, results: &Path) {
    if figures.sizes.is_empty() {
        println!("skipped: nothing was measured yet");
        return;
    }
    fs::write(results.join(picture::NAME), picture::svg(figures)).expect("a picture");
    let tables = tables::text(figures);
    tables::put_into_page(results, &tables);
    println!("{tables}");
}
