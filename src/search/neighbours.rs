//! The frequent words of an archive, found by words that are an edit away.
//!
//! Two words are at most one edit apart (an insertion, a deletion, a substitution, an exchange of
//! neighbours) only if they become the same by taking one letter or none out of each (W. Garbe's
//! symmetric deletion). So each frequent word is noted under itself and under what is left of it
//! without each of its letters. Looking a word up is then a few searches in a sorted list; going
//! through the dictionary by an automaton takes fifty times as long. But the list takes a while to
//! make, which a single search would not get back.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::text::{fnv_1a, is_within_edits};

use super::dictionary::Known;

/// From the how-manieth look-up on the list is used.
const LOOK_UPS_WITHOUT: usize = 32;

/// The list, once it pays.
#[derive(Default)]
pub(super) struct Neighbours {
    n_look_ups: AtomicUsize,
    list: OnceLock<NeighbourList>,
}

impl Neighbours {
    /// Counts a look-up, and returns the list if it is to be used; it is made once.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    pub(super) fn list<E>(
        &self,
        make: impl FnOnce() -> Result<NeighbourList, E>,
    ) -> Result<Option<&NeighbourList>, E> {
        if let Some(list) = self.list.get() {
            return Ok(Some(list));
        }
        if self.n_look_ups.fetch_add(1, Ordering::Relaxed) < LOOK_UPS_WITHOUT {
            return Ok(None);
        }
        let list = make()?;
        Ok(Some(self.list.get_or_init(|| list)))
    }
}

/// Words, by what they are without each of their letters.
pub(super) struct NeighbourList {
    words: Vec<Known>,
    /// The hash of each rest, and the place of its word, in order.
    rests: Vec<(u32, u32)>,
}

impl NeighbourList {
    pub(super) fn new(words: Vec<Known>) -> Self {
        let mut rests = Vec::new();
        for (place, known) in (0..).zip(&words) {
            each_rest(&known.word, &mut |rest| rests.push((rest, place)));
        }
        rests.sort_unstable();
        rests.dedup();
        Self { words, rests }
    }

    /// Returns the words that are at most one edit from a word, itself among them.
    pub(super) fn beside(&self, word: &str) -> Vec<Known> {
        let mut places = Vec::new();
        each_rest(word, &mut |rest| {
            let from = self.rests.partition_point(|it| it.0 < rest);
            let here = self.rests[from..].iter().take_while(|it| it.0 == rest);
            places.extend(here.map(|it| it.1));
        });
        places.sort_unstable();
        places.dedup();
        let words = places.into_iter().filter_map(|place| self.words.get(place as usize));
        words.filter(|known| is_within_edits(word, &known.word, 1)).cloned().collect()
    }
}

/// Calls `visit` with the hash of a word, and of what is left of it without each of its letters. Two
/// words that share one are told apart by their edits.
fn each_rest(word: &str, visit: &mut dyn FnMut(u32)) {
    let mut visit = |hash: u64| visit(hash as u32);
    visit(fnv_1a(word.as_bytes()));
    for (start, c) in word.char_indices() {
        let (before, after) = (&word[..start], &word[start + c.len_utf8()..]);
        visit(fnv_1a(before.as_bytes().iter().chain(after.as_bytes())));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(words: &[String]) -> NeighbourList {
        let known = |(n_articles, word): (u64, &String)| Known { word: word.clone(), n_articles };
        NeighbourList::new((1..).zip(words).map(known).collect())
    }

    #[test]
    fn the_list_is_made_when_it_pays() {
        let neighbours = Neighbours::default();
        let mut n_made = 0;
        for n in 0..LOOK_UPS_WITHOUT + 3 {
            let made = neighbours.list(|| {
                n_made += 1;
                Ok::<_, ()>(list(&["ferry".to_owned()]))
            });
            assert_eq!(made.unwrap().is_some(), n >= LOOK_UPS_WITHOUT);
        }
        assert_eq!(n_made, 1);
    }

    proptest! {
        #[test]
        fn it_finds_what_is_an_edit_away_and_nothing_else(
            words in proptest::collection::btree_set("[abü]{1,5}", 1..60),
            word in "[abü]{1,5}",
        ) {
            let words: Vec<String> = words.into_iter().collect();
            let found: Vec<String> = list(&words).beside(&word).into_iter().map(|it| it.word).collect();
            let near = |it: &&String| is_within_edits(&word, it, 1);
            let want: Vec<String> = words.iter().filter(near).cloned().collect();
            prop_assert_eq!(found, want);
        }
    }
}
