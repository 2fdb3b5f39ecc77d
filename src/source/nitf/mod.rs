//! NITF, the News Industry Text Format of the IPTC: one story an element.
//!
//! Versions 2.5 to 3.6 are read alike, with or without a namespace, and in the dialects of
//! agencies and of the New York Times Annotated Corpus.
//!
//! | field | where it stands, the first place first |
//! |---|---|
//! | id | `docdata/doc-id@id-string` |
//! | version | `docdata/du-key@version` |
//! | headline | `hedline/hl1`, `head/title` |
//! | subhead | `hedline/hl2`, unless it says the headline again |
//! | byline | `byline` without its `byttl`, and not one that was made for an index |
//! | dateline | `dateline/location`, the text of `dateline` |
//! | date | `docdata/date.release@norm` of what was embargoed, `date.issue@norm`, `story.date@norm`, `pubdata@date.publication`, `date.release@norm`, `meta` of year, month and day |
//! | source | `pubdata@name`, `distributor`, `doc.copyright@holder` |
//! | section | `pubdata@position.section`, `meta` `online_sections`, `dsk` |
//! | slug | `meta` `slug`, `anpa-keyword` |
//! | keywords | `key-list/keyword@key`, `classifier` of type `descriptor` |
//! | subjects | `tobject.subject`: the number, as `subj:` of the IPTC where nobody else is named, and the finest word |
//! | language | `@baselang`, `@xml:lang` |
//! | url | `pubdata@ex-ref` |
//! | paragraphs | `body.content`, of which the block `full_text` stands for all; `body.end/tagline`; where there is neither, `abstract` |
//!
//! `docdata@management-status` `canceled`, `killed` or `withheld` withdraws the story, and
//! `@management-idref-status` that of `@management-doc-idref`.

mod content;
mod reader;

pub(super) use content::fill_within;
pub use reader::Nitf;
