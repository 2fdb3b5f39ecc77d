//! How long a person waits: the CPU time of a warm search, from the text of the query to ten
//! printed hits with their snippets. Prints the median and the 99th percentile of each class, and
//! both again where nothing but BM25 counts.
//!
//! ```text
//! cargo bench --bench show
//! ```

#![allow(clippy::expect_used, clippy::panic, reason = "a bench that cannot go on stops")]

mod corpus;

use dateline::query;
use dateline::render::{Format, Layout, Names, Styles};
use dateline::search::{Ranking, Request, Searcher};
use rustix::time::{ClockId, clock_gettime};

use corpus::Corpus;

/// How many queries of each class; each is asked once to warm up, and once to be timed.
const QUERIES: usize = 250;

fn main() {
    for corpus in Corpus::all() {
        let megabytes = corpus.text_bytes() as f64 / 1e6;
        println!("{}: {} articles, {megabytes:.1} MB of text", corpus.name, corpus.articles.len());
        println!(
            "{:<12}{:>10}{:>10}{:>10}{:>22}",
            "class", "p50 us", "p99 us", "hits", "by BM25 alone"
        );
        let searcher = corpus.searcher();
        for (class, queries) in corpus.queries(QUERIES) {
            let (p50, p99, n_hits) = timed(&searcher, &queries, Ranking::default());
            let plain = Ranking { n_candidates: 0, ..Ranking::default() };
            let (p50_plain, p99_plain, _) = timed(&searcher, &queries, plain);
            println!(
                "{class:<12}{p50:>10.0}{p99:>10.0}{n_hits:>10}{p50_plain:>12.0}{p99_plain:>10.0}"
            );
        }
    }
}

/// Returns the median and the 99th percentile of the time a query takes, and the number of hits.
fn timed(searcher: &Searcher, queries: &[String], ranking: Ranking) -> (f64, f64, usize) {
    for query in queries {
        show(searcher, query, ranking);
    }
    let mut times = Vec::with_capacity(queries.len());
    let mut n_hits = 0;
    for query in queries {
        let started = cpu_us();
        n_hits += show(searcher, query, ranking);
        times.push(cpu_us() - started);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    (at(0.5), at(0.99), n_hits)
}

/// Answers a query as the program would, and returns the number of hits.
fn show(searcher: &Searcher, query: &str, ranking: Ranking) -> usize {
    let query = query::parse(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let answer = searcher.search(&Request { ranking, ..Request::new(query) }).expect("an answer");
    let layout = Layout { styles: Styles::COLOURED, names: Names::All, width: 80 };
    let mut page = Vec::new();
    Format::Text.renderer(layout).render(&answer, &mut page).expect("a page");
    std::hint::black_box(&page);
    answer.hits.len()
}

/// Returns the CPU time of this thread, in microseconds.
fn cpu_us() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1e6 + now.tv_nsec as f64 / 1e3
}
