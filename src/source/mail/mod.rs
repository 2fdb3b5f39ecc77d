//! Mail: newsletters and alerts, one message a file (`.eml`, RFC 5322) or many (mbox, RFC 4155).
//!
//! Which field comes from which of its places is told in `fields.md`.
//!
//! MIME (RFC 2045 to 2049) is taken apart by mail-parser. Plain text counts, unless it is a stub
//! beside the HTML: "your program cannot show this message". Flowed text (RFC 3676) is joined, the
//! quotation marks of replies stay. What follows the line `-- ` is the signature, and what tells
//! how to unsubscribe is furniture. The messages of a digest and those that were forwarded as a
//! file stand in the article of the outer one, each under its subject.
//!
//! Text that a letter hides by its style is read too: the "preheader" of a newsletter.

mod body;
mod eml;
mod mbox;
mod message;

pub use eml::Mail;
pub use mbox::Mbox;
pub use message::{MAIL_DEPTH_MAX, MAIL_HEADER_LINES_MAX, MAIL_PARTS_MAX};
