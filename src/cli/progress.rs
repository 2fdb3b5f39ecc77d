//! What a run says while it goes on.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::ingest::Event;
use crate::text::printable;

use super::say;

/// How many set-aside records and doubts are told one by one; all are in the quarantine list.
const LINES_MAX: u64 = 20;

/// Tells the events of a run: with a bar on a terminal, in quiet lines elsewhere.
pub(super) struct Progress {
    bar: ProgressBar,
    n_set_aside: u64,
    n_doubts: u64,
}

impl Progress {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::hidden();
        Self { bar, n_set_aside: 0, n_doubts: 0 }
    }

    /// Tells an event.
    pub(super) fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Rebuilding { because } => {
                self.line(&format!("making the whole index anew ({})", printable(because)));
            }
            Event::Walked { n_files, bytes } => self.start(*n_files, *bytes),
            Event::File(file) => self.bar.inc(file.bytes),
            Event::SetAside(malformed) => {
                self.n_set_aside += 1;
                if self.n_set_aside <= LINES_MAX {
                    let place = malformed.origin.to_string();
                    self.line(&format!("set aside: {}: {}", printable(&place), malformed.reason));
                }
            }
            Event::Doubt(doubt) => {
                self.n_doubts += 1;
                if self.n_doubts <= LINES_MAX {
                    self.line(&format!("note: {}", printable(doubt)));
                }
            }
            Event::Finishing => self.finish(),
        }
    }

    fn start(&mut self, n_files: u64, bytes: u64) {
        let files = if n_files == 1 { "file" } else { "files" };
        self.line(&format!("reading {n_files} {files}, {}", megabytes(bytes)));
        if io::stderr().is_terminal() {
            self.bar = ProgressBar::new(bytes);
            let template = "{bar:30} {percent:>3} %  {bytes_per_sec}  {eta} left  {msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn finish(&mut self) {
        self.bar.finish_and_clear();
        for (n, what) in [(self.n_set_aside, "records set aside"), (self.n_doubts, "notes")] {
            if n > LINES_MAX {
                self.line(&format!("and {} more {what}", n - LINES_MAX));
            }
        }
        self.bar = ProgressBar::hidden();
        if io::stderr().is_terminal() {
            self.bar = ProgressBar::new_spinner();
            self.bar.set_message("merging and writing");
            self.bar.enable_steady_tick(Duration::from_millis(200));
        }
    }

    fn line(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Prints a size as people read it: `17.2 MB`.
pub(super) fn megabytes(bytes: u64) -> String {
    let bytes = bytes as f64;
    if bytes < 1e6 { format!("{:.1} kB", bytes / 1e3) } else { format!("{:.1} MB", bytes / 1e6) }
}
