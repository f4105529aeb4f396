//! What a person should look at although nothing clashes.

use crate::codes::AdjustmentKind;
use crate::kind::AnyCatalogue;
use crate::organ;
use crate::problem::{Message, Problem, shortened};
use crate::record::{AnyItem, Field};
use crate::text::normal;
use std::collections::HashMap;

/// What is joined by the rules of lists and may be meant otherwise: a column that one side's table lacks, whose cells the other
/// two have, reads as if that side had emptied them all; and one body or one legal basis that both sides replaced, each by
/// another one, leaves both standing.
///
/// Linear in the lists.
///
/// ```
/// use qingdan::{AnyCatalogue, Kind, merge, table::csv};
/// let read = |table: &str| {
///     AnyCatalogue::read_csv(Kind::Licensing, table.as_bytes(), &csv::Options::default()).unwrap().ok().unwrap()
/// };
/// let base = read("编码,事项名称,主管部门,备注\n1,甲,局甲,窗口\n");
/// let ours = read("编码,事项名称,主管部门\n1,甲,局乙\n");
/// let theirs = read("编码,事项名称,主管部门,备注\n1,甲,局丙,窗口\n");
/// let told: Vec<_> = merge::doubts(&base, &ours, &theirs).into_iter().map(|problem| problem.rule).collect();
/// assert_eq!(told, ["merge/column-absent", "merge/both-replaced"]);
/// ```
#[must_use]
#[inline]
pub fn doubts(base: &AnyCatalogue, ours: &AnyCatalogue, theirs: &AnyCatalogue) -> Vec<Problem> {
    let mut told = Vec::new();
    for (side, other, zh, en) in [(ours, theirs, "我方", "ours"), (theirs, ours, "对方", "theirs")] {
        told.extend(absent_columns(base, side, other, zh, en));
    }
    told.extend(both_replaced(base, ours, theirs));
    told
}

/// Columns of the base's table that a side's table does not have, though the base's items, and the other side's, fill them.
#[inline]
fn absent_columns(
    base: &AnyCatalogue,
    side: &AnyCatalogue,
    other: &AnyCatalogue,
    zh: &str,
    en: &str,
) -> Vec<Problem> {
    if side.header().columns.is_empty() {
        return Vec::new();
    }
    let fills = |list: &AnyCatalogue, field: &str, header: &str| {
        list.items().into_iter().filter(|item| is_filled(*item, field, header)).count()
    };
    let absent = base.header().columns.iter().filter(|column| {
        let field = &*column.field;
        let (known, header) = (!field.is_empty(), normal(&column.header));
        let is_there = |other: &&crate::catalogue::Column| {
            if known { *other.field == *field } else { normal(&other.header) == header }
        };
        field != "id" && !side.header().columns.iter().any(|other| is_there(&other))
    });
    let mut told = Vec::new();
    for column in absent {
        let (field, header) = (&*column.field, &*column.header);
        let count = fills(base, field, header);
        if count == 0 || fills(side, field, header) > 0 || fills(other, field, header) == 0 {
            continue;
        }
        told.push(Problem::warning(
            "merge/column-absent",
            Message::new(
                format!("{zh}的表格没有“{header}”列，原清单有{count}项填写：按{zh}清空了该列处理；若只是没有导出，请补上该列后再合并"),
                format!("the table of {en} has no column `{header}`, which {count} items of the base fill: taken as emptied by {en}; if it was just not exported, put it back and merge again"),
            ),
        ));
    }
    told
}

#[inline]
fn is_filled(item: &dyn AnyItem, field: &str, header: &str) -> bool {
    if field.is_empty() {
        return item.extra().is_some_and(|extra| extra.get(header).is_some());
    }
    !item.text(field).is_empty()
}

/// Fields of one body or one basis that both sides replaced by another one each.
#[inline]
fn both_replaced(base: &AnyCatalogue, ours: &AnyCatalogue, theirs: &AnyCatalogue) -> Vec<Problem> {
    let of = |list: &'_ AnyCatalogue| -> HashMap<String, usize> {
        list.items().iter().enumerate().map(|(at, item)| (item.key().into_owned(), at)).collect()
    };
    let (our_keys, their_keys) = (of(ours), of(theirs));
    let (our_items, their_items) = (ours.items(), theirs.items());
    let is_of_one = |field: &&Field| {
        matches!(field.adjusts, Some(AdjustmentKind::AuthorityChanged | AdjustmentKind::BasisChanged))
    };
    // Of legal bases each has a line, within which 、 stands between articles.
    let one = |field: &Field, text: &str| {
        let is_of_bodies = field.adjusts == Some(AdjustmentKind::AuthorityChanged);
        let entries = if is_of_bodies { organ::cut(text) } else { text.lines().collect() };
        (entries.len() == 1).then(|| normal(entries[0]).into_owned())
    };
    let mut told = Vec::new();
    for field in base.kind().fields().iter().filter(is_of_one) {
        let mut found: Vec<String> = Vec::new();
        for item in base.items() {
            let key = item.key();
            let (Some(&i), Some(&j)) = (our_keys.get(&*key), their_keys.get(&*key)) else { continue };
            let [before, a, b] =
                [item, our_items[i], their_items[j]].map(|item| one(field, &item.text(field.name)));
            if let (Some(before), Some(a), Some(b)) = (before, a, b)
                && before != a
                && before != b
                && a != b
            {
                found.push(shortened(item.name(), 20));
            }
        }
        if let Some(first) = found.first() {
            let (title, count) = (field.title(), found.len());
            told.push(Problem::warning(
                "merge/both-replaced",
                Message::new(
                    format!("有{count}项的“{title}”两方各自换成了不同的内容，合并后两者并存（如“{first}”）；请核对"),
                    format!("both sides replaced `{title}` by something else in {count} items, and both stand now (such as `{first}`); look at them"),
                ),
            ));
        }
    }
    told
}
