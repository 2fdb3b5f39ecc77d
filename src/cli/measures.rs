//! Measures as people type them: shares, sizes, durations, times of the day.
//!
//! Each function reads one, and fails with the words that say what to write instead; they follow
//! a caret, or the sentence of clap that names the option.

use std::fmt;
use std::time::{Duration, SystemTime};

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, SpanRelativeTo, ZonedDateTime};

use crate::ingest::Share;

/// The most generations that may be kept. Each holds what the next one no longer has.
const GENERATIONS_MAX: usize = 1000;

/// The longest wait for another run: a day.
const LOCK_TIMEOUT_MAX: Duration = Duration::from_secs(86_400);

/// The greatest age of a run that may be asked for: ten years.
const AGE_MAX: Duration = Duration::from_secs(3650 * 86_400);

/// Reads how many generations are kept.
pub(super) fn generations(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|it| (1..=GENERATIONS_MAX).contains(it));
    number.ok_or_else(|| format!("write a number from 1 to {GENERATIONS_MAX}"))
}

/// Reads how many records may be set aside.
pub(super) fn n_records(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "write a number of records, such as 100".to_owned())
}

/// Reads a share of the articles: `100` are so many, `5%` are so many of a hundred.
pub(super) fn share(text: &str) -> Result<Share, String> {
    let read = match text.strip_suffix('%') {
        Some(percent) => {
            decimal(percent.trim_end()).filter(|it| (0.0..=100.0).contains(it)).map(Share::Percent)
        }
        None => text.parse().ok().map(Share::Articles),
    };
    read.ok_or_else(|| "write a number of articles such as 100, or a share such as 5%".to_owned())
}

/// The units of sizes. With an `i` they are powers of 1024, without it of 1000; capitals and a `B`
/// at the end make no difference.
const SIZES: [(&str, u64); 9] = [
    ("", 1),
    ("k", 1000),
    ("m", 1000 * 1000),
    ("g", 1000 * 1000 * 1000),
    ("t", 1000 * 1000 * 1000 * 1000),
    ("ki", 1 << 10),
    ("mi", 1 << 20),
    ("gi", 1 << 30),
    ("ti", 1 << 40),
];

/// Reads a number of bytes: `500000`, `500M`, `1.5 GB`, `1GiB`.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let hint = || "write a number of bytes, or a size such as 500M, 2G or 1GiB".to_owned();
    let at = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let unit = unit.trim_start().to_ascii_lowercase();
    let unit = unit.strip_suffix('b').unwrap_or(&unit);
    let (_, size) = SIZES.iter().find(|(name, _)| *name == unit).ok_or_else(hint)?;
    if let Ok(number) = number.parse::<u64>() {
        return number.checked_mul(*size).ok_or_else(hint);
    }
    let n_bytes = decimal(number).ok_or_else(hint)? * *size as f64;
    // Beyond this, a fraction is no longer exact to the byte, and no disk is so large.
    if n_bytes < 2f64.powi(53) { Ok(n_bytes.round() as u64) } else { Err(hint()) }
}

/// Reads digits, with a point among them or not: no sign, no exponent, no `inf`.
fn decimal(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    text.parse().ok().filter(|_| is_plain)
}

/// Reads how long to wait for another run: seconds, or a duration such as `2m`; 0 is not at all.
pub(super) fn lock_timeout(text: &str) -> Result<Duration, String> {
    let read = match decimal(text) {
        Some(seconds) => Duration::try_from_secs_f64(seconds).ok(),
        None => duration(text),
    };
    let in_range = read.filter(|it| *it <= LOCK_TIMEOUT_MAX);
    in_range.ok_or_else(|| "write seconds, or a duration such as 10s or 2m, up to 24h".to_owned())
}

/// Prints a duration so that [`lock_timeout`] reads it.
pub(super) fn duration_typed(duration: Duration) -> String {
    format!("{}s", duration.as_secs_f64())
}

/// Reads an age: `90m`, `26h`, `2d`.
///
/// A bare number is refused: 26 could be hours as well as seconds, and a monitor that is wrong by
/// 3,600 does not tell.
pub(super) fn age(text: &str) -> Result<Duration, String> {
    if decimal(text).is_some() {
        return Err(format!("say in what: {text}h are hours, {text}m minutes, {text}d days"));
    }
    let in_range = duration(text).filter(|it| !it.is_zero() && *it <= AGE_MAX);
    in_range.ok_or_else(|| "write a duration such as 90m, 26h or 2d, up to 3650d".to_owned())
}

/// Reads a duration with its units; days have 24 hours.
fn duration(text: &str) -> Option<Duration> {
    let span: Span = text.parse().ok()?;
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(duration).ok()
}

/// A time of the day, to the minute, on whichever day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ClockTime(Time);

/// Reads a time of the day: `06:00`, `23:30`.
pub(super) fn clock_time(text: &str) -> Result<ClockTime, String> {
    let is_plain =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
    let read = || {
        let (hour, minute) = text.split_once(':')?;
        let is_time = is_plain(hour) && is_plain(minute) && minute.len() == 2;
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        Time::new(hour, minute, 0, 0).ok().filter(|_| is_time)
    };
    read().map(ClockTime).ok_or_else(|| "write a time from 00:00 to 23:59".to_owned())
}

impl ClockTime {
    /// Makes a time of the day; hours and minutes beyond it start again.
    pub(super) fn new(hour: u8, minute: u8) -> Self {
        // Both are small after the division.
        Self(Time::constant((hour % 24) as i8, (minute % 60) as i8, 0, 0))
    }

    /// Returns the hour, from 0 to 23.
    pub(super) fn hour(self) -> u8 {
        self.0.hour().unsigned_abs()
    }

    /// Returns the minute, from 0 to 59.
    pub(super) fn minute(self) -> u8 {
        self.0.minute().unsigned_abs()
    }

    /// Returns the next such time by the clock of whoever asks.
    ///
    /// Returns `None` only where the calendar ends.
    pub(super) fn next(self) -> Option<SystemTime> {
        let next = self.next_after(&ZonedDateTime::now())?.timestamp();
        let since_1970 = Duration::new(next.as_second().try_into().ok()?, 0);
        SystemTime::UNIX_EPOCH.checked_add(since_1970)
    }

    /// Returns the first moment after another one at which the clock there shows this time.
    ///
    /// On the day on which the clock is put forward over it, it is as much later as the clock is
    /// put forward; on the day on which it comes twice, either one counts.
    fn next_after(self, now: &ZonedDateTime) -> Option<ZonedDateTime> {
        let mut day = now.date();
        for _ in 0..=1 {
            if let Some(next) = self.on(day, now.time_zone()).into_iter().find(|it| it > now) {
                return Some(next);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// Returns the moments of a day at which the clock shows this time, the earliest first.
    fn on(self, day: Date, zone: &TimeZone) -> Vec<ZonedDateTime> {
        let moment = zone.to_ambiguous_zoned_datetime(day.to_datetime(self.0));
        let earlier = match moment.offset() {
            AmbiguousOffset::Fold { .. } => moment.clone().earlier().ok(),
            _ => None,
        };
        earlier.into_iter().chain(moment.later().ok()).collect()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_articles_or_of_a_hundred() {
        for (text, want) in [
            ("0", Share::Articles(0)),
            ("100", Share::Articles(100)),
            ("5%", Share::Percent(5.0)),
            ("0.5 %", Share::Percent(0.5)),
            ("100%", Share::Percent(100.0)),
        ] {
            assert_eq!(share(text), Ok(want), "{text}");
            assert_eq!(share(&want.to_string()), Ok(want), "{text}");
        }
        for text in ["", "%", "-5", "-5%", "101%", "5.5", "inf%", "nan%", "1e1%", "five"] {
            assert!(share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_are_thousands_unless_they_say_1024() {
        for (text, want) in [
            ("0", 0),
            ("500", 500),
            ("500b", 500),
            ("500M", 500_000_000),
            ("500 MB", 500_000_000),
            ("1.5g", 1_500_000_000),
            ("2T", 2_000_000_000_000),
            ("1KiB", 1024),
            ("500Mi", 500 * 1024 * 1024),
            ("1GiB", 1 << 30),
            ("1TiB", 1 << 40),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(bytes(text), Ok(want), "{text}");
        }
        for text in
            ["", "G", "-1", "1X", "1iB", "1 G B", "1..5G", ".", "5%", "18446744073709551616"]
        {
            assert!(bytes(text).is_err(), "{text}");
        }
        assert!(bytes("18446744073709551615k").is_err() && bytes("9999999.5T").is_err());
    }

    #[test]
    fn a_wait_is_in_seconds_unless_it_says_otherwise() {
        for (text, want_ms) in
            [("0", 0), ("10", 10_000), ("1.5", 1500), ("10s", 10_000), ("2m", 120_000)]
        {
            assert_eq!(lock_timeout(text), Ok(Duration::from_millis(want_ms)), "{text}");
        }
        for text in ["", "-1", "-10s", "10s ago", "25h", "1e3", "inf", "soon", "1mo"] {
            assert!(lock_timeout(text).is_err(), "{text}");
        }
        let typed = duration_typed(Duration::from_millis(1500));
        assert_eq!(lock_timeout(&typed), Ok(Duration::from_millis(1500)));
    }

    #[test]
    fn an_age_says_its_unit() {
        for (text, minutes) in [("90m", 90), ("26h", 26 * 60), ("2d", 2880), ("1d 2h", 26 * 60)] {
            assert_eq!(age(text), Ok(Duration::from_secs(minutes * 60)), "{text}");
        }
        assert_eq!(age("26"), Err("say in what: 26h are hours, 26m minutes, 26d days".to_owned()));
        for text in ["", "0h", "-1h", "h", "4000d", "1y", "2 fortnights"] {
            assert!(age(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_of_the_day_has_hours_and_minutes() {
        for (text, printed) in [("06:00", "06:00"), ("6:00", "06:00"), ("23:59", "23:59")] {
            assert_eq!(clock_time(text).unwrap().to_string(), printed);
        }
        for text in ["", "6", "6:0", "24:00", "12:60", "06:00:00", "+6:00", "6 am", "006:00"] {
            assert!(clock_time(text).is_err(), "{text}");
        }
        assert_eq!(ClockTime::new(26, 30).to_string(), "02:30");
    }

    #[test]
    fn generations_are_at_least_one() {
        assert_eq!((generations("1"), generations("1000")), (Ok(1), Ok(1000)));
        for text in ["", "0", "-1", "1001", "two"] {
            assert!(generations(text).is_err(), "{text}");
        }
    }

    /// Checks when the clock of central Europe next shows a time.
    #[track_caller]
    fn check(now: &str, time: &str, next: &str) {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let now = now.parse::<jiff::Timestamp>().unwrap().to_zoned_datetime(zone);
        let found = clock_time(time).unwrap().next_after(&now).unwrap();
        assert_eq!(found.timestamp().to_string(), next, "{time} after {now}");
    }

    #[test]
    fn the_next_time_is_today_or_tomorrow() {
        check("2026-01-10T01:30:00Z", "06:00", "2026-01-10T05:00:00Z");
        check("2026-01-10T22:30:00Z", "06:00", "2026-01-11T05:00:00Z");
        check("2026-01-10T05:00:00Z", "06:00", "2026-01-11T05:00:00Z");
        check("2026-12-31T22:59:00Z", "00:00", "2026-12-31T23:00:00Z");
    }

    #[test]
    fn a_time_that_the_clock_leaves_out_comes_an_hour_later() {
        // The clock goes from 02:00 to 03:00 on 29 March.
        check("2026-03-29T00:30:00Z", "02:30", "2026-03-29T01:30:00Z");
        check("2026-03-29T01:30:00Z", "02:30", "2026-03-30T00:30:00Z");
    }

    #[test]
    fn a_time_that_comes_twice_may_be_either() {
        // The clock goes from 03:00 back to 02:00 on 25 October.
        check("2026-10-25T00:00:00Z", "02:30", "2026-10-25T00:30:00Z");
        check("2026-10-25T00:45:00Z", "02:30", "2026-10-25T01:30:00Z");
        check("2026-10-25T01:45:00Z", "02:30", "2026-10-26T01:30:00Z");
    }
}
