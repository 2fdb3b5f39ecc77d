//! `dateline status`.

use std::io::{self, Write};

use serde::Serialize;

use crate::error::{Error, Kind, Named};
use crate::index::{Facts, Home};
use crate::ingest::Report;
use crate::text::{Moment, printable};

use super::Outcome;
use super::args::{Args, Plain, Status};
use super::progress::megabytes;
use super::settings::home;
use crate::render::grouped;

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
    last_run: Option<Report>,
}

pub(super) fn run(args: &Args, status: &Status) -> anyhow::Result<Outcome> {
    let home = home(args);
    let Some(current) = home.current()? else {
        let message = format!("there is no index at {}", Named(home.dir()));
        let hint = "build one with 'dateline index PATH', PATH being your archive";
        return Err(Error::new(Kind::Index, message).with_hint(hint).into());
    };
    let facts = home.facts(current)?;
    let status_json = StatusJson::of(&home, facts);
    let out = match status.format {
        Plain::Json => serde_json::to_string_pretty(&status_json)? + "\n",
        Plain::Text => status_json.table(&home),
    };
    io::stdout().write_all(out.as_bytes())?;
    Ok(Outcome::Done)
}

impl StatusJson {
    fn of(home: &Home, facts: Facts) -> Self {
        Self {
            articles: facts.articles,
            undated: facts.undated,
            paragraphs: facts.paragraphs,
            files: facts.files,
            quarantined: home.quarantine().len() as u64,
            bytes: home.bytes(facts.generation),
            source_bytes: facts.source_bytes,
            generation: facts.generation,
            format: facts.format,
            finished: Moment::of_timestamp(facts.finished_s).to_string(),
            last_run: home.runs().last().and_then(|run| Report::from_json(&home.report(*run)?)),
            analysis: facts.analysis,
            roots: facts.roots,
        }
    }

    fn table(&self, home: &Home) -> String {
        let rows = [
            ("index", home.dir().display().to_string()),
            ("articles", grouped(self.articles)),
            ("without a date", grouped(self.undated)),
            ("paragraphs", grouped(self.paragraphs)),
            ("files", format!("{}, {}", grouped(self.files), megabytes(self.source_bytes))),
            ("set aside", grouped(self.quarantined)),
            ("size", megabytes(self.bytes)),
            ("generation", format!("{}, finished {}", self.generation, self.finished)),
            ("format", format!("{}, {}", self.format, self.analysis)),
            ("archives", self.roots.join(", ")),
        ];
        rows.iter().map(|(name, value)| format!("{name:>14}  {}\n", printable(value))).collect()
    }
}
