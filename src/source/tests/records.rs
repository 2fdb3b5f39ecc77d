//! What only JSON lines are asked.

use super::*;

#[test]
fn a_record_has_all_its_fields() {
    let article = record(&json!({
        "id": "c-1", "headline": "Bridge closed", "date": "2024-03-14T10:00:00Z",
        "byline": "By Ann Hale", "source": "Courier", "section": "Town", "slugline": "bridge-opens", "language": "en",
        "url": "https://courier.example/1", "body": "ALDER BAY - It rained.\n\nRead also:\nStill.",
        "unknown": {"a": [1, 2.5, null, {"b": true}]},
    }));
    assert_eq!(article.id, "c-1");
    assert_eq!(article.headline, "Bridge closed");
    assert_eq!(article.byline, "Ann Hale");
    assert_eq!(article.source, "Courier");
    assert_eq!(article.section, "Town");
    assert_eq!(article.slug, "bridge-opens");
    assert_eq!(article.language, "en");
    assert_eq!(article.url, "https://courier.example/1");
    let date = article.date.map(|it| (it.moment.to_string(), it.provenance));
    assert_eq!(date, Some(("2024-03-14T10:00:00Z".to_owned(), Provenance::Meta)));
    assert_eq!(article.dateline.clone().unwrap_or_default().place, "ALDER BAY");
    assert_eq!(article.paragraphs[1].kind, ParagraphKind::Furniture);
    assert_eq!(article.paragraphs.len(), 3);
}

#[test]
fn keys_are_compared_without_case_and_strokes() {
    let article = record(&json!({
        "GUID": 7, "Title": "Bridge", "article_body": "It rained.", "Pub-Date": "2024-03-14",
        "AUTHOR": "Ann Hale",
    }));
    assert_eq!((article.id.as_str(), article.headline.as_str()), ("7", "Bridge"));
    assert_eq!(printed(&article), ["It rained."]);
    assert!(article.date.is_some() && article.byline == "Ann Hale");
}

#[test]
fn the_preferred_key_counts_and_of_the_same_the_last() {
    let both = record(&json!({"title": "b", "headline": "a", "text": "x", "body": null}));
    assert_eq!((both.headline.as_str(), printed(&both)), ("a", vec!["x"]));
    let twice = jsonl(r#"{"title": "a", "title": "b", "title": null}"#);
    assert_eq!(twice.articles[0].headline, "b");
    let other = record(&json!({"body": "x", "content": {"html": "x"}, "text": 5}));
    assert_eq!(printed(&other), ["x"]);
}

#[test]
fn bodies_and_names_come_in_many_forms() {
    for body in [
        json!("a\nb"),
        json!("a\r\n\r\n b \n"),
        json!(["a", "b"]),
        json!([{"text": "a"}, {"type": "p", "text": "b"}]),
        json!(["a", null, "", {"text": "b", "marks": []}]),
        json!(["a\nb"]),
    ] {
        assert_eq!(printed(&record(&json!({ "body": body }))), ["a", "b"]);
    }
    for (names, want) in [
        (json!("Ann Hale"), "Ann Hale"),
        (json!("by Ann Hale"), "Ann Hale"),
        (json!(["Ann Hale", "Tom Ruiz"]), "Ann Hale and Tom Ruiz"),
        (json!([{"name": "A"}, {"name": "B"}, "C"]), "A, B and C"),
        (json!({"@type": "Person", "name": "Ann\nHale"}), "Ann Hale"),
        (json!(null), ""),
        (json!([]), ""),
    ] {
        assert_eq!(record(&json!({"body": "a", "author": names})).byline, want);
    }
}

#[test]
fn ids_are_the_record_s_own_else_its_url_else_its_place() {
    let id = |value: serde_json::Value| record(&value).id;
    assert_eq!(id(json!({"id": " a\u{7}1 ", "body": "x"})), "a1");
    assert_eq!(id(json!({"id": 12, "body": "x"})), "12");
    assert_eq!(id(json!({"id": "", "link": "http://a/1", "body": "x"})), "http://a/1");
    assert_eq!(id(json!({"id": "\u{1}", "body": "x"})), "wire/a.jsonl#1");
    assert_eq!(id(json!({"id": "x".repeat(513), "body": "x"})).len(), 16);
}

#[test]
fn dates_are_read_told_or_taken_from_the_path() {
    let told = |value: serde_json::Value, path: &str| {
        let told = read_with(&JsonLines, value.to_string().as_bytes(), path);
        let date = told.articles.first().and_then(|it| it.date);
        (date.map(|it| it.moment.to_string()).unwrap_or_default(), told.notes())
    };
    let none: Vec<String> = Vec::new();
    for (date, want) in [
        (json!("26-FEB-1987 15:01:01.79"), "1987-02-26T15:01:01"),
        (json!("2024-03"), "2024-03"),
        (json!(1_755_560_000), "2025-08-18T23:33:20Z"),
        (json!(1_755_560_000_000_i64), "2025-08-18T23:33:20Z"),
        (json!(1_755_560_000.25), "2025-08-18T23:33:20Z"),
    ] {
        let found = told(json!({"body": "x", "date": date}), "wire/2001.jsonl");
        assert_eq!(found, (want.to_owned(), none.clone()));
    }
    let note = "wire/1963.jsonl:1: date '08/30 63' is not understood".to_owned();
    let found = told(json!({"body": "x", "date": "08/30 63"}), "wire/1963.jsonl");
    assert_eq!(found, (String::new(), vec![note]));
    let found = told(json!({"body": "x"}), "wire/2024/03/14.jsonl");
    assert_eq!(found, ("2024-03-14".to_owned(), none));
}

#[test]
fn a_dateline_of_its_own_is_kept_where_the_text_has_none() {
    let own = |body: &str| {
        let found = record(&json!({"dateline": "KYIV, Ukraine (AP)", "body": body})).dateline;
        found.map(|it| (it.place, it.agency, it.span.end)).unwrap_or_default()
    };
    let field = ("KYIV, Ukraine".to_owned(), "AP".to_owned(), 0);
    assert_eq!(own("It rained."), field);
    assert_eq!(own("LVIV — It rained.").0, "LVIV");
}

#[test]
fn a_bad_record_is_named_and_the_next_one_read() {
    let file = [
        r#"{"id": 1, "body": "x"}"#,
        "",
        r#"{"id": 2, "body": }"#,
        r#"{"id": 3, "bo"#,
        "[1, 2]",
        "null",
        r#"{"id": {"$oid": "5"}, "body": "x"}"#,
        r#"{"id": 6, "body": 5}"#,
        r#"{"id": 7, "title": ["a"]}"#,
        r#"{"id": 8}"#,
        r#"{"id": 9, "body": "x"} x"#,
        r#"{"id": 10, "body": "x"}"#,
    ];
    let told = jsonl(&file.join("\n"));
    let ids: Vec<&str> = told.articles.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["1", "10"]);
    assert_eq!(told.articles[1].origin.to_string(), "wire/a.jsonl:12");
    assert_eq!(
        told.reasons(),
        [
            "wire/a.jsonl:3: not valid JSON: expected value at column 19",
            "wire/a.jsonl:4: not valid JSON: EOF while parsing a string at column 13",
            "wire/a.jsonl:5: the record is not an object",
            "wire/a.jsonl:6: the record is not an object",
            "wire/a.jsonl:7: 'id' is an object",
            "wire/a.jsonl:8: 'body' is a number",
            "wire/a.jsonl:9: 'title' is an array",
            "wire/a.jsonl:10: no headline and no body",
            "wire/a.jsonl:11: not valid JSON: trailing characters at column 24",
        ]
    );
}

#[test]
fn a_line_of_200_megabytes_is_passed_over() -> io::Result<()> {
    let good = b"{\"id\": 1, \"body\": \"x\"}\n";
    let long = io::Read::take(io::repeat(b'x'), 200 * 1024 * 1024);
    let long = io::Read::chain(long, &b"\n"[..]);
    let mut stream = BufReader::new(io::Read::chain(long, &good[..]));
    let mut told = Told::default();
    let input = Input {
        shown: "a",
        below: "a",
        mtime_ns: None,
        settings: Settings::standard(),
        known: None,
        stream: &mut stream,
    };
    JsonLines.read(input, &mut |event| {
        told.take(event);
        ControlFlow::Continue(())
    })?;
    assert_eq!(told.reasons(), ["a:1: record longer than 16777216 bytes"]);
    assert_eq!(told.articles.len(), 1);
    Ok(())
}

#[test]
fn forbidden_characters_are_mended_and_counted() {
    let told = jsonl("{\"body\": \"a\u{3}b \\ud83d c\"}\n{\"body\": \"x\"}");
    assert_eq!(printed(&told.articles[0]), ["a b \u{fffd} c"]);
    assert_eq!(told.notes(), ["wire/a.jsonl: 2 invalid characters were replaced"]);
}

#[test]
fn a_headline_of_too_many_words_is_body() {
    let long = "word ".repeat(HEADLINE_WORDS_MAX + 1);
    let article = record(&json!({"title": long, "body": "x"}));
    assert_eq!((article.headline.as_str(), article.paragraphs.len()), ("", 2));
    let fits = "word ".repeat(HEADLINE_WORDS_MAX);
    assert_eq!(record(&json!({"title": fits})).headline, fits.trim());
}

#[test]
fn each_line_has_an_encoding_of_its_own() {
    let file = [
        "{\"body\": \"Die Straße über die Brücke\"}".as_bytes(),
        b"{\"body\": \"Die Stra\xDFe \xFCber die Br\xFCcke ist heute gesperrt\"}",
    ];
    let told = read_with(&JsonLines, &file.join(&b'\n'), "a");
    assert_eq!(printed(&told.articles[0]), ["Die Straße über die Brücke"]);
    assert_eq!(printed(&told.articles[1]), ["Die Straße über die Brücke ist heute gesperrt"]);
}

/// Reads lines of which some are known, and returns what was told.
fn read_knowing(bytes: &[u8], known: &Known) -> Told {
    let mut told = Told::default();
    let mut stream = BufReader::with_capacity(16, bytes);
    let input = Input {
        shown: "wire/a.jsonl",
        below: "wire/a.jsonl",
        mtime_ns: Some(0),
        settings: Settings::standard(),
        known: Some(known),
        stream: &mut stream,
    };
    known.is_read_by("jsonl");
    let outcome = JsonLines.read(input, &mut |event| {
        told.take(event);
        ControlFlow::Continue(())
    });
    assert!(outcome.is_ok(), "a slice cannot fail");
    told
}

#[test]
fn records_are_known_by_their_bytes_wherever_they_stand() {
    let lines = [
        r#"{"id": "a", "body": "Ferry."}"#,
        r#"{"body": "Nameless."}"#,
        r#"{"id": "b", "date": "08/30 63", "body": "Doubtful."}"#,
        r#"{"id": "c", "body": "Bro"#,
        r#"{"id": "d", "body": "Bridge."}"#,
    ];
    let told = read_knowing(lines.join("\n").as_bytes(), &Known::nothing());
    let numbered: Vec<bool> = told.known.iter().map(|it| it.numbered).collect();
    // What is told with a doubt is told again the next time.
    assert_eq!(numbered, [false, true, false]);
    assert_eq!((told.articles.len(), told.malformed.len(), told.notes.len()), (4, 1, 1));
    let rows = |told: &Told| {
        let mut rows = told.known.clone();
        for (row, record) in rows.iter_mut().zip([1, 2, 5]) {
            row.record = record;
        }
        Known::of("jsonl", Box::new(rows.into_iter()))
    };
    let again = read_knowing(lines.join("\n").as_bytes(), &rows(&told));
    assert_eq!(again.unchanged, [1, 2, 5]);
    assert_eq!((again.articles.len(), again.malformed.len(), again.notes.len()), (1, 1, 1));
    assert_eq!(again.reasons()[0].split(':').nth(1), Some("4"));
    let moved = [lines[4], lines[0], lines[1], lines[0]];
    let again = read_knowing(moved.join("\n").as_bytes(), &rows(&told));
    assert_eq!(again.unchanged, [1, 2]);
    let ids: Vec<_> = again.articles.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["wire/a.jsonl#3", "a"]);
}

#[test]
fn bytes_in_another_encoding_are_other_records() {
    let line = b"{\"id\": \"a\", \"body\": \"x\"}\n";
    let print = |bytes: &[u8]| {
        let told = read_knowing(bytes, &Known::nothing());
        told.known.first().map(|it| it.fingerprint)
    };
    assert_eq!(print(line), print(&[b"\xEF\xBB\xBF", &line[..]].concat()));
    assert!(print(line).is_some());
    let wide: Vec<u8> = line.iter().flat_map(|byte| [*byte, 0]).collect();
    assert_ne!(print(&[b"\xFF\xFE", &wide[..]].concat()), None);
    assert_ne!(print(&[b"\xFF\xFE", &wide[..]].concat()), print(line));
}

#[test]
fn a_withdrawn_record_takes_its_article_out() {
    let told =
        jsonl(r#"{"uri": "urn:c:1", "version": "2", "pubstatus": "canceled", "headline": "x"}"#);
    assert_eq!(told.articles, []);
    let withdrawn = &told.withdrawn[0];
    assert_eq!((withdrawn.id.as_str(), withdrawn.version), ("urn:c:1", 2));
    assert_eq!(withdrawn.by, "pubstatus canceled");
    let told = jsonl(r#"{"uri": "urn:c:1", "pubstatus": "usable", "headline": "x"}"#);
    assert_eq!((told.articles.len(), told.withdrawn.len()), (1, 0));
}

#[test]
fn a_document_tells_its_records_with_their_places() {
    let document = "{\"total\": 3, \"articles\": [\n  {\"id\": 1, \"text\": \"A.\"},\n  {\"id\": 2 \"text\": \"B.\"},\n  {\"id\": 3, \"text\": \"C.\"}\n]}";
    let told = read_with(&JsonDocument, document.as_bytes(), "wire/a.json");
    let ids: Vec<&str> = told.articles.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["1", "3"]);
    assert_eq!(
        told.reasons()[0],
        "wire/a.json:2: not valid JSON: expected `,` or `}` at column 10"
    );
    for article in &told.articles {
        let alone = article.origin.span.of(document);
        let lead = JsonDocument.lead(document.as_bytes());
        let alone = [lead, alone.as_bytes()].concat();
        let again = read_with(&JsonDocument, &alone, "wire/a.json").articles;
        assert_eq!((again.len(), &again[0].id), (1, &article.id));
    }
}

#[test]
fn a_document_in_utf_16_has_its_places_too() {
    let document = "\u{feff}[{\"id\": 1, \"text\": \"Zürich.\"}, {\"id\": 2, \"text\": \"B.\"}]";
    let bytes: Vec<u8> = document.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let told = read_with(&JsonDocument, &bytes, "a.json");
    let span = told.articles[1].origin.span;
    let units = bytes[span.start..span.end].chunks(2).map(|it| u16::from_be_bytes([it[0], it[1]]));
    let text: String = char::decode_utf16(units).map(|it| it.unwrap_or('?')).collect();
    assert_eq!(text, "{\"id\": 2, \"text\": \"B.\"}");
}
