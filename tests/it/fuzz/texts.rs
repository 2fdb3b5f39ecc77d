//! Texts to read: an endless row of them, the same in every run.

use dateline::query::{Dialect, QUERY_BYTES_MAX};

/// Queries of each dialect that are valid, to be damaged.
pub(super) const SEEDS: &[(Dialect, &[&str])] = &[
    (
        Dialect::Native,
        &[
            "ceasefire talks",
            "putin AND \"security guarantees\" -sport",
            "troops W/5 ukrain* OR (a NOT PRE/3 \"b c\")",
            "(a AND b) W/S (c d) NEAR/2 e NOT W/P (f OR g)",
            "\"king * spain\" \"a b\"~4 «a b» „c d“ slop/2(\"a b c\")",
            "zelenskiy~1 wom?n *gate launder*^0.5",
            "atleast3(nato OR alliance)^2 first/50(a -b) exact(talks)",
            "headline:(caps(Apple) W/3 b) lead:a byline:\"Ann O'Brien\"^3",
            "id:(a:1 OR b*) url:https://a.org/?q=1 file:x.jsonl",
            "date:\"last 2 weeks\" date>=2025-08-18 date:\"3 days ago..today\"",
            "date:2024-03..2024-06 | words>500 NOT words:..9 * lang:en",
            "person:putin topic:\"armed conflict\" place:kyiv org:nato",
            "who won?",
            "a (W5) b w/o U.S. long-term 10:30 https://x.org/*",
        ],
    ),
    (
        Dialect::Lexis,
        &[
            "putin W/5 zelensk! AND NOT HEADLINE(sport)",
            "(a OR b) PRE/3 \"c d\" AND DATE(GEQ 2024 AND LEQ 2025)",
            "ATLEAST3(nato) AND CAPS(apple) AND LENGTH > 500",
        ],
    ),
    (
        Dialect::Factiva,
        &[
            "hd=(putin adj5 zelensk*) and date after 20240331",
            "atleast3 nato and wc>500 not (a same b)",
            "a/N30/b and la=en and re=ukraine",
        ],
    ),
    (
        Dialect::Lucene,
        &[
            "+title:(a b) -\"c d\"~2 talks~1 launder*^2",
            "date:[2024-01-01 TO 2024-06-30] AND words:{5 TO *]",
            "(a OR b) AND NOT url:a\\:b*",
        ],
    ),
    (
        Dialect::Google,
        &[
            "\"a * b\" OR c -d intitle:e site:a.org before:2024-03-31",
            "a AROUND(5) b (c | d) inurl:x",
        ],
    ),
];

/// Pieces that mean something to one reader or another, with a `¦` between two.
const PIECES: &str = concat!(
    "a¦b¦talks¦Kyiv¦U.S.¦long-term¦10:30¦東京¦é¦\u{301}¦\u{3000}¦\u{1b}¦\0¦\t¦\n¦ ¦ ¦ ¦ ¦",
    "(¦)¦(¦)¦[¦]¦{¦}¦\"¦“¦”¦„¦«¦»¦|¦-¦+¦!¦~¦~1¦~2¦^¦^2¦^0.5¦*¦?¦:¦=¦<¦<=¦>¦>=¦..¦/¦\\¦&¦&&¦||¦$¦%¦",
    " AND ¦ or ¦NOT ¦ AND NOT ¦ W/5 ¦ NOT W/5 ¦ pre/s ¦ near/3 ¦ W5 ¦ /5 ¦ +4 ¦ adj5 ¦ W/0 ¦ same ¦",
    "exact(¦caps(¦atleast3(¦first/9(¦slop/1(\"¦atleast3 ¦headline:¦hd=(¦id:¦id:(¦url:¦person:¦x:¦",
    "date:¦date>=¦date:\"¦2025¦2025-08-18¦today¦\"last ¦ weeks\"¦3 days ago¦..yesterday¦words>¦500¦",
    "\"a b\"~4¦TO¦[2024 TO 2025]¦title:¦DATE(¦LENGTH > ¦AROUND(5)¦intitle:¦site:¦before:¦https://",
);

/// A row of texts.
pub(super) struct Texts {
    random: Random,
    pieces: Vec<&'static str>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { random: Random::default(), pieces: PIECES.split('¦').collect() }
    }
}

impl Iterator for Texts {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        Some(match self.random.below(100) {
            0..15 => self.bytes(80),
            15..40 => self.any_pieces(25),
            40..95 => self.damaged(),
            95 => self.bytes(QUERY_BYTES_MAX),
            96 => self.any_pieces(QUERY_BYTES_MAX),
            _ => self.repeated(),
        })
    }
}

impl Texts {
    /// Makes arbitrary bytes, read as UTF-8 as far as they are that.
    fn bytes(&mut self, n_max: usize) -> String {
        let n = self.random.below(n_max);
        let ascii_only = self.random.below(2) == 0;
        let mask = if ascii_only { 0x7F } else { 0xFF };
        let bytes: Vec<u8> = (0..n).map(|_| self.random.next().to_le_bytes()[3] & mask).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Makes pieces in any order, about so many bytes at most.
    fn any_pieces(&mut self, n_max: usize) -> String {
        let n = self.random.below(n_max);
        let mut text = String::new();
        while text.len() < n {
            text.push_str(self.piece());
        }
        text
    }

    /// Damages a valid query: pieces come in, characters go out, parts move and return.
    fn damaged(&mut self) -> String {
        let mut text: Vec<char> = self.seed().chars().collect();
        for _ in 0..self.random.below(5) {
            let at = self.random.below(text.len() + 1);
            let end = text.len().min(at + self.random.below(6));
            match self.random.below(5) {
                0 => drop(text.drain(at..end)),
                1 => {
                    let part: Vec<char> = text[at..end].to_vec();
                    let to = self.random.below(text.len() + 1);
                    text.splice(to..to, part);
                }
                2 => {
                    let other: Vec<char> = self.seed().chars().collect();
                    let from = self.random.below(other.len());
                    text.splice(at..at, other[from..].iter().copied());
                }
                _ => {
                    let piece = self.piece();
                    text.splice(at..end, piece.chars());
                }
            }
        }
        text.into_iter().collect()
    }

    /// Repeats a few pieces up to about the longest query that is read, or a little beyond.
    fn repeated(&mut self) -> String {
        let beginning = self.any_pieces(20);
        let repeated = match self.random.below(3) {
            0 => self.seed().to_owned() + " ",
            n => self.any_pieces(6 * n),
        };
        let end = self.any_pieces(20);
        let n_bytes = match self.random.below(8) {
            0 => QUERY_BYTES_MAX + 50,
            1 => self.random.below(QUERY_BYTES_MAX),
            _ => QUERY_BYTES_MAX - 50,
        };
        let n = n_bytes.saturating_sub(beginning.len() + end.len()) / repeated.len().max(1);
        format!("{beginning}{}{end}", repeated.repeat(n))
    }

    fn seed(&mut self) -> &'static str {
        // Half of the seeds are of this program's own language.
        let idx = self.random.below(2) * self.random.below(SEEDS.len());
        let queries = SEEDS[idx].1;
        queries[self.random.below(queries.len())]
    }

    fn piece(&mut self) -> &'static str {
        self.pieces[self.random.below(self.pieces.len())]
    }
}

/// Numbers without a pattern that a parser could know (Marsaglia's xorshift of 64 bits).
pub(super) struct Random(u64);

impl Default for Random {
    fn default() -> Self {
        Self(0x6461_7465_6C69_6E65)
    }
}

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Returns a number below another, or 0 where there is none.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap().max(1);
        usize::try_from((self.next() >> 11) % n).unwrap()
    }
}
