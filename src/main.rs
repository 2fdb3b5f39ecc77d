//! The program `dateline`; everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::main()
}
