//! WARC and ARC.

use super::{Expected, check, read, samples};

/// The page that all crawls fetch first, but for the day.
const EXAMPLE: Expected = Expected {
    headline: "Example Domain",
    date: "2014-02-16",
    n_paragraphs: 2,
    begins: "This domain is established",
    ends: "More information...",
};

#[test]
fn a_crawl_of_one_page_is_one_article() {
    let Some(samples) = samples() else {
        return;
    };
    for (file, date) in [
        ("example.arc", "2014-02-16"),
        ("example.warc", "2017-03-06"),
        ("example.warc.gz", "2017-03-06"),
    ] {
        let seen = read(&samples.join("warc").join(file));
        assert_eq!((seen.articles.len(), seen.malformed.len()), (1, 0), "{file}");
        check(&seen.articles[0], &Expected { date, ..EXAMPLE });
    }
}
