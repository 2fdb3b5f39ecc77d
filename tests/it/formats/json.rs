//! JSON documents, ninjs and JSON Feed.

use super::{Expected, check, names, read, samples};

/// The story of a captain, which the IPTC tells in every version of ninjs.
const CAPTAIN: Expected = Expected {
    headline: "Captain of wrecked cruise ship on trial in Italy",
    date: "2013-07-09T10:37:00Z",
    n_paragraphs: 4,
    begins: "GROSSETO, Italy (AP) -- The trial of the captain",
    ends: "Schettino has denied wrongdoing.",
};

const OIL: Expected = Expected {
    headline: "Oil prices edge up on first drop in US drilling in months",
    date: "2017-07-03T01:38:13Z",
    n_paragraphs: 8,
    begins: "Oil prices edged up on Monday",
    ends: "like Saudi Arabia to restrict supplies.",
};

const DERBY: Expected = Expected {
    headline: "Faktencheck Derby-Elfmeter: Hat Schiedsrichter Zwayer recht?",
    date: "2019-05-10T16:02:28+02:00",
    n_paragraphs: 9,
    begins: "Für Lucien Favre war es",
    ends: "Auslegung der Bestimmungen kommen.",
};

const GOOGLE: Expected = Expected {
    headline: "Google har kjøpt giganttomt i Skien",
    date: "2019-08-09T09:30:04Z",
    n_paragraphs: 1,
    begins: "IT-giganten Google har kjøpt en tomt",
    ends: "flere datasentre i Europa.",
};

const EXERCISE: Expected = Expected {
    headline: "Militärövning i jätteformat hålls 2023",
    date: "2021-05-26T13:40:18+02:00",
    n_paragraphs: 6,
    begins: "Militärövning i jätteformat hålls 2023",
    ends: "internationella partners som deltar.",
};

const SUPPLIER: Expected = Expected {
    headline: "Cambrios被Gartner評選為「最酷供應商」",
    date: "2013-06-05T21:00:00Z",
    n_paragraphs: 1,
    begins: "(美國商業資訊)--",
    ends: "(Cool Vendor)。",
};

/// What a caption says of a picture.
const MUSEUM: Expected = Expected {
    headline: "German Air Force Museum",
    date: "2017-08-18T02:57:43Z",
    n_paragraphs: 1,
    begins: "German Air Force Museum",
    ends: "German Air Force Museum",
};

#[test]
fn every_version_of_ninjs_is_read() {
    let Some(samples) = samples() else {
        return;
    };
    for (file, expected) in [
        ("iptc/examples/1.4/ninjsExSimpleText1.json", &CAPTAIN),
        ("iptc/examples/1.4/ninjsExMediumText1.json", &CAPTAIN),
        ("iptc/examples/1.4/businesswire-newsml-20130605006126.json", &SUPPLIER),
        ("iptc/examples/2.1/ninjsExSimpleText_2.json", &CAPTAIN),
        ("iptc/examples/2.1/businesswire-newsml-20130605006126.json", &SUPPLIER),
        ("iptc/examples/2.1/dpa_text.json", &DERBY),
        ("iptc/examples/2.1/ntb_text.json", &GOOGLE),
        ("iptc/examples/2.1/tt_text_image_2.json", &EXERCISE),
        ("iptc/examples/3.0/ninjsExSimpleText_3.json", &CAPTAIN),
        ("iptc/examples/3.0/businesswire-newsml-20130605006126.json", &SUPPLIER),
        ("iptc/examples/3.0/dpa_text.json", &DERBY),
        ("iptc/examples/3.0/ntb_text.json", &GOOGLE),
        ("iptc/examples/3.0/tt_text_image_3.json", &EXERCISE),
        ("ninjsExSimpleText1.json", &CAPTAIN),
        ("ninjsExMediumText1.json", &CAPTAIN),
        ("ninjs2.json", &OIL),
        ("ninjs3.json", &MUSEUM),
        ("ninjs5.json", &OIL),
        ("ninjs6.json", &MUSEUM),
    ] {
        let seen = read(&samples.join("ninjs").join(file));
        assert_eq!((seen.articles.len(), &seen.malformed[..]), (1, &[][..]), "{file}");
        check(&seen.articles[0], expected);
    }
}

#[test]
fn agencies_name_people_organisations_and_places_in_ninjs() {
    let Some(samples) = samples() else {
        return;
    };
    let captain = &[
        "person Francesco Schettino",
        "org Costa Crociere SpA",
        "place Grossetto",
        "place Tuscany",
        "place Italy",
    ][..];
    let exercise =
        &["person Jonas Svensson", "org Aurora", "place Sverige", "place Gotland", "place Finland"];
    // California, the United States and North America only lie around San Diego.
    let pageant = &[
        "person Ariane Bellamar",
        "place San Diego",
        "place Wisconsin",
        "place Pittsburgh",
        "place Los Angeles",
    ];
    for (file, named) in [
        ("iptc/examples/1.4/ninjsExMediumText1.json", captain),
        ("iptc/examples/2.1/tt_text_image_2.json", exercise),
        ("iptc/examples/3.0/tt_text_image_3.json", exercise),
        ("iptc/examples/3.0/ntb_text.json", &["place Telemark"]),
        ("ap_media_text_item.json", pageant),
    ] {
        let seen = read(&samples.join("ninjs").join(file));
        assert_eq!(names(&seen.articles[0]), named, "{file}");
    }
    let seen = read(&samples.join("ninjs/ninjsExMediumText1.json"));
    let codes: Vec<_> = seen.articles[0].named.iter().map(|it| it.code.as_str()).collect();
    let country = "http://cvx.iptc.org/iso3166-1a2/it";
    assert_eq!(codes, ["http://www.freebase.com/m/0hzcydt", "", "", "", country]);
}

#[test]
fn what_agencies_put_around_ninjs_is_passed_over() {
    let Some(samples) = samples() else {
        return;
    };
    let article = |file: &str| {
        let seen = read(&samples.join("ninjs").join(file));
        assert_eq!((seen.articles.len(), &seen.malformed[..]), (1, &[][..]), "{file}");
        seen.articles.into_iter().next().unwrap()
    };
    // Its text lies elsewhere.
    let agency = article("ap_media_text_item.json");
    assert_eq!(agency.id, "5ee9b4b40ea5fe9c9ca60f890fb2e1d9");
    assert_eq!((agency.headline.as_str(), agency.paragraphs.len()), ("BC-BBN--Top Ten", 0));
    let listed = article("bbc-ninjs-text-test.json");
    let expected = Expected {
        headline: "advisory",
        date: "2018-05-28T16:40:08",
        n_paragraphs: 1,
        begins: "body",
        ends: "body",
    };
    check(&listed, &expected);
    assert_eq!(listed.byline, "John Doe");
    let short = article("ninjs1.json");
    assert_eq!((short.version, short.language.as_str()), (2, "fr"));
    assert_eq!(short.subjects[0].code, "subj:01000000");
    let dateline = short.dateline.unwrap();
    assert_eq!(dateline.place, "Milton Keynes");
    let nitf = "iptc/examples/3.0/20231008-anti-doping-measures-at-the-tour-down-under-will-be-the-toughest-ever-addb-ninjs-nitf.json";
    let nitf = article(nitf);
    assert_eq!(
        nitf.headline,
        "Anti-doping measures at the 'Tour Down Under' will be the toughest ever"
    );
    assert!(nitf.body().count() >= 10);
    let dog = article("ninjs4.json");
    assert_eq!((dog.keywords.len(), dog.body().count()), (11, 9));
}

#[test]
fn each_item_of_a_json_feed_is_an_article() {
    let Some(samples) = samples() else {
        return;
    };
    let folder = samples.join("rss-atom/feed-rs/feed-rs/fixture/jsonfeed");
    for (file, n_items, source, headline) in [
        (
            "jsonfeed_elastic_1.1.json",
            3,
            "Blog – InfluxData",
            "InfluxDB vs. Graphite for Time Series Data & Metrics Benchmark",
        ),
        ("jsonfeed_example_1.json", 2, "Daring Fireball", "How Jeff Bezos’s iPhone X Was Hacked"),
        ("jsonfeed_spec_1.json", 1, "JSON Feed", "Announcing JSON Feed"),
    ] {
        let seen = read(&folder.join(file));
        assert_eq!((seen.articles.len(), seen.malformed.len()), (n_items, 0), "{file}");
        assert_eq!(seen.articles[0].headline, headline);
        assert_eq!(seen.articles[0].source, source);
        assert!(seen.articles[0].date.is_some());
    }
    // What another program made of these feeds is JSON too, and holds no text where a text is.
    let seen = read(&folder.join("jsonfeed_spec_1.serde.json"));
    assert_eq!((seen.articles.len(), seen.malformed.len()), (0, 1));
}

#[test]
fn the_lists_of_the_washington_post_are_put_together() {
    let Some(samples) = samples() else {
        return;
    };
    let folder = samples.join("anserini-samples/washingtonpost");
    let seen = read(&folder.join("collection1/articles.jl"));
    assert_eq!((seen.articles.len(), seen.malformed.len()), (2, 0));
    let expected = Expected {
        headline: "Controlled exposure to light can ease jet lag’s effects before and after a trip",
        date: "2013-01-01T00:13:01Z",
        n_paragraphs: 5,
        begins: "Using light to help reset",
        ends: "during the evening hours.",
    };
    check(&seen.articles[0], &expected);
    assert_eq!(seen.articles[0].section, "National");
    assert_eq!(seen.articles[1].date.unwrap().moment.to_string(), "2018-01-02T03:50:08Z");
    assert_eq!(seen.articles[1].body().count(), 3);
    assert_eq!(read(&folder.join("collection2/articles.jl")).articles.len(), 4);
}
