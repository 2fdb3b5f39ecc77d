//! Articles that are copies of one story.

use std::cmp::Reverse;

use super::signature::{AGREEING_MIN, HASHES, Signature};

/// The most articles that are compared, the first ones first; the others stand alone. Comparing
/// takes some 100 bytes of memory an article, so that this is 2 GB.
pub const ARTICLES_MAX: usize = 20_000_000;

/// How many hashes make a band. Two articles are compared where they have a band in common.
///
/// With three, of pairs that share half of their shingles 94 of 100 are compared, of those that
/// share six tenths 99; more hashes would miss some, and fewer would compare everything with
/// everything.
const BAND_HASHES: usize = 3;

/// How many bands a signature has.
const BANDS: usize = HASHES / BAND_HASHES;

/// How many articles that do not resemble each other are remembered of those with a band in
/// common; later ones are compared with the first so many.
const HEADS_MAX: usize = 64;

/// How many days apart two copies appeared at the most, unless they are the same nearly to the word:
/// what a paper takes from a wire it prints within days.
const NEAR_DAYS: u32 = 4;

/// How many hashes agree at the least of two that appeared farther apart: at that many nine tenths
/// of the shingles are shared.
///
/// Such are stories that are printed again. A report that has less in common with one of weeks ago
/// is a form that is filled in anew: prices, tenders, weekly counts.
const FAR_AGREEING_MIN: u32 = 58;

/// What is known of an article when it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// What stands for its text.
    pub signature: Signature,
    /// The day on which it appeared, from 1970-01-01 on; of one without a date nothing is asked.
    pub day: Option<i32>,
}

impl Report {
    /// Tells whether two articles are copies of one story.
    fn is_copy_of(&self, other: &Self) -> bool {
        let is_far = match (self.day, other.day) {
            (Some(own), Some(others)) => own.abs_diff(others) > NEAR_DAYS,
            _ => false,
        };
        let n_wanted = if is_far { FAR_AGREEING_MIN } else { AGREEING_MIN };
        self.signature.n_agreeing(&other.signature) >= n_wanted
    }
}

/// Returns for each article the leader of its cluster, by their places in the list: an article that
/// leads, or stands alone, has itself.
///
/// The list is in the order in which articles lead: of two that are copies, the first does. An
/// article joins the leader that it resembles most, of several the first. Articles that share a
/// band are compared; the bands of one place are sorted and gone through in turn, so that no more
/// than 8 bytes an article are taken for that.
pub fn leaders(reports: &[Report]) -> Vec<u32> {
    let reports = &reports[..reports.len().min(ARTICLES_MAX)];
    let mut pairs = copies(reports);
    pairs.sort_unstable();
    pairs.dedup();
    let mut leaders: Vec<u32> = (0..reports.len() as u32).collect();
    for pairs in pairs.chunk_by(|a, b| a.later == b.later) {
        let later = pairs[0].later as usize;
        let own = &reports[later];
        // Those before it have their leaders by now.
        let choices = pairs.iter().map(|pair| leaders[pair.earlier as usize]);
        let choices = choices.filter_map(|leader| {
            let other = &reports[leader as usize];
            let n_agreeing = own.signature.n_agreeing(&other.signature);
            own.is_copy_of(other).then_some((n_agreeing, Reverse(leader)))
        });
        if let Some((_, Reverse(leader))) = choices.max() {
            leaders[later] = leader;
        }
    }
    leaders
}

/// Two articles that are copies of one story, by their places in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    later: u32,
    earlier: u32,
}

/// Returns pairs of articles that are copies: for each band, of those that have it in common, each
/// with the first of the others that it is a copy of.
fn copies(reports: &[Report]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut keys: Vec<u64> = Vec::with_capacity(reports.len());
    let mut heads: Vec<u32> = Vec::with_capacity(HEADS_MAX);
    for band in 0..BANDS {
        keys.clear();
        keys.extend((0..).zip(reports).map(|(idx, report): (u64, _)| {
            u64::from(report.signature.band(band * BAND_HASHES, BAND_HASHES)) << 32 | idx
        }));
        keys.sort_unstable();
        for same in keys.chunk_by(|a, b| a >> 32 == b >> 32).filter(|it| it.len() > 1) {
            heads.clear();
            for later in same.iter().map(|key| *key as u32) {
                let own = &reports[later as usize];
                match heads.iter().find(|it| own.is_copy_of(&reports[**it as usize])) {
                    Some(earlier) => pairs.push(Pair { later, earlier: *earlier }),
                    None if heads.len() < HEADS_MAX => heads.push(later),
                    None => {}
                }
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::signature::{Signer, word_hash};
    use super::*;

    fn at(day: i32, signature: Signature) -> Report {
        Report { signature, day: Some(day) }
    }

    /// Makes the signature of a text of 200 words, of which the first are those of a story and the
    /// others its own.
    fn text(story: usize, n_shared: usize, own: usize) -> Signature {
        let mut signer = Signer::default();
        (0..n_shared).for_each(|word| signer.push(word_hash(&format!("s{story}x{word}"))));
        (n_shared..200).for_each(|word| signer.push(word_hash(&format!("o{own}x{word}"))));
        signer.finish().unwrap()
    }

    #[test]
    fn copies_find_their_leader_and_strangers_stand_alone() {
        let texts = [text(0, 200, 0), text(1, 200, 0), text(0, 190, 1), text(2, 0, 2)];
        assert_eq!(leaders(&texts.map(|it| at(0, it))), [0, 1, 0, 3]);
    }

    #[test]
    fn weeks_later_only_the_same_words_are_the_same_story() {
        let (first, edited) = (text(0, 200, 0), text(0, 170, 1));
        assert_eq!(leaders(&[at(0, first), at(4, edited)]), [0, 0]);
        assert_eq!(leaders(&[at(0, first), at(5, edited)]), [0, 1]);
        assert_eq!(leaders(&[at(0, first), at(500, first)]), [0, 0]);
        let undated = Report { signature: edited, day: None };
        assert_eq!(leaders(&[at(0, first), undated]), [0, 0]);
        assert_eq!(leaders(&[at(i32::MIN, first), at(i32::MAX, edited)]), [0, 1]);
    }

    #[test]
    fn a_chain_of_rewritings_is_no_cluster() {
        // Each shares two thirds of its words with the one before, and hardly any with the first.
        let link = |n: usize| {
            let mut signer = Signer::default();
            (n * 50..n * 50 + 300).for_each(|word| signer.push(word_hash(&format!("w{word}"))));
            at(0, signer.finish().unwrap())
        };
        let chain: Vec<Report> = (0..12).map(link).collect();
        let leaders = leaders(&chain);
        for (idx, leader) in leaders.iter().enumerate() {
            assert!(chain[idx].is_copy_of(&chain[*leader as usize]));
        }
        assert_ne!(leaders[11], 0);
    }

    proptest! {
        #[test]
        fn each_member_resembles_its_leader_and_leaders_lead_themselves(
            texts in proptest::collection::vec((0_usize..6, 60_usize..200, 0..9), 0..60),
        ) {
            let text = |(story, n_shared, day)| at(day, text(story, n_shared, day as usize));
            let texts: Vec<Report> = texts.into_iter().map(text).collect();
            let leaders = leaders(&texts);
            for (idx, leader) in leaders.iter().enumerate() {
                let leader = *leader as usize;
                prop_assert!(leader <= idx && leaders[leader] as usize == leader);
                prop_assert!(leader == idx || texts[idx].is_copy_of(&texts[leader]));
                // Whoever stands alone has no twin before it.
                prop_assert!(leader != idx || texts[..idx].iter().all(|it| it.signature != texts[idx].signature));
            }
        }

        #[test]
        fn what_resembles_nobody_changes_nothing(place in 0_usize..5) {
            let mut texts: Vec<Report> = (0..5).map(|own| at(0, text(own % 2, 180, own))).collect();
            let before = leaders(&texts);
            texts.insert(place, at(0, text(9, 0, 77)));
            let after = leaders(&texts);
            let moved = |it: u32| it + u32::from(it as usize >= place);
            let expected: Vec<u32> = before.into_iter().map(moved).collect();
            let others: Vec<u32> =
                after.iter().enumerate().filter(|(idx, _)| *idx != place).map(|(_, it)| *it).collect();
            prop_assert_eq!(others, expected);
        }
    }
}
