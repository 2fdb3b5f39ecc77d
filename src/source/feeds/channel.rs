//! What a feed says of itself, before its first entry.

use std::borrow::Cow;

use super::entry::{authors, links, own, text_of};
use super::text;
use crate::source::xml::Element;

/// The length of a name; what is longer is a text that was never closed.
const NAME_BYTES_MAX: usize = 1024;

/// What the entries of a feed have in common. It is read once: a feed may have thousands of them.
#[derive(Debug, Default)]
pub(super) struct Channel {
    /// The name of the feed; may be empty.
    pub(super) title: String,
    /// Who writes it.
    pub(super) authors: Vec<String>,
    /// Its language, and where that is said.
    pub(super) language: Option<(&'static str, String)>,
    /// The address that its links begin at.
    pub(super) base: Option<String>,
}

impl Channel {
    /// Reads what stands before the first entry; the elements around that are not closed there.
    pub(super) fn of(lead: &Element<'_>) -> Self {
        let nothing = Element::default();
        let root = lead.elements().next().unwrap_or(&nothing);
        let channel = own(root, "channel").unwrap_or(root);
        let title = own(channel, "title").map(|it| text::line(it).into_owned());
        let declared = root.attribute("xml:base").map(Cow::into_owned);
        let linked = links(channel).map(|(_, url)| url).take_while(|it| is_name(it));
        Self {
            title: title.filter(|it| is_name(it)).unwrap_or_default(),
            authors: authors(channel, "author").filter(|it| is_name(it)).collect(),
            language: language(channel, root),
            base: declared.into_iter().chain(linked).find(|it| it.contains("://") && is_name(it)),
        }
    }
}

fn is_name(text: &str) -> bool {
    text.len() <= NAME_BYTES_MAX
}

fn language(channel: &Element<'_>, root: &Element<'_>) -> Option<(&'static str, String)> {
    let named = |name| own(channel, name).map(|it| (name, text_of(it)));
    let declared = |element: &Element<'_>| {
        element.attribute("xml:lang").map(|it| ("@xml:lang of the feed", it.into_owned()))
    };
    let found = [named("language"), named("dc:language"), declared(channel), declared(root)];
    found.into_iter().flatten().find(|(_, it)| !it.is_empty() && is_name(it))
}
