//! RSS, RDF and Atom, feed by feed.

use super::{Expected, check, read, samples};

/// A file below the samples of feeds, how many entries it has, and the headline and the date of the
/// first.
type Row = (&'static str, usize, &'static str, &'static str);

const FIXTURES: &str = "feed-rs/feed-rs/fixture";

const ATOM: &[Row] = &[
    ("atom_content_src", 1, "X.509 Certificates", "2024-03-08"),
    ("atom_entry_1", 1, "Specifications", "2009-08-31"),
    ("atom_example_1", 1, "Atom draft-07 snapshot", "2003-12-13T08:29:29-04:00"),
    (
        "atom_example_2",
        2,
        "Will someone plz dump our shizz on the Moon, NASA begs as one of the space biz vendors drops out",
        "2019-07-31T11:54:28Z",
    ),
    (
        "atom_example_3",
        1,
        "Time to Transfer Risk: Why Security Complexity & VPNs Are No Longer Sustainable",
        "2019-07-30T16:00:00Z",
    ),
    ("atom_example_4", 1, "Connection with future", "2019-07-17"),
    ("atom_example_5", 1, "M 3.6 - 15km W of Petrolia, CA", "2019-07-31T13:07:31Z"),
    ("atom_example_6", 4, "0.2.0", "2020-01-19T16:08:59+11:00"),
    ("atom_example_7", 1, "High resolution wheel scrolling in the desktop stack", "2020-04-04"),
    (
        "atom_example_reddit",
        1,
        "Hey Rustaceans! Got an easy question? Ask here (21/2020)!",
        "2020-05-18",
    ),
    ("atom_mediarss_newscred_1", 1, "The Day Off: Tampa", "2019-04-05T21:04:40"),
    (
        "atom_mediarss_reddit_1",
        25,
        "Any reason to keep 1G connections to my servers?",
        "2023-07-23T17:38:30",
    ),
    ("atom_mediarss_youtube_1", 1, "Navigating with Quantum Entanglement", "2020-12-22"),
    ("atom_pub_spec_1", 1, "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z"),
    ("atom_relative", 1, "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z"),
    (
        "atom_scattered",
        1,
        "0042: consulting lessons, there are no strings on me, buttondown, focus goof, jsfuck, 1ml",
        "2023-12-01",
    ),
    ("atom_spec_1", 1, "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z"),
    ("atom_xml_base", 1, "my cool entry title", "2022-04-21"),
];

const RSS_0: &[Row] = &[
    ("rss_0.91_encoding_1", 1, "bash - Expansão de Parâmetros", ""),
    (
        "rss_0.91_encoding_2",
        1,
        "13/08/2020 21:27 - Comitê completa 150 dias de atuação na prevenção contra o novo Coronavírus",
        "",
    ),
    (
        "rss_0.91_missing_id",
        1,
        "Oferta de Empleo Público // 3 PROFESOR/A TÉCNICO/A (INGENIE. TÉC. FORESTAL) 17/17",
        "",
    ),
    ("rss_0.91_spec_1", 2, "Giving the world a pluggable Gnutella", ""),
    ("rss_0.92_spec_1", 3, "", ""),
];

const RDF: &[Row] = &[
    (
        "rss_1.0_biorxiv",
        1,
        "Complete genome of the Medicago anthracnose fungus, Colletotrichum destructivum, reveals a mini-chromosome-like region within a core chromosome.",
        "2023-12-16",
    ),
    ("rss_1.0_example_1", 2, "記事1のタイトル", "2017-06-13T09:00:00"),
    (
        "rss_1.0_example_2",
        1,
        "Dave Airlie (blogspot): DirectX on Linux - what it is/isn't",
        "2020-05-20T00:01:59",
    ),
    (
        "rss_1.0_iso8859",
        1,
        "Digitalministerium: Neue Glasfaserförderung mit Schnellkasse",
        "2023-01-25T19:03:02+01:00",
    ),
    ("rss_1.0_spec_1", 2, "Processing Inclusions with XSLT", ""),
    ("rss_1.0_spec_2", 1, "XML: A Disruptive Technology", ""),
];

const RSS_2: &[Row] = &[
    ("rss_2.0_anchorfm", 1, "Advocating for our children", "2023-02-08T20:34:49"),
    ("rss_2.0_bbc", 1, "Marcus Aurelius", "2021-02-25T10:15:00"),
    (
        "rss_2.0_ch9",
        1,
        "Troubleshoot AKS cluster issues with AKS Diagnostics and AKS Periscope",
        "2021-02-26T20:00:00",
    ),
    (
        "rss_2.0_cloudflare",
        1,
        "Privacy-Preserving Compromised Credential Checking",
        "2021-10-14T12:59:53",
    ),
    (
        "rss_2.0_dbengines",
        1,
        "Snowflake is the DBMS of the Year 2022, defending the title from last year",
        "2023-01-03T15:00:00Z",
    ),
    (
        "rss_2.0_element_io",
        1,
        "Simpler plans for Element, on-premise and cloud!",
        "2021-10-11T16:02:29",
    ),
    (
        "rss_2.0_encoding_1",
        1,
        "Revolução nas telas com pontos quânticos impressos em 3D",
        "2020-08-13T06:57:55-03:00",
    ),
    ("rss_2.0_example_1", 1, "Example entry", "2009-09-06T16:20:00"),
    (
        "rss_2.0_example_2",
        1,
        "NASA Television to Broadcast Space Station Departure of Cygnus Cargo Ship",
        "2019-08-01T16:15:00-04:00",
    ),
    (
        "rss_2.0_example_3",
        1,
        "How a Historian Uncovered Ronald Reagan’s Racist Remarks to Richard Nixon",
        "2019-08-02T15:35:34",
    ),
    (
        "rss_2.0_example_4",
        1,
        "Minor earthquake, 3.5 mag was detected near Aris in Greece",
        "2019-08-06T05:01:15",
    ),
    (
        "rss_2.0_example_5",
        1,
        "Apple isn’t the most cash-rich company in the world anymore, but it doesn’t matter",
        "2019-08-05T23:11:09",
    ),
    ("rss_2.0_example_6", 1, "Vitalina Varela - Trailer", "2020-02-06T00:00:00-08:00"),
    ("rss_2.0_ghost_1", 1, "", ""),
    ("rss_2.0_ghost_2", 1, "Send emails without publishing", "2021-10-11T18:11:15"),
    ("rss_2.0_heated", 1, "A conversation about Keystone XL", "2021-02-03T12:00:47"),
    (
        "rss_2.0_ilgiornale",
        1,
        "Arrestato in Pakistan Shabbar Abbas. In Italia è accusato per l'omicidio di Saman",
        "2022-11-15T20:15:04Z",
    ),
    (
        "rss_2.0_ilmessaggero",
        1,
        "Missili Polonia, cosa è successo? Tensione Nato-Russia, Mosca: non siamo stati noi",
        "2022-11-16T00:38:15+01:00",
    ),
    ("rss_2.0_kdist", 1, "5.7-rc4: mainline", "2020-05-03T21:56:15"),
    ("rss_2.0_matrix", 1, "This Week in Matrix 2022-09-23", "2022-09-23"),
    (
        "rss_2.0_nbcny",
        1,
        "NYC cops search for stabbing suspect after leaving 18-year-old to bleed out on sidewalk",
        "2023-12-16T14:02:33",
    ),
    ("rss_2.0_nightvale", 1, "221 - The Glow Cloud, Explained", "2023-02-01T05:00:00"),
    ("rss_2.0_reddit", 1, "Announcing FeedMail", "2021-11-02T00:46:08"),
    ("rss_2.0_relurl_1", 2, "Pareto-optimal compression", "2021-03-02T23:39:15+01:00"),
    ("rss_2.0_relurl_2", 1, "An item with a relative enclosure URL", "2021-03-17T18:14:23"),
    ("rss_2.0_rps", 1, "The Sunday Papers", "2021-08-22T10:00:00"),
    ("rss_2.0_spec_1", 2, "", "2002-09-29T19:59:01"),
    (
        "rss_2.0_spiegel",
        1,
        "07.02. – die Wochenvorschau: Lockdown-Verlängerung, Kriegsverbrecher vor Gericht, Super Bowl, Karneval",
        "2021-02-06T23:01:00",
    ),
    (
        "rss_2.0_spreaker",
        1,
        "Lwowska Fala odc. 78 Wrzesień 1939 | Radio Katowice",
        "2021-09-06T08:11:31",
    ),
    (
        "rss_2.0_vimeo_media",
        1,
        "Oregon Harvest Update and Fall Release Date Set",
        "2024-09-27T12:29:11-04:00",
    ),
    (
        "rss_2.0_wirecutter",
        1,
        "How to Teach Someone a Board Game (and Even Have Fun Doing It)",
        "2022-09-20T11:00:17",
    ),
];

const OTHERS: &[Row] = &[
    ("feedparser/encoding/euc-kr-item.xml", 1, "", ""),
    ("feedparser/wellformed/atom10/entry_content_value.xml", 1, "", ""),
    ("feedparser/wellformed/rss/item_description.xml", 1, "", ""),
    ("miniflux/internal/reader/encoding/testdata/invalid-prolog.xml", 1, "Café", ""),
    ("miniflux/internal/reader/encoding/testdata/utf8-incorrect-prolog.xml", 1, "Café", ""),
    ("miniflux/internal/reader/encoding/testdata/utf8.xml", 1, "Café", ""),
    (
        "miniflux/internal/reader/encoding/testdata/koi8r.xml",
        2,
        "Первая новость",
        "2026-02-15T10:00:00",
    ),
    ("miniflux/internal/reader/xml/testdata/koi8r.xml", 2, "Первая новость", "2026-02-15T10:00:00"),
    (
        "miniflux/internal/reader/parser/testdata/encoding_ISO-8859-1.xml",
        40,
        "Red Dead Redemption 2: Hinweise auf PC-Umsetzung in App von Rockstar Games",
        "2018-10-28T13:48:00+01:00",
    ),
    (
        "miniflux/internal/reader/parser/testdata/encoding_WINDOWS-1251.xml",
        50,
        "Цитата #17703",
        "2018-03-21T10:27:32+03:00",
    ),
    (
        "miniflux/internal/reader/parser/testdata/large_atom.xml",
        25,
        "Using vale with vim",
        "2024-03-10T17:15:00+01:00",
    ),
    (
        "miniflux/internal/reader/parser/testdata/large_rss.xml",
        25,
        "Using vale with vim",
        "2024-03-10T17:15:00+01:00",
    ),
    (
        "miniflux/internal/reader/parser/testdata/rdf_UTF8.xml",
        60,
        "OLED-TVs: Vorsichtsmaßnahmen gegen Einbrennen",
        "",
    ),
    (
        "miniflux/internal/reader/parser/testdata/small_atom.xml",
        20,
        "Parse podcast categories",
        "2024-03-12T05:30:27Z",
    ),
    (
        "miniflux/internal/reader/parser/testdata/urdu_UTF8.xml",
        26,
        "امریکی عسکری امداد کی بندش کی وجوہات: انڈیا سے جنگ، جوہری پروگرام اور اب دہشت گردوں کی پشت پناہی",
        "2018-01-05T16:51:00",
    ),
    ("trafilatura/feed1.atom", 2, "Atom-Powered Robots Run Amok", "2003-12-13T18:30:02Z"),
    ("trafilatura/feed2.rss", 1, "Example entry", "2009-09-06T16:20:00"),
];

/// Feeds that hold no entry.
const WITHOUT: &[&str] = &[
    "feed-rs/feed-rs/fixture/rss2/rss_2.0_invalid_1.xml",
    "feedparser/encoding/big5.xml",
    "feedparser/encoding/euc-kr.xml",
    "miniflux/internal/reader/encoding/testdata/iso-8859-1.xml",
    "miniflux/internal/reader/encoding/testdata/windows-1252.xml",
    "miniflux/internal/reader/encoding/testdata/windows-1252-incorrect-prolog.xml",
];

/// Entries that hold nothing to be read: a picture, a link, a headline of which nothing is there.
const EMPTY: &[&str] = &[
    "feedparser/encoding/euc-kr-attribute.xml",
    "feedparser/illformed/rss_incomplete_cdata.xml",
    "feedparser/illformed/rss_item_link_corrupted_ampersands.xml",
];

#[test]
fn every_entry_of_every_feed_is_read() {
    let Some(samples) = samples() else {
        return;
    };
    let folders = [("atom", ATOM), ("rss0", RSS_0), ("rss1", RDF), ("rss2", RSS_2)];
    let fixtures = folders.iter().flat_map(|(folder, rows)| {
        rows.iter().map(move |row| (format!("{FIXTURES}/{folder}/{}.xml", row.0), row))
    });
    let others = OTHERS.iter().map(|row| (row.0.to_owned(), row));
    let mut faults = Vec::new();
    for (file, (_, n_entries, headline, date)) in fixtures.chain(others) {
        let seen = read(&samples.join("rss-atom").join(&file));
        let first = seen.articles.first().cloned().unwrap_or_default();
        let printed = first.date.map(|it| it.moment.to_string()).unwrap_or_default();
        let is_dated = printed.starts_with(date) && printed.is_empty() == date.is_empty();
        let is_whole = seen.articles.len() == *n_entries && seen.malformed.is_empty();
        if !is_whole || first.headline != *headline || !is_dated {
            let n_articles = seen.articles.len();
            let malformed = seen.malformed;
            faults
                .push(format!("{file}: {n_articles} '{}' {printed} {malformed:?}", first.headline));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn feeds_and_entries_without_anything_to_read_are_named() {
    let Some(samples) = samples() else {
        return;
    };
    let wanted = WITHOUT.iter().map(|it| (it, "a feed without entries"));
    for (file, want) in wanted.chain(EMPTY.iter().map(|it| (it, "no headline and no body"))) {
        let seen = read(&samples.join("rss-atom").join(file));
        let reasons: Vec<&str> = seen.malformed.iter().map(|it| it.reason.as_str()).collect();
        assert_eq!((seen.articles.len(), reasons.len()), (0, 1), "{file}: {reasons:?}");
        assert!(reasons[0].contains(want), "{file}: {reasons:?}");
    }
}

#[test]
fn an_empty_item_among_others_is_told_with_its_place() {
    let Some(samples) = samples() else {
        return;
    };
    let file = "rss-atom/miniflux/internal/reader/parser/testdata/no_encoding_ISO-8859-1.xml";
    let seen = read(&samples.join(file));
    let empty: Vec<_> = seen.malformed.iter().map(|it| it.origin.record).collect();
    assert_eq!((seen.articles.len(), empty), (9, vec![4]));
    let headline = "Perturbateurs endocriniens : quels effets sur le cerveau ?";
    assert_eq!(seen.articles[0].headline, headline);
    assert!(seen.articles.iter().all(|it| it.date.is_some()));
}

/// The first entry of a feed, as a person reads it: its file, who wrote it and who published it.
const DETAILS: &[(&str, &str, &str, Expected)] = &[
    (
        "atom/atom_example_2",
        "Richard Speed",
        "The Register - Science",
        Expected {
            headline: ATOM[3].2,
            date: "2019-07-31T11:54:28Z",
            n_paragraphs: 2,
            begins: "OrbitBeyond begone: Getting to the Moon is hard",
            ends: "dumping plans for a 2020 lunar landing.…",
        },
    ),
    (
        "atom/atom_example_1",
        "Mark Pilgrim",
        "dive into mark",
        Expected {
            headline: "Atom draft-07 snapshot",
            date: "2003-12-13T08:29:29-04:00",
            n_paragraphs: 1,
            begins: "[Update: The Atom draft",
            ends: "is finished.]",
        },
    ),
    (
        "atom/atom_content_src",
        "elly",
        "~elly/blog",
        Expected {
            headline: "X.509 Certificates",
            date: "2024-03-08",
            n_paragraphs: 1,
            begins: "How do X.509 certificates",
            ends: "actually inside them?",
        },
    ),
    (
        "atom/atom_mediarss_youtube_1",
        "PBS Space Time",
        "PBS Space Time",
        Expected {
            headline: "Navigating with Quantum Entanglement",
            date: "2020-12-22T19:15:01",
            n_paragraphs: 1,
            begins: "Check Out Weathered on PBS Terra",
            ends: "&ab_channel=PBSTerra",
        },
    ),
    (
        "atom/atom_entry_1",
        "S. A. Khuba",
        "",
        Expected {
            headline: "Specifications",
            date: "2009-08-31T18:55:12Z",
            n_paragraphs: 1,
            begins: "1) Pixels 12.3 million",
            ends: "Approx. 840 g",
        },
    ),
    (
        "rss0/rss_0.91_encoding_2",
        "",
        "Tribunal de Justiça do Estado do Rio Grande do Sul",
        Expected {
            headline: RSS_0[1].2,
            date: "",
            n_paragraphs: 1,
            begins: "Comitê completa 150 dias",
            ends: "no ambiente de trabal...",
        },
    ),
    (
        "rss0/rss_0.91_missing_id",
        "",
        "",
        Expected {
            headline: RSS_0[2].2,
            date: "",
            n_paragraphs: 1,
            begins: "Publicado el 14-05-2021 resultado",
            ends: "Descárguelo aquí",
        },
    ),
    (
        "rss0/rss_0.92_spec_1",
        "",
        "Scripting News",
        Expected {
            headline: "",
            date: "",
            n_paragraphs: 1,
            begins: "Kevin Drennan started a Grateful Dead Weblog.",
            ends: "A Frontier 7 feature.",
        },
    ),
    (
        "rss1/rss_1.0_iso8859",
        "Achim Sawall",
        "",
        Expected {
            headline: RDF[3].2,
            date: "2023-01-25T19:03:02+01:00",
            n_paragraphs: 1,
            begins: "Ab April soll es wieder Förderung",
            ends: "(Infrastruktur, Glasfaser)",
        },
    ),
    (
        "rss1/rss_1.0_example_1",
        "記事1の作者名",
        "",
        Expected {
            headline: "記事1のタイトル",
            date: "2017-06-13T09:00:00",
            n_paragraphs: 1,
            begins: "記事1の内容",
            ends: "記事1の内容",
        },
    ),
    (
        "rss2/rss_2.0_example_2",
        "",
        "NASA Breaking News",
        Expected {
            headline: RSS_2[8].2,
            date: "2019-08-01T16:15:00-04:00",
            n_paragraphs: 1,
            begins: "More than three months after",
            ends: "laboratory Tuesday, Aug. 6.",
        },
    ),
    (
        "rss2/rss_2.0_example_3",
        "Isaac Chotiner",
        "Condé Nast",
        Expected {
            headline: RSS_2[9].2,
            date: "2019-08-02T15:35:34",
            n_paragraphs: 1,
            begins: "Isaac Chotiner talks with",
            ends: "luridly racist terms.",
        },
    ),
    (
        "rss2/rss_2.0_example_6",
        "",
        "",
        Expected {
            headline: "Vitalina Varela - Trailer",
            date: "2020-02-06T00:00:00-08:00",
            n_paragraphs: 1,
            begins: "A film of deeply concentrated beauty",
            ends: "visually ravishing masterpiece.",
        },
    ),
    (
        "rss2/rss_2.0_encoding_1",
        "",
        "",
        Expected {
            headline: RSS_2[6].2,
            date: "2020-08-13T06:57:55-03:00",
            n_paragraphs: 1,
            begins: "A nova tecnologia permitiu",
            ends: "que têm 100 PPI.",
        },
    ),
    (
        "rss2/rss_2.0_ilgiornale",
        "Angela Leucci",
        "",
        Expected {
            headline: RSS_2[16].2,
            date: "2022-11-15T20:15:04Z",
            n_paragraphs: 1,
            begins: "È stato arrestato in Pakistan",
            ends: "di un presunto delitto d'onore",
        },
    ),
    (
        "rss2/rss_2.0_ilmessaggero",
        "",
        "",
        Expected {
            headline: RSS_2[17].2,
            date: "2022-11-16T00:38:15+01:00",
            n_paragraphs: 1,
            begins: "Non sono ancora le 16",
            ends: "polacco, al limite...",
        },
    ),
    (
        "rss2/rss_2.0_dbengines",
        "Matthias Gelbmann, Paul Andlinger",
        "",
        Expected {
            headline: RSS_2[4].2,
            date: "2023-01-03T15:00:00Z",
            n_paragraphs: 1,
            begins: "Snowflake is the database management system",
            ends: "DBMS of the Year 2022.",
        },
    ),
    (
        "rss2/rss_2.0_example_4",
        "admin",
        "",
        Expected {
            headline: RSS_2[10].2,
            date: "2019-08-06T05:01:15",
            n_paragraphs: 1,
            begins: "A minor earthquake with magnitude 3.5 (ml/mb) was detected",
            ends: "37.102° North.",
        },
    ),
    (
        "rss2/rss_2.0_ghost_1",
        "",
        "",
        Expected { headline: "", date: "", n_paragraphs: 1, begins: "Example", ends: "Example" },
    ),
    (
        "rss2/rss_2.0_matrix",
        "",
        "matrix.org",
        Expected {
            headline: "This Week in Matrix 2022-09-23",
            date: "2022-09-23",
            n_paragraphs: 1,
            begins: "Matrix Live Dept of Social Good",
            ends: "conducting Human-Computer…",
        },
    ),
];

#[test]
fn entries_are_read_as_a_person_reads_them() {
    let Some(samples) = samples() else {
        return;
    };
    for (file, byline, source, expected) in DETAILS {
        let seen = read(&samples.join(format!("rss-atom/{FIXTURES}/{file}.xml")));
        let article = &seen.articles[0];
        check(article, expected);
        assert_eq!(article.byline, *byline, "{file}: the byline");
        assert!(source.is_empty() || article.source == *source, "{file}: {}", article.source);
    }
}
