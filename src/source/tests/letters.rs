//! What only mail can be asked.

use super::*;
use crate::article::Class;

fn mail(message: &str) -> Told {
    read_with(&Mail, message.as_bytes(), "letters/a.eml")
}

/// Checks the headline and the paragraphs of a message, those of furniture with a sign before them.
#[track_caller]
fn check(message: &str, headline: &str, want: &[&str]) {
    let told = mail(message);
    assert_eq!(told.reasons(), [""; 0], "{message}");
    let article = &told.articles[0];
    let shown = |it: &crate::article::Paragraph| match it.kind {
        ParagraphKind::Body => it.text.clone(),
        ParagraphKind::Furniture => format!("| {}", it.text),
    };
    let found: Vec<String> = article.paragraphs.iter().map(shown).collect();
    assert_eq!(
        (article.headline.as_str(), found),
        (headline, want.iter().map(ToString::to_string).collect())
    );
}

#[track_caller]
fn refused(message: &str, class: Class, reason: &str) {
    let told = mail(message);
    assert_eq!(told.articles, []);
    assert_eq!(told.malformed.len(), 1);
    assert!(told.malformed[0].reason.contains(reason), "{:?}", told.reasons());
    assert_eq!(told.malformed[0].class, class);
}

const LETTER: &str = "\
Received: from mill.example by quay.example; Thu, 14 Mar 2024 09:30:07 +0100
From: =?iso-8859-1?q?Zo=EB_Hale?= <zoe@courier.example>
To: readers@courier.example
Subject: =?utf-8?B?QnJpZGdl?= closed
  for a year
Date: Thu, 14 Mar 2024 09:30:00 +0100 (CET)
Message-ID: <c-1@courier.example>
List-ID: \"The Alder Bay Courier\" <daily.courier.example>
Keywords: roads, weather
Content-Language: en-GB
Archived-At: <https://courier.example/2024/03/14/bridge>
";

#[test]
fn a_letter_has_its_fields() {
    let told = mail(&format!("{LETTER}\nIt rained.\n"));
    let article = &told.articles[0];
    assert_eq!(article.id, "c-1@courier.example");
    assert_eq!(article.headline, "Bridge closed for a year");
    assert_eq!(article.byline, "Zoë Hale");
    assert_eq!(article.source, "The Alder Bay Courier");
    assert_eq!(article.keywords, ["roads", "weather"]);
    assert_eq!(article.url, "https://courier.example/2024/03/14/bridge");
    assert_eq!(article.language, "en-GB");
    let date = article.date.map(|it| it.moment.to_string());
    assert_eq!(date.as_deref(), Some("2024-03-14T09:30:00+01:00"));
    let told = mail("From: Ann Hale <ann@courier.example>\nSubject: A\nDate: soon\n\nIt rained.");
    assert_eq!(told.articles[0].source, "courier.example");
    assert_eq!(told.articles[0].date, None);
    assert_eq!(told.notes(), ["letters/a.eml: date 'soon' is not understood"]);
}

#[test]
fn texts_are_decoded_as_they_were_sent() {
    for (headers, body) in [
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
            "Q2Fmw6ks\nIG5vLg==",
        ),
        (
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
            "Caf=E9, =\nno.",
        ),
        ("Content-Type: text/plain; charset=bogus", "Café, no."),
        ("Content-Type: text/html; charset=utf-8", "<p>Caf&eacute;, <b>no</b>."),
    ] {
        check(
            &format!("From: a@b.example\nSubject: A\n{headers}\n\n{body}\n"),
            "A",
            &["Café, no."],
        );
    }
    let latin = b"From: a@b.example\nSubject: A\n\nThe caf\xE9 in Z\xFCrich was closed.\n";
    let told = read_with(&Mail, latin, "a.eml");
    assert_eq!(printed(&told.articles[0]), ["The café in Zürich was closed."]);
}

/// Returns a message of several parts.
fn parts(kind: &str, parts: &[(&str, &str)]) -> String {
    let mut message = format!(
        "From: a@b.example\nSubject: A\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=\"=x=\"\n\nNo MIME.\n"
    );
    for (headers, body) in parts {
        let end = if headers.is_empty() { "" } else { "\n" };
        message += &format!("--=x=\n{headers}{end}\n{body}\n");
    }
    message + "--=x=--\nEpilogue\n"
}

#[test]
fn plain_text_counts_unless_it_is_a_stub() {
    let page = "<p>It rained all night in Alder Bay, and the bridge at Weir Street was closed.</p>\
                <p>Nobody was hurt.</p>";
    let of = |plain: &str| {
        parts(
            "alternative",
            &[("Content-Type: text/plain", plain), ("Content-Type: text/html", page)],
        )
    };
    check(&of("It rained all night in Alder Bay."), "A", &["It rained all night in Alder Bay."]);
    check(
        &of("No HTML here."),
        "A",
        &[
            "It rained all night in Alder Bay, and the bridge at Weir Street was closed.",
            "Nobody was hurt.",
        ],
    );
    check(
        &parts("alternative", &[("Content-Type: text/html", page)])
            .replace("and the bridge at Weir Street ", ""),
        "A",
        &["It rained all night in Alder Bay, was closed.", "Nobody was hurt."],
    );
}

#[test]
fn signatures_and_what_is_about_the_letter_are_furniture() {
    check(
        "From: a@b.example\nSubject: A\n\nIt rained.\n\n-- \nAnn Hale\nThe Courier\n",
        "A",
        &["It rained.", "| --", "| Ann Hale", "| The Courier"],
    );
    check(
        "From: a@b.example\nSubject: A\nContent-Type: text/html\n\n<p>View in browser</p><p>It rained.</p>\
         <p>You are receiving this because you asked.</p><p>3 Weir Street</p>",
        "A",
        &[
            "| View in browser",
            "It rained.",
            "| You are receiving this because you asked.",
            "| 3 Weir Street",
        ],
    );
    check(
        "From: a@b.example\nSubject: A\nContent-Type: text/plain; format=flowed\n\nIt rained \nall night.\nStill.\n",
        "A",
        &["It rained all night.", "Still."],
    );
}

#[test]
fn attached_messages_stand_under_their_subjects() {
    let inner =
        |subject: &str, body: &str| format!("From: c@d.example\nSubject: {subject}\n\n{body}");
    let (one, two) =
        (inner("Ferry on strike", "Nobody sailed."), inner("Leek of the year", "Plum won."));
    check(
        &parts("digest", &[("", &one), ("", &two)]),
        "A",
        &["Ferry on strike", "Nobody sailed.", "Leek of the year", "Plum won."],
    );
    check(
        &parts(
            "mixed",
            &[("Content-Type: text/plain", "See below."), ("Content-Type: message/rfc822", &one)],
        ),
        "A",
        &["See below.", "Ferry on strike", "Nobody sailed."],
    );
}

#[test]
fn messages_without_a_text_are_named() {
    refused(
        &parts("mixed", &[("Content-Type: text/calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR")]),
        Class::Format,
        "an invitation of a calendar, no article",
    );
    refused(
        &parts("mixed", &[("Content-Type: image/png\nContent-Transfer-Encoding: base64", "AAAA")]),
        Class::Format,
        "a message of files alone, no article",
    );
    refused("From: a@b.example\nSubject: A\n\n", Class::Format, "a message without a text");
}

#[test]
fn no_nesting_takes_the_stack_or_the_night() {
    let deep = "From: a@b.example\nContent-Type: message/rfc822\n\n";
    refused(&deep.repeat(100_000), Class::Limit, "messages attached more than 8 deep");
    let headers = "a: b\n".repeat(100_000);
    refused(&headers, Class::Limit, "more than 2000 headers");
    let many = parts("mixed", &vec![("", "a"); 10_001]);
    refused(&many, Class::Limit, "more than 10000 parts");
    let boundaries: String = (0..5_000)
        .map(|idx| format!("Content-Type: multipart/mixed; boundary=b{idx}\n\n--b{idx}\n"))
        .collect();
    let told = mail(&format!("From: a@b.example\nSubject: A\n{boundaries}\nIt rained."));
    assert_eq!(told.articles.len() + told.malformed.len(), 1);
}

#[test]
fn a_mailbox_is_read_message_by_message() {
    let mailbox = "\
From ann@courier.example Thu Mar 14 09:30:00 2024
From: ann@courier.example
Subject: Bridge closed
Message-ID: <1@courier.example>

It rained.

From Weir Street it ran down.

>From the quay too.
>>From Port Hale: no.

From tom@courier.example  Fri Mar 15 09:30:00 2024
Subject: Nothing

From tom@courier.example Fri Mar 15 10:30:00 2024 +0100
Subject: Ferry on strike

Nobody sailed.
";
    for end in ["\n", "\r\n"] {
        let told = read_with(&Mbox, mailbox.replace('\n', end).as_bytes(), "letters/inbox");
        assert_eq!(told.reasons(), ["letters/inbox:2: a message without a text"]);
        assert_eq!(
            printed(&told.articles[0]),
            [
                "It rained.",
                "From Weir Street it ran down.",
                "From the quay too.",
                ">From Port Hale: no."
            ]
        );
        assert_eq!(told.articles[1].id, "letters/inbox#3");
        let mailbox = mailbox.replace('\n', end);
        let span = told.articles[1].origin.span.of(&mailbox);
        assert!(span.starts_with("From tom") && span.ends_with("Nobody sailed."), "{span}");
    }
    let long = format!("{}\n{}", "x\n".repeat(9_000_000), mailbox);
    let told = read_with(&Mbox, format!("From a Thu Mar 14 09:30:00 2024\n{long}").as_bytes(), "a");
    assert_eq!(told.articles.len(), 2);
    assert_eq!(told.malformed[0].class, Class::Limit);
    let told =
        read_with(&Mbox, b"Dear all\n\nFrom a Thu Mar 14 09:30:00 2024\nSubject: A\n\nYes.", "a");
    assert_eq!((told.articles.len(), told.malformed.len()), (1, 1));
}
