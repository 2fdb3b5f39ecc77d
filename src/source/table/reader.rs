//! Files of tables.

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use super::columns::{self, COLUMNS_MAX, Columns};
use super::dialect::{self, Dialect, Quoting};
use super::rows::{Row, Rows};
use crate::article::Class;
use crate::source::decode::{self, Units};
use crate::source::lines::RECORD_BYTES_MAX;
use crate::source::normal::Teller;
use crate::source::{Confidence, Each, Head, Input, Reader, signature};
use crate::text::Span;

/// How many known columns the first row must name where the name of the file says nothing.
const KNOWN_MIN: usize = 2;

/// What is told of a table whose columns are none of an article.
const NO_TEXT: &str = "a table without a column of text";

/// Reads a table as a record a row; the columns are in the docs of the room.
///
/// Records are the rows below the names of columns, counted from 1, without blank ones;
/// `Origin::span` is the row without its end. A row that is not as long as the first is told: of
/// its cells nobody knows which is which. Rows are decoded one by one.
///
/// A table without a column of text is no article, and neither is a table without names for which
/// no columns are configured: which cell is the text is not guessed.
pub struct Table;

impl Reader for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let text = head.text().trim_start();
        if signature::binary(head.bytes()).is_some() || text.starts_with(['<', '{', '[']) {
            return Confidence::No;
        }
        if is_named(head.path()) {
            return Confidence::Likely;
        }
        match dialect::of(text) {
            Some(dialect) if is_table(text, dialect) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let configured = &input.settings.columns;
        let mut teller = Teller::new(&input, each);
        let mut rows = Rows::new(input.stream)?;
        let head = rows.head();
        let is_blank = head.text.trim().is_empty();
        let Some(dialect) = dialect::of(&head.text) else {
            _ = if is_blank { teller.end() } else { teller.end_without(Class::Format, NO_TEXT) };
            return Ok(());
        };
        drop(head);
        let units = rows.units();
        let mut table: Option<Columns> = None;
        let mut n_told = 0;
        while let Some((row, span)) = rows.next(dialect)? {
            if let Row::Whole(bytes, n_columns) = row
                && table.is_none()
                && n_columns <= COLUMNS_MAX
            {
                let decoded = decode::decode_units(bytes, units);
                if decoded.text.trim().is_empty() {
                    continue;
                }
                let columns = Columns::of(&cells(&decoded.text, dialect), configured);
                if !columns.have_text() {
                    _ = teller.end_without(Class::Format, NO_TEXT);
                    return Ok(());
                }
                let are_named = columns.are_named;
                let names = if are_named { &decoded.text } else { "" };
                teller.in_context(format!("{units:?} {dialect:?} {names}").as_bytes());
                table = Some(columns);
                if are_named {
                    continue;
                }
            }
            let Some(columns) = &table else {
                _ = teller.end_without(Class::Format, NO_TEXT);
                return Ok(());
            };
            match tell(&row, span, columns, Written { dialect, units }, &mut teller) {
                None => {}
                Some(ControlFlow::Continue(())) => n_told += 1,
                Some(ControlFlow::Break(())) => return Ok(()),
            }
        }
        _ = match n_told {
            0 => teller.end_without(Class::Empty, "a table without a row"),
            _ => teller.end(),
        };
        Ok(())
    }

    fn lead<'h>(&self, head: &'h [u8]) -> &'h [u8] {
        let (units, mark) = Units::of(head);
        lead_len(head, units).map_or(&head[..mark], |len| &head[..len])
    }
}

/// How a table is written, and in which units.
#[derive(Clone, Copy)]
struct Written {
    dialect: Dialect,
    units: Units,
}

/// Tells what is in a row, unless nothing is.
fn tell(
    row: &Row<'_>,
    span: Span,
    columns: &Columns,
    written: Written,
    teller: &mut Teller<'_, '_>,
) -> Option<ControlFlow<()>> {
    let (bytes, n_columns) = match row {
        Row::Whole(bytes, n_columns) => (*bytes, *n_columns),
        Row::Unclosed => {
            let reason = "a quotation mark that is not closed";
            return Some(teller.malformed(span, Class::Damaged, reason));
        }
        Row::TooLong => {
            let reason = format!("record longer than {RECORD_BYTES_MAX} bytes");
            return Some(teller.malformed(span, Class::Limit, reason));
        }
    };
    let decoded = decode::decode_units(bytes, written.units);
    if decoded.text.trim().is_empty() {
        return None;
    }
    if n_columns != columns.n_columns {
        let reason = format!("{n_columns} columns where the table has {}", columns.n_columns);
        return Some(teller.malformed(span, Class::Damaged, reason));
    }
    match teller.stands(bytes, span) {
        ControlFlow::Continue(false) => {}
        told => return Some(told.map_continue(|_| ())),
    }
    let cells = cells(&decoded.text, written.dialect);
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    Some(match teller.decoded(&decoded) {
        ControlFlow::Continue(()) => teller.record(columns.record(&cells), span),
        told => told,
    })
}

/// Parts a row into its cells.
fn cells(row: &str, dialect: Dialect) -> Vec<String> {
    // Most of the cost of a row is that of making what parses it.
    if !row.contains('"') {
        return row.split(char::from(dialect.delimiter)).map(str::to_owned).collect();
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .quoting(dialect.quoting == Quoting::Marks)
        .from_reader(row.as_bytes());
    let mut cells = csv::StringRecord::new();
    // The row is text and held in memory, so that nothing can fail.
    match reader.read_record(&mut cells) {
        Ok(true) => cells.iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Returns how much of a file its mark and the names of its columns take.
fn lead_len(head: &[u8], units: Units) -> Option<usize> {
    let mut stream = head;
    let mut rows = Rows::new(&mut stream).ok()?;
    let dialect = dialect::of(&rows.head().text)?;
    while let Ok(Some((Row::Whole(bytes, n_columns), span))) = rows.next(dialect) {
        let text = decode::decode_units(bytes, units).text;
        if text.trim().is_empty() {
            continue;
        }
        let names = if n_columns > COLUMNS_MAX { Vec::new() } else { cells(&text, dialect) };
        let is_lead = names.iter().any(|it| columns::is_text(it)) || columns::may_be_names(&names);
        let end = span.end + if units == Units::Bytes { 1 } else { 2 };
        return is_lead.then_some(end.min(head.len()));
    }
    None
}

/// Tells whether a text is a table whose columns have names that are known, one of them that of the
/// text.
fn is_table(head: &str, dialect: Dialect) -> bool {
    let rows = dialect::rows(head, dialect);
    let Some((first, n_columns)) = rows.first() else {
        return false;
    };
    dialect::n_known(first, dialect) >= KNOWN_MIN
        && dialect::names(first, dialect).any(columns::is_text)
        && rows.get(1).is_none_or(|(_, n)| n == n_columns)
}

/// Tells whether the name of a file says that it is a table.
fn is_named(path: &Path) -> bool {
    let names = ["csv", "tsv", "tab"];
    path.extension().is_some_and(|it| names.iter().any(|name| it.eq_ignore_ascii_case(name)))
}
