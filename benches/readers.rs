//! How fast each format is read, from its bytes to articles: megabytes a second of CPU time.
//!
//! ```text
//! cargo bench --bench readers               # all
//! cargo bench --bench readers -- reuters-sgml
//! ```
//!
//! A file of 32 MiB is made of one record of ours, over and over, and read in memory by one thread.
//! The median of five rounds is printed, and the slowest and the fastest. A format is one line of
//! [`FORMATS`].

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

use std::ops::ControlFlow;

use dateline::source::{self, Event, Input, Reader, Settings};
use rustix::time::{ClockId, clock_gettime};

/// How much is read in a round.
const FILE_BYTES: usize = 32 << 20;

/// How often.
const ROUNDS: usize = 5;

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

/// A format: its reader, what stands before the records, and a record of a number and a text.
struct Format {
    reader: &'static str,
    before: &'static str,
    record: fn(usize, &str) -> String,
}

const FORMATS: &[Format] = &[
    Format {
        reader: "jsonl",
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
        before: "id,date,title,text\n",
        record: |number, text| {
            let text = text.replace("\n    ", "\u{1}").replace('\n', " ").replace('\u{1}', "\n");
            format!("{number},2024-03-14,Bridge closed for a year,\"{text}\"\n")
        },
    },
];

fn main() {
    let only = std::env::args().nth(1).filter(|it| !it.starts_with("--"));
    let is_wanted = |it: &&Format| only.as_ref().is_none_or(|name| name == it.reader);
    for format in FORMATS.iter().filter(is_wanted) {
        let reader = source::readers().iter().find(|it| it.name() == format.reader);
        let reader = *reader.expect("a reader of this name");
        let mut file = format.before.to_owned();
        let mut number = 0;
        while file.len() < FILE_BYTES {
            number += 1;
            file += &(format.record)(number, TEXT);
        }
        let mut speeds: Vec<f64> = (0..ROUNDS).map(|_| round(reader, &file, number)).collect();
        speeds.sort_by(f64::total_cmp);
        let (slowest, fastest) = (speeds[0], speeds[ROUNDS - 1]);
        let median = speeds[ROUNDS / 2];
        println!("{:14}{median:8.0} MB/s  ({slowest:.0} to {fastest:.0})", format.reader);
    }
}

/// Reads a file of so many records, and returns the megabytes a second.
fn round(reader: &dyn Reader, file: &str, n_records: usize) -> f64 {
    let start = cpu_s();
    let mut n_articles = 0;
    let input = Input {
        shown: "bench",
        below: "bench",
        mtime_ns: None,
        settings: Settings::standard(),
        known: None,
        stream: &mut file.as_bytes(),
    };
    let outcome = reader.read(input, &mut |event| {
        n_articles += usize::from(matches!(event, Event::Article(_)));
        ControlFlow::Continue(())
    });
    assert!(outcome.is_ok() && n_articles == n_records, "{n_articles} of {n_records} articles");
    file.len() as f64 / 1e6 / (cpu_s() - start)
}

/// Returns the CPU time of this thread, in seconds.
fn cpu_s() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}
