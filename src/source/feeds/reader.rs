//! Files that are feeds.

use std::cell::OnceCell;
use std::io;

use super::channel::Channel;
use super::entry;
use crate::source::xml::{self, Told};
use crate::source::{Confidence, Each, Head, Input, Reader};

/// The elements that are records.
const ENTRIES: &[&str] = &["item", "entry"];

/// What an RDF document names that is a feed; others are vocabularies and catalogues.
const RDF_FEEDS: &[&str] = &["purl.org/rss/", "my.netscape.com/rdf", "<channel"];

/// Reads a feed, or an entry of Atom that stands alone.
///
/// Entries are counted from 1; `Origin::span` is an entry with its two tags. One of them is held at
/// a time. A feed without entries is named as such.
pub struct Feeds;

impl Reader for Feeds {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn version(&self) -> u32 {
        2
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        let says = |words: &[&str]| words.iter().any(|it| head.text().contains(it));
        let is_feed = match xml::root(head.text()).as_deref() {
            Some("rss" | "feed") => true,
            Some("RDF") => says(RDF_FEEDS),
            Some("entry") => says(&["www.w3.org/2005/Atom", "purl.org/atom/ns"]),
            _ => false,
        };
        if is_feed { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: Input<'_>, each: &mut Each<'_>) -> io::Result<()> {
        let channel = OnceCell::new();
        let nothing = |root: &str| format!("a feed without entries ({root}), no article");
        xml::read(input, each, ENTRIES, &nothing, &mut |told: &Told<'_>, teller| {
            let channel = channel.get_or_init(|| Channel::of(told.lead));
            told.article(entry::record(told.record, channel), teller)
        })
    }

    fn lead<'h>(&self, head: &'h [u8]) -> &'h [u8] {
        xml::lead(head, ENTRIES)
    }
}
