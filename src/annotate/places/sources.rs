//! The lists that a gazetteer is made of, line by line.

use crate::error::{Error, Kind, Result};

/// The texts of the lists that a gazetteer is made of; all are tables with tabs.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `places5000.tsv`: name, GeoNames id, country, division, population, kind, latitude and
    /// longitude; a line for each name of a place. Kind is C for a country and P for a town.
    pub places: &'a str,
    /// `cities15000.tsv`: GeoNames id and name first; it says which name of a town is its own.
    pub cities: &'a str,
    /// `countries.tsv`: code, name, official name, peoples, capital, region, subregion, spellings.
    pub countries: &'a str,
}

/// The names of the first divisions of countries: GeoNames code and name.
pub(super) static DIVISIONS: &str = include_str!("../data/places/admin1.tsv");

/// What the lists lack: regions, former countries, abbreviations, peoples.
pub(super) static MORE: &str = include_str!("../data/places/more.tsv");

/// A table with tabs, whose first line names its columns and whose lines with `#` are remarks.
pub(super) struct Table<'a> {
    name: &'static str,
    columns: Vec<&'a str>,
    lines: &'a str,
}

impl<'a> Table<'a> {
    pub(super) fn new(name: &'static str, text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut rest = text;
        while rest.starts_with('#') {
            rest = rest.split_once('\n').map_or("", |it| it.1);
        }
        let (header, lines) = rest.split_once('\n').unwrap_or((rest, ""));
        Self { name, columns: header.trim_end_matches('\r').split('\t').collect(), lines }
    }

    /// Reads the given columns of each line.
    ///
    /// # Errors
    ///
    /// When the table has no such column, or a line fewer.
    pub(super) fn rows<const N: usize>(&self, columns: [&str; N]) -> Result<Vec<[&'a str; N]>> {
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            *place = self.columns.iter().position(|it| *it == column).ok_or_else(|| {
                let message = format!("{} has no column '{column}'", self.name);
                Error::new(Kind::Usage, message).with_hint("take the file as it is published")
            })?;
        }
        let lines = self.lines.lines().enumerate().filter(|(_, it)| !it.is_empty());
        lines.map(|(idx, line)| fields(self.name, idx + 2, line, places)).collect()
    }
}

/// Reads the fields of a line at the given places.
pub(super) fn fields<'a, const N: usize>(
    table: &str,
    number: usize,
    line: &'a str,
    places: [usize; N],
) -> Result<[&'a str; N]> {
    let all: Vec<&str> = line.split('\t').collect();
    let mut found = [""; N];
    for (field, place) in found.iter_mut().zip(places) {
        *field = all.get(place).ok_or_else(|| {
            let message = format!("{table}:{number}: {} columns, {} needed", all.len(), place + 1);
            Error::new(Kind::Usage, message).with_hint("take the file as it is published")
        })?;
    }
    Ok(found)
}

/// Splits names that stand in one column with `|` between them.
pub(super) fn names(column: &str) -> impl Iterator<Item = &str> {
    column.split('|').map(str::trim).filter(|it| !it.is_empty())
}
