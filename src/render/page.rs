//! A whole article for people.

use std::io::{self, Write};

use crate::article::{Article, MentionKind, Mentioned, ParagraphKind, Part};
use crate::matcher::Mark;
use crate::snippet::{headline_highlights, paragraph_highlights};
use crate::text::{Span, printable};

use super::Layout;
use super::looks::looks;
use super::style::Style;
use super::text::{headline, main_names};
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
    let Layout { styles, width, names: shown } = layout;
    let columns = width.min(COLUMNS_MAX);
    let mut put = |lines: Vec<String>| {
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
        if lines.is_empty() { Ok(()) } else { writeln!(out) }
    };
    let faint = |text: &str| wrap(&Marked { text, marks: &[], plain: styles.faint }, columns);
    let mentioned = Mentioned::of(&article.annotations);
    let names = |part: Part| -> Vec<(Span, MentionKind)> {
        mentioned.within(part).iter().map(|(_, span, kind)| (*span, *kind)).collect()
    };
    let matches = headline_highlights(article, marks);
    put(headline(article, &matches, &names(Part::Headline), layout, columns))?;
    put(faint(&article.subhead))?;
    put(faint(&about(article)))?;
    for (idx, paragraph) in article.paragraphs.iter().enumerate() {
        let plain = match paragraph.kind {
            ParagraphKind::Body => Style::NONE,
            ParagraphKind::Furniture => styles.faint,
        };
        let matches = paragraph_highlights(article, marks, idx);
        let looks = looks(&matches, &names(Part::Paragraph(idx as u32)), shown).into_iter();
        let marks: Vec<(Span, Style)> = looks.map(|it| (it.span, it.style(&styles))).collect();
        put(wrap(&Marked { text: &paragraph.text, marks: &marks, plain }, columns))?;
    }
    put(faint(&main_names(&article.annotations)))?;
    put(faint(&filed_under(article)))?;
    put(faint(&article.url))?;
    let from = faint(&format!("{} ({})", article.id, article.origin));
    from.iter().try_for_each(|line| writeln!(out, "{line}"))
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
