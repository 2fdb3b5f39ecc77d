//! `dateline status`.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use crate::error::{Error, Kind, Named, Result};
use crate::index::{Facts, GenerationUse, Home, now_s};
use crate::ingest::{self, Job, PlanSums, Report, Trust};
use crate::render::{counted, grouped};
use crate::source;
use crate::text::{Moment, printable};

use super::Outcome;
use super::args::{Args, Plain, Status};
use super::progress::{megabytes, planned};
use super::run_report::run_before;
use super::settings::{home, new_job};

/// What is known of an index, in the order in which it is printed.
#[derive(Serialize)]
struct StatusJson {
    articles: u64,
    undated: u64,
    paragraphs: u64,
    files: u64,
    quarantined: u64,
    bytes: u64,
    source_bytes: u64,
    generation: u64,
    format: u32,
    analysis: String,
    finished: String,
    roots: Vec<String>,
    /// How many files are of which format.
    formats: BTreeMap<String, u64>,
    /// Whether the archives have changed since; nothing where they could not be looked at.
    is_stale: Option<bool>,
    /// What the next run would do.
    changes: Option<PlanSums>,
    /// Why the archives could not be looked at.
    unreachable: Option<String>,
    last_run: Option<Report>,
    last_good_run: Option<Report>,
    generations: Vec<GenerationJson>,
}

/// A generation that is kept.
#[derive(Serialize)]
struct GenerationJson {
    generation: u64,
    finished: Option<String>,
    articles: Option<u64>,
    bytes: u64,
    own_bytes: u64,
    is_current: bool,
}

pub(super) fn run(args: &Args, status: &Status) -> anyhow::Result<Outcome> {
    let home = home(args);
    let Some(current) = home.current()? else {
        let message = format!("there is no index at {}", Named(home.dir()));
        let hint = "build one with 'dateline index PATH', PATH being your archive";
        return Err(Error::new(Kind::Index, message).with_hint(hint).into());
    };
    let facts = home.facts(current)?;
    let told = StatusJson::of(args, &home, facts)?;
    let out = match status.format {
        Plain::Json => serde_json::to_string_pretty(&told)? + "\n",
        Plain::Text => told.table(&home),
    };
    io::stdout().write_all(out.as_bytes())?;
    if let Some(max_age) = status.max_age {
        check_age(told.last_good_run.as_ref(), max_age)?;
    }
    Ok(Outcome::Done)
}

/// Fails where the last good run is too long ago.
fn check_age(last: Option<&Report>, max_age: Duration) -> Result<()> {
    let hint = "see what the last run said: 'dateline status'";
    let Some(last) = last else {
        return Err(Error::new(Kind::Guard, "no run has ended well yet").with_hint(hint));
    };
    // A run that ended in the future ended before the clock was set back.
    let age_s = u64::try_from(now_s() - last.finished_s).unwrap_or_default();
    if age_s <= max_age.as_secs() {
        return Ok(());
    }
    let message = format!(
        "the last good run ended {:.1} hours ago, and {:.1} are allowed",
        age_s as f64 / 3600.0,
        max_age.as_secs_f64() / 3600.0
    );
    Err(Error::new(Kind::Guard, message).with_hint(hint))
}

/// Looks whether the archives have changed, without opening a file of them.
fn changes(args: &Args, home: &Home, roots: &[String]) -> Result<PlanSums> {
    let roots: Vec<PathBuf> = roots.iter().map(|root| source::path_of(root)).collect();
    let job = Job { trust: Trust::Times, ..new_job(args, home.clone(), roots)? };
    ingest::plan(&job, &mut |_| {}).map(|plan| plan.sums)
}

impl StatusJson {
    fn of(args: &Args, home: &Home, facts: Facts) -> Result<Self> {
        let changes = changes(args, home, &facts.roots);
        let last = |run: u64| Report::from_json(&home.report(run)?);
        Ok(Self {
            articles: facts.articles,
            undated: facts.undated,
            paragraphs: facts.paragraphs,
            files: facts.files,
            quarantined: home.quarantine().len() as u64,
            bytes: home.bytes(facts.generation),
            source_bytes: facts.source_bytes,
            generation: facts.generation,
            format: facts.format,
            analysis: facts.analysis,
            finished: Moment::of_timestamp(facts.finished_s).to_string(),
            roots: facts.roots,
            formats: facts.formats,
            is_stale: changes.as_ref().ok().map(|changes| !changes.is_empty()),
            unreachable: changes.as_ref().err().map(ToString::to_string),
            changes: changes.ok(),
            last_run: home.runs().last().and_then(|run| last(*run)),
            last_good_run: run_before(home, 0),
            generations: home.disk_use()?.iter().map(GenerationJson::of).collect(),
        })
    }

    fn table(&self, home: &Home) -> String {
        let mut rows = vec![
            ("index", home.dir().display().to_string()),
            ("articles", grouped(self.articles)),
            ("without a date", grouped(self.undated)),
            ("paragraphs", grouped(self.paragraphs)),
            ("files", format!("{}, {}", grouped(self.files), megabytes(self.source_bytes))),
            ("of formats", self.formats()),
            ("set aside", grouped(self.quarantined)),
            ("size", megabytes(self.bytes)),
            ("generation", format!("{}, finished {}", self.generation, self.finished)),
        ];
        let others = self.generations.iter().filter(|it| !it.is_current);
        rows.extend(others.map(|it| ("kept beside it", it.line())));
        rows.push(("format", format!("{}, {}", self.format, self.analysis)));
        rows.push(("archives", self.roots.join(", ")));
        rows.push(("changed since", self.freshness()));
        if let Some(run) = &self.last_run {
            rows.push(("last run", run_line(run)));
        }
        if let Some(good) = &self.last_good_run
            && self.last_run.as_ref() != Some(good)
        {
            rows.push(("last good run", run_line(good)));
        }
        rows.iter().map(|(name, value)| format!("{name:>14}  {}\n", printable(value))).collect()
    }

    /// Returns the formats of the files, those of most files first.
    fn formats(&self) -> String {
        let mut formats: Vec<_> = self.formats.iter().collect();
        formats.sort_by_key(|(_, n_files)| Reverse(**n_files));
        let counts = formats.iter().map(|(name, n_files)| format!("{} {name}", grouped(**n_files)));
        counts.collect::<Vec<_>>().join(", ")
    }

    fn freshness(&self) -> String {
        match (&self.changes, &self.unreachable) {
            (Some(changes), _) => {
                planned(changes).filter(|_| !changes.is_empty()).unwrap_or_else(|| "no".to_owned())
            }
            (None, why) => format!("not known: {}", why.as_deref().unwrap_or_default()),
        }
    }
}

impl GenerationJson {
    fn of(kept: &GenerationUse) -> Self {
        let finished = |facts: &Facts| Moment::of_timestamp(facts.finished_s).to_string();
        Self {
            generation: kept.number,
            finished: kept.facts.as_ref().map(finished),
            articles: kept.facts.as_ref().map(|facts| facts.articles),
            bytes: kept.bytes,
            own_bytes: kept.own_bytes,
            is_current: kept.is_current,
        }
    }

    fn line(&self) -> String {
        let finished = self.finished.as_deref().unwrap_or("damaged");
        let articles = counted(self.articles.unwrap_or_default(), "article");
        let own = megabytes(self.own_bytes);
        format!("{}, finished {finished}, {articles}, {own} of its own", self.generation)
    }
}

fn run_line(run: &Report) -> String {
    let ended = Moment::of_timestamp(run.finished_s);
    let mut line = format!("{}, {}, {ended}", run.run, run.outcome.name());
    if run.set_aside > 0 {
        line.push_str(&format!(", {} set aside", run.set_aside));
    }
    if let Some(error) = &run.error {
        line.push_str(&format!(": {error}"));
    }
    line
}
