//! What a tagger says of each word: whether it begins, continues or stands outside a name.

use crate::article::MentionKind;

/// The label of one word in the BIO scheme of Ramshaw and Marcus (1995), for three kinds of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Label(u8);

/// How many labels there are.
pub const N_LABELS: usize = 7;

/// The labels as files have them, in the order of their numbers.
const NAMES: [&str; N_LABELS] = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"];

impl Label {
    /// The label of a word that belongs to no name.
    pub const OUTSIDE: Self = Self(0);

    /// Returns the label of the first word of a name.
    pub fn begin(kind: MentionKind) -> Self {
        Self(1 + 2 * kind as u8)
    }

    /// Returns the label of a further word of a name.
    pub fn inside(kind: MentionKind) -> Self {
        Self(2 + 2 * kind as u8)
    }

    /// Returns the label of a number, and the outside for a number that is none.
    pub fn of(number: usize) -> Self {
        if number < N_LABELS { Self(number as u8) } else { Self::OUTSIDE }
    }

    /// Reads a label; names of a kind that is not recognised here, such as `B-MISC`, are outside.
    ///
    /// Returns `None` for what is no label of the scheme at all.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(number) = NAMES.iter().position(|it| *it == text) {
            return Some(Self::of(number));
        }
        let kind = text.strip_prefix("B-").or_else(|| text.strip_prefix("I-"))?;
        (!kind.is_empty()).then_some(Self::OUTSIDE)
    }

    /// Returns the label as files have it.
    pub fn name(self) -> &'static str {
        NAMES.get(self.number()).copied().unwrap_or("O")
    }

    /// Returns its number, below [`N_LABELS`].
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// Returns the kind of the name that the word belongs to.
    pub fn kind(self) -> Option<MentionKind> {
        let idx = self.number().checked_sub(1)? / 2;
        MentionKind::ALL.get(idx).copied()
    }

    /// Tells whether the word continues a name.
    pub fn is_inside(self) -> bool {
        self.0 != 0 && self.0.is_multiple_of(2)
    }

    /// Tells whether `next` may follow: a name continues only one of its kind.
    pub fn may_precede(self, next: Self) -> bool {
        !next.is_inside() || self.kind() == next.kind()
    }
}

/// A name among the words of a sentence or an article, as its labels say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What is named.
    pub kind: MentionKind,
    /// The first word.
    pub start: usize,
    /// The word after the last.
    pub end: usize,
}

impl Stretch {
    /// Returns how many words the name has.
    pub fn n_words(self) -> usize {
        self.end - self.start
    }

    /// Labels the words of the name.
    pub fn write(self, labels: &mut [Label]) {
        for idx in self.start..self.end.min(labels.len()) {
            let is_first = idx == self.start;
            labels[idx] = if is_first { Label::begin(self.kind) } else { Label::inside(self.kind) };
        }
    }
}

/// Tells whether labels are the same; many are compared at once.
pub(super) fn are_same(a: &[Label], b: &[Label]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |others, (a, b)| others | (a.0 ^ b.0)) == 0
}

/// Returns the names that labels tell of, in order.
///
/// A name that begins with a label of continuation is read as if it began with one of beginning,
/// as the evaluation of CoNLL-2003 does.
pub fn stretches(labels: &[Label]) -> Vec<Stretch> {
    each_stretch(labels).collect()
}

/// Visits the names that [`stretches`] returns, without room for them.
pub(super) fn each_stretch(labels: &[Label]) -> impl Iterator<Item = Stretch> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + labels[at..].iter().position(|it| *it != Label::OUTSIDE)?;
        let kind = labels[start].kind()?;
        let rest = labels[start + 1..].iter();
        let n_more = rest.take_while(|it| it.is_inside() && it.kind() == Some(kind)).count();
        at = start + 1 + n_more;
        Some(Stretch { kind, start, end: at })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(labels: &str, want: &[&str]) {
        let labels: Vec<Label> =
            labels.split(' ').map(|it| Label::parse(it).unwrap_or_default()).collect();
        let found = stretches(&labels).into_iter();
        let found: Vec<String> =
            found.map(|it| format!("{} {}..{}", it.kind.name(), it.start, it.end)).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn names_that_touch_are_two() {
        check("B-PER I-PER B-PER O B-LOC", &["person 0..2", "person 2..3", "place 4..5"]);
    }

    #[test]
    fn a_name_ends_where_the_kind_changes() {
        check("B-ORG I-LOC I-LOC", &["org 0..1", "place 1..3"]);
    }

    #[test]
    fn every_label_is_read_as_it_is_written() {
        for number in 0..N_LABELS {
            let label = Label::of(number);
            assert_eq!(Label::parse(label.name()), Some(label));
            assert_eq!(label.number(), number);
        }
        assert_eq!(Label::parse("I-MISC"), Some(Label::OUTSIDE));
        assert_eq!(Label::parse("PER"), None);
    }

    #[test]
    fn a_name_continues_only_one_of_its_kind() {
        let [outside, begin, inside, other] = [0, 1, 2, 3].map(Label::of);
        assert!(begin.may_precede(inside) && inside.may_precede(inside));
        assert!(!outside.may_precede(inside) && !other.may_precede(inside));
        assert!(outside.may_precede(other) && inside.may_precede(begin));
    }
}
