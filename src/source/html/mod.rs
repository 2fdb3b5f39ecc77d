//! HTML: pieces of it within other formats, and pages.

mod body;
pub(super) mod charset;
pub(super) mod elements;
pub(super) mod flow;
pub(in crate::source) mod fragment;
mod headline;
mod json_ld;
mod meta;
pub(super) mod page;
mod reader;
mod things;
mod tokens;
mod tree;

pub(super) use fragment::{is_markup, paragraphs, unescaped};
pub use page::PAGE_BYTES_MAX;
pub use reader::Html;
pub use tree::{DEPTH_MAX, NODES_MAX};
