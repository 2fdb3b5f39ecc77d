//! How fast each format is read, from its bytes to articles: megabytes a second of CPU time.
//!
//! ```text
//! cargo bench --bench readers               # all
//! cargo bench --bench readers -- reuters-sgml
//! ```
//!
//! A file of 32 MiB is made of one record of ours, over and over, and read in memory by one thread;
//! of formats that hold one article a file, such a file is read over and over. The median of five
//! rounds is printed, and the slowest and the fastest. A format is one entry of [`FORMATS`]. Pages
//! of ours are tidy, so the real ones of `../shared` are read too, where they are.

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use dateline::source::{self, Event, Input, Reader, Settings};
use rustix::time::{ClockId, clock_gettime};

/// How much is read in a round.
const FILE_BYTES: usize = 32 << 20;

/// How often.
const ROUNDS: usize = 5;

/// How much is read once, to see that the bench runs: `-- --test`.
const TRIAL_BYTES: usize = 1 << 20;

/// What the text of every record is: the paragraphs of an article of ours, each line of it as a wire
/// breaks it.
const TEXT: &str = "    The bridge over the Tarrow at Weir Street was closed on Monday after
the yearly inspection found cracks in two of its seven piers, the town
said in a statement. Nobody was hurt.
    Buses will go round by the old mill, which takes twenty minutes, and
the school will open half an hour later than it has until today, the
head of it, Greta Lindholm, said.
    It was not clear when the repairs could begin. The mayor, Maud
Ferrier, put their cost at 4.2 mln dlrs, and said that the county would
have to pay for most of them, because it had owned the bridge until 1974.
    The ferry of Port and Mill will sail every quarter of an hour from six
o'clock in the morning, and carry bicycles for nothing.
";

/// The real pages, where they are: a folder for each of some, and a folder of others.
const PAGES: &str = "../shared/corpora/formats/html-newsarticle";

/// A format: its reader, what stands around the records, and a record of a number and a text.
struct Format {
    reader: &'static str,
    before: &'static str,
    record: fn(usize, &str) -> String,
    after: &'static str,
    holds: Holds,
}

/// How many articles a file of the format holds.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    One,
    Many,
}

const FORMATS: &[Format] = &[
    Format {
        reader: "jsonl",
        after: "",
        holds: Holds::Many,
        before: "",
        record: |number, text| {
            let text = text.replace("\n    ", "\\n").replace('\n', " ");
            let date = "2024-03-14T09:30:00Z";
            format!(
                "{{\"id\": \"c-{number}\", \"headline\": \"Bridge closed for a year\", \
                 \"date\": \"{date}\", \"byline\": \"By Ann Hale\", \"body\": \"{text}\"}}\n"
            )
        },
    },
    Format {
        reader: "trec",
        after: "",
        holds: Holds::Many,
        before: "",
        record: |number, text| {
            format!(
                "<DOC>\n<DOCNO> AB240314-{number} </DOCNO>\n<HEAD>Bridge Closed for a Year</HEAD>\n\
                 <BYLINE>By ANN HALE</BYLINE>\n<DATELINE>ALDER BAY (ABA) </DATELINE>\n\
                 <TEXT>\n{text}</TEXT>\n</DOC>\n"
            )
        },
    },
    Format {
        reader: "reuters-sgml",
        after: "",
        holds: Holds::Many,
        before: "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n",
        record: |number, text| {
            format!(
                "<REUTERS TOPICS=\"YES\" NEWID=\"{number}\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n\
                 <TOPICS><D>bridges</D></TOPICS>\n<PLACES><D>alder-bay</D></PLACES>\n\
                 <TEXT>&#2;\n<TITLE>BRIDGE &lt;BRG> CLOSED</TITLE>\n\
                 <DATELINE>    ALDER BAY, Feb 26 - </DATELINE><BODY>{text} Reuter\n&#3;</BODY></TEXT>\n\
                 </REUTERS>\n"
            )
        },
    },
    Format {
        reader: "table",
        after: "",
        holds: Holds::Many,
        before: "id,date,title,text\n",
        record: |number, text| {
            let text = text.replace("\n    ", "\u{1}").replace('\n', " ").replace('\u{1}', "\n");
            format!("{number},2024-03-14,Bridge closed for a year,\"{text}\"\n")
        },
    },
    Format {
        reader: "nitf",
        before: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<stories>\n",
        after: "</stories>\n",
        holds: Holds::Many,
        record: |number, text| {
            format!(
                "<nitf uno=\"c-{number}\">\n<head>\n<title>Bridge closed for a year</title>\n\
                 <docdata><doc-id id-string=\"c-{number}\"/>\
                 <date.issue norm=\"20240314T093000Z\"/></docdata>\n</head>\n<body>\n<body.head>\
                 <hedline><hl1>Bridge closed for a year</hl1></hedline>\
                 <byline>By <person>Ann Hale</person></byline>\
                 <dateline><location>ALDER BAY</location></dateline></body.head>\n\
                 <body.content>\n{}</body.content>\n</body>\n</nitf>\n",
                marked_up(text)
            )
        },
    },
    Format {
        reader: "newsml-g2",
        before: "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>\n",
        after: "</itemSet></newsMessage>\n",
        holds: Holds::Many,
        record: |number, text| {
            format!(
                "<newsItem guid=\"urn:newsml:courier.example:{number}\" version=\"1\">\n\
                 <itemMeta><versionCreated>2024-03-14T09:30:00Z</versionCreated></itemMeta>\n\
                 <contentMeta><headline>Bridge closed for a year</headline>\
                 <by>By Ann Hale</by></contentMeta>\n<contentSet><inlineXML>\
                 <html xmlns=\"http://www.w3.org/1999/xhtml\"><body>\n{}</body></html>\
                 </inlineXML></contentSet>\n</newsItem>\n",
                marked_up(text)
            )
        },
    },
    Format {
        reader: "feed",
        before: "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n\
                 <channel><title>The Courier</title>\n",
        after: "</channel></rss>\n",
        holds: Holds::Many,
        record: |number, text| {
            format!(
                "<item><guid>c-{number}</guid><title>Bridge closed for a year</title>\
                 <pubDate>Thu, 14 Mar 2024 09:30:00 GMT</pubDate>\
                 <content:encoded><![CDATA[{}]]></content:encoded></item>\n",
                marked_up(text)
            )
        },
    },
    Format {
        reader: "html",
        before: "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
                 <title>Bridge closed for a year | The Courier</title>\
                 <meta property=\"og:type\" content=\"article\">\
                 <meta property=\"article:published_time\" content=\"2024-03-14T09:30:00Z\">\
                 </head><body><nav><ul>\n",
        after: "</article><footer><p>The Courier, Weir Street</p></footer></body></html>\n",
        holds: Holds::One,
        record: |_, text| {
            let link = "<li class=\"menu__item\"><a href=\"/a/b.html\">Harbour news</a></li>\n";
            format!(
                "{}</ul></nav>\n<article><h1>Bridge closed for a year</h1>\n{}",
                link.repeat(40),
                marked_up(text)
            )
        },
    },
    Format {
        reader: "mbox",
        before: "",
        after: "",
        holds: Holds::Many,
        record: |number, text| {
            format!(
                "From courier@courier.example Thu Mar 14 09:30:00 2024\n\
                 From: The Courier <courier@courier.example>\n\
                 Date: Thu, 14 Mar 2024 09:30:00 +0000\nMessage-ID: <{number}@courier.example>\n\
                 Subject: Bridge closed for a year\nContent-Type: text/plain; charset=utf-8\n\n\
                 {text}\n"
            )
        },
    },
    Format {
        reader: "markdown",
        before: "---\ntitle: Bridge closed for a year\ndate: 2024-03-14T09:30:00Z\n\
                 author: Ann Hale\ntags: [bridges, transport]\n---\n",
        after: "",
        holds: Holds::One,
        record: |_, text| text.replace("\n    ", "\n\n").trim_start().to_owned(),
    },
];

/// Returns the paragraphs of a text in the tags of HTML.
fn marked_up(text: &str) -> String {
    format!("<p>{}</p>\n", text.trim().replace("\n    ", "</p>\n<p>"))
}

/// How much is read, and how often.
#[derive(Clone, Copy)]
struct Size {
    file_bytes: usize,
    rounds: usize,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let size = match arguments.any(|it| it == "--test") {
        true => Size { file_bytes: TRIAL_BYTES, rounds: 1 },
        false => Size { file_bytes: FILE_BYTES, rounds: ROUNDS },
    };
    let only = std::env::args().nth(1).filter(|it| !it.starts_with("--"));
    let is_wanted = |it: &&Format| only.as_ref().is_none_or(|name| name == it.reader);
    for format in FORMATS.iter().filter(is_wanted) {
        let (files, n_articles) = format.files(size);
        measure(format.reader, &files, n_articles, size);
    }
    if only.is_none_or(|name| name == "html") {
        match real_pages(size) {
            Some(pages) => measure("html, real", &pages, pages.len(), size),
            None => println!("skipped: {PAGES} is not here"),
        }
    }
}

impl Format {
    /// Returns what is read in a round, and how many articles are in it.
    fn files(&self, size: Size) -> (Vec<Vec<u8>>, usize) {
        let mut file = self.before.to_owned();
        let mut number = 0;
        loop {
            number += 1;
            file += &(self.record)(number, TEXT);
            if self.holds == Holds::One || file.len() >= size.file_bytes {
                break;
            }
        }
        file += self.after;
        let n_files = size.file_bytes.div_ceil(file.len());
        (vec![file.into_bytes(); n_files], n_files * number)
    }
}

fn reader_named(name: &str) -> &'static dyn Reader {
    *source::readers().iter().find(|it| it.name() == name).expect("a reader of this name")
}

/// Returns the real pages, as often as they fill a round; `None` where they are not.
fn real_pages(size: Size) -> Option<Vec<Vec<u8>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGES);
    let folders = fs::read_dir(folder.join("readability")).ok()?.flatten();
    let mut paths: Vec<_> = folders.map(|it| it.path().join("source.html")).collect();
    paths.extend(fs::read_dir(folder.join("newspaper3k/html")).ok()?.flatten().map(|it| it.path()));
    paths.sort();
    let pages: Vec<Vec<u8>> = paths.iter().filter_map(|it| fs::read(it).ok()).collect();
    let n_bytes: usize = pages.iter().map(Vec::len).sum();
    let n_times = size.file_bytes.div_ceil(n_bytes.max(1));
    Some(pages.iter().cycle().take(pages.len() * n_times).cloned().collect())
}

/// Prints how fast some files are read; the name begins with that of the reader.
fn measure(name: &str, files: &[Vec<u8>], n_articles: usize, size: Size) {
    let reader = reader_named(name.split(',').next().unwrap_or_default());
    let rounds = (0..size.rounds).map(|_| round(reader, files, n_articles));
    let mut speeds: Vec<f64> = rounds.collect();
    speeds.sort_by(f64::total_cmp);
    let (slowest, fastest) = (speeds[0], speeds[speeds.len() - 1]);
    println!("{name:14}{:8.0} MB/s  ({slowest:.0} to {fastest:.0})", speeds[speeds.len() / 2]);
}

/// Reads files of so many articles, and returns the megabytes a second.
fn round(reader: &dyn Reader, files: &[Vec<u8>], n_articles: usize) -> f64 {
    let start = cpu_s();
    let mut n_read = 0;
    for file in files {
        let input = Input {
            shown: "bench",
            below: "bench",
            mtime_ns: None,
            settings: Settings::standard(),
            known: None,
            stream: &mut file.as_slice(),
        };
        let outcome = reader.read(input, &mut |event| {
            n_read += usize::from(matches!(event, Event::Article(_)));
            ControlFlow::Continue(())
        });
        assert!(outcome.is_ok(), "{outcome:?}");
    }
    assert_eq!(n_read, n_articles, "articles");
    files.iter().map(Vec::len).sum::<usize>() as f64 / 1e6 / (cpu_s() - start)
}

/// Returns the CPU time of this thread, in seconds.
fn cpu_s() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}
