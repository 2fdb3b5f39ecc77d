//! A model as bytes.
//!
//! ```text
//! magic      8 bytes   DLNAMES\n
//! version    u32       VERSION
//! length     u64       of the body, unpacked
//! checksum   16 bytes  the beginning of the BLAKE3 of all that follows
//! body       zstd
//! ```
//!
//! The body, unpacked; numbers are little-endian, a *run* is a count and so many values, each value in
//! seven bits a byte, lowest first (LEB128), sorted ones as differences:
//!
//! ```text
//! bits           u8                    the table has 2^bits rows
//! transitions    7 × 7 × i16           from each label to each
//! weights        7 × 2^bits × i8       all rows of the first label, then all of the next
//! above          run of 3              the coarser clusters of each finest one
//! words          run, sorted; run      fingerprints of words, and their finest clusters
//! phrases        run, sorted; run      fingerprints of phrases, and their lists
//! ```

use crate::error::{Error, Kind, Result};

use super::super::label::N_LABELS;
use super::crf::LANES;
use super::features::Rows;
use super::lexicon::Lexicon;
use super::model::Model;
use super::table::Table;
use super::training::ROW_BITS_RANGE;

/// What a model begins with.
const MAGIC: &[u8; 8] = b"DLNAMES\n";

/// The format of models, and the features that their weights belong to: a change of either is
/// another version.
pub(super) const VERSION: u32 = 1;

/// Where the body begins.
const HEADER_BYTES: usize = 36;

/// The largest body that is unpacked.
const BODY_BYTES_MAX: u64 = 256 << 20;

/// How hard the body is packed, on zstd's scale of 1 to 22.
const PACKING: i32 = 19;

impl Model {
    /// Writes the model; the same model is always the same bytes.
    ///
    /// # Errors
    ///
    /// Fails when the packer has no memory.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let body = self.body();
        let packed = zstd::bulk::compress(&body, PACKING)
            .map_err(|cause| Error::new(Kind::Io, format!("cannot pack the model: {cause}")))?;
        let mut bytes = Vec::with_capacity(HEADER_BYTES + packed.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&checksum(&packed));
        bytes.extend_from_slice(&packed);
        Ok(bytes)
    }

    /// Reads a model; `shown` is what an error calls it.
    ///
    /// # Errors
    ///
    /// Fails when the bytes are no model, one of another version, or damaged.
    pub fn from_bytes(bytes: &[u8], shown: &str) -> Result<Self> {
        let refused = |reason: &str, hint: &str| {
            let message = format!("cannot read the model '{shown}': {reason}");
            Error::new(Kind::Usage, message).with_hint(hint)
        };
        let anew = "make it anew with 'dateline train --bio FILES --out FILE'";
        if !bytes.starts_with(MAGIC) {
            return Err(refused("it is no model of names", "'dateline train' makes models"));
        }
        let damaged = || refused("it is damaged", anew);
        let (header, packed) = bytes.split_at_checked(HEADER_BYTES).ok_or_else(damaged)?;
        let mut header = Reader { rest: &header[MAGIC.len()..] };
        let version = header.u32().ok_or_else(damaged)?;
        if version != VERSION {
            let reason = format!("it is of version {version}, this program reads {VERSION}");
            return Err(refused(&reason, anew));
        }
        let n_bytes = header.u64().filter(|it| *it <= BODY_BYTES_MAX).ok_or_else(damaged)?;
        if header.rest != checksum(packed) {
            return Err(damaged());
        }
        let body = zstd::bulk::decompress(packed, n_bytes as usize).map_err(|_| damaged())?;
        if body.len() as u64 != n_bytes {
            return Err(damaged());
        }
        Reader { rest: &body }.model().ok_or_else(damaged)
    }

    fn body(&self) -> Vec<u8> {
        let mut body = vec![self.rows.bits as u8];
        for row in &self.transitions[..N_LABELS] {
            row[..N_LABELS].iter().for_each(|it| body.extend_from_slice(&it.to_le_bytes()));
        }
        for lane in 0..N_LABELS {
            body.extend(self.weights.iter().map(|row| row[lane] as u8));
        }
        put(&mut body, self.lexicon.above.len() as u64);
        self.lexicon.above.iter().flatten().for_each(|it| put(&mut body, u64::from(*it)));
        put_table(&mut body, &self.lexicon.words);
        put_table(&mut body, &self.lexicon.phrases);
        body
    }
}

fn checksum(packed: &[u8]) -> [u8; 16] {
    let mut sum = [0; 16];
    sum.copy_from_slice(&blake3::hash(packed).as_bytes()[..16]);
    sum
}

fn put_table(body: &mut Vec<u8>, table: &Table) {
    let entries = table.sorted();
    put(body, entries.len() as u64);
    let mut last = 0;
    for (key, _) in &entries {
        put(body, u64::from(key - last));
        last = *key;
    }
    entries.iter().for_each(|(_, value)| put(body, u64::from(*value)));
}

fn put(body: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        body.push(value as u8 | 0x80);
        value >>= 7;
    }
    body.push(value as u8);
}

/// Reads what was written, and nothing behind its end.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn model(&mut self) -> Option<Model> {
        let bits = u32::from(self.bytes::<1>()?[0]);
        if !ROW_BITS_RANGE.contains(&bits) {
            return None;
        }
        let rows = Rows { bits };
        let mut transitions = [[0; LANES]; LANES];
        for row in &mut transitions[..N_LABELS] {
            for weight in &mut row[..N_LABELS] {
                *weight = i16::from_le_bytes(self.bytes()?);
            }
        }
        let mut weights = vec![[0; LANES]; rows.n()];
        for lane in 0..N_LABELS {
            let column = self.rest.split_off(..rows.n())?;
            for (row, weight) in weights.iter_mut().zip(column) {
                row[lane] = *weight as i8;
            }
        }
        let lexicon =
            Lexicon { above: self.above()?, words: self.table()?, phrases: self.table()? };
        self.rest.is_empty().then_some(Model { rows, weights, transitions, lexicon })
    }

    fn above(&mut self) -> Option<Vec<[u16; 3]>> {
        let n = self.count()?;
        let mut above = Vec::with_capacity(n);
        for _ in 0..n {
            above.push([self.u16()?, self.u16()?, self.u16()?]);
        }
        Some(above)
    }

    fn table(&mut self) -> Option<Table> {
        let n = self.count()?;
        let mut keys = Vec::with_capacity(n);
        let mut last = 0u32;
        for _ in 0..n {
            last = last.checked_add(u32::try_from(self.number()?).ok()?)?;
            keys.push(last);
        }
        let mut table = Table::with_capacity(n);
        for key in keys {
            // 0 stands for no entry, and a key that comes twice for a damaged list.
            if key == 0 || table.get(key).is_some() {
                return None;
            }
            table.insert(key, self.u16()?, |_, new| new);
        }
        Some(table)
    }

    /// Reads how many values follow; each takes a byte at least.
    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|n| *n <= self.rest.len())
    }

    fn u16(&mut self) -> Option<u16> {
        u16::try_from(self.number()?).ok()
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes()?))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.bytes()?))
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.bytes::<1>()?[0];
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.rest.split_off(..N)?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::training::train;
    use super::*;

    fn model() -> Model {
        let mut lexicon = Lexicon::default();
        lexicon.read_clusters("Bay\t1\t2\t3\t4\nof\t1\t2\t3\t300\n", "c").unwrap();
        lexicon.read_names("Alder Bay\t1\nHale\t32\n", "n").unwrap();
        let text = "Ann\tB-PER\nHale\tI-PER\nof\tO\nAlder\tB-LOC\nBay\tI-LOC\n";
        train(&super::super::bio::documents(text, "a").unwrap(), lexicon, 10)
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let bytes = model().to_bytes().unwrap();
        assert_eq!(Model::from_bytes(&bytes, "a").unwrap(), model());
        assert_eq!(bytes, model().to_bytes().unwrap());
    }

    #[track_caller]
    fn refused(bytes: &[u8], want: &str) {
        let error = Model::from_bytes(bytes, "m").unwrap_err();
        assert!(error.to_string().contains(want), "{error}");
        assert!(error.hint.is_some());
    }

    #[test]
    fn what_is_no_model_is_refused() {
        refused(b"", "it is no model of names");
        refused(b"PK\x03\x04 something else", "it is no model of names");
        refused(MAGIC, "it is damaged");
        let mut other = model().to_bytes().unwrap();
        other[8] = 9;
        refused(&other, "it is of version 9, this program reads 1");
    }

    #[test]
    fn a_bit_that_flipped_and_an_end_that_is_missing_are_noticed() {
        let bytes = model().to_bytes().unwrap();
        for at in (MAGIC.len() + 4..bytes.len()).step_by(7) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            refused(&damaged, "it is damaged");
            refused(&bytes[..at], "it is damaged");
        }
    }

    #[test]
    fn a_body_that_lies_about_its_lengths_is_no_model() {
        let body = model().body();
        for at in 0..body.len().min(100) {
            assert!(Reader { rest: &body[..at] }.model().is_none());
        }
        let n_tail = 60;
        for at in body.len() - n_tail..body.len() {
            assert!(Reader { rest: &body[..at] }.model().is_none());
            let mut changed = body.clone();
            changed[at] = 0xFF;
            let _ = Reader { rest: &changed }.model();
        }
    }
}
