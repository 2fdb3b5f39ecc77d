//! A sorted table of names in few bytes, and what each of them may mean.
//!
//! ```text
//! block offsets   u32 each, from the start of the names
//! names           16 to a block, sorted by their bytes:
//!                   n_shared n_own bytes n_meanings meaning…     all numbers are varints (LEB128)
//! ```
//!
//! A name is written as what it shares with the one before it and what is its own; the first of a
//! block shares nothing. A meaning is a number whose two lowest bits are its [`Standing`]; the most
//! likely meaning comes first. A look-up halves the blocks by their first names and reads one of
//! them: about twenty comparisons and no allocation.

/// The names of a block: more of them make the table smaller and the look-up slower.
const BLOCK: usize = 16;

/// How a place comes to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is what the place is called.
    Own = 0,
    /// It is another name that readers know: `Burma`, `USA`.
    Known = 1,
    /// It is one of the many names that the source lists: of old times, in other languages.
    Listed = 2,
    /// It counts only behind a place that lies there: `Ore.`, `ON`.
    Behind = 3,
}

impl Standing {
    fn of(number: u32) -> Self {
        match number & 3 {
            0 => Self::Own,
            1 => Self::Known,
            2 => Self::Listed,
            _ => Self::Behind,
        }
    }
}

/// A table that is read where it lies; damage makes it answer nothing, never panic.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    offsets: &'a [u8],
    names: &'a [u8],
}

impl<'a> Names<'a> {
    /// Looks at a table of so many names; `None` where the bytes are too few.
    pub(super) fn new(bytes: &'a [u8], n_names: usize) -> Option<Self> {
        let (offsets, names) = bytes.split_at_checked(n_names.div_ceil(BLOCK) * 4)?;
        Some(Self { offsets, names })
    }

    /// Returns what a name may mean, the most likely first.
    pub(super) fn get(&self, name: &[u8]) -> Meanings<'a> {
        self.find(name).unwrap_or_default()
    }

    fn find(&self, name: &[u8]) -> Option<Meanings<'a>> {
        let (mut low, mut high) = (0, self.offsets.len() / 4);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.first_of(middle)? <= name {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let mut block = Cursor(self.block(low.checked_sub(1)?)?);
        let mut n_matched = 0;
        for _ in 0..BLOCK {
            let n_shared = block.number()? as usize;
            let n_own = block.number()? as usize;
            let own = block.take(n_own)?;
            let meanings = block.meanings()?;
            // Shares more with the one before it than that one with the name: still too small.
            if n_shared > n_matched {
                continue;
            }
            let rest = name.get(n_shared..)?;
            if n_shared < n_matched || own > rest {
                return None;
            }
            if own == rest {
                return Some(meanings);
            }
            n_matched = n_shared + own.iter().zip(rest).take_while(|(a, b)| a == b).count();
        }
        None
    }

    /// Calls `visit` with every name in order, and what it may mean.
    pub(super) fn each(&self, visit: &mut dyn FnMut(&[u8], Meanings<'a>)) {
        let mut name = Vec::new();
        for block in 0..self.offsets.len() / 4 {
            let Some(block) = self.block(block) else { return };
            let mut cursor = Cursor(block);
            name.clear();
            for _ in 0..BLOCK {
                let Some(meanings) = cursor.next_name(&mut name) else { break };
                visit(&name, meanings);
            }
        }
    }

    fn block(&self, block: usize) -> Option<&'a [u8]> {
        let offset = self.offsets.get(block * 4..)?.first_chunk()?;
        self.names.get(u32::from_le_bytes(*offset) as usize..)
    }

    fn first_of(&self, block: usize) -> Option<&'a [u8]> {
        let mut cursor = Cursor(self.block(block)?);
        cursor.number()?;
        let n_own = cursor.number()? as usize;
        cursor.take(n_own)
    }
}

/// The meanings of a name: numbers of places, and how they come to it.
#[derive(Clone, Copy, Default)]
pub(super) struct Meanings<'a> {
    bytes: &'a [u8],
    n_left: u32,
}

impl Iterator for Meanings<'_> {
    type Item = (u32, Standing);

    fn next(&mut self) -> Option<Self::Item> {
        self.n_left = self.n_left.checked_sub(1)?;
        let mut cursor = Cursor(self.bytes);
        let number = cursor.number()?;
        self.bytes = cursor.0;
        Some((number >> 2, Standing::of(number)))
    }
}

/// Bytes that are read from the front.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, n_bytes: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n_bytes)?;
        self.0 = rest;
        Some(taken)
    }

    /// Reads the name that follows the one in `name`, and returns what it means.
    fn next_name(&mut self, name: &mut Vec<u8>) -> Option<Meanings<'a>> {
        let n_shared = self.number()? as usize;
        let n_own = self.number()? as usize;
        name.truncate(n_shared);
        name.extend_from_slice(self.take(n_own)?);
        self.meanings()
    }

    fn meanings(&mut self) -> Option<Meanings<'a>> {
        let n_left = self.number()?;
        let meanings = Meanings { bytes: self.0, n_left };
        for _ in 0..n_left {
            self.number()?;
        }
        Some(meanings)
    }
}

/// A name and its meanings.
pub(super) type Row<'a> = (&'a [u8], Vec<(u32, Standing)>);

/// Writes a table: the mirror of [`Names`]. The names are sorted and each stands once.
pub(super) fn write_names(names: &[Row<'_>]) -> Vec<u8> {
    let (mut offsets, mut bytes) = (Vec::new(), Vec::new());
    let mut before: &[u8] = &[];
    for (idx, (name, meanings)) in names.iter().enumerate() {
        if idx % BLOCK == 0 {
            offsets.extend((bytes.len() as u32).to_le_bytes());
            before = &[];
        }
        let n_shared = before.iter().zip(*name).take_while(|(a, b)| a == b).count();
        push_number(n_shared as u32, &mut bytes);
        push_number((name.len() - n_shared) as u32, &mut bytes);
        bytes.extend(&name[n_shared..]);
        push_number(meanings.len() as u32, &mut bytes);
        for &(place, standing) in meanings {
            push_number(place << 2 | standing as u32, &mut bytes);
        }
        before = name;
    }
    offsets.append(&mut bytes);
    offsets
}

fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_table_finds_what_was_written_and_nothing_else(
            names in proptest::collection::btree_map("[a-d]{1,6}", 0_u32..1 << 29, 1..200),
            asked in "[a-d]{0,7}",
        ) {
            let rows: Vec<_> = names
                .iter()
                .map(|(name, &place)| (name.as_bytes(), vec![(place, Standing::Listed)]))
                .collect();
            let bytes = write_names(&rows);
            let table = Names::new(&bytes, rows.len()).unwrap();
            let mut all = Vec::new();
            table.each(&mut |name, _| all.push(name.to_vec()));
            all.truncate(names.len());
            prop_assert!(all.iter().map(Vec::as_slice).eq(names.keys().map(String::as_bytes)));
            for (name, &place) in &names {
                let found: Vec<_> = table.get(name.as_bytes()).collect();
                prop_assert_eq!(found, vec![(place, Standing::Listed)]);
            }
            let found = table.get(asked.as_bytes()).next().map(|(place, _)| place);
            prop_assert_eq!(found, names.get(&asked).copied());
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            name in "[a-z]{0,5}",
            n_names in 0_usize..100,
        ) {
            if let Some(table) = Names::new(&bytes, n_names) {
                let _ = table.get(name.as_bytes()).count();
                table.each(&mut |_, meanings| assert!(meanings.count() < 1 << 20));
            }
        }
    }
}
