//! What a delta says of entries, by key.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Values by key, in the order of the keys (of their UTF-8 bytes). It is made once and read often, so
/// that a sorted row of pairs serves it: less memory and less code a type than a tree.
///
/// ```
/// use qingdan::{LicensingItem, SharedList, diff};
/// let list = |ids: &[&str]| SharedList::of(ids.iter().map(|id| LicensingItem::new(*id, "甲")));
/// let (before, after) = (list(&["b"])?, list(&["b", "a"])?);
/// let delta = diff(&before, &after).unwrap();
/// assert_eq!(delta.added().keys().collect::<Vec<_>>(), ["a"]);
/// assert!(delta.added().get("a").is_some() && delta.removed().is_empty());
/// # Ok::<(), qingdan::Repeated>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ByKey<V> {
    // Sorted by key; keys are distinct.
    pairs: Vec<(String, V)>,
}

impl<V> Default for ByKey<V> {
    fn default() -> Self {
        Self { pairs: Vec::new() }
    }
}

impl<V> ByKey<V> {
    /// The value of a key. Logarithmic.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&V> {
        self.find(key).ok().map(|i| &self.pairs[i].1)
    }
    /// Whether there is a value under this key. Logarithmic.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.find(key).is_ok()
    }
    /// Keys and values, in the order of the keys.
    #[must_use]
    pub fn iter(&self) -> ByKeyIter<'_, V> {
        ByKeyIter(self.pairs.iter())
    }
    /// The keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.pairs.iter().map(|(key, _)| key.as_str())
    }
    /// The values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.pairs.iter().map(|(_, value)| value)
    }
    /// How many keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pairs.len()
    }
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Of these pairs, whose keys are distinct, in any order.
    pub(crate) fn of(pairs: Vec<(String, V)>) -> Self {
        let by_key = Self::sorted(pairs);
        debug_assert!(by_key.pairs.is_sorted_by(|a, b| a.0 < b.0), "keys are distinct");
        by_key
    }
    fn sorted(mut pairs: Vec<(String, V)>) -> Self {
        for (i, j) in swaps_into_order(pairs.len(), &|i| &pairs[i].0) {
            pairs.swap(i as usize, j as usize);
        }
        Self { pairs }
    }
    /// Puts a value under a key; answers the one that was there. Linear where the key is not the last.
    pub(crate) fn insert(&mut self, key: String, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(i) => Some(std::mem::replace(&mut self.pairs[i].1, value)),
            Err(i) => {
                self.pairs.insert(i, (key, value));
                None
            }
        }
    }
    /// The value at a position.
    pub(crate) fn value_at(&self, position: usize) -> &V {
        &self.pairs[position].1
    }
    /// Key and value at a position.
    pub(crate) fn pair_at(&self, position: usize) -> &(String, V) {
        &self.pairs[position]
    }
    /// The position of a key. Logarithmic.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        self.find(key).ok()
    }
    /// The keys, in order.
    pub(crate) fn key_list(&self) -> Vec<&str> {
        let mut keys = Vec::with_capacity(self.pairs.len());
        for (key, _) in &self.pairs {
            keys.push(key.as_str());
        }
        keys
    }
    /// The pairs, in the order of the keys.
    pub(crate) fn into_pairs(self) -> Vec<(String, V)> {
        self.pairs
    }
    /// What is left of the values once some are taken out.
    pub(crate) fn filtered(mut self, mut keep: impl FnMut(&mut V) -> bool) -> Self {
        self.pairs.retain_mut(|(_, value)| keep(value));
        self
    }
    fn find(&self, key: &str) -> Result<usize, usize> {
        position_of(key, self.pairs.len(), &|i| &self.pairs[i].0)
    }
}

/// Binary search; compiled once, not once a type of values.
fn position_of<'a>(key: &str, count: usize, at: &dyn Fn(usize) -> &'a String) -> Result<usize, usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        match at(middle).as_str().cmp(key) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return Ok(middle),
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    Err(low)
}

/// The swaps that bring some keys into order, one after the other: one sort for all types of values.
fn swaps_into_order<'a>(count: usize, at: &dyn Fn(usize) -> &'a String) -> Vec<(u32, u32)> {
    if (1..count).all(|i| at(i - 1) <= at(i)) {
        return Vec::new();
    }
    let keys: Vec<&str> = (0..count).map(|i| at(i).as_str()).collect();
    // By position: which key comes there.
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.sort_unstable_by_key(|&i| keys[i as usize]);
    let mut swaps = Vec::new();
    for start in 0..count {
        let mut here = start;
        loop {
            let from = std::mem::replace(&mut order[here], here as u32) as usize;
            if from == start {
                break;
            }
            swaps.push((here as u32, from as u32));
            here = from;
        }
    }
    swaps
}

/// The pairs of a [`ByKey`], in the order of the keys.
#[derive(Debug)]
pub struct ByKeyIter<'a, V>(std::slice::Iter<'a, (String, V)>);

impl<V> Clone for ByKeyIter<'_, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
impl<'a, V> Iterator for ByKeyIter<'a, V> {
    type Item = (&'a str, &'a V);
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}
impl<V> ExactSizeIterator for ByKeyIter<'_, V> {}

impl<'a, V> IntoIterator for &'a ByKey<V> {
    type Item = (&'a str, &'a V);
    type IntoIter = ByKeyIter<'a, V>;
    fn into_iter(self) -> ByKeyIter<'a, V> {
        self.iter()
    }
}

impl<V: Serialize> Serialize for ByKey<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for ByKey<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Read<V> {
            type Value = ByKey<V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of entries by key")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ByKey<V>, A::Error> {
                let mut pairs: Vec<(String, V)> = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                let by_key = ByKey::sorted(pairs);
                match first_repeated(by_key.len(), &|i| &by_key.pairs[i].0) {
                    Some(repeated) => Err(serde::de::Error::custom(repeated)),
                    None => Ok(by_key),
                }
            }
        }
        deserializer.deserialize_map(Read(PhantomData))
    }
}

/// What is wrong with keys in order of which one stands twice.
fn first_repeated<'a>(count: usize, at: &dyn Fn(usize) -> &'a String) -> Option<String> {
    let i = (1..count).find(|&i| at(i - 1) == at(i))?;
    Some(format!("the key `{}` stands twice", at(i)))
}

#[cfg(test)]
mod tests {
    use super::ByKey;

    #[test]
    fn values_stand_in_the_order_of_their_keys() {
        let pairs = ["丙", "甲", "乙"].map(|key| (key.to_owned(), key.len()));
        let by_key = ByKey::of(pairs.to_vec());
        assert_eq!(by_key.keys().collect::<Vec<_>>(), ["丙", "乙", "甲"]);
        assert_eq!((by_key.get("甲"), by_key.get("丁")), (Some(&3), None));
        let read: ByKey<usize> = serde_json::from_str(r#"{"甲":3,"丙":3,"乙":3}"#).expect("read");
        assert_eq!(read, by_key);
        assert_eq!(serde_json::to_string(&by_key).expect("written"), r#"{"丙":3,"乙":3,"甲":3}"#);
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        let error = serde_json::from_str::<ByKey<u8>>(r#"{"a":1,"b":2,"a":1}"#).expect_err("refused");
        assert!(error.to_string().contains("`a` stands twice"), "{error}");
    }
}
