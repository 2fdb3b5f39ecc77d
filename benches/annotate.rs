//! How fast names are recognised: thousands of words a second of CPU time, on one thread.
//!
//! ```text
//! cargo bench --bench annotate
//! ```
//!
//! Measured is everything from the text of an article to its mentions. *met* is a tagger that has
//! seen the words before, as it has nearly all words of an archive; *new* is one that sees each for
//! the first time. Words are those between white space; the tagger sees a fifth more, since signs are
//! words to it.

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

#[allow(dead_code, reason = "this bench asks no queries")]
mod corpus;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::annotate::{Annotator, Model, Tagger};
use dateline::article::Article;
use rustix::time::{ClockId, clock_gettime};

use corpus::Corpus;

/// How many articles of a collection are read.
const ARTICLES_MAX: usize = 2000;

fn annotate(criterion: &mut Criterion) {
    let model = Arc::new(Model::committed().expect("the model of the program"));
    for corpus in Corpus::all() {
        let n = corpus.articles.len().min(ARTICLES_MAX);
        measure(criterion, corpus.name, &model, &corpus.articles[..n]);
    }
    criterion.bench_function("model/unpack", |bencher| bencher.iter(Model::committed));
}

fn measure(criterion: &mut Criterion, name: &str, model: &Arc<Model>, articles: &[Article]) {
    let paragraphs = articles.iter().flat_map(Article::body).map(|(_, it)| it.text.as_str());
    let n_words: usize = paragraphs.map(|it| it.split_whitespace().count()).sum();
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10).throughput(Throughput::Elements(n_words as u64));
    let mut met = Tagger::new(Arc::clone(model));
    group.bench_function("met", |bencher| {
        bencher.iter_custom(|n| timed(n, || read_all(&mut met, articles)));
    });
    group.bench_function("new", |bencher| {
        bencher
            .iter_custom(|n| timed(n, || read_all(&mut Tagger::new(Arc::clone(model)), articles)));
    });
    group.finish();
}

fn read_all(tagger: &mut Tagger, articles: &[Article]) {
    for article in articles {
        black_box(tagger.mentions(article));
    }
}

/// Returns the CPU time that so many rounds take.
fn timed(n_rounds: u64, mut round: impl FnMut()) -> Duration {
    let start = cpu();
    (0..n_rounds).for_each(|_| round());
    cpu() - start
}

/// Returns the CPU time of this thread.
fn cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

criterion_group!(benches, annotate);
criterion_main!(benches);
