//! Which column holds what.

use std::collections::BTreeMap;

use super::dialect::known;
use crate::source::html;
use crate::source::json::{Key, Meaning};
use crate::source::normal::{List, Record};

/// The columns of a table; a row of more is no row of one.
pub(super) const COLUMNS_MAX: usize = 1024;

/// The length of the name of a column.
const NAME_BYTES_MAX: usize = 64;

/// A column whose cells are of use.
#[derive(Clone, Debug)]
struct Column {
    idx: usize,
    key: Key,
    /// How many names are preferred to its own.
    rank: usize,
    name: String,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Those that are of use, the preferred first.
    columns: Vec<Column>,
    /// How many there are.
    pub(super) n_columns: usize,
    /// Whether the first row names them.
    pub(super) are_named: bool,
}

impl Columns {
    /// Finds out what the columns hold: what is configured by field, else what their names say.
    pub(super) fn of(first: &[String], configured: &BTreeMap<String, String>) -> Self {
        let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
        let mut columns = Vec::new();
        let mut are_named = false;
        for (field, name) in configured {
            let Some((key, _)) = Key::of(field) else {
                continue;
            };
            let numbered = name.trim().parse::<usize>().ok().and_then(|it| it.checked_sub(1));
            let named = first.iter().position(|it| same(it, name));
            are_named |= numbered.is_none() && named.is_some();
            if let Some(idx) = numbered.or(named) {
                let name = if numbered.is_none() { name.clone() } else { format!("column {name}") };
                columns.push(Column { idx, key, rank: 0, name });
            }
        }
        are_named |= first.iter().any(|it| is_text(it));
        if are_named {
            for (idx, name) in first.iter().enumerate() {
                let is_taken = |it: &Column| it.idx == idx;
                if let Some((key, rank)) = known(name)
                    && !columns.iter().any(is_taken)
                {
                    let name = name.trim().to_owned();
                    columns.push(Column { idx, key, rank: rank + 1, name });
                }
            }
        }
        columns.sort_by_key(|it| it.rank);
        Self { columns, n_columns: first.len(), are_named }
    }

    /// Tells whether a column holds text.
    pub(super) fn have_text(&self) -> bool {
        self.columns.iter().any(|it| it.key == Key::Body && it.idx < self.n_columns)
    }

    /// Makes a record of the cells of a row. Of several columns of a field the first counts that has
    /// something in the row.
    pub(super) fn record<'a>(&self, cells: &[&'a str]) -> Record<'a> {
        let mut record = Record::default();
        for Column { idx, key, name, .. } in &self.columns {
            let cell = cells.get(*idx).copied().unwrap_or_default();
            match key.meaning() {
                Meaning::Text(field) if html::is_markup(cell) => {
                    record.set(field, name.clone(), html::paragraphs(cell).join(" "));
                }
                Meaning::Text(field) => record.set(field, name.clone(), cell),
                Meaning::Names(List::Keywords) => {
                    for word in cell.split([',', ';', '|']) {
                        record.push(List::Keywords, name.clone(), word.trim());
                    }
                }
                Meaning::Names(list) if !record.has_any(list) => {
                    record.push(list, name.clone(), cell);
                }
                Meaning::Body if !record.has_body() => {
                    record.body_from(name.clone());
                    add_body(cell, &mut record);
                }
                Meaning::Named(kind) if !record.has_named(kind) => {
                    record.named_in(kind, name, cell);
                }
                Meaning::Names(_) | Meaning::Named(_) | Meaning::Body => {}
            }
        }
        record
    }
}

fn add_body<'a>(cell: &'a str, record: &mut Record<'a>) {
    if html::is_markup(cell) {
        html::paragraphs(cell).into_iter().for_each(|it| record.paragraph(it));
    } else {
        record.part(cell);
    }
}

/// Tells whether a column of this name holds text.
pub(super) fn is_text(name: &str) -> bool {
    known(name).is_some_and(|(key, _)| key == Key::Body)
}

/// Tells whether the cells of a row could be the names of columns, in whatever language: short, and
/// none a number or a sentence.
pub(super) fn may_be_names(cells: &[String]) -> bool {
    let may_be = |it: &String| {
        let it = it.trim();
        it.len() <= NAME_BYTES_MAX
            && it.starts_with(char::is_alphabetic)
            && !it.contains(['\n', '.', '!', '?'])
    };
    cells.len() > 1 && cells.iter().all(may_be)
}
