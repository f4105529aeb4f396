//! Titles of lists, of their parts and sheets: what they say of edition, count and scope.

use crate::codes::{ItemType, Scope};
use crate::serial::number;
use std::ops::{Range, RangeInclusive};
use unicode_normalization::UnicodeNormalization as _;

/// What a title says ([`read`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Title {
    /// The title without count, edition and the 《》 around all of it.
    pub title: String,
    /// The title without the count and the 《》 alone: its edition stays where it stands.
    pub with_edition: String,
    /// The label of the edition: of 2023年版 the year, of any other as it stands (2023年1—3季度, 2024年修订版); empty
    /// where there is none.
    pub edition: String,
    /// The year of the edition.
    pub year: Option<u16>,
    /// The quarters of the year that the edition is for, where it is not for all of it.
    pub quarters: Option<RangeInclusive<u8>>,
    /// How many items the list or the part says that it has (共323项).
    pub declared: Option<u32>,
    /// What the list covers: 通用, or 市本级, 市级各部门 and their kin, which go before 通用.
    pub scope: Option<Scope>,
    /// The kind of power, where the title names one and no other.
    pub kind: Option<ItemType>,
    /// The organ that heads the title (克拉玛依市统计局); empty where none does.
    pub issuer: String,
}

/// Reads a title: of a list, of a section, of a sheet.
///
/// Half and full width are one, white space does not count, and the count may stand inside or behind the 《》.
/// What is not understood stays in the title. Linear.
///
/// ```
/// use qingdan::codes::{ItemType, Scope};
/// let read = qingdan::title::read("《海东市行政许可事项通用清单(2023年版),共323项》");
/// assert_eq!(read.title, "海东市行政许可事项通用清单");
/// assert_eq!((read.edition.as_str(), read.year, read.declared), ("2023", Some(2023), Some(323)));
/// assert_eq!((read.scope, read.kind), (Some(Scope::General), Some(ItemType::Licence)));
/// ```
#[must_use]
pub fn read(text: &str) -> Title {
    let letters = Letters::of(text);
    let mut title = Title::default();
    let mut cut = vec![false; letters.all.len()];
    for at in 0..letters.all.len() {
        if let Some((count, range)) = letters.count(at)
            && title.declared.is_none()
        {
            title.declared = Some(count);
            cut[range].fill(true);
        }
    }
    title.with_edition = letters.without(&cut);
    if let Some((edition, range)) = letters.edition(&cut) {
        // An edition alone is no title without it either.
        cut[range].fill(true);
        title.year = Some(edition.year);
        title.quarters = edition.quarters;
        title.edition = edition.label;
    }
    title.title = letters.without(&cut);
    let plain: String =
        letters.all.iter().zip(&cut).filter(|(_, cut)| !**cut).map(|(l, _)| l.plain).collect();
    title.scope = scope(&plain);
    title.kind = kind(&plain);
    title.issuer = issuer(&title.title);
    title
}

/// A character that is no white space.
struct Letter {
    /// Where it stands.
    from: usize,
    to: usize,
    /// In half width; one kind of brackets, quotes and dashes each.
    plain: char,
}

struct Letters<'a> {
    text: &'a str,
    all: Vec<Letter>,
    /// How deep in 《》 each stands, the pair around all of it not counted.
    quoted: Vec<bool>,
}

struct Found {
    year: u16,
    quarters: Option<RangeInclusive<u8>>,
    label: String,
}

impl<'a> Letters<'a> {
    fn of(text: &'a str) -> Self {
        let plain = |c: char| match c {
            '【' | '[' | '〔' | '［' => '[',
            '】' | ']' | '〕' | '］' => ']',
            '—' | '–' | '－' | '~' | '～' | '―' => '-',
            '○' | '〇' => '零',
            // Only what is one character in half width, so that a letter is a letter.
            c => c.nfkc().next().filter(|_| c.nfkc().count() == 1).unwrap_or(c),
        };
        let all: Vec<Letter> = text
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace() && *c != '\u{FEFF}')
            .map(|(from, c)| Letter { from, to: from + c.len_utf8(), plain: plain(c) })
            .collect();
        let own = usize::from(Self::is_enclosed(&all));
        let mut depth = 0_usize;
        let quoted = all
            .iter()
            .map(|letter| {
                depth += usize::from(letter.plain == '《');
                let quoted = depth > own;
                depth = depth.saturating_sub(usize::from(letter.plain == '》'));
                quoted
            })
            .collect();
        Self { text, all, quoted }
    }

    /// Whether the 《 at the head is the title's own: behind its 》 stands nothing, a bracket or a count.
    fn is_enclosed(all: &[Letter]) -> bool {
        if all.first().is_none_or(|letter| letter.plain != '《') {
            return false;
        }
        let mut depth = 0_usize;
        let end = all.iter().position(|letter| {
            depth += usize::from(letter.plain == '《');
            depth -= usize::from(letter.plain == '》');
            depth == 0
        });
        end.and_then(|end| all.get(end + 1)).is_none_or(|behind| "(,;、共合总".contains(behind.plain))
    }

    fn at(&self, at: usize) -> Option<char> {
        self.all.get(at).map(|letter| letter.plain)
    }
    fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.at(at))
    }
    /// Where `words` end, if they stand there.
    fn words(&self, at: usize, words: &str) -> Option<usize> {
        let mut end = at;
        for word in words.chars() {
            if self.at(end) != Some(word) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }
    fn any(&self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|words| self.words(at, words))
    }
    /// A number in digits, of at most nine.
    fn digits(&self, at: usize) -> Option<(u32, usize)> {
        let count = (at..).take_while(|&i| self.at(i).is_some_and(|c| c.is_ascii_digit())).take(10).count();
        let text: String = (at..at + count).filter_map(|i| self.at(i)).collect();
        (1..10).contains(&count).then(|| text.parse().ok().map(|n| (n, at + count))).flatten()
    }
    /// A number in digits or in Chinese.
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        let chinese = |c: char| "零一二三四五六七八九十百千".contains(c);
        self.digits(at).or_else(|| {
            let count = (at..).take_while(|&i| self.at(i).is_some_and(chinese)).take(9).count();
            let text: String = (at..at + count).filter_map(|i| self.at(i)).collect();
            number(&text).map(|n| (n, at + count))
        })
    }

    /// `共323项`, `合计3项`; `(217项)` alone in brackets.
    fn count(&self, at: usize) -> Option<(u32, Range<usize>)> {
        if self.quoted[at] {
            return None;
        }
        let ends = |end: usize| self.at(end).is_none_or(|c| ")],;.。、》-".contains(c));
        if let Some(behind) = self.any(at, &["合计", "总计", "共计", "共有", "共"]) {
            let behind = if self.at(behind) == Some(':') { behind + 1 } else { behind };
            let (count, end) = self.number(behind)?;
            let end = self.any(end, &["项", "件"])?;
            return ends(end).then_some((count, at..end));
        }
        if self.at(at) == Some('(') {
            let (count, end) = self.number(at + 1)?;
            let end = self.words(end, "项")?;
            return (self.at(end) == Some(')')).then_some((count, at + 1..end));
        }
        None
    }

    /// The edition: one in brackets goes before one outside.
    fn edition(&self, cut: &[bool]) -> Option<(Found, Range<usize>)> {
        let mut outside = None;
        let mut depth = 0_usize;
        for (at, &cut) in cut.iter().enumerate() {
            match self.at(at) {
                Some('(') => depth += 1,
                Some(')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if self.quoted[at] || cut || depth == 0 && outside.is_some() {
                continue;
            }
            if let Some((found, end)) = self.edition_at(at, depth > 0) {
                if depth > 0 {
                    return Some((found, at..end));
                }
                outside = Some((found, at..end));
            }
        }
        outside
    }

    fn edition_at(&self, at: usize, in_brackets: bool) -> Option<(Found, usize)> {
        // Not the end of a longer number, nor of a span of years.
        if self.before(at).is_some_and(|c| c.is_ascii_digit() || c == '-' || c == '至') {
            return None;
        }
        let (year, end) = self.year(at)?;
        let opens = self.before(at).is_none_or(|c| "(,;、[《".contains(c));
        let closes = |end: usize| self.at(end).is_none_or(|c| "),;、]》".contains(c));
        let found = |end: usize, quarters, plain: bool| {
            let label =
                if plain { year.to_string() } else { self.slice(at..end).split_whitespace().collect() };
            Some((Found { year, quarters, label }, end))
        };
        let Some(end) = self.words(end, "年") else {
            // 2024版; (2024) alone.
            return match self.words(end, "版") {
                Some(end) => found(end, None, true),
                None if in_brackets && opens && closes(end) && !self.is_number_of_document(end) => {
                    found(end, None, true)
                }
                None => None,
            };
        };
        let behind = self.words(end, "度").unwrap_or(end);
        if let Some((quarters, end)) = self.quarters(behind) {
            return found(end, Some(quarters), false);
        }
        let batch = self.words(behind, "第").and_then(|at| self.number(at));
        if let Some(end) = batch.and_then(|(_, end)| self.any(end, &["批次", "批", "次"])) {
            return found(end, None, false);
        }
        let month = self.digits(end).filter(|(month, _)| (1..=12).contains(month));
        if let Some(day) = month.and_then(|(_, end)| self.words(end, "月")) {
            let end = self.digits(day).and_then(|(_, end)| self.words(end, "日")).unwrap_or(day);
            if let Some(end) = self.version(end) {
                return found(end, None, false);
            }
            return if in_brackets && opens && closes(end) { found(end, None, false) } else { None };
        }
        if let Some(end) =
            self.any(behind, &["版", "本"]).filter(|&end| self.any(end, &["级", "市", "局"]).is_none())
        {
            let revised = self.any(end, &["修订", "修正", "调整"]);
            return found(revised.unwrap_or(end), None, revised.is_none());
        }
        if let Some(end) = self.version(behind) {
            return found(end, None, false);
        }
        // 2020年底前, 2023年以来, 2021年-2025年: a time, no edition.
        if self.at(behind).is_some_and(|c| "底前后以起内初末至-间来".contains(c)) {
            return None;
        }
        found(behind, None, true)
    }

    fn year(&self, at: usize) -> Option<(u16, usize)> {
        let digit = |c: char| {
            c.to_digit(10).or_else(|| "零一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u32))
        };
        let mut year = 0;
        for i in at..at + 4 {
            year = year * 10 + digit(self.at(i)?)?;
        }
        let longer = self.at(at + 4).is_some_and(|c| c.is_ascii_digit());
        (!longer && (1949..=2099).contains(&year)).then_some((year as u16, at + 4))
    }
    /// 1-3季度, 第四季度, 前三季度, 上半年.
    fn quarters(&self, at: usize) -> Option<(RangeInclusive<u8>, usize)> {
        for (words, quarters) in [("上半年", 1..=2), ("下半年", 3..=4)] {
            if let Some(end) = self.words(at, words) {
                return Some((quarters, end));
            }
        }
        let quarter = |at: usize| {
            let at = self.words(at, "第").unwrap_or(at);
            let c = self.at(at)?;
            "1234".find(c).or_else(|| "一二三四".chars().position(|d| d == c)).map(|n| (n as u8 + 1, at + 1))
        };
        let word = |at: usize| self.any(at, &["个季度", "季度"]);
        if let Some(at) = self.words(at, "前") {
            let (last, end) = quarter(at)?;
            return Some((1..=last, word(end)?));
        }
        let (first, end) = quarter(at)?;
        if let Some(end) = word(end) {
            // 第一季度至第三季度
            let more = self.any(end, &["至", "-"]).and_then(quarter).filter(|(last, _)| *last > first);
            return match more.and_then(|(last, end)| Some((last, word(end)?))) {
                Some((last, end)) => Some((first..=last, end)),
                None => Some((first..=first, end)),
            };
        }
        let joined = self.any(end, &["--", "-", "至", "、", "和"])?;
        let (last, end) = quarter(joined).filter(|(last, _)| *last > first)?;
        Some((first..=last, word(end)?))
    }
    /// Words of a version behind its year or date.
    fn version(&self, at: usize) -> Option<usize> {
        let revised = self.any(at, &["动态调整", "修订", "修正", "调整", "更新", "试行"]);
        match self.any(revised.unwrap_or(at), &["版", "本"]) {
            Some(end) => Some(end),
            None => revised,
        }
    }
    /// `(2016)72号` is no edition.
    fn is_number_of_document(&self, end: usize) -> bool {
        self.at(end).is_some_and(|c| ")]".contains(c)) && self.at(end + 1).is_some_and(|c| c.is_ascii_digit())
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        match (self.all.get(range.start), range.end.checked_sub(1).and_then(|end| self.all.get(end))) {
            (Some(first), Some(last)) => &self.text[first.from..last.to],
            _ => "",
        }
    }

    /// The text without what is cut, and without what that leaves: brackets around nothing, commas beside nothing, the
    /// 《》 around all of it.
    fn without(&self, cut: &[bool]) -> String {
        let mut kept: Vec<usize> = Vec::new();
        let separates = |at: usize| matches!(self.at(at), Some(',' | ';' | '、' | ':'));
        // Something was cut right before.
        let mut gap = false;
        for (at, &cut) in cut.iter().enumerate() {
            if cut {
                gap = true;
                continue;
            }
            let last = kept.last().copied();
            let opens = last.is_none_or(|last| matches!(self.at(last), Some('(' | '[' | '《')));
            if separates(at) && gap && (opens || last.is_some_and(separates)) {
                continue;
            }
            if matches!(self.at(at), Some(')' | ']' | '》')) {
                // The comma before what was cut.
                while gap && kept.last().is_some_and(|&last| separates(last)) {
                    kept.pop();
                }
                let pair = match self.at(at) {
                    Some(')') => '(',
                    Some(']') => '[',
                    _ => '《',
                };
                if gap && kept.last().is_some_and(|&last| self.at(last) == Some(pair)) {
                    kept.pop();
                    continue;
                }
            }
            gap = false;
            kept.push(at);
        }
        while gap && kept.last().is_some_and(|&last| separates(last)) {
            kept.pop();
        }
        let is = |at: Option<&usize>, c: char| at.is_some_and(|&at| self.at(at) == Some(c));
        let inner = |kept: &[usize]| !kept.iter().any(|&at| matches!(self.at(at), Some('《' | '》')));
        if let [_, middle @ .., _] = &kept[..]
            && is(kept.first(), '《')
            && is(kept.last(), '》')
            && (inner(middle) || balanced(middle.iter().filter_map(|&at| self.at(at))))
        {
            kept.pop();
            kept.remove(0);
        }
        let mut out = String::new();
        let mut last: Option<usize> = None;
        for at in kept {
            let letter = &self.all[at];
            if let Some(before) = last.filter(|before| before + 1 == at) {
                let space = &self.text[self.all[before].to..letter.from];
                // A line that was broken for want of room.
                let broken = space.contains('\n') && !(out.is_ascii() || letter.plain.is_ascii());
                if !broken {
                    out.push_str(space);
                }
            }
            out.push_str(&self.text[letter.from..letter.to]);
            last = Some(at);
        }
        out
    }
}

/// Whether each 》 closes a 《 before it.
fn balanced(letters: impl Iterator<Item = char>) -> bool {
    let mut depth = 0_i32;
    for c in letters {
        depth += i32::from(c == '《') - i32::from(c == '》');
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn scope(plain: &str) -> Option<Scope> {
    let own = [
        "本级",
        "省级各部门",
        "市级各部门",
        "县级各部门",
        "区级各部门",
        "州级各部门",
        "省级部门",
        "市级部门",
        "县级部门",
        "区级部门",
        "州级部门",
        "省直部门",
        "市直部门",
        "县直部门",
        "州直部门",
        "区直部门",
    ];
    if own.iter().any(|words| plain.contains(words)) {
        Some(Scope::OwnLevel)
    } else if plain.contains("通用") {
        Some(Scope::General)
    } else {
        None
    }
}

/// The one kind of power that is named by its full label.
fn kind(plain: &str) -> Option<ItemType> {
    let mut named =
        ItemType::ALL.iter().filter(|kind| **kind != ItemType::Power && plain.contains(kind.label()));
    named.next().filter(|_| named.next().is_none()).cloned()
}

/// The words that a title goes on with behind the organ that issued it.
const BEHIND_ORGANS: &[&str] = &[
    "权责",
    "权力",
    "责任清单",
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政征收",
    "行政给付",
    "行政检查",
    "行政确认",
    "行政奖励",
    "行政裁决",
    "行政备案",
    "行政事项",
    "其他行政权力",
    "政务服务",
    "公共服务",
    "证明事项",
    "随机抽查",
    "双随机",
    "抽查事项",
    "涉企",
    "重大行政决策",
    "规范性文件",
    "保留",
    "事项",
    "清单",
    "目录",
    "本级",
    "部门",
];

fn issuer(title: &str) -> String {
    let head = BEHIND_ORGANS.iter().filter_map(|words| title.find(words)).min().unwrap_or(title.len());
    let head = title[..head].trim().trim_start_matches('《').trim_end_matches(['的', '“', '"']);
    let organ = |name: &str| {
        let ends = [
            "局",
            "委员会",
            "委",
            "办公室",
            "办",
            "厅",
            "中心",
            "院",
            "政府",
            "总队",
            "支队",
            "大队",
            "管委会",
            "部",
            "社",
            "联合会",
            "署",
        ];
        ends.iter().any(|end| name.ends_with(end) && name.chars().count() > end.chars().count() + 1)
    };
    let named = organ(head)
        || head
            .strip_suffix(['）', ')'])
            .and_then(|rest| rest.rsplit_once(['（', '(']))
            .is_some_and(|(before, inside)| organ(before) && organ(inside));
    if named { head.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Text, title, edition, year, quarters, declared, scope, kind, issuer.
    type Case = (
        &'static str,
        &'static str,
        &'static str,
        Option<u16>,
        Option<(u8, u8)>,
        Option<u32>,
        Option<Scope>,
        Option<ItemType>,
        &'static str,
    );

    #[test]
    #[rustfmt::skip]
    fn titles_are_read_as_they_are_published() {
        use ItemType::{Inspection, Levy, Licence};
        use Scope::{General, OwnLevel};
        let plan = "海东市重大行政决策事项目录";
        let cases: &[Case] = &[
            ("海东市行政许可事项通用清单(2023年版,共323项)", "海东市行政许可事项通用清单", "2023", Some(2023), None, Some(323), Some(General), Some(Licence), ""),
            ("《海东市行政许可事项通用清单(2023年版,共323项)》", "海东市行政许可事项通用清单", "2023", Some(2023), None, Some(323), Some(General), Some(Licence), ""),
            ("海东市市本级行政许可事项通用清单（２０２３年版，共254项）", "海东市市本级行政许可事项通用清单", "2023", Some(2023), None, Some(254), Some(OwnLevel), Some(Licence), ""),
            ("《海东市行政备案事项清单(2023年版),共198项》", "海东市行政备案事项清单", "2023", Some(2023), None, Some(198), None, None, ""),
            ("《海东市市级各部门(单位)行政备案事项清单(2023年版)》（共135项）", "海东市市级各部门(单位)行政备案事项清单", "2023", Some(2023), None, Some(135), Some(OwnLevel), None, ""),
            ("海东市行政许可事项清单（共323项）", "海东市行政许可事项清单", "", None, None, Some(323), None, Some(Licence), ""),
            ("海东市行政许可事项清单，共 323 项", "海东市行政许可事项清单", "", None, None, Some(323), None, Some(Licence), ""),
            ("行政征收（ 1 项）", "行政征收", "", None, None, Some(1), None, Some(Levy), ""),
            ("市生态环境局（217项）", "市生态环境局", "", None, None, Some(217), None, None, "市生态环境局"),
            ("2025年克拉玛依市统计局权责清单", "克拉玛依市统计局权责清单", "2025", Some(2025), None, None, None, None, "克拉玛依市统计局"),
            ("克拉玛依市商务局2024年权责清单", "克拉玛依市商务局权责清单", "2024", Some(2024), None, None, None, None, "克拉玛依市商务局"),
            ("克拉玛依市委宣传部（新闻出版局）2024年权责清单", "克拉玛依市委宣传部（新闻出版局）权责清单", "2024", Some(2024), None, None, None, None, "克拉玛依市委宣传部（新闻出版局）"),
            ("克拉玛依市国防动员办公室权责清单（行政检查类）", "克拉玛依市国防动员办公室权责清单（行政检查类）", "", None, None, None, None, Some(Inspection), "克拉玛依市国防动员办公室"),
            ("2023年1—3季度海东市重大行政决策事项目录", plan, "2023年1—3季度", Some(2023), Some((1, 3)), None, None, None, ""),
            ("海东市重大行政决策事项目录（2023年第四季度）", plan, "2023年第四季度", Some(2023), Some((4, 4)), None, None, None, ""),
            ("海东市2023年度前三季度重大行政决策事项目录", plan, "2023年度前三季度", Some(2023), Some((1, 3)), None, None, None, ""),
            ("海东市重大行政决策事项目录(2023 年上半年)", plan, "2023年上半年", Some(2023), Some((1, 2)), None, None, None, ""),
            ("二〇二三年度海东市重大行政决策事项目录", plan, "2023", Some(2023), None, None, None, None, ""),
            ("延安市行政许可事项清单（2024版）", "延安市行政许可事项清单", "2024", Some(2024), None, None, None, Some(Licence), ""),
            ("法律、行政法规、国务院决定设定的行政许可事项清单（2024年11月10日修订版）", "法律、行政法规、国务院决定设定的行政许可事项清单", "2024年11月10日修订版", Some(2024), None, None, None, Some(Licence), ""),
            ("某市权责清单（2022年本）(2016)", "某市权责清单(2016)", "2022", Some(2022), None, None, None, None, ""),
            ("某市证明事项清单(2023)", "某市证明事项清单", "2023", Some(2023), None, None, None, None, ""),
            ("某县“一件事一次办”事项清单（2024年第一批，共19件）", "某县“一件事一次办”事项清单", "2024年第一批", Some(2024), None, Some(19), None, None, ""),
            ("某市清单（共58项，其中市级20项）", "某市清单（其中市级20项）", "", None, None, Some(58), None, None, ""),
            // Times, documents and laws are no editions.
            ("一、2020年底前实现(共58项)", "一、2020年底前实现", "", None, None, Some(58), None, None, ""),
            ("一、中央设定的行政许可事项目录(共135项)", "一、中央设定的行政许可事项目录", "", None, None, Some(135), None, Some(Licence), ""),
            ("2021年—2025年立法规划", "2021年—2025年立法规划", "", None, None, None, None, None, ""),
            ("国发(2016)72号文件规定的清单", "国发(2016)72号文件规定的清单", "", None, None, None, None, None, ""),
            ("《甲条例（2019年修订）》涉及的清单(2023年版)", "《甲条例（2019年修订）》涉及的清单", "2023", Some(2023), None, None, None, None, ""),
            ("行政处罚、行政强制事项清单", "行政处罚、行政强制事项清单", "", None, None, None, None, None, ""),
            ("List of services 2023", "List of services 2023", "", None, None, None, None, None, ""),
            ("合计323项", "", "", None, None, Some(323), None, None, ""),
            ("（2023年版，共323项）", "", "2023", Some(2023), None, Some(323), None, None, ""),
            ("省级“民主法治示范村(社区)44个)", "省级“民主法治示范村(社区)44个)", "", None, None, None, None, None, ""),
            ("", "", "", None, None, None, None, None, ""),
        ];
        for &(text, title, edition, year, quarters, declared, ref scope, ref kind, issuer) in cases {
            let read = read(text);
            let of = (read.title.as_str(), read.edition.as_str(), read.year, read.declared);
            assert_eq!(of, (title, edition, year, declared), "{text}");
            assert_eq!(read.quarters.map(RangeInclusive::into_inner), quarters, "{text}");
            assert_eq!((&read.scope, &read.kind, read.issuer.as_str()), (scope, kind, issuer), "{text}");
        }
    }

    #[test]
    fn the_edition_stays_where_that_is_asked_for() {
        let read = read("《海东市清单（2023年版，共323项）》");
        assert_eq!(read.with_edition, "海东市清单（2023年版）");
        assert_eq!(super::read("海东市权责清单\n（2023年\n版）").title, "海东市权责清单");
        assert_eq!(super::read("海东市\n权责 清单").title, "海东市权责 清单");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_what_is_kept_is_of_it(text in "([《》（）()共12项年版2023季度—,，、 \n]|2023年|共3项|第四季度){0,14}|\\PC{0,20}") {
            let read = read(&text);
            let mut letters = text.chars();
            for c in read.title.chars() {
                prop_assert!(letters.any(|l| l == c), "{:?} of {:?}", read.title, text);
            }
        }
        #[test]
        fn what_was_put_into_a_title_is_read_from_it(
            name in "[甲乙丙市]{2,6}清单",
            count in 1..100_000u32,
            year in 1990..2060u16,
            form in 0..8usize,
            full in any::<bool>(),
        ) {
            let mut text = match form {
                0 => format!("{name}({year}年版,共{count}项)"),
                1 => format!("《{name}({year}年版,共{count}项)》"),
                2 => format!("《{name}({year}年版),共{count}项》"),
                3 => format!("《{name}({year}年版)》(共{count}项)"),
                4 => format!("{year}年{name}({count}项)"),
                5 => format!("{name}(共{count}项)({year}版)"),
                6 => format!("《{name}》({year}年,共 {count} 项)"),
                _ => format!("{name}({year})共{count}项"),
            };
            if full {
                text = text.replace('(', "（").replace(')', "）").replace(',', "，");
            }
            let read = read(&text);
            prop_assert_eq!(read.title, name, "{}", text);
            prop_assert_eq!((read.edition, read.year, read.declared), (year.to_string(), Some(year), Some(count)));
        }
    }
}
