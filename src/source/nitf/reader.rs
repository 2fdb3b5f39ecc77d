//! Files of NITF.

use std::io;
use std::ops::ControlFlow;

use super::content::{self, attribute};
use crate::source::normal::{Field, Record, Teller};
use crate::source::xml::{self, Told};
use crate::source::{Confidence, Each, Head, Input, Reader};

/// The elements that are records.
const RECORDS: &[&str] = &["nitf"];

/// What a status says that withdraws a story.
const WITHDRAWN: &[&str] = &["canceled", "cancelled", "killed", "withheld"];

/// Reads a file of NITF: one story, or several one after another or in whatever frame.
pub struct Nitf;

impl Reader for Nitf {
    fn name(&self) -> &'static str {
        "nitf"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match xml::root(head.text()).as_deref() {
            Some("nitf") => Confidence::Certain,
            // Stories of an export stand in a frame of its own.
            Some(_) if xml::begins_record(head.bytes(), RECORDS) => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let nothing = |root: &str| format!("no NITF (root element '{root}')");
        xml::read(input, each, RECORDS, &nothing, &mut tell)
    }

    fn lead<'h>(&self, head: &'h [u8]) -> &'h [u8] {
        xml::lead(head, RECORDS)
    }
}

/// Tells what is in a story, and of which other it says that it is withdrawn.
fn tell(told: &Told<'_>, teller: &mut Teller<'_, '_>) -> ControlFlow<()> {
    let status = |name| attribute(told.record, "head/docdata", name).unwrap_or_default();
    let other = status("management-doc-idref");
    let other_status = status("management-idref-status");
    if is_withdrawn(&other_status) && !other.trim().is_empty() {
        let mut record = Record::default();
        record.set(Field::Id, "docdata@management-doc-idref", other);
        record.withdraw(format!("management-idref-status {other_status}"));
        told.article(record, teller)?;
    }
    let mut record = Record::default();
    content::fill(told.record, &mut record);
    let status = status("management-status");
    if is_withdrawn(&status) {
        record.withdraw(format!("management-status {status}"));
    }
    told.article(record, teller)
}

fn is_withdrawn(status: &str) -> bool {
    WITHDRAWN.iter().any(|it| it.eq_ignore_ascii_case(status.trim()))
}
