//! NewsML-G2 and NewsML 1.2.

use super::*;

/// An item of NewsML-G2 with what stands in its parts.
fn item(item_meta: &str, content_meta: &str, content: &str) -> String {
    format!(
        "<newsItem guid='tag:abp.example,2024:7' version='3' xml:lang='en-GB'>
  <rightsInfo><copyrightHolder literal='Bay Media'/></rightsInfo>
  <itemMeta>
    <itemClass qcode='ninat:text'/>
    <provider qcode='nprov:ABP'><name>Alder Bay Press</name></provider>
    <versionCreated>2024-03-14T11:00:00+01:00</versionCreated>
    {item_meta}
  </itemMeta>
  <contentMeta>{content_meta}</contentMeta>
  <contentSet>{content}</contentSet>
</newsItem>"
    )
}

const STORY: &str = "
    <contentCreated>2024-03-14T09:30:00+01:00</contentCreated>
    <by>By Ann Hale</by>
    <creator qcode='staff:7'><name>Tom Ruiz</name></creator>
    <subject qcode='medtop:20000620' type='cpnat:abstract'><name>shipping</name></subject>
    <subject literal='HAR' type='abp:category'><name>Harbour</name></subject>
    <keyword>ferry</keyword>
    <slugline>bay-ferry</slugline>
    <headline role='hld:subHeadline'>No sailings before Friday</headline>
    <headline>Ferry crews walk out</headline>
    <dateline>ALDER BAY (ABP) -</dateline>";

const XHTML: &str = "<inlineXML contenttype='application/xhtml+xml'><html xmlns='x'><head><title>Not \
    this</title></head><body><p>Crews met.</p><p>Nobody sailed.</p></body></html></inlineXML>";

fn g2(file: &str) -> Told {
    read_with(&NewsMlG2, file.as_bytes(), "wire/ferry.xml")
}

fn only(told: Told) -> Article {
    assert_eq!((told.reasons(), told.articles.len()), (Vec::new(), 1));
    told.articles.into_iter().next().unwrap()
}

#[test]
fn an_item_of_g2_is_read_with_all_that_it_says_of_itself() {
    let article = only(g2(&item("<pubStatus qcode='stat:usable'/>", STORY, XHTML)));
    assert_eq!((article.id.as_str(), article.version), ("tag:abp.example,2024:7", 3));
    assert_eq!(article.headline, "Ferry crews walk out");
    assert_eq!(article.subhead, "No sailings before Friday");
    assert_eq!(article.byline, "Ann Hale");
    assert_eq!(article.dateline.as_ref().map(|it| it.place.as_str()), Some("ALDER BAY"));
    let date = article.date.map(|it| it.moment.to_string());
    assert_eq!(date.as_deref(), Some("2024-03-14T09:30:00+01:00"));
    assert_eq!(article.updated.map(|it| it.to_string()).unwrap(), "2024-03-14T11:00:00+01:00");
    assert_eq!((article.source.as_str(), article.section.as_str()), ("Alder Bay Press", "Harbour"));
    assert_eq!((article.slug.as_str(), article.language.as_str()), ("bay-ferry", "en-GB"));
    assert_eq!(article.keywords, ["ferry"]);
    assert_eq!(article.subjects[0].code, "medtop:20000620");
    assert_eq!(article.subjects[0].label, "shipping");
    assert_eq!(printed(&article), ["Crews met.", "Nobody sailed."]);
}

#[test]
fn the_story_of_g2_is_read_in_every_shape() {
    let check = |content: &str, want: &[&str]| {
        assert_eq!(printed(&only(g2(&item("", STORY, content)))), want, "{content}");
    };
    check(
        "<inlineXML><nitf><body><body.content><p>Crews met.</p></body.content></body></nitf></inlineXML>",
        &["Crews met."],
    );
    check(
        "<inlineData contenttype='text/html'>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</inlineData>",
        &["One.", "Two."],
    );
    check(
        "<inlineData contenttype='text/plain'>Crews met.\n\nNobody sailed.</inlineData>",
        &["Crews met.", "Nobody sailed."],
    );
    check(
        &format!("<remoteContent href='a.jpg'/>{XHTML}<inlineData>Again.</inlineData>"),
        &["Crews met.", "Nobody sailed."],
    );
}

#[test]
fn a_picture_is_the_article_of_its_caption() {
    let caption = "<headline>The pier</headline>\
        <description role='drol:caption'>The pier of Alder Bay.</description>";
    let article = only(g2(&item("", caption, "<remoteContent href='a.jpg'/>")));
    assert_eq!(
        (article.headline.as_str(), printed(&article)),
        ("The pier", vec!["The pier of Alder Bay."])
    );
}

#[test]
fn the_items_of_a_message_are_records_of_it() {
    let file = format!(
        "<newsMessage><header><sent>2024</sent></header><itemSet>{}<packageItem guid='p'><groupSet/>\
        </packageItem>{}<conceptItem guid='c'/></itemSet></newsMessage>",
        item("", STORY, XHTML),
        item("", STORY, XHTML).replace("2024:7", "2024:8"),
    );
    let told = g2(&file);
    let ids: Vec<&str> = told.articles.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["tag:abp.example,2024:7", "tag:abp.example,2024:8"]);
    let records: Vec<u64> = told.articles.iter().map(|it| it.origin.record).collect();
    assert_eq!(records, [1, 3]);
    assert_eq!(
        told.reasons(),
        [
            "wire/ferry.xml:2: a NewsML-G2 package of references, no article",
            "wire/ferry.xml:4: a NewsML-G2 concept item, no article"
        ]
    );
    assert!(
        told.articles[1]
            .origin
            .span
            .of(&file)
            .starts_with("<newsItem guid='tag:abp.example,2024:8'")
    );
}

#[test]
fn what_is_no_news_is_named() {
    let check = |file: &str, want: &str| assert_eq!(g2(file).reasons(), [want], "{file}");
    check("<conceptItem/>", "wire/ferry.xml: a NewsML-G2 concept item, no article");
    check("<newsMessage/>", "wire/ferry.xml: a NewsML-G2 message without an item");
    check(
        "<newsItem><itemMeta><itemClass qcode='ninat:video'/></itemMeta></newsItem>",
        "wire/ferry.xml: a NewsML-G2 video item without text, no article",
    );
    let told = read_with(&NewsMl, b"<NewsML><Catalog/></NewsML>", "a.xml");
    assert_eq!(told.reasons(), ["a.xml: a NewsML document without an item"]);
}

#[test]
fn what_an_agency_withdraws_is_withdrawn() {
    for status in ["canceled", "withheld"] {
        let told = g2(&item(&format!("<pubStatus qcode='stat:{status}'/>"), "", ""));
        let withdrawn: Vec<_> =
            told.withdrawn.iter().map(|it| (it.id.as_str(), it.version, it.by.as_str())).collect();
        let by = format!("pubStatus stat:{status}");
        assert_eq!(withdrawn, [("tag:abp.example,2024:7", 3, by.as_str())]);
    }
    let told = first(&document("Canceled", "", ""));
    assert_eq!(told.withdrawn[0].id, "urn:newsml:abp.example:20240314:7");
    assert_eq!((told.withdrawn[0].version, told.withdrawn[0].by.as_str()), (2, "Status Canceled"));
}

/// A document of NewsML 1.2 with what stands in its parts.
fn document(status: &str, lines: &str, content: &str) -> String {
    format!(
        "<NewsML Version='1.2'><NewsEnvelope><DateAndTime>20240315T000000Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang='en'>
  <Identification><NewsIdentifier><ProviderId>abp.example</ProviderId><DateId>20240314</DateId>
    <NewsItemId>7</NewsItemId><RevisionId PreviousRevision='1' Update='N'>2</RevisionId>
    <PublicIdentifier>urn:newsml:abp.example:20240314:7:2N</PublicIdentifier></NewsIdentifier>
    <NameLabel>bay-ferry</NameLabel></Identification>
  <NewsManagement><NewsItemType FormalName='News'/>
    <FirstCreated>20240314T093000+0100</FirstCreated>
    <ThisRevisionCreated>20240314T110000+0100</ThisRevisionCreated>
    <Status FormalName='{status}'/></NewsManagement>
  <NewsComponent>
    <TopicSet><Topic><FormalName>04015001</FormalName>
      <Description xml:lang='de' Variant='Name'>Schifffahrt</Description>
      <Description xml:lang='en' Variant='Name'>Shipping</Description></Topic></TopicSet>
    <NewsLines>{lines}</NewsLines>
    <AdministrativeMetadata><Provider><Party FormalName='ABP'/></Provider></AdministrativeMetadata>
    <DescriptiveMetadata><Language FormalName='en'/>
      <SubjectCode><SubjectDetail FormalName='04015001'/></SubjectCode>
      <Property FormalName='Keyword' Value='ferry'/></DescriptiveMetadata>
    <NewsComponent><ContentItem><MediaType FormalName='Photo'/><DataContent>AAAA</DataContent>
    </ContentItem></NewsComponent>
    <NewsComponent><ContentItem><MediaType FormalName='Text'/><DataContent>{content}</DataContent>
    </ContentItem></NewsComponent>
  </NewsComponent>
</NewsItem></NewsML>"
    )
}

const LINES: &str = "<HeadLine><![CDATA[Ferry crews walk out]]></HeadLine>\
    <SubHeadLine>No sailings</SubHeadLine><ByLine>By Ann Hale</ByLine>\
    <DateLine>ALDER BAY, March 14 (ABP) -</DateLine>";

fn first(file: &str) -> Told {
    read_with(&NewsMl, file.as_bytes(), "wire/ferry.xml")
}

#[test]
fn an_item_of_newsml_1_is_read_with_all_that_it_says_of_itself() {
    let content = "<nitf><body><body.content><p>Crews met.</p><p>Nobody sailed.</p></body.content></body></nitf>";
    let article = only(first(&document("Usable", LINES, content)));
    assert_eq!((article.id.as_str(), article.version), ("urn:newsml:abp.example:20240314:7", 2));
    assert_eq!(
        (article.headline.as_str(), article.subhead.as_str()),
        ("Ferry crews walk out", "No sailings")
    );
    assert_eq!((article.byline.as_str(), article.source.as_str()), ("Ann Hale", "ABP"));
    let date = article.date.map(|it| it.moment.to_string());
    assert_eq!(date.as_deref(), Some("2024-03-14T09:30:00+01:00"));
    assert_eq!((article.slug.as_str(), article.language.as_str()), ("bay-ferry", "en"));
    assert_eq!(article.keywords, ["ferry"]);
    let subject = &article.subjects[0];
    assert_eq!((subject.code.as_str(), subject.label.as_str()), ("subj:04015001", "Shipping"));
    assert_eq!(printed(&article), ["Crews met.", "Nobody sailed."]);
}

#[test]
fn the_story_of_newsml_1_is_read_in_every_shape() {
    let check = |content: &str, want: &[&str]| {
        assert_eq!(printed(&only(first(&document("Usable", LINES, content)))), want, "{content}");
    };
    check("<p>Crews met.</p><p>Nobody sailed.</p>", &["Crews met.", "Nobody sailed."]);
    check("<![CDATA[<P>Crews met.</P><P>Nobody sailed.</P>]]>", &["Crews met.", "Nobody sailed."]);
    check("Crews met.\n\nNobody sailed.", &["Crews met.", "Nobody sailed."]);
}
