//! Legal bases: what can be read of them, ranks, acts that are no longer in force.

use super::look::{Look, Looks};
use super::{Findings, say};
use crate::citation::{Cited, Deed, DocumentNumber, short_title, title_form};
use crate::codes::{ActStatus, DocumentStatus, ItemType, Rank};
use crate::kind::Kind;
use crate::problem::shortened;
use crate::sorting::Sorting as _;
use crate::term::Date;
use std::collections::HashMap;

#[inline]
pub(super) fn check<'a>(list: &Look<'a>, looks: &Looks<'a>, laws: &Laws, findings: &mut Findings) {
    let mut numbers: HashMap<(String, u16), Vec<(DocumentNumber, usize)>> = HashMap::new();
    for i in 0..list.items.len() {
        for (field, citation) in list.citations(i) {
            let read = looks.read(citation);
            for doubt in read.cited.iter().flat_map(|cited| &cited.doubts) {
                let cause = format!("{} {doubt:?}", field.name);
                findings.item("citation/unsure", list, &cause, i, || {
                    let told = doubt.message();
                    say(
                        format!("“{}”中的依据读得不确定：{}；请核对", field.title(), told.zh),
                        format!(
                            "bases in `{}` are read with doubt: {}; look at them",
                            field.title(),
                            told.en
                        ),
                    )
                    .field(field.name)
                    .found(shortened(&citation.text, 60))
                });
            }
            for cited in &read.cited {
                label(list, i, field.name, cited, findings);
                laws.hold(list, i, field.name, cited, findings);
                if let Some((number, year)) = own_number(cited) {
                    numbers.entry((short_title(&cited.title), year)).or_default().push((number, i));
                }
            }
        }
        ranks(list, looks, i, findings);
        repealed_in_note(list, i, findings);
    }
    numbers_differ(list, &numbers, findings);
}

/// A label that contradicts title and organ: one note for each title.
#[inline]
fn label(list: &Look<'_>, i: usize, field: &'static str, cited: &Cited, findings: &mut Findings) {
    if !cited.label_differs() {
        return;
    }
    let (Some(label), Some(rank)) = (&cited.stated_rank, cited.rank()) else { return };
    findings.item("citation/rank-label-differs", list, &cited.title, i, || {
        say(
            format!("《{}》标为【{label}】，按标题和制定机关是{}", shortened(&cited.title, 50), rank.label()),
            format!(
                "《{}》 is labelled 【{label}】; by title and organ it is {}",
                shortened(&cited.title, 50),
                rank.label()
            ),
        )
        .field(field)
        .expected(rank.label())
        .found(label.clone())
    });
}

/// A licence needs a law, a regulation or a decision behind it (行政许可法 14, 15, 17). Where one column holds setting and
/// implementing bases this can only be suspected.
#[inline]
fn ranks<'a>(list: &Look<'a>, looks: &Looks<'a>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let licence = list.kind == Kind::Licensing
        || list.kind == Kind::LicensingNorm
        || matches!(list.kind, Kind::Power | Kind::Service)
            && super::items::is_of_type(item, &ItemType::Licence);
    if !licence {
        return;
    }
    let setting: Vec<_> = list.citations(i).filter(|(field, _)| field.name == "setting_basis").collect();
    let bases: Vec<_> = if setting.is_empty() {
        list.citations(i).filter(|(field, _)| field.name == "basis").collect()
    } else {
        setting
    };
    let mut ranks = Vec::new();
    for (_, citation) in &bases {
        let read = looks.read(citation);
        if read.cited.is_empty() {
            return;
        }
        for cited in &read.cited {
            let Some(rank) = cited.rank() else { return };
            ranks.push(rank);
        }
    }
    let low = |rank: &Rank| {
        matches!(rank, Rank::NormativeDocument | Rank::PartyDocument | Rank::Standard | Rank::DepartmentRule)
    };
    if ranks.is_empty() || !ranks.iter().all(low) {
        return;
    }
    let highest = ranks.iter().min().map_or("", Rank::label);
    let (name, field) = (shortened(item.name(), 40), bases[0].0.name);
    findings.item("citation/licence-on-document", list, item.id(), i, || {
        say(
            format!("许可“{name}”的依据最高只是{highest}；许可须由法律、法规、国务院决定（临时的由省政府规章）设定"),
            format!("the licence `{name}` stands on no higher basis than {highest}; a licence is set by a law, a regulation or a decision of the State Council"),
        )
        .field(field)
        .found(highest)
    });
}

/// 2015 年 01 月 22 日废止 in the remarks is said of the basis. The word in a basis itself says nothing.
#[inline]
fn repealed_in_note(list: &Look<'_>, i: usize, findings: &mut Findings) {
    let item = list.items[i];
    let note = item.text("remarks");
    let plain: String = note.chars().filter(|c| !c.is_whitespace()).collect();
    let short = plain.chars().count() <= 40 && plain.ends_with("废止") && !plain.contains('《');
    if short
        && plain.contains('年')
        && plain.starts_with(|c: char| c.is_ascii_digit() || c == '已' || c == '于')
    {
        findings.item("basis/repealed-in-note", list, &plain, i, || {
            say(
                format!("备注写明“{plain}”；请更换依据或取消事项"),
                format!("the remarks say `{plain}`; give it another basis, or cancel the item"),
            )
            .field("remarks")
            .found(&*note)
        });
    }
}

/// The number under which a text was first published, and the year of that.
#[inline]
fn own_number(cited: &Cited) -> Option<(DocumentNumber, u16)> {
    let number = cited.number.as_deref()?;
    let events = cited.events();
    let event = events.iter().find(|event| event.number == Some(number))?;
    let number: DocumentNumber = number.parse().ok()?;
    let year = event.day.map(|day| day.year).or(number.year)?;
    let made = [None, Some(Deed::Promulgated), Some(Deed::Adopted), Some(Deed::Approved)];
    made.contains(&event.deed).then_some((number, year))
}

/// One title under different numbers of one year: one of them is wrong. Texts that were issued anew bear another number
/// of another year.
#[inline]
fn numbers_differ(
    list: &Look<'_>,
    numbers: &HashMap<(String, u16), Vec<(DocumentNumber, usize)>>,
    findings: &mut Findings,
) {
    let mut titles: Vec<_> = numbers.iter().collect();
    titles.order_by_key(|(title, _)| *title);
    for ((title, _), found) in titles {
        let (first, _) = &found[0];
        for (number, i) in &found[1..] {
            if number.number != first.number && number.decree == first.decree {
                findings.item("citation/number-differs", list, title, *i, || {
                    say(
                        format!("《{title}》的文号有“{first}”和“{number}”两种；请核对"),
                        format!("《{title}》 bears the numbers {first} and {number}; see which is right"),
                    )
                    .expected(first.to_string())
                    .found(number.to_string())
                });
            }
        }
    }
}

/// Legal texts and what became of them: of the table that the office keeps, and of its lists of documents.
pub(super) struct Laws {
    texts: HashMap<String, Vec<Law>>,
    /// The day of the check, for lists that say none.
    today: Option<Date>,
}

struct Law {
    number: Option<DocumentNumber>,
    state: ActStatus,
    date: Option<Date>,
    replaced_by: String,
    source: (String, String),
}

impl Laws {
    #[inline]
    pub(super) fn new(looks: &Looks<'_>) -> Self {
        let mut texts: HashMap<String, Vec<Law>> = HashMap::new();
        let mut add = |title: &str, law: Law| {
            let title = title_form(title);
            texts.entry(short_title(without_issue(&title))).or_default().push(law);
        };
        for row in &looks.options.laws {
            if let Some(state) = &row.status {
                add(
                    &row.title,
                    Law {
                        number: row.number.parse().ok(),
                        state: state.clone(),
                        date: row.date,
                        replaced_by: row.replaced_by.to_string(),
                        source: ("效力状态表".to_owned(), "the table of acts".to_owned()),
                    },
                );
            }
        }
        for list in looks.with_references(Kind::Document) {
            for item in &list.items {
                let status = item.get::<Option<DocumentStatus>>("status").and_then(Option::as_ref);
                let state = match status {
                    Some(DocumentStatus::Repealed) => ActStatus::Repealed,
                    Some(DocumentStatus::Lapsed) => ActStatus::Expired,
                    _ => continue,
                };
                add(
                    item.name(),
                    Law {
                        number: item.text("number").parse().ok(),
                        state,
                        date: item.get::<Option<Date>>("until").copied().flatten(),
                        replaced_by: item.text("replaced_by").into_owned(),
                        source: (format!("文件目录 {}", list.key), format!("the list {}", list.key)),
                    },
                );
            }
        }
        Self { texts, today: looks.options.today }
    }

    /// Holds a basis against the texts. One finding for each text, with every item that stands on it.
    #[inline]
    fn hold(&self, list: &Look<'_>, i: usize, field: &'static str, cited: &Cited, findings: &mut Findings) {
        // A list of documents says itself what became of each.
        let Some(laws) = self.texts.get(&short_title(without_issue(&cited.title))) else { return };
        let number = cited.number.as_deref().and_then(|number| number.parse::<DocumentNumber>().ok());
        // Where both bear numbers these say which of the texts of one title is meant.
        let law = laws.iter().find(|law| match (&law.number, &number) {
            (Some(known), Some(cited)) => known.is_same(cited),
            _ => true,
        });
        let Some(law) = law else { return };
        let later = law.date.zip(list.day().or(self.today)).is_some_and(|(date, day)| date > day);
        if later {
            return;
        }
        let title = shortened(&cited.title, 60);
        let since = law.date.map(|date| date.to_string()).unwrap_or_default();
        let (source_zh, source_en) = &law.source;
        match law.state {
            ActStatus::Repealed | ActStatus::Expired => {
                // 已废止 stands behind the day as 废止.
                let (word, slug) = (law.state.label().trim_start_matches('已'), law.state.as_str());
                let instead = if law.replaced_by.is_empty() {
                    (String::new(), String::new())
                } else {
                    (
                        format!("，由《{}》代替", title_form(&law.replaced_by)),
                        format!("; 《{}》 took its place", title_form(&law.replaced_by)),
                    )
                };
                let when = if since.is_empty() {
                    ("已".to_owned(), String::new())
                } else {
                    (format!("已于{since}"), format!(" on {since}"))
                };
                findings.item("citation/repealed", list, &cited.title, i, || {
                    say(
                        format!("依据《{title}》{}{word}（来源：{source_zh}）{}；请更换依据或取消事项", when.0, instead.0),
                        format!("the basis 《{title}》 is no longer in force ({slug}{}; by {source_en}){}; give it another basis, or cancel the item", when.1, instead.1),
                    )
                    .field(field)
                });
            }
            ActStatus::Amended => {
                findings.item("citation/amended", list, &cited.title, i, || {
                    say(
                        format!(
                            "《{title}》{}修改（来源：{source_zh}）；请核对条款",
                            if since.is_empty() { "已".to_owned() } else { format!("已于{since}") }
                        ),
                        format!(
                            "《{title}》 was amended {since} (by {source_en}); check the article numbers"
                        ),
                    )
                    .field(field)
                });
            }
            _ => {}
        }
    }
}

/// A title without the bracket of its issue: （2010修正）.
#[inline]
fn without_issue(title: &str) -> &str {
    match title.strip_suffix(['）', ')']) {
        Some(body) => match body.rfind(['（', '(']) {
            Some(at)
                if ["年", "修正", "修订", "号"].iter().any(|word| body[at..].contains(word)) && at > 0 =>
            {
                title[..at].trim_end()
            }
            _ => title,
        },
        None => title,
    }
}
