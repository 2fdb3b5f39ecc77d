use std::ops::ControlFlow;
use std::path::Path;

use super::*;
use crate::article::Article;
use crate::source::{Confidence, Event, Head, Input, Reader, Settings};

/// Reads a feed; returns its articles, and what could not be read in words.
fn read(feed: &str) -> (Vec<Article>, Vec<String>) {
    let (mut articles, mut reasons) = (Vec::new(), Vec::new());
    let mut bytes = feed.as_bytes();
    let input = Input {
        shown: "feeds/bay.xml",
        below: "bay.xml",
        mtime_ns: None,
        settings: Settings::standard(),
        known: None,
        stream: &mut bytes,
    };
    let outcome = Feeds.read(input, &mut |event| {
        match event {
            Event::Article(article) => articles.push(*article),
            Event::Malformed(malformed) => reasons.push(malformed.reason),
            _ => {}
        }
        ControlFlow::Continue(())
    });
    assert!(outcome.is_ok());
    (articles, reasons)
}

/// Reads a channel of RSS with one item.
#[track_caller]
fn item(content: &str) -> Article {
    only(&format!(
        "<rss version='2.0'><channel><title>Alder Bay Courier</title><language>en-gb</language>\
         <link>https://bay.example/news/</link><item>{content}</item></channel></rss>"
    ))
}

/// Reads a feed of Atom with one entry.
#[track_caller]
fn entry(content: &str) -> Article {
    only(&format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Alder Bay Courier</title>\
         <author><name>Tom Ruiz</name></author><link rel='self' href='https://bay.example/feed'/>\
         <entry>{content}</entry></feed>"
    ))
}

#[track_caller]
fn only(feed: &str) -> Article {
    let (mut articles, reasons) = read(feed);
    assert_eq!((articles.len(), reasons), (1, vec![]), "{feed}");
    articles.remove(0)
}

fn printed(article: &Article) -> Vec<&str> {
    article.paragraphs.iter().map(|it| it.text.as_str()).collect()
}

fn date(article: &Article) -> String {
    article.date.map(|it| it.moment.to_string()).unwrap_or_default()
}

#[test]
fn an_item_of_rss_is_read_with_what_its_channel_says() {
    let article = item(
        "<title>Bridge closed</title><link> https://bay.example/1 </link>\
         <guid isPermaLink='false'>b-1</guid><pubDate>Thu, 14 Mar 2024 09:30:00 GMT</pubDate>\
         <author>ann@bay.example (Ann Hale)</author><category domain='x'>Roads</category>\
         <description>It rained on the bridge.</description>",
    );
    assert_eq!(article.headline, "Bridge closed");
    assert_eq!((article.id.as_str(), article.url.as_str()), ("b-1", "https://bay.example/1"));
    assert_eq!(date(&article), "2024-03-14T09:30:00Z");
    assert_eq!(
        (article.byline.as_str(), article.source.as_str()),
        ("Ann Hale", "Alder Bay Courier")
    );
    assert_eq!(article.keywords, ["Roads"]);
    assert!(article.language.starts_with("en"), "{}", article.language);
    assert_eq!(printed(&article), ["It rained on the bridge."]);
}

#[test]
fn an_entry_of_atom_is_read_with_what_its_feed_says() {
    let article = entry(
        "<id>tag:bay.example,2024:1</id><title>Bridge closed</title>\
         <link rel='enclosure' href='https://bay.example/1.mp3'/>\
         <link rel='self' href='https://bay.example/1.atom'/>\
         <link rel='alternate' href='https://bay.example/1'/>\
         <published>2024-03-14T09:30:00Z</published><updated>2024-03-15T10:00:00Z</updated>\
         <category term='roads' label='Roads'/><category term='rain'/><summary>A teaser.</summary>\
         <content type='html'>&lt;p&gt;It rained.&lt;/p&gt;&lt;p&gt;Still.&lt;/p&gt;</content>",
    );
    assert_eq!(article.url, "https://bay.example/1");
    assert_eq!(date(&article), "2024-03-14T09:30:00Z");
    assert_eq!(article.updated.map(|it| it.to_string()).as_deref(), Some("2024-03-15T10:00:00Z"));
    assert_eq!(
        (article.byline.as_str(), article.source.as_str()),
        ("Tom Ruiz", "Alder Bay Courier")
    );
    assert_eq!(article.keywords, ["Roads", "rain"]);
    assert_eq!(printed(&article), ["It rained.", "Still."]);
}

#[test]
fn an_item_of_rdf_is_read_beside_its_channel() {
    let (articles, reasons) = read(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
         xmlns='http://purl.org/rss/1.0/'><channel rdf:about='a'><title>Courier</title>\
         <items><rdf:Seq><rdf:li resource='r-1'/></rdf:Seq></items></channel>\
         <image><title>Logo</title></image>\
         <item rdf:about='r-1'><title>One</title><dc:date>2024-03-14</dc:date>\
         <dc:creator>Ann Hale (mailto:ann@bay.example)</dc:creator><dc:subject>Roads</dc:subject>\
         </item><item rdf:about='r-2'><title>Two</title></item></rdf:RDF>",
    );
    assert_eq!(reasons, [""; 0]);
    let ids: Vec<_> = articles.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["r-1", "r-2"]);
    assert_eq!(
        (date(&articles[0]).as_str(), articles[0].byline.as_str()),
        ("2024-03-14", "Ann Hale")
    );
    assert_eq!(
        (articles[1].source.as_str(), articles[0].keywords.as_slice()),
        ("Courier", &["Roads".to_owned()][..])
    );
}

#[test]
fn the_fullest_text_is_read() {
    let teaser = "<description>A teaser.</description>";
    let full = "<content:encoded><![CDATA[<p>It rained.</p>]]></content:encoded>";
    assert_eq!(printed(&item(&format!("{teaser}{full}"))), ["It rained."]);
    assert_eq!(printed(&item(&format!("{teaser}<content:encoded/>"))), ["A teaser."]);
    assert_eq!(printed(&item(teaser)), ["A teaser."]);
    let pointed = "<content src='a.txt' type='text/plain'/><summary>A teaser.</summary>";
    assert_eq!(printed(&entry(pointed)), ["A teaser."]);
    let picture = "<content type='image/png'>iVBORw0KGgo</content><summary>A teaser.</summary>";
    assert_eq!(printed(&entry(picture)), ["A teaser."]);
    let again = "<title>Closed</title><content:encoded>&lt;b&gt;Closed&lt;/b&gt;</content:encoded>";
    assert_eq!(printed(&item(&format!("{again}{teaser}"))), ["A teaser."]);
    assert_eq!(printed(&item(again)), ["Closed"]);
}

#[test]
fn html_is_read_however_it_is_written_down() {
    for text in [
        "<p>Hale &amp; Ruiz</p><p>met.</p>",
        "<![CDATA[<p>Hale &amp; Ruiz</p><p>met.</p>]]>",
        "&lt;p&gt;Hale &amp;amp; Ruiz&lt;/p&gt;&lt;p&gt;met.&lt;/p&gt;",
        "&amp;lt;p&amp;gt;Hale &amp;amp;amp; Ruiz&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;met.&amp;lt;/p&amp;gt;",
    ] {
        let article = item(&format!("<description>{text}</description>"));
        assert_eq!(printed(&article), ["Hale & Ruiz", "met."], "{text}");
    }
    let xhtml = "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>It <b>rai</b>ned.\
                 </p><p>Still.</p></div></content>";
    assert_eq!(printed(&entry(xhtml)), ["It rained.", "Still."]);
    let plain = "<content type='text'>The tag &lt;p&gt; is short.</content>";
    assert_eq!(printed(&entry(plain)), ["The tag <p> is short."]);
}

#[test]
fn lines_of_the_file_part_nothing() {
    let laid_out = "<description>\n    It rained\n    on Monday.\n\n    Still.\n  </description>";
    assert_eq!(printed(&item(laid_out)), ["It rained on Monday.", "Still."]);
    let written = "<description>It rained.\nIt snowed.</description>";
    assert_eq!(printed(&item(written)), ["It rained.", "It snowed."]);
}

#[test]
fn a_headline_is_one_line_without_tags() {
    for (title, want) in [
        ("Hale &amp; Ruiz", "Hale & Ruiz"),
        ("Hale &amp;amp; Ruiz&amp;#8217;s", "Hale & Ruiz’s"),
        ("<![CDATA[ Bridge\n closed ]]>", "Bridge closed"),
        ("The &lt;i&gt;Alder&lt;/i&gt; sails", "The Alder sails"),
        ("R&D at the caf&eacute; &bogus;", "R&D at the café &bogus;"),
        ("1 &lt; 2", "1 < 2"),
    ] {
        assert_eq!(item(&format!("<title>{title}</title>")).headline, want);
    }
}

#[test]
fn the_title_of_a_picture_is_not_that_of_the_entry() {
    let article = item(
        "<media:content url='a.jpg'><media:title>A gull</media:title></media:content>\
         <media:title>A gull</media:title><title>Bridge closed</title>\
         <atom:link href='https://bay.example/feed' rel='self'/><link>https://bay.example/1</link>",
    );
    assert_eq!(
        (article.headline.as_str(), article.url.as_str()),
        ("Bridge closed", "https://bay.example/1")
    );
    let video = "<media:group><media:title>Film</media:title><media:description>It rained.\
                 </media:description></media:group>";
    let article = entry(video);
    assert_eq!((article.headline.as_str(), printed(&article)), ("Film", vec!["It rained."]));
}

#[test]
fn vocabularies_may_have_any_prefix() {
    let article = only(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>Courier</a:title><a:entry>\
         <a:title>Bridge closed</a:title><a:author><a:name>Ann Hale</a:name></a:author>\
         <a:updated>2024-03-14</a:updated><a:content>It rained.</a:content></a:entry></a:feed>",
    );
    assert_eq!((article.headline.as_str(), article.byline.as_str()), ("Bridge closed", "Ann Hale"));
    assert_eq!((date(&article).as_str(), article.source.as_str()), ("2024-03-14", "Courier"));
}

#[test]
fn a_link_is_found_and_completed() {
    for (link, want) in [
        ("<link>/1</link>", "https://bay.example/1"),
        ("<guid>https://bay.example/g</guid>", "https://bay.example/g"),
        ("<guid isPermaLink='false'>https://bay.example/g</guid>", ""),
        ("<link>https://a.example/?a=1&b=2</link>", "https://a.example/?a=1&b=2"),
        (
            "<link>https://proxy.example/1</link><feedburner:origLink>https://bay.example/1\
             </feedburner:origLink>",
            "https://bay.example/1",
        ),
    ] {
        assert_eq!(item(&format!("<title>a</title>{link}")).url, want, "{link}");
    }
    assert_eq!(entry("<title>a</title><link href='/1'/>").url, "https://bay.example/1");
}

#[test]
fn addresses_are_no_names() {
    for (author, want) in [
        ("ann@bay.example (Ann Hale)", "Ann Hale"),
        ("Ann Hale &lt;ann@bay.example&gt;", "Ann Hale"),
        ("ann@bay.example", ""),
        ("Ann Hale the Elder", "Ann Hale the Elder"),
    ] {
        assert_eq!(item(&format!("<title>a</title><author>{author}</author>")).byline, want);
    }
}

#[test]
fn a_feed_without_entries_is_named() {
    let (articles, reasons) = read("<rss><channel><title>Courier</title></channel></rss>");
    assert_eq!(
        (articles.len(), reasons),
        (0, vec!["a feed without entries (rss), no article".to_owned()])
    );
    let (_, reasons) = read("<feed><title>Courier</title></feed>");
    assert_eq!(reasons, ["a feed without entries (feed), no article"]);
}

#[test]
fn a_broken_feed_is_read_as_far_as_it_goes() {
    let (articles, reasons) = read(
        "<rss><channel><item><title>One & only</title></item><item><title>Two\
         <item></item><item><title>Three</title><description><![CDATA[It rai",
    );
    let headlines: Vec<_> = articles.iter().map(|it| it.headline.as_str()).collect();
    assert_eq!(headlines, ["One & only", "Two", "Three"]);
    assert_eq!(printed(&articles[2]), ["It rai"]);
    assert_eq!(reasons, ["no headline and no body"]);
    let (articles, reasons) = read("<rss><channel><item><title><![CD\n");
    assert_eq!((articles.len(), reasons), (0, vec!["no headline and no body".to_owned()]));
}

#[test]
fn a_feed_is_known_by_its_root() {
    let check = |head: &str, want| {
        assert_eq!(Feeds.sniff(&Head::new(head.as_bytes(), Path::new("a.xml"))), want, "{head}");
    };
    check("<?xml version='1.0'?>\n<!-- a --><rss version='0.91'>", Confidence::Certain);
    check("\u{feff}\n<feed xmlns='http://www.w3.org/2005/Atom'>", Confidence::Certain);
    check("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", Confidence::Certain);
    check("<entry xmlns='http://www.w3.org/2005/Atom'>", Confidence::Certain);
    check("<rdf:RDF><skos:Concept/></rdf:RDF>", Confidence::No);
    check("<entry><title>a</title></entry>", Confidence::No);
    check("<nitf><body/></nitf>", Confidence::No);
    check("Feed the birds.", Confidence::No);
}

#[test]
fn a_name_of_the_feed_that_never_ends_is_none_and_costs_no_entry_anything() {
    let feed = format!(
        "<rss><channel><title>{}{}</rss>",
        "Courier ".repeat(4_000),
        "<item><title>Bridge closed</title></item>".repeat(5_000)
    );
    let (articles, _) = read(&feed);
    assert_eq!(articles.len(), 5_000);
    assert_eq!(articles[0].source, "");
}
