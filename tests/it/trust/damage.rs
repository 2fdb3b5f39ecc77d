//! Damage on the disk: all of it is noticed by `verify`, and none makes the library panic.
//!
//! The ordinary test damages every file of a small generation in some places: a bit is flipped,
//! a stretch is overwritten with one byte, the end is cut off. A longer round:
//!
//! ```text
//! DATELINE_DAMAGE_CASES=20000 cargo test --release --test it damage -- --nocapture
//! ```
//!
//! The places are the same in every run, one after the other from a constant seed; a longer run
//! goes further. Each time these hold, whatever was flipped:
//!
//! - opening, searching, reading an article and `verify` return, with an answer or an error;
//! - the error is of the kind that says that the index is damaged;
//! - `verify` says that something is damaged; where the sums of the generation are lost too, it
//!   may not notice what they alone cover, and still returns.

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::error::{Error, Kind, is_contained};
use dateline::index::Home;
use dateline::query::parse;
use dateline::search::{Request, Searcher, Sort};
use dateline::verify::{self, Scope};

use super::{files_of, flip, generation};
use crate::world::World;

/// How many places the short round damages.
const N_CASES: usize = 320;

/// The longest that a case may take; what hangs takes for ever.
const CASE_MAX: Duration = Duration::from_secs(60);

/// What is asked of a damaged index.
const QUERIES: &[&str] = &[
    "ferry",
    "\"the ferry sails\"",
    "ferry OR mill OR bridge",
    "f* AND NOT mill",
    "ferry W/5 harbour",
    "date>=2020 AND ferri~1",
    "zzzz",
    "*",
];

/// Numbers that look like chance, the same in every run: SplitMix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % n as u64).unwrap()
    }
}

/// Makes an indexed world of some articles of many words, with and without dates.
fn world_of_many_words() -> World {
    const WORDS: &[&str] =
        &["the", "ferry", "sails", "mill", "bridge", "harbour", "Ann", "Hale", "late", "old"];
    let mut chance = Chance(7);
    let mut records = String::new();
    for n in 0..150 {
        let mut words = || -> Vec<String> {
            let word = |_| WORDS[chance.below(WORDS.len())].to_owned();
            let mut words: Vec<String> = (0..40).map(word).collect();
            words.push(format!("number{n}"));
            words
        };
        let (first, second) = (words().join(" "), words().join(" "));
        let date =
            if n % 3 == 0 { String::new() } else { format!("20{:02}-05-0{}", n % 30, n % 9 + 1) };
        records.push_str(&format!(
            "{{\"id\": \"w{n}\", \"date\": \"{date}\", \"headline\": \"The ferry {n}\", \
             \"body\": [\"{first}\", \"{second}\"]}}\n"
        ));
    }
    let world = World::with([("wire.jsonl", &records)]);
    world.index().expect(0);
    // Some records are not where they were.
    world.put("wire.jsonl", format!("{{\"id\": \"new\", \"body\": \"The ferry.\"}}\n{records}"));
    world.index().expect(0);
    world
}

/// Asks a damaged index a few things; fails on an error that says something else than damage.
fn ask(home: &Home) -> Vec<Error> {
    let mut errors = Vec::new();
    let searcher = match Searcher::open(home) {
        Ok(searcher) => searcher,
        Err(error) => return vec![error],
    };
    for query in QUERIES {
        let request = Request::new(parse(query).unwrap());
        for sort in [Sort::Relevance, Sort::Newest] {
            errors.extend(searcher.search(&Request { sort, limit: 20, ..request.clone() }).err());
        }
        errors.extend(searcher.count(&request.query, request.today).err());
    }
    errors.extend(searcher.article("w7").err());
    errors.extend(searcher.variants("ferrie").err());
    let request = Request::new(parse("ferry late").unwrap());
    errors.extend(searcher.explain(&request, None).err());
    errors
}

/// The kinds of error that damage may end in: a file of ours that cannot be read is an `Io` one.
fn is_told_as_damage(error: &Error) -> bool {
    matches!(error.kind, Kind::Index | Kind::Io) && !error.message.contains('\n')
}

#[test]
fn damage_anywhere_is_noticed_and_none_makes_anything_panic() {
    let world = world_of_many_words();
    let home = world.home();
    let dir = generation(&world, home.current().unwrap().unwrap());
    let sums_path = dir.join("SUMS");
    let files: Vec<PathBuf> = files_of(&dir).into_iter().filter(|it| *it != sums_path).collect();
    assert!(files.len() >= 11, "{files:?}");
    let n_cases = std::env::var("DATELINE_DAMAGE_CASES").ok();
    let n_cases = n_cases.map_or(N_CASES, |it| it.parse().unwrap());
    keep_quiet_about_what_is_contained();
    let mut chance = Chance(2);
    let mut tally = Tally::default();
    for case in 0..n_cases {
        let path = &files[case % files.len()];
        let whole = fs::read(path).unwrap();
        let damaged = damaged(&whole, &mut chance);
        let sums = (case % 5 == 0).then(|| fs::read(&sums_path).unwrap());
        if sums.is_some() {
            fs::remove_file(&sums_path).unwrap();
        }
        let shown = Shown { path, whole: &whole, damaged: &damaged };
        replace(path, &damaged);
        let started = Instant::now();
        let errors = ask(&home);
        let report = verify::run(&home, &Scope { n_sampled: 3, ..Scope::default() });
        let took = started.elapsed();
        assert!(took < CASE_MAX, "{took:?}");
        let wrong = errors.iter().find(|it| !is_told_as_damage(it));
        assert!(wrong.is_none(), "{wrong:?}");
        tally.n_panics += errors.iter().filter(|it| is_of_panic(it)).count().min(1);
        tally.n_errors += errors.len().min(1);
        let is_noticed = !report.unwrap().is_sound();
        assert!(is_noticed || sums.is_some(), "not noticed");
        match sums {
            None => tally.n_noticed += 1,
            Some(sums) => {
                tally.n_without_sums += 1;
                tally.n_noticed_without += usize::from(is_noticed);
                fs::write(&sums_path, sums).unwrap();
            }
        }
        drop(shown);
        replace(path, &whole);
    }
    println!("{n_cases} places: {tally:?}");
    assert!(verify::run(&home, &Scope::default()).unwrap().is_sound());
}

/// Has only those panics told that are not contained: of the others there are thousands.
fn keep_quiet_about_what_is_contained() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !is_contained() {
            before(panic);
        }
    }));
}

/// Tells whether an error was a panic.
fn is_of_panic(error: &Error) -> bool {
    error.hint.as_ref().is_some_and(|hint| hint.starts_with("check it with 'dateline verify"))
}

/// How many times what happened.
#[derive(Debug, Default)]
struct Tally {
    /// `verify` noticed.
    n_noticed: usize,
    /// There were no sums.
    n_without_sums: usize,
    /// `verify` noticed without them.
    n_noticed_without: usize,
    /// A search, or the opening before it, told of it.
    n_errors: usize,
    /// What it told was a panic.
    n_panics: usize,
}

/// Damages some bytes; there is at least one, and the result is never the same.
fn damaged(whole: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let at = chance.below(bytes.len());
    match chance.below(8) {
        0 => bytes.truncate(at),
        1 | 2 => {
            let end = bytes.len().min(at + 1 + chance.below(600));
            let byte = [0x00, 0xff, 0x80, 0x7f][chance.below(4)];
            bytes[at..end].fill(byte);
        }
        _ => bytes[at] ^= 1 << chance.below(8),
    }
    if bytes == whole {
        bytes[at] ^= 1;
    }
    bytes
}

/// Puts other bytes in the place of a file, which another generation may link to.
fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Tells what was damaged when something panicked.
struct Shown<'a> {
    path: &'a Path,
    whole: &'a [u8],
    damaged: &'a [u8],
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let first = self.whole.iter().zip(self.damaged).position(|(a, b)| a != b);
            let (path, n_bytes) = (self.path.display(), self.damaged.len());
            eprintln!("with {path} damaged from {first:?} on, now {n_bytes} bytes");
        }
    }
}

/// Finds a flip over which tantivy panics.
fn flip_that_panics(home: &Home, files: &[PathBuf]) {
    let mut chance = Chance(3);
    loop {
        let path = &files[chance.below(files.len())];
        let whole = fs::read(path).unwrap();
        flip(path, chance.below(whole.len()), 1 << chance.below(8));
        let request = Request::new(parse("ferry").unwrap());
        let found = Searcher::open(home).and_then(|searcher| searcher.search(&request));
        if found.err().as_ref().is_some_and(is_of_panic) {
            return;
        }
        fs::write(path, whole).unwrap();
    }
}

#[test]
fn a_panic_over_a_damaged_index_is_told_in_two_lines() {
    let world = world_of_many_words();
    let home = world.home();
    flip_that_panics(&home, &files_of(&generation(&world, 2)));
    let said = world.search("ferry").expect(4);
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(lines.len(), 2, "{said:?}");
    assert!(lines[0].starts_with("dateline: the index at 'index' cannot be read: "), "{said:?}");
    assert_eq!(
        lines[1],
        "hint: check it with 'dateline verify --index index'; where nothing is damaged, this is a \
         fault of the program"
    );
    world.run(&["verify"]).expect(4);
    let mut told = world.command(&["search", "ferry"]);
    let said = crate::world::Said::of(told.env("RUST_BACKTRACE", "1"), "").expect(4);
    assert!(said.err.contains("panicked at"), "{said:?}");
}
