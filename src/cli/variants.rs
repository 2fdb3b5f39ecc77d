//! `dateline variants`.

use std::io::{self, Write};

use crate::render::variants_json;
use crate::search::Searcher;

use super::args::{Args, Plain, Variants};
use super::{Outcome, home_to_search};

pub(super) fn run(args: &Args, variants: &Variants) -> anyhow::Result<Outcome> {
    let searcher = Searcher::open(&home_to_search(args)?)?;
    let found = searcher.variants(&variants.name.join(" "))?;
    let mut out = String::new();
    match variants.format {
        Plain::Json => out = variants_json(&found) + "\n",
        Plain::Text => {
            for variant in &found {
                out.push_str(&format!("{}\t{}\n", variant.n_articles, variant.word));
            }
        }
    }
    io::stdout().write_all(out.as_bytes())?;
    Ok(if found.is_empty() { Outcome::NoHits } else { Outcome::Done })
}
