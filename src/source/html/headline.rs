//! Which of its titles is the headline of a page.

use super::json_ld::{Said, same};
use super::meta::Meta;
use crate::source::normal::{Field, Record};

/// The signs with which a title is parted from the name of the site.
const SIGNS: &[&str] =
    &[" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " « ", " / ", "｜", "：", " : "];

/// The letters of a headline of the first order that is taken for one; a logo has fewer.
const CHARS_MIN: usize = 8;

/// Sets the headline of a page.
///
/// JSON-LD counts first, then Open Graph, then `<h1>`, then the title of the window. But what
/// stands over the article is what its readers know: where a `<h1>` says the same, cut less short
/// or without the name of the site behind it, it is the headline.
pub(super) fn fill(meta: &Meta, said: &Said, record: &mut Record<'static>) {
    let is_whole = |it: &String| !it.ends_with("...") && !it.ends_with('…');
    let told = [
        ("JSON-LD headline", said.text("headline").filter(is_whole)),
        ("meta og:title", meta.tag_of("og:title").map(str::to_owned)),
        ("meta twitter:title", meta.tag_of("twitter:title").map(str::to_owned)),
        ("JSON-LD name", said.text("name")),
        ("itemprop headline", meta.prop_of("headline").map(str::to_owned)),
        ("class entry-title", Some(meta.entry_title.clone())),
    ];
    let is_said = |it: &&String| it.chars().count() >= CHARS_MIN;
    let told =
        told.into_iter().find_map(|(from, it)| Some((from, it.filter(|it| !it.is_empty())?)));
    let (from, title) = match told {
        Some(told) => told,
        None => match (meta.h1s.iter().find(|it| same(it, &meta.title)), meta.h1s.as_slice()) {
            (Some(h1), _) => ("h1", h1.clone()),
            // The only one is the headline, unless it is the name of the site.
            (None, [h1]) if !h1.is_empty() && (meta.title.is_empty() || is_said(&h1)) => {
                ("h1", h1.clone())
            }
            _ => ("title", meta.title.clone()),
        },
    };
    let title = title.trim();
    match meta.h1s.iter().filter(is_said).find(|h1| is_same_title(h1, title)) {
        Some(h1) => record.set(Field::Headline, "h1", h1.clone()),
        None => record.set(Field::Headline, from, without_site(title, meta, from).to_owned()),
    }
}

/// Tells whether a `<h1>` is a title as it was meant: with no site behind it, or not cut short.
fn is_same_title(h1: &str, title: &str) -> bool {
    if !same(h1, title) {
        return false;
    }
    match title.strip_prefix(h1) {
        Some(rest) => {
            rest.is_empty()
                || SIGNS.iter().any(|sign| {
                    rest.starts_with(sign.trim_end()) || rest.trim_start().starts_with(sign.trim())
                })
        }
        None => true,
    }
}

/// Takes the name of the site off a title.
///
/// Of the title of a window the last part goes, whatever it is, if most of it is left; of other
/// titles only what is known for the name.
fn without_site<'a>(title: &'a str, meta: &Meta, from: &str) -> &'a str {
    let cut = SIGNS.iter().filter_map(|sign| Some((title.rfind(sign)?, sign.len()))).max();
    let Some((at, sign)) = cut else {
        return title;
    };
    let (before, after) = (title[..at].trim_end(), &title[at + sign..]);
    let site = meta.tag_of("og:site_name").unwrap_or_default();
    let is_site = !site.is_empty() && same(after, site);
    let is_tail = from == "title" && before.chars().count() >= 15 && before.len() > after.len();
    if is_site || is_tail { before } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(meta: Meta, want: &str) {
        let mut record = Record::default();
        fill(&meta, &Said::default(), &mut record);
        assert_eq!(record.text(Field::Headline), want);
    }

    fn titled(title: &str, h1s: &[&str]) -> Meta {
        let mut meta = Meta::default();
        meta.title = title.to_owned();
        meta.h1s = h1s.iter().map(|it| (*it).to_owned()).collect();
        meta
    }

    #[test]
    fn the_headline_is_what_stands_over_the_article() {
        check(
            titled(
                "Bridge over the Tarrow closed - The Courier",
                &["Bridge over the Tarrow closed"],
            ),
            "Bridge over the Tarrow closed",
        );
        check(
            titled(
                "Bridge over the Tarrow closed | News | Courier",
                &["Courier", "Bridge over the Tarrow closed"],
            ),
            "Bridge over the Tarrow closed",
        );
        check(
            titled("Bridge over the Tarrow closed - The Courier", &[]),
            "Bridge over the Tarrow closed",
        );
        check(titled("Bridge closed", &[]), "Bridge closed");
        check(titled("Ferry - late", &[]), "Ferry - late");
        check(titled("", &["Ferry"]), "Ferry");
        check(titled("", &[]), "");
    }
}
