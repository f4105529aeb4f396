//! The paragraph of the yearly report, clause by clause: a clause whose list is not there is left out.

use super::Annual;
use super::count::{partners, same_region};
use crate::Text;
use crate::kind::{AnyCatalogue, Kind};
use crate::portfolio::Portfolio;
use crate::record::Entry as _;
use crate::term::Date;
use crate::text::normal;

/// What stands for what the lists do not say.
pub(super) const OPEN: &str = "【待填】";

/// The paragraph, with the figures of each sentence.
pub(super) struct Paragraph {
    pub(super) sentences: Vec<Sentence>,
    end: String,
}

#[derive(Default)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) figures: Vec<&'static str>,
}

impl Paragraph {
    #[inline]
    pub(super) fn text(&self) -> String {
        self.sentences.iter().map(|sentence| sentence.text.as_str()).chain([self.end.as_str()]).collect()
    }
}

/// Writes sentences from figures.
struct Writer<'a> {
    report: &'a Annual,
    figures: Vec<&'static str>,
}

impl Writer<'_> {
    /// A figure's value with its measure word; what is not known stands open.
    #[inline]
    fn say(&mut self, name: &str) -> String {
        if let Some(figure) = self.report.figure(name) {
            self.figures.push(figure.name);
            return format!("{}{}", figure.value, figure.about().unit);
        }
        let about = super::FIGURES.iter().find(|about| about.name == name);
        format!("{OPEN}{}", about.map_or("", |about| about.unit))
    }
    /// The same with the figure of the year before.
    #[inline]
    fn with_before(&mut self, name: &str) -> String {
        let before = self.report.figure(name).and_then(|figure| Some((figure.before?, figure.about().unit)));
        let behind = before.map(|(value, unit)| format!("（上年{value}{unit}）")).unwrap_or_default();
        self.say(name) + &behind
    }
    #[inline]
    fn has(&self, name: &str) -> bool {
        self.report.figure(name).is_some()
    }
    /// The sentence of these clauses; none where there are none.
    #[inline]
    fn end(&mut self, clauses: &[String], sentences: &mut Vec<Sentence>) {
        let figures = std::mem::take(&mut self.figures);
        if !clauses.is_empty() {
            sentences.push(Sentence { text: clauses.join("；") + "。", figures });
        }
    }
}

#[inline]
pub(super) fn of(after: &Portfolio, report: &Annual) -> Paragraph {
    let mut w = Writer { report, figures: Vec::new() };
    let mut sentences = Vec::new();
    let lists = published(after, report, &mut w);
    w.end(&lists, &mut sentences);

    let mut powers = Vec::new();
    if w.has("P_ALL") {
        powers.push(format!(
            "梳理证明事项，权责清单事项{}，其中涉及保留证明的{}、含有证明材料的{}、可选择告知承诺制办理的{}",
            w.with_before("P_ALL"),
            w.say("C_KEEP"),
            w.say("C_MAT"),
            w.say("C_COMM")
        ));
    }
    w.end(&powers, &mut sentences);

    let mut reform = Vec::new();
    if w.has("R_ALL") {
        reform.push(format!(
            "涉企经营许可“证照分离”改革事项{}，其中直接取消审批{}、审批改为备案{}、实行告知承诺{}、优化审批服务{}",
            w.with_before("R_ALL"),
            w.say("R_1"),
            w.say("R_2"),
            w.say("R_3"),
            w.say("R_4")
        ));
    }
    w.end(&reform, &mut sentences);

    let mut supervision = Vec::new();
    if w.has("S_ALL") {
        supervision.push(format!("建立跨部门综合监管重点事项清单{}", w.with_before("S_ALL")));
    }
    if w.has("I_ALL") {
        let (all, departments) = (w.with_before("I_ALL"), w.say("I_DEPT"));
        supervision.push(format!("“双随机、一公开”抽查事项{all}，涉及{departments}部门"));
    }
    w.end(&supervision, &mut sentences);

    let services = regions(after, &mut w);
    w.end(&services, &mut sentences);

    let mut packages = Vec::new();
    if w.has("PK_ALL") {
        packages.push(format!(
            "编制“高效办成一件事”套餐{}，涉及事项{}",
            w.with_before("PK_ALL"),
            w.say("PK_ITEMS")
        ));
    }
    w.end(&packages, &mut sentences);

    let mut law = Vec::new();
    let mut documents = Vec::new();
    if w.has("D_RULE") {
        documents.push(format!("现行有效政府规章{}", w.with_before("D_RULE")));
    }
    if w.has("D_DOC") {
        let reviewed = format!("年内合法性审查并备案{}", w.say("D_REV"));
        let word =
            if documents.is_empty() { "现行有效行政规范性文件" } else { "行政规范性文件" };
        documents.push(format!("{word}{}，{reviewed}", w.with_before("D_DOC")));
    }
    if !documents.is_empty() {
        law.push(documents.join("、"));
    }
    if w.has("DEC_ISSUES") {
        law.push(format!("公布重大行政决策事项目录{}{}", w.say("DEC_ISSUES"), w.say("DEC_ITEMS")));
    }
    w.end(&law, &mut sentences);

    open(&w, &mut sentences);
    let end = match as_of(report, &sentences) {
        _ if sentences.is_empty() => String::new(),
        Some(day) => {
            format!("（以上数据截至{}年{}月{}日）", day.year(), day.month(), day.day())
        }
        None => format!("（以上数据截至{OPEN}）"),
    };
    Paragraph { sentences, end }
}

/// What no list says, where the report has the matter: cases handled, ratings, tasks of inspection.
#[inline]
fn open(w: &Writer<'_>, sentences: &mut Vec<Sentence>) {
    let mut missing = Vec::new();
    if w.has("I_ALL") {
        missing.push(format!("完成抽查任务{OPEN}项"));
    }
    if ["X_PROV", "X_REG", "PK_ALL"].iter().any(|name| w.has(name)) {
        missing.push(format!("政务服务办件量{OPEN}件"));
        missing.push(format!("政务服务“好差评”{OPEN}条"));
    }
    if !missing.is_empty() {
        sentences.push(Sentence { text: missing.join("，") + "。", figures: Vec::new() });
    }
}

/// The lists of licences and filings that were published.
#[inline]
fn published(after: &Portfolio, report: &Annual, w: &mut Writer<'_>) -> Vec<String> {
    let year = report.year.map_or_else(|| OPEN.to_owned(), |year| year.to_string());
    let city = if report.city.is_empty() { OPEN } else { &report.city };
    let names = [
        ("L_GEN", "行政许可事项通用清单"),
        ("L_OWN", "市本级行政许可事项通用清单"),
        ("F_GEN", "行政备案事项清单"),
        ("F_OWN", "市级各部门（单位）行政备案事项清单"),
    ];
    let mut titles = String::new();
    let mut counts = Vec::new();
    for (name, title) in names {
        let Some(figure) = report.figure(name) else { continue };
        let list = match &figure.lists[..] {
            [list] => after.lists.get(list),
            _ => None,
        };
        titles += &list
            .and_then(|list| title_of(list, &year))
            .unwrap_or_else(|| format!("《{city}{title}（{year}年版）》"));
        counts.push(if name == "L_GEN" { general(w) } else { w.with_before(name) });
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let (upper, document) = upper(after);
    let upper = upper.unwrap_or_else(|| OPEN.to_owned());
    let document = document.unwrap_or_else(|| OPEN.to_owned());
    let each = if counts.len() > 1 { "分别为" } else { "为" };
    vec![format!(
        "{year}年，对照{upper}（{document}）及其实施规范，动态调整并公布{titles}，{each}{}",
        counts.join("、")
    )]
}

/// The general licensing list with what the year changed, as far as that is known.
#[inline]
fn general(w: &mut Writer<'_>) -> String {
    if !w.has("L_ADD") {
        return w.with_before("L_GEN");
    }
    let now = w.say("L_GEN");
    let [before, added, removed, changed] = ["L_GEN_0", "L_ADD", "L_DEL", "L_CHG"].map(|name| w.say(name));
    // The year before has a day of its own.
    w.figures.retain(|name| *name != "L_GEN_0");
    format!("{now}（上年{before}，新增{added}、取消{removed}、调整{changed}）")
}

/// A list's own title with its edition.
#[inline]
fn title_of(list: &AnyCatalogue, year: &str) -> Option<String> {
    let header = list.header();
    let title = header.title.trim().trim_start_matches('《').trim_end_matches('》');
    if title.is_empty() {
        return None;
    }
    let year = header.year().map_or_else(|| year.to_owned(), |year| year.to_string());
    Some(if title.contains("年版") {
        format!("《{title}》")
    } else {
        format!("《{title}（{year}年版）》")
    })
}

/// The upper list and its document, as a note of the licensing or filing lists names them (对照《…》（…号）), or as the header
/// says what the list was made from.
#[inline]
fn upper(after: &Portfolio) -> (Option<String>, Option<String>) {
    let lists = || after.of(Kind::Licensing).chain(after.of(Kind::Filing));
    let notes = lists().flat_map(|list| list.header().notes.iter().map(move |note| (list, note, true)));
    let replaced = lists().map(|list| (list, &list.header().replaces, false));
    notes.chain(replaced).find_map(|(list, text, is_note)| named_above(list, text, is_note)).unzip()
}

#[inline]
fn named_above(list: &AnyCatalogue, text: &Text, is_note: bool) -> Option<(String, String)> {
    let words = ["对照", "根据", "依据", "按照", "衔接"];
    let from = if is_note { words.iter().filter_map(|word| text.find(word)).min()? } else { 0 };
    let rest = &text[from..];
    let (open, close) = (rest.find('《')?, rest.find('》')?);
    let title = rest.get(open..close + '》'.len_utf8())?;
    let is_list = title.contains("清单") || title.contains("目录");
    // The list itself, or its edition before, is no upper list.
    let own = normal(list.header().title.trim_matches(['《', '》'])).into_owned();
    if !is_list || (!own.is_empty() && normal(title).contains(&own)) {
        return None;
    }
    let behind = rest.get(close + '》'.len_utf8()..)?;
    let inside = behind.strip_prefix(['（', '(']).and_then(|behind| {
        // 青政办〔2023〕12号 has no bracket of the same kind inside.
        let end = behind.find(['）', ')'])?;
        Some(behind[..end].to_owned())
    });
    Some((title.to_owned(), inside.unwrap_or_else(|| OPEN.to_owned())))
}

/// What is handled across regions, and with whom.
#[inline]
fn regions(after: &Portfolio, w: &mut Writer<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    let [province, regional] = ["X_PROV", "X_REG"].map(|name| w.has(name));
    if !province && !regional {
        return Vec::new();
    }
    if province && regional {
        parts.push(format!("“跨省通办”{}", w.with_before("X_PROV")));
    }
    // The modes stand in the bracket of the last count, with that of the year before.
    let (last, word) =
        if regional { ("X_REG", "“区域通办”") } else { ("X_PROV", "“跨省通办”") };
    let count = w.say(last);
    let [online, elsewhere, joint] = ["X_M1", "X_M2", "X_M3"].map(|name| w.say(name));
    let before = w.report.figure(last).and_then(|figure| figure.before);
    let before = before.map(|value| format!("；上年{value}项")).unwrap_or_default();
    parts.push(format!(
        "{word}{count}（其中全程网办{online}、异地代收代办{elsewhere}、多地联办{joint}{before}）"
    ));
    let mut with: Vec<String> = Vec::new();
    let known: Vec<&str> = ["X_PROV", "X_REG"]
        .iter()
        .filter_map(|name| w.report.figure(name))
        .flat_map(|figure| figure.lists.iter().map(String::as_str))
        .collect();
    for list in after.of(Kind::CrossRegion).filter(|list| known.contains(&&*list.key())) {
        for item in super::count::counted(list) {
            for partner in partners(item, &w.report.city) {
                if !with.iter().any(|known| same_region(known, &partner)) {
                    with.push(partner);
                }
            }
        }
    }
    let with = if with.is_empty() { OPEN.to_owned() } else { with.join("、") };
    vec![format!("与{with}实现{}，审批权限保持不变", parts.join("、"))]
}

/// The day that all figures of the paragraph stand for, as far as they say one.
#[inline]
fn as_of(report: &Annual, sentences: &[Sentence]) -> Option<Date> {
    let names = sentences.iter().flat_map(|sentence| &sentence.figures);
    let mut days = names.filter_map(|name| report.figure(name)?.as_of);
    let first = days.next()?;
    days.all(|day| day == first).then_some(first)
}

/// The days of the lists of a figure, where they differ or are missing.
#[inline]
pub(super) fn days(portfolio: &Portfolio, lists: &[String]) -> Vec<(String, Option<Date>)> {
    let found = lists.iter().filter_map(|key| portfolio.lists.get(key));
    found.map(|list| (list.key().into_owned(), list.header().as_of)).collect()
}
