//! How a table is written: what separates its columns, and whether cells may be quoted.

use crate::source::json::Key;

/// The signs that may separate columns, the commonest first.
const DELIMITERS: [u8; 4] = *b",\t;|";

/// How many rows are looked at.
const ROWS_MAX: usize = 20;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// What separates columns.
    pub(super) delimiter: u8,
    /// What a quotation mark is.
    pub(super) quoting: Quoting,
}

/// What a quotation mark at the beginning of a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoting {
    /// The beginning of a cell that may hold separators and line ends.
    Marks,
    /// A letter.
    Letters,
}

/// What a letter of a table does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is part of a cell.
    Within,
    /// It ends a cell.
    Cell,
    /// It ends a row.
    Row,
}

/// Follows a table letter by letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Machine {
    dialect: Dialect,
    state: State,
    /// How often letters followed the mark that closed a cell.
    n_stray: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Start,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell, which ends it or is doubled.
    Closed,
}

impl Machine {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, state: State::Start, n_stray: 0 }
    }

    /// Takes the next letter, any that is not ASCII by any other value.
    pub(super) fn step(&mut self, letter: u8) -> Step {
        let is_mark = letter == b'"';
        let (state, step) = match self.state {
            State::Quoted if is_mark => (State::Closed, Step::Within),
            State::Quoted => (State::Quoted, Step::Within),
            State::Closed if is_mark => (State::Quoted, Step::Within),
            _ if letter == self.dialect.delimiter => (State::Start, Step::Cell),
            _ if matches!(letter, b'\n' | b'\r') => (State::Start, Step::Row),
            State::Start if is_mark && self.dialect.quoting == Quoting::Marks => {
                (State::Quoted, Step::Within)
            }
            State::Closed => {
                self.n_stray += 1;
                (State::Plain, Step::Within)
            }
            _ => (State::Plain, Step::Within),
        };
        self.state = state;
        step
    }

    /// Tells whether a quoted cell is open.
    pub(super) fn is_quoted(&self) -> bool {
        self.state == State::Quoted
    }
}

/// Finds how a table is written by its first rows; nothing where it has one column.
///
/// The most known names of columns decide, then the most rows that are as long as the first and have
/// no cell that goes on after it was closed, then the most columns.
pub(super) fn of(head: &str) -> Option<Dialect> {
    let mut best: Option<((usize, usize, usize), Dialect)> = None;
    // Every text is asked whether it is a table, and most have none of some separators.
    for delimiter in DELIMITERS.into_iter().filter(|it| head.contains(char::from(*it))) {
        let with_letters = matches!(delimiter, b'\t' | b'|').then_some(Quoting::Letters);
        for quoting in [Quoting::Marks].into_iter().chain(with_letters) {
            let dialect = Dialect { delimiter, quoting };
            let Some(weight) = weight(head, dialect) else {
                continue;
            };
            if best.is_none_or(|(it, _)| weight > it) {
                best = Some((weight, dialect));
            }
        }
    }
    best.map(|(_, dialect)| dialect)
}

/// Returns what speaks for a dialect; nothing where the table would have one column.
fn weight(head: &str, dialect: Dialect) -> Option<(usize, usize, usize)> {
    let (first, n_columns) = *parted(head, dialect, 1).0.first()?;
    if n_columns == 1 {
        return None;
    }
    let (rows, n_stray) = parted(head, dialect, ROWS_MAX);
    let n_even = rows.iter().filter(|(_, n)| *n == n_columns).count();
    let share = (100 * n_even / rows.len()).saturating_sub(10 * n_stray);
    Some((n_known(first, dialect), share, n_columns))
}

/// Returns the first rows with the number of their columns, without the last, which may go on.
pub(super) fn rows(head: &str, dialect: Dialect) -> Vec<(&str, usize)> {
    parted(head, dialect, ROWS_MAX).0
}

/// Does the same for so many rows, and tells how many cells go on after the mark that closes them.
fn parted(head: &str, dialect: Dialect, rows_max: usize) -> (Vec<(&str, usize)>, usize) {
    let mut machine = Machine::new(dialect);
    let mut rows = Vec::new();
    let (mut start, mut n_columns) = (0, 1);
    for (at, letter) in head.bytes().enumerate() {
        match machine.step(letter) {
            Step::Within => {}
            Step::Cell => n_columns += 1,
            Step::Row => {
                if !head[start..at].trim().is_empty() {
                    rows.push((&head[start..at], n_columns));
                }
                (start, n_columns) = (at + 1, 1);
            }
        }
        if rows.len() == rows_max {
            return (rows, machine.n_stray);
        }
    }
    if rows.is_empty() && !head[start..].trim().is_empty() {
        rows.push((&head[start..], n_columns));
    }
    (rows, machine.n_stray)
}

/// Returns how many columns of the first row have a name that is known.
pub(super) fn n_known(first: &str, dialect: Dialect) -> usize {
    names(first, dialect).filter(|it| known(it).is_some()).count()
}

/// Returns the names of columns in a row; a name holds no separator.
pub(super) fn names(row: &str, dialect: Dialect) -> impl Iterator<Item = &str> {
    row.split(char::from(dialect.delimiter)).map(|it| it.trim().trim_matches('"').trim())
}

/// Finds what a column of a name holds, and the rank of that name.
pub(super) fn known(name: &str) -> Option<(Key, usize)> {
    Key::of(&name.replace(' ', "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, want: &str) {
        let found = of(head).map(|it| {
            let quoting = if it.quoting == Quoting::Marks { "" } else { " letters" };
            format!("{:?}{quoting}", char::from(it.delimiter))
        });
        assert_eq!(found.unwrap_or_default(), want, "{head}");
    }

    #[test]
    fn the_separator_is_the_one_that_gives_even_rows() {
        check("id,title,text\n1,a,\"b; c; d\"\n2,e,f\n", "','");
        check("id;Titel;Text\n1;a, b, c;d\n2;e;f\n", "';'");
        check("id\ttitle\ttext\n1\ta, b\tc\n", "'\\t'");
        check("a|b\nc|d\n", "'|'");
        check("1,\"a\nb\",c\n2,d,e\n", "','");
        check("title\ttext\n\"No,\" he said\ta\n\"b\tc\n\"d\te\n", "'\\t' letters");
        check("It rained.\n", "");
        check("", "");
    }
}
