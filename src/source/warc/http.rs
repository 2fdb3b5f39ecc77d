//! What a server answered: the head, and the body as it was before it was sent.

use std::borrow::Cow;
use std::io::{Read, Write};

use crate::source::html::PAGE_BYTES_MAX;

/// How many fields the head of an answer may have.
const FIELDS_MAX: usize = 256;

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer<'a> {
    /// The status: 200 where all is well.
    pub(super) status: u16,
    /// What the body is, as the server said.
    pub(super) content_type: String,
    /// The body, neither in chunks nor compressed; its beginning where it is too long.
    pub(super) body: Cow<'a, [u8]>,
}

/// Reads an answer, or says what is wrong with it.
///
/// Crawlers keep bodies as they came or as they were meant, and do not always change the head to
/// agree: what is said to be in chunks, or compressed, and does not begin so is taken as it is. A
/// body that breaks off is read as far as it goes.
pub(super) fn answer(bytes: &[u8]) -> Result<Answer<'_>, String> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS_MAX];
    let mut head = httparse::Response::new(&mut fields);
    let len = match httparse::ParserConfig::default()
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut head, bytes)
    {
        Ok(httparse::Status::Complete(len)) => len,
        Ok(httparse::Status::Partial) => return Err("the answer has no body".to_owned()),
        Err(cause) => return Err(format!("the answer is not HTTP: {cause}")),
    };
    let field = |name: &str| {
        let found = head.headers.iter().filter(|it| it.name.eq_ignore_ascii_case(name));
        let values: Vec<_> = found.map(|it| String::from_utf8_lossy(it.value)).collect();
        values.join(", ").to_ascii_lowercase()
    };
    let mut body = Cow::Borrowed(&bytes[len..]);
    if field("transfer-encoding").contains("chunked")
        && let Some(whole) = without_chunks(&body)
    {
        body = Cow::Owned(whole);
    }
    for encoding in field("content-encoding").rsplit(',') {
        if let Some(plain) = decoded(&body, encoding.trim()) {
            body = Cow::Owned(plain);
        }
    }
    let status = head.code.unwrap_or_default();
    Ok(Answer { status, content_type: field("content-type"), body })
}

/// Joins the chunks of a body; nothing where it is not in chunks.
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let mut rest = body;
    let mut n_chunks = 0;
    while let Ok(httparse::Status::Complete((start, len))) = httparse::parse_chunk_size(rest) {
        n_chunks += 1;
        let len = usize::try_from(len).unwrap_or(usize::MAX);
        let chunk = &rest[start..];
        let chunk = &chunk[..chunk.len().min(len)];
        if chunk.is_empty() {
            break;
        }
        whole.extend_from_slice(chunk);
        rest = &rest[start + chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    (n_chunks > 0).then_some(whole)
}

/// Undoes the compression of a body; nothing where it is not compressed, or not so.
fn decoded(body: &[u8], encoding: &str) -> Option<Vec<u8>> {
    let plain = match encoding {
        "gzip" | "x-gzip" => unpacked(flate2::read::MultiGzDecoder::new(body)),
        // The name means zlib, and some servers send what is within.
        "deflate" => {
            let plain = unpacked(flate2::read::ZlibDecoder::new(body));
            if plain.is_empty() { unpacked(flate2::read::DeflateDecoder::new(body)) } else { plain }
        }
        "br" => unbrotlied(body),
        _ => return None,
    };
    (!plain.is_empty()).then_some(plain)
}

/// Reads as much of a compressed body as there is, and as a page may have.
fn unpacked(stream: impl Read) -> Vec<u8> {
    let mut plain = Vec::new();
    // What came before a failure is in `plain`.
    _ = stream.take(PAGE_BYTES_MAX as u64 + 1).read_to_end(&mut plain);
    plain
}

fn unbrotlied(body: &[u8]) -> Vec<u8> {
    let mut plain = Bounded(Vec::new());
    let mut body = body;
    _ = brotli_decompressor::BrotliDecompress(&mut body, &mut plain);
    plain.0
}

/// Takes no more than a page may have.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let room = (PAGE_BYTES_MAX + 1).saturating_sub(self.0.len());
        if room == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let len = bytes.len().min(room);
        self.0.extend_from_slice(&bytes[..len]);
        Ok(len)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;

    use super::*;

    const PAGE: &[u8] = b"<p>The bridge is closed.</p>";

    #[track_caller]
    fn check(fields: &str, body: &[u8], want: &[u8]) {
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n");
        let bytes = [head.as_bytes(), body].concat();
        let answer = answer(&bytes).unwrap();
        assert_eq!(answer.body, want, "{fields}");
        assert_eq!(
            (answer.status, answer.content_type.as_str()),
            (200, "text/html; charset=utf-8")
        );
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn bodies_are_read_however_they_were_sent() {
        check("", PAGE, PAGE);
        check(
            "Transfer-Encoding: chunked\r\n",
            b"8\r\n<p>The b\r\n14;x=y\r\nridge is closed.</p>\r\n0\r\n\r\n",
            PAGE,
        );
        check("Content-Encoding: gzip\r\n", &gzip(PAGE), PAGE);
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(PAGE).unwrap();
        check("Content-Encoding: deflate\r\n", &zlib.finish().unwrap(), PAGE);
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
        raw.write_all(PAGE).unwrap();
        check("Content-Encoding: DEFLATE\r\n", &raw.finish().unwrap(), PAGE);
        // One block that is not compressed, then the last, which is empty.
        let brotli = [b"\x8b\x0d\x80".as_slice(), PAGE, b"\x03"].concat();
        check("Content-Encoding: br\r\n", &brotli, PAGE);
        let both = gzip(PAGE);
        let chunks = [format!("{:x}\r\n", both.len()).as_bytes(), &both, b"\r\n0\r\n\r\n"].concat();
        check("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", &chunks, PAGE);
    }

    #[test]
    fn what_is_not_as_it_is_said_to_be_is_taken_as_it_is() {
        check("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", PAGE, PAGE);
        check("Content-Encoding: br\r\n", PAGE, PAGE);
        check("Content-Encoding: rot13\r\n", PAGE, PAGE);
        check("Transfer-Encoding: chunked\r\n", b"1c\r\n<p>The bridge is", b"<p>The bridge is");
        check("X: é\r\nbad line\r\n", PAGE, PAGE);
    }

    #[test]
    fn a_body_unpacks_to_no_more_than_a_page_may_have() {
        let bomb = gzip(&vec![b'a'; 4 * PAGE_BYTES_MAX]);
        let bytes =
            [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), &bomb].concat();
        assert_eq!(answer(&bytes).unwrap().body.len(), PAGE_BYTES_MAX + 1);
    }

    #[test]
    fn what_is_no_answer_is_told() {
        assert!(answer(b"GET / HTTP/1.1\r\n\r\n").unwrap_err().contains("not HTTP"));
        assert!(answer(b"HTTP/1.1 200 OK\r\n").unwrap_err().contains("no body"));
        assert!(answer(b"").is_err());
    }
}
