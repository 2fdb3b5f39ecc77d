//! The packings of one stream.

use std::io::{self, BufRead, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::GzDecoder;
use liblzma::bufread::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use super::Packing;

/// The memory that xz may ask for; its highest preset takes 65 MiB.
const XZ_MEMORY_BYTES: u64 = 128 << 20;

/// The window that zstd may ask for, as a power of two: 128 MiB, as its own program allows.
const ZSTD_WINDOW_LOG: u32 = 27;

/// Opens what is packed; an archive is none of these.
pub(super) fn open<'a>(
    packing: Packing,
    stream: &'a mut dyn BufRead,
) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match packing {
        Packing::Gzip => Box::new(Gzip { member: Some(GzDecoder::new(stream)) }),
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(stream)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG)?;
            Box::new(decoder)
        }
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(stream)),
        Packing::Xz => {
            let decoder = Stream::new_stream_decoder(XZ_MEMORY_BYTES, CONCATENATED);
            let decoder = decoder.map_err(io::Error::other)?;
            Box::new(XzDecoder::new_stream(stream, decoder))
        }
        Packing::Tar | Packing::Zip => Box::new(stream),
    })
}

/// The members of a gzip file, one after the other.
///
/// Tapes and some downloads are filled up with zeros behind the last member; `MultiGzDecoder` takes
/// these for a damaged one.
struct Gzip<'a> {
    member: Option<GzDecoder<&'a mut dyn BufRead>>,
}

impl Read for Gzip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let n_read = member.read(into)?;
            if n_read > 0 {
                return Ok(n_read);
            }
            let Some(stream) = self.member.take().map(GzDecoder::into_inner) else {
                break;
            };
            if skip_zeros(stream)? {
                self.member = Some(GzDecoder::new(stream));
            }
        }
        Ok(0)
    }
}

/// The byte that a gzip member begins with.
const GZIP_BYTE: u8 = 0x1f;

/// Passes over zeros; tells whether another member follows.
///
/// Fails where something else does.
fn skip_zeros(stream: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let buffer = stream.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let n_zeros = buffer.iter().take_while(|byte| **byte == 0).count();
        let next = buffer.get(n_zeros).copied();
        stream.consume(n_zeros);
        match next {
            None => (),
            Some(GZIP_BYTE) => return Ok(true),
            Some(_) => return Err(io::Error::other("what follows is no gzip")),
        }
    }
}
