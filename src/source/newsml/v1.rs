//! Files of NewsML 1.0 to 1.2.

use std::io;
use std::ops::ControlFlow;

use super::{is_withdrawn, v1_item};
use crate::source::normal::{Field, Record, Teller};
use crate::source::xml::{self, Told};
use crate::source::{Confidence, Each, Head, Input, Reader};

/// The elements that are records.
const RECORDS: &[&str] = &["NewsItem"];

/// Reads a file of NewsML 1.0 to 1.2: the items of a document.
///
/// An item within another ends that: the inner one is the news, the outer one its frame.
pub struct NewsMl;

impl Reader for NewsMl {
    fn name(&self) -> &'static str {
        "newsml"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match xml::root(head.text()).as_deref() {
            Some("NewsML" | "NewsItem") => Confidence::Certain,
            Some(_) if xml::begins_record(head.bytes(), RECORDS) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let nothing = |root: &str| match root {
            "NewsML" => "a NewsML document without an item".to_owned(),
            root => format!("no NewsML (root element '{root}')"),
        };
        xml::read(input, each, RECORDS, &nothing, &mut tell)
    }

    fn lead<'h>(&self, head: &'h [u8]) -> &'h [u8] {
        xml::lead(head, RECORDS)
    }
}

/// Tells what an item is.
fn tell(told: &Told<'_>, teller: &mut Teller<'_, '_>) -> ControlFlow<()> {
    let item = told.record;
    let mut record = Record::default();
    v1_item::fill(item, &mut record);
    let status = item.at("NewsManagement/Status").and_then(|it| it.attribute("FormalName"));
    if let Some(status) = status.filter(|it| is_withdrawn(it)) {
        record.withdraw(format!("Status {status}"));
        return told.article(record, teller);
    }
    if !record.has_body() && item.find("NewsItemRef").is_some() {
        return told.no_article("a NewsML package of references, no article", teller);
    }
    if !record.has_body() && !record.has(Field::Headline) {
        let kind = if item.at("TopicSet").is_some() { "topic set" } else { "item without text" };
        return told.no_article(format!("a NewsML {kind}, no article"), teller);
    }
    told.article(record, teller)
}
