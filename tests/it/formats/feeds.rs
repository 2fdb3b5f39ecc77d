//! RSS, RDF and Atom.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Expected, check, read, samples};

/// Files of feeds that hold fewer articles than tags of items, and why.
const LESS: &[(&str, usize)] = &[
    // An item of nothing but a category.
    ("euc-kr-attribute.xml", 0),
    // It breaks off within its first text.
    ("rss_incomplete_cdata.xml", 0),
    // An item of nothing but a link.
    ("rss_item_link_corrupted_ampersands.xml", 0),
    // One of its items is of nothing but an id.
    ("no_encoding_ISO-8859-1.xml", 9),
];

/// Lists the files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|it| if it.is_dir() { files(&it) } else { vec![it] }).collect();
    files.sort();
    files
}

/// Counts the tags that begin an item.
fn n_tags(bytes: &[u8]) -> usize {
    let text: String = bytes.iter().filter(|it| **it != 0).map(|it| char::from(*it)).collect();
    let begins = |tag: &str| {
        let name = tag.split(['>', ' ', '\n', '\r', '\t', '/']).next().unwrap_or_default();
        matches!(name.rsplit(':').next(), Some("item" | "entry"))
    };
    text.split('<').skip(1).filter(|it| begins(it)).count()
}

#[test]
fn every_feed_gives_an_article_for_each_of_its_items() {
    let Some(samples) = samples() else {
        return;
    };
    let mut n_feeds = 0;
    for file in files(&samples.join("rss-atom")) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let seen = read(&file);
        if !seen.outcome.reader.starts_with("feed/") {
            continue;
        }
        n_feeds += 1;
        let less = LESS.iter().find(|(it, _)| *it == name).map(|(_, n)| *n);
        let want = less.unwrap_or_else(|| n_tags(&fs::read(&file).unwrap()));
        assert_eq!(seen.articles.len(), want, "{}: {:?}", file.display(), seen.malformed);
        if want == 0 {
            assert_eq!(seen.malformed.len(), 1, "{}", file.display());
        }
    }
    assert!(n_feeds > 80, "{n_feeds} feeds");
}

#[test]
fn items_are_read_as_people_read_them() {
    let Some(samples) = samples() else {
        return;
    };
    let folder = samples.join("rss-atom/feed-rs/feed-rs/fixture");
    for (file, source, byline, expected) in [
        (
            "atom/atom_example_1.xml",
            "dive into mark",
            "Mark Pilgrim",
            Expected {
                headline: "Atom draft-07 snapshot",
                date: "2003-12-13T08:29:29-04:00",
                n_paragraphs: 1,
                begins: "[Update: The Atom draft is finished.]",
                ends: "finished.]",
            },
        ),
        (
            "rss1/rss_1.0_example_1.xml",
            "Feed title",
            "記事1の作者名",
            Expected {
                headline: "記事1のタイトル",
                date: "2017-06-13T09:00:00",
                n_paragraphs: 1,
                begins: "記事1の内容",
                ends: "記事1の内容",
            },
        ),
        (
            "rss2/rss_2.0_example_1.xml",
            "RSS Title",
            "",
            Expected {
                headline: "Example entry",
                date: "2009-09-06T16:20:00",
                n_paragraphs: 1,
                begins: "Here is some text",
                ends: "an interesting description.",
            },
        ),
    ] {
        let seen = read(&folder.join(file));
        let article = &seen.articles[0];
        check(article, &expected);
        assert_eq!((article.source.as_str(), article.byline.as_str()), (source, byline), "{file}");
    }
}
