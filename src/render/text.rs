//! Answers for people.

use std::io::{self, Write};

use crate::search::{Answer, Hit};
use crate::snippet::{Cut, Snippet};
use crate::text::{Span, printable};

use super::style::{Style, Styles};
use super::wrap::{Marked, wrap};
use super::{Layout, Renderer};

/// Prints a hit as a rank and a headline, where and when it appeared, the passages, and the id
/// that `show` takes.
///
/// ```text
///  1  Ferry crews vote to end strike after 24 days
///     The Courier · 3 June 2022 · ALDER BAY
///     The **strike** is over.
///     courier/2022/06/03-ferry-strike-ends.txt
/// ```
pub struct Text {
    /// The page.
    pub layout: Layout,
}

/// Lines wider than this are hard to read, however wide the window.
const COLUMNS_MAX: usize = 110;

impl Renderer for Text {
    fn render(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        let indent = answer.hits.len().to_string().len().max(2) + 2;
        for (idx, hit) in answer.hits.iter().enumerate() {
            if idx > 0 {
                writeln!(out)?;
            }
            self.hit(hit, indent, out)?;
        }
        Ok(())
    }
}

impl Text {
    fn hit(&self, hit: &Hit, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        let styles = self.layout.styles;
        let columns = self.layout.width.min(COLUMNS_MAX).saturating_sub(indent);
        let headline = Marked {
            text: &hit.article.headline,
            marks: &hit.headline_highlights,
            plain: styles.headline,
            marked: styles.headline_hit,
        };
        let mut lines = wrap(&headline, columns);
        if lines.is_empty() {
            lines.push(format!("{}(no headline){}", styles.faint.on, styles.faint.off));
        }
        for (idx, line) in lines.iter().enumerate() {
            if idx == 0 {
                write!(out, "{:>width$}  ", hit.rank, width = indent - 2)?;
            } else {
                write!(out, "{:indent$}", "")?;
            }
            writeln!(out, "{line}")?;
        }
        let about = about(hit);
        if !about.is_empty() {
            self.faint(&about, columns, indent, out)?;
        }
        for snippet in &hit.snippets {
            for line in passage(snippet, styles, columns) {
                writeln!(out, "{:indent$}{line}", "")?;
            }
        }
        self.faint(&hit.article.id, columns, indent, out)
    }

    fn faint(
        &self,
        text: &str,
        columns: usize,
        indent: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let faint = self.layout.styles.faint;
        for line in wrap(&Marked { text, marks: &[], plain: faint, marked: faint }, columns) {
            writeln!(out, "{:indent$}{line}", "")?;
        }
        Ok(())
    }
}

/// Breaks a passage into lines, with dots where its sentence goes on.
pub(super) fn passage(snippet: &Snippet, styles: Styles, columns: usize) -> Vec<String> {
    let mut text = String::new();
    if snippet.start == Cut::Cut {
        text.push('…');
    }
    let shift = text.len();
    text.push_str(&snippet.text);
    if snippet.end == Cut::Cut {
        text.push('…');
    }
    let shifted = |span: &Span| Span::new(span.start + shift, span.end + shift);
    let marks: Vec<Span> = snippet.highlights.iter().map(shifted).collect();
    let plain = Style { on: "", off: "", width: 0 };
    wrap(&Marked { text: &text, marks: &marks, plain, marked: styles.hit }, columns)
}

/// Returns where and when an article appeared: `The Courier · 3 June 2022 · ALDER BAY`.
pub(super) fn about(hit: &Hit) -> String {
    let article = &hit.article;
    let date = article.date.map(|date| date.moment.in_words()).unwrap_or_default();
    let place = article.dateline.as_ref().map_or("", |dateline| dateline.place.as_str());
    let parts = [article.source.as_str(), &date, place];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    printable(&parts.join(" · ")).into_owned()
}
