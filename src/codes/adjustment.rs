//! The kinds of adjustment, in the order of precedence, with their words; what statistical classifications call them.

use super::codes;
use schemars::{Schema, SchemaGenerator};

codes! {
    /// How an item was adjusted from one edition to the next (调整方式).
    ///
    /// A closed list in the order of precedence: an adjustment is named after the first that holds, the
    /// others stand beside it. From the words of adjustment notices (domain.md 3.1), which are read in any of
    /// these spellings and written by their labels; no standard numbers them.
    AdjustmentKind {
        /// The item is new.
        Added: "added", "新增", ["增加", "增设", "新设"], { };
        /// The item is gone.
        Removed: "removed", "取消", ["删除", "删去", "废止", "废除", "不再保留", "不再实施", "不再列入"], { };
        /// One item became several.
        Split: "split", "拆分", ["分设", "分拆", "分解"], { };
        /// Several items became one.
        Merged: "merged", "合并", ["合并实施", "整合", "归并", "并入", "重复"], { };
        /// Another name.
        Renamed: "renamed", "更名", ["变更名称", "名称调整", "名称变更", "名称规范", "规范名称", "调整名称", "修改名称"], { };
        /// Another code.
        Recoded: "recoded", "编码调整", ["编码变更", "调整编码", "变更编码"], { };
        /// To a lower level.
        Delegated: "delegated", "下放", ["下放管理层级"], { };
        /// Back to a higher level.
        Withdrawn: "withdrawn", "收回", ["上收"], { };
        /// From a higher level, seen from below.
        TakenOver: "taken-over", "承接", ["承接下放", "承接国家下放", "承接上级下放", "承接省级下放", "承接省下放", "承接市级下放"], { };
        /// To another body by agreement.
        Entrusted: "entrusted", "委托", [], { };
        /// Not exercised for the time being.
        Suspended: "suspended", "暂停", ["暂停实施", "停止实施"], { };
        /// Exercised again.
        Resumed: "resumed", "恢复", ["恢复实施"], { };
        /// Into another list (a licence that became a filing).
        Converted: "converted", "转为其他清单", ["转为", "转为备案", "调整为备案", "调整为备案制管理", "调整为行政备案", "调整为行政确认", "调整为其他行政权力", "调整为其他权力", "调整为部门内部管理", "调整为内部管理", "调整为公共服务"], { };
        /// Another mode of reform.
        ModeChanged: "mode-changed", "改革方式调整", ["改为告知承诺", "实行告知承诺", "告知承诺", "审批改为备案", "改为备案", "优化审批服务"], { };
        /// Other departments or authorities.
        AuthorityChanged: "authority-changed", "实施机关调整", ["主管部门、实施机关调整", "主管部门调整", "调整实施机关", "调整主管部门", "实施机关变更", "主管部门变更", "变更实施机关", "变更主管部门", "实施主体调整", "调整实施主体", "变更实施主体", "实施部门调整", "改变实施部门", "职能划转", "划转"], { };
        /// Another legal basis.
        BasisChanged: "basis-changed", "依据调整", ["设定和实施依据调整", "设定依据调整", "实施依据调整", "调整设定依据", "修改设定依据", "修改依据", "依据修改", "依据变更", "变更依据"], { };
        /// Other sub items.
        SubitemsChanged: "subitems-changed", "子项调整", ["调整子项", "增加子项", "取消子项", "合并子项", "子项变更"], { };
        /// Anything else.
        Edited: "edited", "要素调整", ["其他要素调整", "要素变更", "内容调整", "修改", "取消部分内容", "取消部分审批内容", "部分取消"], { };
    }

    /// How an item of a classification changed from one version to the next (`ItemChangeType`).
    ///
    /// The terms of the Neuchâtel terminology of statistical classifications, as a profile of XKOS lists them
    /// (`xkosno:ItemChangeType` of XKOS-AP-NO, Digdir): the slugs are its English labels, the order is that of its
    /// notations 1 to 9. What they mean is told as Statistics Canada tells it after GSIM (NAPCS, types of changes RC1 to
    /// RC5, VC1, VC2): the first seven are *real* changes, of what an item means; the last two *virtual* ones, of how it
    /// is called.
    ItemChange {
        /// An item goes, and its meaning goes on in no other.
        Deletion: "deletion", "删除", [], { };
        /// An item comes whose meaning no other had.
        Creation: "creation", "新建", [], { };
        /// Several items go, and their meanings go on in a new one.
        Merging: "merging", "合并", ["merger"], { };
        /// An item goes, and its meaning goes on as a part of one that stays.
        TakeOver: "take-over", "并入", ["takeover"], { };
        /// An item goes, and its meaning is shared out among new ones: the inverse of merging.
        Breakdown: "breakdown", "分解", [], { };
        /// An item stays, and a part of its meaning goes to a new one: the inverse of a take-over.
        SplitOff: "split-off", "析出", ["splitoff"], { };
        /// A part of an item's meaning goes to another that was there.
        Transfer: "transfer", "转移", [], { };
        /// Another code for the same meaning.
        CodeChange: "code-change", "编码变更", [], { };
        /// Another name for the same meaning.
        NameChange: "name-change", "名称变更", [], { };
    }
}

/// Words of sentences that name a kind, and are no label of it that could stand in a cell alone.
const IN_SENTENCES: &[(&str, AdjustmentKind)] = &[
    ("主管部门由", AdjustmentKind::AuthorityChanged),
    ("实施机关由", AdjustmentKind::AuthorityChanged),
    ("审批部门由", AdjustmentKind::AuthorityChanged),
    ("实施部门由", AdjustmentKind::AuthorityChanged),
    ("实施机关作出相应调整", AdjustmentKind::AuthorityChanged),
    ("主管部门作出相应调整", AdjustmentKind::AuthorityChanged),
    ("调整至", AdjustmentKind::AuthorityChanged),
    ("名称由", AdjustmentKind::Renamed),
    ("调整为备案管理", AdjustmentKind::Converted),
];

/// What a change of it is, where a text says that it changes, with other words between (变更行政许可项目名称).
const CHANGED: &[(&str, AdjustmentKind)] = &[
    ("名称", AdjustmentKind::Renamed),
    ("依据", AdjustmentKind::BasisChanged),
    ("实施机关", AdjustmentKind::AuthorityChanged),
    ("实施主体", AdjustmentKind::AuthorityChanged),
    ("主管部门", AdjustmentKind::AuthorityChanged),
    ("子项", AdjustmentKind::SubitemsChanged),
    ("编码", AdjustmentKind::Recoded),
];

impl AdjustmentKind {
    /// The kinds that a text names, each once, in the order in which it names them: the longest word counts where one
    /// stands in another (修改设定依据, 修改). None where it names none.
    ///
    /// What is looked for are label and spellings of every kind, and some words that only sentences have; where there is
    /// none of them, what is said to change (变更行政许可项目名称). In the length of the text times the number of words, of
    /// which there are some hundred.
    ///
    /// ```
    /// use qingdan::codes::AdjustmentKind::{AuthorityChanged, BasisChanged, Edited, Renamed, TakenOver, Withdrawn};
    /// # use qingdan::codes::AdjustmentKind;
    /// assert_eq!(AdjustmentKind::named_in("更名；依据调整"), [Renamed, BasisChanged]);
    /// assert_eq!(AdjustmentKind::named_in("主管部门由甲局调整为乙局，并收回市级权限"), [AuthorityChanged, Withdrawn]);
    /// assert_eq!(AdjustmentKind::named_in("承接国家下放"), [TakenOver]);
    /// assert_eq!(AdjustmentKind::named_in("取消部分内容"), [Edited]);
    /// assert!(AdjustmentKind::named_in("保留").is_empty());
    /// ```
    #[must_use]
    pub fn named_in(text: &str) -> Vec<Self> {
        Self::named_and_rest(text).0
    }

    /// The same, and the text without the words that name them.
    pub(crate) fn named_and_rest(text: &str) -> (Vec<Self>, String) {
        let plain: String = super::folded(text).map(|(_, c)| c).collect();
        let mut found: Vec<Self> = Vec::new();
        let mut unnamed = String::new();
        let mut rest = plain.as_str();
        while let Some(first) = rest.chars().next() {
            let Some((word, kind)) = Self::word_at(rest) else {
                unnamed.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            };
            if !found.contains(&kind) {
                found.push(kind);
            }
            rest = &rest[word.len()..];
        }
        if let ([], Some(kind)) = (&found[..], Self::changed(&plain)) {
            found.push(kind);
            unnamed.clear();
        }
        (found, unnamed)
    }

    /// What a text says to change: 变更…名称 with some words of the same clause between, or 名称变更 with two at most.
    fn changed(text: &str) -> Option<Self> {
        let near = |what: &str, verb: &str| {
            let behind = text.find(verb).and_then(|at| {
                let rest = &text[at + verb.len()..];
                rest.find(what).map(|to| &rest[..to])
            });
            let before = text.find(what).and_then(|at| {
                let rest = &text[at + what.len()..];
                rest.find(verb).map(|to| &rest[..to])
            });
            let within = |words: &str, limit| {
                words.chars().count() <= limit && !words.contains(['，', ',', '。', ';', '、'])
            };
            behind.is_some_and(|words| within(words, 12)) || before.is_some_and(|words| within(words, 2))
        };
        let says = |what: &str| ["变更", "调整", "更改", "规范"].iter().any(|verb| near(what, verb));
        CHANGED.iter().find(|(what, _)| says(what)).map(|(_, kind)| kind.clone())
    }

    /// The longest word of a kind with which the text begins.
    fn word_at(text: &str) -> Option<(&'static str, Self)> {
        let rows = Self::ALL.iter().filter_map(|kind| Some((kind, kind.row().ok()?)));
        let words = rows.flat_map(|(kind, row)| {
            std::iter::once(row.label).chain(row.spellings.iter().copied()).map(move |word| (word, kind))
        });
        let sentences = IN_SENTENCES.iter().map(|(word, kind)| (*word, kind));
        let (word, kind) = words
            .chain(sentences)
            .filter(|(word, _)| text.starts_with(word))
            .max_by_key(|(word, _)| word.len())?;
        Some((word, kind.clone()))
    }

    /// The term of statistical classifications for it ([`ItemChange`]), for items of these ids before and after.
    ///
    /// What became one of several, or several of one, is told by whether an id goes on: a merger into a new item is
    /// *merging*, into one of those that were there a *take-over*; a split into new items is a *breakdown*, one that
    /// leaves the item standing a *split-off*. None where meaning, code and name stay: another body, basis, level or
    /// state is none of the terms.
    ///
    /// ```
    /// use qingdan::codes::{AdjustmentKind, ItemChange};
    /// let change = |kind: AdjustmentKind, from: &[&str], to: &[&str]| kind.item_change(from, to);
    /// assert_eq!(change(AdjustmentKind::Merged, &["1", "2"], &["3"]), Some(ItemChange::Merging));
    /// assert_eq!(change(AdjustmentKind::Merged, &["1", "2"], &["2"]), Some(ItemChange::TakeOver));
    /// assert_eq!(change(AdjustmentKind::Split, &["1"], &["1", "4"]), Some(ItemChange::SplitOff));
    /// assert_eq!(change(AdjustmentKind::BasisChanged, &["1"], &["1"]), None);
    /// ```
    #[must_use]
    pub fn item_change(&self, from: &[impl AsRef<str>], to: &[impl AsRef<str>]) -> Option<ItemChange> {
        let goes_on = || from.iter().any(|old| to.iter().any(|new| old.as_ref() == new.as_ref()));
        let (change, change_where_one_goes_on) = match self {
            // A power that a higher level gave down is new in the list of the one that takes it over.
            Self::Added | Self::TakenOver => (Some(ItemChange::Creation), None),
            Self::Removed => (Some(ItemChange::Deletion), None),
            Self::Split => (Some(ItemChange::Breakdown), Some(ItemChange::SplitOff)),
            Self::Merged => (Some(ItemChange::Merging), Some(ItemChange::TakeOver)),
            Self::Renamed => (Some(ItemChange::NameChange), None),
            Self::Recoded => (Some(ItemChange::CodeChange), None),
            // To another list, whose items were there.
            Self::Converted => (Some(ItemChange::Transfer), None),
            Self::Delegated | Self::Withdrawn | Self::Entrusted | Self::Suspended | Self::Resumed => {
                (None, None)
            }
            Self::ModeChanged | Self::AuthorityChanged | Self::BasisChanged => (None, None),
            Self::SubitemsChanged | Self::Edited | Self::Other(_) => (None, None),
        };
        change_where_one_goes_on.filter(|_| goes_on()).or(change)
    }

    /// The schema where the list is closed: of the adjustments that are derived.
    pub(crate) fn closed_schema(generator: &mut SchemaGenerator) -> Schema {
        const NAME: &str = "adjustment-kind";
        let slugs: Vec<&str> = Self::ALL.iter().map(Self::as_str).collect();
        let mut labels = Self::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().into()));
        let labels = crate::sorting::object(&mut labels);
        let schema = schemars::json_schema!({"type": "string", "enum": slugs, "x-labels": labels});
        generator.definitions_mut().entry(NAME).or_insert(schema.to_value());
        Schema::new_ref(format!("#/$defs/{NAME}"))
    }
}
