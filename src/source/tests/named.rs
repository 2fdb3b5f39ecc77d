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
        reader: &NewsMl,
        file: "<NewsML><NewsItem xml:lang='en'><NewsComponent><TopicSet>\
            <Topic Duid='t1'><TopicType FormalName='Person'/><FormalName Scheme='abp'>7</FormalName>\
            <Description Variant='Name'>Ann Hale</Description></Topic>\
            <Topic Duid='t2'><TopicType FormalName='Company'/><FormalName>BFY</FormalName>\
            <Description Variant='Name' xml:lang='de'>Buchtfähren</Description>\
            <Description Variant='Name' xml:lang='en'>Bay Ferries</Description></Topic></TopicSet>\
            <DescriptiveMetadata><TopicOccurrence Topic='#t1'/><TopicOccurrence Topic='#t2'/>\
            <TopicOccurrence Topic='#t9'/>\
            <Location HowPresent='Event'><Property FormalName='Country' Value='TRW'/>\
            <Property FormalName='City' Value='Alder Bay'/></Location>\
            <Location HowPresent='Origin'><Property FormalName='City' Value='Port Elsmere'/></Location>\
            </DescriptiveMetadata><ContentItem><DataContent><p>It rained.</p></DataContent>\
            </ContentItem></NewsComponent></NewsItem></NewsML>",
        codes: ["abp:7", "BFY", ""],
    },
    Naming {
        reader: &Nitf,
        file: "<nitf><head><docdata><identified-content>\
            <person idsrc='abp' value='7'>Hale, Ann<function>mayor</function></person>\
            <org><alt-code idsrc='abp' value='BFY'/>Bay Ferries</org>\
            <location><city city-code='3' code-source='abp'>Alder Bay</city>,\n\
            <country>Tarrow</country></location></identified-content></docdata></head>\
            <body><body.content><p>It rained.</p></body.content></body></nitf>",
        codes: ["abp:7", "abp:BFY", "abp:3"],
    },
    Naming {
        reader: &Feeds,
        file: "<rss version='2.0'><channel><item><guid>1</guid><description>It rained.</description>\
            <category domain='http://www.nytimes.com/namespaces/keywords/nyt_per'>Hale, Ann</category>\
            <category domain='organization'>Bay Ferries</category>\
            <georss:featurename>Alder Bay</georss:featurename></item></channel></rss>",
        codes: ["", "", ""],
    },
    Naming {
        reader: &Html,
        file: "<!DOCTYPE html><html><head><title>Rain</title><script type='application/ld+json'>\
            {\"@type\": \"NewsArticle\", \"headline\": \"Rain\",\
            \"about\": {\"@type\": \"Person\", \"name\": \"Ann Hale\", \"@id\": \"#hale\"},\
            \"mentions\": [{\"@type\": [\"Thing\", \"SportsOrganization\"], \"name\": \"Bay Ferries\",\
            \"sameAs\": [\"https://ferries.example\", \"https://www.wikidata.org/wiki/Q7\"]},\
            {\"@type\": \"Event\", \"name\": \"The Regatta\"}],\
            \"contentLocation\": {\"@type\": \"City\", \"name\": \"Alder Bay\",\
            \"@id\": \"https://cv.example/3\"}}</script></head><body><p>It rained.</p></body></html>",
        codes: ["", "https://www.wikidata.org/wiki/Q7", "https://cv.example/3"],
    },
    Naming {
        reader: &Trec,
        file: "<DOC>\n<DOCNO>AB-1</DOCNO>\n<TEXT>\nIt rained.\n</TEXT>\n<XX>\nCompanies:-\n</XX>\n\
            <CO>Bay Ferries.\n</CO>\n<CN>ABZ  Alder Bay, Tarrow.\n</CN>\n<PE>Hale, Ann\n</PE>\n</DOC>",
        codes: ["", "", "cn:ABZ"],
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

/// The formats that have no place for whom and what an article names, and those that hold pages.
const NAMELESS: [&str; 5] = ["text", "mail", "mbox", "warc", "arc"];

#[test]
fn no_format_is_left_out() {
    for reader in readers() {
        let has_sample = NAMINGS.iter().any(|it| it.reader.name() == reader.name());
        assert_ne!(has_sample, NAMELESS.contains(&reader.name()), "{}", reader.name());
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
    let places = json!([{"name": "Alder Bay"}, {"lat": 54.1}, 7, ["Tarrow"], "Port Elsmere"]);
    let article = record(&json!({"text": "It rained.", "places": places}));
    assert_eq!(named(&article), [("place", "Alder Bay", ""), ("place", "Port Elsmere", "")]);
    let told = jsonl(r#"{"text": "It rained.", "tags": ["ferry", 7]}"#);
    assert_eq!(told.reasons(), ["wire/a.jsonl:1: 'tags' is an array with a number in it"]);
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

#[test]
fn names_that_nitf_marks_in_a_text_are_read() {
    let story = "<nitf><body><body.head><dateline><location>Port Elsmere</location></dateline>\
        <byline><person>Tom Ruiz</person></byline></body.head>\
        <body.content><p><person><name.given>Ann</name.given> <name.family>Hale</name.family></person>\
        of <em><org idsrc='abp' value='BFY'>Bay Ferries</org></em> left\
        <location>the pier of <city>Alder Bay</city></location> on <org>Marlow's</org> boat, as did\
        <person>Ann Hale's</person> and <person>Kit Marlow’s</person> crews.</p></body.content></body></nitf>";
    let told = read_with(&Nitf, story.as_bytes(), "wire/rain.xml");
    let article = &told.articles[0];
    assert_eq!(
        named(article),
        [
            ("person", "Ann Hale", ""),
            ("org", "Bay Ferries", "abp:BFY"),
            ("place", "the pier of Alder Bay", ""),
            ("org", "Marlow's", ""),
            ("person", "Kit Marlow", "")
        ]
    );
    assert_eq!(article.byline, "Tom Ruiz");
}

#[test]
fn categories_are_what_their_vocabulary_says() {
    let entry = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>Rain</title>\
        <category scheme='https://courier.example/tags/places/' term='alder-bay' label='Alder Bay'/>\
        <category scheme='https://courier.example/people' term='People'/>\
        <category scheme='https://courier.example/topic' term='Weather'/></entry></feed>";
    let told = read_with(&Feeds, entry.as_bytes(), "feed.xml");
    assert_eq!(named(&told.articles[0]), [("place", "Alder Bay", "")]);
    assert_eq!(told.articles[0].keywords, ["People", "Weather"]);
}

#[test]
fn what_a_page_is_about_and_no_name_is_its_subject() {
    let page = "<!DOCTYPE html><html><head><title>Rain</title><script type='application/ld+json'>\
        {\"@type\": \"NewsArticle\", \"headline\": \"Rain\", \"about\": [\"Weather\",\
        {\"@type\": \"Thing\", \"name\": \"Umbrellas\"}, {\"@type\": \"Person\"},\
        {\"@type\": \"Corporation\", \"@id\": \"https://ferries.example\"}], \"mentions\": 7}\
        </script></head><body><p>It rained all day.</p></body></html>";
    let told = read_with(&Html, page.as_bytes(), "rain.html");
    let labels: Vec<_> = told.articles[0].subjects.iter().map(|it| &*it.label).collect();
    assert_eq!((labels, named(&told.articles[0])), (vec!["Weather", "Umbrellas"], Vec::new()));
}
