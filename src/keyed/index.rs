//! Positions of entries by key.

use hashbrown::HashTable;
use std::borrow::Cow;
use std::hash::BuildHasher as _;
use std::sync::OnceLock;

/// Hashes of this process: for indexes and prints, never written.
pub(crate) fn hasher() -> &'static foldhash::quality::RandomState {
    static HASHER: OnceLock<foldhash::quality::RandomState> = OnceLock::new();
    HASHER.get_or_init(foldhash::quality::RandomState::default)
}

/// Positions by key. Holds no keys: whoever asks fetches them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    positions: HashTable<u32>,
}

impl Index {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self { positions: HashTable::with_capacity(capacity) }
    }
    /// Indexes `count` entries, whose keys are distinct.
    pub(crate) fn of<'a>(count: usize, key: impl Fn(usize) -> Cow<'a, str>) -> Self {
        let mut index = Self::with_capacity(count);
        for i in 0..count {
            index.insert(&key(i), i, &key);
        }
        index
    }
    pub(crate) fn find<'a>(&self, key: &str, key_at: impl Fn(usize) -> Cow<'a, str>) -> Option<usize> {
        let hash = hasher().hash_one(key);
        self.positions.find(hash, |&i| *key_at(i as usize) == *key).map(|&i| i as usize)
    }
    /// Adds a position; answers the one that has this key already.
    pub(crate) fn insert<'a>(
        &mut self,
        key: &str,
        position: usize,
        key_at: impl Fn(usize) -> Cow<'a, str>,
    ) -> Option<usize> {
        let hash = hasher().hash_one(key);
        if let Some(&there) = self.positions.find(hash, |&i| *key_at(i as usize) == *key) {
            return Some(there as usize);
        }
        self.positions.insert_unique(hash, position as u32, |&i| hasher().hash_one(&*key_at(i as usize)));
        None
    }
}
