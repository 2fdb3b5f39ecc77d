//! The XML of news agencies: NITF, NewsML-G2, NewsML 1.2.

use dateline::article::Class;

use super::{Expected, check, names, read, samples};

/// Reads a file of one article, by its place among the samples, and holds it against what is
/// expected.
#[track_caller]
fn check_one(file: &str, expected: &Expected) {
    let Some(samples) = samples() else {
        return;
    };
    let seen = read(&samples.join(file));
    assert_eq!((seen.articles.len(), &seen.malformed[..]), (1, &[][..]), "{file}");
    check(&seen.articles[0], expected);
}

#[test]
fn stories_in_nitf_are_read_as_a_person_reads_them() {
    check_one(
        "nitf/aap-finance.xml",
        &Expected {
            headline: "ASIA:Samsung sells defence, petrochemical units",
            date: "2014-11-26T15:27:03",
            n_paragraphs: 14,
            begins: "SEOUL, Nov 26 AFP - Samsung has announced the sale of stakes in four",
            ends: "AFP sn",
        },
    );
    check_one(
        "nitf/aap.xml",
        &Expected {
            headline: "The main stories on today's 1900 ABC TV news",
            date: "2013-10-20T19:27:51",
            n_paragraphs: 13,
            begins: "The main stories on ABC television's 1900 news:",
            ends: "AAP RTV ar",
        },
    );
    check_one(
        "nitf/ap-nitf.xml",
        &Expected {
            headline: "Can trading pollution like stocks help fight climate change?",
            date: "2015-12-10T19:10:44",
            n_paragraphs: 28,
            begins: "NEW YORK (AP) — The gas produced by hog manure",
            ends: "http://www.bigstory.ap.org/content/bernard-condon .",
        },
    );
    check_one(
        "nitf/ap_media_text_nitf.xml",
        &Expected {
            headline: "BC-BBN--Top Ten",
            date: "2019-07-03T04:05:12",
            n_paragraphs: 21,
            begins: "BC-BBN--Top Ten",
            ends: "Colorado, 8-3; Scherzer, Washington, 8-5.",
        },
    );
    check_one(
        "nitf/efe_nitf.xml",
        &Expected {
            headline: "Honduran president announces Cabinet changes",
            date: "2017-01-02T22:28",
            n_paragraphs: 1,
            begins: "Tegucigalpa, Jan 2 (EFE).- Test body.",
            ends: "Test body.",
        },
    );
    check_one(
        "nitf/nitf-ntb.xml",
        &Expected {
            headline: "Faktisk.no: Nei, dette dokumentet beskriver ikke FNs Agenda 21 eller Agenda 2030",
            date: "2020-09-07T14:45:26",
            n_paragraphs: 54,
            begins: "Nei, dette dokumentet beskriver ikke FNs Agenda 21 eller Agenda 2030",
            ends: "Embed (liten):",
        },
    );
    check_one(
        "nitf/nyt-annotated-style/collection1/segment1.xml",
        &Expected {
            headline: "Article Title",
            date: "2007-02-01",
            n_paragraphs: 2,
            begins: "First paragraph.",
            ends: "Second paragraph.",
        },
    );
}

#[test]
fn stories_of_the_press_association_are_read_as_a_person_reads_them() {
    check_one(
        "nitf/pa1.xml",
        &Expected {
            headline: "PA SPORT TRIVIA (OCTOBER 14)",
            date: "2015-10-14T04:30:01",
            n_paragraphs: 42,
            begins: "ON THIS DAY IN SPORT",
            ends: "4. Oslo; 5. Barry Manilow.",
        },
    );
    check_one(
        "nitf/pa2.xml",
        &Expected {
            headline: "1 SOCCER INT-Teams",
            date: "2015-10-14T02:43:58",
            n_paragraphs: 4,
            begins: "International Match Mexico v Panama",
            ends: "Davis, Blackburn, Pinzon, Buitrago, Calderon.",
        },
    );
    check_one(
        "nitf/pa3.xml",
        &Expected {
            headline: "UK BREAK-UP 'NOT INCONCEIVABLE', FIRST MINISTER WARNS AHEAD OF BREXIT TALKS",
            date: "2016-09-09T00:01",
            n_paragraphs: 1,
            begins: "The UK risks breaking up unless",
            ends: "role in the Brexit negotiations",
        },
    );
    check_one(
        "nitf/pa4.xml",
        &Expected {
            headline: "GREAT BRITISH BAKE OFF COOKS UP TOP FIVE MOST-WATCHED SHOWS OF 2016",
            date: "2016-10-03T15:22:57",
            n_paragraphs: 20,
            begins: "The Great British Bake Off has made a clean sweep",
            ends: "Talent (ITV) April 30: 11.87 million",
        },
    );
    check_one(
        "nitf/pa5.xml",
        &Expected {
            headline: "HARD BREXIT TO COST UK UP TO £66BN A YEAR, SAYS TREASURY",
            date: "2016-10-11T00:13:27",
            n_paragraphs: 18,
            begins: "Treasury coffers will take a £66 billion annual hit",
            ends: "how we control immigration.\"",
        },
    );
}

#[test]
fn a_story_in_nitf_that_is_canceled_is_no_article() {
    let Some(samples) = samples() else {
        return;
    };
    let seen = read(&samples.join("nitf/nitf-fishing.xml"));
    assert_eq!((&seen.articles[..], &seen.malformed[..]), (&[][..], &[][..]));
    let ids: Vec<&str> = seen.withdrawn.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["iptc.321656141.a", "iptc.321656141.b"]);
}

#[test]
fn items_in_newsml_g2_are_read_as_a_person_reads_them() {
    check_one(
        "newsml-g2/ansa-newsmlg2-text.xml",
        &Expected {
            headline: "Catalan independence declaration unacceptable - Alfano",
            date: "2017-10-11T10:41",
            n_paragraphs: 4,
            begins: "(ANSA) - Rome, October 11 - Italian Foreign Minister Angelino Alfano",
            ends: "halted implementation to allow for negotiations.",
        },
    );
    check_one(
        "newsml-g2/dpa.xml",
        &Expected {
            headline: "Eintracht in London: Hintereggers Tränen und Attacke auf Reporter",
            date: "2022-10-11T11:14:42",
            n_paragraphs: 3,
            begins: "London (dpa) - 2019 gab es bittere Tränen in der Kurve",
            ends: "zog ins Endspiel ein.",
        },
    );
    check_one(
        "newsml-g2/dpa-sample.xml",
        &Expected {
            headline: "Berliner Polizei landet größten Marihuana-Einzelfund seit Jahrzehnten",
            date: "2017-06-29T16:38:36",
            n_paragraphs: 4,
            begins: "Berlin (dpa) - Der Polizei in Berlin ist ein großer Schlag",
            ends: "eine so große Menge an Drogen verwalte.",
        },
    );
    check_one(
        "newsml-g2/stt_newsml_test.xml",
        &Expected {
            headline: "Parliament passed the Alcohol Act and the government gained confidence\
                *** TRANSLATED ***",
            date: "2017-12-19T10:33:04",
            n_paragraphs: 40,
            begins: "*** DISCLAIMER: THIS IS AN AUTOMATED TRANSLATION FROM FINNISH ***",
            ends: "Rinne sanoi tiedotteessaan heti äänestyksen jälkeen.",
        },
    );
    check_one(
        "newsml-g2/tag_reuters.com_2014_newsml_KBN0FL0ZP_version_2",
        &Expected {
            headline: "Syria's Assad says foreign states will pay for supporting 'terrorism'",
            date: "2014-07-16T10:35:57",
            n_paragraphs: 3,
            begins: "BEIRUT (Reuters) - President Bashar al-Assad",
            ends: "has killed at least 170,000 people.",
        },
    );
}

#[test]
fn the_examples_of_the_iptc_are_read_as_a_person_reads_them() {
    let bubble = "Fed to halt QE to avert \"bubble\"";
    check_one(
        "newsml-g2/iptc/LISTING_1_A_NewsML-G2_News_Item.xml",
        &Expected {
            headline: bubble,
            date: "2016-10-18T11:12:00",
            n_paragraphs: 0,
            begins: "",
            ends: "",
        },
    );
    check_one(
        "newsml-g2/iptc/LISTING_2_NewsML-G2_Text_Document.xml",
        &Expected {
            headline: bubble,
            date: "2016-11-21T15:21:06",
            n_paragraphs: 2,
            begins: "(New York, NY - October 21) Et, sent luptat",
            ends: "esto cons dolutpat, si.",
        },
    );
    check_one(
        "newsml-g2/iptc/LISTING_22_Sports_story_in_NewsML-G2NITF.xml",
        &Expected {
            headline: "Preview: Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), \
                7:05 p.m.",
            date: "2016-10-19T11:15:00",
            n_paragraphs: 6,
            begins: "(Sports Network) - A pair of teams coming off big weekend sweeps",
            ends: "Garcia has gone 0-2 over his last six starts.",
        },
    );
    check_one(
        "newsml-g2/iptc/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml",
        &Expected {
            headline: "Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), 7:05p.m.",
            date: "",
            n_paragraphs: 1,
            begins: "(Sports Network) - With the Philadelphia Phillies picking up momentum",
            ends: "set to be a clash of the Titans.",
        },
    );
}

#[test]
fn what_is_no_article_in_newsml_g2_is_named() {
    let Some(samples) = samples() else {
        return;
    };
    let package = "a NewsML-G2 package of references, no article";
    for (file, reason) in [
        ("iptc/LISTING_6_Simple_NewsML-G2_Package.xml", package),
        ("snep.xml", package),
        ("tag_reuters.com_2014_newsml_KBN0FL0NM_version_10", package),
        ("iptc/ap_metadata_example.xml", "a NewsML-G2 video item without text, no article"),
        (
            "iptc/LISTING_28_Illustrating_Located_Subject_and_Dateline.xml",
            "no reader for this format (looks like XML (root element 'contentMeta'))",
        ),
    ] {
        let seen = read(&samples.join("newsml-g2").join(file));
        let told: Vec<_> = seen.malformed.iter().map(|it| (it.reason.as_str(), it.class)).collect();
        assert_eq!((told, seen.articles.len()), (vec![(reason, Class::Format)], 0), "{file}");
    }
}

#[test]
fn items_in_newsml_1_are_read_as_a_person_reads_them() {
    check_one(
        "newsml-1.2/afp.xml",
        &Expected {
            headline: "Sweden court accepts receivership for Saab carmaker",
            date: "2014-08-29T13:49:51",
            n_paragraphs: 10,
            begins: "A Chinese-owned company set up to take over Saab's assets",
            ends: "hh/ph/ts/hd",
        },
    );
    check_one(
        "newsml-1.2/afp20.xml",
        &Expected {
            headline: "Décès de Naomi Musenga: l'opératrice du Samu définitivement condamnée",
            date: "2024-07-10T12:59:02",
            n_paragraphs: 2,
            begins: "L'opératrice du Samu condamnée pour non-assistance",
            ends: "L'opératrice, Corinne M.",
        },
    );
    check_one(
        "nitf/ana1.xml",
        &Expected {
            headline: "Wage employment balance positive in Jan-March",
            date: "2018-04-04T17:58:59",
            n_paragraphs: 4,
            begins: "Wage employment in the private sector grew in March",
            ends: "σε συνδρομητές μόνον για συγκεκριμένη χρήση.",
        },
    );
}

#[test]
fn agencies_name_people_organisations_and_places_in_g2() {
    let Some(samples) = samples() else {
        return;
    };
    let game = [
        "org Philadelphia Phillies",
        "org Arizona Diamondbacks",
        "person Doug Davis",
        "person Freddy Garcia",
    ];
    let match_of_hessen = [
        "place Deutschland",
        "place Hessen",
        "place Großbritannien",
        "place International",
        "place Tottenham Hotspur Stadium, High Road 782, N17 , Vereinigtes Königreich",
    ];
    for (file, named, n_subjects) in [
        ("iptc/LISTING_22_Sports_story_in_NewsML-G2NITF.xml", &game[..], 5),
        ("dpa.xml", &match_of_hessen, 2),
    ] {
        let seen = read(&samples.join("newsml-g2").join(file));
        let article = &seen.articles[0];
        assert_eq!(names(article), named, "{file}");
        assert_eq!(article.subjects.len(), n_subjects, "{file}");
    }
}

#[test]
fn agencies_mark_names_in_the_text_of_nitf() {
    let Some(samples) = samples() else {
        return;
    };
    let read_one = |file: &str| read(&samples.join("nitf").join(file)).articles.swap_remove(0);
    let trade = [
        "place Britain",
        "org World Trade Organisation",
        "org European Union",
        "person George Osborne",
        "person Anna Soubry",
        "person Theresa May",
        "person David Davis",
        "person Tim Farron",
    ];
    assert_eq!(names(&read_one("pa5.xml")), trade);
    assert_eq!(names(&read_one("pa4.xml")), ["place Britain", "place Portugal", "place France"]);
    let sport = read_one("pa1.xml");
    assert_eq!(sport.named.len(), 36);
    assert_eq!(sport.named[1].code, "xmltag.org:SL/fa");
}
