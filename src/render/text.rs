//! Answers for people.

use std::cmp::Reverse;
use std::io::{self, Write};

use crate::article::{Annotations, Article, Entity, MentionKind};
use crate::search::{Answer, Hit, Story};
use crate::snippet::{Cut, Snippet};
use crate::text::{Span, printable};

use super::facets::facets;
use super::looks::{Look, looks};
use super::numbers::counted;
use super::style::Style;
use super::wrap::{Marked, wrap};
use super::{Layout, Renderer};

/// Prints a hit as a rank and a headline, where and when it appeared, the passages, whom and what it
/// names above all, its other versions where the archive has any, and the id that `show` takes.
///
/// ```text
///  1  Ferry crews vote to end strike after 24 days
///     The Courier · 3 June 2022 · ALDER BAY
///     The **strike** is over.
///     people: Ida Brandt · places: Alder Bay
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
        if !answer.facets.is_empty() {
            write!(out, "\n{}", facets(&answer.facets))?;
        }
        Ok(())
    }
}

impl Text {
    fn hit(&self, hit: &Hit, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        let styles = self.layout.styles;
        let columns = self.layout.width.min(COLUMNS_MAX).saturating_sub(indent);
        let (matches, names) = (&hit.headline_highlights, &hit.headline_names);
        let mut lines = headline(&hit.article, matches, names, self.layout, columns);
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
            for line in passage(snippet, self.layout, columns) {
                writeln!(out, "{:indent$}{line}", "")?;
            }
        }
        let named = main_names(&hit.article.annotations);
        if !named.is_empty() {
            self.faint(&named, columns, indent, out)?;
        }
        if let Some(story) = &hit.story {
            self.faint(&versions(story), columns, indent, out)?;
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
        for line in wrap(&Marked { text, marks: &[], plain: faint }, columns) {
            writeln!(out, "{:indent$}{line}", "")?;
        }
        Ok(())
    }
}

/// Breaks a passage into lines, with dots where its sentence goes on.
pub(super) fn passage(snippet: &Snippet, layout: Layout, columns: usize) -> Vec<String> {
    let mut text = String::new();
    if snippet.start == Cut::Cut {
        text.push('…');
    }
    let shift = text.len();
    text.push_str(&snippet.text);
    if snippet.end == Cut::Cut {
        text.push('…');
    }
    let shifted = |it: Look| {
        let span = Span::new(it.span.start + shift, it.span.end + shift);
        (span, it.style(&layout.styles))
    };
    let looks = looks(&snippet.highlights, &snippet.names, layout.names).into_iter();
    let marks: Vec<(Span, Style)> = looks.map(shifted).collect();
    wrap(&Marked { text: &text, marks: &marks, plain: Style::NONE }, columns)
}

/// Breaks a headline into lines.
pub(super) fn headline(
    article: &Article,
    matches: &[Span],
    names: &[(Span, MentionKind)],
    layout: Layout,
    columns: usize,
) -> Vec<String> {
    let Layout { styles, names: shown, .. } = layout;
    let looks = looks(matches, names, shown).into_iter();
    let marks: Vec<(Span, Style)> = looks.map(|it| (it.span, it.headline_style(&styles))).collect();
    wrap(&Marked { text: &article.headline, marks: &marks, plain: styles.headline }, columns)
}

/// How many people, organisations, places and topics the line below a hit names, each.
const NAMES_MAX: usize = 3;

/// Returns whom, what and which places an article names above all, and what it is about:
/// `people: Ida Brandt · places: Alder Bay · about: labour`.
pub(super) fn main_names(annotations: &Annotations) -> String {
    let named = |kind| {
        let mut entities: Vec<&Entity> = annotations.of_kind(kind).collect();
        // The order is that of the article, and that of the publisher before it.
        entities.sort_by_key(|it| Reverse(it.mentions.len()));
        let names = entities.into_iter().take(NAMES_MAX).map(|it| it.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let topics = annotations.topics.iter().take(NAMES_MAX).map(|it| it.label.as_str());
    let parts = [
        ("people", named(MentionKind::Person)),
        ("organisations", named(MentionKind::Organisation)),
        ("places", named(MentionKind::Place)),
        ("about", topics.collect::<Vec<_>>().join(", ")),
    ];
    let parts = parts.iter().filter(|(_, names)| !names.is_empty());
    let parts: Vec<String> = parts.map(|(what, names)| format!("{what}: {names}")).collect();
    printable(&parts.join(" · ")).into_owned()
}

/// Returns how many other copies of a story there are, where, and when the first of all appeared:
/// `+4 versions in 3 sources, first 17 March 2025`.
fn versions(story: &Story) -> String {
    let n_others = story.n_versions.saturating_sub(1) as u64;
    let mut told = format!("+{}", counted(n_others, "version"));
    match story.other_sources.as_slice() {
        [] => {}
        [source] => told.push_str(&format!(" in {}", printable(source))),
        sources => told.push_str(&format!(" in {}", counted(sources.len() as u64, "source"))),
    }
    if let Some(first) = story.first {
        told.push_str(&format!(", first {}", first.in_words()));
    }
    told
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
