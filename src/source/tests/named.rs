//! The people, organisations and places that publishers name beside the text.

use super::*;

/// What an article names: of what kind, how it is called, its code.
type Names<'a> = Vec<(&'a str, &'a str, &'a str)>;

fn named(article: &Article) -> Names<'_> {
    article.named.iter().map(|it| (it.kind.name(), it.name.as_str(), it.code.as_str())).collect()
}

/// A file in which a person, an organisation and a place are named, and their codes.
struct Naming {
    reader: &'static dyn Reader,
    file: &'static str,
    codes: [&'static str; 3],
}

const NAMINGS: &[Naming] = &[
    Naming {
        reader: &JsonLines,
        file: r#"{"text": "It rained.", "people": ["Hale, Ann"], "orgs": [{"name": "Bay Ferries", "id": 7}], "places": "Alder Bay"}"#,
        codes: ["", "", ""],
    },
    Naming {
        reader: &JsonDocument,
        file: r#"{"articles": [{"body_text": "It rained.",
            "person": [{"name": "Ann Hale", "scheme": "https://cv.example/person/", "code": "7", "rel": "about"}],
            "organisation": [{"name": "Bay Ferries", "scheme": "abp", "code": "BFY"}],
            "place": [{"name": "Alder Bay", "uri": "https://cv.example/place/3", "literal": "Alder Bay"}]}]}"#,
        codes: ["https://cv.example/person/7", "abp:BFY", "https://cv.example/place/3"],
    },
    Naming {
        reader: &Table,
        file: "text,Persons,Organizations,Places\nIt rained.,\"Hale, Ann\",Bay Ferries,Alder Bay\n",
        codes: ["", "", ""],
    },
    Naming {
        reader: &Markdown,
        file: "---\ntitle: Rain\npeople:\n  - Hale, Ann\norganisations: [Bay Ferries]\n\
            places: Alder Bay\n---\nIt rained.\n",
        codes: ["", "", ""],
    },
    Naming {
        reader: &NewsMlG2,
        file: "<newsItem guid='1' xml:lang='en'><contentMeta>\
            <subject type='cpnat:person' qcode='person:7'><name>Ann Hale</name></subject>\
            <subject type='cpnat:organisation' qcode='org:BFY'><name xml:lang='de'>Buchtfähren</name>\
            <name xml:lang='en-GB'>Bay Ferries</name></subject>\
            <subject type='cpnat:geoArea' qcode='place:3'/></contentMeta>\
            <assert qcode='place:3'><name>Alder Bay</name></assert>\
            <contentSet><inlineXML><p>It rained.</p></inlineXML></contentSet></newsItem>",
        codes: ["person:7", "org:BFY", "place:3"],
    },
    Naming {
        reader: &Reuters,
        file: "<REUTERS NEWID='1'><PLACES><D>Alder Bay</D></PLACES><PEOPLE><D>Ann Hale</D></PEOPLE>\
            <ORGS></ORGS><COMPANIES><D>Bay Ferries</D></COMPANIES><TEXT><BODY>It rained.</BODY></TEXT>\
            </REUTERS>",
        codes: [
            "reuters-people:Ann Hale",
            "reuters-companies:Bay Ferries",
            "reuters-places:Alder Bay",
        ],
    },
];

#[test]
fn every_format_that_can_names_a_person_an_organisation_and_a_place() {
    for Naming { reader, file, codes: [person, organisation, place] } in NAMINGS {
        let told = read_with(*reader, file.as_bytes(), "wire/rain");
        let name = reader.name();
        assert_eq!((told.reasons(), told.articles.len()), (Vec::new(), 1), "{name}");
        let article = &told.articles[0];
        let mut found = named(article);
        // Reuters has its places first.
        found.sort_by_key(|(kind, ..)| ["person", "org", "place"].iter().position(|it| it == kind));
        let want = [
            ("person", "Ann Hale", *person),
            ("org", "Bay Ferries", *organisation),
            ("place", "Alder Bay", *place),
        ];
        assert_eq!(found, want, "{name}");
        assert_eq!((article.subjects.len(), article.keywords.len()), (0, 0), "{name}");
        assert_eq!(printed(article), ["It rained."], "{name}");
    }
}

#[test]
fn keywords_of_the_new_york_times_say_what_they_are() {
    let article = record(&json!({
        "_id": "nyt://article/7",
        "headline": {"main": "Ferry strikes the pier", "kicker": null, "name": null},
        "byline": {"original": "By Ann Hale", "person": [{"firstname": "Ann"}]},
        "web_url": "https://courier.example/7",
        "pub_date": "2024-03-14T09:30:00+0000",
        "section_name": "Harbour",
        "lead_paragraph": "It rained.",
        "keywords": [
            {"name": "subject", "value": "Ferries", "rank": 1, "major": "N"},
            {"name": "persons", "value": "Ruiz, Tom B Jr", "rank": 2},
            {"name": "Organization", "value": "Bay Ferries", "rank": 3},
            {"name": "glocations", "value": "Alder Bay (Tarrow)", "rank": 4},
            {"name": "persons", "value": null},
            {"name": "creative_works", "value": "The Pier (Book)", "rank": 5},
            {"name": "boats"},
        ],
    }));
    assert_eq!(
        (article.headline.as_str(), &*article.byline),
        ("Ferry strikes the pier", "Ann Hale")
    );
    assert_eq!((&*article.section, &*article.url), ("Harbour", "https://courier.example/7"));
    assert_eq!(article.keywords, ["Ferries", "The Pier (Book)", "boats"]);
    assert_eq!(
        named(&article),
        [
            ("person", "Tom B Ruiz Jr", ""),
            ("org", "Bay Ferries", ""),
            ("place", "Alder Bay (Tarrow)", "")
        ]
    );
    let facets = record(&json!({
        "title": "Rain", "des_facet": ["Ferries"], "per_facet": ["Hale, Ann"], "org_facet": [],
        "geo_facet": ["Alder Bay"],
    }));
    assert_eq!(facets.keywords, ["Ferries"]);
    assert_eq!(named(&facets), [("person", "Ann Hale", ""), ("place", "Alder Bay", "")]);
}

#[test]
fn what_names_nobody_costs_no_article() {
    let values = [
        json!(7),
        json!(null),
        json!({"lat": 54.1, "lon": 10.2}),
        json!([1, 2]),
        json!("; "),
        json!(["54.1"]),
    ];
    for value in values {
        let article =
            record(&json!({"text": "It rained.", "people": value, "orgs": value, "places": value}));
        assert_eq!(named(&article), [], "{value}");
    }
}

#[test]
fn a_name_stands_once_and_so_many_are_kept() {
    let people: Vec<_> =
        (0..400).map(|it| format!("{}, Ann {}", "X".repeat(it / 20 + 1), it % 20)).collect();
    let article = record(&json!({"text": "It rained.", "people": people}));
    assert_eq!(article.named.len(), 256);
    let article =
        record(&json!({"text": "It rained.", "people": ["Hale, Ann", " Ann Hale", "Ann\nHale"]}));
    assert_eq!(named(&article), [("person", "Ann Hale", "")]);
}

#[test]
fn ninjs_of_every_version_names_with_codes() {
    let article = record(&json!({
        "body_text": "It rained.",
        "people": [
            {"names": [{"value": "Ann Hale"}], "uri": "https://cv.example/person/7"},
            {"literal": "Tom Ruiz"},
            {"rel": "about"},
        ],
        "place": [
            {"name": "Alder Bay", "scheme": "https://cv.example/id", "code": "3", "rels": ["direct"]},
            {"name": "Tarrow", "scheme": "https://cv.example/id", "code": "2", "rels": ["ancestor"]},
        ],
        "company": [{"name": "Bay Ferries", "code": 71}],
        "keywords": [{"name": "persons", "value": "Marlow, Kit"}, "ferry"],
    }));
    assert_eq!(
        named(&article),
        [
            ("person", "Kit Marlow", ""),
            ("person", "Ann Hale", "https://cv.example/person/7"),
            ("person", "Tom Ruiz", ""),
            ("org", "Bay Ferries", "71"),
            ("place", "Alder Bay", "https://cv.example/id/3"),
        ]
    );
    assert_eq!(article.keywords, ["ferry"]);
}

#[test]
fn concepts_of_g2_without_a_name_stay_subjects() {
    let subject = "<newsItem guid='1' xml:lang='de'><contentMeta>\
        <subject type='cpnat:person' qcode='person:7'/>\
        <subject type='cpnat:person' literal='Ann Hale'/>\
        <subject type='cpnat:poi' literal='ID0E4D'/>\
        <subject type='spcpnat:team' qcode='team:9'><name role='nrol:short' xml:lang='de'>ABR</name>\
        <name xml:lang='en'>Alder Bay Rowers</name></subject>\
        <subject type='cpnat:abstract' qcode='medtop:20000620'/></contentMeta>\
        <assert literal='ID0E4D'><name>The Pier</name></assert>\
        <assert qcode='medtop:20000620'><name>shipping</name></assert>\
        <contentSet><inlineXML><p>Es regnete.</p></inlineXML></contentSet></newsItem>";
    let told = read_with(&NewsMlG2, subject.as_bytes(), "wire/rain.xml");
    let article = &told.articles[0];
    assert_eq!(
        named(article),
        [
            ("person", "Ann Hale", ""),
            ("place", "The Pier", ""),
            ("org", "Alder Bay Rowers", "team:9")
        ]
    );
    let subjects: Vec<_> = article.subjects.iter().map(|it| (&*it.code, &*it.label)).collect();
    assert_eq!(subjects, [("person:7", ""), ("medtop:20000620", "shipping")]);
}
