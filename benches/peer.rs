//! Ours beside what somebody who needs a search writes in an afternoon: stock tantivy (one field of
//! text, the default tokenizer and query parser, `TopDocs`, `SnippetGenerator`, ten snippets; its
//! segments merged to one, which that person might forget), and SQLite with FTS5 (the default
//! tokenizer, `ORDER BY rank`, `snippet()`). The same articles, the same queries, in turn, and CPU
//! time: whatever else the machine does falls on all alike.
//!
//! ```text
//! cargo bench --bench peer
//! DATELINE_BENCH_ARCHIVE=archive cargo bench --bench peer
//! ```

#![allow(clippy::expect_used, clippy::panic, reason = "a bench that cannot go on stops")]

mod corpus;

use dateline::latency::{Grouped, Interval, Sample, Statistic, ratios};
use dateline::query;
use dateline::render::{Layout, Names, Renderer, Styles, Text};
use dateline::search::{Request, Searcher};
use rusqlite::Connection;
use rustix::time::{ClockId, clock_gettime};
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, STORED, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{DocAddress, Index, ReloadPolicy, TantivyDocument};
use tempfile::TempDir;

use corpus::Corpus;
use mimalloc::MiMalloc;

/// That of the program; both engines have it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How many queries of each class, and how often each is asked after a round to warm up.
const QUERIES: usize = 250;
const ROUNDS: usize = 4;

/// The classes that both understand.
const CLASSES: [&str; 4] = ["term", "and", "or", "phrase"];

/// The share of the median and of the tail.
const SHARES: [Statistic; 2] = [Statistic::Quantile(0.5), Statistic::Quantile(0.99)];

fn main() {
    let is_trial = std::env::args().any(|it| it == "--test");
    let (n_queries, n_rounds) = if is_trial { (5, 2) } else { (QUERIES, ROUNDS) };
    for corpus in Corpus::all().into_iter().take(if is_trial { 1 } else { usize::MAX }) {
        let megabytes = corpus.text_bytes() as f64 / 1e6;
        println!("{}: {} articles, {megabytes:.1} MB of text", corpus.name, corpus.articles.len());
        let ours = Ours(corpus.searcher());
        let tantivy = Tantivy::of(&corpus);
        let sqlite = Sqlite::of(&corpus);
        let classes: Vec<(&str, Vec<String>)> =
            corpus.queries(n_queries).into_iter().filter(|it| CLASSES.contains(&it.0)).collect();
        for (name, peer) in [("stock tantivy", &tantivy as &dyn Engine), ("SQLite FTS5", &sqlite)] {
            println!(
                "{:<10}{:<8}{:>20}{:>24}{:>32}",
                "class",
                "",
                "ours p50/p99 us",
                format!("{name} p50/p99"),
                "ratio"
            );
            for (class, queries) in &classes {
                for reach in [Reach::Rank, Reach::Show] {
                    compare(class, reach, queries, n_rounds, [&ours, peer]);
                }
            }
        }
    }
}

/// How far an engine goes with a query.
#[derive(Clone, Copy, Debug)]
enum Reach {
    /// To the ids of the ten best articles.
    Rank,
    /// To the page with their snippets.
    Show,
}

/// What answers queries.
trait Engine {
    /// Answers a query; returns how much there is of the answer.
    fn ask(&self, text: &str, reach: Reach) -> usize;
}

/// Asks both in turn, now the one first and now the other, and prints what came of it.
fn compare(class: &str, reach: Reach, queries: &[String], n_rounds: usize, both: [&dyn Engine; 2]) {
    let mut samples: [Vec<Sample>; 2] = [Vec::new(), Vec::new()];
    for round in 0..=n_rounds {
        for (idx, text) in queries.iter().enumerate() {
            for turn in 0..2 {
                let which = (turn + idx + round) % 2;
                let started_ns = cpu_ns();
                std::hint::black_box(both[which].ask(text, reach));
                let took_ns = cpu_ns() - started_ns;
                if round > 0 {
                    samples[which].push((idx, took_ns));
                }
            }
        }
    }
    let [ours, peer] = samples.map(|it| Grouped::new(&it));
    let us = |grouped: &Grouped| {
        let mut times_ns = grouped.times_ns();
        let [p50, p99] = SHARES.map(|it| it.of(&mut times_ns) / 1e3);
        format!("{p50:.0} / {p99:.0}")
    };
    let [p50, p99] = ratios(&peer, &ours, SHARES);
    let told = |Interval { low, high }| format!("{low:.2}-{high:.2}");
    println!(
        "{class:<10}{:<8}{:>20}{:>24}{:>32}",
        format!("{reach:?}").to_lowercase(),
        us(&ours),
        us(&peer),
        format!("p50 {} p99 {}", told(p50), told(p99))
    );
}

/// The program of this repository.
struct Ours(Searcher);

impl Engine for Ours {
    fn ask(&self, text: &str, reach: Reach) -> usize {
        let query = query::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let request = Request::new(query);
        if matches!(reach, Reach::Rank) {
            return self.0.listing(&request).expect("ids").len();
        }
        let answer = self.0.search(&request).expect("an answer");
        let mut page = Vec::new();
        let layout = Layout { styles: Styles::COLOURED, names: Names::All, width: 80 };
        Text { layout }.render(&answer, &mut page).expect("a page");
        page.len()
    }
}

/// Stock tantivy.
struct Tantivy {
    index: Index,
    searcher: tantivy::Searcher,
    id: Field,
    headline: Field,
    text: Field,
}

impl Tantivy {
    fn of(corpus: &Corpus) -> Self {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STORED);
        let headline = schema.add_text_field("headline", STORED);
        let text = schema.add_text_field("text", TEXT | STORED);
        let index = Index::create_from_tempdir(schema.build()).expect("an index");
        let mut writer = index.writer(100_000_000).expect("a writer");
        for article in &corpus.articles {
            let mut document = TantivyDocument::default();
            document.add_text(id, &article.id);
            document.add_text(headline, &article.headline);
            let paragraphs: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
            document.add_text(text, format!("{}\n{}", article.headline, paragraphs.join("\n")));
            writer.add_document(document).expect("a document");
        }
        writer.commit().expect("a commit");
        let segments = index.searchable_segment_ids().expect("segments");
        writer.merge(&segments).wait().expect("one segment");
        writer.wait_merging_threads().expect("an end");
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let searcher = reader.try_into().expect("a reader").searcher();
        Self { index, searcher, id, headline, text }
    }

    fn best(&self, text: &str) -> (Box<dyn tantivy::query::Query>, Vec<DocAddress>) {
        let parser = QueryParser::for_index(&self.index, vec![self.text]);
        let query = parser.parse_query(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let top = TopDocs::with_limit(10).order_by_score();
        let top = self.searcher.search(&query, &top).expect("hits");
        (query, top.into_iter().map(|(_, at)| at).collect())
    }

    /// Prints the ten best documents, each with a snippet.
    fn show(&self, text: &str) -> usize {
        let (query, addresses) = self.best(text);
        let snippets = SnippetGenerator::create(&self.searcher, &*query, self.text);
        let snippets = snippets.expect("a generator of snippets");
        let mut page = String::new();
        for address in addresses {
            let document: TantivyDocument = self.searcher.doc(address).expect("a document");
            let words = |field| document.get_first(field).and_then(|it| it.as_str());
            page.push_str(words(self.headline).unwrap_or_default());
            page.push_str(&snippets.snippet_from_doc(&document).to_html());
            page.push_str(words(self.id).unwrap_or_default());
        }
        page.len()
    }
}

impl Engine for Tantivy {
    /// Ranks up to where the ten best documents lie; their ids would cost a fetch, which is left out.
    fn ask(&self, text: &str, reach: Reach) -> usize {
        match reach {
            Reach::Rank => self.best(text).1.len(),
            Reach::Show => self.show(text),
        }
    }
}

/// SQLite with its full-text search.
struct Sqlite {
    database: Connection,
    _folder: TempDir,
}

impl Sqlite {
    fn of(corpus: &Corpus) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut database = Connection::open(folder.path().join("news.db")).expect("a database");
        let table = "CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED, headline UNINDEXED, text)";
        database.execute(table, ()).expect("a table");
        let filling = database.transaction().expect("a transaction");
        for article in &corpus.articles {
            let paragraphs: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
            let text = format!("{}\n{}", article.headline, paragraphs.join("\n"));
            let row = (&article.id, &article.headline, text);
            filling.execute("INSERT INTO news VALUES (?1, ?2, ?3)", row).expect("a row");
        }
        filling.commit().expect("a commit");
        let merged = "INSERT INTO news(news) VALUES ('optimize')";
        database.execute(merged, ()).expect("one segment");
        Self { database, _folder: folder }
    }
}

impl Engine for Sqlite {
    fn ask(&self, text: &str, reach: Reach) -> usize {
        let columns = match reach {
            Reach::Rank => "id, '', ''",
            Reach::Show => "id, headline, snippet(news, 2, '<b>', '</b>', '…', 32)",
        };
        let asked =
            format!("SELECT {columns} FROM news WHERE news MATCH ?1 ORDER BY rank LIMIT 10");
        let mut statement = self.database.prepare_cached(&asked).expect("a statement");
        let mut rows = statement.query([fts5(text)]).expect("rows");
        let mut page = String::new();
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..3 {
                page.push_str(row.get_ref(column).and_then(|it| Ok(it.as_str()?)).expect("text"));
            }
        }
        page.len()
    }
}

/// Returns a query as FTS5 reads it: each word in quotation marks, lest a sign in it be an operator.
fn fts5(text: &str) -> String {
    if text.contains('"') {
        return text.to_owned();
    }
    let word =
        |it: &str| if matches!(it, "AND" | "OR") { it.to_owned() } else { format!("\"{it}\"") };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Returns the CPU time of this thread, in nanoseconds.
fn cpu_ns() -> u64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
}
