//! Conditions on dates and numbers.

use std::fmt;
use std::ops::RangeInclusive;

use super::error::{Fault, in_quotes};
use super::fields::Sign;
use super::proximity::is_number;
use crate::text::{DateRange, Moment, RELATIVE_MAX, RelativeDate, Span};

/// How a value of an article must stand to what was asked, as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison<T> {
    /// `:2025`, also `=2025`: equal to it, or within the period that it names.
    Equal(T),
    /// `:2024..2025`: from the start of the first to the end of the second.
    Between(T, T),
    /// `<2025`
    Below(T),
    /// `<=2025`, also `:..2025`
    AtMost(T),
    /// `>=2025`, also `:2025..`
    AtLeast(T),
    /// `>2025`
    Above(T),
}

/// A condition on the date of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateFilter {
    /// The date or dates, as they were typed.
    pub comparison: Comparison<When>,
}

/// A date of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A date, as precise as it was typed.
    Fixed(Moment),
    /// A date that is told from today, whenever that is.
    Relative(RelativeDate),
}

impl When {
    /// Reads a date as archives write it, or one that is told from today.
    fn parse(text: &str) -> Option<Self> {
        let relative = || RelativeDate::parse(text).map(Self::Relative);
        Moment::parse(text).map(Self::Fixed).or_else(relative)
    }

    /// Returns the whole period that the date stands for when `today` is the day that it is.
    pub fn range(&self, today: Moment) -> DateRange {
        match self {
            Self::Fixed(moment) => moment.period(),
            Self::Relative(relative) => relative.range(today),
        }
    }
}

impl DateFilter {
    /// Returns the seconds that satisfy the filter when `today` is the day that it is.
    ///
    /// A date stands for its whole period: `date>2025` begins after the last second of 2025,
    /// `date<=2024-06` ends with the last second of June. No date satisfies a range of which only
    /// the day shows that it ends before it begins.
    pub fn range(&self, today: Moment) -> DateRange {
        let everything = DateRange::default();
        let range = |when: When| when.range(today);
        match self.comparison {
            Comparison::Equal(when) => range(when),
            Comparison::Between(first, last) => {
                DateRange { from: range(first).from, until: range(last).until }
            }
            Comparison::Below(when) => DateRange { until: range(when).from, ..everything },
            Comparison::AtMost(when) => DateRange { until: range(when).until, ..everything },
            Comparison::AtLeast(when) => DateRange { from: range(when).from, ..everything },
            Comparison::Above(when) => DateRange { from: range(when).until, ..everything },
        }
    }

    /// Reads what follows `date` and its sign.
    pub(super) fn read(text: &str, sign: Sign, value: Span) -> Result<Self, Fault> {
        let comparison = compare(sign, value.of(text), When::parse).map_err(|part| {
            let message = format!("cannot read {} as a date", in_quotes(part));
            Fault::new(value, message, date_suggestion(part))
        })?;
        if let Comparison::Between(first, last) = comparison
            && is_backwards(first, last)
        {
            return Err(backwards(text, value, first, last));
        }
        Ok(Self { comparison })
    }
}

/// Says how to write a date, or one that is told from today where that was tried.
fn date_suggestion(part: &str) -> String {
    let part = part.to_ascii_lowercase();
    let mut words = part.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_relative = ["last", "past", "this", "next", "tomorrow", "now"].contains(&first)
        || words.next_back() == Some("ago")
        || (part.len() < 4 && is_number(&part));
    if is_relative {
        format!(
            "write today, yesterday, \"last week\", \"this month\", \"last 2 weeks\" or \
             \"3 days ago\", with figures up to {RELATIVE_MAX}"
        )
    } else {
        "write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 or \"18 August 2025\"".to_owned()
    }
}

/// Tells whether a range ends before it begins, on whatever day.
///
/// Dates that are told from today are tried on four days: the first and the last of a week, a month
/// and a year in one, and days after a short month and after a long one. Between such a date and a
/// fixed one there may be a range on another day.
fn is_backwards(first: When, last: When) -> bool {
    let is_backwards_on = |day: Moment| {
        let ends = first.range(day).from.zip(last.range(day).until);
        ends.is_some_and(|(from, until)| from >= until)
    };
    match (first, last) {
        (When::Fixed(day), When::Fixed(_)) => is_backwards_on(day),
        (When::Relative(_), When::Relative(_)) => {
            let days = [(2023, 12, 31), (2024, 1, 1), (2023, 3, 15), (2024, 8, 15)];
            days.into_iter().filter_map(|(y, m, d)| Moment::day(y, m, d)).all(is_backwards_on)
        }
        _ => false,
    }
}

/// A number that is known of every article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberField {
    /// How many words the article has.
    Words,
}

impl NumberField {
    /// Returns the name that the number is printed with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
        }
    }
}

/// A condition on a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NumberFilter {
    /// Which number.
    pub field: NumberField,
    /// What it is compared with.
    pub comparison: Comparison<u64>,
}

impl NumberFilter {
    /// Returns the least and the greatest number that satisfy the filter.
    ///
    /// The range is empty where none can: `words<0`.
    pub fn bounds(&self) -> RangeInclusive<u64> {
        #[expect(clippy::reversed_empty_ranges, reason = "it is how none is told")]
        let none = 1..=0;
        match self.comparison {
            Comparison::Equal(number) => number..=number,
            Comparison::Between(least, most) => least..=most,
            Comparison::Below(number) => number.checked_sub(1).map_or(none, |most| 0..=most),
            Comparison::AtMost(number) => 0..=number,
            Comparison::AtLeast(number) => number..=u64::MAX,
            Comparison::Above(number) => {
                number.checked_add(1).map_or(none, |least| least..=u64::MAX)
            }
        }
    }

    /// Tells whether a number satisfies the filter.
    pub fn contains(&self, number: u64) -> bool {
        self.bounds().contains(&number)
    }

    /// Reads what follows the name of the number and its sign.
    pub(super) fn read(
        text: &str,
        field: NumberField,
        sign: Sign,
        value: Span,
    ) -> Result<Self, Fault> {
        let figures = |part: &str| part.parse().ok().filter(|_| !part.starts_with('+'));
        let comparison = compare(sign, value.of(text), figures).map_err(|part| {
            let message = format!("cannot read {} as a whole number", in_quotes(part));
            Fault::new(value, message, "write 500 or 100..200, in figures only")
        })?;
        if let Comparison::Between(least, most) = comparison
            && least > most
        {
            return Err(backwards(text, value, least, most));
        }
        Ok(Self { field, comparison })
    }
}

/// Reads a value or a range of two; fails with the part that cannot be read.
fn compare<T>(
    sign: Sign,
    value: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Comparison<T>, &str> {
    let read = |part| read(part).ok_or(part);
    let value = value.trim();
    match sign {
        Sign::Below => read(value).map(Comparison::Below),
        Sign::AtMost => read(value).map(Comparison::AtMost),
        Sign::AtLeast => read(value).map(Comparison::AtLeast),
        Sign::Above => read(value).map(Comparison::Above),
        Sign::Is => {
            let Some((first, last)) = value.split_once("..") else {
                return read(value).map(Comparison::Equal);
            };
            match (first.trim_end(), last.trim_start()) {
                ("", "") => Err(value),
                (first, "") => read(first).map(Comparison::AtLeast),
                ("", last) => read(last).map(Comparison::AtMost),
                (first, last) => Ok(Comparison::Between(read(first)?, read(last)?)),
            }
        }
    }
}

fn backwards<T: fmt::Display>(text: &str, value: Span, first: T, last: T) -> Fault {
    let message = format!("the range {} ends before it begins", in_quotes(value.of(text)));
    let range = Comparison::Between(last, first).to_string();
    Fault::new(value, message, format!("did you mean {}?", range.trim_start_matches(':')))
}
