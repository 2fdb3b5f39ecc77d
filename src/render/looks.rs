//! What is marked in a text, and as what: matches, and the names of people, organisations and
//! places.

use crate::article::MentionKind;
use crate::text::Span;

use super::style::{Style, Styles};

/// Which names are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// None: what matched looks like what matched.
    None,
    /// Those that matched.
    #[default]
    Matched,
    /// All that were recognised.
    All,
}

/// A stretch of text that is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) span: Span,
    /// Whether it matched.
    pub(super) is_match: bool,
    /// The kind of the name that it belongs to.
    pub(super) name: Option<MentionKind>,
}

/// Lists what is marked in a text, in order and without overlaps: what matched, and of the names
/// the rest. Both are in order, and each is without overlaps.
///
/// A match has the kind of the name that it lies in; one that reaches beyond a name has none.
pub(super) fn looks(matches: &[Span], names: &[(Span, MentionKind)], shown: Names) -> Vec<Look> {
    let names = if shown == Names::None { &[] } else { names };
    let mut looks = Vec::with_capacity(matches.len() + names.len());
    for matched in matches {
        let n_before = names.partition_point(|(name, _)| name.start <= matched.start);
        let before = n_before.checked_sub(1).and_then(|idx| names.get(idx));
        let around = before.filter(|(name, _)| name.contains(*matched));
        push(&mut looks, *matched, true, around.map(|it| it.1));
    }
    if shown == Names::All {
        for (name, kind) in names {
            let mut at = name.start;
            let from = matches.partition_point(|it| it.end <= name.start);
            for matched in matches[from..].iter().take_while(|it| it.start < name.end) {
                push(&mut looks, Span::new(at, matched.start.max(at)), false, Some(*kind));
                at = matched.end.max(at);
            }
            push(&mut looks, Span::new(at, name.end.max(at)), false, Some(*kind));
        }
        looks.sort_unstable_by_key(|it| it.span);
    }
    looks
}

fn push(looks: &mut Vec<Look>, span: Span, is_match: bool, name: Option<MentionKind>) {
    if !span.is_empty() {
        looks.push(Look { span, is_match, name });
    }
}

impl Look {
    /// Returns the style of the stretch in running text.
    pub(super) fn style(&self, styles: &Styles) -> Style {
        match (self.name, self.is_match) {
            (None, _) => styles.hit,
            (Some(kind), true) => styles.name_hits[kind as usize],
            (Some(kind), false) => styles.names[kind as usize],
        }
    }

    /// Returns the style of the stretch in a headline.
    pub(super) fn headline_style(&self, styles: &Styles) -> Style {
        match (self.name, self.is_match) {
            (None, _) => styles.headline_hit,
            (Some(kind), true) => styles.name_hits[kind as usize],
            (Some(kind), false) => styles.headline_names[kind as usize],
        }
    }

    /// Returns the word for it, as JSON has it.
    pub(super) fn kind(&self) -> &'static str {
        self.name.map_or("match", MentionKind::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(Span, MentionKind); 2] = [
        (Span { start: 0, end: 14 }, MentionKind::Person),
        (Span { start: 20, end: 24 }, MentionKind::Place),
    ];

    fn told(matches: &[(usize, usize)], shown: Names) -> Vec<(usize, usize, &'static str, bool)> {
        let matches: Vec<Span> = matches.iter().map(|it| Span::new(it.0, it.1)).collect();
        let looks = looks(&matches, &NAMES, shown);
        looks.iter().map(|it| (it.span.start, it.span.end, it.kind(), it.is_match)).collect()
    }

    #[test]
    fn a_match_within_a_name_is_parted_from_the_rest_of_it() {
        let all = told(&[(10, 14)], Names::All);
        assert_eq!(
            all,
            [(0, 10, "person", false), (10, 14, "person", true), (20, 24, "place", false)]
        );
        assert_eq!(told(&[(10, 14)], Names::Matched), [(10, 14, "person", true)]);
        assert_eq!(told(&[(10, 14)], Names::None), [(10, 14, "match", true)]);
    }

    #[test]
    fn a_match_beyond_a_name_has_no_kind() {
        assert_eq!(
            told(&[(10, 22)], Names::All),
            [(0, 10, "person", false), (10, 22, "match", true), (22, 24, "place", false)]
        );
    }
}
