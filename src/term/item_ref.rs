//! A reference from one list's item to an item of another list (涉及事项, 对应的政务服务事项).

use crate::text::normal;
use crate::{Record, Text};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// An item of another list, as it is referred to: by its code, or by its name alone.
///
/// In a cell it is a name, a code, or a name with its code in brackets behind (`林木采伐许可证核发【00016421300Y】`,
/// `林木采伐许可证核发（00016421300Y）`); a bracket that holds no code belongs to the name. References are separated by
/// `；`, `;` or line ends; where a cell has none of these, by the 、 between texts that are names as a whole (出生医学证明签发、
/// 社会保障卡申领), for 、 is part of names too (设立、变更登记). What a cell has no room for, department and role, stands in JSON.
///
/// ```
/// use qingdan::{Entry, term::ItemRef};
/// let item: ItemRef = "林木采伐许可证核发（00016421300Y）".parse()?;
/// assert_eq!((&*item.name, &*item.id), ("林木采伐许可证核发", "00016421300Y"));
/// assert_eq!(item.to_string(), "林木采伐许可证核发【00016421300Y】");
/// assert_eq!(item.key(), "00016421300Y");
/// # Ok::<(), qingdan::problem::Message>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "item-ref", text, key_with = canonical, cut_with = cut)]
#[non_exhaustive]
pub struct ItemRef {
    /// The id of the item in its list (编码).
    pub id: Text,
    /// Its name as written (名称).
    pub name: Text,
    /// The department in charge of it (部门).
    pub department: Text,
    /// What it is for the item that refers to it (必选, 可选; 前置).
    pub role: Text,
}

impl ItemRef {
    /// A reference to the item of this name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
    /// A reference to the item with this id and name.
    pub fn coded(id: impl Into<Text>, name: impl Into<Text>) -> Self {
        Self { id: id.into(), name: name.into(), ..Self::default() }
    }
}

/// The code where there is one; else the name.
fn canonical(item: &ItemRef) -> Cow<'_, str> {
    if item.id.is_empty() { normal(&item.name) } else { Cow::Borrowed(&item.id) }
}

/// What names of items end with, where several stand in a cell.
const ENDINGS: &[&str] = &[
    "登记", "许可", "审批", "备案", "核准", "核发", "签发", "申领", "领取", "发放", "办理", "认定", "核验",
    "接续", "入户", "报销", "缴费", "参保", "检查", "审核", "审查", "确认", "批准", "验收", "注册", "变更",
    "注销", "延续", "查询", "服务", "指导", "给付", "补贴", "补助", "奖励", "处罚", "征收", "年检", "申报",
    "开户", "过户", "提取", "转移", "结算", "公证", "换证", "补证", "证", "卡",
];

/// Cuts a cell into references.
fn cut(cell: &str) -> Vec<&str> {
    let pieces = crate::cell::cut(cell, &['；', ';', '\n', '\r']);
    let [one] = pieces[..] else { return pieces };
    let names = crate::cell::cut(one, &['、']);
    let base_of = |name: &'_ str| -> String {
        let base = name.trim_end_matches(['）', ')', '】']);
        let base = if base.len() < name.len() {
            base.rfind(['（', '(', '【']).map_or(base, |at| &base[..at])
        } else {
            base
        };
        base.to_owned()
    };
    let bases: Vec<String> = names.iter().map(|name| base_of(name)).collect();
    let is_long = |base: &String| base.chars().count() >= 4;
    let ends = |base: &&String| ENDINGS.iter().any(|word| base.ends_with(word));
    let ending = bases.iter().filter(ends).count();
    // What one name enumerates is short (设立、合并、分立审批). Of three long pieces one that ends as names do tells of all.
    let are_names = ending == bases.len() || bases.len() > 2 && ending > 0;
    if names.len() > 1 && bases.iter().all(is_long) && are_names { names } else { pieces }
}

/// Whether a text looks like a code: letters, digits and hyphens, nine at least, three digits among them.
fn is_code(text: &str) -> bool {
    text.len() >= 9
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && text.bytes().filter(u8::is_ascii_digit).count() >= 3
}

/// A name and the code in the bracket behind it.
pub(crate) fn name_and_code(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let (close, opens) = match text.chars().next_back()? {
        c @ '】' => (c, &['【'][..]),
        c @ ('）' | ')') => (c, &['（', '('][..]),
        _ => return None,
    };
    let inside = text.strip_suffix(close)?;
    let open = inside.rfind(opens)?;
    let (name, code) = inside.split_at(open);
    let code = code.trim_start_matches(opens).trim();
    is_code(code).then(|| (name.trim_end(), code))
}

impl fmt::Display for ItemRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name.is_empty(), self.id.is_empty()) {
            (_, true) => f.write_str(&self.name),
            (true, false) => f.write_str(&self.id),
            (false, false) => write!(f, "{}【{}】", self.name, self.id),
        }
    }
}
impl FromStr for ItemRef {
    type Err = crate::problem::Message;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match name_and_code(text) {
            Some((name, code)) => Self::coded(code, name),
            None if is_code(text) => Self::coded(text, ""),
            None => Self::new(text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_cut_between_names_and_not_within_them() {
        let check = |cell: &str, pieces: &[&str]| assert_eq!(cut(cell), pieces, "{cell}");
        check("出生医学证明签发、社会保障卡申领", &["出生医学证明签发", "社会保障卡申领"]);
        check("内资企业设立、变更登记", &["内资企业设立、变更登记"]);
        check("内资企业设立、变更登记；公章刻制备案", &["内资企业设立、变更登记", "公章刻制备案"]);
        check("失业登记（市级）、职业资格证书核验", &["失业登记（市级）", "职业资格证书核验"]);
        check("融资担保公司设立、合并、分立审批", &["融资担保公司设立、合并、分立审批"]);
        check("死亡证明、注销户口、遗属待遇申领", &["死亡证明", "注销户口", "遗属待遇申领"]);
        check(
            "企业设立登记、公章刻制备案、发票领用、社保登记",
            &["企业设立登记", "公章刻制备案", "发票领用", "社保登记"],
        );
        check("死亡证明、注销户口", &["死亡证明、注销户口"]);
        check("", &[]);
    }

    #[test]
    fn a_bracket_is_a_code_only_where_it_looks_like_one() {
        let check = |text: &str, name: &str, id: &str, shown: &str| {
            let item: ItemRef = text.parse().unwrap();
            assert_eq!((&*item.name, &*item.id), (name, id), "{text}");
            assert_eq!(item.to_string(), shown);
            assert_eq!(shown.parse(), Ok(item), "{shown}");
        };
        check("甲【00016421300Y】", "甲", "00016421300Y", "甲【00016421300Y】");
        check("甲(乙) (120000GZJXK02001)", "甲(乙)", "120000GZJXK02001", "甲(乙)【120000GZJXK02001】");
        check("甲（设区的市级权限）", "甲（设区的市级权限）", "", "甲（设区的市级权限）");
        check("甲（2022）", "甲（2022）", "", "甲（2022）");
        check("000104002000", "", "000104002000", "000104002000");
        check("【000104002000】", "", "000104002000", "000104002000");
        check("变更、延续", "变更、延续", "", "变更、延续");
        assert_eq!(canonical(&ItemRef::new("甲（乙）")), "甲(乙)");
    }
}
