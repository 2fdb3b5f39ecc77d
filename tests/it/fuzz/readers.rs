//! The readers of files, fuzzed: whatever bytes come, each reader says something of them, and soon.
//!
//! The ordinary test runs a short round. For ten minutes of the processor's time, with the slowest
//! files told at the end, of all readers or of one:
//!
//! ```text
//! DATELINE_FUZZ_SECONDS=600 cargo test --release --test it fuzz::readers -- --nocapture
//! DATELINE_FUZZ_SECONDS=600 DATELINE_FUZZ_READER=nitf \
//!     cargo test --release --test it fuzz::readers -- --nocapture
//! ```
//!
//! The files are the same in every run, one after the other from a constant seed; a longer run goes
//! further. They are small files of every format (and, in the long run, the samples of
//! `../shared`), damaged in the ways of [`damage`]. The laws are those of `source::Reader`:
//!
//! - nothing panics, and nothing hangs: in the long run, reading takes at most [`CPU_MAX`] of the
//!   thread's time, and [`CPU_PER_MB_MAX`] for each megabyte;
//! - every file has at least one event, and no event comes after a `Break`;
//! - what is told stands within the file, and a record that is read alone is one article;
//! - no memory stays behind.
//!
//! Every few files are packed before they are damaged and then read as a run reads them.

mod damage;
mod seeds;

use std::fmt;
use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use dateline::article::{Article, Origin};
use dateline::source::{self, Event, Input, Reader, Settings, SourceFile, readers};

use super::texts::Random;
use super::thread_time;
use damage::Damage;
use seeds::SEEDS;

/// How many files the short round reads.
const N_FILES: usize = 1_500;

/// The most time of the processor that reading one file may take in the long run, and how much
/// more for each megabyte of it.
const CPU_MAX: Duration = Duration::from_millis(500);
const CPU_PER_MB_MAX: Duration = Duration::from_millis(1_500);

/// How much more memory the program may hold after a long run than after its beginning.
const GROWTH_BYTES_MAX: usize = 256 * 1024 * 1024;

/// How much of a sample of `../shared` is taken.
const SAMPLE_BYTES_MAX: usize = 48 * 1024;

/// Of so many files one is packed, and one is read alone.
const PACKED_EVERY: usize = 16;

#[test]
fn every_reader_keeps_its_law_whatever_bytes_come() {
    let folder = tempfile::tempdir().unwrap();
    let mut round = Round::new(folder.path());
    let Some(seconds) = std::env::var("DATELINE_FUZZ_SECONDS").ok() else {
        (0..N_FILES).for_each(|_| round.next(&mut |_| {}));
        return;
    };
    round.add_samples();
    if let Ok(name) = std::env::var("DATELINE_FUZZ_READER") {
        round.keep_to(&name);
    }
    let until = thread_time() + Duration::from_secs(seconds.parse().unwrap());
    let mut slowest = Slowest::default();
    let mut before = None;
    while thread_time() < until {
        round.next(&mut |timed| slowest.note(timed));
        if round.n_files == N_FILES {
            before = resident_bytes();
        }
    }
    println!("{slowest}{} records were not alone one article", round.n_not_alone);
    if let (Some(before), Some(after)) = (before, resident_bytes()) {
        println!("memory: {} MB, then {} MB", before / 1_000_000, after / 1_000_000);
        assert!(after <= before + GROWTH_BYTES_MAX, "{before} bytes became {after}");
    }
}

#[test]
fn every_reader_has_a_file_of_its_own_and_reads_each_record_alone() {
    let folder = tempfile::tempdir().unwrap();
    let round = Round::new(folder.path());
    for reader in readers() {
        let own: Vec<_> = round.seeds.iter().filter(|it| it.reader == reader.name()).collect();
        assert!(!own.is_empty(), "{} has no seed", reader.name());
        for seed in own {
            let told = told_of(*reader, &seed.bytes, usize::MAX);
            assert!(!told.articles.is_empty(), "{}: {:?}", reader.name(), told.reasons);
            let file = round.file(&seed.bytes);
            for article in &told.articles {
                let alone = source::read_alone(&file, *reader, article.origin.span).unwrap();
                let same = alone.iter().filter(|it| it.paragraphs == article.paragraphs).count();
                assert_eq!((alone.len(), same), (1, 1), "{}: {:?}", reader.name(), article.origin);
            }
        }
    }
}

/// A file that readers read as it is, and the reader whose format it is of.
struct Seed {
    reader: &'static str,
    bytes: Vec<u8>,
}

/// A round of files.
struct Round<'a> {
    folder: &'a Path,
    seeds: Vec<Seed>,
    /// The reader that reads every file, where only one is tried.
    only: Option<&'static dyn Reader>,
    random: Random,
    n_files: usize,
    n_not_alone: usize,
}

impl<'a> Round<'a> {
    fn new(folder: &'a Path) -> Self {
        let own = |(name, text): &(&str, &str)| seed(Path::new(name), text.as_bytes().to_vec());
        let seeds = SEEDS.iter().map(own).collect();
        let random = Random::default();
        Self { folder, seeds, only: None, random, n_files: 0, n_not_alone: 0 }
    }

    /// Adds the beginnings of real files.
    fn add_samples(&mut self) {
        let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/formats");
        let mut waiting = vec![shared];
        let mut files: Vec<PathBuf> = Vec::new();
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() { waiting.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        for path in files {
            let mut bytes = fs::read(&path).unwrap_or_default();
            bytes.truncate(SAMPLE_BYTES_MAX);
            self.seeds.push(seed(&path, bytes));
        }
    }

    /// Keeps to one reader: of the files of other formats only one in eight stays.
    fn keep_to(&mut self, name: &str) {
        let only = readers().iter().copied().find(|it| it.name() == name);
        self.only = Some(only.expect("the name of a reader"));
        let mut n_others = 0;
        self.seeds.retain(|it| {
            n_others += usize::from(it.reader != name);
            it.reader == name || n_others % 8 == 0
        });
    }

    /// Makes the next file, and holds a reader to its law over it.
    fn next(&mut self, note: &mut dyn FnMut(Timed)) {
        self.n_files += 1;
        let (one, other) = (self.pick(), self.pick());
        let seeds = &self.seeds;
        let mut damage = Damage { random: &mut self.random };
        let mut bytes = damage.damaged(&seeds[one].bytes, &seeds[other].bytes);
        let name = seeds[one].reader;
        if self.random.below(PACKED_EVERY) == 0 {
            bytes = packed(&bytes, self.random.below(3));
            bytes = Damage { random: &mut self.random }.damaged(&bytes, &[]);
            return self.read_as_a_run(&bytes);
        }
        let any = readers()[self.random.below(readers().len())];
        let own = readers().iter().copied().find(|it| it.name() == name).unwrap_or(any);
        let reader = if self.random.below(4) == 0 { any } else { own };
        let reader = self.only.unwrap_or(reader);
        let _shown = ShownWhenPanicking { bytes: &bytes, reader: reader.name() };
        let start = thread_time();
        let told = told_of(reader, &bytes, usize::MAX);
        let took = thread_time() - start;
        told.keep_the_law(bytes.len());
        let most = self.random.below(told.n_events);
        let broken = told_of(reader, &bytes, most);
        assert_eq!(broken.n_events, most + 1, "events after a break");
        if self.random.below(PACKED_EVERY) == 0 && !told.articles.is_empty() {
            let article = &told.articles[self.random.below(told.articles.len())];
            let alone = source::read_alone(&self.file(&bytes), reader, article.origin.span);
            self.n_not_alone += usize::from(alone.unwrap().len() != 1);
        }
        note(Timed { bytes: bytes.len(), reader: reader.name(), number: self.n_files, took });
    }

    fn pick(&mut self) -> usize {
        self.random.below(self.seeds.len())
    }

    /// Writes a file, and finds it as the walk does.
    fn file(&self, bytes: &[u8]) -> SourceFile {
        let path = self.folder.join("file");
        fs::write(&path, bytes).unwrap();
        source::walk(&path).unwrap().next().unwrap().unwrap()
    }

    fn read_as_a_run(&self, bytes: &[u8]) {
        let _shown = ShownWhenPanicking { bytes, reader: "all" };
        let file = self.file(bytes);
        let mut n_events = 0;
        source::read(&file, readers(), &mut |event| {
            n_events += 1;
            if let Event::Malformed(malformed) = event {
                let reason = &malformed.reason;
                assert!(!reason.contains("which is a fault of it"), "{reason}");
            }
            ControlFlow::Continue(())
        });
        assert!(n_events > 0, "a file without a word");
    }
}

fn seed(path: &Path, bytes: Vec<u8>) -> Seed {
    let head = &bytes[..bytes.len().min(8 * 1024)];
    let reader = source::reader_for(head, path, readers()).map_or("", Reader::name);
    Seed { reader, bytes }
}

/// Packs bytes in one of three ways.
fn packed(bytes: &[u8], how: usize) -> Vec<u8> {
    match how {
        0 => {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(bytes).unwrap();
            gzip.finish().unwrap()
        }
        1 => {
            let mut header = tar::Header::new_ustar();
            header.set_size(bytes.len() as u64);
            let mut tar = tar::Builder::new(Vec::new());
            tar.append_data(&mut header, "folder/file", bytes).unwrap();
            tar.into_inner().unwrap()
        }
        _ => zstd::encode_all(bytes, 1).unwrap(),
    }
}

/// What a reader said of a file.
#[derive(Default)]
struct Told {
    n_events: usize,
    articles: Vec<Article>,
    origins: Vec<Origin>,
    reasons: Vec<String>,
}

impl Told {
    fn keep_the_law(&self, n_bytes: usize) {
        assert!(self.n_events > 0, "a file without a word");
        for origin in &self.origins {
            let span = origin.span;
            assert!(span.start <= span.end && span.end <= n_bytes, "{span:?} of {n_bytes} bytes");
        }
        for article in &self.articles {
            assert!(!article.id.is_empty() && !article.id.contains(char::is_control));
            assert!(article.paragraphs.iter().all(|it| !it.text.contains('\n')));
        }
    }
}

/// Reads bytes with a reader, which is stopped at the event of that number.
fn told_of(reader: &dyn Reader, bytes: &[u8], most: usize) -> Told {
    let mut told = Told::default();
    let mut stream = bytes;
    let input = Input {
        shown: "archive/file",
        below: "file",
        mtime_ns: None,
        settings: Settings::standard(),
        known: None,
        stream: &mut stream,
    };
    let read = reader.read(input, &mut |event| {
        let is_last = told.n_events == most;
        told.n_events += 1;
        match event {
            Event::Article(article) => {
                told.origins.push(article.origin.clone());
                told.articles.push(*article);
            }
            Event::Malformed(malformed) => {
                told.origins.push(malformed.origin);
                told.reasons.push(malformed.reason);
            }
            _ => {}
        }
        if is_last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    read.unwrap();
    told
}

/// Returns how much memory the program holds, where the system tells.
fn resident_bytes() -> Option<usize> {
    let told = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = told.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096)
}

/// Keeps the file that was being read when something panicked.
struct ShownWhenPanicking<'a> {
    bytes: &'a [u8],
    reader: &'a str,
}

impl Drop for ShownWhenPanicking<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let path = std::env::temp_dir().join(format!("dateline-fuzz-{}", self.reader));
            _ = fs::write(&path, self.bytes);
            eprintln!("while {} was reading {}", self.reader, path.display());
        }
    }
}

/// How long a file took.
#[derive(Clone)]
struct Timed {
    bytes: usize,
    reader: &'static str,
    /// The number of the file in the round.
    number: usize,
    took: Duration,
}

/// The files that took longest.
#[derive(Default)]
struct Slowest {
    n_files: usize,
    n_bytes: usize,
    of_readers: std::collections::BTreeMap<&'static str, Timed>,
}

impl Slowest {
    /// Notes how long a file took; fails where that is too long.
    fn note(&mut self, timed: Timed) {
        self.n_files += 1;
        self.n_bytes += timed.bytes;
        let most = CPU_MAX + CPU_PER_MB_MAX * u32::try_from(timed.bytes >> 20).unwrap();
        assert!(timed.took <= most, "too slow: {timed}");
        let slowest = self.of_readers.entry(timed.reader).or_insert_with(|| timed.clone());
        if timed.took > slowest.took {
            *slowest = timed;
        }
    }
}

impl fmt::Display for Timed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (took, bytes) = (self.took.as_micros(), self.bytes);
        write!(f, "{}: {took} µs for the {bytes} bytes of file {}", self.reader, self.number)
    }
}

impl fmt::Display for Slowest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} files were read, {} MB; the slowest:", self.n_files, self.n_bytes >> 20)?;
        self.of_readers.values().try_for_each(|it| writeln!(f, "{it}"))
    }
}
