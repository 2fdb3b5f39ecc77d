//! Days and periods that are told from today.

use std::fmt;

use jiff::civil::Date;

use super::date::{datetime_of, seconds_of};
use super::{DateRange, Moment};

/// The greatest number that a relative date counts with.
pub const RELATIVE_MAX: u32 = 10_000;

/// The seconds of a day.
pub const SECONDS_PER_DAY: i64 = 86_400;

/// A day or a period that is told from today: `yesterday`, `last 2 weeks`, `3 days ago`.
///
/// It stays what was typed until [`RelativeDate::range`] is told which day it is: nothing here
/// looks at a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelativeDate {
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `this week`: the whole week, month or year that today is in; weeks begin on Monday.
    This(CalendarUnit),
    /// `last week`: the whole week, month or year before that one.
    Last(CalendarUnit),
    /// `last 2 weeks`, also `past 2 weeks`: from the day so long ago through today.
    Past(u32, CalendarUnit),
    /// `3 days ago`: that one day. So long before 31 March is 28 February, not 3 March.
    Ago(u32, CalendarUnit),
}

/// What relative dates count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarUnit {
    /// A day.
    Day,
    /// Seven days; a whole one begins on Monday.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

impl RelativeDate {
    /// Reads a relative date in English, in any case; numbers are figures from 1 to
    /// [`RELATIVE_MAX`].
    ///
    /// `past week` is `last 1 week`; `last week` is the week before this one. Nothing is guessed:
    /// `last day` and `last Monday` are refused.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 64 {
            return None;
        }
        let typed = text.to_ascii_lowercase();
        let parts: Vec<&str> = typed.split_whitespace().collect();
        Some(match parts[..] {
            ["today"] => Self::Today,
            ["yesterday"] => Self::Yesterday,
            ["this", unit] => Self::This(CalendarUnit::parse_whole(unit)?),
            ["last", unit] => Self::Last(CalendarUnit::parse_whole(unit)?),
            ["past", unit] => Self::Past(1, CalendarUnit::parse_whole(unit)?),
            ["last" | "past", n, unit] => Self::Past(count(n)?, CalendarUnit::parse(unit)?),
            [n, unit, "ago"] => Self::Ago(count(n)?, CalendarUnit::parse(unit)?),
            _ => return None,
        })
    }

    /// Returns the days that are meant when `today` is the day that it is; what would lie before
    /// the calendar begins with it.
    pub fn range(self, today: Moment) -> DateRange {
        let today = datetime_of(today.seconds).date();
        match self {
            Self::Today => days(today, today),
            Self::Yesterday => {
                let day = before(today, 1, CalendarUnit::Day);
                days(day, day)
            }
            Self::This(unit) => {
                let first = unit.first_day(today);
                days(first, unit.last_day(first))
            }
            Self::Last(unit) => {
                let last = before(unit.first_day(today), 1, CalendarUnit::Day);
                days(unit.first_day(last), last)
            }
            Self::Past(n, unit) => days(before(today, n, unit), today),
            Self::Ago(n, unit) => {
                let day = before(today, n, unit);
                days(day, day)
            }
        }
    }
}

/// Prints it as it is read: in small letters, with one space between words.
impl fmt::Display for RelativeDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: &u32| if *n == 1 { "" } else { "s" };
        match self {
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
            Self::This(unit) => write!(f, "this {}", unit.name()),
            Self::Last(unit) => write!(f, "last {}", unit.name()),
            Self::Past(n, unit) => write!(f, "last {n} {}{}", unit.name(), plural(n)),
            Self::Ago(n, unit) => write!(f, "{n} {}{} ago", unit.name(), plural(n)),
        }
    }
}

impl CalendarUnit {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// Returns the word for one.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let word = word.strip_suffix('s').unwrap_or(word);
        Self::ALL.into_iter().find(|unit| unit.name() == word)
    }

    /// Reads a unit of which there is a present one and one before it, other than the day: that
    /// has names of its own.
    fn parse_whole(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| *unit != Self::Day && unit.name() == word)
    }

    fn first_day(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let n_days = day.weekday().to_monday_zero_offset().unsigned_abs();
                before(day, n_days.into(), Self::Day)
            }
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    /// Returns the last day of the week, month or year that begins on a day.
    fn last_day(self, first: Date) -> Date {
        match self {
            Self::Day => first,
            Self::Week => first.saturating_add(jiff::Span::new().days(6)),
            Self::Month => first.last_of_month(),
            Self::Year => first.last_of_year(),
        }
    }
}

fn count(figures: &str) -> Option<u32> {
    let is_number = figures.bytes().all(|it| it.is_ascii_digit());
    figures.parse().ok().filter(|n| is_number && (1..=RELATIVE_MAX).contains(n))
}

/// Returns the day so long before another, or the first day that there is.
fn before(day: Date, n: u32, unit: CalendarUnit) -> Date {
    let n = i64::from(n);
    let span = match unit {
        CalendarUnit::Day => jiff::Span::new().try_days(n),
        CalendarUnit::Week => jiff::Span::new().try_weeks(n),
        CalendarUnit::Month => jiff::Span::new().try_months(n),
        CalendarUnit::Year => jiff::Span::new().try_years(n),
    };
    span.map_or(Date::MIN, |span| day.saturating_sub(span))
}

/// Returns the range from the beginning of a day to the end of another.
fn days(first: Date, last: Date) -> DateRange {
    let start = |day: Date| seconds_of(day.into());
    DateRange { from: Some(start(first)), until: Some(start(last) + SECONDS_PER_DAY) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks which days are meant as of a day, the last one included.
    #[track_caller]
    fn check(typed: &str, today: &str, want: &str) {
        let today = Moment::parse(today).unwrap();
        let range = RelativeDate::parse(typed).unwrap().range(today);
        let day = |seconds: i64| {
            let printed = Moment::of_timestamp(seconds).to_string();
            printed.split_once('T').map(|(day, _)| day.to_owned()).unwrap()
        };
        let (first, last) = (day(range.from.unwrap()), day(range.until.unwrap() - 1));
        let found = if first == last { first } else { format!("{first} {last}") };
        assert_eq!(found, want, "{typed}");
    }

    #[test]
    fn days_are_counted_back_from_today() {
        for (typed, want) in [
            ("today", "2025-03-31"),
            ("yesterday", "2025-03-30"),
            ("1 day ago", "2025-03-30"),
            ("31 days ago", "2025-02-28"),
            ("2 weeks ago", "2025-03-17"),
            ("1 month ago", "2025-02-28"),
            ("13 months ago", "2024-02-29"),
            ("25 years ago", "2000-03-31"),
        ] {
            check(typed, "2025-03-31", want);
        }
        check("1 year ago", "2024-02-29", "2023-02-28");
        check("today", "2025-03-31T23:59:59-04:00", "2025-03-31");
    }

    #[test]
    fn the_last_few_end_with_today() {
        for (typed, want) in [
            ("last 3 days", "2025-08-15 2025-08-18"),
            ("past 3 days", "2025-08-15 2025-08-18"),
            ("last 2 weeks", "2025-08-04 2025-08-18"),
            ("last 1 month", "2025-07-18 2025-08-18"),
            ("past month", "2025-07-18 2025-08-18"),
            ("past 10 years", "2015-08-18 2025-08-18"),
        ] {
            check(typed, "2025-08-18", want);
        }
        check("last 1 month", "2025-03-31", "2025-02-28 2025-03-31");
    }

    #[test]
    fn weeks_begin_on_monday_and_periods_are_whole() {
        for today in ["2025-08-18", "2025-08-20", "2025-08-24"] {
            check("this week", today, "2025-08-18 2025-08-24");
            check("last week", today, "2025-08-11 2025-08-17");
            check("this month", today, "2025-08-01 2025-08-31");
            check("last month", today, "2025-07-01 2025-07-31");
            check("this year", today, "2025-01-01 2025-12-31");
            check("last year", today, "2024-01-01 2024-12-31");
        }
        check("last week", "2025-01-01", "2024-12-23 2024-12-29");
        check("this week", "2025-01-01", "2024-12-30 2025-01-05");
        check("last month", "2024-03-31", "2024-02-01 2024-02-29");
        check("last month", "2025-01-15", "2024-12-01 2024-12-31");
    }

    #[test]
    fn what_lies_beyond_the_calendar_is_cut_at_it() {
        check("10000 years ago", "2025-08-18", "-7975-08-18");
        let every = [RelativeDate::Today, RelativeDate::Yesterday]
            .into_iter()
            .chain(CalendarUnit::ALL.map(RelativeDate::This))
            .chain(CalendarUnit::ALL.map(RelativeDate::Last))
            .chain(CalendarUnit::ALL.map(|unit| RelativeDate::Past(u32::MAX, unit)))
            .chain(CalendarUnit::ALL.map(|unit| RelativeDate::Ago(RELATIVE_MAX, unit)));
        for relative in every {
            for seconds in [i64::MIN, -1, 0, i64::MAX] {
                let range = relative.range(Moment::of_timestamp(seconds));
                assert!(range.from < range.until, "{relative:?} as of {seconds}");
            }
        }
    }

    #[test]
    fn what_is_read_prints_in_one_way() {
        for (typed, printed) in [
            ("TODAY", "today"),
            ("Last  Week", "last week"),
            ("this month", "this month"),
            ("past year", "last 1 year"),
            ("Past 3 Days", "last 3 days"),
            ("last 1 weeks", "last 1 week"),
            ("1 days ago", "1 day ago"),
            ("007 MONTHS AGO", "7 months ago"),
        ] {
            let relative = RelativeDate::parse(typed).unwrap();
            assert_eq!(relative.to_string(), printed);
            assert_eq!(RelativeDate::parse(printed), Some(relative));
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            "",
            "now",
            "tomorrow",
            "next week",
            "last day",
            "last Monday",
            "last fortnight",
            "this 2 weeks",
            "last two weeks",
            "last 0 days",
            "last 10001 days",
            "+1 days ago",
            "3 days",
            "days ago",
            "3 days ago today",
        ] {
            assert_eq!(RelativeDate::parse(text), None, "{text}");
        }
    }
}
