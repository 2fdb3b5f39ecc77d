//! SGML as the collections of news have it that research is done on: those of TREC, and
//! Reuters-21578.
//!
//! It is older than XML and less: tags are not always closed, attributes not always quoted, and
//! nothing declares what there is. Both formats are therefore read by their records, `<DOC>` to
//! `</DOC>` and `<REUTERS>` to `</REUTERS>`, and within these by the names of elements. A text
//! between records that is neither a tag nor a comment is told, and so is a record without end.
//!
//! # TREC
//!
//! The dialects of AP, the Wall Street Journal, the Financial Times, the Los Angeles Times, FBIS,
//! the Federal Register, AQUAINT, English Gigaword, NTCIR and trecweb. Names count in any case.
//!
//! | field | elements, the preferred first |
//! |---|---|
//! | id | `DOCNO`, `DOCID`, `<DOC id= docid= docno=>` |
//! | headline, subhead | `HEADLINE`, `HL`, `HEAD`, `TTL`, `TI`, `TITLE`, `DOCTITLE`, `H3`: the first two of them |
//! | byline | `BYLINE`, `AUTHOR`, `AU` |
//! | dateline | `DATELINE` |
//! | date | `DATE`, `DATE1`, `DD`, `DATE_TIME`, `DATETIME`, `PUBDATE`, else the day in the id |
//! | paragraphs | `LEADPARA`, `LP`, `ABSTRACT`, `TEXT`, `GRAPHIC`, `CORRECTION`, else what stands in no element of this table |
//! | source | `PUB`, `SO`, `SOURCE` |
//! | section | `SECTION`, `CATEGORY` |
//! | subjects | `SUBJECT`, `IN`, `NS`, `GV`, `RE`, `CO`, `DESCRIPT`, `TP`, `CN`: code `ns:TNM`, label |
//! | slug | `SLUG` |
//! | url, language | `URL`, `DOCHDR`; `LANGUAGE` |
//!
//! A date of numbers alone is that of American papers, the month first: all collections are that
//! have any. A record with a `DOCHDR` is a page of the web, and read as one.
//!
//! # Reuters-21578
//!
//! | field | where |
//! |---|---|
//! | id | `NEWID`: `reuters:1` |
//! | headline | `TITLE`; of a text that was not parted (`TYPE="UNPROC"`) the first line, where it stands in capitals over an indented one |
//! | byline, dateline, date | `AUTHOR`, `DATELINE`, `DATE` |
//! | paragraphs | `BODY`, or the text that was not parted |
//! | subjects | `D` in `TOPICS`, `PLACES`, `PEOPLE`, `ORGS`, `EXCHANGES`, `COMPANIES`: code `reuters-places:usa`, label `usa` |
//! | source | `Reuters` |
//!
//! Of `TYPE="BRIEF"` there is a headline only: `Blah blah blah.` stands in the collection where
//! there was nothing. What `UNKNOWN` and `MKNOTE` hold is of the wire, not of the article.

mod dates;
mod elements;
mod entities;
mod fields;
mod records;
mod reuters;
mod trec;
mod web;

pub use reuters::Reuters;
pub use trec::Trec;
