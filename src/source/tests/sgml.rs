//! What only the collections in SGML are asked.

use super::*;

fn trec(content: &str) -> Told {
    read_with(&Trec, content.as_bytes(), "trec/a")
}

fn reuters(content: &str) -> Told {
    read_with(&Reuters, content.as_bytes(), "reuters/a.sgm")
}

#[track_caller]
fn first(told: &Told) -> &Article {
    assert_eq!(told.reasons(), [""; 0]);
    told.articles.first().unwrap()
}

fn date(article: &Article) -> String {
    article.date.map(|it| it.moment.to_string()).unwrap_or_default()
}

fn subjects(article: &Article) -> Vec<(&str, &str)> {
    article.subjects.iter().map(|it| (it.code.as_str(), it.label.as_str())).collect()
}

#[test]
fn a_story_of_an_agency_has_its_fields_and_its_paragraphs() {
    let told = trec(
        "<DOC>
<DOCNO> AB880212-0001 </DOCNO>
<FILEID>AB-NR-02-12-88 2344EST</FILEID>
<FIRST>u i AM-Bridge     02-12 0398</FIRST>
<SECOND>AM-Bridge,0411</SECOND>
<HEAD>Bridge Closed for a Year</HEAD>
<HEAD>Eds: Adds the ferry</HEAD>
<BYLINE>By ANN HALE</BYLINE>
<BYLINE>Alder Bay Agency Writer</BYLINE>
<DATELINE>ALDER BAY (ABA) </DATELINE>
<TEXT>
   The bridge over the Tarrow at Weir Street was closed on Monday
after the yearly inspection found cracks in two of its piers, the
town &amp; county said in a statement.
   Nobody was hurt.
   Buses will go round by the mill, which takes twenty minutes, and
the Anglo-
American school will open late.
</TEXT>
</DOC>
",
    );
    let article = first(&told);
    assert_eq!(article.id, "AB880212-0001");
    assert_eq!(
        (date(article).as_str(), article.dateline.as_ref().unwrap().agency.as_str()),
        ("1988-02-12", "ABA")
    );
    assert_eq!(
        [article.headline.as_str(), &article.subhead],
        ["Bridge Closed for a Year", "Eds: Adds the ferry"]
    );
    assert!(article.byline.starts_with("ANN HALE"), "{}", article.byline);
    let body = printed(article);
    assert_eq!(body.len(), 3, "{body:#?}");
    assert!(body[0].ends_with("of its piers, the town & county said in a statement."));
    assert!(body[2].ends_with("the Anglo-American school will open late."));
}

#[test]
fn a_paper_without_marks_of_paragraphs_is_parted_where_sentences_end() {
    let told = trec(
        "<DOC><DOCNO>FT911-3</DOCNO><DATE>910514\n</DATE>
<HEADLINE>\nAB  14 MAY 91 / Alder Bay plans a bridge over the Tarrow at Weir\nStreet\n</HEADLINE>
<TEXT>
THE town of Alder Bay said yesterday that it intends to build a new bridge
over the Tarrow at Weir Street, where the old one was closed in the spring
of last year.
Nobody was hurt when it was closed, and the ferry, which is run by Port &
Mill, has carried 400,000 people since then across the river. The mayor is
a patient woman.
</TEXT>
<PUB>The Courier\n</PUB><PAGE>\nPage 20\n</PAGE></DOC>",
    );
    let article = first(&told);
    assert_eq!(
        article.headline,
        "AB 14 MAY 91 / Alder Bay plans a bridge over the Tarrow at Weir Street"
    );
    assert_eq!((date(article).as_str(), article.source.as_str()), ("1991-05-14", "The Courier"));
    let body = printed(article);
    assert_eq!(body.len(), 2, "{body:#?}");
    assert!(body[1].contains("Port & Mill, has carried"));
}

#[test]
fn elements_that_are_paragraphs_are_kept_apart() {
    let told = trec(
        "<DOC>
<DOCNO> LA010189-0001 </DOCNO>
<DATE>
<P>
January 1, 1989, Sunday, Home Edition
</P>
</DATE>
<SECTION>
<P>
Metro; Part 2; Page 1
</P>
</SECTION>
<HEADLINE>
<P>
A LEAN YEAR FOR FERRIES;
</P>
</HEADLINE>
<TEXT>
<P>
It rained
all week.
</P>
<P>
Nobody &lt;left&gt;.
</P>
</TEXT>
<GRAPHIC>
<P>
Photo, The quay at dawn. KIT MARLOW
</P>
</GRAPHIC>
<SUBJECT>
<P>
FERRIES; ALDER BAY; BRIDGES
</P>
</SUBJECT>
</DOC>",
    );
    let article = first(&told);
    assert_eq!(
        (date(article).as_str(), article.section.as_str()),
        ("1989-01-01", "Metro; Part 2; Page 1")
    );
    assert_eq!(
        printed(article),
        ["It rained all week.", "Nobody <left>.", "Photo, The quay at dawn. KIT MARLOW"]
    );
    assert_eq!(subjects(article), [("", "FERRIES"), ("", "ALDER BAY"), ("", "BRIDGES")]);
}

#[test]
fn the_subjects_of_a_paper_keep_their_codes() {
    let told = trec(
        "<DOC><DOCNO>\nABJ870324-0001\n</DOCNO><DOCID>\n1A2B\n</DOCID>
<HL>\n   Ferry on Strike\n</HL><DD>\n03/24/87\n</DD><SO>\nALDER BAY JOURNAL (J), PAGE 16\n</SO>
<IN>\nFERRIES (FER)\nP4922 Bridge building.\n</IN><NS>\nSTRIKES &amp; LOCKOUTS (STK)\n</NS>
<LP>\n   The ferry did not sail on Monday, because its\ncrew went home.\n</LP><TEXT>\n</TEXT></DOC>",
    );
    let article = first(&told);
    assert_eq!(article.id, "ABJ870324-0001");
    assert_eq!([article.headline.as_str(), &date(article)], ["Ferry on Strike", "1987-03-24"]);
    assert_eq!(
        subjects(article),
        [("in:FER", "FERRIES"), ("in:P4922", "Bridge building."), ("ns:STK", "STRIKES & LOCKOUTS")]
    );
    assert_eq!(printed(article), ["The ferry did not sail on Monday, because its crew went home."]);
}

#[test]
fn a_wire_of_a_later_day_names_its_records_in_their_tag() {
    let told = trec(
        "<DOC id=\"ABA_ENG_19981001.0001\" type=\"story\" >\n<HEADLINE>\nFerry sails\n</HEADLINE>\n\
         <DATELINE>\nALDER BAY, Oct. 1 (ABA)\n</DATELINE>\n<TEXT>\n<P>\nThe ferry sailed.\n</P>\n</TEXT>\n</DOC>\n\
         <DOC>\n<DOCNO> ABT19980601.0001 </DOCNO>\n<DATE_TIME> 1998-06-01 00:08 </DATE_TIME>\n<BODY>\n\
         <CATEGORY> town </CATEGORY>\n<TEXT>\n   It sailed again.\n</TEXT>\n</BODY>\n</DOC>",
    );
    let article = first(&told);
    assert_eq!([article.id.as_str(), &date(article)], ["ABA_ENG_19981001.0001", "1998-10-01"]);
    assert_eq!(article.dateline.as_ref().unwrap().place, "ALDER BAY");
    let second = &told.articles[1];
    assert_eq!(date(second), "1998-06-01T00:08:00");
    assert_eq!(second.section, "town");
    assert_eq!(printed(second), ["It sailed again."]);
}

#[test]
fn a_text_in_no_element_is_the_body_and_tables_stay_lines() {
    let told = trec(
        "<DOC><DOCNO>1</DOCNO>\nIt rained.\n\nStill it did.\n</DOC>
<DOC><DOCNO>2</DOCNO><TEXT>\nResults of the regatta\n\nRovers 1, Tarrow Falls 0\nBay 2\nPort Elsmere 0, Mill 4\n</TEXT></DOC>",
    );
    assert_eq!(printed(first(&told)), ["It rained.", "Still it did."]);
    assert_eq!(printed(&told.articles[1]).len(), 4);
}

#[test]
fn pages_of_the_web_are_read_as_pages_or_named() {
    let told = trec(
        "<DOC>\n<DOCNO>WEB-1</DOCNO>\n<DOCHDR>\nhttps://courier.example/1 192.0.2.1 19970101013145 text/html 440\n</DOCHDR>\n\
         <html><head><title>Bridge closed</title><meta property=\"og:type\" content=\"article\"></head>\
         <body><p>The bridge over the Tarrow at Weir Street was closed on Monday after an inspection.</p></body></html>\n</DOC>\n\
         <DOC>\n<DOCNO>WEB-2</DOCNO>\n<DOCHDR>\n</DOCHDR>\n<html>It</html>\n</DOC>\n",
    );
    assert_eq!(told.reasons(), ["trec/a:2: a page that is no article: hardly any text"]);
    let article = &told.articles[0];
    assert_eq!([article.id.as_str(), &article.headline], ["WEB-1", "Bridge closed"]);
    assert_eq!(
        [article.url.as_str(), &date(article)],
        ["https://courier.example/1", "1997-01-01T01:31:45Z"]
    );
}

#[test]
fn what_is_no_whole_record_is_told_and_the_next_are_read() {
    let told = trec(
        "lost words\n<!-- a note -->\n<DOC><DOCNO>1</DOCNO><TEXT>It rained.\n\
         <DOC><DOCNO>2</DOCNO><TEXT>Still.</TEXT></DOC>\n<DOC></DOC><DOC><DOCNO>4</DOCNO><TEXT>So",
    );
    assert_eq!(told.articles.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["2"]);
    assert_eq!(
        told.reasons(),
        [
            "trec/a:1: text that is in no record, <DOC>",
            "trec/a:2: a record without its end, </DOC>",
            "trec/a:4: no headline and no body",
            "trec/a:5: a record without its end, </DOC>",
        ]
    );
    assert_eq!(trec("<!-- only a note -->").reasons(), ["trec/a: a file without <DOC>"]);
}

const STORY: &str = "<REUTERS TOPICS=\"YES\" NEWID=\"7\">
<DATE> 3-MAR-1987  09:15:05.40&#5;&#5;F</DATE>
<TOPICS><D>ferries</D><D>strike</D></TOPICS>
<PLACES><D>alder-bay</D></PLACES>
<PEOPLE></PEOPLE>
<UNKNOWN> \n&#5;&#5;&#5;F Y\n&#22;&#22;&#1;f0708&#31;reute\nd f BC-FERRY   03-03 0082</UNKNOWN>
<TEXT>&#2;
<TITLE>ALDER BAY FERRY &lt;ABF> ON STRIKE</TITLE>
<AUTHOR>    By Ann Hale, Reuters</AUTHOR>
<DATELINE>    ALDER BAY, March 3 - </DATELINE><BODY>The ferry did not sail
on Monday, because its crew went home at noon and did not come
back, Port and Mill &lt;PML> said.
    Nobody was hurt.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
";

#[test]
fn a_story_of_reuters_has_its_fields() {
    let told = reuters(STORY);
    let article = first(&told);
    assert_eq!(
        [article.id.as_str(), &article.headline],
        ["reuters:7", "ALDER BAY FERRY <ABF> ON STRIKE"]
    );
    assert_eq!(
        [date(article).as_str(), &article.byline, &article.source],
        ["1987-03-03T09:15:05", "Ann Hale", "Reuters"]
    );
    assert_eq!(article.dateline.as_ref().unwrap().place, "ALDER BAY");
    assert_eq!(
        subjects(article),
        [("reuters-topics:ferries", "ferries"), ("reuters-topics:strike", "strike"),]
    );
    let places: Vec<_> = article.named.iter().map(|it| (&*it.code, &*it.name)).collect();
    assert_eq!(places, [("reuters-places:alder-bay", "alder-bay")]);
    let body: Vec<&str> = article.body().map(|(_, it)| it.text.as_str()).collect();
    assert_eq!(
        body,
        [
            "The ferry did not sail on Monday, because its crew went home at noon and did not come \
             back, Port and Mill <PML> said.",
            "Nobody was hurt."
        ]
    );
    assert_eq!(article.paragraphs[2].kind, ParagraphKind::Furniture);
}

#[test]
fn texts_that_were_not_parted_and_headlines_alone_are_articles() {
    let told = reuters(
        "<REUTERS NEWID=\"1\"><TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>FERRY SAILS AGAIN\n\
         </TITLE>Blah blah blah.\n&#3;\n\n</TEXT></REUTERS>\n\
         <REUTERS NEWID=\"2\"><TEXT TYPE=\"UNPROC\">&#2;\nFERRY REPORT - MARCH 3\n    Crossings in a week\n \
         Old ferry........12 vs.....14\n New ferry.........9 vs......0\n&#3;\n\n</TEXT></REUTERS>\n\
         <REUTERS NEWID=\"3\"><TEXT>&#2;</TEXT></REUTERS>",
    );
    assert_eq!(told.reasons(), ["reuters/a.sgm:3: no headline and no body"]);
    let brief = &told.articles[0];
    assert_eq!((brief.headline.as_str(), brief.paragraphs.len()), ("FERRY SAILS AGAIN", 0));
    let report = &told.articles[1];
    assert_eq!(report.headline, "FERRY REPORT - MARCH 3");
    assert_eq!(printed(report)[0], "Crossings in a week");
}

#[test]
fn the_content_tells_collections_from_pages() {
    for (head, want) in [
        ("<DOC>\n<DOCNO> A </DOCNO>\n", "trec"),
        ("<!-- a note -->\n<doc id=\"a\">\n<p>", "trec"),
        ("\u{feff}<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=1>", "reuters-sgml"),
    ] {
        let chosen = reader_for(head.as_bytes(), Path::new("a.txt"), readers()).map(Reader::name);
        assert_eq!(chosen, Ok(want), "{head}");
    }
    for head in ["<DOC>\n<PART>a</PART>", "Words before <DOC><DOCNO>", "<add><doc><TEXT>"] {
        let chosen = reader_for(head.as_bytes(), Path::new("a"), readers()).map(Reader::name);
        assert_ne!(chosen, Ok("trec"), "{head}");
    }
}

proptest! {
    #[test]
    fn spans_of_records_lead_back_to_them(gaps in prop::collection::vec("\n|| \r\n|<!-- x -->", 1..6)) {
        let mut file = String::from("\u{feff}");
        for (idx, gap) in gaps.iter().enumerate() {
            file += &format!("<DOC><DOCNO>n{idx}</DOCNO><TEXT>Zürich {idx}</TEXT></DOC>{gap}");
        }
        let told = trec(&file);
        prop_assert_eq!(told.articles.len(), gaps.len());
        for article in &told.articles {
            let record = article.origin.span.of(&file);
            let mut alone = trec(record).articles.remove(0);
            alone.origin = article.origin.clone();
            prop_assert_eq!(&alone, article);
        }
    }

    #[test]
    fn no_tags_panic_or_lose_the_next_record(
        parts in prop::collection::vec(
            "</?(P|TEXT|DOCNO|TITLE|DATE|DOCHDR|IN|x)( [a-z]{1,3}=[\"'a-z]{0,3})?>|<!--|-->|&[#a-z0-9]{0,6};?|[ \n\r]{1,3}|[^<]{0,9}",
            0..40,
        )
    ) {
        let file = format!("<DOC>{}</DOC><DOC><DOCNO>x</DOCNO><TEXT>It rained.</TEXT></DOC>", parts.concat());
        let told = trec(&file);
        prop_assert_eq!(told.articles.len() + told.malformed.len(), 2);
        prop_assert_eq!(told.articles.last().map(|it| it.id.as_str()), Some("x"));
        _ = reuters(&file.replace("DOC>", "REUTERS>").replace("TEXT", "BODY"));
    }
}
