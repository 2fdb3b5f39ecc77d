//! `dateline train --topics`.

use std::path::Path;

use serde_json::Value;

use crate::annotate::topics::{Example, train};
use crate::error::{Error, Kind, Named, Result};

use super::super::{Outcome, files, say};
use super::text;

/// Learns the sections of an archive, and says how well.
pub(super) fn learn(articles: &Path, out: &Path) -> anyhow::Result<Outcome> {
    let (text, shown) = text(articles)?;
    let lines = text.lines().enumerate().filter(|(_, it)| !it.trim().is_empty());
    let examples: Vec<Example> =
        lines.map(|(idx, line)| example(line, &shown, idx + 1)).collect::<Result<_>>()?;
    let (classifier, report) = train(&examples)?;
    let bytes = classifier.to_bytes();
    files::write(out, &bytes)?;
    let percent = |share: f32| format!("{:.1} %", share * 100.0);
    say(&format!(
        "learnt {} sections from {} articles; {} has {} bytes",
        report.n_classes,
        report.n_examples,
        Named(out),
        bytes.len()
    ));
    say(&format!(
        "of {} articles kept back {} are right; from a probability of {:.2} on it answers {}, and {} \
         of these are right",
        report.n_kept_back,
        percent(report.accuracy),
        report.threshold,
        percent(report.coverage),
        percent(report.precision)
    ));
    Ok(Outcome::Done)
}

/// Reads an article; its section is that of the record, else the first of its subjects.
fn example(line: &str, shown: &str, number: usize) -> Result<Example> {
    let article: Value = serde_json::from_str(line).map_err(|_| {
        Error::new(Kind::Usage, format!("{shown}:{number}: not a JSON object"))
            .with_hint("give one object a line, as in an archive of .jsonl files")
    })?;
    let field = |names: [&str; 2]| {
        let found = names.iter().find_map(|it| article[*it].as_str());
        found.unwrap_or_default().to_owned()
    };
    let subject = || {
        let subjects = &article["subjects"];
        let first = subjects.get(0).unwrap_or(subjects);
        let label = first.as_str().or_else(|| first["label"].as_str());
        label.or_else(|| first["code"].as_str()).unwrap_or_default().to_owned()
    };
    let section = Some(field(["section", "category"])).filter(|it| !it.is_empty());
    Ok(Example {
        headline: field(["headline", "title"]),
        body: field(["body", "text"]),
        section: section.unwrap_or_else(subject),
    })
}
