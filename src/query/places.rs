//! What proximity joins and `atleast` counts: words that stand somewhere in the text.

use super::Query;

/// What it takes to join a part of a query with others, or to count it.
///
/// Proximity is asked of two things at a time: `(a AND b) W/5 (c AND d)` are four conditions, each
/// of `a` and `b` with each of `c` and `d`. Alternatives are one thing, unless one of them is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    /// The number of conditions on places.
    pub(super) n_conditions: usize,
    /// The number of words in all conditions together.
    pub(super) n_words: usize,
    /// Whether several things are required in it.
    pub(super) holds_and: bool,
    /// How many times proximity is joined within proximity.
    pub(super) n_joined: usize,
}

impl Places {
    const ONE: Self = Self { n_conditions: 1, n_words: 1, holds_and: false, n_joined: 0 };

    /// Returns what it takes to join this with what stands on the right.
    pub(super) fn near(self, right: Self) -> Self {
        let holds_and = self.holds_and || right.holds_and;
        // Each condition of the one side stands once beside each of the other.
        let times = |n_words: usize, other: Self| match holds_and {
            true => n_words.saturating_mul(other.n_conditions),
            false => n_words,
        };
        Self {
            n_words: times(self.n_words, right).saturating_add(times(right.n_words, self)),
            n_conditions: match holds_and {
                true => self.n_conditions.saturating_mul(right.n_conditions),
                false => 1,
            },
            holds_and,
            n_joined: 1 + self.n_joined.max(right.n_joined),
        }
    }

    /// Returns what it takes to join all of several.
    fn all(parts: &[Query]) -> Result<Self, &Query> {
        Ok(Self { holds_and: true, ..Self::beside(parts)? })
    }

    /// Returns what it takes to join any of several.
    fn any(parts: &[Query]) -> Result<Self, &Query> {
        let places = Self::beside(parts)?;
        let n_conditions = if places.holds_and { places.n_conditions } else { 1 };
        Ok(Self { n_conditions, ..places })
    }

    fn beside(parts: &[Query]) -> Result<Self, &Query> {
        let mut places = Self { n_conditions: 0, n_words: 0, holds_and: false, n_joined: 0 };
        for part in parts {
            let part = part.places()?;
            places.n_conditions = places.n_conditions.saturating_add(part.n_conditions);
            places.n_words = places.n_words.saturating_add(part.n_words);
            places.holds_and |= part.holds_and;
            places.n_joined = places.n_joined.max(part.n_joined);
        }
        Ok(places)
    }
}

impl Query {
    /// Returns the first part, in the order typed, that has no places to be joined or counted.
    pub(super) fn first_without_places(&self) -> Option<&Query> {
        self.places().err()
    }

    /// Returns what it takes to join or count the query.
    ///
    /// Fails with the first part, in the order typed, that has no places in the text, or has them
    /// in a way of its own.
    pub(super) fn places(&self) -> Result<Places, &Query> {
        match self {
            Self::Word(_)
            | Self::Phrase(_)
            | Self::Wildcard(_)
            | Self::Fuzzy(..)
            | Self::Window(..)
            | Self::Slop(..) => Ok(Places::ONE),
            Self::Loose(parts) | Self::And(parts) => Places::all(parts),
            Self::Or(parts) => Places::any(parts),
            Self::Near(left, _, right) => Ok(left.places()?.near(right.places()?)),
            Self::AtLeast(_, part) | Self::Form(_, part) => part.places(),
            Self::Everything
            | Self::Not(_)
            | Self::First(..)
            | Self::Field(..)
            | Self::Date(_)
            | Self::Number(_)
            | Self::Weighted(..) => Err(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn check(typed: &str, n_conditions: usize, n_joined: usize) {
        let query = parse(typed).unwrap();
        let places = query.places().unwrap();
        assert_eq!((places.n_conditions, places.n_joined), (n_conditions, n_joined), "{typed}");
    }

    #[test]
    fn conditions_multiply_where_and_is_joined() {
        check("a", 1, 0);
        check("a OR b OR c", 1, 0);
        check("a AND b c", 3, 0);
        check("a OR b OR (c AND d)", 4, 0);
        check("(a OR b) W/5 (c OR d) W/5 e", 1, 2);
        check("(a AND b) W/5 (c AND d)", 4, 1);
        check("(a AND b) W/5 (c d) PRE/5 (e AND f AND g)", 12, 2);
        check("atleast2(a b) W/5 exact(c OR (d AND e))", 6, 1);
        check("(a W/5 (b c)) W/5 (d W/5 (e W/5 f))", 2, 3);
        check("a W/5 b OR c W/5 d", 1, 1);
    }

    #[test]
    fn what_has_no_places_of_its_own_is_found() {
        let query = parse("a OR exact(b c^2)").unwrap();
        assert_eq!(query.places().unwrap_err().to_string(), "c^2");
    }
}
