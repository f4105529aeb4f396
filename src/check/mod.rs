//! What is wrong with a list, and between the lists of one government.
//!
//! A rule is data ([`RULES`]): an id, a severity, a source, a sentence. Findings are collapsed: one for each rule and
//! cause, with all its items. A rule that hits more than 30 % of a list's items, and more than 20, is one finding
//! marked systematic: probably a different practice here. It names the option that settles it, and is never an error.
//!
//! ```
//! use qingdan::{Catalogue, LicensingItem, Portfolio, check};
//! let mut list = Catalogue::<LicensingItem>::default();
//! list.header.declared = Some(3);
//! list.items.push(LicensingItem::new("000117001000", "林木采伐许可证核发")).unwrap();
//! let mut portfolio = Portfolio::default();
//! portfolio.lists.push(list.into()).unwrap();
//! let report = check::check(&portfolio, &check::Options::default());
//! assert_eq!(report.findings[0].rule.id, "structure/declared-count");
//! ```

mod across;
mod bases;
mod codes;
mod items;
mod known;
mod look;
mod rules;
mod structure;
mod upper;

pub use known::{Accepted, AcceptedClash, AcceptedDelta, LegalStatus, LegalStatusClash, LegalStatusDelta};
pub use rules::{RULES, Rule};

use crate::alias::Aliases;
use crate::portfolio::Portfolio;
use crate::problem::{Message, Severity};
use crate::term::Date;
use crate::watch::{Stopped, Watch};
use indexmap::IndexMap;
use look::{Look, Looks};

/// What a check takes beside the lists.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Lists that others point to. They are looked up, not checked.
    pub references: Portfolio,
    /// The lists of the level above (`--upper`): each list is held against the one of its kind.
    pub uppers: Portfolio,
    /// Legal texts and what became of them (`--repealed`).
    pub laws: Vec<LegalStatus>,
    /// Names that mean the same (`--aliases`).
    pub aliases: Aliases,
    /// Known deviations (`--accept`).
    pub accepted: Vec<Accepted>,
    /// The day of the check: acceptances end, acts are in force until then. Without it the lists' own dates count.
    pub today: Option<Date>,
}

/// One thing that is wrong, with every item that it concerns.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// How much it matters: the rule's severity, or less.
    pub severity: Severity,
    /// Which rule found it.
    pub rule: &'static Rule,
    /// The list: its kind, and its series behind a full stop.
    pub list: String,
    /// The items, by their keys in the list, in its order.
    pub items: Vec<String>,
    /// How many items or places it concerns; at least as many as there are items.
    pub count: usize,
    /// The department of the items; empty where they have several, or none.
    pub department: String,
    /// The field's name, where one is meant.
    pub field: Option<&'static str>,
    /// What is wrong, and what to do.
    pub message: Message,
    /// What was expected, where that can be said.
    pub expected: Option<String>,
    /// What was found, where that can be said.
    pub found: Option<String>,
    /// Whether it stands for a whole rule that hits most of a list.
    pub systematic: bool,
}

/// What a check found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The findings: by list, then by severity, the gravest first.
    pub findings: Vec<Finding>,
    /// How many items were spared by known deviations, and findings on a list as a whole.
    pub accepted: usize,
    /// What is wrong with the known deviations themselves: used up, or out of date.
    pub notes: Vec<Message>,
}

impl Report {
    /// How many findings of this severity there are.
    #[must_use]
    #[inline]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
    /// The findings of a rule.
    #[inline]
    pub fn of<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(move |finding| finding.rule.id == rule)
    }
}

/// Checks the lists of one government, one by one and together. One list alone is a portfolio of one.
///
/// About linear in the items: names of other lists are looked up, never compared one by one.
#[must_use]
#[inline]
pub fn check(portfolio: &Portfolio, options: &Options) -> Report {
    // Nobody stops it.
    check_watched(portfolio, options, &mut Watch::none()).unwrap_or_default()
}

/// [`check`](fn@check), which tells how far it is.
///
/// # Errors
/// It was stopped.
#[inline]
pub fn check_watched(
    portfolio: &Portfolio,
    options: &Options,
    watch: &mut Watch<'_>,
) -> Result<Report, Stopped> {
    watch.at(0, 1)?;
    let looks = Looks::new(portfolio, options);
    let mut findings = Findings::default();
    let laws = bases::Laws::new(&looks);
    // Holding against upper lists takes longest, where there are any.
    let own = if options.uppers.lists.is_empty() { 1.0 } else { 0.4 };
    for (at, list) in looks.lists.iter().enumerate() {
        let mut watch = watch.part(0.0, own);
        let mut watch = watch.one_of(at, looks.lists.len());
        let steps: [&dyn Fn(&mut Findings); 4] = [
            &|findings| structure::check(list, findings),
            &|findings| codes::check(list, findings),
            &|findings| items::check(list, &looks, findings),
            &|findings| bases::check(list, &looks, &laws, findings),
        ];
        for (at, step) in steps.iter().enumerate() {
            watch.one_of(at, steps.len()).at(0, 1)?;
            step(&mut findings);
        }
    }
    across::check(&looks, &mut findings);
    upper::check(portfolio, &looks, &mut findings, &mut watch.part(own, 1.0))?;
    Ok(findings.finish(&looks, options))
}

/// Findings while they are gathered: by rule, list and cause.
#[derive(Default)]
struct Findings {
    found: IndexMap<(&'static str, usize, String), Hit>,
}

/// A finding on its way.
struct Hit {
    items: Vec<usize>,
    /// Places that are no items.
    others: usize,
    /// Items of another list that it is about, by their keys there, and the department that has to act.
    elsewhere: Vec<String>,
    department: String,
    systematic: bool,
    severity: Option<Severity>,
    field: Option<&'static str>,
    message: Message,
    expected: Option<String>,
    found: Option<String>,
}

impl Hit {
    #[inline]
    fn new(message: Message) -> Self {
        Self {
            items: Vec::new(),
            others: 0,
            elsewhere: Vec::new(),
            department: String::new(),
            systematic: false,
            severity: None,
            field: None,
            message,
            expected: None,
            found: None,
        }
    }
    #[inline]
    fn field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }
    #[inline]
    fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
    /// It tells how things are here, not what is wrong with one item.
    #[inline]
    fn systematic(mut self) -> Self {
        self.systematic = true;
        self
    }
    fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }
    fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }
}

impl Findings {
    /// An item is hit. The first hit of a cause says what is wrong.
    fn item(
        &mut self,
        rule: &'static str,
        list: &Look<'_>,
        cause: &str,
        item: usize,
        hit: impl FnOnce() -> Hit,
    ) {
        let entry = self.found.entry((rule, list.index, cause.to_owned())).or_insert_with(hit);
        if entry.items.last() != Some(&item) {
            entry.items.push(item);
        }
    }
    /// The list as a whole is hit.
    fn list(&mut self, rule: &'static str, list: &Look<'_>, cause: &str, hit: impl FnOnce() -> Hit) {
        self.found.entry((rule, list.index, cause.to_owned())).or_insert_with(hit).others += 1;
    }
    /// Items that the list lacks, by their keys in the other list.
    #[inline]
    fn elsewhere(
        &mut self,
        rule: &'static str,
        list: &Look<'_>,
        department: &str,
        keys: Vec<String>,
        hit: Hit,
    ) {
        let hit = Hit { elsewhere: keys, department: department.to_owned(), ..hit };
        self.found.insert((rule, list.index, department.to_owned()), hit);
    }

    #[inline]
    fn finish(self, looks: &Looks<'_>, options: &Options) -> Report {
        let mut report = Report::default();
        let mut acceptance = Acceptance::new(options, looks);
        let mut by_rule: IndexMap<(&'static str, usize), Vec<Hit>> = IndexMap::new();
        for ((rule, list, _), mut hit) in self.found {
            let look = &looks.lists[list];
            hit.items.sort_unstable();
            hit.items.dedup();
            let known = hit.items.len();
            hit.items.retain(|&item| !acceptance.covers(rule, look, item, hit.field));
            report.accepted += known - hit.items.len();
            let lacking = hit.elsewhere.len();
            hit.elsewhere.retain(|key| !acceptance.covers_key(rule, key, hit.field));
            report.accepted += lacking - hit.elsewhere.len();
            if hit.items.is_empty() && hit.elsewhere.is_empty() {
                if known + lacking > 0 {
                    continue;
                }
                // It is about the list as a whole.
                if acceptance.covers_list(rule) {
                    report.accepted += 1;
                    continue;
                }
            }
            by_rule.entry((rule, list)).or_default().push(hit);
        }
        for ((id, list), hits) in by_rule {
            let Some(rule) = RULES.iter().find(|rule| rule.id == id) else {
                debug_assert!(false, "{id} stands in no table of rules");
                continue;
            };
            let look = &looks.lists[list];
            let mut touched: Vec<usize> = hits.iter().flat_map(|hit| hit.items.iter().copied()).collect();
            touched.sort_unstable();
            touched.dedup();
            let (touched_count, whole) = (touched.len(), look.items.len());
            let systematic = rule.brake && touched_count > 20 && touched_count * 10 > whole * 3;
            if systematic && (hits.len() > 1 || rule.severity == Severity::Error) {
                // In tenths of a per cent.
                let tenths = touched_count * 1000 / whole;
                let share = format!("{}.{}", tenths / 10, tenths % 10);
                let first = &hits[0];
                let message = Message::new(
                    format!(
                        "{whole}项中{touched_count}项（{share}%）不合本规则，可能是此处的惯例。{}首例：{}",
                        rule.settle.0, first.message.zh
                    ),
                    format!(
                        "{touched_count} of {whole} items ({share} %) do not keep the rule: probably a different practice here. {}; first: {}",
                        rule.settle.1, first.message.en
                    ),
                );
                report.findings.push(Finding {
                    severity: rule.severity.min(Severity::Warning),
                    rule,
                    list: look.key.clone(),
                    count: touched_count,
                    department: String::new(),
                    field: first.field,
                    expected: None,
                    found: None,
                    items: look.keys(&touched),
                    message,
                    systematic: true,
                });
                continue;
            }
            for hit in hits {
                let mut items = look.keys(&hit.items);
                let department = if hit.department.is_empty() {
                    look.common_department(&hit.items)
                } else {
                    hit.department
                };
                items.extend(hit.elsewhere);
                report.findings.push(Finding {
                    severity: if systematic {
                        hit.severity.unwrap_or(rule.severity).min(Severity::Warning)
                    } else {
                        hit.severity.unwrap_or(rule.severity)
                    },
                    rule,
                    list: look.key.clone(),
                    count: (items.len() + hit.others).max(1),
                    department,
                    field: hit.field,
                    items,
                    message: hit.message,
                    expected: hit.expected,
                    found: hit.found,
                    systematic: systematic || hit.systematic,
                });
            }
        }
        let place = |key: &str| looks.lists.iter().position(|look| look.key == key).unwrap_or(usize::MAX);
        let rule = |finding: &Finding| RULES.iter().position(|rule| rule.id == finding.rule.id);
        report.findings.sort_by_cached_key(|finding| {
            (place(&finding.list), std::cmp::Reverse(finding.severity), rule(finding))
        });
        acceptance.report(&mut report);
        report
    }
}

/// The known deviations, and which of them were of use.
struct Acceptance<'a> {
    rows: Vec<(&'a Accepted, bool, bool)>,
}

impl<'a> Acceptance<'a> {
    #[inline]
    fn new(options: &'a Options, looks: &Looks<'_>) -> Self {
        let day = options.today.or(looks.day);
        let over = |row: &Accepted| row.until.zip(day).is_some_and(|(until, day)| until < day);
        Self { rows: options.accepted.iter().map(|row| (row, over(row), false)).collect() }
    }
    #[inline]
    fn covers(&mut self, rule: &str, look: &Look<'_>, item: usize, field: Option<&str>) -> bool {
        let item = look.items[item];
        !self.rows.is_empty() && self.covers_either(rule, [&item.key(), item.id()], field)
    }
    #[inline]
    fn covers_key(&mut self, rule: &str, key: &str, field: Option<&str>) -> bool {
        self.covers_either(rule, [key, key], field)
    }
    #[inline]
    fn covers_either(&mut self, rule: &str, keys: [&str; 2], field: Option<&str>) -> bool {
        let mut covered = false;
        for (row, over, used) in &mut self.rows {
            let fits = row.rule == rule
                && (row.item.is_empty() || keys.contains(&&*row.item))
                && (row.field.is_empty() || field == Some(&*row.field));
            if fits {
                *used = true;
                covered |= !*over;
            }
        }
        covered
    }
    #[inline]
    fn covers_list(&mut self, rule: &str) -> bool {
        let mut covered = false;
        for (row, over, used) in &mut self.rows {
            if row.rule == rule && row.item.is_empty() {
                *used = true;
                covered |= !*over;
            }
        }
        covered
    }
    #[inline]
    fn report(&self, report: &mut Report) {
        for (row, over, used) in &self.rows {
            let (rule, item) = (&row.rule, &row.item);
            let name = if item.is_empty() { rule.to_string() } else { format!("{rule} {item}") };
            if !RULES.iter().any(|known| known.id == &**rule) {
                report.notes.push(Message::new(
                    format!("已接受的偏差“{name}”：没有这条规则，请见 --rules"),
                    format!("accepted `{name}`: there is no such rule; see --rules"),
                ));
            } else if !used {
                report.notes.push(Message::new(
                    format!("已接受的偏差“{name}”没有用到，可以删去"),
                    format!("accepted `{name}`: nothing found that it covers; take it out"),
                ));
            } else if *over {
                let until = row.until.map(|day| day.to_string()).unwrap_or_default();
                report.notes.push(Message::new(
                    format!("已接受的偏差“{name}”已于{until}到期，不再生效"),
                    format!("accepted `{name}`: it ended on {until}"),
                ));
            }
        }
    }
}

/// A message in both languages.
fn say(zh: impl Into<String>, en: impl Into<String>) -> Hit {
    Hit::new(Message::new(zh, en))
}
