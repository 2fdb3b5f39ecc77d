//! From the running text of a page to its paragraphs.

/// A character that stands for a `<br>` until its paragraph ends; no text holds it, for it is a
/// control character and those become white space.
const BREAK: char = '\u{1}';

/// A character that stands for a blank line until it is known whether blank lines count.
const BLANK: char = '\u{2}';

/// What a blank line within a text parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum BlankLines {
    /// Nothing, as HTML has it.
    Nothing,
    /// Paragraphs, as the editors of content management systems have it that write no `<p>`.
    Paragraphs,
}

/// Gathers text and lays it out in paragraphs.
///
/// White space is collapsed as a browser does; a no-break space is no white space, so it stays,
/// but not at the ends of a paragraph. Two `<br>` part paragraphs, one does where a sentence ends
/// before it: in old pages that was the way to write them, and in verse and addresses it is not.
#[derive(Debug)]
pub(in crate::source) struct Flow {
    blank_lines: BlankLines,
    done: Vec<String>,
    open: String,
    /// Whether white space was seen since the last word.
    is_spaced: bool,
    /// How many lines ended since the last word.
    n_lines: usize,
}

impl Flow {
    /// Begins without a paragraph.
    pub(in crate::source) fn new(blank_lines: BlankLines) -> Self {
        Self { blank_lines, done: Vec::new(), open: String::new(), is_spaced: false, n_lines: 0 }
    }

    /// Adds text to the open paragraph.
    pub(in crate::source) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(|c: char| !is_white(c)) {
            if at > 0 {
                self.space(&rest[..at]);
            }
            rest = &rest[at..];
            let end = rest.find(is_white).unwrap_or(rest.len());
            if self.is_spaced && !self.open.is_empty() && !self.open.ends_with([BREAK, BLANK]) {
                self.open.push(' ');
            }
            (self.is_spaced, self.n_lines) = (false, 0);
            self.open.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            self.space(rest);
        }
    }

    /// Adds text whose lines are those of a paragraph.
    pub(in crate::source) fn lines(&mut self, text: &str) {
        for (idx, line) in text.split('\n').enumerate() {
            if idx > 0 {
                self.break_line();
            }
            self.text(line);
        }
    }

    /// Notes white space between two words.
    fn space(&mut self, white: &str) {
        self.is_spaced = true;
        if self.blank_lines == BlankLines::Nothing {
            return;
        }
        // The white space may come in pieces.
        self.n_lines += white.bytes().filter(|byte| *byte == b'\n').count();
        let is_blank = self.n_lines > 1 && !self.open.is_empty();
        if is_blank && !self.open.ends_with(BLANK) {
            self.open.push(BLANK);
        }
    }

    /// Parts two words that stand in different boxes of a line, such as the cells of a table.
    pub(in crate::source) fn gap(&mut self) {
        self.is_spaced = true;
    }

    /// Ends a line, as `<br>` does.
    pub(in crate::source) fn break_line(&mut self) {
        if !self.open.is_empty() {
            self.open.push(BREAK);
        }
        self.is_spaced = false;
    }

    /// Ends the paragraph.
    pub(in crate::source) fn break_paragraph(&mut self) {
        self.is_spaced = false;
        if self.open.is_empty() {
            return;
        }
        let open = std::mem::take(&mut self.open);
        if !open.contains([BREAK, BLANK]) {
            self.push(open.trim());
            // The longest paragraph so far lends its room to the next one.
            self.open = open;
            self.open.clear();
            return;
        }
        let mut paragraph = String::new();
        for block in open.split(BLANK) {
            for line in block.split(BREAK).map(str::trim) {
                if line.is_empty() || ends_sentence(&paragraph) {
                    self.push(&paragraph);
                    paragraph.clear();
                }
                if !paragraph.is_empty() && !line.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line);
            }
            self.push(&paragraph);
            paragraph.clear();
        }
    }

    /// Keeps a paragraph that is not blank.
    fn push(&mut self, paragraph: &str) {
        if !paragraph.is_empty() {
            self.done.push(paragraph.to_owned());
        }
    }

    /// Returns the paragraphs.
    pub(in crate::source) fn finish(mut self) -> Vec<String> {
        self.break_paragraph();
        self.done
    }
}

/// Tells whether a character is white space in HTML, or a control character, which is worth none.
fn is_white(c: char) -> bool {
    c <= ' ' || c == '\u{7F}'
}

/// Tells whether a line ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']'])
        .ends_with(['.', '!', '?', '…', '。'])
}
