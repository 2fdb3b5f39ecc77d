//! The XML of news agencies: NITF, NewsML-G2, NewsML 1.2.

use super::*;

/// A story as an agency sends it; `docdata` is what stands in its `docdata` beside the id.
fn nitf(status: &str, docdata: &str, content: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?>
<!DOCTYPE nitf SYSTEM 'nitf-3-6.dtd'>
<nitf baselang='en-GB'>
  <head>
    <title>Ferry</title>
    <tobject tobject.type='News'>
      <tobject.subject tobject.subject.refnum='04015001' tobject.subject.type='Economy'
        tobject.subject.matter='Transport' tobject.subject.detail='Shipping'/>
      <tobject.subject tobject.subject.ipr='ABP' tobject.subject.refnum='F01' tobject.subject.type='Bay'/>
    </tobject>
    <docdata {status}>
      <doc-id id-string='abp-240314-7'/>
      <date.issue norm='20240314T093000+0000'/>
      {docdata}
      <key-list><keyword key='ferry'/><keyword key='strike'/></key-list>
    </docdata>
    <pubdata name='Alder Bay Press' position.section='Harbour'/>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Ferry crews <em>walk</em> out</hl1><hl2>No sailings before Friday</hl2></hedline>
      <byline>By <person>Ann Hale</person><byttl>Harbour Correspondent</byttl></byline>
      <dateline><location><city>Alder Bay</city></location><story.date norm='20240313'/></dateline>
      <abstract><p>No ferry sails.</p></abstract>
    </body.head>
    <body.content>{content}</body.content>
    <body.end><tagline>Tom Ruiz contributed.</tagline></body.end>
  </body>
</nitf>"
    )
}

fn nitf_told(file: &str) -> Told {
    read_with(&Nitf, file.as_bytes(), "wire/ferry.xml")
}

fn only(told: &Told) -> &Article {
    assert_eq!((told.reasons(), told.articles.len()), (Vec::new(), 1));
    &told.articles[0]
}

#[test]
fn a_story_of_nitf_is_read_with_all_that_it_says_of_itself() {
    let content = "<p>Crews &amp; pilots met &mdash; all of them.</p><media><media-caption>The pier.\
        </media-caption></media><block><hl2>Fares</hl2><p>They rose.</p></block>\
        <table><tr><td>Adult</td><td>4.10</td></tr></table>";
    let told = nitf_told(&nitf("", "<du-key key='ferry' version='3'/>", content));
    let article = only(&told);
    assert_eq!(article.id, "abp-240314-7");
    assert_eq!(article.version, 3);
    assert_eq!(article.headline, "Ferry crews walk out");
    assert_eq!(article.subhead, "No sailings before Friday");
    assert_eq!(article.byline, "Ann Hale");
    assert_eq!(article.dateline.as_ref().map(|it| it.place.as_str()), Some("Alder Bay"));
    assert_eq!(
        article.date.map(|it| it.moment.to_string()).as_deref(),
        Some("2024-03-14T09:30:00Z")
    );
    assert_eq!(article.source, "Alder Bay Press");
    assert_eq!(article.section, "Harbour");
    assert_eq!(article.keywords, ["ferry", "strike"]);
    assert_eq!(article.language, "en-GB");
    let subjects: Vec<_> = article.subjects.iter().map(|it| (&*it.code, &*it.label)).collect();
    assert_eq!(subjects, [("subj:04015001", "Shipping"), ("F01", "Bay")]);
    assert_eq!(
        printed(article),
        [
            "Crews & pilots met — all of them.",
            "Fares",
            "They rose.",
            "Adult 4.10",
            "Tom Ruiz contributed."
        ]
    );
    assert_eq!(article.origin.record, 0);
}

#[test]
fn the_full_text_of_a_story_stands_for_its_lead_too() {
    let content = "<block class='lead_paragraph'><p>One.</p></block>\
        <block class='full_text'><p>One.</p><p>Two.</p></block>";
    let told = nitf_told(&nitf("", "", content));
    assert_eq!(printed(only(&told)), ["One.", "Two.", "Tom Ruiz contributed."]);
}

#[test]
fn what_was_embargoed_is_of_the_day_of_its_release() {
    let release = "<date.release norm='20240315T000100+0000'/>";
    let date = |status| {
        let told = nitf_told(&nitf(status, release, "<p>One.</p>"));
        only(&told).date.map(|it| it.moment.to_string()).unwrap_or_default()
    };
    assert!(date("management-status='embargoed'").starts_with("2024-03-15T00:01"));
    assert!(date("management-status='usable'").starts_with("2024-03-14T09:30"));
}

#[test]
fn a_story_that_is_canceled_is_withdrawn() {
    for status in ["canceled", "killed", "withheld"] {
        let told = nitf_told(&nitf(&format!("management-status='{status}'"), "", "<p>One.</p>"));
        assert_eq!(told.articles, []);
        assert_eq!(told.withdrawn[0].id, "abp-240314-7");
        assert_eq!(told.withdrawn[0].by, format!("management-status {status}"));
    }
}

#[test]
fn a_story_may_withdraw_another() {
    let status = "management-doc-idref='abp-240314-6' management-idref-status='canceled'";
    let told = nitf_told(&nitf(status, "", "<p>One.</p>"));
    assert_eq!(only(&told).id, "abp-240314-7");
    assert_eq!(told.withdrawn[0].id, "abp-240314-6");
}

#[test]
fn the_stories_of_an_export_are_read_one_by_one() {
    let story = |id: u32| {
        format!(
            "<nitf><head><docdata><doc-id id-string='{id}'/></docdata></head><body><body.content><p>No. {id}</p></body.content></body></nitf>"
        )
    };
    let file = format!("<?xml version='1.0'?><export>{}<nitf/>{}</export>", story(1), story(2));
    let told = nitf_told(&file);
    assert_eq!(told.reasons(), ["wire/ferry.xml:2: no headline and no body"]);
    for article in &told.articles {
        let alone = nitf_told(article.origin.span.of(&file));
        assert_eq!(printed(only(&alone)), printed(article));
        assert_eq!(only(&alone).id, article.id);
    }
    assert_eq!(told.articles.len(), 2);
}

#[test]
fn a_document_that_declares_entities_to_swell_by_is_refused() {
    let bomb = "<!DOCTYPE nitf [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>\
        <nitf><body><body.content><p>&b;</p></body.content></body></nitf>";
    let told = nitf_told(bomb);
    let reason = "wire/ferry.xml: declares entities, which can swell without end";
    assert_eq!((told.reasons(), told.malformed[0].class), (vec![reason.to_owned()], Class::Limit));
    let sign = "<!DOCTYPE nitf [<!ENTITY nbsp '&#160;'>]>\
        <nitf><body><body.content><p>ten&nbsp;boats</p></body.content></body></nitf>";
    assert_eq!(printed(only(&nitf_told(sign))), ["ten\u{a0}boats"]);
}

#[test]
fn elements_that_stand_too_deep_are_refused() {
    let told = nitf_told(&format!("<nitf>{}</nitf>", "<block>".repeat(5_000)));
    assert_eq!(told.reasons(), ["wire/ferry.xml: elements more than 256 deep"]);
    assert_eq!(told.malformed[0].class, Class::Limit);
}
