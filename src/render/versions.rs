//! The versions of a story.

use std::io::{self, Write};

use serde::Serialize;

use crate::article::Article;
use crate::copies::{Change, Piece, PieceKind};
use crate::search::{Version, Versions};
use crate::text::{Span, printable};

use super::json::{FORMAT_VERSION, harmless, n_words};
use super::numbers::counted;
use super::style::Style;
use super::text::{COLUMNS_MAX, headline};
use super::wrap::{Marked, wrap};
use super::{Layout, Styles};

/// How many columns stand before a version, and before a change.
const INDENT: usize = 4;

/// Of more words in a row that one text lacks, only the first and the last are shown.
const PIECE_WORDS_MAX: usize = 24;
const PIECE_WORDS_FIRST: usize = 14;
const PIECE_WORDS_LAST: usize = 6;

/// Prints the versions of a story for people, and of each at most so many changes that make it of
/// the one that all are compared with.
///
/// ```text
///  2  AI summit closes with a joint declaration
///     Port Elsmere Gazette · 3 November 2023 · 214 words · 71 % alike
///     gazette-2023-1103-07
///     …of artificial intelligence [-closed-] {+ended+} on Thursday at Bletchley…
/// ```
///
/// Words that only the other one has are struck out, those that only this one has are underlined;
/// without colours they stand in brackets as above. `¶` is the end of a paragraph.
///
/// # Errors
///
/// Only those of `out`.
pub fn versions(
    versions: &Versions,
    changes_max: usize,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (idx, version) in versions.versions.iter().enumerate() {
        if idx > 0 {
            writeln!(out)?;
        }
        print_version(idx + 1, version, versions, changes_max, layout, out)?;
    }
    Ok(())
}

fn print_version(
    number: usize,
    version: &Version,
    versions: &Versions,
    changes_max: usize,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Layout { styles, width, .. } = layout;
    let columns = width.min(COLUMNS_MAX).saturating_sub(INDENT);
    let faint = |text: &str| wrap(&Marked { text, marks: &[], plain: styles.faint }, columns);
    let article = &version.article;
    let is_other = article.id != versions.against.id;
    let mut lines = headline(article, &[], &[], layout, columns);
    if lines.is_empty() {
        lines.push(format!("{}(no headline){}", styles.faint.on, styles.faint.off));
    }
    lines.extend(faint(&about(version, is_other)));
    lines.extend(faint(&article.id));
    if is_other && changes_max > 0 {
        match &version.changes {
            Some(changes) => {
                let shown = changes.iter().take(changes_max);
                lines.extend(shown.flat_map(|change| change_lines(change, &styles, columns)));
                let n_left = changes.len().saturating_sub(changes_max) as u64;
                if n_left > 0 {
                    lines.extend(faint(&format!("and {}", counted(n_left, "more change"))));
                }
            }
            None => lines.extend(faint("it differs in too much to be compared word by word")),
        }
    }
    for (idx, line) in lines.iter().enumerate() {
        match idx {
            0 => writeln!(out, "{number:>2}  {line}")?,
            _ => writeln!(out, "{:INDENT$}{line}", "")?,
        }
    }
    Ok(())
}

/// Returns where and when a version appeared, how long it is, and how similar.
fn about(version: &Version, is_other: bool) -> String {
    let article = &version.article;
    let date = article.date.map(|date| date.moment.in_words()).unwrap_or_default();
    let words = counted(n_words(article), "word");
    let alike = match is_other {
        true => format!("{:.0} % alike", 100.0 * version.similarity),
        false => String::new(),
    };
    let parts = [article.source.as_str(), &date, &words, &alike];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    printable(&parts.join(" · ")).into_owned()
}

fn change_lines(change: &Change, styles: &Styles, columns: usize) -> Vec<String> {
    let mut text = String::from("…");
    let mut marks: Vec<(Span, Style)> = Vec::new();
    for piece in &change.pieces {
        if text.len() > '…'.len_utf8() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&shortened(piece));
        let span = Span::new(start, text.len());
        match piece.kind {
            PieceKind::Kept => {}
            PieceKind::Removed => marks.push((span, styles.removed)),
            PieceKind::Added => marks.push((span, styles.added)),
        }
    }
    text.push('…');
    wrap(&Marked { text: &text, marks: &marks, plain: Style::NONE }, columns)
}

fn shortened(piece: &Piece) -> String {
    let words: Vec<&str> = piece.text.split(' ').collect();
    if words.len() <= PIECE_WORDS_MAX {
        return piece.text.clone();
    }
    let first = words[..PIECE_WORDS_FIRST].join(" ");
    let last = words[words.len() - PIECE_WORDS_LAST..].join(" ");
    let n_left = words.len() - PIECE_WORDS_FIRST - PIECE_WORDS_LAST;
    format!("{first} … {n_left} words … {last}")
}

#[derive(Serialize)]
struct VersionsJson<'a> {
    format_version: u32,
    against: &'a str,
    n_versions: usize,
    versions: Vec<VersionJson<'a>>,
}

#[derive(Serialize)]
struct VersionJson<'a> {
    id: &'a str,
    headline: &'a str,
    date: Option<String>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    path: &'a str,
    record: u64,
    words: u64,
    similarity: f64,
    changes: Option<Vec<Vec<PieceJson<'a>>>>,
}

#[derive(Serialize)]
struct PieceJson<'a> {
    kind: &'static str,
    text: &'a str,
}

impl<'a> VersionJson<'a> {
    fn of(version: &'a Version) -> Self {
        let Article { id, headline, date, source, url, origin, .. } = &version.article;
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        let piece = |it: &'a Piece| PieceJson { kind: it.kind.name(), text: &it.text };
        let change = |it: &'a Change| it.pieces.iter().map(piece).collect();
        Self {
            id,
            headline,
            date: date.map(|date| date.moment.to_string()),
            source: some(source),
            url: some(url),
            path: &origin.path,
            record: origin.record,
            words: n_words(&version.article),
            similarity: (version.similarity * 1e3).round() / 1e3,
            changes: version.changes.as_ref().map(|it| it.iter().map(change).collect()),
        }
    }
}

/// Returns the versions of a story as a JSON object:
///
/// | key | value |
/// |---|---|
/// | `against` | the id of the article that all are compared with |
/// | `n_versions` | how many there are, those that are not listed included |
/// | `versions` | `{id, headline, date, source, url, path, record, words, similarity, changes}` each, in order of date |
///
/// `similarity` is the part of the runs of five words that both have, from 0 to 1. `changes` are
/// what makes the other article this one, each an array of `{kind, text}` in order, the kind being
/// `kept`, `removed` or `added`; they are null where the two differ too much.
pub fn versions_json(versions: &Versions) -> String {
    let whole = VersionsJson {
        format_version: FORMAT_VERSION,
        against: &versions.against.id,
        n_versions: versions.n_versions,
        versions: versions.versions.iter().map(VersionJson::of).collect(),
    };
    // Strings and numbers always have a JSON form.
    harmless(serde_json::to_string_pretty(&whole).unwrap_or_default())
}
