//! In how many bytes articles are stored, how long it takes to pack and to unpack them, and the tables
//! of symbols by which they are packed.
//!
//! ```text
//! cargo bench --bench packing
//! cargo bench --bench packing -- --train FILES…
//! cargo bench --bench packing -- --train-names
//! ```
//!
//! The others make a table and print it as `src/index/record/symbols.rs` has it: of the first half of
//! the articles of each file pieces are drawn, as much of each file; the codec trains a table on them;
//! and of so many tables the one is taken that packs the second halves best, in the mean over the
//! files. That of names is made of what is recognised in the corpora.

#![allow(clippy::expect_used, clippy::panic, reason = "a bench that cannot go on stops")]

#[allow(dead_code, reason = "this bench asks no queries")]
mod corpus;

use std::path::Path;

use dateline::article::Article;
use dateline::index::{decode, encode};
use dateline::random::SplitMix64;
use fsst::Compressor;
use rustix::time::{ClockId, clock_gettime};

use corpus::{Corpus, read};

/// How many tables are made.
const TABLES: usize = 2_000;

/// How many bytes of each file a table is trained on, and of how many the pieces are at most.
const DRAWN_BYTES: usize = 12_000;
const PIECE_BYTES: usize = 500;

/// The names of how many articles of each corpus are looked at, at most.
const NAMED: usize = 4_000;

/// How many articles of each file a table is tried on.
const TRIED: usize = 400;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    match args.split_first() {
        Some((first, files)) if first == "--train" && !files.is_empty() => {
            let texts = |file: &String| read(Path::new(file)).iter().map(text_of).collect();
            train(&files.iter().map(|it| (it.as_str(), texts(it))).collect::<Vec<_>>());
        }
        Some((first, [])) if first == "--train-names" => {
            let names = |it: &Corpus| (it.name, names_of(it));
            train(&Corpus::all().iter().map(names).collect::<Vec<_>>());
        }
        _ => measure(),
    }
}

/// Prints what storing the articles of each corpus takes.
fn measure() {
    println!(
        "{:<10}{:>10}{:>12}{:>8}{:>14}{:>16}",
        "", "text MB", "records MB", "/text", "pack us", "unpack us"
    );
    for Corpus { name, articles, .. } in Corpus::all() {
        let n_bytes: usize = articles.iter().map(|it| text_of(it).len()).sum();
        let started_us = cpu_us();
        let records: Vec<Vec<u8>> = articles.iter().map(encode).collect();
        let packed_us = cpu_us() - started_us;
        for record in &records {
            std::hint::black_box(decode(record).expect("an article"));
        }
        let unpacked_us = cpu_us() - started_us - packed_us;
        let n_packed: usize = records.iter().map(Vec::len).sum();
        let each = |us: f64| us / articles.len() as f64;
        println!(
            "{name:<10}{:>10.1}{:>12.1}{:>8.2}{:>14.1}{:>16.1}",
            n_bytes as f64 / 1e6,
            n_packed as f64 / 1e6,
            n_packed as f64 / n_bytes as f64,
            each(packed_us),
            each(unpacked_us)
        );
    }
}

/// Makes a table of the texts of several files, and prints it.
fn train(files: &[(&str, Vec<String>)]) {
    let halves: Vec<_> = files.iter().map(|(_, it)| it.split_at(it.len() / 2)).collect();
    let mut random = SplitMix64::new(1987);
    let mut best: Option<(f64, Compressor)> = None;
    for _ in 0..TABLES {
        let mut pieces: Vec<&[u8]> =
            halves.iter().flat_map(|(first, _)| draw(first, &mut random)).collect();
        for nth in (1..pieces.len()).rev() {
            pieces.swap(nth, (random.bits() % (nth as u64 + 1)) as usize);
        }
        let table = Compressor::train(&pieces);
        let shares = halves.iter().map(|(_, second)| share(&table, second));
        let mean = shares.sum::<f64>() / halves.len() as f64;
        if best.as_ref().is_none_or(|(least, _)| mean < *least) {
            best = Some((mean, table));
        }
    }
    let (mean, table) = best.expect("a table");
    for ((file, _), (_, second)) in files.iter().zip(&halves) {
        eprintln!("{:.3} {file}", share(&table, second));
    }
    eprintln!("{mean:.3} in the mean");
    for (symbol, length) in table.symbol_table().iter().zip(table.symbol_lengths()) {
        let bytes = symbol.to_u64().to_le_bytes();
        println!("    b\"{}\",", bytes[..usize::from(*length)].escape_ascii());
    }
}

/// Draws pieces of texts.
fn draw<'a>(texts: &'a [String], random: &mut SplitMix64) -> Vec<&'a [u8]> {
    let mut below = |n: usize| (random.bits() % n.max(1) as u64) as usize;
    let (mut pieces, mut n_bytes) = (Vec::new(), 0);
    while n_bytes < DRAWN_BYTES {
        let text = texts[below(texts.len())].as_bytes();
        let start = below(text.len().saturating_sub(PIECE_BYTES));
        let piece = &text[start..text.len().min(start + PIECE_BYTES)];
        n_bytes += piece.len().max(1);
        pieces.push(piece);
    }
    pieces
}

/// Returns which share of their bytes texts keep.
fn share(table: &Compressor, texts: &[String]) -> f64 {
    let texts = || texts.iter().take(TRIED);
    let n_packed: usize = texts().map(|it| table.compress(it.as_bytes()).len()).sum();
    n_packed as f64 / texts().map(String::len).sum::<usize>() as f64
}

fn text_of(article: &Article) -> String {
    let paragraphs = article.paragraphs.iter().map(|it| it.text.as_str());
    std::iter::once(article.headline.as_str()).chain(paragraphs).collect()
}

/// Returns what is kept as text of the names and topics of articles, for each.
fn names_of(corpus: &Corpus) -> Vec<String> {
    let searcher = corpus.searcher();
    let ids =
        corpus.articles.iter().step_by(corpus.articles.len().div_ceil(NAMED)).map(|it| &it.id);
    let articles = ids.filter_map(|id| searcher.article(id).expect("an article"));
    articles.map(|it| names_in(&it)).filter(|it| !it.is_empty()).collect()
}

fn names_in(article: &Article) -> String {
    let mut text = String::new();
    for entity in &article.annotations.entities {
        let kept = entity.kept();
        let mention = entity.mentions.first();
        let printed = mention.and_then(|(part, span)| Some(span.of(article.text_of(*part)?)));
        text.push_str(if printed == Some(kept.name) { "" } else { kept.name });
        text.push_str(kept.key);
        text.push_str(kept.terms);
    }
    article.annotations.topics.iter().for_each(|it| text.push_str(&it.label));
    text
}

/// Returns the CPU time of this thread, in microseconds.
fn cpu_us() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1e6 + now.tv_nsec as f64 / 1e3
}
