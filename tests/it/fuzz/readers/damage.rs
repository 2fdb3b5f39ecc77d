//! What happens to files.

use super::Random;

/// The longest file that is made of copies, and the longest of others.
const LONG_BYTES_MAX: usize = 1024 * 1024;
const BYTES_MAX: usize = 64 * 1024;

/// Signs that formats are made of, one of which floods a file.
const FLOODS: &[&str] = &[
    "<",
    ">",
    "</p>",
    "<p>",
    "<div>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "&",
    "&#x",
    "&lt;",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "{\"a\":",
    "\"",
    "\\",
    "\\u",
    "'",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    ">",
    "* ",
    "1. ",
    "#",
    "`",
    "---\n",
    "+++\n",
    "From ",
    "\nFrom a Thu Mar 14 09:30:00 2024\n",
    "--a\n",
    "=",
    "=?utf-8?q?",
    "Content-Type: message/rfc822\n\n",
    "<DOC>",
    "</DOC>",
    "<REUTERS>",
    "<nitf>",
    "<item>",
    "<entry>",
    "WARC/1.0\r\n",
    "a: b\n",
    "\0",
    "\u{feff}",
    "\u{2028}",
    "é",
];

/// Numbers that lengths and counts are replaced by.
const COUNTS: &[&str] =
    &["0", "-1", "1", "999999999999", "18446744073709551616", "4294967295", "1e999", "00000000"];

/// Damages files.
pub(super) struct Damage<'a> {
    pub(super) random: &'a mut Random,
}

impl Damage<'_> {
    /// Damages a file in one to four ways, with pieces of another.
    pub(super) fn damaged(&mut self, file: &[u8], other: &[u8]) -> Vec<u8> {
        let mut bytes = file.to_vec();
        for _ in 0..=self.random.below(4) {
            self.once(&mut bytes, other);
            let most = if self.random.below(64) == 0 { LONG_BYTES_MAX } else { BYTES_MAX };
            bytes.truncate(most);
        }
        bytes
    }

    fn once(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.random.below(bytes.len() + 1);
        let end = bytes.len().min(at + self.random.below(200));
        match self.random.below(10) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => self.flip(bytes),
            3 => {
                let from = self.random.below(other.len() + 1);
                let until = other.len().min(from + self.random.below(500));
                drop(bytes.splice(at..end, other[from..until].iter().copied()));
            }
            4 => self.repeat(bytes, at, end),
            5 => {
                let part: Vec<u8> = bytes.drain(at..end).collect();
                let to = self.random.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            6 | 7 => {
                let sign = FLOODS[self.random.below(FLOODS.len())];
                let n = [1, 2, 30, 3_000, 50_000][self.random.below(5)];
                let flood = sign.repeat(n.min(LONG_BYTES_MAX / sign.len()));
                bytes.splice(at..at, flood.into_bytes());
            }
            8 => self.count(bytes),
            _ => {
                let to = self.random.below(bytes.len() + 1);
                let (first, last) = (at.min(to), at.max(to));
                bytes[first..last].reverse();
            }
        }
    }

    /// Turns some bits over.
    fn flip(&mut self, bytes: &mut [u8]) {
        for _ in 0..=self.random.below(8) {
            let at = self.random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << self.random.below(8);
            }
        }
    }

    /// Repeats a piece, a few times or very often.
    fn repeat(&mut self, bytes: &mut Vec<u8>, at: usize, end: usize) {
        let part = bytes[at..end].to_vec();
        let n = [2, 30, 3_000][self.random.below(3)];
        let n = n.min(LONG_BYTES_MAX / part.len().max(1));
        bytes.splice(at..at, part.repeat(n));
    }

    /// Replaces a number by another.
    fn count(&mut self, bytes: &mut Vec<u8>) {
        let from = self.random.below(bytes.len() + 1);
        let is_figure = |it: &u8| it.is_ascii_digit();
        let Some(at) = bytes[from..].iter().position(is_figure).map(|it| from + it) else {
            return;
        };
        let n = bytes[at..].iter().take_while(|it| is_figure(it)).count();
        let count = COUNTS[self.random.below(COUNTS.len())];
        bytes.splice(at..at + n, count.bytes());
    }
}
