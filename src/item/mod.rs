//! The items of each kind of list: one file a kind, plain structs.

mod certification;
pub mod columns;
mod cross_region;
mod custom;
mod decision;
mod document;
mod filing;
mod inspection;
mod licence_reform;
mod licensing;
mod licensing_norm;
mod package;
mod power;
mod service;
mod supervision;

pub use certification::{CertificationItem, CertificationItemClash, CertificationItemDelta};
pub use cross_region::{CrossRegionItem, CrossRegionItemClash, CrossRegionItemDelta};
pub use custom::{CustomItem, CustomItemClash, CustomItemDelta};
pub use decision::{DecisionItem, DecisionItemClash, DecisionItemDelta};
pub use document::{NormativeDocument, NormativeDocumentClash, NormativeDocumentDelta};
pub use filing::{FilingItem, FilingItemClash, FilingItemDelta};
pub use inspection::{InspectionItem, InspectionItemClash, InspectionItemDelta};
pub use licence_reform::{LicenceReformItem, LicenceReformItemClash, LicenceReformItemDelta};
pub use licensing::{LicensingItem, LicensingItemClash, LicensingItemDelta};
pub use licensing_norm::{LicensingNorm, LicensingNormClash, LicensingNormDelta};
pub use package::{ServicePackage, ServicePackageClash, ServicePackageDelta};
pub use power::{PowerItem, PowerItemClash, PowerItemDelta};
pub use service::{ServiceItem, ServiceItemClash, ServiceItemDelta};
pub use supervision::{SupervisionItem, SupervisionItemClash, SupervisionItemDelta};

use crate::codes::{Level, LevelReading, read_levels};
use crate::problem::{Message, Severity, shortened};
use crate::value::Cell;
use crate::{Set, Text};
use std::cell::RefCell;

/// Reads a cell that begins with levels and may go on with a note on scope (地州市级。负责…).
///
/// Without a level word at its head the cell is a note on scope alone: no level is guessed.
fn read_level_cell(text: &str, levels: &mut Set<Level>, scope_note: &mut Text, cx: &mut Cell<'_>) {
    if crate::cell::is_empty_mark(text) {
        return;
    }
    if let Some(read) = known_cell(text) {
        for level in &read {
            levels.insert(level.clone());
        }
        return;
    }
    let LevelReading { levels: read, rest } = read_levels(text, &Level::City);
    if rest.is_empty() && !read.is_empty() {
        keep_cell(text, Set::of(read.iter().cloned()));
    }
    if read.is_empty() {
        cx.say(
            "level/missing",
            Severity::Note,
            Message::new(
                format!("“{}”不以行使层级开头，作为权限说明保存", shortened(text, 30)),
                format!(
                    "`{}` does not begin with a level and is kept as a note on scope",
                    shortened(text, 30)
                ),
            ),
        );
    }
    for level in read {
        levels.insert(level);
    }
    if !rest.is_empty() {
        *scope_note =
            if scope_note.is_empty() { rest.into() } else { format!("{scope_note}\n{rest}").into() };
    }
}

thread_local! {
    /// Cells that this thread has read as levels alone. A list has a few of them, many times.
    static CELLS: RefCell<Vec<(Box<str>, Set<Level>)>> = const { RefCell::new(Vec::new()) };
}

/// More cells than lists have are no help.
const MOST_CELLS: usize = 32;

fn known_cell(text: &str) -> Option<Set<Level>> {
    CELLS.with_borrow(|cells| cells.iter().find(|(cell, _)| **cell == *text).map(|(_, set)| set.clone()))
}

fn keep_cell(text: &str, levels: Set<Level>) {
    CELLS.with_borrow_mut(|cells| {
        if text.len() > 64 {
            return;
        }
        if cells.len() == MOST_CELLS {
            cells.remove(0);
        }
        cells.push((text.into(), levels));
    });
}

/// Whether an item is cancelled: it stands in the list, and counts no more.
pub(crate) fn is_cancelled(item: &dyn crate::AnyItem) -> bool {
    item.get::<Option<crate::codes::ItemState>>("state").and_then(Option::as_ref)
        == Some(&crate::codes::ItemState::Cancelled)
}
