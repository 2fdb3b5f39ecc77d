//! The program `dateline`; everything it does is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// A page of hits is some thousand small strings, and an index is made of many more.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    dateline::cli::main()
}
