//! Each stage on its own, with criterion: tokenizing, parsing, matching, indexing, querying.
//!
//! ```text
//! cargo bench --bench stages
//! ```

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

mod corpus;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::index::Analyzer;
use dateline::matcher::Matcher;
use dateline::query::{self, Looseness, Meaning};
use dateline::search::Request;
use dateline::text::{Moment, Tokenizer, Tongue};
use std::hint::black_box;

use corpus::Corpus;

/// How many articles the stages of one article at a time go through.
const ARTICLES: usize = 1_000;

fn stages(criterion: &mut Criterion) {
    for corpus in Corpus::all() {
        text(criterion, &corpus);
        questions(criterion, &corpus);
        indexing(criterion, &corpus);
    }
}

fn text(criterion: &mut Criterion, corpus: &Corpus) {
    let articles = &corpus.articles[..corpus.articles.len().min(ARTICLES)];
    let n_bytes: usize =
        articles.iter().flat_map(|it| &it.paragraphs).map(|it| it.text.len()).sum();
    let mut group = criterion.benchmark_group(corpus.name);
    group.throughput(Throughput::Bytes(n_bytes as u64));
    let mut tokenizer = Tokenizer::default();
    group.bench_function("tokenize", |bencher| {
        bencher.iter(|| {
            for paragraph in articles.iter().flat_map(|it| &it.paragraphs) {
                black_box(tokenizer.tokenize(&paragraph.text, |token| _ = black_box(token)));
            }
        });
    });
    let mut analyzer = Analyzer::default();
    group.bench_function("analyze", |bencher| {
        bencher.iter(|| articles.iter().for_each(|it| _ = black_box(analyzer.analyze(it))));
    });
    let query = query::parse("oil AND (\"crude price\" OR opec*) -gas").expect("a query");
    let today = Moment::of_timestamp(0);
    let meaning = Meaning::of(&query, Looseness::All, today, &[Tongue::ENGLISH]);
    let mut matcher = Matcher::new(&meaning.clause);
    group.bench_function("match", |bencher| {
        bencher.iter(|| articles.iter().for_each(|it| drop(black_box(matcher.find(it)))));
    });
    group.finish();
}

fn questions(criterion: &mut Criterion, corpus: &Corpus) {
    let searcher = corpus.searcher();
    let mut group = criterion.benchmark_group(format!("{} query", corpus.name));
    for (class, queries) in corpus.queries(50) {
        group.bench_function(format!("parse {class}"), |bencher| {
            bencher.iter(|| queries.iter().for_each(|it| drop(black_box(query::parse(it)))));
        });
        let requests: Vec<Request> = queries
            .iter()
            .map(|query| Request::new(query::parse(query).expect("a query")))
            .collect();
        group.bench_function(format!("search {class}"), |bencher| {
            bencher.iter(|| requests.iter().for_each(|it| drop(black_box(searcher.search(it)))));
        });
    }
    group.finish();
}

fn indexing(criterion: &mut Criterion, corpus: &Corpus) {
    let mut group = criterion.benchmark_group(corpus.name);
    group.throughput(Throughput::Bytes(corpus.text_bytes() as u64)).sample_size(10);
    group.bench_function("index", |bencher| bencher.iter(|| corpus.index()));
    group.finish();
}

criterion_group! {
    name = all;
    config = Criterion::default()
        .warm_up_time(std::time::Duration::from_millis(500))
        .measurement_time(std::time::Duration::from_secs(2));
    targets = stages
}
criterion_main!(all);
