//! Words that stand together, each at a position of its own.

use crate::query::Gather;

use super::{Extent, Ground};

/// Returns, for each position at which a window can begin, how far it can reach; only windows that
/// hold all words.
///
/// Windows are counted in positions less the offset of the word, which may be below the first.
pub(super) fn windows(leaves: &[usize], gather: Gather, ground: &Ground<'_>) -> Vec<Extent> {
    let words = Shifted::new(leaves, gather, ground);
    let found = words.windows(gather.spread());
    let extent = |window: Window| {
        let positions = words.positions.iter().flat_map(|it| words.within(it, window));
        let widened = |(least, most): (u32, u32), at: u32| (least.min(at), most.max(at));
        let (least, most) = positions.fold((u32::MAX, 0), widened);
        Extent::new(least, most)
    };
    found.into_iter().map(extent).collect()
}

/// Calls `mark` with every place of a word within a window that holds all words.
pub(super) fn mark(
    leaves: &[usize],
    gather: Gather,
    ground: &Ground<'_>,
    mark: &mut dyn FnMut(usize, Extent),
) {
    let words = Shifted::new(leaves, gather, ground);
    for window in words.windows(gather.spread()) {
        for (leaf, positions) in leaves.iter().zip(&words.positions) {
            words.within(positions, window).for_each(|at| mark(*leaf, Extent::new(at, at)));
        }
    }
}

/// The shifted positions from a least to a greatest, in the headline or in the body.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Window {
    least: i64,
    most: i64,
    is_headline: bool,
}

/// For each word its positions, each shifted by the word's offset, and as it is.
struct Shifted {
    positions: Vec<Vec<(i64, u32)>>,
    body: u32,
}

impl Shifted {
    fn new(leaves: &[usize], gather: Gather, ground: &Ground<'_>) -> Self {
        let shifted = leaves.iter().enumerate().map(|(idx, leaf)| {
            let offset = i64::from(gather.offset(idx));
            let extents = ground.leaf(*leaf).iter();
            extents.map(|it| (i64::from(it.first) - offset, it.first)).collect()
        });
        Self { positions: shifted.collect(), body: ground.body }
    }

    /// Returns the windows that hold all words, by where they begin.
    fn windows(&self, spread: u32) -> Vec<Window> {
        if self.positions.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut begins: Vec<(i64, bool)> =
            self.positions.iter().flatten().map(|it| (it.0, it.1 < self.body)).collect();
        begins.sort_unstable();
        begins.dedup();
        let windows = begins.into_iter().map(|(least, is_headline)| {
            let most = least + i64::from(spread);
            Window { least, most, is_headline }
        });
        windows.filter(|window| self.holds_all(*window)).collect()
    }

    /// Returns the positions of a word, as they are, that lie within a window.
    fn within<'a>(
        &'a self,
        positions: &'a [(i64, u32)],
        window: Window,
    ) -> impl Iterator<Item = u32> + 'a {
        let start = positions.partition_point(|it| it.0 < window.least);
        let inside = positions[start..].iter().take_while(move |it| it.0 <= window.most);
        let body = self.body;
        inside.map(|it| it.1).filter(move |at| (*at < body) == window.is_headline)
    }

    /// Tells whether every word has a position of its own within a window.
    ///
    /// Words are given positions one after the other; one that finds its positions taken asks the
    /// word that has one to move (bipartite matching by augmenting paths, Kuhn 1955).
    fn holds_all(&self, window: Window) -> bool {
        let candidates = self.positions.iter().map(|it| self.within(it, window).collect());
        let candidates: Vec<Vec<u32>> = candidates.collect();
        if candidates.iter().any(Vec::is_empty) {
            return false;
        }
        let mut taken: Vec<(u32, usize)> = Vec::new();
        (0..candidates.len()).all(|word| {
            let mut asked = Vec::new();
            finds_position(word, &candidates, &mut taken, &mut asked)
        })
    }
}

fn finds_position(
    word: usize,
    candidates: &[Vec<u32>],
    taken: &mut Vec<(u32, usize)>,
    asked: &mut Vec<u32>,
) -> bool {
    for position in &candidates[word] {
        if asked.contains(position) {
            continue;
        }
        asked.push(*position);
        match taken.iter().position(|it| it.0 == *position) {
            None => {
                taken.push((*position, word));
                return true;
            }
            Some(idx) => {
                let holder = taken[idx].1;
                if finds_position(holder, candidates, taken, asked) {
                    // The holder has moved to another position, and left this one.
                    if let Some(entry) = taken.iter_mut().find(|it| **it == (*position, holder)) {
                        entry.1 = word;
                    }
                    return true;
                }
            }
        }
    }
    false
}
