//! Panics of code that is not ours, stopped where they begin.
//!
//! tantivy trusts the bytes of its files, and panics where some of them have changed. The checks
//! of a disk are not its business, and an index is only as sound as the disk below it; so whoever
//! calls it for us does so within [`contained`].

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// How many calls of [`contained`] this thread is within.
    static N_AROUND: Cell<u32> = const { Cell::new(0) };
}

/// Calls `f`, and returns what it panicked with, in one line, where it did.
///
/// What `f` was changing must be given up then: it may be half changed. That is why the bound is
/// not `UnwindSafe`, which nothing of tantivy is: the callers hold what they only read.
///
/// Not contained are what ends the process at once: memory that cannot be had, a stack that is
/// full, and a mapped page that the disk does not give. The standard library tells a panic on
/// stderr before it gets here; a program that wants quiet installs a hook that asks
/// [`is_contained`], as ours does.
///
/// # Errors
///
/// The message of the panic.
pub fn contained<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    let _around = Around::enter();
    panic::catch_unwind(AssertUnwindSafe(f)).map_err(|payload| message(payload.as_ref()))
}

/// Tells whether a panic of this thread would be contained.
pub fn is_contained() -> bool {
    N_AROUND.get() > 0
}

/// Returns the message that a panic carries, in one line.
pub fn message(payload: &(dyn Any + Send)) -> String {
    let words = payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
    let words = words.or_else(|| payload.downcast_ref::<String>().cloned());
    let words = words.unwrap_or_else(|| "without a word".to_owned());
    in_a_line(&words)
}

/// Joins the lines of somebody else's message.
pub fn in_a_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A call that is under way.
struct Around;

impl Around {
    fn enter() -> Self {
        N_AROUND.set(N_AROUND.get() + 1);
        Self
    }
}

impl Drop for Around {
    fn drop(&mut self) {
        N_AROUND.set(N_AROUND.get() - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message_and_the_thread_goes_on() {
        let n = 3;
        assert_eq!(contained(|| n), Ok(3));
        assert_eq!(contained(|| assert!(n < 3, "{n}\n is too many")), Err("3 is too many".into()));
        assert_eq!(contained(|| panic::panic_any(7)), Err("without a word".into()));
    }

    #[test]
    fn a_thread_knows_whether_it_is_contained_however_deep() {
        assert!(!is_contained());
        let inner = contained(|| {
            _ = contained(|| panic!("within"));
            is_contained()
        });
        assert_eq!((inner, is_contained()), (Ok(true), false));
    }
}
