//! The archives that are measured.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use dateline::article::Article;
use dateline::source::{self, Event};
use serde_json::{Value, json};

/// What articles an archive is made of.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// A file of JSON lines for each month.
    Records,
    /// A file of text for each article.
    Files,
}

/// Makes an archive, and tells whether that could be done.
///
/// It gets its name when it is whole, so that what was broken off is never taken for one.
pub(crate) fn make(path: &Path, articles: u64, shape: Shape) -> bool {
    let tool = std::env::var_os("DATELINE_MAKE_ARCHIVE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/make_archive.py"),
        PathBuf::from,
    );
    if !tool.exists() {
        println!("skipped: {articles} articles, there is no {}", tool.display());
        return false;
    }
    let unfinished = path.with_extension("part");
    let _ = fs::remove_dir_all(&unfinished);
    fs::create_dir_all(&unfinished).expect("a folder for the archive");
    let format = match shape {
        Shape::Records => "jsonl",
        Shape::Files => "txt",
    };
    let made = Command::new("python3")
        .arg(&tool)
        .arg(&unfinished)
        .args(["--articles", &articles.to_string(), "--format", format])
        .status()
        .expect("python3");
    assert!(made.success(), "{} makes an archive", tool.display());
    fs::rename(&unfinished, path).expect("a name for the archive");
    true
}

/// Makes an archive of the seeds, again and again in another month.
pub(crate) fn of_seeds(path: &Path, articles: u64) {
    let seeds = seeds();
    fs::create_dir_all(path).expect("a folder for the archive");
    let mut file = BufWriter::new(File::create(path.join("2024-01.jsonl")).expect("a file"));
    for (n, article) in (0..articles).zip(seeds.iter().cycle()) {
        let body: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
        let record = json!({
            "id": format!("seed-{n}"),
            "headline": article.headline,
            "date": format!("2024-01-{:02}", 1 + n % 31),
            "text": body.join("\n"),
        });
        writeln!(file, "{record}").expect("a record");
    }
    file.flush().expect("a file");
}

fn seeds() -> Vec<Article> {
    let mut articles = Vec::new();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for file in source::walk(&seeds).expect("the seeds").flatten() {
        source::read(&file, source::readers(), &mut |event| {
            if let Event::Article(article) = event {
                articles.push(*article);
            }
            ControlFlow::Continue(())
        });
    }
    articles
}

/// Returns how many bytes the headlines and bodies of an archive of records have.
pub(crate) fn text_bytes(archive: &Path) -> u64 {
    let mut n_bytes = 0;
    for path in records(archive) {
        for line in BufReader::new(File::open(path).expect("a file")).lines() {
            let record: Value = serde_json::from_str(&line.expect("a line")).expect("a record");
            let len = |key: &str| record[key].as_str().map_or(0, str::len);
            n_bytes += (len("headline") + len("body") + len("text")) as u64;
        }
    }
    n_bytes
}

/// What is put at the end of an article that changes, as it stands in JSON.
const CORRECTION: &str = "\\nA correction was printed on Tuesday.";

/// Of how many records one changes.
const CHANGES_EVERY: usize = 100;

/// Puts a sentence at the end of one record in a hundred, in every file. Its last key is the body.
pub(crate) fn correct(archive: &Path) {
    rewrite(archive, |text| {
        let line = |(n, line): (usize, &str)| match line.strip_suffix("\"}") {
            Some(start) if n % CHANGES_EVERY == 0 => format!("{start}{CORRECTION}\"}}\n"),
            _ => format!("{line}\n"),
        };
        text.lines().enumerate().map(line).collect()
    });
}

/// Takes these sentences out again, also those that a broken-off bench has left.
pub(crate) fn restore(archive: &Path) {
    rewrite(archive, |text| text.replace(CORRECTION, ""));
}

/// Rewrites the files of an archive that become others by that.
fn rewrite(archive: &Path, change: impl Fn(&str) -> String) {
    for path in records(archive) {
        let before = fs::read_to_string(&path).expect("a file");
        let after = change(&before);
        if after != before {
            let written = path.with_extension("new");
            fs::write(&written, after).expect("a changed file");
            fs::rename(&written, &path).expect("a changed file in its place");
        }
    }
}

/// Lists the files of records of an archive.
fn records(archive: &Path) -> Vec<PathBuf> {
    let files = source::walk(archive).expect("an archive").flatten().map(|file| file.path);
    files.filter(|path| path.extension().is_some_and(|it| it == "jsonl")).collect()
}
