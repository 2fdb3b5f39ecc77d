//! What only plain text is asked.

use super::*;

fn dated(article: &Article) -> (String, Option<Provenance>) {
    let date = article.date;
    (date.map_or(String::new(), |it| it.moment.to_string()), date.map(|it| it.provenance))
}

#[test]
fn a_page_of_the_courier_has_all_its_parts() {
    let page = "Bridge closed for a year\n\n\
        By Ann Hale and Tom Ruiz\n14 March 2024\n\n\
        ALDER BAY - The bridge at Weir Street was closed on Thursday.\n\
        Read also:\nNobody was hurt.\n";
    let told = read_with(&PlainText, page.as_bytes(), "courier/2021/03/14-bridge.txt");
    assert_eq!((told.articles.len(), told.malformed.len()), (1, 0));
    let article = &told.articles[0];
    assert_eq!(article.id, "courier/2021/03/14-bridge.txt");
    assert_eq!(article.headline, "Bridge closed for a year");
    assert_eq!(article.byline, "Ann Hale and Tom Ruiz");
    assert_eq!(dated(article), ("2024-03-14".to_owned(), Some(Provenance::Body)));
    assert_eq!(article.paragraphs.len(), 3);
    assert_eq!(article.paragraphs[1].kind, ParagraphKind::Furniture);
    let dateline = article.dateline.clone().unwrap_or_default();
    assert_eq!(dateline.place, "ALDER BAY");
    assert_eq!(dateline.span.of(&article.paragraphs[0].text), "ALDER BAY -");
    assert_eq!((article.origin.record, article.origin.span.end), (0, page.len()));
}

#[test]
fn a_scraped_page_without_headline_is_all_body() {
    let article = text(
        "Washington: US President Donald Trump met the leaders of Europe.\n\
         They spoke of guarantees.\nRead also:\nNothing was signed.”\n",
    );
    assert_eq!((article.headline.as_str(), article.date), ("", None));
    assert_eq!(article.paragraphs.len(), 4);
    assert_eq!(article.body().count(), 3);
    assert_eq!(article.dateline.unwrap_or_default().place, "Washington");
}

#[test]
fn a_line_that_stands_alone_is_the_headline_unless_it_is_something_else() {
    let headline = |first: &str| text(&format!("{first}\n\nIt rained.\n")).headline;
    for line in [
        "Bridge closed",
        "BRIDGE CLOSED",
        "Is the bridge closed?",
        "Letter to the editor: Look at the turbines",
        "Bridge closed, says the U.S.",
    ] {
        assert_eq!(headline(line), line);
    }
    for line in [
        "The bridge was closed on Monday.",
        "ADVERTISEMENT",
        "KYIV (Reuters) - The bridge",
        "By Ann Hale",
        "14 March 2024",
        &"bridge ".repeat(40),
    ] {
        assert_eq!(headline(line), "", "{line}");
    }
    assert_eq!(text("Bridge closed\nIt rained.\n\nStill.").headline, "");
    assert_eq!(text("Bridge closed").headline, "");
    assert_eq!(text("\n\nBridge closed\n \nIt rained.").headline, "Bridge closed");
    assert_eq!(text("Bridge closed\r\n\r\nIt rained.").headline, "Bridge closed");
}

#[test]
fn bylines_are_names() {
    let byline = |line: &str| text(&format!("Bridge closed\n\n{line}\nIt rained.")).byline;
    for (line, names) in [
        ("By Ann Hale", "Ann Hale"),
        ("BY ANN HALE", "ANN HALE"),
        ("By Ann Hale and Tom Ruiz", "Ann Hale and Tom Ruiz"),
        ("By Ann Hale, Staff Writer", "Ann Hale"),
        ("By Juan de la Cruz in Madrid", "Juan de la Cruz in Madrid"),
        ("By J. R.", "J. R."),
        ("By The Associated Press", "The Associated Press"),
        ("By the time the firemen came it was gone", ""),
        ("By Monday the Mayor had gone.", ""),
        ("By and of the", ""),
        ("Byzantium Fell", ""),
        ("Ann Hale", ""),
    ] {
        assert_eq!(byline(line), names, "{line}");
    }
}

#[test]
fn byline_and_date_are_no_paragraphs_and_may_stand_without_headline() {
    let article = text("Monday, 4 March 2024\nBy Ann Hale\nIt rained.\nBy Tom Ruiz\n");
    assert_eq!(article.byline, "Ann Hale");
    assert_eq!(dated(&article).0, "2024-03-04");
    assert_eq!(printed(&article), ["It rained.", "By Tom Ruiz"]);
    let numbers = text("20240314\nIt rained.");
    assert_eq!((numbers.date, numbers.paragraphs.len()), (None, 2));
}

#[test]
fn the_path_dates_what_the_text_does_not() {
    let told = read_with(&PlainText, b"It rained.", "courier/2024/03/14-rain.txt");
    let dates: Vec<_> = told.articles.iter().map(dated).collect();
    assert_eq!(dates, [("2024-03-14".to_owned(), Some(Provenance::Path))]);
}

#[test]
fn a_file_without_words_is_malformed_and_a_headline_is_enough() {
    let told = read_with(&PlainText, b"\n \n", "a.txt");
    assert_eq!(told.reasons(), ["a.txt: no headline and no body"]);
    let told = read_with(&PlainText, b"ADVERTISEMENT\nRead also:\n", "a.txt");
    assert_eq!(told.reasons(), ["a.txt: no headline and no body"]);
    assert_eq!(text("Bridge closed\n\nBy Ann Hale\n").paragraphs, []);
}

#[test]
fn broken_lines_below_a_headline_become_paragraphs() {
    let article = text(
        "Bridge closed\n\nBy Ann Hale\n\n\
         The bridge over the Tarrow at Weir Street was closed on Monday after the\n\
         yearly inspection found cracks in two of its seven piers, the town said\n\
         in a statement.\n\nNobody was hurt.\n",
    );
    assert_eq!(article.headline, "Bridge closed");
    assert_eq!(article.paragraphs.len(), 2);
}
