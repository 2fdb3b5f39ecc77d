//! What a run says while it goes on.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::ingest::{Event, PlanSums};
use crate::render::counted;
use crate::text::printable;

use super::args::Plain;
use super::say;

/// How many set-aside records and doubts are told one by one; all are in the quarantine list.
const LINES_MAX: u64 = 20;

/// Tells the events of a run: with a bar on a terminal, in a line a stage elsewhere, or as a JSON
/// object a line for machines.
pub(super) struct Progress {
    format: Plain,
    bar: ProgressBar,
    n_set_aside: u64,
    n_doubts: u64,
}

impl Progress {
    pub(super) fn new(format: Plain) -> Self {
        Self { format, bar: ProgressBar::hidden(), n_set_aside: 0, n_doubts: 0 }
    }

    /// Tells an event.
    pub(super) fn tell(&mut self, event: &Event<'_>) {
        match self.format {
            Plain::Json => {
                if let Some(line) = json_of(event) {
                    say(&line.to_string());
                }
            }
            Plain::Text => self.tell_people(event),
        }
    }

    fn tell_people(&mut self, event: &Event<'_>) {
        match event {
            Event::Waiting => self.line("waiting for another run to end"),
            Event::Rebuilding { because } => {
                self.line(&format!("making the whole index anew ({})", printable(because)));
            }
            Event::Continuing => self.line("going on where the last run was broken off"),
            Event::Planned(sums) => self.start(sums),
            Event::Copying => self.line("the disk of the index cannot link: its files were copied"),
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
            Event::Committed | Event::Publishing => {}
            Event::Merging => self.finish(),
        }
    }

    fn start(&mut self, sums: &PlanSums) {
        if let Some(line) = planned(sums) {
            self.line(&line);
        }
        if io::stderr().is_terminal() {
            self.bar = ProgressBar::new(sums.bytes);
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

/// Says what is to be done; nothing where nothing is.
pub(super) fn planned(sums: &PlanSums) -> Option<String> {
    let parts = [
        (sums.adds, "new"),
        (sums.updates, "changed"),
        (sums.moves, "moved"),
        (sums.retries, "to be read again"),
        (sums.touched, "only touched"),
        (sums.deletes, "gone"),
    ];
    let is_first = sums.adds == sums.files && sums.deletes == 0;
    if is_first {
        let files = counted(sums.files, "file");
        return Some(format!("reading {files}, {}", megabytes(sums.bytes)));
    }
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    (!parts.is_empty()).then(|| {
        let files = counted(sums.files, "file");
        format!("{files}: {}; reading {}", parts.join(", "), megabytes(sums.bytes))
    })
}

/// Returns an event as machines read it; what happens to each file is not told.
fn json_of(event: &Event<'_>) -> Option<Value> {
    let line = match event {
        Event::File(_) => return None,
        Event::Waiting => json!({"event": "waiting"}),
        Event::Rebuilding { because } => json!({"event": "rebuilding", "because": because}),
        Event::Continuing => json!({"event": "continuing"}),
        Event::Planned(sums) => json!({"event": "planned", "plan": sums}),
        Event::Copying => json!({"event": "copying"}),
        Event::SetAside(it) => json!({
            "event": "set_aside",
            "path": it.origin.path,
            "record": it.origin.record,
            "class": it.class,
            "reason": it.reason,
        }),
        Event::Doubt(doubt) => json!({"event": "note", "note": doubt}),
        Event::Committed => json!({"event": "committed"}),
        Event::Merging => json!({"event": "merging"}),
        Event::Publishing => json!({"event": "publishing"}),
    };
    Some(line)
}

/// Prints a size as people read it: `17.2 MB`.
pub(super) fn megabytes(bytes: u64) -> String {
    let bytes = bytes as f64;
    if bytes < 1e6 { format!("{:.1} kB", bytes / 1e3) } else { format!("{:.1} MB", bytes / 1e6) }
}
