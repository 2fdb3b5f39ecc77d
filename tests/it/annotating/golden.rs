//! Every mention of the sample archive, so that no change of one goes unseen.
//!
//! The list was read through beside the articles, and so was what is left without a mention. The names
//! that only this archive knows stand in lists of its own, `seeds/.dateline`: the river Tarrow, the
//! firm Northgate, and Coldwater and Chapel Hill, which are no American towns here.

use std::fmt::Write as _;

use dateline::article::{Article, Part, Witness};

use crate::golden::{hold, sample};

/// Where the mentions stand.
const GOLDEN: &str = "tests/it/annotating/seeds.txt";

#[test]
fn the_names_of_the_sample_archive_are_those_that_were_read() {
    let world = sample();
    let searcher = world.searcher();
    let all =
        ["search", "*", "--all-copies", "-n", "1000", "--sort", "oldest", "--format", "ndjson"];
    let listed = world.command(&all);
    let ids = ids(listed);
    let told: String = ids.iter().map(|id| told(&searcher.article(id).unwrap().unwrap())).collect();
    hold(GOLDEN, &told);
}

fn ids(mut command: std::process::Command) -> Vec<String> {
    let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let hits = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    hits.filter_map(|it| Some(it["id"].as_str()?.to_owned())).collect()
}

/// Tells the mentions of an article part by part, then its topics.
fn told(article: &Article) -> String {
    let mut out = format!("\n{}\n", article.id);
    let mut at = None;
    for (part, span, entity) in article.annotations.mentions() {
        let (name, text) = match part {
            Part::Record => continue,
            Part::Headline => ("headline".to_owned(), &article.headline),
            Part::Paragraph(idx) => (idx.to_string(), &article.paragraphs[idx as usize].text),
        };
        if at != Some(part) {
            let _ = write!(out, "{}  {name}:", if at.is_none() { "" } else { "\n" });
            at = Some(part);
        }
        let printed = span.of(text);
        let _ = write!(out, " [{printed}] {}", entity.kind.name());
        let key = entity.key();
        if key.contains('/') || entity.kind.name() == "place" && !key.is_empty() {
            let _ = write!(out, " {key}");
        } else if printed != entity.name() {
            let _ = write!(out, " {}", entity.name());
        }
        out.push(';');
    }
    for topic in &article.annotations.topics {
        let from = if topic.witness == Witness::Publisher { "publisher" } else { "recognised" };
        let _ = write!(out, "\n  topic {} {} ({from})", topic.code, topic.label);
    }
    out.push('\n');
    out
}
