//! dateline.
pub mod article;
pub mod error;
pub mod index;
pub mod matcher;
pub mod query;
pub mod search;
pub mod snippet;
pub mod text;
