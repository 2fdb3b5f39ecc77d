//! Articles in other languages than English: each is found by the forms of its own.

use serde_json::json;

use crate::world::World;

/// One article in each of several languages, told by the publisher or by the text.
fn archive() -> World {
    World::of_records([
        json!({
            "id": "ar", "language": "ar", "headline": "إغلاق الجسر القديم",
            "text": "أغلقت المدينة الجسر القديم يوم الاثنين.\n\nقال المُهَنْدِس إن الجسور تحتاج إلى إصلاح.",
        }),
        json!({
            "id": "de", "headline": "Alte Brücke gesperrt",
            "text": "Die Stadt hat die alte Brücke über den Tarrow am Montag gesperrt.\n\nVor den \
                Häusern am Hafen standen viele Kinder, sagte Bürgermeister Müller. Die Straße \
                bleibt bis Freitag zu.",
        }),
        json!({
            "id": "en", "headline": "Old bridge closed",
            "text": "The town closed the old bridge over the Tarrow on Monday.\n\nThe mayor was kind \
                to those who die hard. Houses at the harbour stay empty, he said.",
        }),
        json!({
            "id": "fi", "language": "fi-FI", "headline": "Vanha silta suljettiin",
            "text": "Kaupunki sulki vanhan sillan maanantaina.\n\nSatamassa oli hiljaista, ja \
                päätöksestä kerrottiin illalla.",
        }),
        json!({
            "id": "fr", "headline": "Le vieux pont est fermé",
            "text": "La ville a fermé lundi le vieux pont sur le Tarrow.\n\nL’inspection a coûté cher, \
                a dit le maire avant l’élection. Le chef d’État s’inquiète des écoles fermées.",
        }),
        json!({
            "id": "ja", "language": "ja", "headline": "古い橋が閉鎖",
            "text": "東京の新聞によると、町は月曜日に古い橋を閉鎖した。",
        }),
        json!({
            "id": "ru", "headline": "Старый мост закрыт",
            "text": "Город закрыл старый мост через Тарроу в понедельник.\n\nИнженеры нашли трещины \
                в опорах моста, а ещё в стенах порта.",
        }),
        json!({
            "id": "th", "language": "th", "headline": "สะพานเก่าปิด",
            "text": "เมืองปิดสะพานเก่าเมื่อวันจันทร์",
        }),
    ])
}

/// Checks the lines that have marks, and that the index, which chose the article, is right.
#[test]
fn a_word_is_found_in_its_other_forms_and_marked_as_printed() {
    let archive = archive();
    for (query, id) in [
        ("Haus", "de"),
        ("Kindern", "de"),
        ("hauser -houses", "de"),
        ("Mueller", "de"),
        ("muller", "de"),
        ("strassen", "de"),
        ("élections", "fr"),
        ("ELECTIONS", "fr"),
        ("école", "fr"),
        ("état", "fr"),
        ("inquiéter", "fr"),
        ("satama", "fi"),
        ("paatos OR päätöksestä", "fi"),
        ("трещина", "ru"),
        ("еще", "ru"),
        ("опора", "ru"),
        ("المدينة", "ar"),
        ("مهندس", "ar"),
        ("東京", "ja"),
        ("สะพาน", "th"),
        ("house", "en"),
    ] {
        archive.finds(query, [id]);
    }
    archive.check(
        "Haus",
        ["Vor den **Häusern** am Hafen standen viele Kinder, sagte Bürgermeister Müller. Die Straße bleibt bis"],
    );
    archive.check("трещина", ["Инженеры нашли **трещины** в опорах моста, а ещё в стенах порта."]);
    archive.check("مهندس", ["قال **المُهَنْدِس** إن الجسور تحتاج إلى إصلاح."]);
    archive.check("東京", ["**東京**の新聞によると、町は月曜日に古い橋を閉鎖した。"]);
}

#[test]
fn a_stem_of_one_language_is_none_of_another() {
    let archive = archive();
    // The stem of the German word is an English word, and the other way round.
    archive.finds("Kinder", ["de"]);
    archive.finds("exact(kind)", ["en"]);
    let mut found = archive.ids(&["--match", "all"], "kind");
    found.sort_unstable();
    assert_eq!(found, ["de", "en"]);
    // Only English stop words are left out, and none of a phrase.
    archive.finds("\"die hard\"", ["en"]);
    archive.finds("die Stadt", ["de"]);
}

#[test]
fn everything_else_of_a_query_holds_in_every_language() {
    let archive = archive();
    for (query, id) in [
        ("\"alte Brücken\"", "de"),
        ("headline:brucke", "de"),
        ("exact(hausern)", "de"),
        ("Häu*", "de"),
        ("haeusern OR h?usern", "de"),
        ("caps(kinder)", "de"),
        ("Stadt W/5 Brücke", "de"),
        ("lang:de Tarrow", "de"),
        ("lang:fr Tarrow", "fr"),
        ("lang:fi silta", "fi"),
        ("\"vieux ponts\" lead:ville", "fr"),
        ("exact(fermees)", "fr"),
        ("\"старый мост\" headline:мост", "ru"),
        ("\"الجسر القديم\" headline:الجسر", "ar"),
        ("\"古い橋\"", "ja"),
        ("headline:橋", "ja"),
    ] {
        archive.finds(query, [id]);
    }
    assert_eq!(archive.count("exact(haus)"), 0);
    assert_eq!(archive.count("exact(element)"), 0);
    assert_eq!(archive.count("caps(ville)"), 0);
    assert_eq!(archive.count("Tarrow"), 3);
}

#[test]
fn explain_tells_the_stems_and_the_language_of_an_article() {
    let archive = archive();
    archive.run(&["explain", "Häuser", "--no-correct"]).expect(0).prints([
        "read as   Häuser",
        "",
        "       1 article  stem haus (de)",
    ]);
    let said = archive.run(&["explain", "kind"]).expect(0);
    assert!(said.out.contains("  2 articles  stem kind (en, de)\n"), "{said:?}");
    let said = archive.run(&["explain", "kind", "de"]).expect(0);
    assert!(said.out.contains("language  de: German\n"), "{said:?}");
    assert!(said.out.contains("  2 articles  yes  stem kind (de)\n"), "{said:?}");
    assert!(said.out.contains("**Kinder**"), "{said:?}");
    let said = archive.run(&["explain", "橋", "ja"]).expect(0);
    assert!(said.out.contains("language  ja: no stems\n"), "{said:?}");
}

#[test]
fn an_archive_in_english_alone_asks_for_english_stems_alone() {
    let paper = World::of(["Old bridge\n\nHouses at the harbour stay empty, he said."]);
    paper.run(&["explain", "house"]).expect(0).prints_line("1 article  stem hous");
}

#[test]
fn misspelt_words_are_corrected_in_every_language() {
    let archive = archive();
    let answer = archive.json(&[], "Bürgermister");
    assert_eq!(answer["hits"][0]["id"], "de");
}
