//! `dateline facets`.

use std::io::{self, Write};

use crate::query::Reading;
use crate::render::{facets, facets_json};
use crate::search::{Note, Searcher};

use super::args::{Args, Facets, Plain};
use super::search::{read_query, tell};
use super::{Outcome, home_to_search, today};

pub(super) fn run(args: &Args, asked: &Facets) -> anyhow::Result<Outcome> {
    let Reading { query, remarks } = read_query(&asked.query, asked.dialect)?;
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let found = searcher.facets(&query, today(), &asked.by, asked.limit)?;
    let out = match asked.format {
        Plain::Json => facets_json(&found.counts) + "\n",
        Plain::Text => facets(&found.counts),
    };
    io::stdout().write_all(out.as_bytes())?;
    let notes: Vec<Note> = remarks.into_iter().map(Note::Reading).chain(found.notes).collect();
    tell(&notes);
    Ok(if found.n_articles == 0 { Outcome::NoHits } else { Outcome::Done })
}
