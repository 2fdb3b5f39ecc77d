//! Conditions on dates and numbers.

use std::fmt;
use std::ops::RangeInclusive;

use super::error::{Fault, in_quotes};
use super::fields::Sign;
use crate::text::{DateRange, Moment, Span};

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
    /// The date or dates, each as precise as it was typed.
    pub comparison: Comparison<Moment>,
}

impl DateFilter {
    /// Returns the seconds that satisfy the filter.
    ///
    /// A date stands for its whole period: `date>2025` begins after the last second of 2025,
    /// `date<=2024-06` ends with the last second of June.
    pub fn range(&self, _today: Moment) -> DateRange {
        let everything = DateRange::default();
        match self.comparison {
            Comparison::Equal(moment) => moment.period(),
            Comparison::Between(first, last) => {
                DateRange { from: first.period().from, until: last.period().until }
            }
            Comparison::Below(moment) => DateRange { until: moment.period().from, ..everything },
            Comparison::AtMost(moment) => DateRange { until: moment.period().until, ..everything },
            Comparison::AtLeast(moment) => DateRange { from: moment.period().from, ..everything },
            Comparison::Above(moment) => DateRange { from: moment.period().until, ..everything },
        }
    }

    /// Reads what follows `date` and its sign.
    pub(super) fn read(text: &str, sign: Sign, value: Span) -> Result<Self, Fault> {
        let comparison = compare(sign, value.of(text), Moment::parse).map_err(|part| {
            let message = format!("cannot read {} as a date", in_quotes(part));
            let suggestion = "write 2025, 2025-08, 2025-08-18, 2024-03..2024-06 \
                              or \"18 August 2025\"";
            Fault::new(value, message, suggestion)
        })?;
        if let Comparison::Between(first, last) = comparison
            && first.period().from >= last.period().until
        {
            return Err(backwards(text, value, first, last));
        }
        Ok(Self { comparison })
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

fn backwards(text: &str, value: Span, first: impl fmt::Display, last: impl fmt::Display) -> Fault {
    let message = format!("the range {} ends before it begins", in_quotes(value.of(text)));
    Fault::new(value, message, format!("did you mean {last}..{first}?"))
}
