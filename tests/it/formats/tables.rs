//! CSV and TSV.

use std::ops::ControlFlow;

use dateline::source::{Event, Input, Reader, Settings, Table};

use super::{Expected, check, read, samples};

/// What a person reads in the five articles of one table.
const WIKINEWS: [Expected; 5] = [
    Expected {
        headline: "Magnitogorsk apartment building collapses after explosion, dozens dead",
        date: "2019-01-04",
        n_paragraphs: 13,
        begins: "Friday, January 4, 2019",
        ends: "the officers claimed to be seeking a bomb.",
    },
    Expected {
        headline: "Nancy Pelosi again elected Speaker as 116th U.S. Congress sworn in",
        date: "2019-01-04",
        n_paragraphs: 11,
        begins: "Friday, January 4, 2019",
        ends: "replaced during every federal election.",
    },
    Expected {
        headline: "Escape room fire kills five teen girls in Koszalin, Poland",
        date: "2019-01-05",
        n_paragraphs: 6,
        begins: "Saturday, January 5, 2019",
        ends: "has declared tomorrow a day of mourning.",
    },
    Expected {
        headline: "Florida highway pileup, fire kills five children, two truck drivers",
        date: "2019-01-05",
        n_paragraphs: 9,
        begins: "Saturday, January 5, 2019",
        ends: "if this resource is operating 24/7 as it usually does.",
    },
    Expected {
        headline: "Senator Ted Cruz proposes amendment to U.S. Constitution setting Congressional term limits",
        date: "2019-01-06",
        n_paragraphs: 8,
        begins: "Sunday, January 6, 2019",
        ends: "legal limit on presidential terms was passed in 1947.",
    },
];

#[test]
fn a_table_with_names_of_columns_is_read_as_a_person_reads_it() {
    let Some(samples) = samples() else {
        return;
    };
    let seen = read(&samples.join("csv/wikinews_2019_first5.csv"));
    assert_eq!((seen.articles.len(), seen.malformed.len()), (5, 0));
    for (article, expected) in seen.articles.iter().zip(&WIKINEWS) {
        check(article, expected);
        assert!(article.url.starts_with("https://en.wikinews.org//wiki/"));
    }
}

#[test]
fn a_table_without_names_is_read_once_its_columns_are_configured() {
    let Some(samples) = samples() else {
        return;
    };
    let file = samples.join("csv/agnews_first11_noheader.csv");
    let seen = read(&file);
    assert_eq!(seen.articles.len(), 0);
    assert_eq!(seen.malformed[0].reason, "a table without a column of text");
    let columns = [("headline", "2"), ("body", "3")].map(|(it, at)| (it.to_owned(), at.to_owned()));
    let settings = Settings { columns: columns.into(), ..Settings::default() };
    let bytes = std::fs::read(&file).unwrap();
    let mut articles = Vec::new();
    let stream = &mut bytes.as_slice();
    let input = Input {
        shown: "a.csv",
        below: "a.csv",
        mtime_ns: None,
        settings: &settings,
        known: None,
        stream,
    };
    let outcome = Table.read(input, &mut |event| {
        match event {
            Event::Article(article) => articles.push(*article),
            event => panic!("{event:?}"),
        }
        ControlFlow::Continue(())
    });
    assert!(outcome.is_ok());
    assert_eq!(articles.len(), 11);
    check(
        &articles[0],
        &Expected {
            headline: "Fears for T N pension after talks",
            date: "",
            n_paragraphs: 1,
            begins: "Unions representing workers at Turner",
            ends: "stricken parent firm Federal Mogul.",
        },
    );
    let last = &articles[10];
    assert_eq!(last.headline, "Group to Propose New High-Speed Wireless Format");
    assert_eq!(last.dateline.as_ref().unwrap().place, "LOS ANGELES");
}

#[test]
fn tables_of_other_things_are_named() {
    let Some(samples) = samples() else {
        return;
    };
    let corpora = samples.join("..");
    for file in [
        "judged/reuters/topics/topics.tsv",
        "judged/time/topics.tsv",
        "judged/cran/topics.tsv",
        "vocab/countries.tsv",
        "vocab/cities15000.tsv",
        "vocab/mediatopics.tsv",
        "news/re3d/entities.tsv",
        "news/gum_news/entities.tsv",
        "ner/gaz.tsv",
    ] {
        let seen = read(&corpora.join(file));
        let reasons: Vec<&str> = seen.malformed.iter().map(|it| it.reason.as_str()).collect();
        assert_eq!(
            (seen.articles.len(), reasons),
            (0, vec!["a table without a column of text"]),
            "{file}"
        );
    }
}
