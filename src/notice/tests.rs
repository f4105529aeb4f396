use super::*;
use crate::adjustment::Adjustment;
use crate::diff::{Comparing, Differences, by_kind};
use crate::problem::Lang;
use crate::table::csv::{Delimiter, Dialect, Writer};
use crate::{AnyCatalogue, Catalogue, LicensingItem, Pairs};
use AdjustmentKind::{
    Added, AuthorityChanged, BasisChanged, Converted, Delegated, Edited, Merged, ModeChanged, Recoded,
    Removed, Renamed, Resumed, Suspended, TakenOver, Withdrawn,
};
use proptest::prelude::*;

fn read(table: &str) -> (Notice, Vec<String>) {
    let reading = Notice::read_csv(table.as_bytes(), &Dialect::default());
    let line = |p: &Problem| format!("{} {} {}", p.place, p.severity.label(Lang::En), p.rule);
    (reading.value, reading.problems.iter().map(line).collect())
}

fn rules(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| &*finding.problem.rule).collect()
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.problem.message.zh.clone()).collect()
}

fn item(id: &str, name: &str, department: &str, basis: &str) -> LicensingItem {
    let mut item = LicensingItem::new(id, name);
    if !department.is_empty() {
        let _ = item.department.push(department.into());
    }
    if let Ok(citation) = basis.parse() {
        let _ = item.basis.push(citation);
    }
    item
}

fn list(items: &[LicensingItem]) -> Catalogue<LicensingItem> {
    let mut list = Catalogue::default();
    for item in items {
        let _ = list.items.push(item.clone());
    }
    list
}

fn compare(before: Catalogue<LicensingItem>, after: Catalogue<LicensingItem>) -> Differences {
    let (before, after) = (AnyCatalogue::from(before), AnyCatalogue::from(after));
    let changes = before.changes_to(&after, &Pairs::none()).expect("lists of one kind");
    changes.differences(&before, &after, &Comparing::default()).expect("the lists that were compared")
}

#[test]
fn a_comparison_table_is_read_with_its_sections_and_marks() {
    let (notice, problems) = read(
        "附件1,,,,,,,\n\
         某市行政许可事项调整对照表（2024年版）,,,,,,,\n\
         序号,主管部门,调整前,,调整后,,调整方式,备注列\n\
         ,,事项名称,设定依据,事项名称,设定依据,,\n\
         一、取消（共1项）,,,,,,,\n\
         1,市市场监管局,药品零售企业筹建审批,《甲条例》,—,/,,留意\n\
         二、名称调整（共2项）,,,,,,,\n\
         1,市教育局,民办职业学校设立,《乙法》,民办学校设立,同左,更名；依据调整,\n\
         2,市教育局,丙审批,,丁审批,,规范名称,\n\
         备注：以上事项自公布之日起施行。,,,,,,,\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(notice.title(), "某市行政许可事项调整对照表（2024年版）");
    assert_eq!(notice.sections.len(), 2);
    assert_eq!(notice.notes.len(), 1);
    let said = notice.statements();
    assert_eq!(said.len(), 3);
    assert_eq!((&said[0].kinds[..], said[0].before.len(), said[0].after.len()), (&[Removed][..], 1, 0));
    assert_eq!(said[0].department, "市市场监管局");
    assert_eq!(notice.rows[0].bases(), ["《甲条例》", ""]);
    assert_eq!(notice.rows[0].extra.get("备注列").map(|text| &**text), Some("留意"));
    assert_eq!(said[1].kinds, [Renamed, BasisChanged]);
    assert_eq!(notice.rows[1].bases(), ["《乙法》", "《乙法》"]);
    assert_eq!((&*said[2].before[0], &*said[2].after[0]), ("丙审批", "丁审批"));
    assert_eq!(notice.rows[2].line, Some(9));
    assert_eq!(rules(&notice.check()), Vec::<&str>::new());
}

#[test]
fn the_forms_of_published_tables_are_read() {
    // 国务院 2013
    let (notice, problems) = read(
        "国务院决定取消和下放管理层级的行政审批项目目录（共计3项）,,,,\n\
         序号,项目名称,实施机关,设定依据,处理决定\n\
         1,甲审批,卫生部,《甲条例》,下放省级卫生和计划生育部门\n\
         2,乙审批,教育部,《乙条例》,取消\n\
         3,丙审批,教育部,《丙条例》,取消部分内容\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let kinds: Vec<_> = notice.statements().into_iter().map(|statement| statement.kinds).collect();
    assert_eq!(kinds, [vec![Delegated], vec![Removed], vec![Edited]]);
    assert_eq!(notice.rows[0].organs(), ["卫生部", "卫生部"]);
    assert!(notice.check().is_empty(), "{:?}", told(&notice.check()));
    // 2020 下放目录: the kind is the title's.
    let (notice, problems) = read(
        "国务院决定下放审批层级的行政许可事项目录（共1项）,,,,,\n\
         序号,项目名称,审批部门,设定依据,下放后审批部门,加强事中事后监管措施\n\
         1,甲许可,交通运输部,《甲条例》,省级交通运输部门,加强抽查\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(notice.statements()[0].kinds, [Delegated]);
    assert_eq!(notice.rows[0].organs(), ["交通运输部", "省级交通运输部门"]);
    // 权责清单
    let (notice, problems) = read(
        "序号,部门,职权类型,职权名称,子项,调整意见,调整理由及依据\n\
         1,市教育局,行政许可,教师资格认定,高级中学教师资格认定,新增,《教师法》\n\
         2,市教育局,行政处罚,对甲的处罚,无,修改,机构改革\n\
         3,市教育局,行政处罚,对乙的处罚,,保留,\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let said = notice.statements();
    assert_eq!(said[0].after, ["教师资格认定—高级中学教师资格认定"]);
    assert_eq!((&said[0].kinds[..], said[0].before.len()), (&[Added][..], 0));
    assert_eq!((&said[1].kinds[..], &*said[1].before[0]), (&[Edited][..], "对甲的处罚"));
    assert!(said[2].kept && said[2].kinds.is_empty());
    // The office's ideal table: a header of one row, several names in a cell, departments between the rows.
    let (notice, problems) = read(
        "序号,主管部门,调整前：清单序号,调整前：事项名称,调整前：实施机关,调整后：清单序号,调整后：事项名称,调整后：实施机关,调整内容,调整方式,调整依据,备注\n\
         五、合并（共2项并为1项）,,,,,,,,,,,\n\
         1,市林草局,201 / 202,A / B,市林草局,198,C,同左,A、B合并为C,合并,待补,\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let said = notice.statements();
    assert_eq!(
        (&said[0].before[..], &said[0].after[..]),
        (&["A".to_owned(), "B".to_owned()][..], &["C".to_owned()][..])
    );
    assert_eq!((&said[0].kinds[..], &*notice.rows[0].reason), (&[Merged][..], "待补"));
    assert_eq!(notice.rows[0].organs(), ["市林草局", "市林草局"]);
}

#[test]
fn all_problems_of_a_table_are_told_with_their_lines() {
    let (notice, problems) = read(
        "序号,调整前：事项名称,调整后：事项名称,调整方式\n\
         1,甲,,作废\n\
         2,—,/,取消\n\
         3,乙,丙,新增\n\
         4,丁,戊,更名,多\n\
         5,己,庚,\n",
    );
    assert_eq!(
        problems,
        [
            "5:5 error table/surplus-cell",
            "2 warning notice/unknown-kind",
            "3 warning notice/nameless-row",
            "4 warning notice/kind-and-names",
            "6 warning notice/no-kind",
        ]
    );
    assert_eq!(notice.rows.len(), 5);
    assert_eq!(read("甲,乙\n1,2\n").1.last().map(String::as_str), Some("1 error table/no-known-column"));
    assert_eq!(read("").1.len(), 1);
    assert_eq!(read("序号,事项名称,调整方式\n1,\"甲,取消\n").1, ["2:2 error table/unreadable"]);
}

#[test]
fn words_of_notices_are_kinds() {
    let cases: &[(&str, &[AdjustmentKind])] = &[
        ("新增", &[Added]),
        ("因法律法规增加", &[Added]),
        ("取消行政许可", &[Removed]),
        ("废止", &[Removed]),
        ("下放管理层级", &[Delegated]),
        ("收回市级实施权限", &[Withdrawn]),
        ("合并同类事项", &[Merged]),
        ("行政许可调整为行政确认", &[Converted]),
        ("调整为备案制管理", &[Converted]),
        ("改为告知承诺", &[ModeChanged]),
        ("审批改为备案", &[ModeChanged]),
        ("调整至省直相关部门行使", &[AuthorityChanged]),
        ("改变实施部门", &[AuthorityChanged]),
        ("暂停实施", &[Suspended]),
        ("恢复", &[Resumed]),
        ("承接省级下放", &[TakenOver]),
        ("编码变更", &[Recoded]),
        ("主管部门、实施机关调整；更 名", &[AuthorityChanged, Renamed]),
        ("调整", &[]),
        ("变更行政许可项目名称", &[Renamed]),
        ("对实施机关作调整", &[AuthorityChanged]),
        ("依据国务院决定，对清单作如下调整", &[]),
    ];
    for (text, kinds) in cases {
        assert_eq!(AdjustmentKind::named_in(text), *kinds, "{text}");
    }
    // What our own report writes is read as what it was.
    for kind in AdjustmentKind::ALL {
        assert_eq!(AdjustmentKind::named_in(kind.label()), std::slice::from_ref(kind));
        assert_eq!(Words::of(kind.as_str()).kinds, std::slice::from_ref(kind));
    }
}

#[test]
fn the_sentences_of_yanan_are_read() {
    // 延政办函〔2025〕85号, the patterns of its sentences.
    let text = "经市政府同意，现将有关事项通知如下。\n\
        根据《国务院关于修改和废止部分行政法规的决定》（国务院令第797号），删去市市场监管局主管的“药品零售企业筹建审批”。\n\
        “甲市权限内审批”与省级“乙审批”在具体审批内容上重复，删除该地方层面设定事项。\n\
        根据机构职能调整，将“饮用水供水单位卫生许可”“公共场所卫生许可”“放射源诊疗技术和医用辐射机构许可”“医疗机构放射性职业病危害建设项目预评价报告审核”的省级主管部门由省卫生健康委调整为省疾控局，并对市级实施机关作出相应调整。\n\
        将“小额贷款公司设立审批”的省级主管部门调整为省地方金融管理局，并收回市级实施权限。\n\
        深化“放管服”改革。\n";
    let reading = Notice::read_prose(text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let notice = reading.value;
    let said = notice.statements();
    assert_eq!(said.len(), 4);
    assert_eq!((&said[0].kinds[..], &*said[0].department), (&[Removed][..], "市市场监管局"));
    assert!(said[0].after.is_empty());
    assert!(notice.rows[0].reason.contains("国务院令第797号"));
    assert_eq!(said[1].kinds, [Merged, Removed]);
    assert_eq!(
        (&said[2].kinds[..], said[2].before.len(), said[2].after.len()),
        (&[AuthorityChanged][..], 4, 4)
    );
    assert_eq!(notice.rows[2].organs(), ["省卫生健康委", "省疾控局"]);
    assert_eq!(said[3].kinds, [AuthorityChanged, Withdrawn]);
    assert_eq!(notice.rows[3].organs()[1], "省地方金融管理局");
    assert_eq!((notice.head.len(), notice.notes.len()), (1, 1));
    assert_eq!(notice.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4, 5].map(Some));
    assert!(Notice::read_prose("没有事项。").has_errors());
}

#[test]
fn sentences_say_what_became_of_what() {
    let text = "因《甲办法》废止，将“A”、“B”合并为“C”；将“D”更名为“E”。取消“F”“G”。\n依据上级决定，对“H”作相应调整。";
    let reading = Notice::read_prose(text);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let said: Vec<_> = reading.value.statements();
    let shown: Vec<_> = said.iter().map(|s| (&s.kinds[..], s.before.join(","), s.after.join(","))).collect();
    let text = |text: &str| text.to_owned();
    assert_eq!(
        shown,
        [
            (&[Merged][..], text("A,B"), text("C")),
            (&[Renamed][..], text("D"), text("E")),
            (&[Removed][..], text("F,G"), text("")),
            (&[][..], text("H"), text("H")),
        ]
    );
    assert!(said[3].unspecific);
}

#[test]
fn hostile_texts_are_read_in_time() {
    let many = 2_000;
    let texts = [
        "（".repeat(many),
        "共1项：".repeat(many),
        "其中1项，".repeat(many),
        "《".repeat(many),
        "1项（".repeat(many),
        "“".repeat(many),
        "取消“甲”；".repeat(many),
        "甲。".repeat(many),
        "一、取消（3项）,\n".repeat(many) + "序号,事项名称,调整方式\n1,甲,取消\n",
        "序号,事项名称,调整方式\n".to_owned() + &"一、取消（3项）,,\n1,甲,取消\n".repeat(many),
    ];
    let none = compare(list(&[]), list(&[]));
    for text in &texts {
        let began = std::time::Instant::now();
        for notice in [Notice::read_csv(text.as_bytes(), &Dialect::default()), Notice::read_prose(text)] {
            let _ = (notice.value.check(), notice.value.held_against(&none));
        }
        assert!(began.elapsed().as_secs() < 30, "{} {:?}", shortened(text, 20), began.elapsed());
    }
}

/// A table of so many rows for each wording, under a paragraph.
fn notice_of(paragraph: &str, rows: &[(&str, usize)]) -> Notice {
    let mut table = format!("{paragraph},,\n序号,事项名称,调整方式\n");
    let mut serial = 0;
    for (words, count) in rows {
        for _ in 0..*count {
            serial += 1;
            table += &format!("{serial},事项{serial},{words}\n");
        }
    }
    let (notice, problems) = read(&table);
    assert_eq!(problems, Vec::<String>::new(), "{paragraph}");
    notice
}

#[test]
fn the_counts_of_published_notices_are_borne_out_by_their_rows() {
    // domain.md 3.2, each in the manner of its kind.
    let notices: &[(&str, &[(&str, usize)])] = &[
        (
            "甘肃省级第二十一批行政审批项目等事项共61项：取消行政许可10项、取消部分内容8项、取消暂不列入1项、合并实施9项、下放4项、\
             下放部分审批内容5项、新增8项、行政许可调整为行政确认1项、调整为备案制管理2项、调整为其他行政权力2项、调整为部门内部管理1项、\
             变更名称8项、取消市县行政许可2项",
            &[
                ("取消", 13),
                ("取消部分内容", 8),
                ("合并实施", 9),
                ("下放", 9),
                ("新增", 8),
                ("调整为行政确认", 1),
                ("调整为备案制管理", 2),
                ("调整为其他行政权力", 2),
                ("调整为部门内部管理", 1),
                ("变更名称", 8),
            ],
        ),
        (
            "省政府决定取消调整行政审批项目等事项26项，其中取消14项、调整为行政确认1项、调整为备案2项、合并4项、取消部分内容2项、取消市县项目3项",
            &[("取消", 17), ("调整为行政确认", 1), ("调整为备案", 2), ("合并", 4), ("取消部分内容", 2)],
        ),
        (
            "承接23项，取消15项，暂停3项，调整4项，保留392项",
            &[("承接", 23), ("取消", 15), ("暂停", 3), ("调整", 4), ("保留", 7)],
        ),
        (
            "辽宁省政府决定再取消调整一批行政职权事项，共59项：取消25项、下放1项、调整至省直相关部门行使26项、新增3项、承接国家下放4项",
            &[("取消", 25), ("下放", 1), ("调整至省直部门行使", 26), ("新增", 3), ("承接", 4)],
        ),
        (
            "取消6项、下放39项、调整25项，调整后共保留314项",
            &[("取消", 6), ("下放", 39), ("更名", 20), ("依据调整", 5)],
        ),
        ("宁德市取消1项、调整4项（含承接1项）", &[("取消", 1), ("承接", 1), ("更名", 3)]),
        ("与通用目录相比减少28项，其中下放19项、取消5项、不再实施4项", &[("下放", 19), ("取消", 9)]),
        (
            "国务院决定第四批取消和调整186项行政审批项目。其中，取消128项，调整58项（下放29项、改变实施部门8项、合并21项）",
            &[("取消", 128), ("下放", 29), ("改变实施部门", 8), ("合并", 21)],
        ),
    ];
    for (paragraph, rows) in notices {
        let notice = notice_of(paragraph, rows);
        let findings = notice.check();
        assert_eq!(told(&findings), Vec::<String>::new(), "{paragraph}");
    }
}

#[test]
fn the_counts_of_notices_are_read_as_they_are_worded() {
    // The clauses with numbers of 甘肃 2018, 国发〔2013〕19号, 国发〔2014〕5号, 闽政文〔2015〕488号, 宁德 2018, 襄城政办发〔2018〕23号, 清政发
    // 〔2015〕56号.
    let notices: &[(&str, &[(&str, usize)])] = &[
        (
            "省政府决定第二十一批取消和调整行政审批项目61项。在取消和调整行政审批项目61项中，取消行政许可项目10项，取消部分内容的行政许可项目8项，\
             取消已暂不列入省级行政审批项目的事项1项，合并实施行政许可项目9项，向市县级政府下放行政许可项目4项、下放部分审批内容行政许可项目5项，\
             新增行政许可项目8项，行政许可调整为行政确认事项1项，行政许可调整为备案制管理事项2项，行政许可调整为其他行政权力事项2项，\
             行政许可调整为部门内部管理事项1项，变更行政许可项目名称事项8项；市县级政府部门取消行政许可项目2项。\
             同时，中央在甘单位取消行政许可项目2项；省级政府部门取消其他事项共5项（其中：取消其他行政权力事项3项，取消部门内部管理事项2项）。",
            &[
                ("取消", 13),
                ("取消部分内容", 8),
                ("合并实施", 9),
                ("下放", 9),
                ("新增", 8),
                ("行政许可调整为行政确认", 6),
                ("变更名称", 8),
            ],
        ),
        (
            "取消和下放一批行政审批项目等事项，共计117项。其中，取消行政审批项目71项，下放管理层级行政审批项目20项，取消评比达标表彰项目10项，\
             取消行政事业性收费项目3项；取消或下放管理层级的机关内部事项和涉密事项13项（按规定另行通知）。另有16项拟取消或下放。",
            &[("取消", 91), ("下放管理层级", 26)],
        ),
        (
            "再取消和下放64项行政审批项目和18个子项。另建议取消和下放6项依据有关法律设立的行政审批项目。",
            &[("取消", 40), ("下放", 24)],
        ),
        (
            "再取消、下放和调整一批省级行政许可事项，其中：取消6项（含部分取消）、下放39项（含部分下放和委托事项）、调整25项。\
             调整后，省级保留行政许可事项314项。",
            &[("取消", 6), ("下放", 39), ("更名", 20), ("依据调整", 5)],
        ),
        (
            "《取消的市级行政审批和服务事项目录（共1项）》、《调整的市级行政审批和服务事项目录（共4项）》。\
             共对应取消、调整5项市级行政审批和服务事项，其中：取消1项，调整4项（含承接1项）。",
            &[("取消", 1), ("承接", 1), ("更名", 3)],
        ),
        (
            "决定取消、调整行政审批项目等事项27项。其中，取消8项、新增17项、调整2项。根据规定，同时公布区级保留的70项行政审批项目。",
            &[("取消", 8), ("新增", 17), ("调整", 2)],
        ),
        (
            "取消调整和新增行政审批项目共19项。其中，取消行政审批项目2项；新增行政审批项目5项；7项行政许可项目合并为3项行政许可项目；\
             更名的行政审批项目9项。自公布之日起生效。",
            &[("取消", 2), ("新增", 5), ("合并", 3), ("更名", 9)],
        ),
        ("本次共调整3项：拆分1项（分为3项）、合并2项（并为1项）。", &[("拆分", 1), ("合并", 1), ("合并", 1)]),
    ];
    for (paragraph, rows) in notices {
        let notice = notice_of(&format!("\"{paragraph}\""), rows);
        assert_eq!(told(&notice.check()), Vec::<String>::new(), "{paragraph}");
        // A row less is told.
        let mut less = notice.clone();
        less.rows.remove(0);
        assert!(!less.check().is_empty() || paragraph.contains("拆分"), "{paragraph}");
        // And as sentences.
        let prose = Notice::read_prose(&format!("{paragraph}\n“甲”更名为“乙”。")).value;
        assert_eq!(prose.counts(), notice.counts(), "{paragraph}");
    }
}

#[test]
fn counts_that_do_not_add_up_are_told_with_their_numbers() {
    let notice = notice_of("本次共61项：取消10项、新增50项", &[("取消", 9), ("新增", 50)]);
    assert_eq!(
        told(&notice.check()),
        [
            "“本次共”61项，所列各项为10＋50＝60项，不相等；请核对",
            "公告称“本次共”61项，表中为59项；请核对",
            "公告称“取消”10项，表中为9项；请核对",
        ]
    );
    // 其中 may leave some out; more than the whole is wrong in any case.
    let notice = notice_of("共调整5项，其中取消2项、新增1项", &[("取消", 2), ("新增", 1), ("更名", 2)]);
    let findings = notice.check();
    assert_eq!(rules(&findings), ["notice/sum"]);
    assert_eq!(findings[0].problem.severity, crate::problem::Severity::Note);
    let notice = notice_of("共调整3项，其中取消2项、新增2项", &[("取消", 2), ("新增", 1)]);
    assert_eq!(rules(&notice.check()), ["notice/sum", "notice/count-of-rows"]);
    // Sections.
    let (notice, _) = read("序号,事项名称,调整方式\n一、取消（3项）,,\n1,甲,取消\n2,乙,取消\n");
    let findings = notice.check();
    assert_eq!(told(&findings), ["公告称“一、取消（3项）”3项，表中为2项；请核对"]);
    assert_eq!(findings[0].problem.place.line, Some(3));
    // One that comes again under another department.
    let table = |more: &str| {
        format!("序号,事项名称,调整方式\n一、取消（1项）,,\n1,甲,取消\n一、取消（1项）,,\n1,乙,取消\n{more}")
    };
    assert_eq!(read(&table("")).0.check().len(), 0);
    assert_eq!(read(&table("2,丙,取消\n")).0.check().len(), 1);
}

/// The numbers, with those of the parts in brackets.
fn shape(counts: &[Count]) -> String {
    let each = counts.iter().map(|count| match &count.parts[..] {
        [] => count.count.to_string(),
        parts => format!("{}[{}]", count.count, shape(parts)),
    });
    each.collect::<Vec<_>>().join(" ")
}

#[test]
fn counts_are_read_as_a_tree() {
    let texts: &[(&str, &str)] = &[
        ("共61项：其中取消10项、调整51项（含承接3项）", "61[10 51[3]]"),
        ("取消10项行政许可、18个子项", "10"),
        ("行政许可事项64项和18个子项", "64"),
        ("《某目录》（共25项）", "25"),
        ("取消目录（十二项）", "12"),
        ("一件事一次办3件", "3"),
        ("取消：5项。新增：6项", "5 6"),
        ("共5项，其中取消1项、调整4项，其中承接1项", "5[1 4[1]]"),
        ("2018年第21批、10日", ""),
        ("共61项中，取消10项；新增51项。另有3项", "61[10 51]"),
        ("7项许可合并为3项许可", "7"),
        ("调整后，全县共有行政许可事项54项。", ""),
        ("行政许可事项由54项增加到55项，取消1项", "1"),
        ("共有6项行政许可事项调整", "6"),
    ];
    for (text, expected) in texts {
        assert_eq!(shape(&counts::read(text)), *expected, "{text}");
    }
}

#[test]
fn a_notice_is_held_against_what_the_lists_show() {
    let before = list(&[
        item("1", "甲审批", "市教育局", "《教育法》第一条"),
        item("2", "乙审批", "市教育局", ""),
        item("3", "丙审批", "市水务局", ""),
        item("4", "丁审批（一）", "市水务局", ""),
        item("5", "戊审批", "市水务局", ""),
    ]);
    let after = list(&[
        item("1", "甲许可", "市教育局", "《教育法》第二条"),
        item("3", "丙审批", "市水利局", ""),
        item("4", "丁审批(一)", "市水务局", ""),
        item("5", "戊审批", "市水务局", ""),
        item("6", "己审批", "市水务局", ""),
    ]);
    let differences = compare(before, after);
    let (notice, problems) = read(
        "本次共调整6项：取消2项、更名3项、承接1项,,,,\n\
         序号,部门,调整前：事项名称,调整后：事项名称,调整方式\n\
         1,市教育局,甲审批,甲许可,更名\n\
         2,市教育局,乙审批,,暂停\n\
         3,市水务局,丁审批（一）,丁审批(一),更名\n\
         4,市水务局,戊审批,,取消\n\
         5,市水务局,—,己审批,承接\n\
         6,,庚审批,辛审批,更名\n",
    );
    assert_eq!(problems, Vec::<String>::new());
    let findings = notice.held_against(&differences);
    assert_eq!(
        told(&findings),
        [
            "公告将“丁审批(一)”列为更名，两版清单中该项仅文字写法不同",
            "公告将“戊审批”列为取消，两版清单中没有这项调整；请核对名称",
            "公告将“辛审批”列为更名，两版清单中没有这项调整；请核对名称",
            "公告未列“丙审批”（3）：两版清单比较为实施机关调整",
            "公告称“本次共调整”6项，两版清单比较为4项；请核对",
            "公告称“取消”2项，两版清单比较为0—1项；请核对",
            "公告称“更名”3项，两版清单比较为1项；请核对",
        ]
    );
    assert_eq!((findings[1].row, findings[1].problem.place.line), (Some(3), Some(6)));
    assert_eq!(
        (&findings[3].from[..], &findings[3].shown[..]),
        (&["3".to_owned()][..], &[AuthorityChanged][..])
    );
    // A kind that the lists do not show.
    let (notice, _) = read(
        "序号,部门,调整前：事项名称,调整后：事项名称,调整方式\n\
         1,市教育局,甲审批,甲许可,收回；依据调整\n2,,乙审批,,调整\n3,,丙审批,同左,修改\n4,,,己审批,保留\n",
    );
    let findings = notice.held_against(&differences);
    assert_eq!(
        told(&findings),
        [
            "“甲许可”公告为收回；依据调整，两版清单比较为更名；依据调整；请核对",
            "“乙审批”公告为调整，两版清单比较为取消；请核对",
            "“己审批”公告为保留，两版清单比较为新增；请核对",
        ]
    );
    assert_eq!(
        findings[0].problem.line(Lang::En),
        "2: warning: `甲许可` is withdrawn; basis changed in the notice, but the lists show renamed; basis changed; correct one of them"
    );
}

#[test]
fn mergers_are_known_by_any_of_their_names() {
    let mut differences = compare(
        list(&[item("1", "甲", "", ""), item("2", "乙", "", "")]),
        list(&[item("3", "丙", "", ""), item("4", "丁", "", "")]),
    );
    let (notice, _) =
        read("序号,调整前：事项名称,调整后：事项名称,调整方式\n1,\"1.甲\n2.乙\",丙,合并\n2,,丁,新增\n");
    // Not linked: gone, gone, new.
    assert_eq!(told(&notice.held_against(&differences)), Vec::<String>::new());
    let (enumerated, _) =
        read("序号,调整前：事项名称,调整后：事项名称,调整方式\n1,甲、乙,丙,合并\n2,,丁,新增\n");
    assert_eq!(told(&enumerated.held_against(&differences)), Vec::<String>::new());
    let mut merged = differences.adjustments.iter().find(|a| a.to == ["3"]).cloned().expect("it is new");
    (merged.kind, merged.from, merged.name_before) = (Merged, vec!["1".into(), "2".into()], "甲".into());
    differences.adjustments.retain(|a| a.to == ["4"]);
    differences.adjustments.push(merged);
    assert_eq!(told(&notice.held_against(&differences)), Vec::<String>::new());
    differences.item = Some("4".into());
    differences.adjustments.retain(|a| a.to == ["4"]);
    assert_eq!(told(&notice.held_against(&differences)), Vec::<String>::new());
}

#[test]
fn items_of_one_name_are_told_apart_by_department() {
    let differences = compare(
        list(&[item("1", "甲", "市教育局", ""), item("2", "甲", "市水务局", "")]),
        list(&[item("1", "乙", "市教育局", "")]),
    );
    let table = |department: &str| {
        format!(
            "部门,调整前：事项名称,调整后：事项名称,调整方式\n{department},甲,,取消\n市教育局,甲,乙,更名\n"
        )
    };
    assert_eq!(told(&read(&table("市水务局")).0.held_against(&differences)), Vec::<String>::new());
    let notice = read(&table("市教育局")).0;
    assert_eq!(
        told(&notice.held_against(&differences)),
        ["“乙”公告为取消；更名，两版清单比较为更名；请核对", "公告未列“甲”（2）：两版清单比较为取消",]
    );
}

#[test]
fn a_row_about_a_main_item_is_about_its_sub_items_as_well() {
    let with_sub = |id: &str, name: &str, sub: &str, basis: &str| {
        let mut item = item(id, name, "市教育局", basis);
        item.sub_item = sub.into();
        item
    };
    let edition = |name: &str, basis: &str| {
        list(&[
            with_sub("1", name, "", basis),
            with_sub("2", name, "高中", basis),
            with_sub("3", "乙", "幼儿园", "《法》"),
        ])
    };
    let mut after = edition("甲认定", "《法》第二条");
    let _ = after.items.update("3", |item| item.remarks = "新".into());
    let differences = compare(edition("甲审批", "《法》第一条"), after);
    let (notice, _) = read(
        "共2项：更名1项、要素调整1项,,,\n部门,调整前：事项名称,调整后：事项名称,调整方式\n\
         市教育局,甲审批,甲认定,更名\n市教育局,乙,同左,要素调整\n",
    );
    assert_eq!(told(&notice.check()), Vec::<String>::new());
    assert_eq!(told(&notice.held_against(&differences)), Vec::<String>::new());
    // Not where the row says what does not hold for them.
    let (notice, _) =
        read("部门,调整前：事项名称,调整后：事项名称,调整方式\n市水务局,甲审批,甲认定,更名\n,乙,,取消\n");
    assert_eq!(
        told(&notice.held_against(&differences)),
        [
            "“乙—幼儿园”公告为取消，两版清单比较为要素调整；请核对",
            "公告未列“甲认定—高中”（2）：两版清单比较为更名；依据调整",
        ]
    );
}

/// The comparison table of differences, as an office would publish it.
fn published(differences: &Differences) -> Vec<u8> {
    let mut table = Vec::new();
    let mut writer = Writer::new(&mut table, Delimiter::Comma);
    let items = |a: &Adjustment| if a.from.is_empty() { a.to.len() } else { a.from.len() };
    let total: usize = differences.adjustments.iter().map(items).sum();
    let each: Vec<String> = by_kind(&differences.adjustments)
        .iter()
        .map(|(kind, some)| format!("{}{}项", kind.label(), some.iter().map(|a| items(a)).sum::<usize>()))
        .collect();
    let head = format!("本次共调整{total}项：{}。", each.join("、"));
    let mut write = |cells: [&str; 8]| {
        writer.write_row(cells.map(crate::table::csv::mark)).expect("a vector takes all");
    };
    write([&head, "", "", "", "", "", "", ""]);
    write(["序号", "主管部门", "调整前", "", "调整后", "", "调整方式", "调整依据"]);
    write(["", "", "事项名称", "实施机关", "事项名称", "实施机关", "", ""]);
    for (serial, adjustment) in differences.adjustments.iter().enumerate() {
        let kinds = std::iter::once(&adjustment.kind).chain(&adjustment.also);
        let kinds = kinds.map(AdjustmentKind::label).collect::<Vec<_>>().join("；");
        let before = if adjustment.from.is_empty() { "—" } else { &adjustment.name_before };
        let after = match (adjustment.to.is_empty(), adjustment.name_after == before) {
            (true, _) => "—",
            (false, true) => "同左",
            (false, false) => &adjustment.name_after,
        };
        let serial = (serial + 1).to_string();
        write([&serial, &adjustment.department, before, "/", after, "同左", &kinds, "待补"]);
    }
    writer.finish().expect("a vector takes all");
    table
}

fn any_list() -> impl Strategy<Value = Catalogue<LicensingItem>> {
    let name =
        prop_oneof!["[甲乙（）、；“” 。丙]{1,6}".prop_filter("a name", |n| !is_empty_mark(n)), "[甲乙]审批"];
    let entry = (0..12_u8, name, "[子丑]?", "《[法例]》第[一二]条");
    prop::collection::vec(entry, 0..10).prop_map(|entries| {
        let items: Vec<_> = entries
            .iter()
            .map(|(id, name, office, basis)| item(&id.to_string(), name, office, basis))
            .collect();
        list(&items)
    })
}

proptest! {
    #[test]
    fn a_notice_of_what_the_lists_show_holds_against_it(before in any_list(), after in any_list()) {
        let differences = compare(before, after);
        let table = published(&differences);
        let reading = Notice::read_csv(&table, &Dialect::default());
        prop_assert_eq!(&reading.problems, &Vec::new(), "{}", String::from_utf8_lossy(&table));
        prop_assert_eq!(reading.value.rows.len(), differences.adjustments.len());
        prop_assert_eq!(told(&reading.value.check()), Vec::<String>::new());
        prop_assert_eq!(told(&reading.value.held_against(&differences)), Vec::<String>::new());
        // So does the table that our own report writes.
        let mut table = Vec::new();
        crate::report::csv(&differences, &mut table).expect("a vector takes all");
        let reading = Notice::read_csv(&table, &Dialect::default());
        prop_assert_eq!(&reading.problems, &Vec::new());
        prop_assert_eq!(reading.value.statements().len(), differences.adjustments.len());
        prop_assert_eq!(told(&reading.value.held_against(&differences)), Vec::<String>::new());
        // And with a row less, one finding.
        if let Some((last, rest)) = reading.value.statements().split_last() {
            let mut less = reading.value.clone();
            less.rows.truncate(rest.last().map_or(0, |s| s.rows.last().map_or(0, |&at| at + 1)));
            let findings = less.held_against(&differences);
            prop_assert_eq!(rules(&findings), ["notice/not-in-notice"]);
            prop_assert_eq!(&last.ids, &[findings[0].from.join(";"), findings[0].to.join(";")]);
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "[共其中取消调整更名十1-3项（）()：:、，。；“”\"\n,同左—序号事项称方式]{0,60}|\\PC{0,40}") {
        let differences = compare(list(&[item("1", "取消", "", "")]), list(&[item("2", "调整", "", "")]));
        for notice in [Notice::read_csv(text.as_bytes(), &Dialect::default()).value, Notice::read_prose(&text).value] {
            let _ = (notice.check(), notice.held_against(&differences), notice.counts());
        }
        let _ = counts::read(&text);
    }

    #[test]
    fn counts_that_are_written_are_read(counts in prop::collection::vec(1..99_u32, 1..5)) {
        let kinds = [Removed, Added, Renamed, Delegated, BasisChanged];
        let each: Vec<String> = counts.iter().zip(&kinds).map(|(n, kind)| format!("{}{n}项", kind.label())).collect();
        let sum: u32 = counts.iter().sum();
        let read = counts::read(&format!("本次共调整{sum}项：{}。", each.join("、")));
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(read[0].count, sum);
        prop_assert_eq!(read[0].parts.iter().map(|part| part.count).collect::<Vec<_>>(), counts);
        prop_assert!(read[0].parts.iter().zip(&kinds).all(|(part, kind)| part.kinds.iter().eq([kind])));
    }
}
