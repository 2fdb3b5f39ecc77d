//! `dateline rollback`.

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use crate::index::{Facts, GenerationUse};
use crate::render::{counted, grouped};
use crate::text::Moment;

use super::args::{Args, Plain, Rollback};
use super::progress::megabytes;
use super::settings::home;
use super::{Outcome, say};

/// A generation of the list, in the order in which it is printed.
#[derive(Serialize)]
struct GenerationJson {
    generation: u64,
    is_current: bool,
    finished: Option<String>,
    articles: Option<u64>,
    bytes: u64,
    own_bytes: u64,
}

pub(super) fn run(args: &Args, rollback: &Rollback) -> anyhow::Result<Outcome> {
    let home = home(args);
    if rollback.list {
        let uses = home.disk_use()?;
        let out = match rollback.format {
            Plain::Json => serde_json::to_string_pretty(&json(&uses))? + "\n",
            Plain::Text => table(&uses),
        };
        io::stdout().write_all(out.as_bytes())?;
        return Ok(Outcome::Done);
    }
    let done = home.roll_back(rollback.generation, Duration::ZERO, &mut || {})?;
    say(&format!("in use now: generation {}", told(&done.now)));
    match (&done.left, done.from) {
        (Some(left), _) => say(&format!("before:     generation {}", told(left))),
        (None, Some(from)) => say(&format!("before:     generation {from}, which cannot be read")),
        (None, None) => say("before:     none that could be told"),
    }
    let newer: Vec<String> = done.newer.iter().map(ToString::to_string).collect();
    let next = format!("the next run builds on generation {}", done.now.generation);
    match newer.as_slice() {
        [] => say(&next),
        newer => say(&format!(
            "{next}, and removes what is newer: {}; until then 'dateline rollback {}' goes there",
            newer.join(", "),
            newer[newer.len() - 1],
        )),
    }
    Ok(Outcome::Done)
}

fn told(facts: &Facts) -> String {
    let finished = Moment::of_timestamp(facts.finished_s);
    format!("{}, of {finished}, {}", facts.generation, counted(facts.articles, "article"))
}

fn json(uses: &[GenerationUse]) -> Vec<GenerationJson> {
    let json = |it: &GenerationUse| GenerationJson {
        generation: it.number,
        is_current: it.is_current,
        finished: it.facts.as_ref().map(|it| Moment::of_timestamp(it.finished_s).to_string()),
        articles: it.facts.as_ref().map(|it| it.articles),
        bytes: it.bytes,
        own_bytes: it.own_bytes,
    };
    uses.iter().map(json).collect()
}

/// Prints a line for each generation: what is its own of the disk goes with it.
fn table(uses: &[GenerationUse]) -> String {
    let mut out = String::new();
    for it in uses {
        let (finished, articles) = match &it.facts {
            Some(facts) => {
                let finished = Moment::of_timestamp(facts.finished_s).to_string();
                (finished, grouped(facts.articles))
            }
            None => ("cannot be read".to_owned(), "?".to_owned()),
        };
        let mark = if it.is_current { "  in use" } else { "" };
        out.push_str(&format!(
            "g{:06}  {finished:<20}  {articles:>12} articles  {:>10}, {:>10} of its own{mark}\n",
            it.number,
            megabytes(it.bytes),
            megabytes(it.own_bytes),
        ));
    }
    out
}
