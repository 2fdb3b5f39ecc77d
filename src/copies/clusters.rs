//! Articles that are copies of one story.

use std::cmp::Reverse;

use super::signature::{HASHES, Signature};

/// The most articles that are compared, the first ones first; the others stand alone. Comparing
/// takes some 90 bytes of memory an article, so that this is 1.8 GB.
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

/// Returns for each article the leader of its cluster, by their places in the list: an article that
/// leads, or stands alone, has itself.
///
/// The list is in the order in which articles lead: of two that resemble each other, the first does.
/// An article joins the leader that it resembles most, of several the first. Articles that share a
/// band are compared; the bands of one place are sorted and gone through in turn, so that no more
/// than 8 bytes an article are taken for that.
pub fn leaders(signatures: &[Signature]) -> Vec<u32> {
    let signatures = &signatures[..signatures.len().min(ARTICLES_MAX)];
    let mut pairs = resembling(signatures);
    pairs.sort_unstable();
    pairs.dedup();
    let mut leaders: Vec<u32> = (0..signatures.len() as u32).collect();
    for pairs in pairs.chunk_by(|a, b| a.later == b.later) {
        let later = pairs[0].later as usize;
        // Those before it have their leaders by now.
        let choices = pairs.iter().map(|pair| leaders[pair.earlier as usize]);
        let choices = choices.filter_map(|leader| {
            let other = &signatures[leader as usize];
            let resembles = signatures[later].resembles(other);
            resembles.then(|| (signatures[later].n_agreeing(other), Reverse(leader)))
        });
        if let Some((_, Reverse(leader))) = choices.max() {
            leaders[later] = leader;
        }
    }
    leaders
}

/// Two articles that resemble each other, by their places in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    later: u32,
    earlier: u32,
}

/// Returns pairs of articles that resemble each other: for each band, of those that have it in
/// common, each with the first of the others that it resembles.
fn resembling(signatures: &[Signature]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut keys: Vec<u64> = Vec::with_capacity(signatures.len());
    let mut heads: Vec<u32> = Vec::with_capacity(HEADS_MAX);
    for band in 0..BANDS {
        keys.clear();
        keys.extend((0..).zip(signatures).map(|(idx, signature): (u64, _)| {
            u64::from(signature.band(band * BAND_HASHES, BAND_HASHES)) << 32 | idx
        }));
        keys.sort_unstable();
        for same in keys.chunk_by(|a, b| a >> 32 == b >> 32).filter(|it| it.len() > 1) {
            heads.clear();
            for later in same.iter().map(|key| *key as u32) {
                let own = &signatures[later as usize];
                match heads.iter().find(|it| own.resembles(&signatures[**it as usize])) {
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

    use super::super::signature::{AGREEING_MIN, Signer, word_hash};
    use super::*;

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
        assert_eq!(leaders(&texts), [0, 1, 0, 3]);
    }

    #[test]
    fn a_chain_of_rewritings_is_no_cluster() {
        // Each shares two thirds of its words with the one before, and hardly any with the first.
        let link = |n: usize| {
            let mut signer = Signer::default();
            (n * 50..n * 50 + 300).for_each(|word| signer.push(word_hash(&format!("w{word}"))));
            signer.finish().unwrap()
        };
        let chain: Vec<Signature> = (0..12).map(link).collect();
        let leaders = leaders(&chain);
        for (idx, leader) in leaders.iter().enumerate() {
            assert!(chain[idx].resembles(&chain[*leader as usize]));
        }
        assert_ne!(leaders[11], 0);
    }

    proptest! {
        #[test]
        fn each_member_resembles_its_leader_and_leaders_lead_themselves(
            texts in proptest::collection::vec((0_usize..6, 60_usize..200, 0_usize..9), 0..60),
        ) {
            let texts: Vec<Signature> =
                texts.into_iter().map(|(story, n_shared, own)| text(story, n_shared, own)).collect();
            let leaders = leaders(&texts);
            for (idx, leader) in leaders.iter().enumerate() {
                let leader = *leader as usize;
                prop_assert!(leader <= idx && leaders[leader] as usize == leader);
                prop_assert!(texts[idx].n_agreeing(&texts[leader]) >= AGREEING_MIN);
                // Whoever stands alone has no twin before it.
                prop_assert!(leader != idx || texts[..idx].iter().all(|it| *it != texts[idx]));
            }
        }

        #[test]
        fn what_resembles_nobody_changes_nothing(at in 0_usize..5) {
            let mut texts: Vec<Signature> = (0..5).map(|own| text(own % 2, 180, own)).collect();
            let before = leaders(&texts);
            texts.insert(at, text(9, 0, 77));
            let after = leaders(&texts);
            let moved = |it: u32| it + u32::from(it as usize >= at);
            let expected: Vec<u32> = before.into_iter().map(moved).collect();
            let others: Vec<u32> =
                after.iter().enumerate().filter(|(idx, _)| *idx != at).map(|(_, it)| *it).collect();
            prop_assert_eq!(others, expected);
        }
    }
}
