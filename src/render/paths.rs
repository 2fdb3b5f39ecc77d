//! Answers as paths of files.

use std::io::{self, Write};

use crate::search::Answer;

use super::Renderer;

/// Prints the path of each hit, or `path:record` where the file holds several articles.
pub struct Paths;

impl Renderer for Paths {
    fn render(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        answer.hits.iter().try_for_each(|hit| writeln!(out, "{}", hit.article.origin))
    }
}
