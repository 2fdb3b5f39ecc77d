//! Dates as the collections write them.

use std::borrow::Cow;

use crate::text::{Moment, Precision};

/// The years of two figures are of the twentieth century from this one on.
const CENTURY_FROM: i16 = 50;

/// Returns a date in a form that is understood, or as it is printed.
///
/// `900125` has the year first and `02/25/92` the month; after the day may follow what is no date:
/// `January 1, 1989, Sunday, Home Edition`.
pub(super) fn stated(printed: &str) -> Cow<'_, str> {
    let printed = printed.trim();
    if Moment::parse(printed).is_some() {
        return Cow::Borrowed(printed);
    }
    let found = figures(printed).or_else(|| slashed(printed)).or_else(|| opening(printed));
    found.map_or(Cow::Borrowed(printed), |it| Cow::Owned(it.to_string()))
}

/// Finds the day, or the year, in the id of a record.
///
/// | ids | hold |
/// |---|---|
/// | `NYT19980601.0001`, `APW_ENG_19981001.0001`, `XIE19960101.0001` | year, month, day |
/// | `AP880212-0001`, `WSJ870324-0001`, `FR940104-0-00001` | year, month, day |
/// | `LA010189-0001` | month, day, year |
/// | `FT911-3`, `SJMN91-06001001` | year |
pub(super) fn of_id(id: &str) -> Option<Moment> {
    let id = id.trim();
    let from = id.find(|c: char| c.is_ascii_digit())?;
    let (prefix, rest) = id.split_at(from);
    let n_figures = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (run, after) = rest.split_at(n_figures);
    if prefix.is_empty() || !after.starts_with(['-', '.', '_']) && !after.is_empty() {
        return None;
    }
    match (prefix, run.len()) {
        (_, 8) => Moment::parse(run).filter(|it| it.precision == Precision::Day),
        ("LA", 6) => of_figures([&run[4..], &run[..2], &run[2..4]]),
        (_, 6) => figures(run),
        ("FT", 3) | ("SJMN", 2) => Moment::year(year(&run[..2])?),
        _ => None,
    }
}

/// Reads six figures: the year, the month, the day.
fn figures(text: &str) -> Option<Moment> {
    let is_date = text.len() == 6 && text.bytes().all(|it| it.is_ascii_digit());
    is_date.then(|| of_figures([&text[..2], &text[2..4], &text[4..]]))?
}

/// Reads `02/25/92` and `2/25/1992`.
fn slashed(text: &str) -> Option<Moment> {
    let day = text.split_whitespace().next()?;
    let mut parts = day.split(['/', '-']);
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number =
        |it: &str| matches!(it.len(), 1 | 2 | 4) && it.bytes().all(|b| b.is_ascii_digit());
    let is_date = parts.next().is_none() && [month, day, year].into_iter().all(is_number);
    is_date.then(|| of_figures([year, month, day]))?
}

/// Reads the day that a line opens with: its first two parts, or its first.
fn opening(text: &str) -> Option<Moment> {
    let mut commas = text.match_indices([',', ';']).map(|(at, _)| at);
    let (first, second) = (commas.next(), commas.next());
    let read = |end: usize| Moment::parse(&text[..end]).filter(|it| it.precision >= Precision::Day);
    second.and_then(read).or_else(|| first.and_then(read))
}

fn of_figures([printed, month, day]: [&str; 3]) -> Option<Moment> {
    Moment::day(year(printed)?, month.parse().ok()?, day.parse().ok()?)
}

fn year(printed: &str) -> Option<i16> {
    let number: i16 = printed.parse().ok()?;
    match printed.len() {
        4 => Some(number),
        2 if number >= CENTURY_FROM => Some(1900 + number),
        2 => Some(2000 + number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_collections_are_understood() {
        for (printed, want) in [
            (" 910514\n", "1991-05-14"),
            ("01/30/03", "2003-01-30"),
            ("3/4/1992", "1992-03-04"),
            ("January 1, 1989, Sunday, Home Edition", "1989-01-01"),
            ("14 March 2024; late edition", "2024-03-14"),
            ("20240314", "20240314"),
            ("2024-03-14 00:08", "2024-03-14 00:08"),
            ("soon", "soon"),
            ("13/30/92", "13/30/92"),
            ("1/2/3/4", "1/2/3/4"),
        ] {
            assert_eq!(stated(printed), want, "{printed}");
        }
    }

    #[test]
    fn ids_hold_the_day() {
        for (id, want) in [
            ("AP880212-0001", "1988-02-12"),
            (" NYT19980601.0001 ", "1998-06-01"),
            ("APW_ENG_19981001.0001", "1998-10-01"),
            ("LA010189-0001", "1989-01-01"),
            ("FT911-3", "1991"),
            ("SJMN91-06001001", "1991"),
            ("FBIS3-1", ""),
            ("AP-0001", ""),
            ("WSJ_1", ""),
            ("880212", ""),
            ("TREC_DOC_1.00001", ""),
            ("AP889912-0001", ""),
            ("x123456y", ""),
            ("", ""),
        ] {
            assert_eq!(of_id(id).map(|it| it.to_string()).unwrap_or_default(), want, "{id}");
        }
    }
}
