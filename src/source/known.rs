//! Records that were read before, and that need not be read again.
//!
//! Where a day's corrections are spread over all the files of an archive, nearly every record of
//! these is as it was. The run before has kept a fingerprint of each; a reader that tells records
//! by their bytes (see `Teller::stands`) parses only those that nobody knows.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};

use crate::article::{Fingerprint, KnownRecord};

/// How many records are looked for before, and behind, the one that was met last: in a file of no
/// more, records are known in whatever order they come. In a longer one that has lost more records
/// than this in one place, those behind them are read again.
const RECORDS_AROUND: usize = 1 << 16;

/// The known records of a file, in its order.
pub type Rows = Box<dyn Iterator<Item = KnownRecord>>;

/// What is known of the records of a file.
pub struct Known {
    /// The reader that read them, with its version.
    reader: String,
    window: RefCell<Window>,
}

impl Known {
    /// Begins a file of which nothing is known yet.
    pub fn nothing() -> Self {
        Self::of("", Box::new(std::iter::empty()))
    }

    /// Begins a file whose records were read by a reader before, which is given with its version.
    pub fn of(reader: &str, rows: Rows) -> Self {
        let window = Window { rows: Some(rows), ..Window::default() };
        Self { reader: reader.to_owned(), window: RefCell::new(window) }
    }

    /// Takes note of the reader that reads the file now: what another one has read is past.
    pub(super) fn is_read_by(&self, reader: &str) {
        if reader != self.reader {
            *self.window.borrow_mut() = Window::default();
        }
    }

    /// Returns the record with these bytes, once, if what was made of it would be made again.
    pub fn take(&self, fingerprint: Fingerprint, number: u64) -> Option<KnownRecord> {
        self.window.borrow_mut().take(fingerprint, number)
    }
}

/// The records around the one that was met last.
#[derive(Default)]
struct Window {
    /// Those that follow; nothing once there are no more.
    rows: Option<Rows>,
    /// Those in the window, with their place among all.
    held: HashMap<Fingerprint, (usize, KnownRecord)>,
    order: VecDeque<(usize, Fingerprint)>,
    n_pulled: usize,
    /// The place of the latest one that was met.
    met: usize,
}

impl Window {
    fn take(&mut self, fingerprint: Fingerprint, number: u64) -> Option<KnownRecord> {
        self.fill();
        let (at, known) = *self.held.get(&fingerprint)?;
        if known.numbered && known.record != number {
            return None;
        }
        self.held.remove(&fingerprint);
        self.met = self.met.max(at);
        Some(known)
    }

    fn fill(&mut self) {
        while let Some(rows) = &mut self.rows
            && self.n_pulled <= self.met + RECORDS_AROUND
        {
            let Some(row) = rows.next() else {
                self.rows = None;
                break;
            };
            self.held.insert(row.fingerprint, (self.n_pulled, row));
            self.order.push_back((self.n_pulled, row.fingerprint));
            self.n_pulled += 1;
            if let Some((at, oldest)) = self.order.front().copied()
                && at + RECORDS_AROUND < self.met
            {
                self.order.pop_front();
                if self.held.get(&oldest).is_some_and(|(held_at, _)| *held_at == at) {
                    self.held.remove(&oldest);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: u64) -> KnownRecord {
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&n.to_le_bytes());
        KnownRecord { fingerprint: Fingerprint(bytes), record: n, ..KnownRecord::default() }
    }

    fn known(n_rows: u64) -> Known {
        Known::of("lines/1", Box::new((1..=n_rows).map(row)))
    }

    #[test]
    fn records_are_known_once_in_any_order() {
        let known = known(5);
        for (n, is_known) in [(5, true), (1, true), (1, false), (7, false), (3, true)] {
            assert_eq!(known.take(row(n).fingerprint, 1).is_some(), is_known, "{n}");
        }
    }

    #[test]
    fn a_record_that_is_named_by_its_number_is_not_known_under_another() {
        let numbered = KnownRecord { numbered: true, ..row(2) };
        let known = Known::of("lines/1", Box::new(std::iter::once(numbered)));
        assert_eq!(known.take(numbered.fingerprint, 3), None);
        assert_eq!(known.take(numbered.fingerprint, 2), Some(numbered));
    }

    #[test]
    fn what_another_reader_has_read_is_past() {
        let known = known(1);
        known.is_read_by("lines/1");
        assert!(known.take(row(1).fingerprint, 1).is_some());
        let other = self::known(1);
        other.is_read_by("lines/2");
        assert_eq!(other.take(row(1).fingerprint, 1), None);
    }

    #[test]
    fn of_a_long_file_only_a_part_is_held() {
        let n_rows = 5 * RECORDS_AROUND as u64;
        let known = known(n_rows);
        for n in (1..=n_rows).step_by(1000) {
            assert!(known.take(row(n).fingerprint, 1).is_some(), "{n}");
            assert!(known.window.borrow().held.len() <= 2 * RECORDS_AROUND + 1001);
        }
        assert_eq!(known.take(row(2).fingerprint, 1), None);
        assert_eq!(known.take(row(n_rows + 1).fingerprint, 1), None);
    }
}
