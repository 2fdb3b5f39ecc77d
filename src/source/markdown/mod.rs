//! Markdown with front matter, as static sites are kept (Jekyll, Hugo, Zola, Eleventy), and
//! without.
//!
//! ```text
//! ---
//! title: Bridge closed for a year
//! author: [Ann Hale, Tom Ruiz]
//! date: 2024-03-14 09:30:00 +0100
//! ---
//!
//! ALDER BAY - The bridge at *Weir Street* was closed on [Thursday](/2024/03/14/).
//! ```
//!
//! Front matter is YAML between `---`, TOML between `+++`, or an object of JSON. Its keys are those
//! of the records of JSON; the table of the room has them. Keys within `params`, `extra` and
//! `taxonomies` count as if they stood outside.
//!
//! Which field comes from which of its places is told in `fields.md`.
//!
//! A `draft: true` or `published: false` is no article yet, and is named so.

mod front_matter;
mod reader;
mod text;
mod yaml;

pub use front_matter::{FRONT_MATTER_BYTES_MAX, FRONT_MATTER_DEPTH_MAX};
pub use reader::{MARKDOWN_BYTES_MAX, Markdown};
