//! Reading again what was read before: a file by its name, a record by its bytes.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::walk::{path_of, stamp};
use super::{Event, Input, Reader, SourceFile};
use crate::article::Article;
use crate::text::Span;

/// Finds a file again by what an earlier walk said of it, and tells what it is like now.
///
/// Fails where it is gone, and where its folder cannot be looked into.
pub fn find_again(root: &str, origin: &str, shown: &str) -> io::Result<SourceFile> {
    let path = path_of(origin);
    let (size, mtime_ns) = stamp(&fs::metadata(&path)?);
    let below = origin.strip_prefix(root.trim_end_matches('/')).unwrap_or(origin);
    let below = match below.trim_start_matches('/') {
        "" => origin.rsplit('/').next().unwrap_or(origin),
        below => below,
    };
    Ok(SourceFile {
        shown: shown.to_owned(),
        below: below.to_owned(),
        root: root.into(),
        settings: Arc::default(),
        origin: origin.to_owned(),
        path,
        size,
        mtime_ns,
    })
}

/// How much of the beginning of a file its reader may need to read a record by itself.
const LEAD_BYTES_MAX: u64 = 64 * 1024;

/// Reads the bytes of a span as if they were a whole file, and returns the articles they are.
///
/// What comes back is one article, and the one that was read there among the others, where the
/// span holds a record, the whole of it and none of its neighbours; its id and its place are those
/// of a first record. What the reader needs of the beginning of the file to read a record by
/// itself ([`Reader::lead`]) is put before the span.
///
/// Fails where the file cannot be read, or ends before the span does.
pub fn read_alone(file: &SourceFile, reader: &dyn Reader, span: Span) -> io::Result<Vec<Article>> {
    let mut stream = File::open(&file.path)?;
    let mut head = Vec::new();
    stream.by_ref().take(LEAD_BYTES_MAX).read_to_end(&mut head)?;
    let lead = reader.lead(&head);
    let mut bytes = lead[..lead.len().min(span.start)].to_vec();
    let n_before = bytes.len();
    stream.seek(SeekFrom::Start(span.start as u64))?;
    stream.take(span.len() as u64).read_to_end(&mut bytes)?;
    if bytes.len() - n_before < span.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut articles = Vec::new();
    let mut stream = BufReader::new(bytes.as_slice());
    let input = Input {
        shown: &file.shown,
        below: &file.below,
        mtime_ns: Some(file.mtime_ns),
        settings: &file.settings,
        known: None,
        stream: &mut stream,
    };
    reader.read(input, &mut |event| {
        if let Event::Article(article) = event {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    })?;
    Ok(articles)
}
