//! Counts on Reuters-21578, against a scan of its 21,577 records that knows no stems, only lists.
//!
//! The collection is not part of the repository: where `../shared` is not there, nothing is tested
//! and the test says so.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::world::World;

/// How many articles the collection has.
const N_ARTICLES: u64 = 21_577;

/// Returns the folder of the collection, where it is at hand.
fn collection() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/judged/reuters");
    folder.exists().then_some(folder)
}

#[test]
fn counts_on_reuters_are_those_of_a_plain_scan() {
    let Some(folder) = collection() else {
        println!("skipped: ../shared/corpora/judged/reuters is not here");
        return;
    };
    let world = World::empty();
    // The tables of topics and judgements that lie beside the articles are set aside.
    world.run(&["index", folder.to_str().unwrap()]).expect(3);
    let status = world.run(&["status", "--format", "json"]).expect(0).out;
    let status: Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["articles"], N_ARTICLES);

    let articles = scan(&folder.join("articles.jsonl"));
    let check = |query: &str, holds: fn(&Plain) -> bool| {
        let by_scan = articles.iter().filter(|it| holds(it)).count() as u64;
        assert!(by_scan > 0, "{query} finds nothing");
        assert_eq!(world.count(query), by_scan, "{query}");
    };
    check("cocoa \"buffer stock\" -coffee", |it| {
        it.has(COCOA) && it.has_row(&[BUFFER, STOCK]) && !it.has(COFFEE)
    });
    check("date:1987-03 AND wheat", |it| it.date.starts_with("1987-03") && it.has(WHEAT));
    check("headline:opec date:1987-04", |it| {
        it.date.starts_with("1987-04") && it.paragraphs[0].iter().any(|word| word == "opec")
    });
    check("\"buffer stock\" OR (coffee -date>=1987-04)", |it| {
        let is_later = it.date.as_str() >= "1987-04";
        it.has_row(&[BUFFER, STOCK]) || it.has(COFFEE) && !is_later
    });
    check("opec* date:1987-03-01..1987-03-15", |it| {
        let is_near = ("1987-03-01".."1987-03-16").contains(&it.date.as_str());
        is_near && it.words().any(|word| word.starts_with("opec"))
    });
}

const COCOA: &[&str] = &["cocoa", "cocoas"];
const COFFEE: &[&str] = &["coffee", "coffees"];
const WHEAT: &[&str] = &["wheat", "wheats"];
const BUFFER: &[&str] = &["buffer", "buffers", "buffered", "buffering"];
const STOCK: &[&str] = &["stock", "stocks", "stocked", "stocking"];

/// An article as its words: the headline, then paragraph by paragraph.
struct Plain {
    date: String,
    paragraphs: Vec<Vec<String>>,
}

impl Plain {
    fn words(&self) -> impl Iterator<Item = &String> {
        self.paragraphs.iter().flatten()
    }

    fn has(&self, family: &[&str]) -> bool {
        self.words().any(|word| family.contains(&word.as_str()))
    }

    /// Tells whether words of these families stand one after the other in a paragraph.
    fn has_row(&self, families: &[&[&str]]) -> bool {
        let is_row = |row: &[String]| {
            row.iter().zip(families).all(|(word, family)| family.contains(&word.as_str()))
        };
        self.paragraphs.iter().any(|words| words.windows(families.len()).any(is_row))
    }
}

fn scan(file: &Path) -> Vec<Plain> {
    let lines = fs::read_to_string(file).unwrap();
    let plain = |line: &str| {
        let record: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| record[key].as_str().unwrap_or_default().to_owned();
        let mut paragraphs = vec![words(&text("title"))];
        paragraphs.extend(text("body").lines().map(words));
        Plain { date: text("date"), paragraphs }
    };
    lines.lines().map(plain).collect()
}

/// Returns the words of a text in small letters, without the `'s` of the possessive.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase().replace("u.s.", "us");
    let is_border = |c: char| !c.is_ascii_alphanumeric() && c != '\'';
    let words = lower.split(is_border).map(|word| word.strip_suffix("'s").unwrap_or(word));
    words
        .flat_map(|word| word.split('\''))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
