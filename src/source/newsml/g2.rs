//! Files of NewsML-G2.

use std::io;
use std::ops::ControlFlow;

use super::{g2_item, is_withdrawn};
use crate::source::normal::{Field, Record, Teller};
use crate::source::xml::{self, Told};
use crate::source::{Confidence, Each, Head, Input, Reader};

/// The elements that are records, the ones of news first.
const RECORDS: &[&str] =
    &["newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"];

/// Reads a file of NewsML-G2: an item, or several in a message or in whatever frame.
pub struct NewsMlG2;

impl Reader for NewsMlG2 {
    fn name(&self) -> &'static str {
        "newsml-g2"
    }

    fn version(&self) -> u32 {
        3
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match xml::root(head.text()).as_deref() {
            Some("newsMessage") => Confidence::Certain,
            Some(root) if RECORDS.contains(&root) => Confidence::Certain,
            // Items of an export stand in a frame of its own.
            Some(_) if xml::begins_record(head.bytes(), RECORDS) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let nothing = |root: &str| match root {
            "newsMessage" => "a NewsML-G2 message without an item".to_owned(),
            root => format!("no NewsML-G2 (root element '{root}')"),
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
    match item.local() {
        "newsItem" => (),
        "packageItem" => {
            let reason = "a NewsML-G2 package of references, no article";
            return told.no_article(reason, teller);
        }
        other => {
            let kind = other.trim_end_matches("Item");
            return told.no_article(format!("a NewsML-G2 {kind} item, no article"), teller);
        }
    }
    let mut record = Record::default();
    g2_item::fill(item, &mut record);
    let status = item.at("itemMeta/pubStatus");
    let status = status.and_then(|it| it.attribute("qcode").or_else(|| it.attribute("literal")));
    if let Some(status) = status.filter(|it| is_withdrawn(it)) {
        record.withdraw(format!("pubStatus {status}"));
        return told.article(record, teller);
    }
    if !record.has(Field::Headline) && !record.has_body() {
        let class = item.at("itemMeta/itemClass").and_then(|it| it.attribute("qcode"));
        let kind = class.as_deref().and_then(|it| it.rsplit(':').next()).unwrap_or("news");
        return told
            .no_article(format!("a NewsML-G2 {kind} item without text, no article"), teller);
    }
    told.article(record, teller)
}
