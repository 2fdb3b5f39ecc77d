//! Reading again what was read before: a file by its name, a record by its bytes.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use super::decode::Units;
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
        origin: origin.to_owned(),
        path,
        size,
        mtime_ns,
    })
}

/// Reads the bytes of a span as if they were a whole file, and returns the articles they are.
///
/// What comes back is one article, and the one that was read there among the others, where the
/// span holds a record, the whole of it and none of its neighbours; its id and its place are those
/// of a first record. A byte order mark at the beginning of the file is put before the span: it
/// says what all of the file is written in.
///
/// Every reader's spans are records that can be read so. One of a format where they cannot, such
/// as a table whose first line names the columns, has to put before them what they need.
///
/// Fails where the file cannot be read, or ends before the span does.
pub fn read_alone(file: &SourceFile, reader: &dyn Reader, span: Span) -> io::Result<Vec<Article>> {
    let mut stream = File::open(&file.path)?;
    let mut head = [0; 3];
    let n_head = stream.read(&mut head)?;
    let (_, n_mark) = Units::of(&head[..n_head]);
    let mut bytes = if span.start >= n_mark { head[..n_mark].to_vec() } else { Vec::new() };
    let n_before = bytes.len();
    stream.seek(SeekFrom::Start(span.start as u64))?;
    stream.take(span.len() as u64).read_to_end(&mut bytes)?;
    if bytes.len() - n_before < span.len() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut articles = Vec::new();
    let mut stream = BufReader::new(bytes.as_slice());
    let input = Input { shown: &file.shown, below: &file.below, stream: &mut stream };
    reader.read(input, &mut |event| {
        if let Event::Article(article) = event {
            articles.push(*article);
        }
        ControlFlow::Continue(())
    })?;
    Ok(articles)
}
