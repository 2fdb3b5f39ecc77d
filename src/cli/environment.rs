//! Which environment variable a wrong value came from.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, Error};

/// Returns the variable whose value an error is about.
///
/// clap names the option alone, and whoever has not typed it would look for it in vain.
pub(super) fn blamed(error: &Error, typed: &[OsString], program: &Command) -> Option<String> {
    let Some(ContextValue::String(blamed)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let option = options(program).find(|it| it.to_string() == *blamed)?;
    let long = format!("--{}", option.get_long()?);
    let is_it = |it: &OsString| {
        let typed = it.to_string_lossy();
        typed.strip_prefix(&long).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    };
    if typed.iter().any(is_it) {
        return None;
    }
    option.get_env().map(|it| it.to_string_lossy().into_owned())
}

/// Returns the options of a program and of its commands.
fn options(program: &Command) -> impl Iterator<Item = &Arg> {
    program.get_arguments().chain(program.get_subcommands().flat_map(Command::get_arguments))
}
