//! Numbers that look like chance: the same seed draws the same ones, on every machine.

/// The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014. Good enough to draw samples and permutations; no secret may hang on it.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Begins with a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Draws 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Draws a number below another; 0 where that is 0.
    ///
    /// The high half of a product stands for the remainder of a division (Lemire 2019). The first
    /// numbers are likelier by `below` in 2⁶⁴, which no sample here can tell.
    pub fn below(&mut self, below: usize) -> usize {
        let product = u128::from(self.bits()) * below as u128;
        (product >> 64) as usize
    }

    /// Draws one of several; nothing of none.
    pub fn one_of<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        several.get(self.below(several.len()))
    }

    /// Puts several in an order by chance: the shuffle of Fisher and Yates.
    pub fn shuffle<T>(&mut self, several: &mut [T]) {
        for idx in (1..several.len()).rev() {
            several.swap(idx, self.below(idx + 1));
        }
    }
}

/// Makes a number that looks like chance of another one.
pub fn scramble(number: u64) -> u64 {
    SplitMix64::new(number).bits()
}

/// Chooses numbers below a total, one from each of as many stretches of the same length.
///
/// So a sample of a hundred has one of each hundredth of the archive, and the seed says which.
pub fn spread(total: u64, n_wanted: u64, seed: u64) -> Vec<u64> {
    let n_wanted = n_wanted.min(total);
    let border = |idx: u64| {
        let border = u128::from(idx) * u128::from(total) / u128::from(n_wanted.max(1));
        u64::try_from(border).unwrap_or(total)
    };
    let choose = |idx: u64| {
        let (start, end) = (border(idx), border(idx + 1));
        start + scramble(seed ^ scramble(idx)) % (end - start).max(1)
    };
    (0..n_wanted).map(choose).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_authors() {
        // The first three of seed 1234567, as in the test of java.util.SplittableRandom's algorithm
        // on Rosetta Code ("Pseudo-random numbers/Splitmix64").
        let mut random = SplitMix64::new(1_234_567);
        let drawn = [random.bits(), random.bits(), random.bits()];
        assert_eq!(
            drawn,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn what_is_drawn_is_below_and_everything_is_drawn() {
        let mut random = SplitMix64::new(7);
        let mut counts = [0; 5];
        for _ in 0..5_000 {
            counts[random.below(5)] += 1;
        }
        assert!(counts.iter().all(|n| (900..1_100).contains(n)), "{counts:?}");
        assert_eq!(random.below(0), 0);
        assert_eq!(random.one_of::<u8>(&[]), None);
    }

    #[test]
    fn a_shuffle_loses_nothing_and_a_seed_repeats_it() {
        let shuffled = |seed| {
            let mut numbers: Vec<u32> = (0..100).collect();
            SplitMix64::new(seed).shuffle(&mut numbers);
            numbers
        };
        assert_eq!(shuffled(3), shuffled(3));
        assert_ne!(shuffled(3), shuffled(4));
        let mut sorted = shuffled(3);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_sample_has_one_of_each_stretch_and_the_seed_says_which() {
        let sample = spread(1_000, 10, 7);
        assert_eq!(
            sample.iter().map(|it| it / 100).collect::<Vec<_>>(),
            (0..10).collect::<Vec<_>>()
        );
        assert_eq!(spread(1_000, 10, 7), sample);
        assert_ne!(spread(1_000, 10, 8), sample);
    }

    #[test]
    fn a_sample_of_more_than_all_is_all() {
        assert_eq!(spread(4, 500, 1), [0, 1, 2, 3]);
        assert_eq!(spread(0, 500, 1), [0; 0]);
        assert_eq!(spread(7, 5, 1).len(), 5);
        let whole: Vec<u64> = spread(u64::MAX, 3, 1);
        assert!(whole.is_sorted() && whole.len() == 3);
    }
}
