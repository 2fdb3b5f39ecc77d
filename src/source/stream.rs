//! Reading a stream: what it has ready, on to what is held of it, or the whole of it.

use std::io::{self, BufRead, Read};

/// Returns what a stream has ready, after reading on where that is nothing; nothing at its end.
///
/// A signal that interrupts the reading is no failure.
pub(super) fn filled(stream: &mut dyn BufRead) -> io::Result<&[u8]> {
    while let Err(cause) = stream.fill_buf() {
        if cause.kind() != io::ErrorKind::Interrupted {
            return Err(cause);
        }
    }
    // The borrow checker wants the buffer asked for again.
    stream.fill_buf()
}

/// Adds what a stream has ready to what is held of it; returns whether that was anything.
pub(super) fn hold_more(stream: &mut dyn BufRead, held: &mut Vec<u8>) -> io::Result<bool> {
    let buffer = filled(stream)?;
    held.extend_from_slice(buffer);
    let len = buffer.len();
    stream.consume(len);
    Ok(len > 0)
}

/// Reads a stream to its end; nothing where that is more than so many bytes.
pub(super) fn whole(stream: &mut dyn BufRead, bytes_max: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.take(bytes_max + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= bytes_max).then_some(bytes))
}
