//! A small hash table that holds fingerprints instead of words.

/// A table from 32-bit fingerprints to 16-bit values, with open addressing.
///
/// Of a hundred words that are not in a list of 300,000, one in seven thousand times a hundred is
/// found all the same; a name more or less in a list is a hint, never a verdict. In memory an entry
/// takes 9 to 18 bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// Fingerprints; 0 is a free place. As long as `values`, a power of two or empty.
    keys: Vec<u32>,
    values: Vec<u16>,
    n_entries: usize,
}

impl Table {
    /// Makes an empty table with room for so many entries.
    pub(super) fn with_capacity(n_entries: usize) -> Self {
        let size = (n_entries * 3 / 2 + 1).next_power_of_two();
        Self { keys: vec![0; size], values: vec![0; size], n_entries: 0 }
    }

    /// Returns the value of a fingerprint.
    #[inline]
    pub(super) fn get(&self, key: u32) -> Option<u16> {
        let place = self.place(key)?;
        (self.keys[place] == key).then(|| self.values[place])
    }

    /// Adds an entry, or changes its value by `join(old, new)` where there is one.
    pub(super) fn insert(&mut self, key: u32, value: u16, join: fn(u16, u16) -> u16) {
        if (self.n_entries + 1) * 4 > self.keys.len() * 3 {
            self.grow();
        }
        let Some(place) = self.place(key) else { return };
        if self.keys[place] == key {
            self.values[place] = join(self.values[place], value);
        } else {
            (self.keys[place], self.values[place]) = (key, value);
            self.n_entries += 1;
        }
    }

    /// Returns all entries in the order of their fingerprints.
    pub(super) fn sorted(&self) -> Vec<(u32, u16)> {
        let entries = self.keys.iter().copied().zip(self.values.iter().copied());
        let mut entries: Vec<(u32, u16)> = entries.filter(|(key, _)| *key != 0).collect();
        entries.sort_unstable();
        entries
    }

    /// Returns the place of a fingerprint, or the free one where it would go.
    #[inline]
    fn place(&self, key: u32) -> Option<usize> {
        let mask = self.keys.len().checked_sub(1)?;
        let mut place = (key.wrapping_mul(0x9E37_79B9) >> 7) as usize & mask;
        while self.keys[place] != 0 && self.keys[place] != key {
            place = (place + 1) & mask;
        }
        Some(place)
    }

    fn grow(&mut self) {
        let mut larger = Self::with_capacity((self.n_entries + 1) * 2);
        for (key, value) in self.sorted() {
            larger.insert(key, value, |_, new| new);
        }
        *self = larger;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_table_holds_what_a_map_holds() {
        let mut table = Table::default();
        let mut map = BTreeMap::new();
        let mut key = 1u32;
        for n in 0..5000u16 {
            key = key.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) % 4096 + 1;
            table.insert(key, n, |old, new| old | new);
            map.entry(key).and_modify(|it| *it |= n).or_insert(n);
        }
        assert_eq!(table.sorted(), map.clone().into_iter().collect::<Vec<_>>());
        for key in 1..6000 {
            assert_eq!(table.get(key), map.get(&key).copied());
        }
    }
}
