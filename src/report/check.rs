//! What a check found, as text for people and as JSON for programs.

use super::Colour;
use crate::check::{Finding, RULES, Report};
use crate::portfolio::Portfolio;
use crate::problem::{Lang, Severity, one_line, shortened};
use crate::record::AnyItem;
use crate::sorting::Sorting as _;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufWriter, Write};

/// The format of a check's JSON.
pub const CHECK_FORMAT: &str = "qingdan/check/1";

/// How findings are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckOptions {
    /// The language of headings and messages; cells stay as they are.
    pub lang: Lang,
    /// Whether severities are coloured.
    pub colour: Colour,
    /// How many items of a finding, and notes of a rule in a list, are shown; `None`: all.
    pub items: Option<usize>,
}

/// Writes findings for people to read: by list, in it by the department that has to act, the gravest first.
///
/// # Errors
/// The writer failed.
///
/// ```
/// use qingdan::{Catalogue, LicensingItem, Portfolio, check, report};
/// let mut list = Catalogue::<LicensingItem>::default();
/// list.header.declared = Some(3);
/// list.items.push(LicensingItem::new("000117001000", "林木采伐许可证核发")).unwrap();
/// let mut portfolio = Portfolio::default();
/// portfolio.lists.push(list.into()).unwrap();
/// let findings = check::check(&portfolio, &check::Options::default());
/// let mut page = Vec::new();
/// report::check_text(&findings, &portfolio, &report::CheckOptions::default(), &mut page)?;
/// assert!(String::from_utf8(page)?.contains("structure/declared-count"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_text(
    report: &Report,
    portfolio: &Portfolio,
    options: &CheckOptions,
    to: impl Write,
) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    let lang = options.lang;
    for list in &portfolio.lists {
        let key = crate::Entry::key(list).into_owned();
        let findings: Vec<&Finding> = report.findings.iter().filter(|finding| finding.list == key).collect();
        if findings.is_empty() {
            continue;
        }
        let title = list.title();
        let count = super::words::items(list.len(), lang);
        writeln!(
            out,
            "{title}{}",
            super::words::bracketed(&format!("{key}{}{count}", lang.pick("，", ", ")), lang)
        )?;
        // Those that no item is hit by come first: they are the list's own.
        let mut departments: Vec<&str> = Vec::new();
        for finding in &findings {
            let department = if finding.items.is_empty() { "" } else { &finding.department };
            if !departments.contains(&department) {
                departments.push(department);
            }
        }
        departments.order_by_key(|department| !department.is_empty());
        let items = list.items();
        let names: HashMap<String, &dyn AnyItem> =
            items.iter().map(|item| (item.key().into_owned(), *item)).collect();
        let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
        for department in departments {
            if !department.is_empty() {
                writeln!(out, "  {}", one_line(department))?;
            }
            let here = findings.iter().filter(|finding| {
                if finding.items.is_empty() {
                    department.is_empty()
                } else {
                    finding.department == department
                }
            });
            for finding in here {
                // Notes of one rule are many at times (a label for each title): the first say what is meant.
                let told = notes.entry(finding.rule.id).or_insert(0_usize);
                *told += usize::from(finding.severity == Severity::Note);
                if options.items.is_none_or(|most| *told <= most) {
                    write_finding(&mut out, finding, list.len(), &names, options)?;
                }
            }
        }
        for (rule, told) in notes {
            let left = told.saturating_sub(options.items.unwrap_or(usize::MAX));
            if left > 0 {
                let more = lang.pick(format!("另有{left}条，见 --all"), format!("{left} more with --all"));
                writeln!(out, "  {} {rule}  {more}", Severity::Note.label(lang))?;
            }
        }
        writeln!(out)?;
    }
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|s| report.count(s));
    let accepted = report.accepted;
    match lang {
        Lang::Zh => {
            write!(out, "错误{errors}、警告{warnings}、提示{notes}")?;
            if accepted > 0 {
                write!(out, "；已接受的偏差涉及{accepted}项")?;
            }
            writeln!(out, "。")?;
        }
        Lang::En => {
            write!(out, "{errors} errors, {warnings} warnings, {notes} notes")?;
            if accepted > 0 {
                write!(out, "; {accepted} items are accepted as they are")?;
            }
            writeln!(out, ".")?;
        }
    }
    out.flush()
}

fn write_finding(
    out: &mut impl Write,
    finding: &Finding,
    whole: usize,
    names: &HashMap<String, &dyn AnyItem>,
    options: &CheckOptions,
) -> io::Result<()> {
    let lang = options.lang;
    let severity = finding.severity.label(lang);
    let severity = match (options.colour, finding.severity) {
        (Colour::Ansi, Severity::Error) => format!("\u{1b}[31m{severity}\u{1b}[0m"),
        (Colour::Ansi, Severity::Warning) => format!("\u{1b}[33m{severity}\u{1b}[0m"),
        _ => severity.to_owned(),
    };
    let count = match (finding.items.len(), finding.systematic, lang) {
        (0, ..) => String::new(),
        (n, true, Lang::Zh) => format!("{whole}项中{n}项："),
        (n, true, Lang::En) => format!("{n} of {whole} items: "),
        (1, ..) => String::new(),
        (n, _, Lang::Zh) => format!("{n}项："),
        (n, _, Lang::En) => format!("{n} items: "),
    };
    writeln!(out, "    {severity} {}  {count}{}", finding.rule.id, one_line(finding.message.text(lang)))?;
    if finding.items.is_empty() {
        return Ok(());
    }
    let shown = options.items.unwrap_or(usize::MAX).min(finding.items.len());
    let mut line = String::new();
    for key in &finding.items[..shown] {
        if !line.is_empty() {
            line.push_str(lang.pick("；", "; "));
        }
        let name = names.get(key).map(|item| (item.name(), item.is_derived()));
        match name {
            Some((name, false)) if name != key => line.push_str(&format!("{key} {}", shortened(name, 40))),
            _ => line.push_str(&shortened(key, 60)),
        }
    }
    if shown < finding.items.len() {
        let left = finding.items.len() - shown;
        line.push_str(
            &lang.pick(format!("……另{left}项，见 --all"), format!(" … and {left} more with --all")),
        );
    }
    writeln!(out, "      {line}")
}

/// Writes the table of rules: id, severity, source, sentence.
///
/// # Errors
/// The writer failed.
pub fn rules(lang: Lang, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    for rule in RULES {
        let says = lang.pick(rule.says.0, rule.says.1);
        writeln!(out, "{}\t{}\t{}\t{says}", rule.id, rule.severity.label(lang), rule.source)?;
    }
    out.flush()
}

/// What is wrong with lists.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "check", deny_unknown_fields)]
pub(crate) struct CheckDocument<'a> {
    /// The format of this document.
    #[schemars(schema_with = "format")]
    format: &'static str,
    /// How many findings of each severity there are.
    summary: Summary,
    /// One for each rule and cause: by list, the gravest first.
    findings: Vec<Row<'a>>,
    /// How many items known deviations spare.
    accepted: usize,
}

#[inline]
fn format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": CHECK_FORMAT})
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "check-summary", deny_unknown_fields)]
struct Summary {
    /// Findings of severity error.
    error: usize,
    /// Findings of severity warning.
    warning: usize,
    /// Findings of severity note.
    note: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "finding", deny_unknown_fields)]
struct Row<'a> {
    /// How much it matters.
    #[schemars(schema_with = "severity")]
    severity: &'static str,
    /// The rule's id.
    rule: &'static str,
    /// The list: its kind, and its series behind a full stop.
    list: &'a str,
    /// The items that it concerns, by their keys in the list.
    items: &'a [String],
    /// How many items or places it concerns.
    count: usize,
    /// The field's name.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    field: &'a str,
    /// What is wrong, and what to do.
    message: &'a str,
    /// What was expected, where that can be said.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    expected: &'a str,
    /// What was found, where that can be said.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    found: &'a str,
    /// Whether it stands for a rule that hits most of the list: such a finding sets no exit code.
    systematic: bool,
}

#[inline]
fn severity(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "enum": ["error", "warning", "note"]})
}

/// Writes the check's document (`qingdan/check/1`): figures, and each finding with all its items.
///
/// # Errors
/// The writer failed.
pub fn check_json(report: &Report, lang: Lang, to: impl Write) -> io::Result<()> {
    let mut out = BufWriter::new(to);
    let rows = report.findings.iter().map(|finding| Row {
        severity: finding.severity.label(Lang::En),
        rule: finding.rule.id,
        list: &finding.list,
        items: &finding.items,
        count: finding.count,
        field: finding.field.unwrap_or_default(),
        message: finding.message.text(lang),
        expected: finding.expected.as_deref().unwrap_or_default(),
        found: finding.found.as_deref().unwrap_or_default(),
        systematic: finding.systematic,
    });
    let document = CheckDocument {
        format: CHECK_FORMAT,
        summary: Summary {
            error: report.count(Severity::Error),
            warning: report.count(Severity::Warning),
            note: report.count(Severity::Note),
        },
        findings: rows.collect(),
        accepted: report.accepted,
    };
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.write_all(b"\n")?;
    out.flush()
}
