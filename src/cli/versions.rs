//! `dateline versions`.

use std::io::{self, Write};

use crate::render::{counted, versions, versions_json};
use crate::search::Searcher;
use crate::text::printable;

use super::args::{Args, Plain, Versions};
use super::show::find;
use super::{Outcome, home_to_search, say, terminal};

pub(super) fn run(args: &Args, asked: &Versions) -> anyhow::Result<Outcome> {
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let article = find(&searcher, &asked.id)?;
    let against = asked.against.as_deref().map(|id| find(&searcher, id)).transpose()?;
    let found = searcher.versions(&article, against.as_ref(), asked.limit)?;
    let mut out = Vec::new();
    match asked.format {
        Plain::Json => writeln!(out, "{}", versions_json(&found))?,
        Plain::Text => versions(&found, asked.changes, terminal::layout(args.color), &mut out)?,
    }
    io::stdout().write_all(&out)?;
    let n_left = (found.n_versions - found.versions.len().min(found.n_versions)) as u64;
    if n_left > 0 {
        say(&format!("note: {} not listed; -n lists more", counted(n_left, "version")));
    }
    if found.n_versions > 1 {
        return Ok(Outcome::Done);
    }
    say(&format!("no other version of '{}' is in the archive", printable(&article.id)));
    Ok(Outcome::NoHits)
}
