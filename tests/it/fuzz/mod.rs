//! The readers of queries, fuzzed: whatever is typed, they answer, and soon.
//!
//! The ordinary test runs a short round. For ten minutes, with the slowest texts told at the end:
//!
//! ```text
//! DATELINE_FUZZ_SECONDS=600 cargo test --release --test it fuzz -- --nocapture
//! ```
//!
//! The texts are the same in every run, one after the other from a constant seed; a longer run goes
//! further. They are arbitrary bytes, valid queries that were damaged, signs in any order, and all
//! of these up to [`QUERY_BYTES_MAX`]. Each is read in every dialect, and the laws are:
//!
//! - nothing panics, and nothing hangs;
//! - a text is refused with three lines of which the last has a caret, or it is read into a query
//!   whose printed form reads the same;
//! - in the long run, reading takes at most [`CPU_MAX`] of the thread's time, whatever the text:
//!   time that grew with the square of the length would take seconds.

mod readers;
mod texts;

use std::fmt;
use std::time::{Duration, Instant};

use dateline::error::{Error, Kind};
use dateline::query::{Dialect, Looseness, Meaning, QUERY_BYTES_MAX, Query, parse, read};
use dateline::text::{Moment, Tongue};
use rustix::time::{ClockId, clock_gettime};

use texts::{SEEDS, Texts};

/// How many texts the short round reads.
const N_TEXTS: usize = 2_500;

/// The most time of the processor that reading one text may take in the long run.
const CPU_MAX: Duration = Duration::from_millis(250);

/// From how many bytes on the time per byte says something.
const TIMED_BYTES_MIN: usize = 4 * 1024;

/// The longest text whose meaning is read too: proximity may make many conditions of a longer one.
const MEANT_BYTES_MAX: usize = 1024;

#[test]
fn every_text_is_refused_with_a_caret_or_reads_the_same_once_printed() {
    let Some(seconds) = std::env::var("DATELINE_FUZZ_SECONDS").ok() else {
        Texts::default().take(N_TEXTS).for_each(|text| each_dialect(&text, &mut |_| {}));
        return;
    };
    let until = Instant::now() + Duration::from_secs(seconds.parse().unwrap());
    let mut slowest = Slowest::default();
    for text in Texts::default().take_while(|_| Instant::now() < until) {
        each_dialect(&text, &mut |timed| slowest.note(timed));
    }
    println!("{slowest}");
}

#[test]
fn every_seed_is_a_query_of_its_dialect() {
    for (dialect, queries) in SEEDS {
        for text in *queries {
            let found = read(text, *dialect);
            assert!(found.is_ok(), "{text} in {}: {}", dialect.name(), found.unwrap_err());
        }
    }
}

#[test]
fn the_texts_are_of_every_kind() {
    let texts: Vec<String> = Texts::default().take(N_TEXTS).collect();
    let n_read = texts.iter().filter(|text| parse(text).is_ok()).count();
    assert!((N_TEXTS / 20..N_TEXTS).contains(&n_read), "{n_read} of {N_TEXTS} are read");
    assert!(texts.iter().any(|it| it.len() > QUERY_BYTES_MAX));
    let n_long = texts.iter().filter(|it| it.len() > QUERY_BYTES_MAX / 2).count();
    assert!(n_long > 20, "{n_long} are long");
    assert!(texts.iter().any(|text| text.contains(char::REPLACEMENT_CHARACTER)));
}

/// Reads a text in each dialect and holds it to the laws.
fn each_dialect(text: &str, note: &mut dyn FnMut(Timed)) {
    for dialect in Dialect::ALL {
        let _shown = ShownWhenPanicking { text, dialect };
        let start = thread_time();
        let found = read(text, dialect);
        note(Timed { text: text.to_owned(), dialect, took: thread_time() - start });
        match found {
            Ok(reading) => {
                reads_the_same(&reading.query);
                means_something(&reading.query, text);
                let is_plain = |remark: &String| !remark.contains(char::is_control);
                assert!(reading.remarks.iter().all(is_plain), "{:?}", reading.remarks);
            }
            Err(error) => has_a_caret(&error, text),
        }
    }
}

/// Checks that a query reads the same once printed, and prints the same once read.
fn reads_the_same(query: &Query) {
    let printed = query.to_string();
    match parse(&printed) {
        Ok(again) => {
            assert_eq!(again, *query, "printed as {printed:?}");
            assert_eq!(again.to_string(), printed);
        }
        // The printed form may be longer than what was typed.
        Err(error) => assert!(printed.len() > QUERY_BYTES_MAX, "{printed:?}: {error}"),
    }
}

/// Reads what a query means, and drops it.
fn means_something(query: &Query, text: &str) {
    let today = Moment::day(2025, 8, 18).unwrap();
    if text.len() <= MEANT_BYTES_MAX {
        for looseness in [Looseness::All, Looseness::Any] {
            drop(Meaning::of(query, looseness, today, &[Tongue::ENGLISH]));
        }
    }
}

/// Checks the form of a refusal: the sentence, the query, and a caret with a suggestion.
fn has_a_caret(error: &Error, text: &str) {
    let message = &error.message;
    assert_eq!(error.kind, Kind::Usage);
    let told = format!("{message}{}", error.hint.as_deref().unwrap_or_default());
    assert!(!told.contains(|c: char| c.is_control() && c != '\n'), "{told:?}");
    let lines: Vec<&str> = message.lines().collect();
    if text.len() > QUERY_BYTES_MAX || text.trim().is_empty() {
        assert_eq!(lines.len(), 1, "{message}");
        return;
    }
    let [_, query, caret] = lines.as_slice() else {
        panic!("not three lines: {message}");
    };
    assert!(query.starts_with("  "), "{message}");
    let suggestion = caret.trim_start_matches(' ').trim_start_matches('^');
    assert!(caret.contains('^') && suggestion.trim().len() > 4, "{message}");
}

/// Tells which text was being read when something panicked.
struct ShownWhenPanicking<'a> {
    text: &'a str,
    dialect: Dialect,
}

impl Drop for ShownWhenPanicking<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("while reading {:?} in {}", self.text, self.dialect.name());
        }
    }
}

/// How long a text took.
#[derive(Clone)]
struct Timed {
    text: String,
    dialect: Dialect,
    took: Duration,
}

impl Timed {
    fn nanoseconds_per_byte(&self) -> u128 {
        self.took.as_nanos() / self.text.len().max(1) as u128
    }
}

/// The texts that took longest.
#[derive(Default)]
struct Slowest {
    n_texts: usize,
    n_bytes: usize,
    of_all: Option<Timed>,
    per_byte: Option<Timed>,
}

impl Slowest {
    /// Notes how long a text took; fails where it is too long.
    fn note(&mut self, timed: Timed) {
        self.n_texts += 1;
        self.n_bytes += timed.text.len();
        assert!(timed.took <= CPU_MAX, "too slow: {timed}");
        let is_slower = self.of_all.as_ref().is_none_or(|slowest| timed.took > slowest.took);
        if timed.text.len() >= TIMED_BYTES_MIN {
            let rate = Timed::nanoseconds_per_byte;
            if self.per_byte.as_ref().is_none_or(|slowest| rate(&timed) > rate(slowest)) {
                self.per_byte = Some(timed.clone());
            }
        }
        if is_slower {
            self.of_all = Some(timed);
        }
    }
}

impl fmt::Display for Timed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beginning: String = self.text.chars().take(60).collect();
        write!(
            f,
            "{} µs, {} ns a byte, {} bytes in {}: {beginning:?}",
            self.took.as_micros(),
            self.nanoseconds_per_byte(),
            self.text.len(),
            self.dialect.name(),
        )
    }
}

impl fmt::Display for Slowest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} texts were read, {} MB", self.n_texts, self.n_bytes / 1_000_000)?;
        let told = |timed: &Option<Timed>| timed.as_ref().map(ToString::to_string);
        writeln!(f, "the slowest: {}", told(&self.of_all).unwrap_or_default())?;
        write!(f, "the slowest per byte: {}", told(&self.per_byte).unwrap_or_default())
    }
}

/// Returns how long the processor worked for this thread.
fn thread_time() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
}
