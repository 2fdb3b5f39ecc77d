//! The collections of TREC and Reuters-21578.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Expected, Seen, check, names, read, samples};

const TWO_DOCS: &[Expected] = &[
    Expected {
        headline: "This is head",
        date: "",
        n_paragraphs: 1,
        begins: "very simple text",
        ends: "text",
    },
    Expected {
        headline: "HEAD",
        date: "",
        n_paragraphs: 1,
        begins: "simple enough text text",
        ends: "text",
    },
];

const JOURNAL: &[Expected] = &[Expected {
    headline: "head text",
    date: "2003-01-30",
    n_paragraphs: 1,
    begins: "content",
    ends: "content",
}];

const VARIANTS: &[Expected] = &[
    Expected {
        headline: "This is headline and should be included",
        date: "",
        n_paragraphs: 1,
        begins: "Hopefully we get this right",
        ends: "right",
    },
    Expected { headline: "", date: "", n_paragraphs: 1, begins: "here is", ends: "some text." },
];

#[test]
fn records_of_trec_are_read_as_a_person_reads_them() {
    let Some(samples) = samples() else {
        return;
    };
    for folder in ["anserini-samples/trec", "trec-sgml/anserini"] {
        let folder = samples.join(folder);
        for (file, expected) in [
            ("collection1/segment1.txt", VARIANTS),
            ("collection2/trec1", TWO_DOCS),
            ("collection2/trec2", JOURNAL),
            ("collection3/trec1", TWO_DOCS),
            ("collection3/trec2", JOURNAL),
        ] {
            let seen = read(&folder.join(file));
            assert_eq!((seen.articles.len(), &seen.malformed[..]), (expected.len(), &[][..]));
            for (article, expected) in seen.articles.iter().zip(expected) {
                check(article, expected);
            }
        }
    }
    let seen = read(&samples.join("trec-sgml/anserini/collection2/trec2"));
    let journal = &seen.articles[0];
    assert_eq!(
        (journal.id.as_str(), journal.source.as_str()),
        ("WSJ_1", "WALL STREET JOURNAL (J), PAGE -16")
    );
    let codes: Vec<&str> = journal.subjects.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["in:BAC", "ns:TNM"]);
    assert_eq!(
        names(journal),
        ["org Anserini Who", "place NORTH AMERICA", "place OHIO", "place UNITED STATES"]
    );
    let codes: Vec<&str> = journal.named.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["", "re:NME", "re:OH", "re:US"]);
}

#[test]
fn a_play_is_read_and_its_half_scene_told() {
    let Some(samples) = samples() else {
        return;
    };
    let seen = read(&samples.join("trec-sgml/shakespeare-merchant.head.trec"));
    let reasons: Vec<&str> = seen.malformed.iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(reasons, ["a record without its end, </DOC>"]);
    assert_eq!(seen.articles.len(), 1);
    check(
        &seen.articles[0],
        &Expected {
            headline: "THE MERCHANT OF VENICE",
            date: "",
            // The lines of the cast that are not blank.
            n_paragraphs: 35,
            begins: "DRAMATIS PERSONAE",
            ends: "THE MERCHANT OF VENICE",
        },
    );
}

#[test]
fn tags_of_the_clean_variant_part_paragraphs() {
    let Some(samples) = samples() else {
        return;
    };
    let seen = read(&samples.join("anserini-samples/clean_trec/collection1/segment1.txt"));
    assert_eq!((seen.articles.len(), seen.malformed.len()), (2, 0));
    check(
        &seen.articles[0],
        &Expected {
            headline: "",
            date: "",
            n_paragraphs: 2,
            begins: "here is a bit of text, and the",
            ends: "should not be removed.",
        },
    );
    check(&seen.articles[1], &VARIANTS[1]);
}

#[test]
fn pages_of_a_few_words_are_named() {
    let Some(samples) = samples() else {
        return;
    };
    let seen = read(&samples.join("anserini-samples/trecweb/collection1/segment1.txt"));
    let reasons: Vec<&str> = seen.malformed.iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(seen.articles.len(), 0);
    assert_eq!(reasons, ["a page that is no article: hardly any text"; 3]);
}

#[test]
fn the_first_records_of_reuters_are_read_as_a_person_reads_them() {
    let Some(samples) = samples() else {
        return;
    };
    let seen = read(&samples.join("reuters-sgml/reut2-000.head.sgm"));
    let reasons: Vec<&str> = seen.malformed.iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(reasons, ["a record without its end, </REUTERS>"]);
    let expected = [
        Expected {
            headline: "BAHIA COCOA REVIEW",
            date: "1987-02-26T15:01:01",
            n_paragraphs: 17,
            begins: "Showers continued throughout the week in the Bahia cocoa zone,",
            ends: "after carnival which ends midday on February 27.",
        },
        Expected {
            headline: "STANDARD OIL <SRD> TO FORM FINANCIAL UNIT",
            date: "1987-02-26T15:02:20",
            n_paragraphs: 3,
            begins: "Standard Oil Co and BP North America Inc said they plan",
            ends: "under the oversight of a joint management committee.",
        },
        Expected {
            headline: "TEXAS COMMERCE BANCSHARES <TCB> FILES PLAN",
            date: "1987-02-26T15:03:27",
            n_paragraphs: 2,
            begins: "Texas Commerce Bancshares Inc's Texas Commerce Bank-Houston said",
            ends: "and 7.5 billion dlrs in deposits.",
        },
    ];
    assert_eq!(seen.articles.len(), expected.len());
    for (article, expected) in seen.articles.iter().zip(&expected) {
        check(article, expected);
        assert_eq!(article.source, "Reuters");
    }
    let named: Vec<_> = seen.articles.iter().map(names).collect();
    assert_eq!(
        named,
        [&["place el-salvador", "place usa", "place uruguay"][..], &["place usa"], &["place usa"]]
    );
    assert_eq!(seen.articles[0].named[1].code, "reuters-places:usa");
    let places: Vec<_> = seen.articles.iter().map(|it| it.dateline.as_ref().unwrap()).collect();
    assert_eq!(
        places.iter().map(|it| it.place.as_str()).collect::<Vec<_>>(),
        ["SALVADOR", "CLEVELAND", "HOUSTON"]
    );
}

/// Reads all files of the collection.
fn collection(folder: &Path) -> Vec<Seen> {
    let files =
        (0..22).map(|idx| folder.join(format!("news/reuters21578/sgml/reut2-{idx:03}.sgm")));
    files.map(|file| read(&file)).collect()
}

/// What the README of the collection says of it, and what a count of its tags does: 21,578 records,
/// of which 19,043 have a `BODY`, 1,798 are a headline alone, and 737 were not parted. One of the
/// last is empty.
#[test]
fn every_record_of_reuters_is_an_article_or_a_reason() {
    let Some(samples) = samples() else {
        return;
    };
    let corpora = samples.join("..");
    let seen = collection(&corpora);
    let n_articles: usize = seen.iter().map(|it| it.articles.len()).sum();
    let n_malformed: usize = seen.iter().map(|it| it.malformed.len()).sum();
    assert_eq!(n_articles + n_malformed, 21_578);
    let reasons: Vec<String> = seen
        .iter()
        .flat_map(|it| &it.malformed)
        .map(|it| format!("{}: {}", it.origin.record, it.reason))
        .collect();
    // NEWID 12793: a text that was not parted, and nothing in it.
    assert_eq!(reasons, ["793: no headline and no body"]);
    let articles = || seen.iter().flat_map(|it| &it.articles);
    let n_headlines_alone = articles().filter(|it| it.body().next().is_none()).count();
    assert_eq!(n_headlines_alone, 1_798);
    let n_without = articles().filter(|it| it.headline.is_empty()).count();
    // Of the 737 that were not parted one is empty, and 481 begin with a headline.
    assert_eq!(n_without, 737 - 1 - 481);
    let undated: Vec<&str> =
        articles().filter(|it| it.date.is_none()).map(|it| it.id.as_str()).collect();
    assert_eq!(undated, ["reuters:17192"]);
    agree_with_the_judged(&corpora, &seen);
}

/// Holds headlines and texts against those that were taken from the same collection by others.
fn agree_with_the_judged(corpora: &Path, seen: &[Seen]) {
    let dense = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    let by_id: BTreeMap<String, _> =
        seen.iter().flat_map(|it| &it.articles).map(|it| (it.id.clone(), it)).collect();
    let judged = fs::read_to_string(corpora.join("judged/reuters/articles.jsonl")).unwrap();
    let (mut n_titles, mut n_bodies, mut n_all) = (0, 0, 0);
    for line in judged.lines() {
        let theirs: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| dense(theirs[key].as_str().unwrap_or_default());
        let ours = by_id[&format!("reuters:{}", theirs["id"].as_str().unwrap())];
        n_all += 1;
        n_titles += usize::from(text("title").is_empty() || text("title") == dense(&ours.headline));
        let body: String = ours.paragraphs.iter().map(|it| dense(&it.text)).collect();
        n_bodies += usize::from(text("body").ends_with(&body));
    }
    assert!(n_titles * 1000 >= n_all * 999, "{n_titles} of {n_all}");
    assert!(n_bodies * 100 >= n_all * 99, "{n_bodies} of {n_all}");
}
