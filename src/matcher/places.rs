//! Where a pattern stands in an article, from where its words stand.
//!
//! The index and the matcher find the words each in their own way; what the words come to is
//! decided here, once. Everything is in positions: the headline's words from 0, the body's from
//! where the body begins, in [`Extent`]s from a first to a last word.

use std::borrow::Cow;

use crate::article::BODY_POSITION;
use crate::query::{Gather, Pattern, Place, Proximity, Words};

mod near;
mod window;

use near::{Joined, n_near};

/// The positions from the first to the last word of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extent {
    /// The position of the first word.
    pub first: u32,
    /// The position of the last word.
    pub last: u32,
}

impl Extent {
    /// Makes an extent from its two ends.
    pub fn new(first: u32, last: u32) -> Self {
        Self { first, last }
    }
}

/// Returns the first position of a part of the text, and the first one behind it.
///
/// `paragraphs` are the positions of the first words of paragraphs; only a lead asks for them.
pub fn zone(place: Place, paragraphs: &[u32]) -> (u32, u32) {
    match place {
        Place::Text | Place::Field(_) => (0, u32::MAX),
        Place::Headline => (0, BODY_POSITION),
        Place::Lead => {
            let n = paragraphs.partition_point(|first| *first <= BODY_POSITION);
            (BODY_POSITION, paragraphs.get(n).copied().unwrap_or(u32::MAX))
        }
        Place::First(n) => (BODY_POSITION, BODY_POSITION.saturating_add(n)),
    }
}

/// The most places of one operator in one article that are looked at where another operator is
/// about them; only a text of the same few words over and over has more.
pub const EXTENTS_MAX: usize = 100_000;

/// A pattern whose runs of words are numbered.
#[derive(Clone, Debug)]
pub enum Shape {
    /// The run with a number.
    Leaf(usize),
    /// See [`Pattern::Any`].
    Any(Vec<Shape>),
    /// See [`Pattern::Near`].
    Near(Box<Shape>, Proximity, Box<Shape>),
    /// See [`Pattern::Window`].
    Window(Vec<usize>, Gather),
    /// See [`Pattern::AtLeast`].
    AtLeast(u32, Box<Shape>),
}

/// Where the words of a pattern stand in one article, and where its text is divided.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The places of each run of words, in order, each once.
    pub leaves: &'a [Vec<Extent>],
    /// The positions of the first words of sentences; needed only where a shape asks for them.
    pub sentences: &'a [u32],
    /// The positions of the first words of paragraphs; needed likewise.
    pub paragraphs: &'a [u32],
    /// The position of the body's first word; 0 in a text that has no headline.
    pub body: u32,
}

impl Shape {
    /// Numbers the runs of words of a pattern behind those in `leaves`, and adds them there.
    pub fn of<'a>(pattern: &'a Pattern, leaves: &mut Vec<&'a Words>) -> Self {
        let mut leaf = |words| {
            leaves.push(words);
            leaves.len() - 1
        };
        match pattern {
            Pattern::Words(words) => Self::Leaf(leaf(words)),
            Pattern::Window(words, gather) => {
                Self::Window(words.iter().map(leaf).collect(), *gather)
            }
            Pattern::Any(patterns) => {
                Self::Any(patterns.iter().map(|it| Self::of(it, leaves)).collect())
            }
            Pattern::Near(left, proximity, right) => {
                let left = Box::new(Self::of(left, leaves));
                Self::Near(left, *proximity, Box::new(Self::of(right, leaves)))
            }
            Pattern::AtLeast(n, pattern) => Self::AtLeast(*n, Box::new(Self::of(pattern, leaves))),
        }
    }

    /// Counts how often the shape stands in the text, for the score: of two sides near each other,
    /// the places of the side that has fewer. 0 where it does not hold.
    pub fn n_occurrences(&self, ground: &Ground<'_>) -> usize {
        match self {
            Self::Leaf(leaf) => ground.leaf(*leaf).len(),
            Self::Any(shapes) => shapes.iter().map(|shape| shape.n_occurrences(ground)).sum(),
            Self::Near(left, proximity, right) => {
                let (left, right) = (left.extents(ground), right.extents(ground));
                if !proximity.negated
                    && let Some((n_left, n_right)) = n_near(&left, *proximity, &right, ground)
                {
                    return n_left.min(n_right);
                }
                let joined = Joined::new(&left, *proximity, &right, ground);
                match proximity.negated {
                    true => joined.lonely().count(),
                    false => joined.left().count().min(joined.right().count()),
                }
            }
            Self::Window(leaves, gather) => window::windows(leaves, *gather, ground).len(),
            Self::AtLeast(..) => self.extents(ground).len(),
        }
    }

    /// Returns the places of the shape, in order, each once.
    fn extents<'a>(&self, ground: &Ground<'a>) -> Cow<'a, [Extent]> {
        match self {
            Self::Leaf(leaf) => Cow::Borrowed(ground.leaf(*leaf)),
            Self::Any(shapes) => {
                let all = shapes.iter().flat_map(|shape| shape.extents(ground).into_owned());
                Cow::Owned(in_order(all.collect()))
            }
            Self::Near(left, proximity, right) => {
                let (left, right) = (left.extents(ground), right.extents(ground));
                let joined = Joined::new(&left, *proximity, &right, ground);
                Cow::Owned(match proximity.negated {
                    true => joined.lonely().collect(),
                    false => in_order(joined.pairs().map(|(_, _, union)| union).collect()),
                })
            }
            Self::Window(leaves, gather) => {
                Cow::Owned(in_order(window::windows(leaves, *gather, ground)))
            }
            Self::AtLeast(n, shape) => {
                let extents = shape.extents(ground);
                let is_enough = extents.len() >= usize::try_from(*n).unwrap_or(usize::MAX);
                if is_enough { extents } else { Cow::Borrowed(&[]) }
            }
        }
    }

    /// Calls `mark` with every place of a run of words that is part of a place of the shape.
    pub fn mark(&self, ground: &Ground<'_>, mark: &mut dyn FnMut(usize, Extent)) {
        self.mark_within(None, ground, mark);
    }

    /// Marks what is part of the places in `wanted`, or of any place.
    fn mark_within(
        &self,
        wanted: Option<&[Extent]>,
        ground: &Ground<'_>,
        mark: &mut dyn FnMut(usize, Extent),
    ) {
        let is_wanted =
            |extent: &Extent| wanted.is_none_or(|wanted| wanted.binary_search(extent).is_ok());
        match self {
            Self::Leaf(leaf) => {
                let extents = ground.leaf(*leaf).iter().filter(|extent| is_wanted(extent));
                extents.for_each(|extent| mark(*leaf, *extent));
            }
            Self::Any(shapes) => {
                shapes.iter().for_each(|shape| shape.mark_within(wanted, ground, mark));
            }
            Self::Near(left_shape, proximity, right_shape) => {
                let (left, right) = (left_shape.extents(ground), right_shape.extents(ground));
                let joined = Joined::new(&left, *proximity, &right, ground);
                if proximity.negated {
                    let lonely: Vec<Extent> = joined.lonely().filter(is_wanted).collect();
                    return left_shape.mark_within(Some(&lonely), ground, mark);
                }
                let (lefts, rights) = match wanted {
                    None => (joined.left().collect(), joined.right().collect()),
                    Some(_) => joined
                        .pairs()
                        .filter(|(.., union)| is_wanted(union))
                        .map(|(left, right, _)| (left, right))
                        .unzip(),
                };
                left_shape.mark_within(Some(&in_order(lefts)), ground, mark);
                right_shape.mark_within(Some(&in_order(rights)), ground, mark);
            }
            Self::Window(leaves, gather) => window::mark(leaves, *gather, ground, mark),
            Self::AtLeast(_, shape) => match wanted {
                Some(_) => shape.mark_within(wanted, ground, mark),
                None if self.extents(ground).is_empty() => {}
                None => shape.mark_within(None, ground, mark),
            },
        }
    }
}

impl<'a> Ground<'a> {
    fn leaf(&self, leaf: usize) -> &'a [Extent] {
        self.leaves.get(leaf).map_or(&[], Vec::as_slice)
    }
}

fn in_order(mut extents: Vec<Extent>) -> Vec<Extent> {
    extents.sort_unstable();
    extents.dedup();
    extents
}
