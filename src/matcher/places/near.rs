//! Two sides of a proximity operator, and which of their places are near each other.

use crate::query::{Proximity, Within};

use super::{EXTENTS_MAX, Extent, Ground};

/// The places of two sides, in order, each once.
pub(super) struct Joined<'a> {
    proximity: Proximity,
    left: Side<'a>,
    right: Side<'a>,
    ground: &'a Ground<'a>,
}

/// The places of one side.
struct Side<'a> {
    extents: &'a [Extent],
    /// The last and the first positions, ordered by the last.
    by_last: Vec<(u32, u32)>,
    /// For each place the least last position from it on.
    least_last: Vec<u32>,
    /// For each place the greatest last position up to it.
    greatest_last: Vec<u32>,
    /// For each of `by_last` the greatest first position up to it.
    greatest_first: Vec<u32>,
}

/// Which place a pair begins with, and how far its partners may reach.
#[derive(Clone, Copy)]
struct Reach {
    /// A partner before this one ends here or later, and begins at `segment_first` or later.
    least: u32,
    /// A partner behind it begins here at the latest, and ends at `segment_last` at the latest.
    most: u32,
    segment_first: u32,
    segment_last: u32,
}

impl<'a> Joined<'a> {
    pub(super) fn new(
        left: &'a [Extent],
        proximity: Proximity,
        right: &'a [Extent],
        ground: &'a Ground<'a>,
    ) -> Self {
        Self { proximity, left: Side::new(left), right: Side::new(right), ground }
    }

    /// Returns the places of the left side that have one of the right side near them.
    pub(super) fn left(&self) -> impl Iterator<Item = Extent> {
        self.left.extents.iter().copied().filter(|left| {
            let reach = self.reach(*left);
            self.right.has_behind(*left, reach)
                || !self.proximity.ordered && self.right.has_before(*left, reach)
        })
    }

    /// Returns the places of the right side that have one of the left side near them.
    pub(super) fn right(&self) -> impl Iterator<Item = Extent> {
        self.right.extents.iter().copied().filter(|right| {
            let reach = self.reach(*right);
            self.left.has_before(*right, reach)
                || !self.proximity.ordered && self.left.has_behind(*right, reach)
        })
    }

    /// Returns the places of the left side that have none of the right side near them, nor one
    /// that shares a word with them.
    pub(super) fn lonely(&self) -> impl Iterator<Item = Extent> {
        self.left.extents.iter().copied().filter(|left| {
            let reach = self.reach(*left);
            !self.right.has_overlapping(*left)
                && !self.right.has_behind(*left, reach)
                && (self.proximity.ordered || !self.right.has_before(*left, reach))
        })
    }

    /// Returns the pairs that are near each other, the left place, the right one, and what they
    /// take together; of more than [`EXTENTS_MAX`], the first.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Extent, Extent, Extent)> {
        let pairs = self.left.extents.iter().copied().flat_map(|left| {
            let reach = self.reach(left);
            let behind = self.right.behind(left, reach);
            let behind =
                behind.map(move |right| (left, right, Extent::new(left.first, right.last)));
            let before = self.right.before(left, reach);
            let before =
                before.map(move |right| (left, right, Extent::new(right.first, left.last)));
            behind.chain(before.filter(|_| !self.proximity.ordered))
        });
        pairs.take(EXTENTS_MAX)
    }

    fn reach(&self, extent: Extent) -> Reach {
        Reach::of(extent, self.proximity.within, self.ground)
    }
}

/// Counts the places of each side that have one of the other side near them, where neither side has
/// a place within another: then the nearest places decide, and nothing needs to be sorted.
///
/// Nothing where a side has.
pub(super) fn n_near(
    left: &[Extent],
    proximity: Proximity,
    right: &[Extent],
    ground: &Ground<'_>,
) -> Option<(usize, usize)> {
    let is_level = |side: &[Extent]| side.windows(2).all(|pair| pair[0].last <= pair[1].last);
    if !is_level(left) || !is_level(right) {
        return None;
    }
    let both = !proximity.ordered;
    let n_left = n_near_any(left, right, (true, both), proximity.within, ground);
    let n_right = n_near_any(right, left, (both, true), proximity.within, ground);
    Some((n_left, n_right))
}

/// Counts the places that have a partner within reach, behind or before them.
fn n_near_any(
    extents: &[Extent],
    partners: &[Extent],
    (behind, before): (bool, bool),
    within: Within,
    ground: &Ground<'_>,
) -> usize {
    let (mut next, mut n_before) = (0, 0);
    let has_partner = |extent: &&Extent| {
        while partners.get(next).is_some_and(|it| it.first <= extent.last) {
            next += 1;
        }
        while partners.get(n_before).is_some_and(|it| it.last < extent.first) {
            n_before += 1;
        }
        let reach = Reach::of(**extent, within, ground);
        let is_behind = |it: &Extent| it.first <= reach.most && it.last <= reach.segment_last;
        let is_before = |it: &Extent| it.last >= reach.least && it.first >= reach.segment_first;
        let nearest_before = n_before.checked_sub(1).and_then(|idx| partners.get(idx));
        behind && partners.get(next).is_some_and(is_behind)
            || before && nearest_before.is_some_and(is_before)
    };
    extents.iter().filter(has_partner).count()
}

impl Reach {
    /// Returns how far partners of a place may reach. The headline and the body are apart.
    fn of(extent: Extent, within: Within, ground: &Ground<'_>) -> Self {
        let body = ground.body;
        match within {
            Within::Words(n) => {
                let is_headline = extent.first < body;
                let (first, last) = if is_headline { (0, body - 1) } else { (body, u32::MAX) };
                Self {
                    least: extent.first.saturating_sub(n).max(first),
                    most: extent.last.saturating_add(n).min(last),
                    segment_first: 0,
                    segment_last: u32::MAX,
                }
            }
            Within::Sentence => Self::segment(extent, ground.sentences),
            Within::Paragraph => Self::segment(extent, ground.paragraphs),
        }
    }

    /// Returns the reach of the segment that a place lies in; none where it crosses a border.
    fn segment(extent: Extent, borders: &[u32]) -> Self {
        let next = borders.partition_point(|border| *border <= extent.first);
        let first = next.checked_sub(1).map_or(0, |idx| borders[idx]);
        let last = borders.get(next).map_or(u32::MAX, |border| border - 1);
        if extent.last > last {
            return Self { least: u32::MAX, most: 0, segment_first: u32::MAX, segment_last: 0 };
        }
        Self { least: first, most: last, segment_first: first, segment_last: last }
    }
}

impl<'a> Side<'a> {
    fn new(extents: &'a [Extent]) -> Self {
        let mut by_last: Vec<(u32, u32)> = extents.iter().map(|it| (it.last, it.first)).collect();
        by_last.sort_unstable();
        let mut least_last: Vec<u32> = extents.iter().rev().map(|it| it.last).collect();
        running(&mut least_last, u32::min);
        least_last.reverse();
        let mut greatest_last: Vec<u32> = extents.iter().map(|it| it.last).collect();
        running(&mut greatest_last, u32::max);
        let mut greatest_first: Vec<u32> = by_last.iter().map(|it| it.1).collect();
        running(&mut greatest_first, u32::max);
        Self { extents, by_last, least_last, greatest_last, greatest_first }
    }

    /// Tells whether a place begins behind `extent` within reach.
    fn has_behind(&self, extent: Extent, reach: Reach) -> bool {
        let next = self.extents.partition_point(|it| it.first <= extent.last);
        self.extents.get(next).is_some_and(|it| it.first <= reach.most)
            && self.least_last[next] <= reach.segment_last
    }

    /// Tells whether a place ends before `extent` within reach.
    fn has_before(&self, extent: Extent, reach: Reach) -> bool {
        let n_before = self.by_last.partition_point(|(last, _)| *last < extent.first);
        let Some(nearest) = n_before.checked_sub(1) else {
            return false;
        };
        self.by_last[nearest].0 >= reach.least
            && self.greatest_first[nearest] >= reach.segment_first
    }

    fn has_overlapping(&self, extent: Extent) -> bool {
        let n_begun = self.extents.partition_point(|it| it.first <= extent.last);
        n_begun.checked_sub(1).is_some_and(|idx| self.greatest_last[idx] >= extent.first)
    }

    /// Returns the places that begin behind `extent` within reach.
    fn behind(&self, extent: Extent, reach: Reach) -> impl Iterator<Item = Extent> {
        let next = self.extents.partition_point(|it| it.first <= extent.last);
        let begun = self.extents[next..].iter().take_while(move |it| it.first <= reach.most);
        begun.copied().filter(move |it| it.last <= reach.segment_last)
    }

    /// Returns the places that end before `extent` within reach.
    fn before(&self, extent: Extent, reach: Reach) -> impl Iterator<Item = Extent> {
        let n_before = self.by_last.partition_point(|(last, _)| *last < extent.first);
        let ended = self.by_last[..n_before].iter().rev();
        let ended = ended.take_while(move |(last, _)| *last >= reach.least);
        let extents = ended.map(|(last, first)| Extent::new(*first, *last));
        extents.filter(move |it| it.first >= reach.segment_first)
    }
}

/// Puts for each value what `choose` makes of it and all before it.
fn running(values: &mut [u32], choose: fn(u32, u32) -> u32) {
    for idx in 1..values.len() {
        values[idx] = choose(values[idx - 1], values[idx]);
    }
}
