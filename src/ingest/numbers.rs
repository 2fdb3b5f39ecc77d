//! The numbers of many things by their hashes, in little memory.

/// How many parts the hashes are spread over. Each grows for itself, so that only a small part of
/// all is in memory twice at a time.
const N_PARTS: usize = 256;

/// How full a part may be: of five slots, four.
const SLOTS: usize = 5;
const FULL: usize = 4;

/// How many slots a part has that grows for the first time.
const SLOTS_FIRST: usize = 16;

/// Numbers by 64-bit hashes.
///
/// A thing takes 15 to 23 bytes: a slot has twelve, and of five slots at least eight in fifteen are
/// taken, since a part grows by half.
#[derive(Debug)]
pub(super) struct Numbers {
    parts: Vec<Part>,
}

/// The slots of a part. A hash stands in the first free one from the place on that it points to.
#[derive(Clone, Debug, Default)]
struct Part {
    slots: Vec<Slot>,
    /// How many slots are not free.
    n_taken: usize,
}

/// A hash, in two halves so that no room is lost beside the number, and the number.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: [u32; 2],
    number: u32,
}

/// The number of a slot that nothing stands in.
const FREE: u32 = u32::MAX;

/// The number of a hash that was removed: what stands behind it must still be found.
const REMOVED: u32 = u32::MAX - 1;

/// The greatest number that can be kept.
pub(super) const NUMBER_MAX: u32 = u32::MAX - 2;

impl Default for Numbers {
    fn default() -> Self {
        Self { parts: vec![Part::default(); N_PARTS] }
    }
}

impl Numbers {
    /// Returns the number of a hash.
    pub(super) fn get(&self, hash: u64) -> Option<u32> {
        let slot = self.parts[part_idx(hash)].slot(hash)?;
        (slot.number <= NUMBER_MAX).then_some(slot.number)
    }

    /// Gives a hash a number, instead of the one that it has; at most [`NUMBER_MAX`].
    pub(super) fn insert(&mut self, hash: u64, number: u32) {
        debug_assert!(number <= NUMBER_MAX);
        self.parts[part_idx(hash)].insert(hash, number);
    }

    /// Takes the number of a hash away.
    pub(super) fn remove(&mut self, hash: u64) {
        let part = &mut self.parts[part_idx(hash)];
        if let Some(idx) = part.idx(hash)
            && part.slots[idx].number != FREE
        {
            part.slots[idx].number = REMOVED;
        }
    }
}

/// Returns the part that a hash is in: its first eight bits say so.
fn part_idx(hash: u64) -> usize {
    (hash >> 56) as usize
}

impl Part {
    /// Returns the place of a hash, or the free one that it would stand in; nothing in a part
    /// without slots.
    fn idx(&self, hash: u64) -> Option<usize> {
        let n_slots = self.slots.len();
        // The bits behind those of the part, as a fraction of all slots.
        let fraction = u64::from((hash >> 24) as u32);
        let mut idx = ((fraction * n_slots as u64) >> 32) as usize;
        // One of five is free, so that this ends.
        loop {
            let slot = self.slots.get(idx)?;
            if slot.number == FREE || slot.hash == halves(hash) {
                return Some(idx);
            }
            idx = if idx + 1 == n_slots { 0 } else { idx + 1 };
        }
    }

    fn slot(&self, hash: u64) -> Option<&Slot> {
        self.idx(hash).map(|idx| &self.slots[idx])
    }

    fn insert(&mut self, hash: u64, number: u32) {
        if (self.n_taken + 1) * SLOTS > self.slots.len() * FULL {
            self.grow();
        }
        if let Some(idx) = self.idx(hash) {
            let slot = &mut self.slots[idx];
            self.n_taken += usize::from(slot.number == FREE);
            *slot = Slot { hash: halves(hash), number };
        }
    }

    fn grow(&mut self) {
        let n_slots = (self.slots.len() + self.slots.len() / 2).max(SLOTS_FIRST);
        let free = Slot { hash: [0; 2], number: FREE };
        let before = std::mem::replace(&mut self.slots, vec![free; n_slots]);
        self.n_taken = 0;
        for slot in before.into_iter().filter(|it| it.number <= NUMBER_MAX) {
            let [high, low] = slot.hash.map(u64::from);
            if let Some(idx) = self.idx(high << 32 | low) {
                self.slots[idx] = slot;
                self.n_taken += 1;
            }
        }
    }
}

fn halves(hash: u64) -> [u32; 2] {
    [(hash >> 32) as u32, hash as u32]
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    /// Hashes of which many stand in one part, and many point to one slot.
    fn hash() -> impl Strategy<Value = u64> {
        let crowded = (0_u64..2, 0_u64..3, 0_u64..200).prop_map(|(a, b, c)| a << 56 | b << 40 | c);
        prop_oneof![crowded, any::<u64>()]
    }

    proptest! {
        #[test]
        fn numbers_are_those_that_a_map_has(
            steps in prop::collection::vec((hash(), prop::option::of(0..=NUMBER_MAX)), 0..2_000)
        ) {
            let (mut numbers, mut model) = (Numbers::default(), HashMap::new());
            for (hash, number) in &steps {
                match number {
                    Some(number) => {
                        numbers.insert(*hash, *number);
                        model.insert(*hash, *number);
                    }
                    None => {
                        numbers.remove(*hash);
                        model.remove(hash);
                    }
                }
                prop_assert_eq!(numbers.get(*hash), *number);
            }
            for (hash, _) in steps {
                prop_assert_eq!(numbers.get(hash), model.get(&hash).copied());
            }
        }
    }

    #[test]
    fn a_thing_takes_at_most_twenty_three_bytes() {
        let mut numbers = Numbers::default();
        for n in 1..400_000_u32 {
            // The multiplier of SplitMix64 spreads what is counted.
            numbers.insert(u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15), n);
            if n > 100_000 && n % 1_000 == 0 {
                let n_slots: usize = numbers.parts.iter().map(|it| it.slots.capacity()).sum();
                let n_bytes = n_slots * size_of::<Slot>();
                assert!(n_bytes <= 23 * n as usize, "{n_bytes} bytes for {n}");
            }
        }
    }
}
