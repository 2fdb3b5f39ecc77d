//! A whole article for people.

use std::io::{self, Write};

use crate::article::{Article, ParagraphKind};
use crate::matcher::Mark;
use crate::snippet::{headline_highlights, paragraph_highlights};
use crate::text::{Span, printable};

use super::Layout;
use super::style::Style;
use super::wrap::{Marked, wrap};

/// A column of text wider than this is hard to read.
const COLUMNS_MAX: usize = 80;

/// Prints an article: headline, byline and date, the paragraphs with what matched marked, what it
/// is filed under, and where it comes from.
///
/// # Errors
///
/// Only those of `out`.
pub fn page(
    article: &Article,
    marks: &[Mark],
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Layout { styles, width } = layout;
    let columns = width.min(COLUMNS_MAX);
    let none = Style { on: "", off: "", width: 0 };
    let mut put = |text: &str, marks: &[Span], plain: Style, marked: Style| {
        let lines = wrap(&Marked { text, marks, plain, marked }, columns);
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        if lines.is_empty() { Ok(()) } else { writeln!(out) }
    };
    let headline = headline_highlights(article, marks);
    put(&article.headline, &headline, styles.headline, styles.headline_hit)?;
    put(&article.subhead, &[], styles.faint, styles.faint)?;
    put(&about(article), &[], styles.faint, styles.faint)?;
    for (idx, paragraph) in article.paragraphs.iter().enumerate() {
        let plain = match paragraph.kind {
            ParagraphKind::Body => none,
            ParagraphKind::Furniture => styles.faint,
        };
        put(&paragraph.text, &paragraph_highlights(article, marks, idx), plain, styles.hit)?;
    }
    put(&filed_under(article), &[], styles.faint, styles.faint)?;
    put(&article.url, &[], styles.faint, styles.faint)?;
    let from = format!("{} ({})", article.id, article.origin);
    wrap(&Marked { text: &from, marks: &[], plain: styles.faint, marked: styles.faint }, columns)
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
}

fn about(article: &Article) -> String {
    let date = article.date.map(|date| date.moment.in_words()).unwrap_or_default();
    let updated = article.updated.filter(|it| article.date.is_none_or(|date| date.moment != *it));
    let updated = updated.map(|it| format!("updated {}", it.in_words())).unwrap_or_default();
    let parts = [article.byline.as_str(), &article.source, &date, &updated, &article.section];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    printable(&parts.join(" · ")).into_owned()
}

/// Lists what the publisher files an article under, each word once.
fn filed_under(article: &Article) -> String {
    let mut words: Vec<&str> = article.keywords.iter().map(String::as_str).collect();
    for subject in &article.subjects {
        let name = if subject.label.is_empty() { &subject.code } else { &subject.label };
        if !words.iter().any(|word| word.eq_ignore_ascii_case(name)) {
            words.push(name);
        }
    }
    printable(&words.join(" · ")).into_owned()
}
