//! `dateline verify`.

use std::io::{self, Write};

use serde::Serialize;

use crate::index::{Findings, Home};
use crate::render::grouped;
use crate::text::printable;
use crate::verify::{self, Report, Scope};

use super::args::{Args, Plain, Verify};
use super::settings::{home, sources};
use super::{Outcome, say};

/// What was found, in the order in which it is printed.
#[derive(Serialize)]
struct ReportJson<'a> {
    generation: u64,
    is_sound: bool,
    checks: Vec<CheckJson<'a>>,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    name: &'a str,
    checked: u64,
    damaged: u64,
    findings: &'a [String],
    notes: &'a [String],
}

pub(super) fn run(args: &Args, verify: &Verify) -> anyhow::Result<Outcome> {
    let home = home(args);
    let scope = Scope {
        generation: verify.generation,
        n_sampled: verify.sample,
        seed: verify.seed,
        sources: sources(args),
    };
    let report = verify::run(&home, &scope)?;
    let out = match verify.format {
        Plain::Json => serde_json::to_string_pretty(&json(&report))? + "\n",
        Plain::Text => report.checks.iter().map(|(name, found)| lines(name, found)).collect(),
    };
    io::stdout().write_all(out.as_bytes())?;
    if report.is_sound() {
        return Ok(Outcome::Done);
    }
    say(&format!("dateline: generation {} is damaged", report.generation));
    tell_mends(&home, report.generation);
    Ok(Outcome::Damaged)
}

fn json(report: &Report) -> ReportJson<'_> {
    let checks = report.checks.iter().map(|(name, found)| CheckJson {
        name,
        checked: found.n_checked,
        damaged: found.n_damaged,
        findings: &found.told,
        notes: &found.notes,
    });
    ReportJson {
        generation: report.generation,
        is_sound: report.is_sound(),
        checks: checks.collect(),
    }
}

/// Prints a check in a line, and what it found in lines below.
fn lines(name: &str, found: &Findings) -> String {
    let n_sound = found.n_checked.saturating_sub(found.n_damaged);
    let (sound, checked) = (grouped(n_sound), grouped(found.n_checked));
    let verdict = if found.is_sound() { "ok" } else { "damaged" };
    let mut out = format!("{verdict:<9}{name} {sound}/{checked}\n");
    for line in found.told.iter().chain(&found.notes) {
        out.push_str(&format!("         {}\n", printable(line)));
    }
    let n_untold = found.n_damaged.saturating_sub(found.told.len() as u64);
    if n_untold > 0 {
        out.push_str(&format!("         and {} more\n", grouped(n_untold)));
    }
    out
}

/// Says how the index is mended: by going back, from a backup, or from the archive.
fn tell_mends(home: &Home, damaged: u64) {
    let dir = home.dir().to_string_lossy();
    let others = home.generations().unwrap_or_default().into_iter().rev();
    let (older, newer): (Vec<_>, Vec<_>) =
        others.filter(|number| *number != damaged).partition(|number| *number < damaged);
    if let Some(number) = older.first().or(newer.first()) {
        say(&format!(
            "hint: go back to generation {number}: 'dateline rollback {number} --index {dir}'"
        ));
    }
    say("hint: or search a backup with --index, or copy its files back");
    say(&format!("hint: or make the index anew: 'dateline index --rebuild --index {dir}'"));
}
