//! The battery that every reader passes, and what only some of them can be asked.

use std::io::{self, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::article::{KnownRecord, ParagraphKind, Provenance};

/// What a reader said of a file.
#[derive(Debug, Default, PartialEq)]
struct Told {
    articles: Vec<Article>,
    malformed: Vec<Malformed>,
    notes: Vec<Note>,
    withdrawn: Vec<Withdrawal>,
    traces: Vec<Vec<Trace>>,
    encodings: Vec<&'static str>,
    unchanged: Vec<u64>,
    known: Vec<KnownRecord>,
}

impl Told {
    fn take(&mut self, event: Event) {
        match event {
            Event::Article(article) => self.articles.push(*article),
            Event::Unchanged(unchanged) => self.unchanged.push(unchanged.origin.record),
            Event::Fingerprint { fingerprint, numbered } => {
                let known = KnownRecord { fingerprint, numbered, ..KnownRecord::default() };
                self.known.push(known);
            }
            Event::Malformed(malformed) => self.malformed.push(malformed),
            Event::Note(note) => self.notes.push(note),
            Event::Withdrawn(withdrawal) => self.withdrawn.push(*withdrawal),
            Event::Traces(traces) => self.traces.push(traces),
            Event::Encoded(encoding) => self.encodings.push(encoding),
        }
    }

    fn reasons(&self) -> Vec<String> {
        let lines = self.malformed.iter();
        lines.map(|it| format!("{}: {}", it.origin, it.reason)).collect()
    }

    fn notes(&self) -> Vec<String> {
        self.notes.iter().map(ToString::to_string).collect()
    }
}

/// Reads bytes with one reader, as a file of the path.
fn read_with(reader: &dyn Reader, bytes: &[u8], path: &str) -> Told {
    let mut told = Told::default();
    // A small buffer lets everything that can be split be split.
    let mut stream = BufReader::with_capacity(16, bytes);
    let input = Input {
        shown: path,
        below: path,
        mtime_ns: None,
        settings: Settings::standard(),
        known: None,
        stream: &mut stream,
    };
    let outcome = reader.read(input, &mut |event| {
        told.take(event);
        ControlFlow::Continue(())
    });
    assert!(outcome.is_ok(), "a slice cannot fail");
    told
}

fn text(content: &str) -> Article {
    let told = read_with(&PlainText, content.as_bytes(), "courier/story.txt");
    assert_eq!(told.reasons(), [""; 0]);
    told.articles.into_iter().next().unwrap_or_default()
}

fn jsonl(content: &str) -> Told {
    read_with(&JsonLines, content.as_bytes(), "wire/a.jsonl")
}

fn record(value: &serde_json::Value) -> Article {
    let told = jsonl(&value.to_string());
    assert_eq!(told.reasons(), [""; 0]);
    told.articles.into_iter().next().unwrap_or_default()
}

fn printed(article: &Article) -> Vec<&str> {
    article.paragraphs.iter().map(|it| it.text.as_str()).collect()
}

/// How a format writes a text of one paragraph; the bytes are the text's own.
struct Sample {
    reader: &'static dyn Reader,
    before: &'static str,
    after: &'static str,
}

const SAMPLES: &[Sample] = &[
    Sample { reader: &PlainText, before: "", after: "" },
    Sample {
        reader: &Html,
        before: "<!DOCTYPE html><html><head><title>Bridge closed</title>\
            <meta property=\"og:type\" content=\"article\"></head><body><p>",
        after: "</p></body></html>",
    },
    Sample {
        reader: &Mail,
        before: "From: Ann Hale <ann@courier.example>\nSubject: Bridge closed\n\n",
        after: "\n",
    },
    Sample {
        reader: &Mbox,
        before: "From ann@courier.example Thu Mar 14 09:30:00 2024\nSubject: Bridge closed\n\n",
        after: "\n",
    },
    Sample { reader: &Markdown, before: "---\ntitle: Bridge closed\n---\n\n", after: "" },
    Sample {
        reader: &Trec,
        before: "<DOC>\n<DOCNO> AB240314-0001 </DOCNO>\n<TEXT>\n",
        after: "\n</TEXT>\n</DOC>",
    },
    Sample {
        reader: &Reuters,
        before: "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\"><TEXT><BODY>",
        after: "</BODY></TEXT></REUTERS>",
    },
    Sample {
        reader: &Feeds,
        before: "<rss version=\"2.0\"><channel><title>Courier</title><item><guid>1</guid>\
            <description>",
        after: "</description></item></channel></rss>",
    },
    Sample {
        reader: &NewsMlG2,
        before: "<newsItem guid='1'><contentSet><inlineXML><html><body><p>",
        after: "</p></body></html></inlineXML></contentSet></newsItem>",
    },
    Sample {
        reader: &NewsMl,
        before: "<NewsML><NewsItem><NewsComponent><ContentItem><DataContent><p>",
        after: "</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>",
    },
    Sample {
        reader: &Nitf,
        before: "<nitf><body><body.content><p>",
        after: "</p></body.content></body></nitf>",
    },
    Sample { reader: &Table, before: "id,body\n1,\"", after: "\"\n" },
    Sample { reader: &JsonLines, before: "{\"id\": \"1\", \"body\": \"", after: "\"}" },
    Sample {
        reader: &JsonDocument,
        before: "{\"articles\": [{\"id\": \"1\", \"body\": \"",
        after: "\"}]}",
    },
];

impl Sample {
    fn file(&self, body: &[u8]) -> Vec<u8> {
        [self.before.as_bytes(), body, self.after.as_bytes()].concat()
    }

    fn read(&self, file: &[u8]) -> Told {
        read_with(self.reader, file, "archive/sample")
    }

    /// Checks the paragraph and the number of replaced places that a file is read as.
    fn check(&self, file: &[u8], want: &str, n_replaced: u64) {
        let told = self.read(file);
        let name = self.reader.name();
        assert_eq!(told.reasons(), [""; 0], "{name}");
        let found: Vec<_> = told.articles.iter().flat_map(printed).collect();
        assert_eq!(found, [want], "{name}");
        let counted = told.notes.iter().map(|note| match note.kind {
            NoteKind::Replaced { n_places } => n_places,
            _ => 0,
        });
        assert_eq!(counted.sum::<u64>(), n_replaced, "{name}");
    }
}

#[test]
fn every_reader_has_a_sample_and_a_name_of_its_own() {
    // The records of a crawl are counted in bytes; what they are asked stands beside them.
    let n_crawls = readers().iter().filter(|it| ["warc", "arc"].contains(&it.name())).count();
    assert_eq!(readers().len() - n_crawls, SAMPLES.len());
    for sample in SAMPLES {
        let name = sample.reader.name();
        let n_named = readers().iter().filter(|it| it.name() == name).count();
        assert_eq!(n_named, 1, "{name}");
    }
}

#[test]
fn an_empty_file_is_told() {
    for sample in SAMPLES {
        for file in ["", "\u{feff}", "\n", " \r\n\t\u{2028}"] {
            let told = sample.read(file.as_bytes());
            assert_eq!(told.articles, []);
            assert_eq!(told.malformed.len(), 1, "{}: {file:?}", sample.reader.name());
        }
        assert_eq!(sample.read(b"").reasons(), ["archive/sample: empty file"]);
    }
}

#[test]
fn text_is_read_in_every_encoding() {
    let words = "The café in Zürich was closed on Monday, “for a week”, Ms. Müller said.";
    for sample in SAMPLES {
        let file = sample.file(words.as_bytes());
        sample.check(&file, words, 0);
        sample.check(&[b"\xEF\xBB\xBF".as_slice(), &file].concat(), words, 0);
        let (cp1252, ..) = encoding_rs::WINDOWS_1252.encode(words);
        sample.check(&sample.file(&cp1252), words, 0);
        let file = String::from_utf8_lossy(&file).into_owned();
        let units = || ["\u{feff}", &file].concat();
        let le: Vec<u8> = units().encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = units().encode_utf16().flat_map(u16::to_be_bytes).collect();
        sample.check(&le, words, 0);
        sample.check(&be, words, 0);
    }
}

#[test]
fn invalid_bytes_are_replaced_and_counted() {
    for sample in SAMPLES {
        let file = sample.file(b"Z\xC3\xBCrich \xFFwas\xC3 h\xC3\xB6flich");
        sample.check(&file, "Zürich \u{fffd}was\u{fffd} höflich", 2);
        assert_eq!(
            sample.read(&file).notes(),
            ["archive/sample: 2 invalid characters were replaced"]
        );
        // What was lost before is told too, and never counted as a fault of the bytes.
        let file = sample.file("a \u{fffd} b".as_bytes());
        sample.check(&file, "a \u{fffd} b", 0);
        let lost = "archive/sample: a character was lost before (U+FFFD)";
        assert_eq!(sample.read(&file).notes(), [lost]);
    }
}

#[test]
fn control_characters_do_not_lose_an_article() {
    for sample in SAMPLES {
        let told = sample.read(&sample.file(b"bell \x07 and escape \x1b[31m red"));
        assert_eq!(told.articles.len(), 1, "{:?}", told.reasons());
        let found = printed(&told.articles[0]).concat();
        assert!(found.starts_with("bell ") && found.ends_with("[31m red"));
    }
}

#[test]
fn line_ends_of_all_systems_are_read() {
    for sample in SAMPLES {
        for end in ["\n", "\r\n", "\r"] {
            let file = sample.file(b"A line.");
            let file = [end.as_bytes(), &file, end.as_bytes(), end.as_bytes()].concat();
            sample.check(&file, "A line.", 0);
        }
    }
}

#[test]
fn half_a_file_is_read_or_told() {
    for sample in SAMPLES {
        let file = sample.file("Über die Brücke, sagte sie, “fährt” niemand.".as_bytes());
        for len in 1..file.len() {
            let told = sample.read(&file[..len]);
            assert_eq!(told.articles.len() + told.malformed.len(), 1);
        }
    }
}

#[test]
fn a_huge_file_ends_in_an_article_or_a_reason() {
    for sample in SAMPLES {
        let file = sample.file("word ".repeat(8 * 1024 * 1024).as_bytes());
        let told = sample.read(&file);
        assert_eq!(told.articles.len() + told.malformed.len(), 1);
    }
    let told = read_with(&PlainText, &vec![b'a'; 64 * 1024 * 1024 + 1], "a.txt");
    assert_eq!(told.reasons(), ["a.txt: longer than 67108864 bytes"]);
}

#[test]
fn reading_stops_when_it_is_told_to() {
    for sample in SAMPLES {
        let file = sample.file(b"Z\xC3\xBCrich \xFF").repeat(3);
        let mut n_told = 0;
        let input = Input {
            shown: "a",
            below: "a",
            mtime_ns: None,
            settings: Settings::standard(),
            known: None,
            stream: &mut file.as_slice(),
        };
        let outcome = sample.reader.read(input, &mut |_| {
            n_told += 1;
            ControlFlow::Break(())
        });
        assert!(outcome.is_ok());
        assert_eq!(n_told, 1);
    }
}

#[test]
fn a_binary_file_is_set_aside_with_its_kind() {
    for (head, reason) in [
        (b"\x1f\x8b\x08\0\0".as_slice(), "not a text file (looks like gzip)"),
        (b"PK\x03\x04", "not a text file (looks like zip)"),
        (&[0; 64], "not a text file (looks like binary data)"),
        (
            b"<agency><p>a</p></agency>",
            "no reader for this format (looks like XML (root element 'agency'))",
        ),
    ] {
        for name in ["a.txt", "a.jsonl", "a"] {
            let chosen = reader_for(head, Path::new(name), readers()).map(Reader::name);
            assert_eq!(chosen, Err(reason.to_owned()));
        }
    }
}

#[test]
fn the_content_chooses_the_reader_and_the_name_helps() {
    for (head, name, want) in [
        ("Bridge closed\n\nIt rained.", "a.txt", "text"),
        ("Bridge closed\n\nIt rained.", "a.jsonl", "text"),
        ("{\"id\": 1}\n{\"id\": 2}\n", "a.txt", "jsonl"),
        ("{\"id\": 1}", "a.json", "jsonl"),
        ("\u{feff}\n{\"id\": 1}", "a", "jsonl"),
        ("{\"id\": 1, \"body\": \"It rai", "a", "jsonl"),
        ("{broken}\n{\"id\": 2}\n", "a.txt", "jsonl"),
        ("broken\n{\"id\": 2}\n", "a.jsonl", "jsonl"),
        ("[1, 2]\n", "a.jsonl", "jsonl"),
        ("{Laughter} he said", "a.txt", "text"),
        ("<!DOCTYPE html>\n<title>Bridge closed</title>", "a.txt", "html"),
        ("\u{feff}<?xml version=\"1.0\"?>\n<!-- a > b -->\n<html xmlns=\"x\">", "a", "html"),
        ("<?xml version=\"1.0\"?>\n<!DOCTYPE nitf>\n<nitf>", "a.txt", "nitf"),
        ("<export><nitf/><nitf/></export>", "a.xml", "nitf"),
        ("<newsMessage xmlns='x'><header/><itemSet>", "a.xml", "newsml-g2"),
        ("<n:packageItem><nitf/>", "a", "newsml-g2"),
        ("<export><newsItem><nitf/>", "a", "newsml-g2"),
        ("<NewsML><NewsItem><nitf/>", "a", "newsml"),
        ("<div><p>It rained.</p></div>", "a", "html"),
        ("It <b>rained</b>.", "a.html", "html"),
        ("It <b>rained</b>.", "a.txt", "text"),
        ("[Correction] It did not rain.", "a.txt", "text"),
        ("---\ntitle: Bridge closed\n---\nIt rained.", "a", "markdown"),
        ("\u{feff}\n+++\ntitle = 'Bridge closed'\n+++\nIt rained.", "a.txt", "markdown"),
        ("{\"title\": \"Bridge closed\"}\n\nIt rained.", "a.md", "markdown"),
        ("It *rained*.", "README.md", "markdown"),
        ("---\nIt rained: all night\n---\n", "a.txt", "text"),
        ("From: a@b.example\nSubject: Bridge closed\nMIME-Version: 1.0\n\n", "a", "mail"),
        ("Subject: Bridge closed\n\nIt rained.", "a.eml", "mail"),
        ("From a Thu Mar 14 09:30:00 2024\nSubject: Bridge closed\n\n", "a", "mbox"),
        ("From Alder Bay at 9:30 in 2024\nit rained.", "a.txt", "text"),
        ("From: Alder Bay\nTo: Port Hale\n", "a.txt", "text"),
    ] {
        let chosen = reader_for(head.as_bytes(), Path::new(name), readers()).map(Reader::name);
        assert_eq!(chosen, Ok(want), "{name}: {head}");
    }
    let utf16: Vec<u8> = "\u{feff}{\"id\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let chosen = reader_for(&utf16, Path::new("a"), readers()).map(Reader::name);
    assert_eq!(chosen, Ok("jsonl"));
    for (document, name) in [
        ("{\n  \"id\": 1\n}\n", "a.json"),
        ("[{\"id\": 1}]", "a.json"),
        ("[\n{\"id\": 1},\n{\"id\": 2}\n]", "a.txt"),
        ("{\"articles\": [{\"id\": 1}]}", "a.txt"),
        ("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": 1}]}", "a"),
        ("{\"data\": {\"item\": {\"id\": 1, \"bo", "a"),
    ] {
        let chosen = reader_for(document.as_bytes(), Path::new(name), readers());
        assert_eq!(chosen.map(Reader::name), Ok("json"), "{document}");
    }
}

mod agencies;
mod datelines;
mod letters;
mod named;
mod newsml;
mod plain_text;
mod records;
mod sgml;
mod tables;
mod walking;

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        _ = reader_for(&bytes, Path::new("a.jsonl"), readers());
        for reader in readers() {
            let told = read_with(*reader, &bytes, "a");
            prop_assert!(!told.articles.is_empty() || !told.malformed.is_empty());
        }
    }

    #[test]
    fn a_damaged_record_never_panics_and_spares_its_neighbours(
        at in 0usize..80, byte in any::<u8>(), cut in 0usize..80,
    ) {
        let good = r#"{"id": "x", "date": "2024-03-14", "body": ["a \u00e9", {"text": "b"}]}"#;
        let mut bad = good.as_bytes().to_vec();
        bad[at.min(good.len() - 1)] = byte;
        bad.truncate(bad.len() - cut / 30);
        let file = [good.as_bytes(), &bad, good.as_bytes()].join(&b'\n');
        let told = read_with(&JsonLines, &file, "a");
        let n_good = told.articles.iter().filter(|it| it.id == "x").count();
        prop_assert!(n_good >= 2, "{:?}", told);
        prop_assert!(told.articles.len() + told.malformed.len() >= 3 || byte.is_ascii_whitespace());
    }

    #[test]
    fn every_word_of_a_text_is_kept(
        parts in prop::collection::vec(
            r"[A-Za-zé.,:’-]{1,12}|By Ann|[ \n\r\t\u{2028}]{1,3}|[^\p{Cc}\u{AD}]{0,50}",
            1..60,
        )
    ) {
        let body = parts.join(" ");
        let dense = |text: &str| text.split_whitespace().collect::<String>();
        let file = format!("{{\"body\": {}}}", json!(body));
        let told = read_with(&JsonLines, file.as_bytes(), "a");
        let kept: String = told.articles.iter().flat_map(printed).map(dense).collect();
        prop_assert_eq!(&kept, &dense(&body));
        let told = read_with(&PlainText, format!("it\n{body}").as_bytes(), "a");
        let article = told.articles.into_iter().next().unwrap_or_default();
        let by = if article.byline.is_empty() { "" } else { "By" };
        let top = [article.headline.as_str(), by, &article.byline].map(dense).concat();
        let kept = top + &printed(&article).into_iter().map(dense).collect::<String>();
        prop_assert_eq!(kept, format!("it{}", dense(&body)));
    }

    #[test]
    fn spans_lead_back_to_the_record(ends in prop::collection::vec("\n|\r\n|\r|\n\n| \n", 1..9)) {
        let mut file = String::from("\u{feff}");
        for (idx, end) in ends.iter().enumerate() {
            file += &format!("{{\"id\": {idx}, \"body\": \"Zürich {idx}\"}}{end}");
        }
        let told = read_with(&JsonLines, file.as_bytes(), "a");
        prop_assert_eq!(told.articles.len(), ends.len());
        for (idx, article) in told.articles.iter().enumerate() {
            let line = article.origin.span.of(&file);
            let record: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            prop_assert_eq!(&record["id"], &json!(idx));
        }
    }
}
