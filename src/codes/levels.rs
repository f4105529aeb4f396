//! The levels that a text names: 县级以上, 市、县级, 区地县三级.

use super::{Level, folded};
use crate::sorting::Sorting as _;

/// What a text says of levels at its head, and what it says then.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LevelReading<'a> {
    /// The levels named, each once, from the highest down; none where the text does not begin with a level.
    pub levels: Vec<Level>,
    /// What follows, such as a note on scope (`地州市级。负责…` leaves `负责…`): all of it where no level was read.
    pub rest: &'a str,
}

/// The levels that a text names at its head, from the highest down.
///
/// A text that does not begin with a level has none: nothing is guessed. 市 is read as 市级; see [`read_levels`].
///
/// ```
/// use qingdan::codes::{Level, levels};
///
/// assert_eq!(levels("县级以上"), [Level::Province, Level::City, Level::County]);
/// assert_eq!(levels("市、县级"), [Level::City, Level::County]);
/// assert_eq!(levels("负责本行政区域档案工作监督检查。"), []);
/// ```
#[must_use]
pub fn levels(text: &str) -> Vec<Level> {
    read_levels(text, &Level::City).levels
}

/// The levels at a text's head and what follows them, where 市 alone means the level `city`.
///
/// What 市 means hangs on the issuer: a county-level city writes 市级 for its own level, a municipality for the
/// province's; `DivisionCode::city_level` says which. 设区的市, 地市, 地州市 and the like mean
/// [`Level::City`] everywhere.
///
/// The words are those of GB/T 39046-2020 (A.2) and of published lists. Some rules are general knowledge:
///
/// - 以上 counts its own level and leaves the nation out (县级以上: province, city, county), but for 省级以上, which
///   says nothing else; a bracket such as (不含省级) or (含国家级) is heeded.
/// - 以下 does not say whether villages are meant: no level is read.
/// - A number must fit: 区地县三级 are three levels, 区 being the autonomous region; 市县区三级 is not read.
/// - 本级 and 各级 alone name no level. 指导监督 is no level, nor is a level that only does that: 省级(指导监督)、市级 is
///   the city's.
/// - A word without 级 (市, 县) counts only where the text or the clause ends behind it: 市林草局 names a body.
#[must_use]
pub fn read_levels<'a>(text: &'a str, city: &Level) -> LevelReading<'a> {
    if let Ok(level) = text.parse::<Level>()
        && !matches!(level, Level::City | Level::Other(_))
    {
        return LevelReading { levels: vec![level], rest: "" };
    }
    let (at, chars): (Vec<usize>, Vec<char>) = folded(text).unzip();
    let (set, end) = Reader { chars: &chars }.list();
    let levels = set.levels(city);
    if levels.is_empty() {
        return LevelReading { levels, rest: text };
    }
    let rest = at.get(end).and_then(|at| text.get(*at..)).unwrap_or_default();
    LevelReading {
        levels,
        rest: rest.trim_matches(|c: char| c.is_whitespace() || "、，,。；;：:.".contains(c)),
    }
}

/// A set of ranks: bit 1 the nation to bit 6 the village; bit 0 is 市 alone, bit 7 分级管理.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ranks(u8);

const NONE: Ranks = Ranks(0);
const PLAIN_CITY: Ranks = Ranks(1);
const NATION: Ranks = Ranks(1 << 1);
const PROVINCE: Ranks = Ranks(1 << 2);
const CITY: Ranks = Ranks(1 << 3);
const COUNTY: Ranks = Ranks(1 << 4);
const TOWN: Ranks = Ranks(1 << 5);
const VILLAGE: Ranks = Ranks(1 << 6);
const GRADED: Ranks = Ranks(1 << 7);

/// The ranks from the highest down, each with its level.
const ORDER: [(Ranks, Level); 7] = [
    (NATION, Level::National),
    (PROVINCE, Level::Province),
    (CITY, Level::City),
    (COUNTY, Level::County),
    (TOWN, Level::Township),
    (VILLAGE, Level::Village),
    (GRADED, Level::Graded),
];

impl Ranks {
    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, other: Self) -> Self {
        let city = if other.has(CITY.and(PLAIN_CITY)) { CITY.and(PLAIN_CITY) } else { NONE };
        Self(self.0 & !other.and(city).0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// How many levels these are; 市 and 设区的市 are one.
    fn count(self) -> u32 {
        let whole = if self.has(PLAIN_CITY) { self.and(CITY) } else { self };
        (whole.0 & !PLAIN_CITY.0).count_ones()
    }

    /// Place of the lowest rank among these, 1 to 6.
    fn lowest(self) -> u32 {
        (1..=6).rev().find(|n| self.0 & (1 << n) != 0).unwrap_or(0).max(if self.has(PLAIN_CITY) {
            3
        } else {
            0
        })
    }

    /// Place of the highest rank among these, 1 to 6.
    fn highest(self) -> u32 {
        let named = (1..=6).find(|n| self.0 & (1 << n) != 0).unwrap_or(6);
        if self.has(PLAIN_CITY) { named.min(3) } else { named }
    }

    /// The ranks strictly between two places.
    fn between(above: u32, below: u32) -> Self {
        (above + 1..below).fold(NONE, |set, n| set.and(Self(1 << n)))
    }

    fn levels(self, city: &Level) -> Vec<Level> {
        let mut levels: Vec<_> =
            ORDER.iter().filter(|(rank, _)| self.has(*rank)).map(|(_, level)| level.clone()).collect();
        if self.has(PLAIN_CITY) {
            levels.push(city.clone());
            levels.order();
            levels.dedup();
        }
        levels
    }
}

/// Words for levels, without 级; the longest that fits is taken.
const WORDS: &[(&str, Ranks)] = &[
    ("国家", NATION),
    ("中央", NATION),
    ("国务院", NATION),
    ("省", PROVINCE),
    ("自治区", PROVINCE),
    ("直辖市", PROVINCE),
    ("省区市", PROVINCE),
    ("兵团", PROVINCE),
    ("设区的市", CITY),
    ("设区市", CITY),
    ("地级市", CITY),
    ("地市", CITY),
    ("地州市", CITY),
    ("地州", CITY),
    ("州市", CITY),
    ("市州", CITY),
    ("市地", CITY),
    ("地区", CITY),
    ("盟市", CITY),
    ("盟", CITY),
    ("州", CITY),
    ("自治州", CITY),
    ("地", CITY),
    ("师市", CITY),
    ("师", CITY),
    ("市", PLAIN_CITY),
    ("县", COUNTY),
    ("区", COUNTY),
    ("旗", COUNTY),
    ("县区", COUNTY),
    ("区县", COUNTY),
    ("县市", COUNTY),
    ("县市区", COUNTY),
    ("区市县", COUNTY),
    ("旗县", COUNTY),
    ("旗县区", COUNTY),
    ("旗县市区", COUNTY),
    ("自治县", COUNTY),
    ("市辖区", COUNTY),
    ("乡", TOWN),
    ("镇", TOWN),
    ("街道", TOWN),
    ("乡镇", TOWN),
    ("镇街", TOWN),
    ("街镇", TOWN),
    ("团镇", TOWN),
    ("村", VILLAGE),
    ("社区", VILLAGE),
    ("村居", VILLAGE),
];

/// Words that name a level wherever they stand, whatever follows.
const PLAIN_SPEECH: &[&str] = &["设区的市", "设区市", "地级市"];

/// What may stand in the bracket behind a word of a rank: 县(市、区), 省(区、市).
const BRACKETS: &[(Ranks, &[&str])] = &[
    (PROVINCE, &["自治区", "直辖市", "区", "市", "兵团"]),
    (CITY, &["自治州", "地区", "地", "州", "市", "盟"]),
    (PLAIN_CITY, &["自治州", "地区", "地", "州", "盟"]),
    (COUNTY, &["县级市", "市辖区", "自治县", "自治旗", "特区", "林区", "团场", "市", "区", "旗", "县"]),
    (TOWN, &["街道办事处", "民族乡", "街道", "街", "乡", "镇", "苏木", "团场"]),
    (VILLAGE, &["居民委员会", "居委会", "社区", "村", "居", "连队"]),
];

const JOINTS: &[&str] = &["、", ",", "/", "和", "及", "与", "或", "以及"];
const LIST_JOINTS: &[&str] = &["、", ",", "/", "和", "及", "与", "或", "以及", ";", "\\", "|", "^"];
const RANGES: &[&str] = &["至", "到", "-", "—", "–", "~"];
const GUIDANCE: &[&str] = &["指导监督", "监督指导", "指导、监督", "监督、指导", "指导和监督"];
const NUMBERS: &[(&str, u32)] = &[
    ("两级", 2),
    ("二级", 2),
    ("三级", 3),
    ("四级", 4),
    ("五级", 5),
    ("六级", 6),
    ("2级", 2),
    ("3级", 3),
    ("4级", 4),
    ("5级", 5),
    ("6级", 6),
];

/// A run of words is no longer than this; a longer one is no level phrase.
const LONGEST_RUN: usize = 12;

/// Reads phrases from characters that are folded and without blanks. Places are indices of characters.
#[derive(Clone, Copy)]
struct Reader<'a> {
    chars: &'a [char],
}

impl Reader<'_> {
    /// The place behind a word, if the word stands here.
    fn word(self, at: usize, word: &str) -> Option<usize> {
        let mut end = at;
        for c in word.chars() {
            if self.chars.get(end) != Some(&c) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// The place behind the longest of some words that stands here.
    fn any(self, at: usize, words: &[&str]) -> Option<usize> {
        words.iter().filter_map(|word| self.word(at, word)).max()
    }

    /// Whether a clause ends here, a bracket aside.
    fn ends(self, at: usize) -> bool {
        let behind = self.bracket(at).map_or(at, |(_, behind)| behind);
        self.chars.get(behind).is_none_or(|c| "。;:,、/)|^.\\".contains(*c))
    }

    /// The whole text: phrases, joined; their ranks, and where reading stopped.
    fn list(self) -> (Ranks, usize) {
        let wrapped = self.chars.first() == Some(&'(') && self.chars.last() == Some(&')');
        if let (true, [_, inner @ .., _]) = (wrapped, self.chars)
            && !inner.contains(&'(')
        {
            let (set, end) = Reader { chars: inner }.list();
            let end = if end == inner.len() { self.chars.len() } else { end + 1 };
            return (set, end);
        }
        let (mut set, mut at) = (NONE, 0);
        let mut first_note = None;
        let mut next = Some(0);
        while let Some(start) = next {
            let (ranks, mut end) = match (self.phrase(start), self.any(start, GUIDANCE)) {
                (Some(read), _) => read,
                (None, Some(end)) => (NONE, end),
                (None, None) => break,
            };
            let mut add = ranks;
            let mut noted = end;
            if let Some((inner, behind)) = self.bracket(end) {
                if self.any(inner.0, GUIDANCE) == Some(inner.1) || self.word(inner.0, "指导") == Some(inner.1)
                {
                    (add, end, noted) = (NONE, behind, behind);
                } else {
                    noted = behind;
                }
            }
            set = set.and(add);
            at = end;
            // A bracket that says something else is a note; the list may go on behind it.
            let joint = self.any(noted, LIST_JOINTS);
            next = joint.or((noted == end).then_some(end));
            if noted != end {
                let goes_on = joint.is_some_and(|next| self.phrase(next).is_some());
                first_note = first_note.or(goes_on.then_some(end));
                next = next.filter(|_| goes_on);
            }
        }
        (set, first_note.unwrap_or(at))
    }

    /// The inside of the bracket that stands here (from, to), and the place behind it. Brackets do not nest here.
    fn bracket(self, at: usize) -> Option<((usize, usize), usize)> {
        self.word(at, "(")?;
        let length = self.chars.get(at + 1..)?.iter().position(|c| matches!(c, '(' | ')'))?;
        let close = at + 1 + length;
        (self.chars.get(close) == Some(&')')).then_some(((at + 1, close), close + 1))
    }

    /// One phrase: a run of words with 级, or a range of two.
    fn phrase(self, at: usize) -> Option<(Ranks, usize)> {
        if let Some(end) = self.word(at, "分级管理") {
            return Some((GRADED, end));
        }
        let (from, end) = self.run(at, true)?;
        if let Some(next) = self.any(end, RANGES)
            && let Some((to, end)) = self.run(next, false)
        {
            let between = Ranks::between(from.lowest(), to.highest());
            return (from.lowest() < to.highest()).then_some((from.and(between).and(to), end));
        }
        // A word alone that a range does not follow must end its clause.
        self.run(at, false)
    }

    /// A run of words, 省市县 or 市、县, and what makes it a level: 级, a number, the end of its clause.
    fn run(self, start: usize, ranged: bool) -> Option<(Ranks, usize)> {
        let (mut set, mut at) = (NONE, start);
        for _ in 0..LONGEST_RUN {
            let (rank, end) = self.stem(at)?;
            set = set.and(rank);
            if let Some(read) = self.suffix(start, end, set, rank) {
                return read;
            }
            let speaks = |word: &str| self.word(at, word) == Some(end);
            if PLAIN_SPEECH.iter().any(|word| speaks(word)) && self.joint(end).is_none() {
                return Some((set, end));
            }
            if rank == NATION
                && (self.ends(end) || self.any(end, &["部门", "有关部门", "主管部门"]).is_some())
            {
                return Some((set, end));
            }
            match self.joint(end) {
                Some(next) => at = next,
                None if self.stem(end).is_some() => at = end,
                None if self.ends(end) || ranged && self.any(end, RANGES).is_some() => {
                    return Some((set, end));
                }
                None => return None,
            }
        }
        None
    }

    /// The place of the next word, if a joint and a word follow.
    fn joint(self, at: usize) -> Option<usize> {
        self.any(at, JOINTS).filter(|next| self.stem(*next).is_some())
    }

    /// A word with the bracket that belongs to it: 县(市、区).
    fn stem(self, at: usize) -> Option<(Ranks, usize)> {
        let (end, rank) = WORDS
            .iter()
            .filter_map(|(word, rank)| Some((self.word(at, word)?, *rank)))
            .max_by_key(|(end, _)| *end)?;
        match self.family(end, rank) {
            Some(behind) => Some((if rank == PLAIN_CITY { CITY } else { rank }, behind)),
            None => Some((rank, end)),
        }
    }

    /// The place behind a bracket that names more of the same rank.
    fn family(self, at: usize, rank: Ranks) -> Option<usize> {
        let (_, words) = BRACKETS.iter().find(|(of, _)| *of == rank)?;
        let ((mut at, to), behind) = self.bracket(at)?;
        while at < to {
            at = self.any(at, words)?;
            at = self.any(at, JOINTS).unwrap_or(at);
        }
        Some(behind)
    }

    /// What follows a run's word and makes the run a level. `None`: nothing does; `Some(None)`: something that is
    /// not understood, so that nothing is read.
    #[allow(clippy::option_option, reason = "the two ways to have nothing differ")]
    fn suffix(self, start: usize, at: usize, set: Ranks, last: Ranks) -> Option<Option<(Ranks, usize)>> {
        if let Some((end, number)) =
            NUMBERS.iter().find_map(|(word, number)| Some((self.word(at, word)?, *number)))
        {
            let set = self.one_by_one(start, at);
            return Some((set.count() == number).then_some((set, end)));
        }
        let mut end = self.any(at, &["级", "本级", "各级"])?;
        let (mut set, mut last) = (set, last);
        // 县级(区), 市级(县级市), and 县级市 where no word goes on behind it
        if let Some(behind) = self.family(end, last) {
            end = behind;
        } else if last == PLAIN_CITY
            && let Some(behind) = self.word(end, "(县级市)")
        {
            (set, last, end) = (Ranks(set.0 & !PLAIN_CITY.0).and(COUNTY), COUNTY, behind);
        } else if last == COUNTY
            && let Some(behind) = self.word(end, "市")
            && (self.ends(behind) || self.any(behind, &["以上", "及以上"]).is_some())
        {
            end = behind;
        }
        if self.any(end, &["以下", "及以下", "(含)以下", "及其以下"]).is_some() {
            return Some(None);
        }
        if let Some(behind) = self.any(end, &["以上", "及以上", "(含)以上", "及其以上"]) {
            let own = last.lowest();
            let above = if own == 2 { NATION } else { Ranks::between(1, own) };
            (set, end) = (set.and(above), self.word(behind, "(含)").unwrap_or(behind));
            if let Some(((from, to), behind)) = self.bracket(end) {
                let inner = Reader { chars: self.chars.get(..to).unwrap_or_default() };
                let named = |word| inner.phrase(inner.word(from, word)?).filter(|(_, end)| *end == to);
                if let Some((less, _)) = named("不含").or_else(|| named("不包括")) {
                    (set, end) = (set.without(less), behind);
                } else if let Some((more, _)) = named("含").or_else(|| named("包括")) {
                    (set, end) = (set.and(more), behind);
                }
            }
        }
        end = self.any(end, &["权限", "行使", "行使权限"]).unwrap_or(end);
        Some(Some((set, end)))
    }

    /// The ranks of a run before 三级, character by character: 区 before 地 or 市 is the autonomous region.
    fn one_by_one(self, start: usize, end: usize) -> Ranks {
        let chars = self.chars.get(start..end).unwrap_or_default();
        let next =
            |n: usize| chars.get(n + 1..).and_then(|rest| rest.iter().find(|c| **c != '、' && **c != ','));
        let mut set = NONE;
        for (n, c) in chars.iter().enumerate() {
            let rank = match c {
                '国' | '央' => NATION,
                '省' | '兵' => PROVINCE,
                '区' if n == 0 && next(n).is_some_and(|c| "地州盟市".contains(*c)) => PROVINCE,
                '区' if chars.get(..n).is_some_and(|before| before.ends_with(&['自', '治'])) => PROVINCE,
                '市' => PLAIN_CITY,
                '地' | '州' | '盟' | '师' => CITY,
                '县' | '区' | '旗' => COUNTY,
                '乡' | '镇' | '街' => TOWN,
                '村' | '社' => VILLAGE,
                _ => NONE,
            };
            set = set.and(rank);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(rows: &[(&str, &[u8], &str)]) {
        for (text, digits, rest) in rows {
            let reading = read_levels(text, &Level::City);
            assert_eq!(numbers(&reading.levels), *digits, "{text}");
            assert_eq!(reading.rest, *rest, "{text}");
        }
    }

    fn numbers(levels: &[Level]) -> Vec<u8> {
        let number = |level: &Level| level.code(super::super::Scheme::Gb39046)?.parse().ok();
        levels.iter().filter_map(number).collect()
    }

    #[test]
    fn every_spelling_of_a_level_is_read_as_that_level() {
        for level in Level::ALL {
            assert_eq!(levels(level.label()), std::slice::from_ref(level));
        }
        for text in [
            "市",
            "市级",
            "市本级",
            "设区的市",
            "设区的市级",
            "设区市级",
            "地级市",
            "地市级",
            "地州市级",
            "地(州、市)级",
            "地（州、市）级",
            "市(州)级",
            "州级",
            "盟",
            "盟市级",
            "师(市)级",
            "市 级",
            "地区级",
            "地级",
            "州",
            "市(地、州、盟)级",
            "自治州级",
            "市级/隶属",
        ] {
            assert_eq!(levels(text), [Level::City], "{text}");
        }
    }

    #[test]
    fn sets_of_levels_are_read() {
        check(&[
            ("国家", &[1], ""),
            ("中央", &[1], ""),
            ("国务院", &[1], ""),
            ("省级", &[2], ""),
            ("省(区、市)", &[2], ""),
            ("省（自治区、直辖市）级", &[2], ""),
            ("自治区", &[2], ""),
            ("自治区级", &[2], ""),
            ("县级", &[4], ""),
            ("区级", &[4], ""),
            ("旗", &[4], ""),
            ("县(市、区)级", &[4], ""),
            ("县市区级", &[4], ""),
            ("区(市)县级", &[4], ""),
            ("县级（区）", &[4], ""),
            ("市级（县级市）", &[4], ""),
            ("乡级", &[5], ""),
            ("乡镇(街道)级", &[5], ""),
            ("镇", &[5], ""),
            ("村级", &[6], ""),
            ("社区", &[6], ""),
            ("分级管理", &[7], ""),
            ("县级以上", &[2, 3, 4], ""),
            ("县级以上地方体育部门", &[2, 3, 4], "地方体育部门"),
            ("县（市、区）级以上", &[2, 3, 4], ""),
            ("县级及以上", &[2, 3, 4], ""),
            ("县级以上（含国家级）", &[1, 2, 3, 4], ""),
            ("县级以上（不含省级）", &[3, 4], ""),
            ("县级以上(不含市级)", &[2, 4], ""),
            ("市级以上", &[2, 3], ""),
            ("设区的市级以上", &[2, 3], ""),
            ("设区的市级以上地方生态环境部门", &[2, 3], "地方生态环境部门"),
            ("省级以上", &[1, 2], ""),
            ("市、县级", &[3, 4], ""),
            ("省、市、县级", &[2, 3, 4], ""),
            ("省级、市级、县级", &[2, 3, 4], ""),
            ("县级、省级", &[2, 4], ""),
            ("省级 市级\n县级", &[2, 3, 4], ""),
            ("省级；市级；县级", &[2, 3, 4], ""),
            ("省市县乡村五级", &[2, 3, 4, 5, 6], ""),
            ("区地县三级", &[2, 3, 4], ""),
            ("区、地、县三级", &[2, 3, 4], ""),
            ("区市县三级", &[2, 3, 4], ""),
            ("地县两级", &[3, 4], ""),
            ("市县两级", &[3, 4], ""),
            ("市、区两级", &[3, 4], ""),
            ("县乡村三级", &[4, 5, 6], ""),
            ("市县(区)级", &[3, 4], ""),
            ("市县级", &[3, 4], ""),
            ("市区县级", &[3, 4], ""),
            ("省、市县、乡镇级", &[2, 3, 4, 5], ""),
            ("省/市/县/乡", &[2, 3, 4, 5], ""),
            ("市、县", &[3, 4], ""),
            ("省级至县级", &[2, 3, 4], ""),
            ("省-县", &[2, 3, 4], ""),
            ("乡镇级及其他", &[5], "及其他"),
            ("市级/县级", &[3, 4], ""),
            ("(市级/县级)", &[3, 4], ""),
            ("（县级行使）", &[4], ""),
            ("县级权限", &[4], ""),
            ("市级权限", &[3], ""),
            ("兵团级、师(市)级、团镇级", &[2, 3, 5], ""),
            ("设区的市、县级林草部门", &[3, 4], "林草部门"),
            (
                "设区的市级、县级政府（由教育部门会同交通运输部门、公安机关承办）",
                &[3, 4],
                "政府（由教育部门会同交通运输部门、公安机关承办）",
            ),
            ("省级、设区的市级司法行政部门", &[2, 3], "司法行政部门"),
            ("县级市场监管部门", &[4], "市场监管部门"),
            ("县级市", &[4], ""),
            ("国务院有关部门", &[1], "有关部门"),
        ]);
    }

    #[test]
    fn what_follows_a_level_is_its_note() {
        check(&[
            ("地州市级。负责行政区域内企业的审批。", &[3], "负责行政区域内企业的审批"),
            ("地州市级；负责对外劳务合作经营资格初审", &[3], "负责对外劳务合作经营资格初审"),
            ("区级发起,区级检查", &[4], "发起,区级检查"),
            ("省级(部分权限)、市级", &[2, 3], "(部分权限)、市级"),
            ("市级（限额以上）", &[3], "（限额以上）"),
        ]);
    }

    #[test]
    fn where_no_level_stands_at_the_head_none_is_guessed() {
        for text in [
            "",
            "/",
            "无",
            "本级",
            "各级",
            "指导监督",
            "指导、监督下级行政机关履行职责",
            "负责本行政区域档案工作监督检查。",
            "负责市本级公共机构节能监督检查工作",
            "会同有关部门",
            "市林草局",
            "市委宣传部（新闻出版局）",
            "市人民政府（克拉玛依市自然资源局承办）",
            "区教育局",
            "国家税务总局广东省税务局",
            "国家卫生健康委",
            "地方各级",
            "市级以下",
            "市县区三级",
            "区县两级",
            "市(县)级",
            "市抽市查",
            "2,3",
            "行使层级2",
            "镇江市",
            "地震局",
            "√",
        ] {
            let reading = read_levels(text, &Level::City);
            assert_eq!((reading.levels, reading.rest), (vec![], text));
        }
    }

    #[test]
    fn a_level_that_only_guides_and_supervises_is_not_counted() {
        check(&[("省级（指导监督）、市级、县级", &[3, 4], ""), ("指导监督、县级", &[4], "")]);
        assert_eq!(levels("省级（指导监督）"), []);
    }

    #[test]
    fn what_city_means_is_the_issuers_word() {
        let of = |text, city| numbers(&read_levels(text, &city).levels);
        assert_eq!(of("市级", Level::County), [4]);
        assert_eq!(of("市级", Level::Province), [2]);
        assert_eq!(of("市", Level::Province), [2]);
        assert_eq!(of("市、区级", Level::Province), [2, 4]);
        assert_eq!(of("市、乡级", Level::County), [4, 5]);
        assert_eq!(of("地州市级", Level::County), [3]);
        assert_eq!(of("设区的市级", Level::County), [3]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_the_rest_is_part_of_it(
            text in "[国家省自治区设的市地州盟县旗乡镇街道村社级本各以上下两三至、,/()（）含不指导监督和 a。]{0,40}|\\PC{0,20}"
        ) {
            let reading = read_levels(&text, &Level::City);
            prop_assert!(text.contains(reading.rest));
            prop_assert!(reading.levels.is_sorted_by(|left, right| left < right));
            prop_assert!(!reading.levels.is_empty() || reading.rest == text);
        }
    }
}
