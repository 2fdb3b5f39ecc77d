//! `dateline bench compare`.

use std::io::{self, Write};
use std::path::Path;

use crate::error::Result;
use crate::latency::{Alike, Comparison, FILE_BYTES_MAX, Report};
use crate::render;
use crate::text::printable;

use crate::cli::args::{Args, BenchCompare, Plain};
use crate::cli::files::{read, shown};
use crate::cli::{Outcome, say, terminal};

pub(super) fn run(args: &Args, compare: &BenchCompare) -> anyhow::Result<Outcome> {
    let (before, after) = (report(&compare.before)?, report(&compare.after)?);
    let alike = if compare.force { Alike::Waived } else { Alike::Required };
    let comparison = Comparison::of(&before, &after, alike)?;
    let mut out = Vec::new();
    match compare.format {
        Plain::Json => writeln!(out, "{}", render::latency_comparison_json(&comparison))?,
        Plain::Text => {
            render::latency_comparison(&comparison, terminal::layout(args.color), &mut out)?;
        }
    }
    io::stdout().write_all(&out)?;
    comparison.notes.iter().for_each(|note| say(&format!("note: {}", printable(note))));
    let tripped = compare.fail_if.iter().flat_map(|gate| gate.tripped(&comparison));
    let tripped: Vec<String> = tripped.collect();
    tripped.iter().for_each(|it| say(&format!("too much: {}", printable(it))));
    Ok(if tripped.is_empty() { Outcome::Done } else { Outcome::Guarded })
}

fn report(path: &Path) -> Result<Report> {
    Report::read(&read(path, FILE_BYTES_MAX)?, &shown(path))
}
