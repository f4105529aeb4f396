//! The yearly report as text, Markdown, HTML and JSON. What people read is told once, in blocks.

use super::blocks::{Block, Content, Outline, Plot, Table, block};
use super::words;
use crate::check::{Finding, Report};
use crate::codes::Scope;
use crate::problem::{Lang, Severity, one_line, shortened};
use crate::sorting::Sorting as _;
use crate::statistics::{Annual, By, Figure, ListChange, ListCount, Share, Warning};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// The format of a yearly report's JSON.
pub const ANNUAL_FORMAT: &str = "qingdan/annual/1";

/// Of groups, and of findings, people are told so many.
const TOLD: usize = 12;

#[inline]
fn outline(report: &Annual, checks: Option<&Report>, lang: Lang) -> Outline {
    let year = report.year.map_or_else(|| lang.pick("本年", "this year").to_owned(), |y| y.to_string());
    let city = &report.city;
    let (title, space) = (lang.pick("清单年度报告", "yearly report of lists"), lang.pick("", " "));
    let suffix = if report.year.is_some() { lang.pick("年", "") } else { "" };
    let against = report.year_before.map(|before| match lang {
        Lang::Zh => format!("对照{before}年"),
        Lang::En => format!("against {before}"),
    });
    let blocks = [
        paragraph(report, lang),
        figures(report, lang),
        lists(report, lang),
        funnel(report, lang),
        groups(report, lang),
        warnings(report, lang),
    ];
    let mut blocks: Vec<Block> = blocks.into_iter().flatten().collect();
    blocks.extend(checks.map(|checks| checked(checks, lang)));
    for (at, block) in blocks.iter_mut().enumerate() {
        block.heading = words::ordinal(at + 1, lang) + &block.heading;
    }
    Outline {
        title: [city.as_str(), &format!("{year}{suffix}"), title]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(space),
        subtitle: against.unwrap_or_default(),
        blocks,
    }
}

#[inline]
fn paragraph(report: &Annual, lang: Lang) -> Option<Block> {
    let text = match report.paragraph.as_str() {
        "" => {
            lang.pick("没有可用于年度报告的清单。", "No list has a figure of the yearly report.").to_owned()
        }
        text => text.to_owned(),
    };
    block(lang.pick("报告段落", "Paragraph"), vec![Content::Paragraph(text)])
}

#[inline]
fn figures(report: &Annual, lang: Lang) -> Option<Block> {
    if report.figures.is_empty() {
        return None;
    }
    let header: &[(&str, &str)] = &[
        ("指标", "figure"),
        ("代号", "name"),
        ("本年", "now"),
        ("上年", "before"),
        ("清单", "list"),
        ("范围", "scope"),
        ("截至", "as of"),
    ];
    let mut rows = vec![header.iter().map(|(zh, en)| lang.pick(*zh, *en).to_owned()).collect()];
    for figure in &report.figures {
        let about = figure.about();
        let unit = lang.pick(about.unit, "");
        let count = |n: usize| format!("{n}{unit}");
        rows.push(vec![
            lang.pick(about.title.0, about.title.1).to_owned(),
            figure.name.to_owned(),
            count(figure.value),
            figure.before.map_or_else(none, count),
            figure.lists.join(words::comma(lang)),
            figure.scope.as_ref().map_or_else(none, |scope| scope_word(scope, lang)),
            figure.as_of.map_or_else(none, |day| day.to_string()),
        ]);
    }
    let numbers = vec![false, false, true, true, false, false, false];
    block(lang.pick("指标", "Figures"), vec![Content::Table(Table { rows, numbers })])
}

#[inline]
fn none() -> String {
    "—".to_owned()
}

#[inline]
fn scope_word(scope: &Scope, lang: Lang) -> String {
    match lang {
        Lang::Zh => scope.label().to_owned(),
        Lang::En => scope.as_str().to_owned(),
    }
}

#[inline]
fn lists(report: &Annual, lang: Lang) -> Option<Block> {
    if report.lists.is_empty() {
        return None;
    }
    let header: &[(&str, &str)] = &[
        ("清单", "list"),
        ("本年", "now"),
        ("上年", "before"),
        ("新增行", "rows added"),
        ("取消行", "rows removed"),
        ("更名行", "rows renamed"),
        ("其他调整行", "rows otherwise changed"),
        ("主项", "main"),
        ("子项", "sub"),
        ("办理项", "handling"),
        ("标题所称", "declared"),
    ];
    let mut rows = vec![header.iter().map(|(zh, en)| lang.pick(*zh, *en).to_owned()).collect()];
    for change in &report.lists {
        let both = change.before.is_some() && change.after.is_some();
        let items = |list: &Option<ListCount>| list.as_ref().map_or_else(none, |list| list.items.to_string());
        let of = |ids: &Vec<String>| if both { ids.len().to_string() } else { none() };
        let after = |get: &dyn Fn(&ListCount) -> Option<usize>| {
            change.after.as_ref().and_then(get).map_or_else(none, |n| n.to_string())
        };
        rows.push(vec![
            named(change, lang),
            items(&change.after),
            items(&change.before),
            of(&change.added),
            of(&change.removed),
            of(&change.renamed),
            of(&change.changed),
            after(&|list| Some(list.main)),
            after(&|list| Some(list.sub)),
            after(&|list| Some(list.handling)),
            after(&|list| list.declared.map(|n| n as usize)),
        ]);
    }
    let mut numbers = vec![true; header.len()];
    numbers[0] = false;
    let mut contents = vec![Content::Plot(bars(report, lang)), Content::Table(Table { rows, numbers })];
    let only = |is: &dyn Fn(&&ListChange) -> bool| -> Vec<String> {
        report.lists.iter().filter(is).map(|change| named(change, lang)).collect()
    };
    // Where there is no year before at all, every list is new, and nobody needs to be told.
    let compared = report.lists.iter().any(|change| change.before.is_some());
    let mut lines = Vec::new();
    for (names, zh, en) in [
        (
            only(&|change| compared && change.before.is_none()),
            "上年没有的清单",
            "lists that last year had not",
        ),
        (only(&|change| change.after.is_none()), "本年没有的清单", "lists that are not there any more"),
    ] {
        if !names.is_empty() {
            let names = names.join(words::comma(lang));
            lines.push(format!("{}{}{names}", lang.pick(zh, en), words::colon(lang)));
        }
    }
    if !lines.is_empty() {
        contents.push(Content::Lines(lines));
    }
    block(lang.pick("各清单", "Lists"), contents)
}

#[inline]
fn named(change: &ListChange, lang: Lang) -> String {
    format!("{}{}", one_line(&change.title), words::bracketed(&change.list, lang))
}

#[inline]
fn bars(report: &Annual, lang: Lang) -> Plot {
    let year = |year: Option<i32>, zh: &str, en: &str| match year {
        Some(year) => year.to_string(),
        None => lang.pick(zh, en).to_owned(),
    };
    // Issues of one directory are told apart by what they are for.
    let alone = |change: &ListChange| {
        let twice = report.lists.iter().filter(|other| other.title == change.title).count() > 1;
        let edition = change.after.as_ref().or(change.before.as_ref()).map(|list| list.edition.as_str());
        match edition {
            Some(edition) if twice && !edition.is_empty() => format!("{edition} {}", change.title),
            _ if twice => format!("{} {}", change.list, change.title),
            _ => change.title.clone(),
        }
    };
    let items = |list: &Option<ListCount>| list.as_ref().map(|list| list.items);
    Plot {
        title: lang.pick("各清单项数", "Items of each list").to_owned(),
        series: vec![year(report.year_before, "上年", "before"), year(report.year, "本年", "now")],
        bars: report
            .lists
            .iter()
            .map(|change| (alone(change), vec![items(&change.before), items(&change.after)]))
            .collect(),
    }
}

/// The powers with certifications: of all, of those that keep some.
#[inline]
fn funnel(report: &Annual, lang: Lang) -> Option<Block> {
    let all = report.figure("P_ALL")?;
    report.figure("C_KEEP")?;
    let header = [("指标", "figure"), ("项数", "items"), ("占比", "share"), ("上年", "before")];
    let mut rows = vec![header.iter().map(|(zh, en)| lang.pick(*zh, *en).to_owned()).collect()];
    let mut bars = Vec::new();
    for name in ["P_ALL", "C_KEEP", "C_MAT", "C_COMM"] {
        let Some(figure) = report.figure(name) else { continue };
        let title = lang.pick(figure.about().title.0, figure.about().title.1).to_owned();
        let share = report.shares.iter().find(|share| share.part == name);
        let told = share.map_or_else(none, |share| {
            let whole = report.figure(share.whole).map_or(all, |whole| whole);
            let of = lang.pick(whole.about().title.0, whole.about().title.1);
            match lang {
                Lang::Zh => format!("占“{of}”的{}%", share.percent()),
                Lang::En => format!("{} % of {of}", share.percent()),
            }
        });
        let before = figure.before.map_or_else(none, |n| n.to_string());
        rows.push(vec![title.clone(), figure.value.to_string(), told, before]);
        bars.push((title, vec![Some(figure.value)]));
    }
    let numbers = vec![false, true, false, true];
    let heading = lang.pick("证明事项", "Certifications");
    let plot = Plot { title: heading.to_owned(), series: vec![lang.pick("项", "items").to_owned()], bars };
    block(heading, vec![Content::Plot(plot), Content::Table(Table { rows, numbers })])
}

/// Counts by department, level, type, mode, partner.
#[inline]
fn groups(report: &Annual, lang: Lang) -> Option<Block> {
    let mut lines = Vec::new();
    for change in &report.lists {
        for (by, groups) in &change.by {
            let mut sorted: Vec<_> = groups.iter().collect();
            sorted.order_by_key(|group| std::cmp::Reverse(group.ids.len()));
            let told = sorted
                .iter()
                .take(TOLD)
                .map(|group| format!("{}{}{}", one_line(&group.name), lang.pick("", " "), group.ids.len()));
            let mut told = told.collect::<Vec<_>>().join(words::comma(lang));
            if sorted.len() > TOLD {
                let left = sorted.len() - TOLD;
                told += &lang.pick(format!("，另{left}个"), format!(" and {left} more"));
            }
            let count = groups.len();
            let by = by.title(lang);
            lines.push(match lang {
                Lang::Zh => format!("{}，按{by}（{count}个）：{told}", change.list),
                Lang::En => format!("{}, by {by} ({count}): {told}", change.list),
            });
        }
    }
    (!lines.is_empty()).then(|| block(lang.pick("分类统计", "Counts"), vec![Content::Lines(lines)])).flatten()
}

#[inline]
fn warnings(report: &Annual, lang: Lang) -> Option<Block> {
    let lines: Vec<String> = report
        .warnings
        .iter()
        .map(|warning| {
            let Warning { severity, rule, message, ids, .. } = warning;
            let mut line = format!("{} {rule}  {}", severity.label(lang), one_line(message.text(lang)));
            if !ids.is_empty() {
                line += &words::bracketed(&some(ids, lang), lang);
            }
            line
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    block(lang.pick("口径提示", "What may be wrong"), vec![Content::Lines(lines)])
}

/// The first ids, and how many there are beside.
#[inline]
fn some(ids: &[String], lang: Lang) -> String {
    let mut told =
        ids.iter().take(5).map(|id| shortened(id, 60)).collect::<Vec<_>>().join(words::comma(lang));
    if ids.len() > 5 {
        let left = ids.len() - 5;
        told += &lang.pick(format!("，另{left}项"), format!(" and {left} more"));
    }
    told
}

/// The cross-checks between the lists, and how many findings the lists have by themselves.
#[inline]
fn checked(checks: &Report, lang: Lang) -> Block {
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| checks.count(severity));
    let sum = match lang {
        Lang::Zh => format!("各清单自查和清单之间互查：错误{errors}、警告{warnings}、提示{notes}。"),
        Lang::En => format!(
            "The lists by themselves and together: {errors} errors, {warnings} warnings, {notes} notes."
        ),
    };
    let between: Vec<&Finding> = checks.findings.iter().filter(|finding| is_between(finding)).collect();
    let mut lines: Vec<String> = between
        .iter()
        .take(TOLD)
        .map(|finding| {
            let items = match finding.items.len() {
                0 | 1 => String::new(),
                n => words::bracketed(&words::items(n, lang), lang),
            };
            format!(
                "{} {} {}{}{}{items}",
                finding.severity.label(lang),
                finding.rule.id,
                finding.list,
                words::colon(lang),
                one_line(finding.message.text(lang)),
            )
        })
        .collect();
    let left = between.len() - lines.len();
    if left > 0 {
        lines.push(lang.pick(
            format!("清单之间另有{left}条，见 list_check"),
            format!("{left} more between the lists: see list_check"),
        ));
    } else if between.is_empty() {
        lines.push(lang.pick("清单之间没有发现问题。", "Nothing is wrong between the lists.").to_owned());
    }
    Block {
        heading: lang.pick("清单互查", "Checks").to_owned(),
        contents: vec![Content::Paragraph(sum), Content::Lines(lines)],
    }
}

/// Whether a finding is about several lists together.
#[inline]
fn is_between(finding: &Finding) -> bool {
    finding.rule.id.starts_with("portfolio/")
}

/// Writes the yearly report for people to read: paragraph, figures, lists, counts, what may be wrong, and, where the lists
/// were checked, the findings between them.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::{Catalogue, FilingItem, Portfolio, check, problem::Lang, report, statistics};
/// let mut list = Catalogue::<FilingItem>::default();
/// list.header.read_title("示例市行政备案事项清单（2024年版）");
/// list.items.push(FilingItem::new("1", "设立保安培训单位备案")).unwrap();
/// let mut portfolio = Portfolio::default();
/// portfolio.lists.push(list.into()).unwrap();
/// let annual = statistics::annual(&Portfolio::default(), &portfolio, &statistics::Options::default());
/// let checks = check::check(&portfolio, &check::Options::default());
/// let mut page = Vec::new();
/// report::annual_text(&annual, Some(&checks), Lang::Zh, &mut page)?;
/// let page = String::from_utf8(page)?;
/// assert!(page.starts_with("示例市2024年清单年度报告"));
/// assert!(page.contains("清单之间没有发现问题。"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annual_text(report: &Annual, checks: Option<&Report>, lang: Lang, to: impl Write) -> io::Result<()> {
    outline(report, checks, lang).write_text(to)
}

/// Writes what [`annual_text`] says as Markdown.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::{Portfolio, problem::Lang, report, statistics};
/// let nothing = Portfolio::default();
/// let annual = statistics::annual(&nothing, &nothing, &statistics::Options::default());
/// let mut page = Vec::new();
/// report::annual_markdown(&annual, None, Lang::En, &mut page)?;
/// assert!(String::from_utf8(page)?.contains("No list has a figure of the yearly report."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annual_markdown(
    report: &Annual,
    checks: Option<&Report>,
    lang: Lang,
    to: impl Write,
) -> io::Result<()> {
    outline(report, checks, lang).write_markdown(to)
}

/// Writes what [`annual_text`] says as a page of its own, with plots: the items of each list, this year and last, and
/// the powers with certifications. It has no scripts and loads nothing; it prints as it reads.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::{Portfolio, problem::Lang, report, statistics};
/// let nothing = Portfolio::default();
/// let annual = statistics::annual(&nothing, &nothing, &statistics::Options::default());
/// let mut page = Vec::new();
/// report::annual_html(&annual, None, Lang::En, &mut page)?;
/// assert!(String::from_utf8(page)?.starts_with("<!DOCTYPE html>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "html")]
pub fn annual_html(report: &Annual, checks: Option<&Report>, lang: Lang, to: impl Write) -> io::Result<()> {
    super::page::write(&outline(report, checks, lang), lang, to)
}

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    city: &'a str,
    before: End,
    after: End,
    figures: Vec<FigureRow<'a>>,
    shares: Vec<ShareRow<'a>>,
    lists: Vec<ListRow<'a>>,
    warnings: Vec<WarningRow<'a>>,
    paragraph: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    checks: Option<Checks<'a>>,
}

#[derive(Serialize)]
struct End {
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    lists: usize,
    items: usize,
}

#[derive(Serialize)]
struct FigureRow<'a> {
    name: &'a str,
    value: usize,
    unit: &'a str,
    title: &'a str,
    list: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<usize>,
    ids: &'a [String],
}

impl<'a> FigureRow<'a> {
    #[inline]
    fn of(figure: &'a Figure, lang: Lang) -> Self {
        let about = figure.about();
        Self {
            name: figure.name,
            value: figure.value,
            unit: about.unit,
            title: lang.pick(about.title.0, about.title.1),
            list: figure.lists.join(","),
            scope: figure.scope.as_ref().map(Scope::as_str),
            as_of: figure.as_of.map(|day| day.to_string()),
            before: figure.before,
            ids: &figure.ids,
        }
    }
}

#[derive(Serialize)]
struct ShareRow<'a> {
    part: &'a str,
    whole: &'a str,
    part_value: usize,
    whole_value: usize,
    percent: String,
}

#[derive(Serialize)]
struct ListRow<'a> {
    list: &'a str,
    kind: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<CountRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<CountRow<'a>>,
    added: &'a [String],
    removed: &'a [String],
    renamed: &'a [String],
    changed: &'a [String],
    by: Vec<ByRow<'a>>,
}

#[derive(Serialize)]
struct CountRow<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    edition: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<u32>,
    items: usize,
    rows: usize,
    main: usize,
    sub: usize,
    handling: usize,
}

impl<'a> CountRow<'a> {
    #[inline]
    fn of(count: &'a ListCount) -> Self {
        Self {
            edition: &count.edition,
            scope: count.scope.as_ref().map(Scope::as_str),
            as_of: count.as_of.map(|day| day.to_string()),
            declared: count.declared,
            items: count.items,
            rows: count.rows,
            main: count.main,
            sub: count.sub,
            handling: count.handling,
        }
    }
}

#[derive(Serialize)]
struct ByRow<'a> {
    by: &'a str,
    groups: Vec<GroupRow<'a>>,
}

#[derive(Serialize)]
struct GroupRow<'a> {
    name: &'a str,
    value: usize,
    ids: &'a [String],
}

#[derive(Serialize)]
struct WarningRow<'a> {
    rule: &'a str,
    severity: &'static str,
    figures: &'a [&'static str],
    ids: &'a [String],
    message: &'a str,
}

#[derive(Serialize)]
struct Checks<'a> {
    error: usize,
    warning: usize,
    note: usize,
    findings: Vec<CheckRow<'a>>,
}

#[derive(Serialize)]
struct CheckRow<'a> {
    severity: &'static str,
    rule: &'a str,
    list: &'a str,
    items: &'a [String],
    count: usize,
    message: &'a str,
}

/// Writes the yearly report's document (`qingdan/annual/1`): each figure with the ids behind it, the lists with what changed,
/// warnings, the paragraph; `checks` holds the findings between lists, where they were checked. List keys and zeros are
/// always written; what is not known is left out.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::{Portfolio, problem::Lang, report, statistics};
/// let nothing = Portfolio::default();
/// let annual = statistics::annual(&nothing, &nothing, &statistics::Options::default());
/// let mut document = Vec::new();
/// report::annual_json(&annual, None, Lang::En, &mut document)?;
/// let document: serde_json::Value = serde_json::from_slice(&document)?;
/// assert_eq!(document["format"], "qingdan/annual/1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn annual_json(report: &Annual, checks: Option<&Report>, lang: Lang, to: impl Write) -> io::Result<()> {
    let value = |name: &str| report.figure(name).map_or(0, |figure| figure.value);
    let year = |year: Option<i32>, of: fn(&ListChange) -> Option<&ListCount>| End {
        year,
        lists: report.lists.iter().filter_map(of).count(),
        items: report.lists.iter().filter_map(of).map(|list| list.items).sum(),
    };
    let list = |change: &'_ ListChange| -> &'static str {
        change.after.as_ref().or(change.before.as_ref()).map_or("", |list| list.kind.as_str())
    };
    let document = Document {
        format: ANNUAL_FORMAT,
        city: &report.city,
        before: year(report.year_before, |change| change.before.as_ref()),
        after: year(report.year, |change| change.after.as_ref()),
        figures: report.figures.iter().map(|figure| FigureRow::of(figure, lang)).collect(),
        shares: report
            .shares
            .iter()
            .map(|share: &Share| ShareRow {
                part: share.part,
                whole: share.whole,
                part_value: value(share.part),
                whole_value: value(share.whole),
                percent: share.percent(),
            })
            .collect(),
        lists: report
            .lists
            .iter()
            .map(|change| ListRow {
                list: &change.list,
                kind: list(change),
                title: &change.title,
                before: change.before.as_ref().map(CountRow::of),
                after: change.after.as_ref().map(CountRow::of),
                added: &change.added,
                removed: &change.removed,
                renamed: &change.renamed,
                changed: &change.changed,
                by: change
                    .by
                    .iter()
                    .map(|(by, groups)| ByRow {
                        by: By::as_str(*by),
                        groups: groups
                            .iter()
                            .map(|group| GroupRow {
                                name: &group.name,
                                value: group.ids.len(),
                                ids: &group.ids,
                            })
                            .collect(),
                    })
                    .collect(),
            })
            .collect(),
        warnings: report
            .warnings
            .iter()
            .map(|warning| WarningRow {
                rule: warning.rule,
                severity: warning.severity.label(Lang::En),
                figures: &warning.figures,
                ids: &warning.ids,
                message: warning.message.text(lang),
            })
            .collect(),
        paragraph: &report.paragraph,
        checks: checks.map(|checks| Checks {
            error: checks.count(Severity::Error),
            warning: checks.count(Severity::Warning),
            note: checks.count(Severity::Note),
            findings: checks
                .findings
                .iter()
                .filter(|finding| is_between(finding))
                .map(|finding| CheckRow {
                    severity: finding.severity.label(Lang::En),
                    rule: finding.rule.id,
                    list: &finding.list,
                    items: &finding.items,
                    count: finding.count,
                    message: finding.message.text(lang),
                })
                .collect(),
        }),
    };
    let mut out = BufWriter::new(to);
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.write_all(b"\n")?;
    out.flush()
}
