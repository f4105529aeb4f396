//! What may be wrong with the figures of a yearly report.

use super::count::ListCount;
use super::paragraph::{Paragraph, days};
use super::{Annual, Counted, FIGURES, Figure, PARTS, is_own};
use crate::kind::Kind;
use crate::name;
use crate::portfolio::Portfolio;
use crate::problem::{Message, Severity};
use crate::{Map, Record, Text};
use std::collections::HashSet;

/// One thing that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// Its rule, as `statistics/part-beyond-whole`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The figures that it is about.
    pub figures: Vec<&'static str>,
    /// The items that do it, where it can be said.
    pub ids: Vec<String>,
    /// What may be wrong, and what to do.
    pub message: Message,
}

/// A figure that last year's report printed (`--reported`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Record)]
#[record(name = "reported")]
#[non_exhaustive]
pub struct Reported {
    /// The list: its kind, and its series behind a full stop; may be empty where the figure says it.
    #[record(column("list", "清单"))]
    pub list: Text,
    /// The figure's name, as the report's placeholders have it (`L_GEN`); of a list alone `items`.
    #[record(column("figure", "指标"))]
    pub figure: Text,
    /// What was printed.
    #[record(column("value", "数值"))]
    pub value: Option<u64>,
    /// Columns that are no field.
    pub extra: Map<Text>,
}

impl Reported {
    /// A figure as it was printed.
    pub fn new(figure: impl Into<Text>, value: u64) -> Self {
        Self { figure: figure.into(), value: Some(value), ..Self::default() }
    }
}

#[inline]
pub(super) fn of(
    report: &Annual,
    after: &Portfolio,
    old: &[Figure],
    paragraph: &Paragraph,
    reported: &[Reported],
) -> Vec<Warning> {
    let mut out = Vec::new();
    own_beyond_general(report, after, &mut out);
    parts(report, &mut out);
    modes(report, &mut out);
    dates(report, after, paragraph, &mut out);
    countings(report, &mut out);
    bridge(report, &mut out);
    printed(report, old, reported, &mut out);
    out
}

#[inline]
fn warning(
    rule: &'static str,
    figures: &[&'static str],
    ids: Vec<String>,
    zh: String,
    en: String,
) -> Warning {
    let figures = figures.to_vec();
    Warning { rule, severity: Severity::Warning, figures, ids, message: Message::new(zh, en) }
}

/// A list for one's own level is a part of the general one.
#[inline]
fn own_beyond_general(report: &Annual, after: &Portfolio, out: &mut Vec<Warning>) {
    for (kind, own, general) in [(Kind::Licensing, "L_OWN", "L_GEN"), (Kind::Filing, "F_OWN", "F_GEN")] {
        let (Some(o), Some(g)) = (report.figure(own), report.figure(general)) else { continue };
        if o.value <= g.value {
            continue;
        }
        let (owns, generals): (Vec<_>, Vec<_>) = after.of(kind).partition(|list| is_own(list));
        let base = |item: &dyn crate::AnyItem| name::read(item.name()).base;
        let there: HashSet<String> =
            Counted::of(&generals).items.iter().map(|(item, _)| base(*item)).collect();
        let beyond = Counted::of(&owns).items.into_iter().filter(|(item, _)| !there.contains(&base(*item)));
        let ids = beyond.map(|(_, id)| id).collect();
        let (o, g) = (o.value, g.value);
        out.push(warning(
            "statistics/own-beyond-general",
            &[o_name(own), o_name(general)],
            ids,
            format!("本级清单{o}项，多于通用清单{g}项；本级清单应是通用清单的一部分，请核对"),
            format!("the own-level list has {o} items, the general list {g}: it should be a part of it; see which is right"),
        ));
    }
}

/// The name as the table of figures has it.
#[inline]
fn o_name(name: &str) -> &'static str {
    FIGURES.iter().find(|figure| figure.name == name).map_or("", |figure| figure.name)
}

/// No part is larger than its whole.
#[inline]
fn parts(report: &Annual, out: &mut Vec<Warning>) {
    let modes = ["X_M1", "X_M2", "X_M3"];
    let reach = if report.figure("X_REG").is_some() { "X_REG" } else { "X_PROV" };
    for (part, whole) in PARTS.iter().copied().chain(modes.map(|mode| (mode, reach))) {
        let (Some(p), Some(w)) = (report.figure(part), report.figure(whole)) else { continue };
        if p.value <= w.value {
            continue;
        }
        let whole_ids: HashSet<&String> = w.ids.iter().collect();
        let ids = p.ids.iter().filter(|id| !whole_ids.contains(id)).cloned().collect();
        let (pt, wt) = (p.about().title, w.about().title);
        let (p, w) = (p.value, w.value);
        out.push(warning(
            "statistics/part-beyond-whole",
            &[o_name(part), o_name(whole)],
            ids,
            format!("“{}”{p}项，多于“{}”{w}项；部分不能大于全体，请核对", pt.0, wt.0),
            format!("{}: {p}, {}: {w}; a part is not larger than its whole: see which is right", pt.1, wt.1),
        ));
    }
}

/// The four modes of reform are all of its items.
#[inline]
fn modes(report: &Annual, out: &mut Vec<Warning>) {
    const MODES: [&str; 4] = ["R_1", "R_2", "R_3", "R_4"];
    let Some(all) = report.figure("R_ALL") else { return };
    let modes: Vec<&Figure> = MODES.iter().filter_map(|name| report.figure(name)).collect();
    let sum: usize = modes.iter().map(|figure| figure.value).sum();
    // Without the column nothing is known of modes.
    if modes.is_empty() || sum == all.value {
        return;
    }
    let told: HashSet<&String> = modes.iter().flat_map(|figure| &figure.ids).collect();
    let ids = all.ids.iter().filter(|id| !told.contains(id)).cloned().collect();
    let all = all.value;
    out.push(warning(
        "statistics/modes-and-total",
        &["R_ALL", "R_1", "R_2", "R_3", "R_4"],
        ids,
        format!("四种改革方式合计{sum}项，与总数{all}项不符；请核对改革方式一栏"),
        format!("the four modes are {sum} items, the list has {all}; look at its column of modes"),
    ));
}

/// Figures of one sentence stand for one day; the paragraph's end names one for all.
#[inline]
fn dates(report: &Annual, after: &Portfolio, paragraph: &Paragraph, out: &mut Vec<Warning>) {
    let told = |figures: &[&'static str]| {
        let mut lists: Vec<(String, Option<crate::term::Date>)> = Vec::new();
        for figure in figures.iter().filter_map(|name| report.figure(name)) {
            for (list, day) in days(after, &figure.lists) {
                if !lists.iter().any(|(known, _)| *known == list) {
                    lists.push((list, day));
                }
            }
        }
        lists
    };
    let differ = |lists: &[(String, Option<crate::term::Date>)]| {
        lists.iter().filter_map(|(_, day)| *day).collect::<HashSet<_>>().len() > 1
    };
    let mut say = |figures: &[&'static str], lists: &[(String, Option<crate::term::Date>)], whole: bool| {
        let shown: Vec<String> =
            lists.iter().filter_map(|(list, day)| day.map(|day| format!("{list} {day}"))).collect();
        let (zh, en) = if whole { ("全段", "the paragraph") } else { ("一句之内", "one sentence") };
        out.push(warning(
            "statistics/as-of-differs",
            figures,
            Vec::new(),
            format!("{zh}的数据截至日期不同：{}；请统一口径，或分别写明", shown.join("；")),
            format!(
                "figures of {en} stand for different days: {}; bring them to one day, or say each",
                shown.join("; ")
            ),
        ));
    };
    let mut said = false;
    for sentence in &paragraph.sentences {
        let lists = told(&sentence.figures);
        if differ(&lists) {
            said = true;
            say(&sentence.figures, &lists, false);
        }
    }
    let all: Vec<&'static str> = paragraph.sentences.iter().flat_map(|s| s.figures.clone()).collect();
    let lists = told(&all);
    if differ(&lists) && !said {
        say(&all, &lists, true);
    }
    let undated: Vec<&str> =
        lists.iter().filter(|(_, day)| day.is_none()).map(|(list, _)| list.as_str()).collect();
    if !undated.is_empty() {
        let lists = undated.join("、");
        let mut note = warning(
            "statistics/as-of-unknown",
            &[],
            Vec::new(),
            format!("未写明截至日期的清单：{lists}"),
            format!("lists that say no day that they stand for: {}", undated.join(", ")),
        );
        note.severity = Severity::Note;
        out.push(note);
    }
}

/// A title that counts otherwise than the report does.
#[inline]
fn countings(report: &Annual, out: &mut Vec<Warning>) {
    for list in report.lists.iter().filter_map(|change| change.after.as_ref()) {
        let ListCount { items, rows, declared: Some(declared), .. } = list else { continue };
        let declared = *declared as usize;
        if declared == *items || declared != *rows {
            continue;
        }
        let figures: Vec<&'static str> = report
            .figures
            .iter()
            .filter(|figure| figure.lists.contains(&list.list) && figure.value == *items)
            .map(|figure| figure.name)
            .collect();
        let key = &list.list;
        out.push(warning(
            "statistics/counted-otherwise",
            &figures,
            Vec::new(),
            format!("清单{key}的标题按行计{declared}项，本报告计主项{items}项（不含标注取消的）；请统一口径"),
            format!(
                "the title of {key} counts {declared} rows, this report {items} main items, without those marked as cancelled; choose one way"
            ),
        ));
    }
}

/// From last year's count to this year's: what came and went explains the difference, unless items were split or merged.
#[inline]
fn bridge(report: &Annual, out: &mut Vec<Warning>) {
    const NAMES: [&str; 4] = ["L_GEN_0", "L_ADD", "L_DEL", "L_GEN"];
    let [Some(before), Some(added), Some(removed), Some(now)] =
        NAMES.map(|name| report.figure(name).map(|figure| figure.value))
    else {
        return;
    };
    if before + added == now + removed {
        return;
    }
    let mut note = warning(
        "statistics/bridge-open",
        &NAMES,
        Vec::new(),
        format!(
            "上年{before}项＋新增{added}项－取消{removed}项不等于本年{now}项：另有拆分或合并，请在段落中说明"
        ),
        format!("{before} + {added} - {removed} is not {now}: items were split or merged; say so"),
    );
    note.severity = Severity::Note;
    out.push(note);
}

/// What last year's report printed against what last year's lists hold.
#[inline]
fn printed(report: &Annual, old: &[Figure], reported: &[Reported], out: &mut Vec<Warning>) {
    for row in reported {
        let name = row.figure.as_str();
        let of_list = |change: &&super::ListChange| change.list == *row.list;
        let known = FIGURES.iter().find(|figure| figure.name == name);
        let found = match known {
            Some(known) => old
                .iter()
                .find(|figure| figure.name == known.name)
                .filter(|figure| row.list.is_empty() || figure.lists.iter().any(|list| *list == *row.list))
                .map(|figure| (figure.value, known.title)),
            None if matches!(name, "" | "items") => {
                report.lists.iter().find(of_list).and_then(|change| {
                    Some((change.before.as_ref()?.items, ("清单项数", "items of the list")))
                })
            }
            None => None,
        };
        let figures: Vec<&'static str> = known.map(|known| known.name).into_iter().collect();
        let place = match (name, row.list.as_str()) {
            ("", list) => list.to_owned(),
            (name, "") => name.to_owned(),
            (name, list) => format!("{name}（{list}）"),
        };
        match (found, row.value) {
            (Some((value, title)), Some(printed)) if value as u64 != printed => out.push(warning(
                "statistics/reported-differs",
                &figures,
                Vec::new(),
                format!("“{}”上年清单为{value}，上年报告印为{printed}；请核对上年清单，或说明口径", title.0),
                format!("{} ({place}): last year's lists have {value}, last year's report printed {printed}; look at last year's lists, or say how it was counted", title.1),
            )),
            (Some(_), _) | (_, None) => {}
            (None, Some(printed)) => out.push(warning(
                "statistics/reported-unknown",
                &figures,
                Vec::new(),
                format!("上年报告的“{place}”（{printed}）无法核对：上年没有这份清单或指标"),
                format!("`{place}` ({printed}) of last year's report cannot be compared: last year's lists have no such figure"),
            )),
        }
    }
}
