//! Crawls of the web: WARC (ISO 28500, versions 0.17 to 1.1) and ARC, its forerunner.
//!
//! ```text
//! WARC/1.0                                          filedesc://a.arc 0.0.0.0 20140216050221 text/plain 75
//! WARC-Type: response                               …
//! WARC-Target-URI: http://courier.example/1         http://courier.example/1 1.2.3.4 20140216050221 text/html 1591
//! WARC-Date: 2014-02-16T05:02:21Z                   HTTP/1.1 200 OK
//! Content-Type: application/http; msgtype=response  Content-Type: text/html
//! Content-Length: 1591
//!                                                   <html>…
//! HTTP/1.1 200 OK
//! Content-Type: text/html
//!
//! <html>…
//! ```
//!
//! A file holds records one after the other; each is unpacked by whoever opens the file. What a
//! server answered to a `GET` is a page, which is read as any page of HTML is. The records are read
//! one by one here, because the crate for it (`warc` 0.4) reads a file no further than its first
//! damaged record; the answers are read by httparse.

mod arc;
mod bytes;
mod http;
mod pages;
mod reader;

pub use arc::Arc;
pub use reader::Warc;

use crate::source::html::PAGE_BYTES_MAX;

/// The length of a record; a longer one is passed over without being held in memory.
///
/// A page of the largest size fits, with its head.
pub const CRAWL_RECORD_BYTES_MAX: usize = PAGE_BYTES_MAX + 64 * 1024;

/// The length of a line in the head of a record; what comes after is dropped.
const LINE_BYTES_MAX: usize = 16 * 1024;
