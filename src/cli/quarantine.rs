//! `dateline quarantine`.

use std::io::{self, Write};

use crate::error::Result;
use crate::index::Quarantined;
use crate::ingest::{self, Job};
use crate::render::counted;
use crate::text::{Moment, printable};

use super::args::{Args, Plain, Quarantine, QuarantineCommand};
use super::settings::{home, run_again};
use super::{Outcome, index, say};

pub(super) fn run(args: &Args, quarantine: &Quarantine) -> anyhow::Result<Outcome> {
    match &quarantine.command {
        QuarantineCommand::List { format } => {
            let list = home(args).quarantine();
            let lines: serde_json::Result<Vec<String>> = match format {
                Plain::Text => Ok(list.iter().map(line).collect()),
                Plain::Json => list.iter().map(serde_json::to_string).collect(),
            };
            let mut out = io::stdout().lock();
            lines?.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            if list.is_empty() && *format == Plain::Text {
                say("nothing is set aside");
            }
            Ok(Outcome::Done)
        }
        QuarantineCommand::Retry => {
            let job = run_again(args)?;
            index::carry_out(&Job { quarantine: ingest::Quarantined::Retried, ..job }, Plain::Text)
        }
        QuarantineCommand::Clear { paths } => {
            let n_cleared = clear(args, paths)?;
            say(&format!("{} taken off the list", counted(n_cleared, "record")));
            Ok(Outcome::Done)
        }
    }
}

/// Takes records off the list: those of the files whose path ends as said, or all of them.
fn clear(args: &Args, paths: &[String]) -> Result<u64> {
    let home = home(args);
    let timeout = run_again(args)?.lock_timeout;
    let _lock = home.lock(timeout, &mut || say("waiting for another run to end"))?;
    let list = home.quarantine();
    let is_meant = |it: &Quarantined| {
        let is_path = |path: &String| it.path.ends_with(path.as_str()) || it.origin == *path;
        paths.is_empty() || paths.iter().any(is_path)
    };
    let (cleared, left): (Vec<_>, Vec<_>) = list.into_iter().partition(is_meant);
    if !cleared.is_empty() {
        home.keep_quarantine(&left)?;
    }
    Ok(cleared.len() as u64)
}

fn line(it: &Quarantined) -> String {
    let record = if it.record > 0 { format!(":{}", it.record) } else { String::new() };
    let since = Moment::of_timestamp(it.since_s);
    let (path, reason) = (printable(&it.path), printable(&it.reason));
    format!("{since}  {:<10}  {path}{record}: {reason}", it.class.name())
}
