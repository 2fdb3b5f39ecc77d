//! The bytes of a crawl: read forwards, and a little way back.

use std::io::{self, BufRead, Read};

use crate::source::stream::filled;

/// How often what was read may be taken back in a file.
///
/// A record that claims more bytes than it has swallows those behind it. They are read again, which
/// costs the length of a record each time, and must not be bought with a hundred bytes forever.
const RETURNS_MAX: u32 = 64;

/// A stream that knows its place, and takes back what was read too far.
pub(super) struct Bytes<'a> {
    stream: &'a mut dyn BufRead,
    /// What was taken back, and how much of it was read again.
    returned: io::Cursor<Vec<u8>>,
    at: usize,
    n_returns: u32,
}

impl<'a> Bytes<'a> {
    pub(super) fn new(stream: &'a mut dyn BufRead) -> Self {
        Self { stream, returned: io::Cursor::default(), at: 0, n_returns: 0 }
    }

    /// Returns the place of the next byte.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Reads a line without its end, of which no more than so many bytes are kept; nothing at the
    /// end of the stream.
    pub(super) fn line(&mut self, bytes_max: usize) -> io::Result<Option<Vec<u8>>> {
        let start = self.at;
        let mut line = Vec::new();
        loop {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', buffer);
            let len = end.map_or(buffer.len(), |at| at + 1);
            let room = bytes_max.saturating_sub(line.len());
            line.extend_from_slice(&buffer[..len.min(room)]);
            self.consume(len);
            if end.is_some() {
                break;
            }
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok((self.at > start).then_some(line))
    }

    /// Reads so many bytes, or as many as there are.
    pub(super) fn held(&mut self, len: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.by_ref().take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Passes over so many bytes, and tells how many there were.
    pub(super) fn skip(&mut self, len: usize) -> io::Result<usize> {
        let start = self.at;
        io::copy(&mut self.by_ref().take(len as u64), &mut io::sink())?;
        Ok(self.at - start)
    }

    /// Tells whether nothing or a line of nothing comes next, and then such a beginning.
    pub(super) fn goes_on_with(&mut self, is_beginning: fn(&[u8]) -> bool) -> io::Result<bool> {
        loop {
            let buffer = self.fill_buf()?;
            match buffer.first() {
                None => return Ok(true),
                Some(b'\r' | b'\n') => self.consume(1),
                Some(_) => break,
            }
        }
        // The buffer may end within the beginning.
        let mut ahead = Vec::new();
        while ahead.len() < AHEAD_BYTES {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let len = buffer.len().min(AHEAD_BYTES - ahead.len());
            ahead.extend_from_slice(&buffer[..len]);
            self.consume(len);
        }
        let goes_on = is_beginning(&ahead);
        self.push(ahead);
        Ok(goes_on)
    }

    /// Takes back the last bytes that were read; tells whether that was still allowed.
    pub(super) fn take_back(&mut self, bytes: &[u8]) -> bool {
        self.n_returns += 1;
        if self.n_returns > RETURNS_MAX {
            return false;
        }
        self.push(bytes.to_vec());
        true
    }

    /// Puts back what was read last.
    fn push(&mut self, bytes: Vec<u8>) {
        self.at -= bytes.len();
        let held = self.returned.get_ref();
        let position = usize::try_from(self.returned.position()).unwrap_or(held.len());
        let rest = held.get(position..).unwrap_or_default();
        if !rest.is_empty() && position >= bytes.len() {
            // All of it came from what was taken back before, so that nothing need be copied.
            self.returned.set_position((position - bytes.len()) as u64);
        } else {
            self.returned = io::Cursor::new([&bytes, rest].concat());
        }
    }
}

/// How much is looked at to tell the beginning of a record.
const AHEAD_BYTES: usize = 512;

impl Read for Bytes<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n_read = self.fill_buf()?.read(into)?;
        self.consume(n_read);
        Ok(n_read)
    }
}

impl BufRead for Bytes<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.returned.position() < self.returned.get_ref().len() as u64 {
            return self.returned.fill_buf();
        }
        filled(self.stream)
    }

    fn consume(&mut self, len: usize) {
        self.at += len;
        if self.returned.position() < self.returned.get_ref().len() as u64 {
            self.returned.consume(len);
        } else {
            self.stream.consume(len);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_comes_again_before_what_was_looked_at() -> io::Result<()> {
        let file: Vec<u8> = (0..2_000_u16).map(|it| b'a' + (it % 26) as u8).collect();
        for held in [10, 600, 1_999, 2_000] {
            let mut stream = file.as_slice();
            let mut bytes = Bytes::new(&mut stream);
            for _ in 0..3 {
                let body = bytes.held(held)?;
                assert_eq!(body, file[..held]);
                assert_eq!(bytes.goes_on_with(|_| false)?, held == file.len());
                assert!(bytes.take_back(&body));
                assert_eq!(bytes.at(), 0);
            }
            assert_eq!(bytes.held(file.len())?, file);
        }
        Ok(())
    }
}
