//! Points and ranges of the calendar.

mod words;

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

/// A longer text is no date, in any script.
const DATE_BYTES_MAX: usize = 128;

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
    /// `18 August 2025`, `18-AUG-2025 14:00:05`, `August 18, 2025 2:30 p.m. EDT`, `Aug. 2025`,
    /// `3. März 2024`, `19 июня 2018` and so on in a dozen languages, `18.08.2025`, `2018年6月19日`,
    /// and seconds or milliseconds since 1970. Nothing is guessed: `03/04/2025` could be March or
    /// April, and is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > DATE_BYTES_MAX {
            return None;
        }
        parse_iso(text)
            .or_else(|| parse_epoch(text))
            .or_else(|| parse_rfc2822(text))
            .or_else(|| parse_figures(text))
            .or_else(|| parse_units(text))
            .or_else(|| words::parse(text))
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
        let mut words = String::with_capacity("30 September 2022".len());
        if self.precision >= Precision::Day {
            words.push_str(&time.day().to_string());
            words.push(' ');
        }
        if self.precision >= Precision::Month {
            let month = MONTHS[usize::from(time.month().unsigned_abs()) - 1];
            let start = words.len();
            words.push_str(month);
            words[start..start + 1].make_ascii_uppercase();
            words.push(' ');
        }
        words.push_str(&time.year().to_string());
        words
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

/// Reads dates in figures that begin with the day or the month: `18.08.2025`, `25/01/1992 14:05`,
/// `1/25/1992`.
///
/// With full stops the day comes first in every language that writes so. With slashes or hyphens
/// either may, and only a number beyond twelve tells which.
fn parse_figures(text: &str) -> Option<Moment> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '/' | '-'));
    let (date, rest) = text.split_at(end.unwrap_or(text.len()));
    let date = date.trim_end_matches('.');
    let sign = date.chars().find(|c| !c.is_ascii_digit())?;
    let numbers: Vec<&str> = date.split(sign).collect();
    let [first, second, year] = numbers[..] else {
        return None;
    };
    let number = |figures: &str| (figures.len() <= 2).then(|| figures.parse::<i8>().ok())?;
    let (first, second) = (number(first)?, number(second)?);
    let (day, month) = match sign {
        '.' => (first, second),
        _ if first > 12 || first == second => (first, second),
        _ if second > 12 => (second, first),
        _ => return None,
    };
    let year = (year.len() == 4).then(|| year.parse().ok())??;
    in_words(year, month, day, rest)
}

/// Reads dates of Chinese, Japanese and Korean: `2018年6月19日 14:05`.
fn parse_units(text: &str) -> Option<Moment> {
    let (year, rest) = text.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let (day, rest) = rest.split_once(['日', '일'])?;
    let (month, day) = (month.trim().parse().ok()?, day.trim().parse().ok()?);
    in_words(year.trim().parse().ok()?, month, day, rest)
}

/// Makes a moment of a day and a clock that may follow it.
fn in_words(year: i16, month: i8, day: i8, rest: &str) -> Option<Moment> {
    let moment = Moment::day(year, month, day)?;
    match rest.trim_matches([' ', ',']) {
        "" => Some(moment),
        rest => words::parse(&format!("{} {rest}", moment.in_words())),
    }
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
        check("Mon Aug 18 14:00:05 2025", "2025-08-18T14:00:05");
        check("Mon Aug 18 14:00:05 EDT 2025", "2025-08-18T14:00:05-04:00");
        check("Thursday, July 17, 2025 at 11:30 p.m. ET", "2025-07-17T23:30:00");
        check("Jan 5, 2021 12:10 AM PST", "2021-01-05T00:10:00-08:00");
        check("2021 January 5", "2021-01-05");
        check("5 January 2021, 2 pm", "2021-01-05T14:00:00");
        check("18 August 2025 14:00 +0200", "2025-08-18T14:00:00+02:00");
    }

    #[test]
    fn other_languages_have_their_months() {
        check("Montag, 3. März 2024, 14:05 Uhr", "2024-03-03T14:05:00");
        check("le 1er août 2023 à 09:00", "2023-08-01T09:00:00");
        check("3 de junio de 2020", "2020-06-03");
        check("19 июня 2018 г.", "2018-06-19");
        check("понедельник, 12 сентября 2022, 14:05", "2022-09-12T14:05:00");
        check("12. marraskuuta 2021", "2021-11-12");
        check("٣ أبريل 2020", "refused");
        check("3 أبريل 2020", "2020-04-03");
        check("2018年6月19日", "2018-06-19");
        check("2018年6月19日 14:05", "2018-06-19T14:05:00");
        check("jui 3 2020", "refused");
    }

    #[test]
    fn figures_are_read_where_they_can_be_only_one_day() {
        check("18.08.2025", "2025-08-18");
        check("3.4.2025, 14:05", "2025-04-03T14:05:00");
        check("25/01/1992", "1992-01-25");
        check("1/25/1992 2:05 PM", "1992-01-25T14:05:00");
        check("05/05/2020", "2020-05-05");
        check("05/06/2020", "refused");
        check("25/01/92", "refused");
        check("31.02.2020", "refused");
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
