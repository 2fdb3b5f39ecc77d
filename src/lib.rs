//! dateline.
pub mod article;
pub mod error;
pub mod text;
