//! Markdown with front matter.

use super::{Expected, check, read, samples};

#[test]
fn pages_of_a_static_site_are_read_with_their_front_matter() {
    let Some(samples) = samples() else {
        return;
    };
    for (file, byline, expected) in [
        (
            "1997-03-31-international-trade.md",
            "Jennifer McNulty",
            Expected {
                headline: "Economist Lori Kletzer Explores Link Between International Trade And \
                           U.S. Jobs",
                date: "1997-03-31",
                n_paragraphs: 16,
                begins: "For years, union organizers and labor activists",
                ends: "Source",
            },
        ),
        (
            "1999-02-08-bodyimage.md",
            "Jennifer McNulty",
            Expected {
                headline: "UCSC Women's Center events",
                date: "1999-02-08",
                n_paragraphs: 11,
                begins: "Body Image Is The Focus Of Events At The UCSC Women's Center",
                ends: "Source",
            },
        ),
        (
            "1999-06-07-commencement99.md",
            "Francine Tyler",
            Expected {
                headline: "UCSC's Commencement Ceremonies Begin Friday, June 11",
                date: "1999-06-07",
                n_paragraphs: 15,
                begins: "SANTA CRUZ, CA--UC Santa Cruz's class of 1999",
                ends: "Source",
            },
        ),
    ] {
        let seen = read(&samples.join("markdown-frontmatter").join(file));
        assert_eq!((seen.articles.len(), seen.malformed.len()), (1, 0), "{file}");
        assert_eq!(seen.outcome.reader, "markdown/2");
        assert_eq!(seen.articles[0].byline, byline);
        check(&seen.articles[0], &expected);
    }
}
