use proptest::prelude::*;

use super::*;

/// Writes tokens as `word`, or `whole=n` for a compound of n words.
fn check(text: &str, want: &str) {
    let mut found = Vec::new();
    Tokenizer::default().tokenize(text, |token| {
        found.push(match token.n_positions {
            1 => token.word.to_owned(),
            n => format!("{}={n}", token.word),
        });
    });
    assert_eq!(found.join(" "), want, "{text}");
}

#[test]
fn words_are_folded() {
    check("Zoë met São Paulo’s MAYOR.", "zoe met sao paulo mayor");
}

#[test]
fn possessives_and_contractions_are_one_word() {
    check("Putin's TRUMP’S ships' don't O’Brien it’s", "putin trump ships dont obrien it");
    check("rock'n'roll d'Estaing l’Élysée", "rocknroll d estaing l elysee");
    check("s’inquiète n’est dell’arte N’Golo s'more", "s inquiete n est dell arte ngolo smore");
    check("ʼ a ʼ bʼ ʼʼ c-ʼ Oʼ'Brien Putinʼs", "a b c o brien putin");
}

#[test]
fn acronyms_lose_their_stops() {
    check("the U.S. and U.N. at 5 p.m.", "the us and un at 5 pm");
    check("U.S.-led, U.S.'s, D.C.'s", "usled=2 us led us dc");
}

#[test]
fn compounds_are_found_whole_and_by_part() {
    check("a long-term plan", "a longterm=2 long term plan");
    check("Putin-Zelensky AT&T", "putinzelensky=2 putin zelensky att=2 at t");
    check("19-year-old 1986-87", "19yearold=3 19 year old 1986 87");
}

#[test]
fn numbers_keep_their_value() {
    check("1,500 10,572,402 2.3 5.5m 1,234.56", "1500 10572402 2.3 5.5m 1234.56");
    check("1,2,3 18.08.2025 1986/87 $90", "1 2 3 18 08 2025 1986 87 90");
}

#[test]
fn forgotten_spaces_and_addresses_fall_apart() {
    check("It ended.The bbc.co.uk ( WMT.N )", "it ended the bbc co uk wmt n");
}

#[test]
fn scripts_without_spaces_are_cut() {
    check("東京は", "東 京 は");
    check("العربية مُحَمَّد", "العربية محمد");
}

#[test]
fn a_word_without_end_keeps_its_beginning() {
    let long = "a".repeat(1_000_000);
    check(&long, &"a".repeat(WORD_BYTES_MAX));
    check(
        &vec!["b"; WORDS_PER_COMPOUND_MAX + 1].join("-"),
        &format!(
            "{}={WORDS_PER_COMPOUND_MAX}{} b",
            "b".repeat(WORDS_PER_COMPOUND_MAX),
            " b".repeat(WORDS_PER_COMPOUND_MAX),
        ),
    );
}

#[test]
fn case_is_told() {
    let mut found = Vec::new();
    Tokenizer::default().tokenize("the WHO U.S. McCoy I 5G", |token| found.push(token.case));
    use Case::{AllCaps, Capitalized, Lower};
    assert_eq!(found, [Lower, AllCaps, AllCaps, Capitalized, Capitalized, Capitalized]);
}

proptest! {
    #[test]
    fn spans_fit_and_positions_climb(text in ".{0,60}|[a-zA-Z0-9.,'’ -]{0,40}") {
        let mut position = 0;
        let mut end = 0;
        let n = Tokenizer::default().tokenize(&text, |token| {
            assert!(text.is_char_boundary(token.span.start));
            assert!(text.is_char_boundary(token.span.end));
            assert!(!token.span.is_empty() && !token.word.is_empty());
            assert!(token.position >= position);
            position = token.position;
            if token.n_positions == 1 {
                assert!(token.span.start >= end);
                end = token.span.end;
            }
        });
        prop_assert!(n == 0 || position == n - 1);
    }

    #[test]
    fn a_word_is_found_again_in_its_folded_form(text in "[a-zA-Z0-9.,'’ é-]{0,40}") {
        for word in words(&text) {
            prop_assert_eq!(words(&word), vec![word.clone()]);
        }
    }
}

#[test]
fn words_that_nobody_wants_are_counted() {
    let text = "The U.S.-led talks, in Kyiv: 1,500 words of “peace”.";
    let mut tokenizer = Tokenizer::default();
    let mut all = Vec::new();
    let n = tokenizer.tokenize(text, |it| all.push((it.word.to_owned(), it.position)));
    let mut wanted = Vec::new();
    let is_wanted = |word: &[u8]| word == b"words";
    let n_wanted = tokenizer.tokenize_wanted(text, is_wanted, |it| {
        wanted.push((it.word.to_owned(), it.position));
    });
    assert_eq!(n_wanted, n);
    all.retain(|(word, _)| !["the", "talks", "in", "of", "kyiv"].contains(&word.as_str()));
    assert_eq!(wanted, all);
}
