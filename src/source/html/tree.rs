//! Parsing a page within limits.

use std::borrow::Cow;
use std::cell::{Cell, Ref};

use dom_query::{Document, NodeId};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::State;
use html5ever::tree_builder::{
    ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink,
};
use html5ever::{Attribute, QualName};

use super::tokens::{Reach, tokenize};

/// How deep elements may stand within each other. Browsers stop at 512 too.
pub const DEPTH_MAX: usize = 512;

/// How many elements, texts and comments a page may have.
pub const NODES_MAX: usize = 400_000;

/// Parses a page, or says which limit it breaks.
///
/// The limits are looked at every 4 KiB, so a little more than they allow is borne. They are more
/// than neatness: a parser that does as the standard says opens unclosed `<b>` and `<font>` again
/// in every paragraph, and looks through all open elements at each tag, so that a page of a few
/// hundred kilobytes could fill the memory or last for hours.
pub(super) fn parse(page: &str) -> Result<Document, String> {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let guard = Guard { document: Document::default(), last: Cell::new(None) };
    let builder = TreeBuilder::new(guard, options);
    let (builder, reach) = tokenize(page, State::Data, builder, |it| it.sink.refused().is_none());
    match (reach, builder.sink.refused()) {
        (_, Some(refused)) => Err(refused),
        (Reach::Attributes, _) => Err("tags with too many attributes".to_owned()),
        _ => Ok(builder.sink.document),
    }
}

/// A document that knows how deep it is.
struct Guard {
    document: Document,
    /// The element to which something was appended last.
    last: Cell<Option<NodeId>>,
}

impl Guard {
    /// Says which limit is broken.
    fn refused(&self) -> Option<String> {
        if self.document.tree.len() > NODES_MAX {
            return Some(format!("more than {NODES_MAX} elements"));
        }
        let depth = self.document.tree.ancestor_ids_of_it(&self.last.get()?, None).count();
        (depth > DEPTH_MAX).then(|| format!("elements nested deeper than {DEPTH_MAX}"))
    }
}

/// Passes everything on, but for the errors of the markup, of which there may be millions.
impl TreeSink for Guard {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.document.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.document.create_element(name, attrs, flags)
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.document.create_comment(StrTendril::new())
    }

    fn create_pi(&self, target: StrTendril, content: StrTendril) -> NodeId {
        self.document.create_pi(target, content)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.last.set(Some(*parent));
        self.document.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.document.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, left: &NodeId, right: &NodeId) -> bool {
        left == right
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.document.reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, want: &str) {
        match parse(page) {
            Ok(_) => assert_eq!(want, ""),
            Err(refused) => assert_eq!(refused, want),
        }
    }

    #[test]
    fn pages_that_would_fill_the_memory_are_refused_by_name() {
        check(&"<div>".repeat(200), "");
        check(&"<div>".repeat(5_000), "elements nested deeper than 512");
        check(&"<b><p>".repeat(5_000), "");
        let fonts: String = (0..400).map(|idx| format!("<font size={idx}>")).collect();
        check(&(fonts + &"<p>a".repeat(1_000_000)), "more than 400000 elements");
        let many: String = (0..400_000).map(|idx| format!(" a{idx}")).collect();
        check(&format!("<p {many}>"), "tags with too many attributes");
        check(&"<table><td>".repeat(50_000), "elements nested deeper than 512");
        check(&"<p>a".repeat(100_000), "");
    }
}
