//! Points and ranges of the calendar.

use std::fmt;

use jiff::civil::{Date, DateTime, date};
use jiff::fmt::{rfc2822, temporal};
use serde::{Deserialize, Serialize};

/// A point of the calendar, as precise as it was printed.
///
/// The clock is the one that was printed: an article dated `2025-08-18T23:30:00-04:00` is of 18
/// August wherever it is searched. The offset is kept beside it, for display only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// Seconds from 1970-01-01 00:00 to the start of the moment, both by the printed clock.
    pub seconds: i64,
    /// How much of it was printed.
    pub precision: Precision,
    /// Minutes east of Greenwich, where a zone was printed.
    pub offset_minutes: Option<i16>,
}

/// How much of a date was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// The month of a year.
    Month,
    /// The day.
    Day,
    /// The time of day.
    Second,
}

/// A range of the calendar; an open end reaches as far as there are dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first second within.
    pub from: Option<i64>,
    /// The first second after it.
    pub until: Option<i64>,
}

impl DateRange {
    /// Tells whether a second lies within the range.
    pub fn contains(&self, seconds: i64) -> bool {
        self.from.is_none_or(|from| from <= seconds) && self.until.is_none_or(|end| seconds < end)
    }
}

/// The years that dates are accepted from; printing began in the fifteenth century.
const YEARS: std::ops::RangeInclusive<i16> = 1400..=2200;

impl Moment {
    /// Makes a moment of a whole day, or nothing where the calendar has no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().and_then(|day| Self::civil(day.into(), Precision::Day))
    }

    /// Makes a moment of a time by Greenwich, in seconds since 1970.
    pub fn of_timestamp(seconds: i64) -> Self {
        Self { seconds, precision: Precision::Second, offset_minutes: Some(0) }
    }

    /// Makes a moment of a whole month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Self::civil(first.into(), Precision::Month)
    }

    /// Makes a moment of a whole year.
    pub fn year(year: i16) -> Option<Self> {
        Self::civil(Date::new(year, 1, 1).ok()?.into(), Precision::Year)
    }

    fn civil(time: DateTime, precision: Precision) -> Option<Self> {
        YEARS.contains(&time.year()).then(|| {
            let seconds = seconds_of(time);
            Self { seconds, precision, offset_minutes: None }
        })
    }

    /// Reads a date as archives write it.
    ///
    /// Understood are ISO 8601 (`2025`, `2025-08`, `2025-08-18`, `2025-08-18T14:00:05.2-04:00`,
    /// `20250818`, `20250818T140005Z`), RFC 2822 (`Mon, 18 Aug 2025 14:00:05 GMT`), `2025/08/18`,
    /// `18 August 2025`, `18-AUG-2025 14:00:05`, `August 18, 2025`, `Aug. 2025`, and seconds or
    /// milliseconds since 1970. Nothing is guessed: `03/04/2025` could be March or April, and is
    /// refused.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 64 {
            return None;
        }
        parse_iso(text)
            .or_else(|| parse_epoch(text))
            .or_else(|| parse_rfc2822(text))
            .or_else(|| parse_words(text))
    }

    /// Returns the whole period that the moment stands for.
    pub fn period(&self) -> DateRange {
        let start = datetime_of(self.seconds);
        let next = match self.precision {
            Precision::Year => Date::new(start.year() + 1, 1, 1).map(DateTime::from),
            Precision::Month => start.checked_add(jiff::Span::new().months(1)),
            Precision::Day => start.checked_add(jiff::Span::new().days(1)),
            Precision::Second => start.checked_add(jiff::Span::new().seconds(1)),
        };
        DateRange { from: Some(self.seconds), until: next.ok().map(seconds_of) }
    }

    /// Returns the date as newspapers print it, in English: `18 August 2025`, `March 1987`.
    pub fn in_words(&self) -> String {
        let time = datetime_of(self.seconds);
        let month = MONTHS[usize::from(time.month().unsigned_abs()) - 1];
        let month = format!("{}{}", month[..1].to_uppercase(), &month[1..]);
        match self.precision {
            Precision::Year => format!("{}", time.year()),
            Precision::Month => format!("{month} {}", time.year()),
            Precision::Day | Precision::Second => {
                format!("{} {month} {}", time.day(), time.year())
            }
        }
    }
}

/// Prints the moment in ISO 8601, as precise as it is.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = datetime_of(self.seconds);
        write!(f, "{:04}", time.year())?;
        if self.precision >= Precision::Month {
            write!(f, "-{:02}", time.month())?;
        }
        if self.precision >= Precision::Day {
            write!(f, "-{:02}", time.day())?;
        }
        if self.precision >= Precision::Second {
            write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        }
        match self.offset_minutes {
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            None => Ok(()),
        }
    }
}

pub(super) fn seconds_of(time: DateTime) -> i64 {
    let epoch = date(1970, 1, 1).at(0, 0, 0, 0);
    time.duration_since(epoch).as_secs()
}

pub(super) fn datetime_of(seconds: i64) -> DateTime {
    let epoch = date(1970, 1, 1).at(0, 0, 0, 0);
    epoch.saturating_add(jiff::SignedDuration::from_secs(seconds))
}

/// Reads a year, a month, a day or a time in the forms of ISO 8601, and dates with slashes that
/// begin with the year.
fn parse_iso(text: &str) -> Option<Moment> {
    if !text.get(..4)?.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let figures = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let year = figures(0..4)?;
    let month = |range| figures(range).and_then(|it| i8::try_from(it).ok());
    let sign = text.as_bytes().get(4).copied();
    match (text.len(), sign) {
        (4, _) => Moment::year(year),
        (7, Some(b'-' | b'/')) => Moment::month(year, month(5..7)?),
        (8, Some(b'0' | b'1')) => Moment::day(year, month(4..6)?, month(6..8)?),
        (10, Some(b'-' | b'/')) if text.as_bytes()[7] == text.as_bytes()[4] => {
            Moment::day(year, month(5..7)?, month(8..10)?)
        }
        _ => parse_time(text),
    }
}

fn parse_time(text: &str) -> Option<Moment> {
    // The offset stands without a space in ISO 8601, and slashes are no part of it.
    let text =
        text.replacen('/', "-", 2).replace(" UTC", "Z").replace(" +", "+").replace(" -", "-");
    let pieces = temporal::Pieces::parse(&text).ok()?;
    let mut moment = Moment::civil(pieces.date().to_datetime(pieces.time()?), Precision::Second)?;
    let offset = pieces.to_numeric_offset();
    moment.offset_minutes = offset.and_then(|it| i16::try_from(it.seconds() / 60).ok());
    Some(moment)
}

fn parse_rfc2822(text: &str) -> Option<Moment> {
    let zoned = rfc2822::DateTimeParser::new().parse_zoned_datetime(text).ok()?;
    let mut moment = Moment::civil(zoned.datetime(), Precision::Second)?;
    moment.offset_minutes = i16::try_from(zoned.offset().seconds() / 60).ok();
    Some(moment)
}

/// Reads seconds or milliseconds since 1970, of ten or thirteen figures.
fn parse_epoch(text: &str) -> Option<Moment> {
    let number: i64 = text.parse().ok()?;
    let seconds = match text.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let mut moment = Moment::civil(datetime_of(seconds), Precision::Second)?;
    moment.offset_minutes = Some(0);
    Some(moment)
}

/// Reads dates with the month in words, with or without a time behind.
fn parse_words(text: &str) -> Option<Moment> {
    let parts: Vec<&str> =
        text.split([' ', ',', '-', '.', '\t']).filter(|part| !part.is_empty()).collect();
    let parts = match parts.first() {
        Some(first) if weekday(first) => &parts[1..],
        _ => &parts[..],
    };
    let (moment, rest) = match parts {
        [month, year, rest @ ..] if month_number(month).is_some() && year.len() == 4 => {
            (Moment::month(year.parse().ok()?, month_number(month)?)?, rest)
        }
        [month, day, year, rest @ ..] if month_number(month).is_some() => {
            (Moment::day(year_number(year)?, month_number(month)?, day_number(day)?)?, rest)
        }
        [day, month, year, rest @ ..] => {
            (Moment::day(year_number(year)?, month_number(month)?, day_number(day)?)?, rest)
        }
        _ => return None,
    };
    match rest {
        [] => Some(moment),
        // A time without a zone, its fraction cut off by the split at the stop.
        [time] | [time, _] if time.contains(':') && moment.precision == Precision::Day => {
            let time: jiff::civil::Time = time.parse().ok()?;
            let day = datetime_of(moment.seconds).date();
            // A second part that is no fraction would be a zone, for RFC 2822 to read.
            let is_fraction = rest.get(1).is_none_or(|it| it.bytes().all(|b| b.is_ascii_digit()));
            is_fraction.then(|| Moment::civil(day.to_datetime(time), Precision::Second))?
        }
        _ => None,
    }
}

fn year_number(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok())?
}

fn day_number(word: &str) -> Option<i8> {
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[figures.len()..];
    matches!(suffix, "" | "st" | "nd" | "rd" | "th").then(|| figures.parse().ok())?
}

fn weekday(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(&lower))
}

fn month_number(word: &str) -> Option<i8> {
    let lower = word.to_ascii_lowercase();
    let lower = if lower == "sept" { "sep" } else { &lower };
    let fits = |month: &&str| **month == *lower || month[..3] == *lower;
    MONTHS.iter().position(fits).and_then(|idx| i8::try_from(idx + 1).ok())
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &str) {
        let found = Moment::parse(text).map(|moment| moment.to_string());
        assert_eq!(found.as_deref().unwrap_or("refused"), want, "{text}");
    }

    #[test]
    fn iso_dates_are_as_precise_as_they_are() {
        check("2025", "2025");
        check("2025-08", "2025-08");
        check("2025-08-18", "2025-08-18");
        check("20250818", "2025-08-18");
        check("2025/08/18", "2025-08-18");
        check("2025-08-18T14:00:05", "2025-08-18T14:00:05");
        check("2025-08-18 14:00:05.250", "2025-08-18T14:00:05");
        check("2025-08-18T14:00", "2025-08-18T14:00:00");
    }

    #[test]
    fn the_printed_clock_counts_and_the_zone_is_kept() {
        check("2025-08-18T23:30:00-04:00", "2025-08-18T23:30:00-04:00");
        check("2025-08-18T23:30:00Z", "2025-08-18T23:30:00Z");
        check("2025-08-18T23:30:00+0530", "2025-08-18T23:30:00+05:30");
        check("Mon, 18 Aug 2025 23:30:00 -0400", "2025-08-18T23:30:00-04:00");
        check("Mon, 18 Aug 2025 23:30:00 GMT", "2025-08-18T23:30:00Z");
        check("1755560000", "2025-08-18T23:33:20Z");
        check("1755560000000", "2025-08-18T23:33:20Z");
    }

    #[test]
    fn months_may_be_words() {
        check("18 August 2025", "2025-08-18");
        check("August 18, 2025", "2025-08-18");
        check("Aug. 18, 2025", "2025-08-18");
        check("Monday, 18th August 2025", "2025-08-18");
        check("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
        check("Sept. 2024", "2024-09");
    }

    #[test]
    fn impossible_and_ambiguous_dates_are_refused() {
        for text in [
            "",
            "08/30 63",
            "198-04-06",
            "2025-02-30",
            "2025-13",
            "03/04/2025",
            "soon",
            "30 February 2025",
            "12345",
            "0000-00-00",
            "9999999999999999",
            "2025-08-18T99:00",
        ] {
            check(text, "refused");
        }
    }

    #[test]
    fn a_period_is_as_long_as_what_was_printed() {
        let period = |text: &str| Moment::parse(text).map(|it| it.period());
        let day = 86_400;
        let range = |from, until| Some(DateRange { from: Some(from), until: Some(until) });
        assert_eq!(period("1970"), range(0, 365 * day));
        assert_eq!(period("1970-02"), range(31 * day, 59 * day));
        assert_eq!(period("1970-01-02"), range(day, 2 * day));
        assert_eq!(period("1969-12-31T23:59:59"), range(-1, 0));
    }

    #[test]
    fn dates_read_well() {
        let words = |text: &str| Moment::parse(text).map(|it| it.in_words()).unwrap_or_default();
        assert_eq!(words("1987-03-05T10:00:00"), "5 March 1987");
        assert_eq!(words("1987-03"), "March 1987");
    }
}
