//! Conditions on the date, with dates as other systems write them.

use crate::query::error::{Fault, in_quotes};
use crate::query::fields::Sign;
use crate::query::{DateFilter, Query};
use crate::text::{Moment, Span};

/// Reads a condition on the date from the value that was typed at a place.
///
/// Besides what this language reads, dates with slashes are: `18/8/2025` and `8/18/2025`, where
/// only one of the two figures can be the month, and `8/2025`.
pub(super) fn read(text: &str, sign: Sign, value: Span) -> Result<Query, Fault> {
    match with_slashes(text, value)? {
        Some(moment) => read_value(&moment.to_string(), sign, value),
        None => DateFilter::read(text, sign, value).map(Query::Date),
    }
}

/// Reads the days from one to another, both included.
pub(super) fn between(text: &str, first: Span, last: Span) -> Result<Query, Fault> {
    read(text, Sign::Is, first)?;
    read(text, Sign::Is, last)?;
    let typed = |value: Span| match with_slashes(text, value) {
        Ok(Some(moment)) => moment.to_string(),
        _ => value.of(text).trim().to_owned(),
    };
    let range = format!("{}..{}", typed(first), typed(last));
    let whole = Span::new(first.start, last.end);
    let is_range = !first.of(text).contains("..") && !last.of(text).contains("..");
    let filter = DateFilter::read(&range, Sign::Is, Span::new(0, range.len()));
    filter.ok().filter(|_| is_range).map(Query::Date).ok_or_else(|| {
        let message = format!("{} ends before it begins", in_quotes(whole.of(text)));
        Fault::new(whole, message, "put the earlier date first")
    })
}

/// Reads a condition on the date from a value, which was typed in another form at a place.
pub(super) fn read_value(value: &str, sign: Sign, typed: Span) -> Result<Query, Fault> {
    DateFilter::read(value, sign, Span::new(0, value.len())).map(Query::Date).map_err(|_| {
        let message = format!("cannot read {} as a date", in_quotes(value));
        Fault::new(typed, message, "write it as 2025-08-18")
    })
}

/// Reads a date with slashes that ends with the year; nothing where there is none.
fn with_slashes(text: &str, value: Span) -> Result<Option<Moment>, Fault> {
    let typed = value.of(text).trim();
    let Some(figures) = figures(typed) else {
        return Ok(None);
    };
    let moment = match *figures.as_slice() {
        [month, year] => Moment::month(year, small(month)),
        [first, second, year] if first > 12 => Moment::day(year, small(second), small(first)),
        [first, second, year] if second > 12 || first == second => {
            Moment::day(year, small(first), small(second))
        }
        [first, second, year] => return Err(ambiguous(value, typed, [first, second, year])),
        _ => return Ok(None),
    };
    let message = || format!("{} is no day of the calendar", in_quotes(typed));
    moment.map(Some).ok_or_else(|| Fault::new(value, message(), "write it as 2025-08-18"))
}

/// Reads figures with slashes between them, the last four of them a year.
fn figures(typed: &str) -> Option<Vec<i16>> {
    let parts: Vec<&str> = typed.split('/').take(4).collect();
    let year = parts.last()?;
    let is_short = |part: &&str| part.len() <= 2;
    if parts.len() < 2 || year.len() != 4 || !parts[..parts.len() - 1].iter().all(is_short) {
        return None;
    }
    let figures =
        |part: &&str| part.bytes().all(|it| it.is_ascii_digit()).then(|| part.parse().ok())?;
    parts.iter().map(figures).collect()
}

/// Returns a number of at most two figures; a month or a day that is none is no date.
fn small(number: i16) -> i8 {
    i8::try_from(number).unwrap_or_default()
}

fn ambiguous(value: Span, typed: &str, [first, second, year]: [i16; 3]) -> Fault {
    let message = format!("{} could be one of two days", in_quotes(typed));
    let suggestion =
        format!("write {year}-{first:02}-{second:02} or {year}-{second:02}-{first:02}");
    Fault::new(value, message, suggestion)
}
