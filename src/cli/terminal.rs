//! What stdout is, and how to print on it.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

use anstream::{AutoStream, ColorChoice};

use crate::render::{Layout, Names, Styles};

use super::args::Color;

/// The width of a page where nobody knows better.
const COLUMNS: usize = 80;

/// Returns how to lay out what goes to stdout. Names are marked where colours can tell them apart.
///
/// `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` are asked by the rules that most programs share, unless
/// the command line says what to do.
pub(super) fn layout(color: Color) -> Layout {
    let colours = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    };
    let styles = if colours { Styles::COLOURED } else { Styles::PLAIN };
    let names = if colours { Names::All } else { Names::Matched };
    Layout { styles, names, width: columns() }
}

fn columns() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let asked =
        || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    told.or_else(asked).filter(|columns| *columns > 0).unwrap_or(COLUMNS)
}

/// Prints a page: through the pager if stdout is a terminal and the page is longer than it.
pub(super) fn print_page(page: &[u8]) -> io::Result<()> {
    let rows = terminal_size::terminal_size_of(io::stdout()).map_or(0, |(_, rows)| rows.0.into());
    let n_lines = page.iter().filter(|byte| **byte == b'\n').count();
    if io::stdout().is_terminal() && n_lines >= rows && show_in_pager(page).is_ok() {
        return Ok(());
    }
    io::stdout().write_all(page)
}

/// Shows a page in `$PAGER`, or in `less` as long as colours pass through it.
fn show_in_pager(page: &[u8]) -> io::Result<()> {
    let pager = env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let pager = pager.unwrap_or_else(|| "less -R".to_owned());
    let mut words = pager.split_whitespace();
    let program = words.next().unwrap_or("less");
    let mut child = Command::new(program).args(words).stdin(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // Whoever leaves the pager early has seen enough.
        let _ = stdin.write_all(page);
    }
    child.wait().map(drop)
}
