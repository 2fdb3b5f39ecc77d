//! Packed files: gzip, zstd, bzip2 and xz, and archives in tar and zip, in any nesting.
//!
//! What a file is, its first bytes tell, never its name. Nothing is ever written to a disk: what is
//! packed is unpacked as a stream into the reader of what is in it. A member of an archive has the
//! path of the archive with its own behind it (`dumps/may.tar/7.xml`), a file that is only packed
//! has its own path; spans are places in what was unpacked.
//!
//! | limit | why |
//! |---|---|
//! | [`RATIO_MAX`] beyond [`UNPACKED_FREE_BYTES`] | a bomb |
//! | [`UNPACKED_BYTES_MAX`], [`MEMBER_BYTES_MAX`] | time |
//! | [`DEPTH_MAX`], [`MEMBERS_MAX`], [`ZIP_MEMBERS_MAX`] | time and memory |
//! | [`NESTED_ZIP_BYTES_MAX`] | a zip is read from its end: one within another file is held in memory |
//!
//! What breaks off, or reaches a limit, is read as far as it goes; then the break is told.

mod codec;
mod member;
mod stream;
mod tar;
mod unpacking;
mod zip;

pub(super) use stream::Meter;
pub(super) use unpacking::Unpacking;

/// How many bytes a byte of the file on disk may unpack to, beyond [`UNPACKED_FREE_BYTES`].
///
/// Deflate comes to 1,032 at most, which only a bomb does; XML of a newsroom to 5 or 20.
pub const RATIO_MAX: u64 = 200;

/// How many bytes may be unpacked of any file, whatever its size.
pub const UNPACKED_FREE_BYTES: u64 = 32 << 20;

/// How many bytes may be unpacked of a file, all layers taken together.
pub const UNPACKED_BYTES_MAX: u64 = 64 << 30;

/// How long one packed file, or one member of an archive, may be when it is unpacked.
pub const MEMBER_BYTES_MAX: u64 = 16 << 30;

/// How many packings may be within each other; `a.tar.gz` are two.
pub const DEPTH_MAX: u32 = 4;

/// How many members a file may have, those of archives within it included.
pub const MEMBERS_MAX: u64 = 1_000_000;

/// How many members a zip may have: its table of contents is held in memory.
pub const ZIP_MEMBERS_MAX: u64 = 250_000;

/// How long a zip may be that is within another packed file.
pub const NESTED_ZIP_BYTES_MAX: u64 = 64 << 20;

/// How many members of a file that are no news are told one by one; the others are counted.
pub const MEMBERS_TOLD_MAX: u64 = 100;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Tar,
    Zip,
}

/// Where a tar archive names itself.
const TAR_MAGIC: std::ops::Range<usize> = 257..262;

impl Packing {
    /// All packings.
    const ALL: [Self; 6] = [Self::Gzip, Self::Zstd, Self::Bzip2, Self::Xz, Self::Tar, Self::Zip];

    /// Tells by its first bytes how a file is packed.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let is_block = |it: &[u8]| {
            matches!(it, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..])
                || matches!(it, [0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..])
        };
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', block @ ..] if is_block(block) => Some(Self::Bzip2),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ if head.get(TAR_MAGIC) == Some(b"ustar") => Some(Self::Tar),
            _ => None,
        }
    }

    /// Returns the name with the version of the rules, as the manifest has it.
    pub(super) fn versioned(self) -> &'static str {
        match self {
            Self::Gzip => "gzip/1",
            Self::Zstd => "zstd/1",
            Self::Bzip2 => "bzip2/1",
            Self::Xz => "xz/1",
            Self::Tar => "tar/1",
            Self::Zip => "zip/1",
        }
    }

    /// Returns the name alone.
    fn name(self) -> &'static str {
        self.versioned().trim_end_matches("/1")
    }

    /// Returns the names of all packings with their versions.
    pub(super) fn all() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::versioned)
    }
}

#[cfg(test)]
mod tests;
