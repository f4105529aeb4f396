//! Numbers of documents: 国务院令第426号, 国家发展改革委令2016年第44号, 国发〔2019〕6号.

use crate::text::normal;
use std::fmt;
use std::str::FromStr;

/// The number of a document in its parts, for comparing: one decree is written in many ways.
///
/// ```
/// use qingdan::citation::DocumentNumber;
/// let number = |text: &str| text.parse::<DocumentNumber>().unwrap();
/// let decree = number("国家发展改革委令2016年第44号");
/// assert!(decree.is_same(&number("2016年国家发改委令第44号")));
/// assert!(decree.is_same(&number("国家发展和改革委员会令第44号")));
/// assert!(!decree.is_same(&number("国家发展改革委令2017年第44号")));
/// assert_eq!(number("国发[2006]28号").to_string(), "国发〔2006〕28号");
/// assert_eq!(number("定审改办发〔201711号").to_string(), "定审改办发〔2017〕11号");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DocumentNumber {
    /// The organ whose decree it is (国务院), or the document's own letters (国发, 青政办).
    pub organ: String,
    /// The year, where the number names one.
    pub year: Option<u16>,
    /// The number in its series.
    pub number: u32,
    /// Whether it is a decree (令) rather than a numbered document.
    pub decree: bool,
}

/// A text holds no document number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no document number; write for example 国务院令第426号 or 国发〔2019〕6号")]
pub struct NotANumber {
    /// The text.
    pub text: String,
}

/// Short names of organs in decrees, as lists write them (general knowledge, where no source is at hand). The first
/// is what the others stand for; an organ that was renamed is another organ.
const ORGANS: &[&[&str]] = &[
    &[
        "国家发展和改革委员会",
        "国家发展改革委",
        "国家发改委",
        "发展改革委",
        "国家发展和改革委",
        "国家发展改革委员会",
    ],
    &["国家民族事务委员会", "国家民委"],
    &["工业和信息化部", "工信部"],
    &["人力资源和社会保障部", "人力资源社会保障部", "人社部"],
    &["住房和城乡建设部", "住房城乡建设部", "住建部"],
    &["国家卫生健康委员会", "国家卫生健康委", "卫健委", "国家卫健委"],
    &["国家市场监督管理总局", "市场监管总局", "国家市场监管总局"],
    &["国家食品药品监督管理总局", "食品药品监管总局", "国家食品药品监管总局"],
    &["国家安全生产监督管理总局", "安全监管总局", "国家安监总局", "安监总局"],
    &["国家质量监督检验检疫总局", "质检总局", "国家质检总局"],
    &["国家工商行政管理总局", "工商总局", "国家工商总局"],
    &["国家新闻出版广电总局", "新闻出版广电总局"],
    &["中国人民银行", "人民银行"],
    &["中国银行业监督管理委员会", "银监会", "中国银监会"],
    &["国家宗教事务局", "国家宗教局"],
    &["国家林业和草原局", "国家林草局"],
    &["中华人民共和国主席", "主席", "国家主席"],
    &["国务院", "中华人民共和国国务院"],
];

#[inline]
fn organ_form(organ: &str) -> String {
    let form: String = normal(organ).chars().filter(|c| !c.is_whitespace()).collect();
    let form = form.strip_prefix("中华人民共和国").filter(|rest| *rest != "主席").unwrap_or(&form);
    let known = ORGANS.iter().find(|names| names.contains(&form));
    known.map_or_else(|| form.to_owned(), |names| names[0].to_owned())
}

impl DocumentNumber {
    /// Whether both are one document's: the same organ under whichever of its names, the same number, and the same year
    /// where both name one.
    #[must_use]
    #[inline]
    pub fn is_same(&self, other: &Self) -> bool {
        self.number == other.number
            && self.decree == other.decree
            && organ_form(&self.organ) == organ_form(&other.organ)
            && (self.year.is_none() || other.year.is_none() || self.year == other.year)
    }
}

impl FromStr for DocumentNumber {
    type Err = NotANumber;
    #[inline]
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        read(text).ok_or_else(|| NotANumber { text: text.chars().take(60).collect() })
    }
}

#[inline]
fn read(text: &str) -> Option<DocumentNumber> {
    // NFKC for digits of full width; 【】 and 〔〕 become [].
    let form = normal(text);
    let form = form.strip_suffix('号').or_else(|| form.find('号').map(|at| &form[..at]))?;
    if let Some(at) = form.find('令') {
        let (head, tail) = (&form[..at], &form[at + '令'.len_utf8()..]);
        let (before, head) = leading_year(head);
        let (between, tail) = leading_year(tail);
        let number = super::locator::numeral(tail.trim_start_matches('第'))?;
        return Some(DocumentNumber {
            organ: head.to_owned(),
            year: before.or(between),
            number,
            decree: true,
        });
    }
    let open = form.find(['[', '(', '{'])?;
    let (organ, inside) = (&form[..open], &form[open + 1..]);
    let year: u16 = inside.get(..4)?.parse().ok()?;
    // The closing bracket is lost at times: 〔201711号.
    let rest = inside.get(4..)?.trim_start_matches([']', ')', '}']);
    let number = super::locator::numeral(rest.trim_start_matches('第'))?;
    let organ = organ.trim_end_matches('第').to_owned();
    Some(DocumentNumber { organ, year: Some(year), number, decree: false })
}

/// A year at the head of a text (2016年), perhaps with its day, and what follows.
#[inline]
fn leading_year(text: &str) -> (Option<u16>, &str) {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    match (text[..digits].parse().ok().filter(|_| digits == 4), text[digits..].strip_prefix('年')) {
        (Some(year), Some(rest)) => {
            let rest = rest.find('日').map_or(rest, |at| {
                let day = &rest[..at];
                let is_day = day.chars().all(|c| c.is_ascii_digit() || c == '月');
                if is_day { &rest[at + '日'.len_utf8()..] } else { rest }
            });
            (Some(year), rest)
        }
        _ => (None, text),
    }
}

/// In one form: 国家发展和改革委员会令2016年第44号, 国发〔2019〕6号.
impl fmt::Display for DocumentNumber {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { organ, year, number, decree } = self;
        match (decree, year) {
            (true, Some(year)) => write!(f, "{organ}令{year}年第{number}号"),
            (true, None) => write!(f, "{organ}令第{number}号"),
            (false, Some(year)) => write!(f, "{organ}〔{year}〕{number}号"),
            (false, None) => write!(f, "{organ}{number}号"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_documents_print_them() {
        let check = |text: &str, shown: &str| {
            assert_eq!(text.parse::<DocumentNumber>().map(|n| n.to_string()).as_deref(), Ok(shown), "{text}");
        };
        check("国发〔2021〕7号", "国发〔2021〕7号");
        check("国办函〔2022〕110号", "国办函〔2022〕110号");
        check("青政办〔2022〕47号", "青政办〔2022〕47号");
        check("国务院令第713号", "国务院令第713号");
        check("民政部令第79号", "民政部令第79号");
        check("陕西省人民政府令第235号", "陕西省人民政府令第235号");
        check("主席令第三十四号", "主席令第34号");
        check("工商外企字[2004]第97号", "工商外企字〔2004〕97号");
        check("新政发【2021】58号", "新政发〔2021〕58号");
        check("国办函〔2022110号", "国办函〔2022〕110号");
        check("广东省人民政府令第１４２号", "广东省人民政府令第142号");
        check("银监会令2010年第3号", "银监会令2010年第3号");
        check("2004年11月30日国务院令第426号", "国务院令2004年第426号");
        for text in ["", "第三条", "号", "令号", "〔〕号", "国发〔二〇〕一号", "99999999999令第99999999999号"]
        {
            assert!(text.parse::<DocumentNumber>().is_err(), "{text}");
        }
    }
}
