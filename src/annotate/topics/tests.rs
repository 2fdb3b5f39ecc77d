use super::*;
use crate::article::Subject;

fn label(id: TopicId) -> &'static str {
    Topics::bundled().get(id).unwrap().label
}

#[track_caller]
fn named(words: &str, wanted: &str) {
    assert_eq!(Topics::bundled().named(words).map(label), Some(wanted), "{words}");
}

fn subject(code: &str, label: &str) -> Subject {
    Subject { code: code.to_owned(), label: label.to_owned() }
}

fn mapped(subjects: &[Subject], section: &str, keywords: &[&str]) -> Vec<&'static str> {
    let keywords: Vec<String> = keywords.iter().map(|it| (*it).to_owned()).collect();
    map_publisher(subjects, section, &keywords).into_iter().map(label).collect()
}

#[test]
fn a_topic_is_named_by_its_label_its_number_or_its_code() {
    named("armed conflict", "armed conflict");
    named("Armed Conflict", "armed conflict");
    named("conflict, war and peace", "conflict, war and peace");
    named("16000000", "conflict, war and peace");
    named("20000056", "armed conflict");
    named("medtop:20000056", "armed conflict");
    named("http://cv.iptc.org/newscodes/mediatopic/20000056", "armed conflict");
    for unknown in ["", "xyzzy", "99000000", "medtop:", "123"] {
        assert_eq!(Topics::bundled().named(unknown), None, "{unknown}");
    }
}

#[test]
fn a_subject_code_of_old_leads_to_the_topic_that_took_it_over_or_to_the_top() {
    named("01005000", "cinema");
    named("subj:15000000", "sport");
    named("11000000", "politics");
    named("04999000", "economy, business and finance");
}

#[test]
fn every_topic_lies_under_one_of_seventeen() {
    let topics = Topics::bundled();
    let tops: Vec<TopicId> =
        topics.all().iter().filter(|it| it.parent.is_none()).map(|it| it.id).collect();
    assert_eq!(tops.len(), 17);
    for topic in topics.all() {
        assert!(tops.contains(&topics.top(topic.id)), "{}", topic.label);
        assert!(topics.is_within(topic.id, topics.top(topic.id)));
    }
    let conflict = topics.named("armed conflict").unwrap();
    assert_eq!(label(topics.top(conflict)), "conflict, war and peace");
}

#[test]
fn what_the_publisher_says_is_read_subjects_first() {
    assert_eq!(
        mapped(
            &[subject("medtop:20000056", ""), subject("", "politics")],
            "World",
            &["sugar", "Football"]
        ),
        ["armed conflict", "politics", "sport"]
    );
    assert_eq!(mapped(&[], "Business", &[]), ["economy, business and finance"]);
    assert_eq!(mapped(&[], "News / Sport / Football", &[]), ["sport"]);
    assert_eq!(mapped(&[], "Arts & Culture", &[]), ["arts, culture, entertainment and media"]);
    assert_eq!(mapped(&[subject("qcode:unknown", "Health")], "", &[]), ["health"]);
    for silent in ["World", "Opinion", "", "/", "News"] {
        assert_eq!(mapped(&[], silent, &[]), [""; 0], "{silent}");
    }
}

/// Returns what is spoken for by a headline and a body whose words are parted by spaces.
fn spoken_for(headline: &str, body: &str) -> Vec<SpokenFor> {
    let mut numbers: std::collections::HashMap<String, u32> = std::collections::HashMap::new();
    let parts = [(headline, true), (body, false)];
    let words = parts.iter().flat_map(|(text, in_headline)| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
        words.map(|word| (word, *in_headline))
    });
    let said = words.map(|(word, in_headline)| {
        let next = numbers.len() as u32;
        let class = *numbers.entry(word.to_lowercase()).or_insert(next);
        Said { class, word, in_headline }
    });
    Spokesman::default().spoken_for(0, said)
}

/// Returns the topic at the top in which the foremost lies of those that are spoken for.
fn top(headline: &str, body: &str) -> Option<TopicId> {
    spoken_for(headline, body).first().map(|it| Topics::bundled().top(it.topic))
}

#[test]
fn the_vocabulary_says_the_topic_where_it_is_plain() {
    let topic = |text: &str| top("", text).map(label);
    assert_eq!(
        topic(
            "The striker scored twice and the coach praised his players after the match; the league leaders meet the cup winners in the stadium."
        ),
        Some("sport")
    );
    assert_eq!(
        topic(
            "Profit rose in the quarter as revenue grew; shares gained and the dividend was raised, the company told investors."
        ),
        Some("economy, business and finance")
    );
    assert_eq!(
        topic(
            "Troops shelled the town as rebels fired missiles; an airstrike killed soldiers hours before the ceasefire."
        ),
        Some("conflict, war and peace")
    );
}

#[test]
fn it_abstains_where_little_or_several_things_are_said() {
    assert_eq!(spoken_for("", ""), []);
    let day = "People went about their day and went home again.";
    assert_eq!(spoken_for("A day in town", day), []);
    let mixed = "The coach and the players met the judge and the prosecutor; the league lost revenue \
        and shares, and the court heard a witness on the match while investors left the company.";
    assert_eq!(spoken_for("", mixed), []);
}

/// Makes articles of three sections, each with words of its own.
fn archive() -> Vec<Example> {
    let sections = [
        ("Sport", "match goal striker coach league stadium"),
        ("Business", "profit shares revenue dividend market quarter"),
        ("Garden", "tulip soil compost hedge seedling greenhouse"),
    ];
    let article = |idx: usize| {
        let (section, words) = sections[idx % 3];
        let words: Vec<&str> = words.split(' ').collect();
        let chosen: Vec<&str> = (0..4).map(|it| words[(idx / 3 + it * it) % 6]).collect();
        Example {
            headline: chosen[0].to_owned(),
            body: format!("On Monday the town saw {}", chosen.join(" and ")),
            section: section.to_owned(),
        }
    };
    (0..240).map(article).collect()
}

#[test]
fn an_archive_teaches_its_own_sections() {
    let (classifier, report) = train(&archive()).unwrap();
    assert_eq!((report.n_classes, report.n_examples), (3, 240));
    assert!(report.precision >= 0.9 && report.coverage > 0.5, "{report:?}");
    let found = classifier
        .classify(&mut TopicWords::default(), "", &["tulip soil compost hedge seedling greenhouse"])
        .unwrap();
    assert_eq!((found.name.as_str(), found.topic), ("Garden", None));
    let found = classifier
        .classify(&mut TopicWords::default(), "", &["match goal striker coach league stadium"])
        .unwrap();
    assert_eq!(found.topic.map(label), Some("sport"));
    assert_eq!(classifier.classify(&mut TopicWords::default(), "", &[""]), None);
}

#[test]
fn the_same_articles_make_the_same_file_and_it_reads_back() {
    let bytes = train(&archive()).unwrap().0.to_bytes();
    assert_eq!(bytes, train(&archive()).unwrap().0.to_bytes());
    let classifier = Classifier::from_bytes(&bytes).unwrap();
    assert_eq!(classifier.to_bytes(), bytes);
}

#[test]
fn a_damaged_or_foreign_model_is_refused_with_a_hint() {
    let bytes = train(&archive()).unwrap().0.to_bytes();
    let refused = |bytes: &[u8]| {
        let error = Classifier::from_bytes(bytes).unwrap_err();
        assert!(error.hint.is_some());
        error.message
    };
    assert!(refused(b"GIF89a").contains("not a model"));
    assert!(refused(&bytes[..10]).contains("cut short"));
    assert!(refused(&bytes[..bytes.len() - 1]).contains("cut short or changed"));
    let mut changed = bytes.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    assert!(refused(&changed).contains("changed"));
}

#[test]
fn too_few_articles_teach_nothing() {
    let error = train(&archive()[..30]).unwrap_err();
    assert!(error.message.contains("fewer than two sections"));
}

/// Reuters-21578 labels commodities, currencies and indicators: all of it is economy, and the label
/// `jobs` is unemployment, which the taxonomy has under labour.
#[test]
fn what_reuters_files_under_its_markets_is_economy() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora/judged/reuters");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}"));
    let (Ok(articles), Ok(labels)) = (read("articles.jsonl"), read("label-topics/qrels.txt"))
    else {
        println!("skipped: the collections in ../shared are not here");
        return;
    };
    let labelled: std::collections::HashSet<&str> =
        labels.lines().filter_map(|it| it.split(' ').nth(2)).collect();
    let (mut n_articles, mut n_answers, mut n_right) = (0, 0, 0);
    for line in articles.lines() {
        let article: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| article[name].as_str().unwrap_or_default();
        if labelled.contains(field("id")) {
            n_articles += 1;
            let found = top(field("title"), field("body"));
            n_answers += usize::from(found.is_some());
            n_right += usize::from(matches!(found, Some(TopicId(4_000_000 | 9_000_000))));
        }
    }
    println!("{n_articles} articles, {n_answers} answers, {n_right} right");
    assert!(n_answers * 10 > n_articles * 4 && n_right * 100 >= n_answers * 95);
}
