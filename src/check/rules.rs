//! The table of rules.

use crate::problem::Severity::{self, Error, Note, Warning};

/// A rule of checks.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its id, as findings and known deviations name it.
    pub id: &'static str,
    /// How much a finding matters; some matter less.
    pub severity: Severity,
    /// Where it comes from: a standard, a document, or the practice of offices.
    pub source: &'static str,
    /// What it asks, in Chinese and English.
    pub says: (&'static str, &'static str),
    /// What settles it where it hits most of a list, in Chinese and English.
    pub settle: (&'static str, &'static str),
    /// Whether many findings are one systematic finding. Facts that nobody can mean otherwise are not braked.
    pub brake: bool,
}

const ACCEPT: (&str, &str) =
    ("如属惯例，请在 --accept 文件中登记本规则。", "if it is, name the rule in the file of --accept");
const ALIASES: (&str, &str) = ("请在 --aliases 中登记机构对照。", "register the bodies once with --aliases");
const LISTS: (&str, &str) =
    ("如所指清单不全，请用 --references 补充。", "if lists are missing, add them with --references");

macro_rules! rules {
    ($($id:literal $severity:ident $brake:literal $source:literal $zh:literal $en:literal $settle:ident;)*) => {
        /// Every rule, by what it looks at: the list itself, its codes, items and bases, then the lists together.
        pub const RULES: &[Rule] = &[$(Rule {
            id: $id,
            severity: $severity,
            source: $source,
            says: ($zh, $en),
            settle: $settle,
            brake: $brake,
        }),*];
    };
}

rules! {
    "structure/duplicate-id" Error false "GB/T 39554 (one code, one item)" "一个编码只对应一个事项" "a code stands for one item" ACCEPT;
    "structure/duplicate-item" Warning true "practice" "名称、子项、类型、层级、部门都相同的事项只列一次" "an item stands once: equal name, sub item, type, level and department" ACCEPT;
    "structure/parent-missing" Warning true "coding rules of the base catalogue" "子项的主项在清单中" "a sub item's main item stands in the list" ACCEPT;
    "structure/leaves-only" Note false "practice" "清单只列子项时，主项不必在清单中" "a list that holds sub items only needs no main items" ACCEPT;
    "structure/declared-count" Warning false "practice (C16)" "标题和各部分所称项数与实有相符（序号、主项、行、末级任一种算法）" "declared counts fit: by serials, main items, rows or leaves" ACCEPT;
    "code/credit-check" Error false "GB 32100-2015" "统一社会信用代码的字符、长度、校验码正确" "characters, length and check character of a credit code" ACCEPT;
    "code/organisation-check" Warning false "GB 11714" "信用代码中组织机构代码的校验码正确" "the check character of the organisation code inside a credit code" ACCEPT;
    "code/basic-differs" Error true "GB/T 39554.1" "实施编码含其基本编码" "an implementation code holds its basic code" ACCEPT;
    "code/main-implemented" Warning true "coding rules of the base catalogue" "有子项的主项不单独实施" "a main item with sub items is not implemented itself" ACCEPT;
    "code/level-differs" Warning true "coding rules of the base catalogue" "实施编码的层级位与行使层级一致" "the level digit of an implementation code is the item's level" ACCEPT;
    "code/several-names" Note true "practice (C10)" "一个基本编码下的事项名称相近" "items of one basic code have like names" ACCEPT;
    "limit/promise-longer" Error true "行政许可法 42, 43" "承诺办结时限不长于法定办结时限（同一单位）" "a promised limit is no longer than the statutory one (equal units)" ACCEPT;
    "privacy/clerk-name" Warning false "个人信息保护法" "公布的清单不含录入人姓名" "a published list names no clerks" ACCEPT;
    "authority/abstract" Note true "practice" "本级清单写具体机关" "an own list names bodies, not levels and functions" ALIASES;
    "reform/one-mode" Error true "国发〔2021〕7号" "每行每个区域只有一种改革方式" "one reform mode for each row and area" ACCEPT;
    "package/components" Error true "国发〔2024〕3号" "一件事由两个及两个以上事项组成" "a package joins two items or more" ACCEPT;
    "cross-region/decision-moved" Error true "国办发〔2020〕35号" "审批权留在属地机关" "the decision stays with the home organ" ACCEPT;
    "filing/approval" Warning true "国办函〔2022〕110号" "备案不以审查同意为前提" "a filing asks for no approval before the activity" ACCEPT;
    "power/funnel" Error true "statistics of the yearly report" "含有证明材料、可选择告知承诺制的事项都涉及保留证明" "items with materials or commitment have retained certifications" ACCEPT;
    "citation/unsure" Note false "practice" "依据能读出标题和条款" "title and places of a basis can be read" ACCEPT;
    "citation/rank-label-differs" Note false "立法法" "依据的标签与其位阶相符" "the label of a basis fits its rank" ACCEPT;
    "citation/number-differs" Note false "practice" "同一文件的文号一致" "one document bears one number" ACCEPT;
    "citation/licence-on-document" Warning true "行政许可法 14, 15, 17" "许可由法律、法规或国务院决定设定" "a licence is set by a law, a regulation or a decision of the State Council" ACCEPT;
    "citation/repealed" Error false "立法法; --repealed, lists of documents" "依据现行有效" "a basis is in force" ACCEPT;
    "citation/amended" Note false "--repealed" "依据修改后核对条款" "articles are looked at when an act was amended" ACCEPT;
    "basis/repealed-in-note" Error false "the list's own remarks" "备注写明废止的依据不再使用" "a basis that the remarks call repealed is no longer used" ACCEPT;
    "portfolio/own-beyond-general" Error true "C6" "本级清单的事项都在通用清单中" "items of an own-level list stand in the general list" ACCEPT;
    "portfolio/licence-and-filing" Error true "国办函〔2022〕110号 (C11)" "同一活动、同一层级不得既许可又备案" "one activity at one level is licensed or filed, not both" ACCEPT;
    "portfolio/reform-not-licensed" Warning true "国发〔2021〕7号 (C13)" "保留审批的改革事项在许可清单中" "a reform item that stays a licence stands in the licensing list" LISTS;
    "portfolio/abolished-still-licensed" Warning true "国发〔2021〕7号 (C13)" "已取消审批或改为备案的事项不在许可清单中" "what was abolished or converted is no longer in the licensing list" ACCEPT;
    "portfolio/converted-not-filed" Warning true "国发〔2021〕7号" "改为备案的事项在备案清单中" "what became a filing stands in the filing list" LISTS;
    "portfolio/dangling-reference" Error true "C14" "所指的事项存在" "an item that is referred to exists" LISTS;
    "portfolio/cancelled-still-cited" Error true "C15" "不再引用已取消的事项" "nothing points to a cancelled item" ACCEPT;
    "portfolio/licence-outside-list" Warning true "C7, C8" "许可清单之外无许可" "no licence outside the licensing list" LISTS;
    "portfolio/licence-not-in-power" Warning true "C8" "许可清单的事项在权责清单中" "licences stand in the power list" LISTS;
    "portfolio/certification-unserved" Warning true "优化营商环境条例 44" "涉及保留证明的权责事项有对应的保留证明" "a power item with retained certifications is served by one in the list" LISTS;
    "portfolio/commitment-not-covered" Warning true "国办发〔2020〕42号" "告知承诺证明在保留清单中，或其许可实行告知承诺" "a commitment certification is a retained one, or its licence goes by commitment" LISTS;
    "portfolio/package-limit" Warning true "practice" "一件事的时限不长于最长的组成事项" "a package takes no longer than its longest component" ACCEPT;
    "portfolio/inspection-without-power" Warning true "practice" "抽查事项在权责清单中有行政检查" "a spot check has its inspection power" LISTS;
    "portfolio/filing-penalty-missing" Note true "practice" "备案的处罚依据在权责清单中有行政处罚" "a filing's penalty stands in the power list" LISTS;
    "portfolio/penalty-without-licence" Note true "practice" "处罚“未取得某许可”的，许可清单中有该许可" "where going without a licence is punished, the licence stands in the licensing list" LISTS;
    "portfolio/entrusted-unlisted" Note false "陕西省人民政府令第235号 (C12)" "委托事项在委托清单中；没有委托清单时不适用" "entrusted items stand in a list of delegations; without one the rule does not apply" LISTS;
    "upper/no-upper-list" Note false "practice" "给出了上级清单时，每个清单都有同类的上级清单" "where upper lists are given, each list has one of its kind" ACCEPT;
    "upper/not-in-upper" Error true "C1, C4; 地方性法规、规章设定的除外" "下级清单的事项都在上级清单中，或有本地依据" "an item stands in the upper list, or on a local regulation or rule" ACCEPT;
    "upper/own-item" Note false "C4" "本级自有的事项有地方性法规、地方政府规章为据" "an item of one's own stands on a local regulation or rule" ACCEPT;
    "upper/missing" Note true "C5 (应领尽领)" "上级清单中本级应有的事项，本级清单都有，或登记了事由" "what the upper list has for this level stands here, or the reason why not is registered" ACCEPT;
    "upper/perhaps-same" Note false "practice" "同一事项上下级用同一名称（可能是同一事项的，请人工核实）" "one item bears one name above and below (for a person to look at)" ACCEPT;
    "upper/name-differs" Error true "C2, C9 (三级八同)" "同一事项的名称与上级一致；层级、权限用语不计" "an item is named as in the upper list, but for words of level and scope" ACCEPT;
    "upper/code-means-other" Note true "C10" "同一基本编码指同一事项" "a basic code means one item" ACCEPT;
    "upper/code-differs" Warning true "C10" "同一事项用同一基本编码" "one item has one basic code" ACCEPT;
    "upper/basis-missing" Error true "C2, C9" "上级的设定依据，本级都有；本地依据可以另加" "the setting bases of the upper list stand here too; local ones may be added" ACCEPT;
    "upper/article-differs" Warning true "C2, C9" "同一依据的条款与上级一致" "the articles of a basis are those of the upper list" ACCEPT;
    "upper/authority-differs" Warning false "C3" "实施机关、主管部门与上级对应一致" "bodies correspond to those of the upper list in one way" ALIASES;
    "upper/level-beyond" Warning true "C1" "行使层级不超出上级所列" "no level exercises what the upper list does not give it" ACCEPT;
    "upper/limit-longer" Note true "5.2 (承诺时限)" "承诺时限不长于上级（同一单位）" "a promised limit is no longer than the upper list's (equal units)" ACCEPT;
    "upper/more-materials" Warning true "国办发〔2020〕35号; 国办函〔2022〕110号" "申请材料不多于上级" "no more materials than the upper list asks for" ALIASES;
    "upper/field-differs" Warning true "5.2, C9" "要求一致的要素与上级一致" "what must be equal is as in the upper list" ACCEPT;
    "portfolio/entrusted-not-in-list" Warning false "陕西省人民政府令第235号 (C12)" "委托实施的事项在委托清单中" "what is entrusted stands in the list of delegations" LISTS;
}
