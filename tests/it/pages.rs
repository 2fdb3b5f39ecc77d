//! How well real pages of news are read: their text, headline and date, and how fast.
//!
//! The pages are not part of the repository: where `../shared` is not there, nothing is tested and
//! the test says so. `cargo test --release --test it pages -- --nocapture` prints the table.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::article::Article;
use dateline::source::{Event, Html, Input, Reader, Settings};
use serde_json::Value;

/// The pages with the day that is printed on them, and how their headline begins.
///
/// Of those in `readability` the whole headline lies beside the page. Only `aktualne` to `wapo-1`
/// have a text beside them that was made by a program: Readability, whose port we use; the other
/// three were cut out by hand.
const PAGES: &[(&str, &str, &str)] = &[
    ("readability/aktualne", "2021-11-01", ""),
    ("readability/bbc-1", "2015-07-24", ""),
    ("readability/cnn", "2016-02-01", ""),
    ("readability/folha", "2018-12-21", ""),
    ("readability/guardian-1", "2019-01-03", ""),
    ("readability/nytimes-1", "2017-01-13", ""),
    ("readability/schema-org-context-object", "2024-12-06", ""),
    ("readability/telegraph", "2017-11-16", ""),
    ("readability/wapo-1", "2015-03-18", ""),
    ("newspaper3k/avclub.com1", "2014-12-16", "The best film scenes"),
    ("newspaper3k/businessinsider.com1", "2014-12-29", "Argentina's Huge Fighter Jet"),
    ("newspaper3k/japanese_article", "2018-06-19", "米朝首脳直通電話"),
    ("newspaper3k/theonion.com1", "2015-01-14", "Woman’s Parents Accepting"),
];

/// The bars: the mean and the least F1 of a text, and of how many pages the rest is right.
const F1_MEAN_MIN: f64 = 0.93;
const F1_MIN: f64 = 0.6;
const RIGHT_MIN: f64 = 0.95;

fn folder() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/formats");
    let folder = shared.join("html-newsarticle");
    folder.exists().then_some(folder)
}

/// A page, and what a person reads on it.
struct Page {
    bytes: Vec<u8>,
    headline: String,
    text: Option<String>,
}

fn page(folder: &Path, name: &str, headline: &str) -> Page {
    let (set, stem) = name.split_once('/').unwrap();
    if set == "readability" {
        let folder = folder.join(name);
        let told = fs::read_to_string(folder.join("expected-metadata.json")).unwrap();
        let told: Value = serde_json::from_str(&told).unwrap();
        // The author behind the sign stands in the title of the window only.
        let headline = told["title"].as_str().unwrap().split(" | ").next().unwrap().to_owned();
        let html = fs::read_to_string(folder.join("expected.html")).unwrap();
        let bytes = fs::read(folder.join("source.html")).unwrap();
        return Page { bytes, headline, text: Some(visible(&html)) };
    }
    let folder = folder.join(set);
    let bytes = fs::read(folder.join("html").join(format!("{stem}.html")));
    let text = fs::read_to_string(folder.join("text").join(format!("{stem}.txt"))).ok();
    Page { bytes: bytes.unwrap(), headline: headline.to_owned(), text }
}

/// Returns what is between the tags of clean HTML.
fn visible(html: &str) -> String {
    let texts = html.split('<').map(|it| it.split_once('>').map_or(it, |(_, it)| it));
    let mut text = texts.collect::<Vec<_>>().join(" ");
    for (entity, sign) in [
        ("&nbsp;", " "),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
        ("&quot;", "\""),
        ("&gt;", ">"),
        ("&lt;", "<"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, sign);
    }
    text
}

fn read(bytes: &[u8]) -> Option<Article> {
    let mut article = None;
    let mut stream = bytes;
    let input = Input {
        shown: "page.html",
        below: "page.html",
        mtime_ns: None,
        settings: Settings::standard(),
        known: None,
        stream: &mut stream,
    };
    let told = Html.read(input, &mut |event| {
        if let Event::Article(found) = event {
            article = Some(*found);
        }
        ControlFlow::Continue(())
    });
    told.unwrap();
    article
}

/// Returns how well the words of a text agree with those that are wanted, order apart.
fn f1(found: &str, wanted: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
    };
    let (found, wanted) = (words(found), words(wanted));
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &wanted {
        *left.entry(word).or_default() += 1;
    }
    let mut n_both = 0;
    for word in &found {
        if let Some(n @ 1..) = left.get_mut(word.as_str()) {
            *n -= 1;
            n_both += 1;
        }
    }
    2.0 * f64::from(n_both) / (found.len() + wanted.len()) as f64
}

fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

#[test]
fn real_pages_are_read_as_people_read_them() {
    let Some(folder) = folder() else {
        println!("skipped: ../shared/corpora/formats/html-newsarticle is not here");
        return;
    };
    let (mut halves, mut scores) = ([Vec::new(), Vec::new()], Vec::new());
    let (mut n_headlines, mut n_dates) = (0, 0);
    for (name, date, headline) in PAGES {
        let page = page(&folder, name, headline);
        let article = read(&page.bytes).unwrap_or_default();
        let paragraphs: Vec<_> = article.paragraphs.iter().map(|it| it.text.as_str()).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let has_headline = letters(&article.headline).starts_with(&letters(&page.headline));
        let found = article.date.map(|it| it.moment.to_string()).unwrap_or_default();
        let has_date = found.starts_with(date);
        n_headlines += usize::from(has_headline);
        n_dates += usize::from(has_date);
        let score = page.text.map(|text| f1(&paragraphs.join("\n"), &text));
        let half = name.bytes().map(usize::from).sum::<usize>() % 2;
        scores.extend(score);
        halves[half].extend(score);
        println!(
            "{name:40} {half} F1 {} {} paragraphs, headline {has_headline}, date {has_date}: {} | {found} | {} | {} | {}",
            score.map_or("-".to_owned(), |it| format!("{it:.3}")),
            paragraphs.len(),
            article.headline,
            article.byline,
            article.source,
            article.section,
        );
    }
    let least = scores.iter().copied().fold(1.0, f64::min);
    println!(
        "F1 mean {:.4}, least {least:.3}; halves {:.4} {:.4}",
        mean(&scores),
        mean(&halves[0]),
        mean(&halves[1])
    );
    println!("of {} headlines {n_headlines} right, dates {n_dates}", PAGES.len());
    assert!(mean(&scores) >= F1_MEAN_MIN && least >= F1_MIN);
    assert!(n_headlines as f64 >= RIGHT_MIN * PAGES.len() as f64);
    assert!(n_dates as f64 >= RIGHT_MIN * PAGES.len() as f64);
}
