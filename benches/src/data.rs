//! The lists that are measured: made once in a temporary folder, and deleted.

use crate::{generate, write};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

/// What the generator says that it did between two editions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Truth {
    pub(crate) differing: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
    pub(crate) moved: usize,
}

/// Writes an edition, the next one and the one after it, and what another
/// office made of the first.
///
/// # Errors
/// A file cannot be written.
pub(crate) fn make(items: usize, folder: &Path) -> io::Result<Truth> {
    fs::create_dir_all(folder)?;
    let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let before = generate::edition(items);
    write::write_json(&before, create("before.json")?)?;
    write::write_csv(&before, create("before.csv")?)?;
    let (after, account) = generate::next_edition_counted(&before);
    write::write_json_as(&after, "2023", create("after.json")?)?;
    write::write_csv(&after, create("after.csv")?)?;
    write::write_json_as(&generate::next_edition(&after), "2024", create("later.json")?)?;
    let theirs = generate::other_edition(&before);
    write::write_json_as(&theirs, "2023", create("theirs.json")?)?;
    write::write_csv(&theirs, create("theirs.csv")?)?;
    Ok(Truth {
        // «changed» of the tables: any column differs, the name too.
        differing: account.changed + account.renamed,
        added: account.added,
        removed: account.removed,
        moved: account.moved,
    })
}

/// A folder that is deleted when it is no longer used.
pub(crate) struct Temporary(PathBuf);

impl Temporary {
    /// # Errors
    /// It cannot be made.
    pub(crate) fn new() -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("qingdan-benches-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            eprintln!("qingdan-benches: {}: {error}", self.0.display());
        }
    }
}
