//! Every public type can be sent to, shared with and kept by another thread.

use qingdan::{
    LicensingItem as Item, Text, adjustment, alias, code, codes, companion, diff, document, history, item,
    kind, notice, problem,
};
use qingdan::{relation, table, term, value};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

macro_rules! all {
    ($($type:ty),* $(,)?) => {
        /// The types as they are written.
        const CHECKED: &str = stringify!($($type),*);
        const _: () = {
            const fn linkable<T: Send + Sync + 'static>() {}
            $(linkable::<$type>();)*
        };
    };
}

all! {
    // Values and what comes of them.
    Text, qingdan::List<Text>, qingdan::SharedList<Item>, qingdan::Map<Text>, qingdan::Set<codes::Level>, qingdan::Codes<'static, codes::Level>,
    qingdan::KeyedDelta<Item>, qingdan::ByKey<Item>, qingdan::ByKeyIter<'static, Item>, qingdan::Changed<Item>, qingdan::Run, qingdan::SetDelta<codes::Level>,
    qingdan::MapDelta<Text>, qingdan::KeyedClash<Item>, qingdan::EntryClash<Item>, qingdan::OrderClash, qingdan::Moved,
    qingdan::MapClash<Text>, qingdan::Invalid, qingdan::Repeated, qingdan::NotUpdated, qingdan::Pairs, qingdan::Taken,
    qingdan::Mismatch, qingdan::Mismatches, qingdan::Field, qingdan::SpreadColumn, value::Change<Text>, value::Conflict<Text>,
    value::Merged<qingdan::Catalogue<Item>>, value::Note, value::Path, value::Step, value::Choice,
    value::ClashKind, value::Clash<'static>, value::Never, relation::Equal, relation::Subset,
    relation::AtMost, relation::Concretise, relation::Free,
    // Lists and kinds.
    qingdan::Catalogue<Item>, qingdan::CatalogueDelta<Item>, qingdan::CatalogueClash<Item>, qingdan::Header,
    qingdan::kind::Replaced, qingdan::kind::Disputed, qingdan::AnyCatalogueDelta, qingdan::AnyCatalogueClash,
    qingdan::Portfolio, qingdan::PortfolioDelta, qingdan::PortfolioClash,
    qingdan::check::Options, qingdan::check::Report, qingdan::check::Finding, qingdan::check::Rule,
    qingdan::check::Accepted, qingdan::check::AcceptedDelta, qingdan::check::AcceptedClash,
    qingdan::check::LegalStatus, qingdan::check::LegalStatusDelta, qingdan::check::LegalStatusClash,
    qingdan::name::ItemName, qingdan::report::CheckOptions,
    qingdan::Edition, qingdan::Part, qingdan::Column, qingdan::HeaderDelta, qingdan::HeaderClash, qingdan::EditionDelta, qingdan::EditionClash, qingdan::PartDelta, qingdan::PartClash, qingdan::ColumnDelta, qingdan::ColumnClash, qingdan::Kind, qingdan::AnyCatalogue,
    qingdan::AnyChangeSet, qingdan::ChangeSet<Item>, kind::UnknownKind, kind::DifferentKinds, kind::NotApplied,
    kind::Unfinished, qingdan::watch::Watch<'static>, qingdan::watch::Stopped,
    item::LicensingItem, item::LicensingItemDelta, item::LicensingItemClash,
    item::LicensingNorm, item::LicensingNormDelta, item::LicensingNormClash,
    item::FilingItem, item::FilingItemDelta, item::FilingItemClash,
    item::CertificationItem, item::CertificationItemDelta, item::CertificationItemClash,
    item::CrossRegionItem, item::CrossRegionItemDelta, item::CrossRegionItemClash,
    item::PowerItem, item::PowerItemDelta, item::PowerItemClash,
    item::LicenceReformItem, item::LicenceReformItemDelta, item::LicenceReformItemClash,
    item::ServicePackage, item::ServicePackageDelta, item::ServicePackageClash,
    item::InspectionItem, item::InspectionItemDelta, item::InspectionItemClash,
    item::SupervisionItem, item::SupervisionItemDelta, item::SupervisionItemClash,
    item::DecisionItem, item::DecisionItemDelta, item::DecisionItemClash,
    item::NormativeDocument, item::NormativeDocumentDelta, item::NormativeDocumentClash,
    item::ServiceItem, item::ServiceItemDelta, item::ServiceItemClash,
    item::CustomItem, item::CustomItemDelta, item::CustomItemClash,
    // Terms and codes.
    qingdan::title::Title,
    term::Authority, term::AuthorityDelta, term::AuthorityClash, term::Citation, term::CitationDelta,
    term::CitationClash, term::Date, term::NotADate, term::When, term::EntryText, term::Fee, term::FeeDelta, term::FeeClash,
    qingdan::lineage::Lineage, qingdan::lineage::Link, qingdan::lineage::Share, qingdan::lineage::Reason, qingdan::event::Event, qingdan::conversion::Conversion, qingdan::conversion::Place, qingdan::conversion::Compared<'static>, qingdan::matching::Options, qingdan::matching::By, qingdan::matching::Between, qingdan::matching::Decision, qingdan::matching::DecisionDelta, qingdan::matching::DecisionClash, qingdan::matching::Decided,
    qingdan::citation::Bases, qingdan::citation::Cited, qingdan::citation::Doubt, qingdan::citation::Locator, qingdan::citation::Reference,
    qingdan::citation::Day, qingdan::citation::Deed, qingdan::citation::Event<'static>,
    qingdan::citation::DocumentNumber, qingdan::citation::NotANumber, codes::Rank, term::TimeLimit, term::Material, term::MaterialDelta, term::MaterialClash, codes::Scope,
    codes::AdjustmentKind, codes::ItemChange, codes::AuthorityRole, codes::BodyRole, codes::UpperRelation, codes::Verdict, codes::EventKind, codes::AliasKind, codes::ActStatus, codes::Necessity, term::LimitCase, term::MaterialReading<'static>, term::FeeReading<'static>, qingdan::organ::Body,
    alias::Alias, alias::AliasDelta, alias::AliasClash, alias::Aliases, codes::Level, codes::ItemType, codes::AuthorityNature, codes::ServiceObject,
    codes::HandlingForm, codes::CaseType, codes::SpecialProcedure, codes::Reach, codes::PowerSource,
    codes::ItemState, codes::ResultType, codes::LimitUnit, codes::LevelReading<'static>, codes::Scheme,
    term::Delegation, term::DelegationDelta, term::DelegationClash, term::ItemRef, term::ItemRefDelta,
    term::ItemRefClash, term::Ratio, term::LevelBody, term::LevelBodyDelta, term::LevelBodyClash, term::UpperRef,
    term::UpperRefDelta, term::UpperRefClash,
    codes::CertificationStatus, codes::CheckWay, codes::CrossRegionDirection, codes::CrossRegionMode, codes::CrossRegionScope, codes::DecisionProcedure, codes::DecisionProgress, codes::DelegationKind, codes::DocumentStatus, codes::DocumentType, codes::FilingType, codes::InspectionWeight, codes::IssuerType, codes::LicenceType, codes::Need, codes::PriceSetting, codes::RatioKind, codes::ReformArea, codes::ReformMode, codes::ServiceStatus, codes::Substitute, codes::Uniformity,
    codes::Unlisted<codes::Level>, codes::UnknownScheme, code::BasicCode, code::KindNumber,
    code::SubItem<'static>, code::DivisionCode, code::CreditCode, code::HandlingCode, code::NormHandlingCode,
    code::ImplementationCode, code::Code, code::CodeError, code::Strictness, code::LocalForm, code::CodePart<'static>,
    // Verbs and edges.
    value::Ruling, codes::Pick, qingdan::merge::Identity, qingdan::merge::MergedCatalogue, qingdan::merge::MergedPortfolio,
    qingdan::merge::Unresolved, qingdan::merge::ClashRow, qingdan::merge::Resolved, qingdan::merge::Respelling,
    qingdan::merge::MergeSummary, qingdan::merge::MergeReport<'static>, qingdan::merge::Policy, qingdan::merge::Take,
    qingdan::align::Options, qingdan::align::Alignment, qingdan::align::AlignedList, qingdan::align::AlignSummary, qingdan::align::AlignedItem,
    qingdan::align::Difference, qingdan::align::Systematic, qingdan::align::Candidate, qingdan::align::Namesakes,
    qingdan::merge::Resolution, qingdan::merge::ResolutionDelta, qingdan::merge::ResolutionClash,
    qingdan::rebase::Rebased, qingdan::rebase::Options, qingdan::rebase::Pending, qingdan::rebase::Followed,
    qingdan::rebase::UpperChange, qingdan::rebase::RebaseReport<'static>, qingdan::correspondence::Correspondence,
    qingdan::correspondence::Bodies, qingdan::correspondence::Likely, qingdan::correspondence::Place,
    qingdan::statistics::FigureName, qingdan::statistics::Figure, qingdan::statistics::Options, qingdan::statistics::Share,
    qingdan::statistics::Annual, qingdan::statistics::ListCount, qingdan::statistics::ListChange, qingdan::statistics::By,
    qingdan::statistics::Group, qingdan::statistics::Warning, qingdan::statistics::Reported,
    qingdan::statistics::ReportedDelta, qingdan::statistics::ReportedClash,
    companion::Format,
    history::History, history::HistoryError, history::Knowledge, history::Record, history::Head, history::Document,
    history::Followed, history::Grounds, history::Correction, history::OfDay, history::Loaded, history::Verified,
    history::HistoryFile<std::fs::File>, history::NotOpened, history::Life, history::Form, history::End, history::Transition,
    history::Blame, history::Blamed, history::Today, history::Thing, history::Standing, history::Gone, history::CitedItem,
    history::LogRow,
    notice::Notice, notice::NoticeRow, notice::NoticeRowDelta, notice::NoticeRowClash, notice::Statement, notice::Count,
    notice::Extent, notice::Finding,
    qingdan::report::TextOptions, qingdan::report::Colour,
    adjustment::Adjustment, adjustment::FieldChange, adjustment::PartChange, diff::Comparing,
    diff::Selection, diff::UnknownFields, diff::Summary, diff::Differences, document::Reading<qingdan::AnyCatalogue>,
    document::Refused, document::Duplicates, document::Options, problem::Problem, problem::Place,
    problem::Message, problem::Severity, problem::Lang, table::ColumnNames, table::MissingColumns, table::NotColumns,
    table::csv::Options, table::csv::Dialect, table::csv::Delimiter, table::csv::Encoding, table::csv::Looks,
    table::csv::Place, table::csv::RowsError, table::csv::Row, table::csv::Rows<std::fs::File>,
    table::csv::Checked<std::fs::File>, table::csv::Writer<std::fs::File>,
    qingdan::schema::Portable,
}

/// What callers do not see: the derives' own, and what a walk over a value carries with it.
const HIDDEN: &[&str] = &[
    "AsData",
    "AsValue",
    "Cell",
    "Held",
    "Marks",
    "Members",
    "Merging",
    "Outcome",
    "Patching",
    "Recovering",
    "Settling",
    "Side",
    "Tree",
];

#[test]
fn no_public_type_is_forgotten() {
    let checked: BTreeSet<&str> = CHECKED.split(|c: char| !c.is_alphanumeric()).collect();
    let mut files = Vec::new();
    crate::floors::sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut forgotten = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("private.rs")) {
        let text = fs::read_to_string(file).expect("a source");
        for line in text.lines() {
            let Some(rest) = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
            else {
                continue;
            };
            let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            if !checked.contains(name) && !HIDDEN.contains(&name) {
                forgotten.push(format!("{}: {name}", file.display()));
            }
        }
    }
    assert!(forgotten.is_empty(), "name them above:\n{}", forgotten.join("\n"));
}
