//! Answers for people.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::article::{Annotations, Article, Entity, MentionKind};
use crate::search::{Answer, Hit, Story};
use crate::snippet::{Cut, Snippet};
use crate::text::{Span, printable};

use super::facets::facets;
use super::looks::{Look, looks};
use super::numbers::counted;
use super::style::Style;
use super::wrap::{Marked, put_wrapped, wrap};
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
pub(super) const COLUMNS_MAX: usize = 110;

impl Renderer for Text {
    fn render(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        let indent = answer.hits.len().to_string().len().max(2) + 2;
        let mut page = String::with_capacity(HIT_BYTES);
        for (idx, hit) in answer.hits.iter().enumerate() {
            if idx > 0 {
                page.push('\n');
            }
            self.hit(hit, indent, &mut page);
            out.write_all(page.as_bytes())?;
            page.clear();
        }
        if !answer.facets.is_empty() {
            write!(out, "\n{}", facets(&answer.facets))?;
        }
        Ok(())
    }
}

impl Text {
    /// Adds a hit to a page.
    fn hit(&self, hit: &Hit, indent: usize, page: &mut String) {
        let styles = self.layout.styles;
        let columns = self.layout.width.min(COLUMNS_MAX).saturating_sub(indent);
        let (matches, names) = (&hit.headline_highlights, &hit.headline_names);
        let before = |idx: usize, page: &mut String| match idx {
            0 => {
                let rank = hit.rank.to_string();
                put_spaces((indent - 2).saturating_sub(rank.len()), page);
                page.push_str(&rank);
                page.push_str("  ");
            }
            _ => put_spaces(indent, page),
        };
        let marks = headline_marks(matches, names, self.layout);
        let headline =
            Marked { text: &hit.article.headline, marks: &marks, plain: styles.headline };
        if put_wrapped(&headline, columns, page, before) == 0 {
            before(0, page);
            [styles.faint.on, "(no headline)", styles.faint.off, "\n"]
                .into_iter()
                .for_each(|part| page.push_str(part));
        }
        self.faint(&about(hit), columns, indent, page);
        for snippet in &hit.snippets {
            with_passage(snippet, self.layout, |marked| {
                put_wrapped(marked, columns, page, |_, page| put_spaces(indent, page))
            });
        }
        if let Some(story) = &hit.story {
            self.faint(&versions(story), columns, indent, page);
        }
        self.faint(&main_names(&hit.article.annotations), columns, indent, page);
        self.faint(&hit.article.id, columns, indent, page);
    }

    /// Adds what is less important; nothing where it is empty.
    fn faint(&self, text: &str, columns: usize, indent: usize, page: &mut String) {
        let marked = Marked { text, marks: &[], plain: self.layout.styles.faint };
        put_wrapped(&marked, columns, page, |_, page| put_spaces(indent, page));
    }
}

/// Adds so many spaces.
fn put_spaces(n: usize, page: &mut String) {
    const SPACES: &str = "                ";
    let mut n_left = n;
    while n_left > 0 {
        let n_now = n_left.min(SPACES.len());
        page.push_str(&SPACES[..n_now]);
        n_left -= n_now;
    }
}

/// Calls `show` with a passage as it is printed, with dots where its sentence goes on.
fn with_passage<T>(snippet: &Snippet, layout: Layout, show: impl FnOnce(&Marked<'_>) -> T) -> T {
    let (start, end) = (dots(snippet.start), dots(snippet.end));
    let text = match (start, end) {
        ("", "") => Cow::Borrowed(snippet.text.as_str()),
        _ => Cow::Owned([start, &snippet.text, end].concat()),
    };
    let shifted = |it: Look| {
        let span = Span::new(it.span.start + start.len(), it.span.end + start.len());
        (span, it.style(&layout.styles))
    };
    let looks = looks(&snippet.highlights, &snippet.names, layout.names).into_iter();
    let marks: Vec<(Span, Style)> = looks.map(shifted).collect();
    show(&Marked { text: &text, marks: &marks, plain: Style::NONE })
}

fn dots(cut: Cut) -> &'static str {
    match cut {
        Cut::Whole => "",
        Cut::Cut => "…",
    }
}

/// Breaks a passage into lines.
pub(super) fn passage(snippet: &Snippet, layout: Layout, columns: usize) -> Vec<String> {
    with_passage(snippet, layout, |marked| wrap(marked, columns))
}

fn headline_marks(
    matches: &[Span],
    names: &[(Span, MentionKind)],
    layout: Layout,
) -> Vec<(Span, Style)> {
    let looks = looks(matches, names, layout.names).into_iter();
    looks.map(|it| (it.span, it.headline_style(&layout.styles))).collect()
}

/// Breaks a headline into lines.
pub(super) fn headline(
    article: &Article,
    matches: &[Span],
    names: &[(Span, MentionKind)],
    layout: Layout,
    columns: usize,
) -> Vec<String> {
    let marks = headline_marks(matches, names, layout);
    let plain = layout.styles.headline;
    wrap(&Marked { text: &article.headline, marks: &marks, plain }, columns)
}

/// The bytes that most lines take below a hit, before they are broken.
const LINE_BYTES: usize = 160;

/// The bytes that most hits take.
const HIT_BYTES: usize = 2_000;

/// How many people, organisations, places and topics the line below a hit names, each.
const NAMES_MAX: usize = 3;

/// Returns whom, what and which places an article names above all, and what it is about:
/// `people: Ida Brandt · places: Alder Bay · about: labour`.
pub(super) fn main_names(annotations: &Annotations) -> String {
    let mut line = String::with_capacity(LINE_BYTES);
    let [mut people, mut organisations, mut places] = [[None; NAMES_MAX]; 3];
    for entity in &annotations.entities {
        let most = match entity.kind {
            MentionKind::Person => &mut people,
            MentionKind::Organisation => &mut organisations,
            MentionKind::Place => &mut places,
        };
        keep_most(most, entity);
    }
    for (what, entities) in
        [("people", people), ("organisations", organisations), ("places", places)]
    {
        list(&mut line, what, entities.into_iter().flatten().map(Entity::name));
    }
    list(&mut line, "about", annotations.topics.iter().map(|it| it.label.as_str()));
    safe(line)
}

/// Puts an entity among those that an article names most often, if it is one of them.
///
/// Of equals the earlier one stays before: the order is that of the article, and that of the
/// publisher before it.
fn keep_most<'a>(most: &mut [Option<&'a Entity>; NAMES_MAX], entity: &'a Entity) {
    let n = entity.mentions.len();
    let place = most.iter().position(|it| it.is_none_or(|it| it.mentions.len() < n));
    if let Some(idx) = place {
        most.copy_within(idx..NAMES_MAX - 1, idx + 1);
        most[idx] = Some(entity);
    }
}

/// Adds the first few of some names to a line; nothing where they are empty.
fn list<'a>(line: &mut String, what: &str, names: impl Iterator<Item = &'a str>) {
    let n_before = line.len();
    if n_before > 0 {
        line.push_str(" · ");
    }
    line.push_str(what);
    line.push_str(": ");
    let n_empty = line.len();
    for (idx, name) in names.take(NAMES_MAX).enumerate() {
        if idx > 0 {
            line.push_str(", ");
        }
        line.push_str(name);
    }
    if line.len() == n_empty {
        line.truncate(n_before);
    }
}

/// Makes a line safe to print.
fn safe(line: String) -> String {
    match printable(&line) {
        Cow::Owned(safe) => safe,
        Cow::Borrowed(_) => line,
    }
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
    let mut line = String::with_capacity(LINE_BYTES);
    for part in [article.source.as_str(), &date, place] {
        if !part.is_empty() {
            line.push_str(if line.is_empty() { "" } else { " · " });
            line.push_str(part);
        }
    }
    safe(line)
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::*;
    use crate::article::{Part, Witness};

    proptest! {
        #[test]
        fn those_are_named_that_an_article_names_most_often(
            counts in proptest::collection::vec(0..4_usize, 0..9),
        ) {
            let entity = |(idx, n): (usize, &usize)| {
                let name = idx.to_string();
                let witness = Witness::Recognised;
                let mut entity = Entity::new(MentionKind::Person, &name, "", &[], witness);
                entity.mentions = vec![(Part::Headline, Span::new(0, 1)); *n];
                entity
            };
            let entities: Vec<Entity> = counts.iter().enumerate().map(entity).collect();
            let mut most = [None; NAMES_MAX];
            entities.iter().for_each(|it| keep_most(&mut most, it));
            let most: Vec<&str> = most.into_iter().flatten().map(Entity::name).collect();
            let mut sorted: Vec<&Entity> = entities.iter().collect();
            sorted.sort_by_key(|it| Reverse(it.mentions.len()));
            let first: Vec<&str> = sorted.into_iter().take(NAMES_MAX).map(Entity::name).collect();
            prop_assert_eq!(most, first);
        }
    }
}
