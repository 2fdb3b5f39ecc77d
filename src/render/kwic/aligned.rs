//! A concordance for people.

use std::io::{self, Write};

use crate::article::Article;
use crate::search::{Answer, Hit};
use crate::snippet::Line;
use crate::text::{
    Moment, Precision, Unit, fitting_beginning, fitting_end, is_right_to_left, printable, width,
};

use super::super::Layout;
use super::super::style::Styles;
use super::article;

/// Prints the lines with the matches below each other, then the articles.
///
/// ```text
///  1  2022-06-03                      The strike is over, and the ferry sails
///  2  2022-05-10      Nobody expected the strike of the ferry crews to last.
///
///  1  courier/2022/06/03-ferry-strike-ends.txt  Ferry crews vote to end strike
///  2  courier/2022/05/10-ferry-strike.txt  Ferries stop
/// ```
///
/// The number is the article's rank: its id, which `show` takes, may be longer than half a line,
/// and would leave no room for what is to be read. A match needs no asterisks where it has a
/// column to itself, only its colour.
pub(super) fn print(
    answer: &Answer,
    lines: &[Line<'_>],
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let table = Table::of(answer, lines, layout);
    lines.iter().try_for_each(|line| writeln!(out, "{}", table.line(line)))?;
    let mut shown: Vec<usize> = lines.iter().map(|line| line.article).collect();
    shown.sort_unstable();
    shown.dedup();
    if !shown.is_empty() {
        writeln!(out)?;
    }
    shown.iter().try_for_each(|idx| writeln!(out, "{}", table.article(&answer.hits[*idx])))
}

/// Texts get no fewer columns than this, however narrow the window.
const COLUMNS_MIN: usize = 24;

/// The widths of the columns.
struct Table<'a> {
    answer: &'a Answer,
    styles: Styles,
    n_rank: usize,
    /// 0 where no article has a date.
    n_date: usize,
    n_left: usize,
    /// What the match and the text to its right share.
    n_rest: usize,
    /// All of a line.
    n_columns: usize,
}

impl<'a> Table<'a> {
    fn of(answer: &'a Answer, lines: &[Line<'_>], layout: Layout) -> Self {
        let widest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or_default();
        let n_rank = answer.hits.len().to_string().len().max(2);
        let n_date = widest(&mut lines.iter().map(|line| day(article(answer, line)).len()));
        let n_margin = n_rank + GAP + if n_date > 0 { n_date + GAP } else { 0 };
        let room = layout.width.saturating_sub(n_margin).max(COLUMNS_MIN);
        let n_match = widest(&mut lines.iter().map(|line| width(&printable(line.matched))));
        // The matches stand in the middle, unless nothing to their left is that long.
        let n_half = (room - n_match.min(room / 3)) / 2;
        let n_left = widest(&mut lines.iter().map(|line| width(&printable(line.left))));
        let n_left = n_left.min(n_half);
        let (n_rest, n_columns) = (room - n_left, n_margin + room);
        Self { answer, styles: layout.styles, n_rank, n_date, n_left, n_rest, n_columns }
    }

    fn line(&self, line: &Line<'_>) -> String {
        let [left, matched, right] = [line.left, line.matched, line.right].map(printable);
        let left = fitting_end(&left, self.n_left, Unit::Columns);
        let matched = fitting_beginning(&matched, self.n_rest, Unit::Columns);
        let n_right = self.n_rest - width(matched);
        let right = fitting_beginning(&right, n_right, Unit::Columns).trim_end();
        let mark = left_to_right(&[left, matched, right]);
        let indent = self.n_left - width(left);
        let head = self.head(line);
        let matched = self.styles.hit.columnless().paint(matched);
        format!("{mark}{head}{:indent$}{left}{mark}{matched}{mark}{right}", "")
    }

    /// Returns a line's article and its date.
    fn head(&self, line: &Line<'_>) -> String {
        let hit = &self.answer.hits[line.article];
        let Self { n_rank, n_date, .. } = *self;
        let mut head = format!("{:>n_rank$}{:GAP$}", hit.rank, "");
        if n_date > 0 {
            head.push_str(&format!("{:n_date$}{:GAP$}", day(&hit.article), ""));
        }
        self.styles.faint.paint(&head)
    }

    /// Returns the line of an article below the table; its id is never cut.
    fn article(&self, hit: &Hit) -> String {
        let n_rank = self.n_rank;
        let [id, title] = [&hit.article.id, hit.article.title()].map(printable);
        let mark = left_to_right(&[&id, &title]);
        let head = format!("{mark}{:>n_rank$}{:GAP$}{id}{mark}", hit.rank, "");
        let room = self.n_columns.saturating_sub(width(&head) + GAP);
        if title.is_empty() || room < TITLE_COLUMNS_MIN {
            return head;
        }
        let title = if width(&title) <= room {
            title.into_owned()
        } else {
            format!("{}…", fitting_beginning(&title, room - 1, Unit::Columns))
        };
        format!("{head}{:GAP$}{}", "", self.styles.faint.paint(&title))
    }
}

/// The columns between two others.
const GAP: usize = 2;

/// A title of fewer columns says nothing.
const TITLE_COLUMNS_MIN: usize = 16;

/// Returns the date of an article without the time of day, or nothing.
fn day(article: &Article) -> String {
    let day = |moment: Moment| Moment {
        precision: moment.precision.min(Precision::Day),
        offset_minutes: None,
        ..moment
    };
    article.date.map(|date| day(date.moment).to_string()).unwrap_or_default()
}

/// Returns what stands between the cells of a line: nothing, or where a cell is written from right
/// to left, an invisible letter that is not (U+200E).
///
/// Terminals that know of Hebrew and Arabic order the letters of a line themselves, across the
/// cells of a table. Between these marks each cell is ordered on its own and stays in its place;
/// the words before a match stand to its left there too.
fn left_to_right(cells: &[&str]) -> &'static str {
    if cells.iter().any(|cell| is_right_to_left(cell)) { "\u{200E}" } else { "" }
}
