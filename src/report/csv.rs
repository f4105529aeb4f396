//! The report as a CSV table, for spreadsheets.

use crate::adjustment::Adjustment;
use crate::codes::AdjustmentKind;
use crate::diff::Differences;
use crate::problem::Lang;
use crate::table::csv::{Delimiter, Writer, mark};
use std::borrow::Cow;
use std::io::{self, Write};

const HEADER: [&str; 12] = [
    "kind",
    "also",
    "from",
    "to",
    "department",
    "field",
    "before",
    "after",
    "confidence",
    "certain",
    "why",
    "document",
];

/// Writes a row for each field that changed, and one row for an item in which none did (new or gone).
///
/// The file begins with a byte order mark, so that Excel opens Chinese as it is meant, and texts that
/// would start a formula are marked ([`mark`]). Several ids or kinds are joined with `;`. A decision that is
/// not known is 待补. Items that changed in spelling or place alone have no row.
///
/// # Errors
/// The writer failed, or a cell holds a NUL, which no text has.
///
/// # Example
/// ```
/// use qingdan::{Catalogue, AnyCatalogue, LicensingItem, Pairs, diff::Comparing, report};
/// let old = Catalogue::<LicensingItem>::default();
/// let mut new = old.clone();
/// new.items.push(LicensingItem::new("A1", "林木采伐许可证核发")).unwrap();
/// let (old, new) = (AnyCatalogue::from(old), AnyCatalogue::from(new));
/// let differences = old.changes_to(&new, &Pairs::none())?.differences(&old, &new, &Comparing::default())?;
/// let mut table = Vec::new();
/// report::csv(&differences, &mut table)?;
/// assert!(String::from_utf8(table)?.ends_with("added,,,A1,,,,,1.0,true,no item of that id,待补\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn csv(differences: &Differences, to: impl Write) -> io::Result<()> {
    let mut writer = Writer::with_mark(to, Delimiter::Comma)?;
    writer.write_row(HEADER)?;
    for adjustment in &differences.adjustments {
        if adjustment.fields.is_empty() {
            writer.write_row(row(adjustment, "", "", ""))?;
        }
        let ids = [&adjustment.from, &adjustment.to].map(|ids| ids.join(";"));
        for field in &adjustment.fields {
            let change = adjustment.changes.iter().find(|change| change.field == *field);
            let [before, after] = match change {
                Some(change) => [&change.before, &change.after],
                // The id is no field of the content: what changed is the item's key.
                None if field == "id" => [&ids[0], &ids[1]],
                None => [const { &String::new() }; 2],
            };
            writer.write_row(row(adjustment, field, before, after))?;
        }
    }
    writer.finish()?.flush()
}

fn row<'a>(
    adjustment: &'a Adjustment,
    field: &'a str,
    before: &'a str,
    after: &'a str,
) -> [Cow<'a, str>; 12] {
    let also: Vec<&str> = adjustment.also.iter().map(AdjustmentKind::as_str).collect();
    let marked = |text: String| Cow::Owned(mark(&text).into_owned());
    let document = match adjustment.document.as_str() {
        "" => super::words::pending(Lang::Zh),
        document => document,
    };
    [
        mark(adjustment.kind.as_str()),
        marked(also.join(";")),
        marked(adjustment.from.join(";")),
        marked(adjustment.to.join(";")),
        mark(&adjustment.department),
        mark(field),
        mark(before),
        mark(after),
        Cow::Owned(format!("{:?}", adjustment.confidence)),
        Cow::Borrowed(if adjustment.certain { "true" } else { "false" }),
        Cow::Owned(mark(&adjustment.why(Lang::En)).into_owned()),
        mark(document),
    ]
}
