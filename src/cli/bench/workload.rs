//! Where the queries come from.

use crate::error::Result;
use crate::index::{Generation, Home};
use crate::latency::{
    ARTICLES_SAMPLED, FILE_BYTES_MAX, Generated, Material, Workload, generate, workload_of_log,
};
use crate::random::spread;
use crate::search::Searcher;

use crate::cli::args::BenchRun;
use crate::cli::files::{read, shown};
use crate::cli::say;

/// How many queries of each class are drawn where nobody says.
const QUERIES_EACH: u16 = 25;

/// A workload, and where it comes from.
type Named = (Workload, String);

/// Returns the workload of a file, if one is named.
pub(super) fn named(bench: &BenchRun) -> Result<Option<Named>> {
    if let Some(path) = &bench.queries {
        let name = shown(path);
        let workload = Workload::read(&read(path, FILE_BYTES_MAX)?, &name)?;
        return Ok(Some((workload, format!("of {name}"))));
    }
    let Some(path) = &bench.from_log else { return Ok(None) };
    let name = shown(path);
    let workload = workload_of_log(&read(path, FILE_BYTES_MAX)?, &name)?;
    Ok(Some((workload, format!("of {name}, a log of searches"))))
}

/// Draws a workload from the articles of an index.
pub(super) fn drawn(bench: &BenchRun, home: &Home, searcher: &Searcher) -> Result<Named> {
    let n_each = bench.generate.unwrap_or(QUERIES_EACH);
    let n_articles = searcher.facts().articles;
    let generation = Generation::open_kept(home, searcher.facts().generation)?;
    let ids = generation.ids_at(&spread(n_articles, ARTICLES_SAMPLED, bench.seed))?;
    let mut articles = Vec::with_capacity(ids.len());
    for id in &ids {
        articles.extend(searcher.article(id)?);
    }
    let n_with = |words: &[String]| searcher.n_articles_with(words);
    let material = Material { articles: &articles, n_articles, n_with: &n_with };
    let Generated { workload, notes } = generate(&material, n_each.into(), bench.seed)?;
    notes.iter().for_each(|note| say(&format!("note: {note}")));
    Ok((workload, format!("drawn from the index, {n_each} a class, seed {}", bench.seed)))
}
