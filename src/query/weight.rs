//! How much a part of a query counts.

use std::fmt;

/// What the score of a part is multiplied by: from 0 to 1,000, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weight {
    thousandths: u32,
}

impl Weight {
    /// The greatest weight.
    pub const MAX: u32 = 1_000;

    /// Reads a decimal number, such as `2` or `0.5`; nothing where it is none, is more than
    /// [`Weight::MAX`] or has more than three places.
    pub fn parse(typed: &str) -> Option<Self> {
        let (whole, places) = typed.split_once('.').unwrap_or((typed, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
        if !is_number(whole) || !is_number(places) || places.len() > 3 {
            return None;
        }
        let whole: u32 = whole.parse().ok().filter(|it| *it <= Self::MAX)?;
        let places: u32 = format!("{places:0<3}").parse().ok()?;
        let thousandths = whole * 1_000 + places;
        (thousandths <= Self::MAX * 1_000).then_some(Self { thousandths })
    }

    /// Returns the weight nearest to a factor; nothing where it is no number, is less than 0 or more
    /// than [`Weight::MAX`].
    pub fn nearest(factor: f64) -> Option<Self> {
        let thousandths = (factor * 1_000.0).round();
        let is_weight = (0.0..=f64::from(Self::MAX * 1_000)).contains(&thousandths);
        is_weight.then_some(Self { thousandths: thousandths as u32 })
    }

    /// Returns the factor.
    pub fn factor(self) -> f32 {
        self.thousandths as f32 / 1_000.0
    }
}

/// Prints the number as short as it can be.
impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, places) = (self.thousandths / 1_000, self.thousandths % 1_000);
        write!(f, "{whole}")?;
        if places == 0 {
            return Ok(());
        }
        f.write_str(".")?;
        f.write_str(format!("{places:03}").trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_and_printed_short() {
        for (typed, printed) in
            [("2", "2"), ("0.5", "0.5"), ("2.50", "2.5"), ("007", "7"), ("1000", "1000")]
        {
            assert_eq!(Weight::parse(typed).map(|it| it.to_string()).as_deref(), Some(printed));
        }
        for typed in ["", ".", "1.", ".5", "1.2345", "-1", "1e3", "1000.001", "99999999999"] {
            assert_eq!(Weight::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn factors_are_rounded_to_thousandths() {
        for (factor, printed) in [(0.0, "0"), (1.23449, "1.234"), (0.0005, "0.001"), (1e3, "1000")]
        {
            assert_eq!(Weight::nearest(factor).map(|it| it.to_string()).as_deref(), Some(printed));
        }
        for factor in [-1.0, 1_000.001, f64::INFINITY, f64::NAN] {
            assert_eq!(Weight::nearest(factor), None, "{factor}");
        }
    }
}
