//! Draws pairs of articles that an index takes for copies of one story, to be read by people:
//! `cargo bench --bench copies -- INDEX [SEED]`.
//!
//! Printed are how many articles are in clusters, how large these are, and 100 pairs: articles drawn
//! by chance of those that are not the first of their cluster, each with one that comes before it
//! there.

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

use dateline::article::Article;
use dateline::copies::{Shingles, changes};
use dateline::index::Home;
use dateline::random::SplitMix64;
use dateline::search::Searcher;

const N_PAIRS: usize = 100;

/// How much of each article is printed, in characters.
const CHARS: usize = 600;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|it| !it.starts_with("--"));
    let Some(index) = arguments.next() else {
        println!("names no index: cargo bench --bench copies -- INDEX [SEED]");
        return;
    };
    let seed = arguments.next().map_or(1, |it| it.parse().expect("a number"));
    let searcher = Searcher::open(&Home::at(index)).expect("an index");
    let stories = searcher.stories().expect("clusters");
    let n_articles: usize = stories.iter().map(Vec::len).sum();
    println!("{} articles, {n_articles} in {} clusters", searcher.facts().articles, stories.len());
    let mut sizes: Vec<usize> = stories.iter().map(Vec::len).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    println!("the largest: {:?}", &sizes[..sizes.len().min(20)]);
    let mut random = SplitMix64::new(seed);
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for story in &stories {
        for (n_before, id) in story.iter().enumerate().skip(1) {
            pairs.push((&story[random.below(n_before)], id));
        }
    }
    random.shuffle(&mut pairs);
    for (idx, (one, other)) in pairs.iter().take(N_PAIRS).enumerate() {
        let article = |id| searcher.article(id).expect("an article").expect("an article");
        let (one, other) = (article(one), article(other));
        let similarity = Shingles::of(&one).similarity(&Shingles::of(&other));
        println!("\n=== {} === {:.0} %", idx + 1, 100.0 * similarity);
        print(&one);
        print(&other);
        for change in changes(&one, &other).unwrap_or_default().iter().take(12) {
            let pieces = change.pieces.iter().map(|it| format!("{}:{}", it.kind.name(), it.text));
            let told: String = pieces.collect::<Vec<_>>().join(" | ").chars().take(300).collect();
            println!("    {told}");
        }
    }
}

fn print(article: &Article) {
    let date = article.date.map(|it| it.moment.to_string()).unwrap_or_default();
    println!("--- {} {date} {} {}", article.id, article.source, article.headline);
    let text: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
    println!("{}", text.join(" / ").chars().take(CHARS).collect::<String>());
}
