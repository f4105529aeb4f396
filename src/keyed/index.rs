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

/// Positions by key. Holds no keys: whoever asks fetches them. It holds half of each key's hash, so that
/// a growing index fetches no key again, and a search hardly ever one that is not meant. How a key is fetched is asked of
/// a `dyn Fn`: one table for lists of everything, where each type of entry would have one of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    positions: HashTable<(u32, u32)>,
}

fn half(key: &str) -> u32 {
    hasher().hash_one(key) as u32
}

/// A table takes its bucket from the low bits and its tag from the high ones.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9E37_79B9_0000_0001)
}

impl Index {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self { positions: HashTable::with_capacity(capacity) }
    }
    /// Indexes `count` entries, whose keys are distinct.
    pub(crate) fn of<'a>(count: usize, key: &dyn Fn(usize) -> Cow<'a, str>) -> Self {
        let mut index = Self::with_capacity(count);
        for i in 0..count {
            index.insert(&key(i), i, key);
        }
        index
    }
    pub(crate) fn find<'a>(&self, key: &str, key_at: &dyn Fn(usize) -> Cow<'a, str>) -> Option<usize> {
        let hash = half(key);
        self.positions
            .find(spread(hash), |&(h, i)| h == hash && *key_at(i as usize) == *key)
            .map(|&(_, i)| i as usize)
    }
    /// Adds a position; answers the one that has this key already.
    pub(crate) fn insert<'a>(
        &mut self,
        key: &str,
        position: usize,
        key_at: &dyn Fn(usize) -> Cow<'a, str>,
    ) -> Option<usize> {
        let hash = half(key);
        let there = self.positions.find(spread(hash), |&(h, i)| h == hash && *key_at(i as usize) == *key);
        if let Some(&(_, there)) = there {
            return Some(there as usize);
        }
        self.positions.insert_unique(spread(hash), (hash, position as u32), |&(h, _)| spread(h));
        None
    }
}
