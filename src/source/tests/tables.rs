//! What only tables are asked.

use super::*;

fn table(content: &str) -> Told {
    read_with(&Table, content.as_bytes(), "wire/a.csv")
}

fn configured(content: &str, columns: &[(&str, &str)]) -> Told {
    let columns = columns.iter().map(|(field, name)| ((*field).to_owned(), (*name).to_owned()));
    let settings = Settings { columns: columns.collect(), ..Settings::default() };
    let mut told = Told::default();
    let input = Input {
        shown: "wire/a.csv",
        below: "wire/a.csv",
        mtime_ns: None,
        settings: &settings,
        known: None,
        stream: &mut content.as_bytes(),
    };
    let outcome = Table.read(input, &mut |event| {
        told.take(event);
        ControlFlow::Continue(())
    });
    assert!(outcome.is_ok());
    told
}

#[test]
fn a_row_has_its_fields_whatever_separates_them() {
    for (delimiter, other) in [(",", ";"), (";", ","), ("\t", ","), ("|", ",")] {
        let file = "ID~Publication Date~Title~Author~Tags~Text\n\
             c-1~2024-03-14~\"Bridge closed~ at last\"~By Ann Hale~\"bridges;town\"~\"It rained.\n\nStill^ \"\"it\"\" did.\"\r\n";
        let told = table(&file.replace('~', delimiter).replace('^', other));
        assert_eq!(told.reasons(), [""; 0], "{delimiter:?}");
        let article = &told.articles[0];
        assert_eq!([article.id.as_str(), &article.byline], ["c-1", "Ann Hale"]);
        assert_eq!(article.headline, clean(&format!("Bridge closed{delimiter} at last")));
        assert_eq!(article.date.map(|it| it.moment.to_string()).unwrap_or_default(), "2024-03-14");
        assert_eq!(article.keywords, ["bridges", "town"]);
        assert_eq!(printed(article), ["It rained.", &format!("Still{other} \"it\" did.")]);
    }
}

fn clean(text: &str) -> String {
    text.replace('\t', "")
}

#[test]
fn cells_of_html_are_read_as_html() {
    let told = table("title,body\n<b>Bridge</b> closed,<p>It rained.</p><p>Still &amp; all.</p>\n");
    assert_eq!(told.articles[0].headline, "Bridge closed");
    assert_eq!(printed(&told.articles[0]), ["It rained.", "Still & all."]);
}

#[test]
fn columns_are_configured_by_name_or_by_number() {
    let told = configured(
        "Nr;Titel;Inhalt\n7;Gesperrt;Es regnete.\n",
        &[("body", "inhalt"), ("headline", "Titel")],
    );
    let article = &told.articles[0];
    assert_eq!([article.headline.as_str(), printed(article)[0]], ["Gesperrt", "Es regnete."]);
    let told = configured(
        "3,Bridge closed,It rained.\n4,Ferry,Still.\n",
        &[("body", "3"), ("headline", "2")],
    );
    assert_eq!(told.reasons(), [""; 0]);
    let headlines: Vec<&str> = told.articles.iter().map(|it| it.headline.as_str()).collect();
    assert_eq!(headlines, ["Bridge closed", "Ferry"]);
}

#[test]
fn a_table_of_other_things_is_named_once() {
    let reason = "wire/a.csv: a table without a column of text";
    for file in [
        "id,name,lat\n1,Alder Bay,2\n2,Coldwater,3\n",
        "t-1\tbridge closed\nt-2\tferry\n",
        "3,Bridge closed,It rained.\n",
        "one column\nof words\n",
    ] {
        assert_eq!(table(file).reasons(), [reason], "{file}");
    }
    assert_eq!(table("id,text\n").reasons(), ["wire/a.csv: a table without a row"]);
}

#[test]
fn ragged_and_unclosed_rows_are_told_and_the_next_are_read() {
    let told = table("id,text\n1,It rained.\n2,It rained,again.\n3\n\n4,Still.\n5,\"No.\n6,Yes.\n");
    let ids: Vec<&str> = told.articles.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["1", "4", "6"]);
    assert_eq!(
        told.reasons(),
        [
            "wire/a.csv:2: 3 columns where the table has 2",
            "wire/a.csv:3: 1 columns where the table has 2",
            "wire/a.csv:5: a quotation mark that is not closed",
        ]
    );
}

#[test]
fn the_content_or_the_name_tells_a_table() {
    for (head, name, want) in [
        ("id,title,text\n1,Bridge,It rained.\n", "a.txt", "table"),
        ("id,name\n1,Bridge\n", "a.csv", "table"),
        ("a\tb\n", "topics.tsv", "table"),
        ("Title, text and more of it.\n\nIt rained.", "a.txt", "text"),
        ("{\"id\": 1}\n", "a.csv", "jsonl"),
    ] {
        let chosen = reader_for(head.as_bytes(), Path::new(name), readers()).map(Reader::name);
        assert_eq!(chosen, Ok(want), "{name}: {head}");
    }
}

proptest! {
    #[test]
    fn a_row_alone_with_the_names_of_columns_is_the_same_article(
        cells in prop::collection::vec("[a-z]{1,9}|\"[a-z,\n]{1,9}\"|\"\"\"[a-zé]{1,5}\"\"\"", 1..6),
        end in "\n|\r\n|\r",
    ) {
        let mut file = format!("\u{feff}title,text{end}");
        for cell in &cells {
            file += &format!("It rained,{cell} a{end}").replace("\" a", "\"");
        }
        let lead = Table.lead(file.as_bytes());
        let told = table(&file);
        prop_assert_eq!(told.articles.len(), cells.len());
        for article in &told.articles {
            let row = article.origin.span.of(&file);
            let alone = read_with(&Table, &[lead, row.as_bytes()].concat(), "wire/a.csv");
            prop_assert_eq!(alone.articles.len(), 1);
            prop_assert_eq!(&alone.articles[0].paragraphs, &article.paragraphs);
        }
    }

    #[test]
    fn no_table_panics(text in "[a-z,;\t|\"\n\r]{0,200}") {
        let told = table(&format!("id,text\n{text}"));
        prop_assert!(!told.articles.is_empty() || !told.malformed.is_empty());
    }
}
