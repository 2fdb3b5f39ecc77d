//! What the elements of HTML do to a text.

/// What an element does to the text around and within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Kind {
    /// It is part of a sentence.
    Inline,
    /// It stands by itself: before and after it another paragraph begins.
    Block,
    /// It is a block whose lines are lines.
    Lines,
    /// It ends a line.
    Break,
    /// It stands beside its neighbours: a cell of a table.
    Cell,
    /// Its content is no text to be read.
    Dropped,
}

/// Returns what an element does, by its name in small letters.
///
/// The names are those of the HTML Living Standard and of what went before it.
pub(in crate::source) fn kind(name: &str) -> Kind {
    match name {
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "dl"
        | "dt" | "dd" | "blockquote" | "section" | "article" | "main" | "header" | "footer"
        | "aside" | "nav" | "figure" | "figcaption" | "table" | "tr" | "caption" | "thead"
        | "tbody" | "tfoot" | "center" | "address" | "form" | "fieldset" | "legend" | "hr"
        | "details" | "summary" | "hgroup" | "body" | "html" | "dir" | "menu" | "search"
        | "optgroup" | "frameset" => Kind::Block,
        "pre" | "listing" | "xmp" | "plaintext" => Kind::Lines,
        "br" => Kind::Break,
        "td" | "th" => Kind::Cell,
        "script" | "style" | "noscript" | "template" | "head" | "title" | "iframe" | "noembed"
        | "noframes" | "object" | "applet" | "svg" | "math" | "canvas" | "audio" | "video"
        | "select" | "datalist" | "textarea" | "button" | "map" => Kind::Dropped,
        _ => Kind::Inline,
    }
}
