//! How the parts of a page are told apart.

/// The signs before and after each kind of text.
///
/// With colours they are ANSI sequences that read well on light and on dark ground alike: bold,
/// faint, and the red that `grep` taught everybody. A person is underlined, an organisation is in
/// italics, a place is both: whoever sees no colours, or has sixteen of them, can tell them apart. A
/// name that matched is red and bold as every match is.
///
/// Without colours, matches stand between asterisks, so that a page in a pipe still shows what
/// matched; names that did not match, where they are asked for, in brackets: `[person]`,
/// `{organisation}`, `<place>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styles {
    /// A word that matched.
    pub(super) hit: Style,
    /// A headline.
    pub(super) headline: Style,
    /// A word that matched, within a headline.
    pub(super) headline_hit: Style,
    /// Names that did not match, by their kinds.
    pub(super) names: [Style; 3],
    /// The same within a headline.
    pub(super) headline_names: [Style; 3],
    /// Names that matched.
    pub(super) name_hits: [Style; 3],
    /// What is less important.
    pub(super) faint: Style,
    /// What another text has and this one has not.
    pub(super) removed: Style,
    /// What this text has and another one has not.
    pub(super) added: Style,
}

/// What to write before and after a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) on: &'static str,
    pub(super) off: &'static str,
    /// How many columns the two take.
    pub(super) width: usize,
}

impl Style {
    /// Of a text that looks like any other.
    pub(super) const NONE: Self = NONE;

    /// Returns the style, or none where its signs would take columns.
    pub(super) fn columnless(self) -> Self {
        if self.width == 0 { self } else { NONE }
    }

    /// Puts the signs around a text.
    pub(super) fn paint(self, text: &str) -> String {
        if text.is_empty() { String::new() } else { [self.on, text, self.off].concat() }
    }
}

const fn ansi(on: &'static str) -> Style {
    Style { on, off: "\x1b[0m", width: 0 }
}

const NONE: Style = Style { on: "", off: "", width: 0 };

const BRACKETS: [Style; 3] = [
    Style { on: "[", off: "]", width: 2 },
    Style { on: "{", off: "}", width: 2 },
    Style { on: "<", off: ">", width: 2 },
];

const ASTERISKS: Style = Style { on: "**", off: "**", width: 4 };

impl Styles {
    /// For a terminal.
    pub const COLOURED: Self = Self {
        hit: ansi("\x1b[1;31m"),
        headline: ansi("\x1b[1m"),
        headline_hit: ansi("\x1b[1;31m"),
        names: [ansi("\x1b[4;34m"), ansi("\x1b[3;35m"), ansi("\x1b[3;4;36m")],
        headline_names: [ansi("\x1b[1;4;34m"), ansi("\x1b[1;3;35m"), ansi("\x1b[1;3;4;36m")],
        name_hits: [ansi("\x1b[1;4;31m"), ansi("\x1b[1;3;31m"), ansi("\x1b[1;3;4;31m")],
        faint: ansi("\x1b[2m"),
        removed: ansi("\x1b[9;31m"),
        added: ansi("\x1b[4;32m"),
    };

    /// For everything else.
    pub const PLAIN: Self = Self {
        hit: ASTERISKS,
        headline: NONE,
        headline_hit: ASTERISKS,
        names: BRACKETS,
        headline_names: BRACKETS,
        name_hits: [ASTERISKS; 3],
        faint: NONE,
        removed: Style { on: "[-", off: "-]", width: 4 },
        added: Style { on: "{+", off: "+}", width: 4 },
    };
}
