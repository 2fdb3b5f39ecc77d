//! Laws that hold for every text in every dialect.

use proptest::prelude::*;

use super::Dialect;
use crate::query::{parse, read};

/// What queries of a dialect are made of, most of it where it belongs.
struct Words {
    dialect: Dialect,
    /// Words and filters, with a `¦` between two.
    leaves: &'static str,
    /// What joins two parts, likewise.
    joints: &'static str,
    /// What stands before and behind a part, with a `…` for the part.
    wraps: &'static str,
}

const LEXIS: Words = Words {
    dialect: Dialect::Lexis,
    leaves: concat!(
        "a¦Kyiv¦O'Brien¦U.S.¦long-term¦root!¦dog*¦dog**¦wom*n¦wom?n¦int??t¦\"a b\"¦",
        "\"a! b*\"¦\"x?\"¦re:port¦10:30¦https://a.org/b?¦DATE AFT 3/31/2024¦",
        "DATE(GEQ 2024 AND LEQ 2025)¦LENGTH > 500¦atleast3¦first/5¦-x¦x^2¦x~1¦a|b¦東京¦*¦!¦or",
    ),
    joints: concat!(
        " ¦ OR ¦ and ¦ & ¦ W/5 ¦ w/2 ¦ /3 ¦ +4 ¦ PRE/2 ¦ NOT W/3 ¦ not /2 ¦ W/S ¦ /p ¦",
        " w/seg ¦ and not ¦ but not ¦ not ",
    ),
    wraps: concat!(
        "(…)¦(not …)¦HEADLINE(…)¦hlead (…)¦BODY(…)¦byline(…)¦ATLEAST2(…)¦CAPS(…)¦",
        "allcaps(…)¦PLURAL(…)",
    ),
};

const FACTIVA: Words = Words {
    dialect: Dialect::Factiva,
    leaves: concat!(
        "a¦Kyiv¦O'Brien¦U.S.¦long-term¦launder*¦wom?n¦wom?¦cat$3¦cat$¦US$5¦%¦\"a b\"¦",
        "\"x? y\"¦re:port¦https://a.org/b?¦date after 20240331¦wc>500¦",
        "date from 2023 to 2024¦pd>=2024¦atleast3¦first/5¦-x¦x^2¦a|b¦東京¦a!",
    ),
    joints: concat!(
        " ¦ or ¦ AND ¦ not ¦ and not ¦ adj5 ¦ adj ¦ w/2 ¦ near5 ¦ near 5 ¦ same ¦/N30/¦",
        "/F50/ and ",
    ),
    wraps: "(…)¦[…]¦not …¦hd=…¦hd=(…)¦hlp=(…)¦an=(…)¦fds=…¦td=(…)¦atleast3 …¦…/F50/",
};

const LUCENE: Words = Words {
    dialect: Dialect::Lucene,
    leaves: concat!(
        "a¦Kyiv¦O'Brien¦U.S.¦long-term¦launder*¦wom?n¦*gate¦x?¦a\\*¦\\(b\\)¦\"a b\"¦",
        "\"a b\"~2¦\"a b c\"~4¦\"a-b c\"~1¦\"a\"~3¦talks~¦talks~1¦O'Neil~1¦title:a¦",
        "title:\"a b\"¦url:a\\:b¦url:b*¦id:\"x y\"¦date:[2024 TO 2025]¦a\\?*¦",
        "words:{5 TO *]¦date:>=2024¦body:a¦*:*¦re\\:port¦https\\://a.org/b\\?¦and¦atleast3¦",
        "first/5¦W/5¦a|b¦“a¦東京¦- ¦\\AND¦x\\^2¦x\\~1",
    ),
    joints: " ¦ AND ¦ OR ¦ && ¦ NOT ¦ +¦ -¦ !¦ AND -¦ || ",
    wraps: "(…)¦+…¦-…¦title:(…)¦url:(…)¦lang:(…)¦…^2¦(…)^0.5¦…~1",
};

const GOOGLE: Words = Words {
    dialect: Dialect::Google,
    leaves: concat!(
        "a¦Kyiv¦O'Brien¦U.S.¦long-term¦launder*¦wom?n¦who?¦*¦\"a b\"¦\"a\"¦\"a * b\"¦",
        "\"* a\"¦\"or\"¦or¦not¦intitle:a¦intitle:\"a b\"¦inurl:a?b¦site:a.org¦before:2024¦",
        "after:2024-03-31¦re:port¦10:30¦https://a.org/b?¦atleast3¦first/5¦W/5¦W/5?¦not?¦",
        "x^2¦x~1¦東京¦headline:x¦slop/2",
    ),
    joints: " ¦ ¦ OR ¦ | ¦|¦ AND ¦ AROUND(5) ¦ -¦ +¦ ~",
    wraps: "(…)¦-…¦+…¦intitle:(…)¦inurl:(…)¦allintitle: …¦intext:…",
};

/// Joins and wraps what a dialect is made of.
fn queries(words: &'static Words) -> impl Strategy<Value = String> {
    let listed = |list: &'static str| prop::sample::select(list.split('¦').collect::<Vec<&str>>());
    let leaf = listed(words.leaves).prop_map(str::to_owned);
    leaf.prop_recursive(6, 24, 2, move |inner| {
        let (joint, wrap) = (listed(words.joints), listed(words.wraps));
        prop_oneof![
            3 => (inner.clone(), joint, inner.clone())
                .prop_map(|(left, joint, right)| left + joint + &right),
            1 => (wrap, inner).prop_map(|(wrap, inner)| wrap.replace('…', &inner)),
        ]
    })
}

/// Puts signs of every dialect where they do not belong.
fn mutated(words: &'static Words) -> impl Strategy<Value = String> {
    let signs = "\" “ ” « ( ) [ ] { } | - + ! ~ ~2 ^ ^2 : \\ / * ? $2 % = > .. AND or NOT W/5 date é \u{1b} \u{301} \u{3000} \0";
    let piece = prop::sample::select(signs.split(' ').collect::<Vec<&str>>());
    let change = (any::<prop::sample::Index>(), 0..3_usize, piece);
    (queries(words), prop::collection::vec(change, 1..4)).prop_map(|(query, changes)| {
        let mut text: Vec<char> = query.chars().collect();
        for (at, n_removed, piece) in changes {
            let at = at.index(text.len() + 1);
            let end = text.len().min(at + n_removed);
            text.splice(at..end, piece.chars());
        }
        text.into_iter().collect()
    })
}

/// Checks that a text is refused with a caret under it, or reads the same once printed.
fn check_any(dialect: Dialect, text: &str) {
    match read(text, dialect) {
        Ok(reading) => {
            let printed = reading.query.to_string();
            assert_eq!(parse(&printed).ok(), Some(reading.query), "{text:?} prints {printed:?}");
            for remark in reading.remarks {
                assert!(!remark.contains(char::is_control), "{text:?} is told {remark:?}");
            }
        }
        Err(error) => {
            let message = error.to_string();
            assert!(!message.contains(|c: char| c.is_control() && c != '\n'), "{message:?}");
            let n_lines = message.lines().count();
            assert_eq!(n_lines, if text.trim().is_empty() { 1 } else { 3 }, "{message}");
            // What only the last check refuses was built wrongly.
            assert!(!message.contains("would be read otherwise"), "{text:?}: {message}");
            assert!(!message.contains("in this program's language"), "{text:?}: {message}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_query_of_lexis_is_refused_or_reads_the_same_once_printed(text in queries(&LEXIS)) {
        check_any(LEXIS.dialect, &text);
    }

    #[test]
    fn a_query_of_factiva_is_refused_or_reads_the_same_once_printed(text in queries(&FACTIVA)) {
        check_any(FACTIVA.dialect, &text);
    }

    #[test]
    fn a_query_of_lucene_is_refused_or_reads_the_same_once_printed(text in queries(&LUCENE)) {
        check_any(LUCENE.dialect, &text);
    }

    #[test]
    fn a_query_of_google_is_refused_or_reads_the_same_once_printed(text in queries(&GOOGLE)) {
        check_any(GOOGLE.dialect, &text);
    }

    #[test]
    fn a_damaged_query_is_refused_or_reads_the_same_once_printed(
        texts in (mutated(&LEXIS), mutated(&FACTIVA), mutated(&LUCENE), mutated(&GOOGLE)),
    ) {
        for text in [texts.0, texts.1, texts.2, texts.3] {
            Dialect::ALL[1..].iter().for_each(|dialect| check_any(*dialect, &text));
        }
    }

    #[test]
    fn any_text_is_refused_or_reads_the_same_once_printed(
        text in ".{0,40}|[a-z0-9 :\"|()*?!~^/.><=+&$%\\[\\]\\\\-]{0,40}",
    ) {
        Dialect::ALL[1..].iter().for_each(|dialect| check_any(*dialect, &text));
    }
}
