//! Names of items: what belongs to the name, and what lists add to it.
//!
//! Lists add levels (林木采伐许可证核发（市级）), scope words (权限内…的核发, …（市本级）), situations (…（变更）) and marks (*).
//! Two lists that name one item are compared without them: by the base of the name, or by its stem, which leaves out
//! the verb as well (核发, 审批, 备案). The name itself stays as it is published.

use crate::codes::{Level, levels, read_levels};
use crate::text::normal;

/// A name in its parts, in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ItemName {
    /// The name without level, scope words and marks; brackets of content (含…, 不含…) stay.
    pub base: String,
    /// Levels named in a last bracket (设区的市级权限).
    pub levels: Vec<Level>,
    /// Scope words taken off: 权限内, 本级.
    pub scope: Option<String>,
    /// Whether a mark (*) stood behind it.
    pub marked: bool,
}

/// Words that say that only what is within one's power is meant. They name no other item.
const SCOPE: &[&str] = &[
    "权限内的",
    "权限内",
    "辖区内的",
    "辖区内",
    "本行政区域内的",
    "本行政区域内",
    "管辖范围内的",
    "管辖权限内",
    "职权范围内的",
];

/// Words that mean one's own level.
const OWN: &[&str] = &[
    "市本级",
    "本级",
    "县本级",
    "区本级",
    "省本级",
    "州本级",
    "自治区本级",
    "权限内",
    "本级权限",
    "市本级权限",
];

/// Verbs that name what an organ does with an item; the same item bears another one from list to list.
const VERBS: &[&str] = &[
    "许可证核发",
    "许可证审批",
    "审批",
    "许可证",
    "许可",
    "核准",
    "核发",
    "审核",
    "批准",
    "备案",
    "登记",
    "认定",
    "确认",
    "审查",
    "审定",
    "同意",
    "注册",
    "颁发",
    "发放",
    "换发",
    "补发",
    "补办",
    "变更",
    "延续",
    "注销",
    "新办",
    "证书",
    "证",
    "事项",
    "的",
];

/// Reads a name.
///
/// ```
/// use qingdan::{codes::Level, name};
/// let read = name::read("权限内林木采伐许可证核发（设区的市级权限）");
/// assert_eq!(read.base, "林木采伐许可证核发");
/// assert_eq!(read.levels, [Level::City]);
/// assert_eq!(read.scope.as_deref(), Some("权限内"));
/// assert_eq!(name::read("企业投资项目备案（技术改造）（市级/县级）").base, "企业投资项目备案(技术改造)");
/// ```
#[must_use]
pub fn read(name: &str) -> ItemName {
    let form = normal(name);
    let mut rest: &str = &form;
    let mut out = ItemName::default();
    if let Some(plain) = rest.strip_suffix(['*', '※', '★', '▲']) {
        (rest, out.marked) = (plain, true);
    }
    while let Some((before, inside)) = last_bracket(rest) {
        if before.is_empty() {
            break;
        }
        let words = inside.trim_end_matches("权限").trim_end_matches("行使").trim_end_matches("办理");
        let read = read_levels(words, &Level::City);
        if OWN.contains(&inside) {
            out.scope = Some(inside.to_owned());
        } else if read.rest.is_empty() && !read.levels.is_empty() {
            out.levels = read.levels;
        } else if let Some(found) = several_levels(words) {
            out.levels = found;
        } else {
            break;
        }
        rest = before;
    }
    if let Some(word) = SCOPE.iter().find(|word| rest.starts_with(**word) && rest.len() > word.len()) {
        out.scope = Some((*word).to_owned());
        rest = &rest[word.len()..];
    }
    rest.clone_into(&mut out.base);
    out
}

/// A name cut into the words of scope in front, the name itself, and the brackets of level and scope behind, each as
/// written.
///
/// ```
/// use qingdan::name::cut;
/// assert_eq!(cut("权限内林木采伐许可（市级）"), ("权限内", "林木采伐许可", "（市级）"));
/// assert_eq!(cut("建筑施工许可（含装修）"), ("", "建筑施工许可（含装修）", ""));
/// ```
#[must_use]
pub fn cut(name: &str) -> (&str, &str, &str) {
    let start = SCOPE
        .iter()
        .find(|word| name.starts_with(**word) && name.len() > word.len())
        .map_or(0, |word| word.len());
    let mut end = name.len();
    while let Some(at) = name[start..end].rfind(['(', '（']).map(|at| start + at).filter(|at| *at > start) {
        // What reading takes off is an addition; it is not read a second way here.
        if read(&name[start..end]).base != read(&name[start..at]).base {
            break;
        }
        end = at;
    }
    (&name[..start], &name[start..end], &name[end..])
}

/// A name in normal form without the articles that it cites (第三十二条, 第5款): they change when an act is renumbered,
/// and the item does not.
///
/// ```
/// use qingdan::name::without_articles;
/// assert_eq!(without_articles("《种子法》第三十二条所列许可"), without_articles("《种子法》第33条所列许可"));
/// assert_eq!(without_articles("第二类医疗器械经营备案"), "第二类医疗器械经营备案");
/// ```
#[must_use]
pub fn without_articles(name: &str) -> String {
    let form = normal(name);
    let mut out = String::new();
    let mut rest: &str = &form;
    while let Some(at) = rest.find('第') {
        out.push_str(&rest[..at]);
        let number = rest[at + '第'.len_utf8()..]
            .trim_start_matches(|c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百千两".contains(c));
        if let Some(unit @ ('条' | '款' | '项')) = number.chars().next() {
            rest = &number[unit.len_utf8()..];
        } else {
            out.push('第');
            rest = &rest[at + '第'.len_utf8()..];
        }
    }
    out + rest
}

/// Levels with a stroke between them: 市级/县级.
fn several_levels(words: &str) -> Option<Vec<Level>> {
    let parts: Vec<&str> = words.split(['/', '、', ',']).collect();
    let mut found = Vec::new();
    for part in &parts {
        let read = levels(part);
        if read.len() != 1 || !read_levels(part, &Level::City).rest.is_empty() {
            return None;
        }
        found.extend(read);
    }
    (parts.len() > 1).then_some(found)
}

/// The last bracket group of a text in normal form, where the text ends with it: what stands before, and inside.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_suffix(')')?;
    let mut depth = 1;
    for (at, c) in body.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&body[..at], &body[at + 1..]));
        }
    }
    None
}

/// The base of a name without its last bracket groups and its verb: what items of several lists have in common that are
/// about one thing (林木采伐许可证核发, 林木采伐许可: 林木采伐). Never empty for a name that is not.
///
/// ```
/// use qingdan::name::stem;
/// assert_eq!(stem("林木采伐许可证核发"), stem("林木采伐审批（变更）"));
/// assert_ne!(stem("第二类医疗器械经营备案"), stem("第三类医疗器械经营许可"));
/// ```
#[must_use]
pub fn stem(name: &str) -> String {
    let read = read(name);
    let mut rest: &str = &read.base;
    while let Some((before, _)) = last_bracket(rest) {
        if before.is_empty() {
            break;
        }
        rest = before;
    }
    while let Some(word) =
        VERBS.iter().find(|word| rest.ends_with(**word) && rest.chars().count() > word.chars().count() + 1)
    {
        rest = &rest[..rest.len() - word.len()];
    }
    rest.to_owned()
}

/// How alike two texts are, from 0 to 1: the share of their pairs of neighbouring characters that both have (Dice).
/// Linear in both.
#[must_use]
pub fn similarity(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let mut pairs: Vec<_> = text.chars().zip(text.chars().skip(1)).collect();
        pairs.sort_unstable();
        pairs
    };
    let (one, other) = (pairs(one), pairs(other));
    if one.is_empty() || other.is_empty() {
        return f64::from(u8::from(one == other));
    }
    let (mut i, mut j, mut both) = (0, 0, 0_u32);
    while i < one.len() && j < other.len() {
        match one[i].cmp(&other[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let of = |pairs: &[(char, char)]| f64::from(u32::try_from(pairs.len()).unwrap_or(u32::MAX));
    2.0 * f64::from(both) / (of(&one) + of(&other))
}

/// Whether a word of content stands in the place of another: 农药经营许可 and 兽药经营许可, 食品生产许可 and 食品经营许可
/// are two items, however alike their names. What was only added or taken off, another verb and another level (县, 市, 区)
/// exchange nothing. What is done with a thing (补办, 注销), a grade (Ⅱ类, Ⅲ类), its opposite (法人, 非法人) and who it is for
/// (律师, 律师事务所) are content too. Linear.
///
/// ```
/// use qingdan::name::exchanges_content;
/// assert!(exchanges_content("农药经营许可", "兽药经营许可"));
/// assert!(exchanges_content("食品经营许可（补办）", "食品经营许可（注销）"));
/// assert!(exchanges_content("Ⅱ类射线装置使用许可", "Ⅲ类射线装置使用许可"));
/// assert!(exchanges_content("法人登记", "非法人登记") && exchanges_content("律师执业许可", "律师事务所执业许可"));
/// assert!(!exchanges_content("林木采伐许可证核发", "林木采伐许可"));
/// assert!(!exchanges_content("建设工程消防设计审核", "特殊建设工程消防设计审查"));
/// ```
#[must_use]
pub fn exchanges_content(one: &str, other: &str) -> bool {
    const OF_LEVEL: &str = "省市县区旗盟州地镇乡的和及与、，—（）() ";
    if are_at_other_stages(one, other) {
        return true;
    }
    let (one, other) = (stem(one), stem(other));
    let (mut one, mut other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    one.drain(..same);
    other.drain(..same);
    while let (Some(a), Some(b)) = (one.last(), other.last())
        && a == b
    {
        one.pop();
        other.pop();
    }
    let added: String = if one.is_empty() { other.iter().collect() } else { one.iter().collect() };
    if (one.is_empty() || other.is_empty()) && is_other_thing(&added) {
        return true;
    }
    one.retain(|c| !OF_LEVEL.contains(*c));
    other.retain(|c| !OF_LEVEL.contains(*c));
    let within = |few: &[char], many: &[char]| {
        let mut many = many.iter();
        few.iter().all(|c| many.any(|other| other == c))
    };
    !within(&one, &other) && !within(&other, &one)
}

/// What is done with a thing in the course of its life.
const STAGES: &[&str] = &[
    "新办", "新设", "首次", "变更", "延续", "续期", "换发", "换领", "补办", "补发", "补领", "恢复", "校验",
    "年检", "注销", "撤销", "吊销", "终止", "歇业",
];
/// With which of these it ends.
const ENDS: &[&str] = &["注销", "撤销", "吊销", "终止", "歇业"];

/// Whether two names are of other stages of a thing (补办, 注销). A stage that one name says and the other does not is none but an
/// end; of names of several stages one more makes no other item.
fn are_at_other_stages(one: &str, other: &str) -> bool {
    let of =
        |name: &str| -> Vec<&str> { STAGES.iter().copied().filter(|stage| name.contains(stage)).collect() };
    let (one, other) = (of(one), of(other));
    let (few, many) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if few.iter().all(|stage| many.contains(stage)) {
        return few.len() < 2 && many.iter().any(|stage| ENDS.contains(stage) && !few.contains(stage));
    }
    true
}

/// Whether what one name has more than another makes it another thing: a grade, the opposite, or whom it is for.
fn is_other_thing(added: &str) -> bool {
    let grade = !added.is_empty() && added.chars().all(|c| c.is_ascii_alphanumeric());
    grade || added.starts_with('非') || ["事务所", "分所", "机构", "人员"].contains(&added)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lists_add_to_a_name_is_taken_off_and_nothing_else() {
        let base = |name: &str, expected: &str| assert_eq!(read(name).base, expected, "{name}");
        base(
            "固定资产投资项目核准（含国发〔2016〕72号文件规定的外商投资项目）",
            "固定资产投资项目核准(含国发[2016]72号文件规定的外商投资项目)",
        );
        base("林草种子生产经营许可证的核发（市本级）", "林草种子生产经营许可证的核发");
        base("权限内林草种子生产经营许可证的核发", "林草种子生产经营许可证的核发");
        base("城镇污水排入排水管网许可（县级行使）", "城镇污水排入排水管网许可");
        base("取水许可*", "取水许可");
        base("（市级）", "(市级)");
        base("权限内", "权限内");
        base("", "");
        assert_eq!(read("企业投资项目备案（技术改造）（市级/县级）").levels, [Level::City, Level::County]);
        assert!(read("取水许可*").marked);
    }

    #[test]
    fn stems_leave_something() {
        for name in ["许可", "备案", "的", "证", "审批事项", "登记"] {
            assert!(!stem(name).is_empty(), "{name}");
        }
        assert!(similarity("食品经营许可", "食品经营备案") > 0.5);
        assert!(similarity("食品经营许可", "爆破作业") < 0.1);
        assert!((similarity("", "") - 1.0).abs() < 1e-9);
    }
}
