//! Whether a list holds together: ids, parents, declared counts.

use super::look::{Look, basic_code};
use super::{Findings, say};
use crate::catalogue::WITHIN;
use crate::code::Code;
use crate::problem::{Severity, shortened};
use crate::text::normal;
use std::collections::{HashMap, HashSet};

#[inline]
pub(super) fn check(list: &Look<'_>, findings: &mut Findings) {
    duplicates(list, findings);
    parents(list, findings);
    declared(list, findings);
}

/// Ids that stand twice. Those that the list gives are errors; of derived ones the items are perhaps one written twice.
#[inline]
fn duplicates(list: &Look<'_>, findings: &mut Findings) {
    // Of items that only their names tell apart, those of two departments are two.
    let mut first: HashMap<(&str, String), usize> = HashMap::new();
    for (i, item) in list.items.iter().enumerate() {
        let id = item.id();
        let key = (id, if item.is_derived() { list.department(i) } else { String::new() });
        let Some(&before) = first.get(&key) else {
            first.insert(key, i);
            continue;
        };
        let rule = if item.is_derived() { "structure/duplicate-item" } else { "structure/duplicate-id" };
        let id = shortened(id, 60);
        for place in [before, i] {
            findings.item(rule, list, item.id(), place, || {
                if item.is_derived() {
                    say(
                        format!("“{id}”出现多次：名称、子项、类型、层级、部门都相同；请核对是否重复"),
                        format!("`{id}` stands more than once, with equal name, sub item, type, level and department; see whether one is too many"),
                    )
                } else {
                    say(
                        format!("编码“{id}”重复；一个编码只对应一个事项，请改正"),
                        format!("the id `{id}` stands more than once; give each item an id of its own"),
                    )
                }
                .field("id")
            });
        }
    }
}

/// Parents that are not there. A list that holds leaves only is normal; an item that names its own basic code has none.
#[inline]
fn parents(list: &Look<'_>, findings: &mut Findings) {
    let mut there: HashSet<String> = HashSet::new();
    for item in &list.items {
        there.insert(item.id().to_owned());
        there.extend(basic_code(*item));
    }
    let mut missing: Vec<(usize, String)> = Vec::new();
    let mut found = 0;
    for (i, item) in list.items.iter().enumerate() {
        let own = basic_code(*item);
        let column = item.parent();
        let parent = if column.is_empty() {
            // By the code, where no column says it: 000164213003 belongs to 00016421300Y.
            let basic = own.as_deref().map(Code::recognise);
            basic.and_then(|code| code.parent()).map(|code| code.to_string())
        } else {
            Some(column.to_owned())
        };
        let Some(parent) = parent else { continue };
        if Some(&parent) == own.as_ref() || parent == item.id() {
            continue;
        }
        if there.contains(&parent) {
            found += 1;
        } else {
            missing.push((i, parent));
        }
    }
    if missing.is_empty() {
        return;
    }
    if found == 0 {
        let mains: HashSet<&str> = missing.iter().map(|(_, parent)| &**parent).collect();
        let (items, mains) = (missing.len(), mains.len());
        for (item, _) in &missing {
            findings.item("structure/leaves-only", list, "", *item, || {
                say(
                    format!("清单只列子项：{items}个子项的{mains}个主项不在清单中"),
                    format!("the list holds sub items only: the {mains} main items of {items} of them stand in no row"),
                )
                .field("parent")
            });
        }
        return;
    }
    for (item, parent) in missing {
        let name = shortened(&parent, 40);
        findings.item("structure/parent-missing", list, &parent, item, || {
            say(
                format!("主项“{name}”不在清单中；请补上主项，或改正上级编码"),
                format!("the main item `{name}` stands in no row; add it, or correct the parent"),
            )
            .field("parent")
            .found(&*parent)
        });
    }
}

/// How a list can be counted.
#[derive(Debug, Default)]
struct Counts {
    rows: u32,
    serials: u32,
    mains: u32,
    leaves: u32,
}

impl Counts {
    #[inline]
    fn of(list: &Look<'_>, items: &[usize]) -> Self {
        let mut counts = Self::default();
        let mut names: HashSet<(String, &str)> = HashSet::new();
        let mut parents: HashSet<&str> = HashSet::new();
        for &i in items {
            let item = list.items[i];
            counts.rows += 1;
            counts.serials += crate::serial::serials(&item.text("serial")).len().max(1) as u32;
            if item.parent().is_empty() || list.by_code(item.parent()).is_none() {
                names.insert((
                    normal(item.name()).into_owned(),
                    if item.sub_item().is_empty() { item.id() } else { "" },
                ));
            } else {
                parents.insert(item.parent());
            }
        }
        counts.mains = names.len() as u32;
        counts.leaves = counts.rows - parents.len().min(counts.rows as usize) as u32;
        counts
    }
    #[inline]
    fn fits(&self, declared: u32) -> bool {
        [self.rows, self.serials, self.mains, self.leaves].contains(&declared)
    }
    #[inline]
    fn words(&self) -> (String, String) {
        let Self { rows, serials, mains, leaves } = self;
        (
            format!("行{rows}、序号{serials}、主项{mains}、末级{leaves}"),
            format!("{rows} rows, {serials} serials, {mains} main items, {leaves} leaves"),
        )
    }
}

/// Declared counts: a finding only where no way of counting fits. C16.
#[inline]
fn declared(list: &Look<'_>, findings: &mut Findings) {
    let all: Vec<usize> = (0..list.items.len()).collect();
    if let Some(declared) = list.header.declared {
        let counts = Counts::of(list, &all);
        if !counts.fits(declared) {
            let (zh, en) = counts.words();
            findings.list("structure/declared-count", list, "", || {
                say(
                    format!("标题称共{declared}项，实有{zh}；请核对"),
                    format!("the title says {declared} items, and there are {en}; see which is right"),
                )
                .expected(declared.to_string())
                .found(counts.rows.to_string())
            });
        }
    }
    for part in &list.header.parts {
        let Some(declared) = part.declared else { continue };
        let is_inside = |of: &str| {
            let rest = of.strip_prefix(&*part.title);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(WITHIN))
        };
        let inside: Vec<usize> =
            all.iter().copied().filter(|&i| is_inside(&list.items[i].text("part"))).collect();
        let counts = Counts::of(list, &inside);
        if !counts.fits(declared) {
            let (zh, en) = counts.words();
            let title = shortened(&part.title, 40);
            findings.list("structure/declared-count", list, &part.title, || {
                say(
                    format!("“{title}”称共{declared}项，实有{zh}；请核对"),
                    format!("`{title}` says {declared} items, and there are {en}; see which is right"),
                )
                .expected(declared.to_string())
                .found(counts.rows.to_string())
                .severity(Severity::Warning)
            });
        }
    }
}
