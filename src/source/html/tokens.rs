//! Running the tokenizer of html5ever within limits.

use std::cell::Cell;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::State;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// How much the tokenizer gets at a time; limits are looked at in between.
const CHUNK_BYTES: usize = 4 * 1024;

/// How often two attributes may be compared.
///
/// The tokenizer compares each attribute of a tag with all before it, so that a tag of a million
/// of them would keep it for hours. This is about a second.
const COMPARISONS_MAX: u64 = 2_000_000_000;

/// How far the tokenizer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the end.
    Whole,
    /// To a tag, or several, with too many attributes.
    Attributes,
    /// To where the sink wanted no more.
    Enough,
}

/// Gives the tokens of a text to a sink, as long as this wants more, and returns the sink.
///
/// It is asked every few thousand bytes, so it must bear some more than it wants.
pub(super) fn tokenize<S: TokenSink>(
    text: &str,
    state: State,
    sink: S,
    wants_more: impl Fn(&S) -> bool,
) -> (S, Reach) {
    let options = TokenizerOpts { initial_state: Some(state), ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(Metered { sink, has_token: Cell::new(false) }, options);
    let queue = BufferQueue::default();
    let mut meter = Meter::default();
    let mut reach = Reach::Whole;
    let mut rest = text;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK_BYTES));
        rest = after;
        queue.push_back(StrTendril::from(chunk));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        if !meter.allows(chunk, tokenizer.sink.has_token.take()) {
            reach = Reach::Attributes;
            break;
        }
        if !wants_more(&tokenizer.sink.sink) {
            reach = Reach::Enough;
            break;
        }
    }
    tokenizer.end();
    (tokenizer.sink.sink, reach)
}

/// Bounds the comparisons of attributes from outside, without knowing where a tag begins.
///
/// As long as no token comes, all may be one tag, whose attributes are no more than the signs
/// that part them; where tokens come, the tags are short, or end with the chunk.
#[derive(Default)]
struct Meter {
    n_parted: u64,
    n_comparisons: u64,
}

impl Meter {
    fn allows(&mut self, chunk: &str, has_token: bool) -> bool {
        let parts =
            |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'"' | b'\'');
        let n_new = chunk.bytes().filter(parts).count() as u64;
        let n_before = if has_token { 0 } else { self.n_parted };
        self.n_parted = n_before + n_new;
        // Those of the open tag are counted as they come: the next is compared with all of them.
        self.n_comparisons += n_new * (n_before + n_new / 2);
        self.n_comparisons <= COMPARISONS_MAX
    }
}

/// Passes tokens on, and remembers that there was one.
struct Metered<S> {
    sink: S,
    has_token: Cell<bool>,
}

impl<S: TokenSink> TokenSink for Metered<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        // Errors come from within a tag too.
        if !matches!(token, Token::ParseError(_)) {
            self.has_token.set(true);
        }
        self.sink.process_token(token, line)
    }

    fn end(&self) {
        self.sink.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.sink.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
