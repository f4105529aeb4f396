//! Items of one name that are several (同名不同事).

use super::correspond::{self, Seen};
use crate::likeness::{self, Eye, Likeness};
use crate::problem::Lang;
use crate::record::full_name;
use crate::sorting::Sorting as _;
use std::collections::BTreeMap;

/// Items of one name, words of level and scope aside, that do not correspond.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Namesakes {
    /// The name as the first of them bears it, with its sub item.
    pub name: String,
    /// The keys of the items of this name in each list.
    pub ids: Vec<Vec<String>>,
    /// In what they differ: `item_type` (kind of power), `basis` (acts), `department` (function), `code`. None where
    /// nothing of this is known of them.
    pub differs: Vec<&'static str>,
}

impl Namesakes {
    /// In what they differ, in words.
    #[must_use]
    #[inline]
    pub fn why(&self, lang: Lang) -> String {
        if self.differs.is_empty() {
            return lang.pick("未能确认为同一事项", "not found to be one").to_owned();
        }
        let words = self.differs.iter().map(|field| match *field {
            "item_type" => lang.pick("事项类型不同", "other kind of power"),
            "basis" => lang.pick("依据不同", "other acts"),
            "department" => lang.pick("部门职能不同", "departments of other functions"),
            _ => lang.pick("编码不同", "other codes"),
        });
        words.collect::<Vec<_>>().join(lang.pick("，", ", "))
    }
}

/// Of many items of one name in the same lists so many are looked at.
const COMPARED: usize = 8;

/// Names under which a list has an item that has no partner of this name in another list that has one as well.
#[inline]
pub(super) fn find<'s, 'a: 's>(
    rows: &[&[Option<usize>]],
    seen: &dyn Fn(usize) -> &'s Seen<'a>,
    eye: Eye<'_>,
) -> Vec<Namesakes> {
    // By name, which rows have an item of it, and in which lists.
    let mut named: BTreeMap<&str, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (at, members) in rows.iter().enumerate() {
        for (list, item) in members.iter().enumerate() {
            if let Some(item) = item {
                named.entry(&seen(*item).base).or_default().entry(at).or_default().push(list);
            }
        }
    }
    let mut found: Vec<(usize, Namesakes)> = Vec::new();
    for (name, of) in named {
        if of.len() < 2 || name.is_empty() {
            continue;
        }
        // Rows that stand in the same lists say the same of others: of very many a few are compared.
        let mut alike: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
        for (row, lists) in &of {
            alike.entry(lists).or_default().push(*row);
        }
        let mut differs: Vec<&'static str> = Vec::new();
        let mut any = false;
        for (at, (lists, held)) in alike.iter().enumerate() {
            for (other_lists, others) in alike.iter().skip(at + 1) {
                let pairs = lists.iter().flat_map(|i| other_lists.iter().map(move |j| (*i, *j)));
                for (i, j) in pairs.filter(|(i, j)| !other_lists.contains(i) && !lists.contains(j)) {
                    any = true;
                    for row in held.iter().take(COMPARED) {
                        for other_row in others.iter().take(COMPARED) {
                            if let (Some(a), Some(b)) = (rows[*row][i], rows[*other_row][j]) {
                                compare_into(&mut differs, seen(a), seen(b), eye);
                            }
                        }
                    }
                }
            }
        }
        if !any {
            continue;
        }
        differs.order_by_key(|field| {
            ["item_type", "basis", "department", "code"].iter().position(|f| f == field)
        });
        let lists = rows.first().map_or(0, |members| members.len());
        let mut ids = vec![Vec::new(); lists];
        for (row, held) in &of {
            for list in held {
                ids[*list].extend(rows[*row][*list].map(|item| seen(item).key.clone()));
            }
        }
        let first = of.keys().next().copied().unwrap_or_default();
        let bears = rows[first].iter().flatten().next();
        let name = bears.map_or_else(|| name.to_owned(), |item| full_name(seen(*item).item));
        found.push((first, Namesakes { name, ids, differs }));
    }
    found.order_by_key(|(row, _)| *row);
    found.into_iter().map(|(_, of)| of).collect()
}

/// Adds in what two items differ.
#[inline]
fn compare_into(differs: &mut Vec<&'static str>, one: &Seen<'_>, other: &Seen<'_>, eye: Eye<'_>) {
    let mut add = |field: &'static str, is: bool| {
        if is && !differs.contains(&field) {
            differs.push(field);
        }
    };
    let kinds = one.kind().zip(other.kind());
    add("item_type", kinds.is_some_and(|(a, b)| likeness::kinds(a, b) == Likeness::Other));
    add("basis", correspond::other_acts(one, other));
    add("department", eye.same_holder(one.item, other.item) == Some(false));
    add("code", correspond::other_code(one, other));
}
