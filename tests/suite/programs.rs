//! The example programs as scripts call them: what they print, write and exit with, and what bad input does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Once;

/// The folder that the programs were built into; `cargo test` builds them beside the tests.
fn program(name: &str) -> PathBuf {
    static BUILT: Once = Once::new();
    let folder = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("examples");
    // `cargo test --test suite` alone does not build them; where they are built this costs nothing.
    BUILT.call_once(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--examples"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        if cfg!(feature = "zstd") {
            cargo.args(["--features", "zstd"]);
        }
        if !cfg!(debug_assertions) {
            cargo.arg("--release");
        }
        assert!(cargo.status().unwrap().success());
    });
    folder.join(name)
}

pub(crate) fn run(name: &str, arguments: &[&str]) -> Output {
    Command::new(program(name))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("LANG", "C")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const OLD: &str = "examples/data/licensing-2022.csv";
const NEW: &str = "examples/data/licensing-2023.csv";

#[test]
fn the_first_command_of_the_readme() {
    let output = run("list_diff", &["--kind", "licensing", "--lang", "zh", OLD, NEW]);
    assert_eq!((code(&output), told(&output).as_str()), (0, ""));
    let text = String::from_utf8(output.stdout).unwrap();
    for part in ["新增", "取消", "更名", "57", "58"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains('\u{1b}'), "no colours in a pipe");
    let exit = |more: &[&str]| {
        let mut arguments = vec!["--kind", "licensing", "--exit-code"];
        arguments.extend(more);
        code(&run("list_diff", &arguments))
    };
    assert_eq!((exit(&[OLD, NEW]), exit(&[OLD, OLD])), (1, 0));
}

#[test]
fn what_list_diff_writes_list_apply_applies_and_undoes() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (old, new, changes) = (path("old.json"), path("new.json"), path("changes.json"));
    for (list, edition, out) in [(OLD, "2022", &old), (NEW, "2023", &new)] {
        let output = run("list_convert", &["--kind", "licensing", "--edition", edition, list, "--out", out]);
        assert_eq!(code(&output), 0, "{}", told(&output));
    }
    let output = run("list_diff", &[&old, &new, "--format", "json", "--out", &changes]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&changes).unwrap()).unwrap();
    assert_eq!(report["format"], "qingdan/diff/1");
    let summary = &report["summary"];
    let count = |name: &str| summary[name].as_u64().unwrap();
    assert_eq!([count("before"), count("after"), count("added"), count("removed")], [57, 58, 4, 3]);
    assert_eq!([count("renamed"), count("cosmetic"), count("moved")], [3, 5, 2]);
    assert_eq!(count("edited"), 15);
    let (there, back) = (path("there.json"), path("back.json"));
    assert_eq!(code(&run("list_apply", &[&old, &changes, "--out", &there])), 0);
    assert!(fs::read(&there).unwrap() == fs::read(&new).unwrap());
    assert_eq!(code(&run("list_apply", &[&new, &changes, "--invert", "--out", &back])), 0);
    assert!(fs::read(&back).unwrap() == fs::read(&old).unwrap());
    // Its `changes` alone do as well.
    let alone = path("alone.json");
    fs::write(&alone, report["changes"].to_string()).unwrap();
    assert_eq!(code(&run("list_apply", &[&old, &alone, "--out", &there])), 0);
    assert!(fs::read(&there).unwrap() == fs::read(&new).unwrap());
    // To another list: each mismatch named, nothing written.
    let before = fs::read(&there).unwrap();
    let output = run("list_apply", &[&new, &changes, "--out", &there]);
    assert_eq!(code(&output), 1);
    assert!(told(&output).lines().count() > 10, "{}", told(&output));
    assert!(fs::read(&there).unwrap() == before);
    assert_eq!(code(&run("list_apply", &[&new, &changes, "--force", "--out", &there])), 1);
    // A list that all of it fits but that is another one.
    let mut other: serde_json::Value = serde_json::from_slice(&fs::read(&old).unwrap()).unwrap();
    let unchanged =
        other["items"].as_array_mut().unwrap().iter_mut().find(|i| i["id"] == "00010590100Y").unwrap();
    unchanged["sector"] = "教育".into();
    let other_path = path("other.json");
    fs::write(&other_path, other.to_string()).unwrap();
    assert_eq!(code(&run("list_apply", &[&other_path, &changes, "--out", &there])), 1);
    assert_eq!(code(&run("list_apply", &[&other_path, &changes, "--force", "--out", &there])), 0);
}

#[test]
fn a_notice_is_held_against_the_lists() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let diff = |more: &[&str]| {
        let mut arguments = vec!["--kind", "licensing", "--lang", "zh", OLD, NEW];
        arguments.extend(more);
        run("list_diff", &arguments)
    };
    // Our own table says what the lists show.
    let ours = path("ours.csv");
    assert_eq!(code(&diff(&["--format", "csv", "--out", &ours])), 0);
    let output = diff(&["--notice", &ours]);
    assert_eq!((code(&output), told(&output).as_str()), (0, ""));
    assert!(output.stdout == diff(&[]).stdout, "the report is as without a notice");
    // What does not go with them is told, a line each; the report is written all the same.
    let text = path("notice.txt");
    fs::write(&text, "本次共取消2项。\n取消“没有的审批”。\n").unwrap();
    let output = diff(&["--notice", &text]);
    assert_eq!(code(&output), 0);
    assert!(output.stdout == diff(&[]).stdout);
    let lines: Vec<String> = told(&output).lines().map(str::to_owned).collect();
    assert!(lines.iter().all(|line| line.starts_with(&text)), "{lines:#?}");
    let found = |words: &str| lines.iter().filter(|line| line.contains(words)).count();
    assert_eq!(found("公告称“取消”2项，表中为1项；请核对"), 1, "{lines:#?}");
    assert_eq!(found(":2: 警告: 公告将“没有的审批”列为取消，两版清单中没有这项调整"), 1, "{lines:#?}");
    assert_eq!(found("公告未列"), 25, "{lines:#?}");
    assert_eq!(found("公告称“取消”2项，两版清单比较为3项"), 1, "{lines:#?}");
    // One that cannot be read is an error in an input.
    fs::write(&text, "没有事项").unwrap();
    let output = diff(&["--notice", &text]);
    assert_eq!((code(&output), output.stdout.len()), (2, 0));
    assert_eq!(code(&diff(&["--notice", &path("absent.csv")])), 2);
}

#[test]
fn a_table_is_converted_there_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (one, table, two) = (path("one.json"), path("table.csv"), path("two.json"));
    assert_eq!(code(&run("list_convert", &["--kind", "licensing", OLD, "--out", &one])), 0);
    assert_eq!(code(&run("list_convert", &[&one, "--out", &table])), 0);
    let bytes = fs::read(&table).unwrap();
    assert!(bytes.starts_with("\u{feff}序号".as_bytes()), "Excel sees UTF-8");
    assert_eq!(code(&run("list_convert", &["--kind", "licensing", &table, "--out", &two])), 0);
    assert!(fs::read(&one).unwrap() == fs::read(&two).unwrap());
    // In place: the output may be the input.
    assert_eq!(code(&run("list_convert", &[&one, "--out", &one])), 0);
    assert!(fs::read(&one).unwrap() == fs::read(&two).unwrap());
}

#[test]
fn helps_say_what_programs_do() {
    for name in ["list_diff", "list_apply", "list_convert"] {
        let output = run(name, &["--help"]);
        assert_eq!(code(&output), 0);
        assert!(String::from_utf8_lossy(&output.stdout).contains("Exit codes"), "{name}");
        assert_eq!(code(&run(name, &["--no-such-option"])), 2);
        assert_eq!(code(&run(name, &[])), 2);
        let output = run(name, &["--fields", "licensing"]);
        assert!(String::from_utf8_lossy(&output.stdout).contains("许可事项名称"), "{name}");
    }
}

struct Bad<'a> {
    name: &'a str,
    content: Vec<u8>,
    arguments: &'a [&'a str],
    says: &'a [&'a str],
}

#[test]
fn bad_input_gets_a_clear_error_and_leaves_the_output_alone() {
    let header = "事项编码,事项名称,主管部门\n";
    let good = format!("{header}000117001000,林木采伐许可证核发,市林草局\n");
    let document = r#"{"format":"qingdan/catalogue/1","kind":"licensing","items":["#;
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let table: &[&str] = &["--kind", "licensing"];
    let bad = |name, content: &[u8], says| Bad { name, content: content.to_vec(), arguments: table, says };
    let cases = [
        bad("empty.csv", b"", &["no rows"]),
        bad("empty.json", b"", &["empty"]),
        bad("gbk.csv", b"\xca\xc2\xcf\xee\xb1\xe0\xc2\xeb,\xca\xc2\xcf\xee\xc3\xfb\xb3\xc6\n1,\xca\xb3\xc6\xb7\xbe\xad\xd3\xaa\xd0\xed\xbf\xc9\n", &["--encoding gb18030"]),
        bad("broken.csv", b"\xff\xff\xff\xff,\xfe\n", &["UTF-8"]),
        bad("broken.json", b"{\"kind\":\"licensing\",\"format\":\"\xff\",\"items\":[]}", &["UTF-8", "/format"]),
        bad("utf16.csv", &utf16, &["UTF-16"]),
        bad("utf16.json", &utf16, &["UTF-16"]),
        bad("cut.json", format!("{document}{{\"id\":\"1\",\"na").as_bytes(), &["ends here"]),
        bad("kind.json", br#"{"format":"qingdan/catalogue/1","kind":"menu","items":[]}"#, &["menu", "licensing"]),
        bad("version.json", br#"{"format":"qingdan/catalogue/9","kind":"licensing","items":[]}"#, &["qingdan/catalogue/1"]),
        bad("other.json", br#"{"name":"x"}"#, &["kind"]),
        bad("nested.json", "[".repeat(200_000).as_bytes(), &["{"]),
        bad("nested2.json", format!("{document}{}", "[".repeat(200_000)).as_bytes(), &[]),
        bad("nested3.json", format!("{document}{}{}]}}", "[".repeat(200_000), "]".repeat(200_000)).as_bytes(), &["nested"]),
        bad("unknown.csv", b"a,b\n1,2\n", &["no column is a known field", "a、b"]),
        bad("wide.csv", vec!["x"; 10_000].join(",").as_bytes(), &["2000 columns"]),
        bad("quote.csv", format!("{header}1,\"甲,乙\n2,丙,丁\n").as_bytes(), &[":2:", "never closed"]),
        bad("behind.csv", format!("{header}1,\"甲\"乙,丙\n").as_bytes(), &[":2:", "after the closing quote"]),
        bad("surplus.csv", format!("{header}1,甲,乙,丙\n").as_bytes(), &[":2:4:", "more than the header"]),
        bad("twice.csv", format!("{header}1,甲,乙\n1,丙,乙\n").as_bytes(), &["lines 2 and 3"]),
        bad("wrong.json", format!("{document}{{\"id\":\"1\",\"name\":3}},{{\"id\":2}},{{\"name\":\"x\"}},{{\"id\":\"4\",\"levels\":null}}]}}").as_bytes(), &["/items/0/name", "/items/1/id", "/items/2", "/items/3/levels"]),
        bad("list.txt", good.as_bytes(), &[".json, .csv or .tsv"]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.json");
    fs::write(&out, "as it was").unwrap();
    let refused = |path: &Path, arguments: &[&str], says: &[&str]| {
        let mut all = vec![path.to_str().unwrap(), "--out", out.to_str().unwrap()];
        all.extend(arguments);
        let output = run("list_convert", &all);
        let told = told(&output);
        assert_eq!(code(&output), 2, "{}: {told}", path.display());
        assert!(!told.contains("panicked"), "{told}");
        assert!(told.contains("error"), "{}: {told}", path.display());
        for part in says {
            assert!(told.contains(part), "{}: {part}: {told}", path.display());
        }
        assert_eq!(fs::read_to_string(&out).unwrap(), "as it was", "{}", path.display());
    };
    for Bad { name, content, arguments, says } in cases {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        refused(&path, arguments, says);
    }
    refused(folder.path(), table, &["folder"]);
    let as_folder = folder.path().join("folder.csv");
    fs::create_dir(&as_folder).unwrap();
    refused(&as_folder, table, &["folder"]);
    refused(&folder.path().join("missing.csv"), table, &["cannot be opened"]);
    fs::write(folder.path().join("good.csv"), &good).unwrap();
    refused(&folder.path().join("good.csv"), &[], &["--kind"]);
    refused(
        &folder.path().join("good.csv"),
        &["--kind", "licensing", "--columns", "menu=事项编码"],
        &["menu"],
    );
    // An output that cannot be.
    let path = folder.path().join("good.csv");
    let output = run(
        "list_convert",
        &["--kind", "licensing", path.to_str().unwrap(), "--out", "/no/such/folder/x.json"],
    );
    assert_eq!(code(&output), 2);
}

#[test]
fn a_key_that_is_no_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = String::from("区划,序列,事项名称\n");
    for i in 0..100 {
        table += &format!("{},{i},事项{i}\n", 630_200 + i % 3);
    }
    let path = folder.path().join("list.csv");
    fs::write(&path, table).unwrap();
    let path = path.to_str().unwrap();
    let output = run("list_diff", &["--kind", "licensing", "--columns", "id=区划", path, path]);
    assert_eq!(code(&output), 2);
    let told = told(&output);
    assert!(told.contains("is no key") && told.contains("序列"), "{told}");
}

#[test]
fn folders_are_compared_list_by_list() {
    let (old, new) = ("examples/data/yuntai-2023", "examples/data/yuntai-2024");
    let output = run("list_diff", &["--lang", "zh", "--format", "json", old, new]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["format"], "qingdan/portfolio-diff/1");
    assert_eq!(document["lists"].as_object().unwrap().len(), 19);
    let filing = &document["lists"]["filing.general"];
    assert_eq!((&filing["summary"]["before"], &filing["summary"]["after"]), (&14.into(), &16.into()));
    // Each is the comparison of its two lists.
    let alone = run(
        "list_diff",
        &[
            "--format",
            "json",
            &format!("filing:{old}/filing.general.csv"),
            &format!("filing:{new}/filing.general.csv"),
        ],
    );
    let alone: serde_json::Value = serde_json::from_slice(&alone.stdout).unwrap();
    assert_eq!(alone["adjustments"], filing["adjustments"]);
    let text = run("list_diff", &["--lang", "zh", old, new]);
    assert!(String::from_utf8_lossy(&text.stdout).contains("道路旅客运输站经营备案"));
    let exit = |more: &[&str]| code(&run("list_diff", more));
    assert_eq!(exit(&["--exit-code", old, new]), 1);
    assert_eq!(exit(&["--exit-code", old, old]), 0);
    assert_eq!(exit(&["--format", "csv", old, new]), 2);
    assert_eq!(exit(&[old, OLD]), 2);
}

/// Two editions without codes: two organs renamed, one item split, names reworded, one gone and one new.
const WITHOUT_CODES: [&str; 2] = [
    "许可事项名称,主管部门,设定依据
林木采伐许可证核发,市林业局,《中华人民共和国森林法》第五十六条
木材运输证核发,市林业局,《中华人民共和国森林法》第三十七条
野生动物猎捕许可,市林业局,《中华人民共和国野生动物保护法》第二十二条
野生动物驯养繁殖许可,市林业局,《中华人民共和国野生动物保护法》第二十五条
取水许可,市水利局,《取水许可和水资源费征收管理条例》第二条
河道采砂许可,市水利局,《中华人民共和国水法》第三十九条
食品经营许可,市工商局,《中华人民共和国食品安全法》第三十五条
食品生产许可,市工商局,《中华人民共和国食品安全法》第三十五条
广告发布登记,市工商局,《中华人民共和国广告法》第二十九条
计量器具型式批准,市工商局,《中华人民共和国计量法》第十三条
",
    "许可事项名称,主管部门,设定依据
林木采伐许可证核发（市级权限）,市林业和草原局,《中华人民共和国森林法》第五十六条
野生动物猎捕许可,市林业和草原局,《中华人民共和国野生动物保护法》第二十二条
野生动物人工繁育许可,市林业和草原局,《中华人民共和国野生动物保护法》第二十五条
取水许可,市水利局,《取水许可和水资源费征收管理条例》第二条
河道采砂许可,市水利局,《中华人民共和国水法》第三十九条
食品经营许可（餐饮服务）,市市场监管局,《中华人民共和国食品安全法》第三十五条
食品经营许可（食品销售）,市市场监管局,《中华人民共和国食品安全法》第三十五条
食品生产许可,市市场监管局,《中华人民共和国食品安全法》第三十五条
计量器具型式批准,市市场监管局,《中华人民共和国计量法》第十三条
校车使用许可,市教育局,《校车安全管理条例》第十五条
",
];

#[test]
fn what_became_of_items_without_codes_is_found_and_decided() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for (name, text) in ["old.csv", "new.csv"].iter().zip(WITHOUT_CODES) {
        fs::write(path(name), text).unwrap();
    }
    let diff = |more: &[&str]| {
        let (old, new) = (path("old.csv"), path("new.csv"));
        let mut arguments = vec!["--kind", "licensing", "--format", "json", &old, &new];
        arguments.extend(more);
        let output = run("list_diff", &arguments);
        assert_eq!(code(&output), 0, "{}", told(&output));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (json, told(&output))
    };
    let kind_of = |json: &serde_json::Value, from: &str| -> (String, Vec<String>, bool) {
        let all = json["adjustments"].as_array().unwrap();
        let one = all.iter().find(|a| a["from"][0] == from).unwrap_or_else(|| panic!("{from}: {json}"));
        let to = one["to"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        (one["kind"].as_str().unwrap().to_owned(), to, one["certain"].as_bool().unwrap())
    };
    let (json, _) = diff(&["--to-decide", &path("decide.csv")]);
    let count = |json: &serde_json::Value, of: &str| json["summary"][of].as_u64().unwrap();
    assert_eq!(count(&json, "before"), count(&json, "unchanged") + count(&json, "removed") + 6);
    assert_eq!((count(&json, "removed"), count(&json, "added"), count(&json, "split")), (2, 1, 1));
    assert_eq!(kind_of(&json, "林木采伐许可证核发").0, "renamed");
    assert_eq!(
        kind_of(&json, "食品生产许可"),
        ("authority-changed".into(), vec!["食品生产许可".into()], true)
    );
    assert_eq!(kind_of(&json, "食品经营许可").1.len(), 2);
    let events = json["events"].as_array().unwrap();
    let organs: Vec<_> =
        events.iter().map(|e| (e["kind"].as_str(), e["from"].as_str(), e["to"].as_str())).collect();
    assert_eq!(
        organs,
        [
            (Some("organ-renamed"), Some("市工商局"), Some("市市场监管局")),
            (Some("organ-renamed"), Some("市林业局"), Some("市林业和草原局")),
        ]
    );
    // The file to fill in lists what is not certain, and says nothing as long as nothing is filled in.
    let open = fs::read_to_string(path("decide.csv")).unwrap();
    assert!(open.contains("食品经营许可,食品经营许可（") && open.contains("similar name"), "{open}");
    assert_eq!(diff(&["--decisions", &path("decide.csv")]).0, json);
    // What a person says goes before everything, with its document.
    fs::write(
        path("decided.csv"),
        "from,to,decision,kind,document,note\n\
         食品经营许可,食品经营许可（餐饮服务）,same,,海政办〔2023〕1号,\n\
         野生动物驯养繁殖许可,野生动物人工繁育许可,different,,,\n\
         木材运输证核发,,same,,国发〔2023〕5号,森林法修订后不再设定\n,校车使用许可,same,taken-over,青政〔2023〕2号,\n\
         没有的事项,校车使用许可,same,,,\n",
    )
    .unwrap();
    let (json, said) = diff(&["--decisions", &path("decided.csv")]);
    assert!(said.contains("没有的事项"), "{said}");
    assert_eq!(kind_of(&json, "食品经营许可").1, ["食品经营许可（餐饮服务）"]);
    assert_eq!(kind_of(&json, "野生动物驯养繁殖许可").0, "removed");
    let all = json["adjustments"].as_array().unwrap();
    // The reason stands with the adjustment.
    let gone = all.iter().find(|a| a["from"][0] == "木材运输证核发").unwrap();
    assert_eq!(gone["note"], "森林法修订后不再设定");
    let school = all.iter().find(|a| a["to"][0] == "校车使用许可").unwrap();
    assert_eq!((&school["also"][0], &school["document"]), (&"taken-over".into(), &"青政〔2023〕2号".into()));
    // A contradiction is an error, and nothing is written.
    fs::write(
        path("wrong.csv"),
        "from,to,decision\n食品经营许可,食品经营许可（餐饮服务）,same\n食品经营许可,食品经营许可（餐饮服务）,different\n",
    )
    .unwrap();
    let output = run(
        "list_diff",
        &[
            "--kind",
            "licensing",
            &path("old.csv"),
            &path("new.csv"),
            "--decisions",
            &path("wrong.csv"),
            "--out",
            &path("out.txt"),
        ],
    );
    assert_eq!(code(&output), 2);
    assert!(!Path::new(&path("out.txt")).exists());
}

#[test]
fn a_licence_that_became_a_filing_is_told_of_both_lists() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let header = "编码,事项名称,主管部门\n";
    for (year, licences, filings) in [
        ("2022", "1,取水许可,市水利局\n2,诊所设置审批,市卫生健康委\n", "7,养老机构备案,市民政局\n"),
        ("2023", "1,取水许可,市水利局\n", "7,养老机构备案,市民政局\n8,诊所设置备案,市卫生健康委\n"),
    ] {
        fs::create_dir(path(year)).unwrap();
        fs::write(path(&format!("{year}/licensing.csv")), format!("{header}{licences}")).unwrap();
        fs::write(path(&format!("{year}/filing.csv")), format!("{header}{filings}")).unwrap();
    }
    let output = run("list_diff", &[&path("2022"), &path("2023"), "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let converted = &json["converted"][0];
    assert_eq!(converted["from"], serde_json::json!({"list": "licensing", "id": "2"}));
    assert_eq!(converted["to"], serde_json::json!({"list": "filing", "id": "8"}));
    assert_eq!(json["lists"]["licensing"]["adjustments"][0]["also"][0], "converted");
}

#[test]
fn fields_are_named_by_their_headers_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let old = file("old.csv", "事项编码,事项名称,备注,另一列\n1,甲许可,一,x\n");
    let new = file("new.csv", "事项编码,事项名称,备注,另一列\n1,甲许可证核发,二,y\n");
    let adjusted = |more: &[&str]| {
        let mut arguments = vec!["--kind", "licensing", "--format", "csv", &old, &new];
        arguments.extend(more);
        let output = run("list_diff", &arguments);
        assert_eq!(code(&output), 0, "{}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    for (name, gone) in [("事项名称", "甲许可证核发"), ("备注", "二"), ("另一列", "y"), ("extra", "y")]
    {
        assert!(adjusted(&[]).contains(gone));
        let without = adjusted(&["--ignore", name]);
        let fields: Vec<&str> = without.lines().skip(1).collect();
        assert!(!fields.iter().any(|line| line.contains(&format!(",{gone},"))), "{name}: {without}");
    }
    // Each output says it: a table on standard error.
    for (format, said) in
        [("text", ": 备注."), ("markdown", ": 备注."), ("json", "\"ignore\": [\"remarks\"]")]
    {
        let output =
            run("list_diff", &["--kind", "licensing", &old, &new, "--ignore", "备注", "--format", format]);
        assert!(String::from_utf8_lossy(&output.stdout).contains(said), "{format}: {output:?}");
        assert_eq!(told(&output), "", "{format}");
    }
    let only = ["--kind", "licensing", &old, &new, "--only", "remarks", "--format"];
    let output = run("list_diff", &[&only[..], &["json"]].concat());
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"only\": [\"remarks\"]"), "{output:?}");
    let output = run("list_diff", &[&only[..], &["csv"]].concat());
    assert_eq!(told(&output), "Only these fields took part: 备注.\n");
    let output = run("list_diff", &["--kind", "licensing", &old, &new, "--ignore", "第几列"]);
    assert_eq!((code(&output), told(&output).contains("第几列")), (2, true));
}

#[test]
fn two_outputs_are_looked_at_before_one_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.csv");
    fs::write(&out, "as it was").unwrap();
    let out = out.to_str().unwrap();
    for to_decide in [out, "/no/such/folder/x.csv"] {
        let output =
            run("list_diff", &["--kind", "licensing", OLD, NEW, "--out", out, "--to-decide", to_decide]);
        assert_eq!(code(&output), 2, "{}", told(&output));
        assert_eq!(fs::read_to_string(out).unwrap(), "as it was");
    }
}

#[test]
fn the_document_is_that_of_the_new_list() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new.json");
    let new = new.to_str().unwrap();
    assert_eq!(code(&run("list_convert", &["--kind", "licensing", NEW, "--out", new])), 0);
    let output = run(
        "list_diff",
        &["--kind", "licensing", OLD, new, "--document", "某政发〔2023〕1号", "--format", "csv"],
    );
    let rows = String::from_utf8(output.stdout).unwrap();
    assert!(rows.contains("某政发〔2023〕1号") && !rows.contains("待补"), "{rows}");
}

/// A folder of tables, and what a program writes into it.
struct Tables(tempfile::TempDir);

impl Tables {
    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
    fn put(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }
}

#[test]
fn an_altered_change_set_is_noticed() {
    let desk = Tables(tempfile::tempdir().unwrap());
    let (changes, out) = (desk.path("changes.json"), desk.path("out.json"));
    assert_eq!(code(&run("list_diff", &["--kind", "licensing", OLD, NEW, "--out", &changes])), 0);
    let mut document: serde_json::Value = serde_json::from_slice(&fs::read(&changes).unwrap()).unwrap();
    document["changes"]["after"]["digest"] = "0".repeat(64).into();
    let altered = desk.put("altered.json", &document.to_string());
    let apply = |changes: &str, more: &[&str]| {
        let mut arguments = vec!["--kind", "licensing", OLD, changes, "--out", &out];
        arguments.extend(more);
        code(&run("list_apply", &arguments))
    };
    assert_eq!([apply(&changes, &[]), apply(&altered, &[]), apply(&altered, &["--force"])], [0, 1, 0]);
}

#[test]
fn a_forced_change_set_never_makes_two_items_of_one_id() {
    let desk = Tables(tempfile::tempdir().unwrap());
    let old = desk.put("old.csv", "事项编码,事项名称\n1,取水许可\n2,校车使用许可\n");
    let new = desk.put("new.csv", "事项编码,事项名称\n2,取水许可\n3,校车使用许可\n");
    let other = desk.put("other.csv", "事项编码,事项名称\n1,取水许可\n2,校车使用许可\n3,河道采砂许可\n");
    let (changes, out) = (desk.path("changes.json"), desk.path("out.json"));
    let by_names = ["--kind", "licensing", "--match", "names", &old, &new, "--out", &changes];
    assert_eq!(code(&run("list_diff", &by_names)), 0);
    let output = run("list_apply", &["--kind", "licensing", &other, &changes, "--force", "--out", &out]);
    assert_eq!(code(&output), 1, "{}", told(&output));
    let list: serde_json::Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    let ids: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[test]
fn what_was_not_sure_stays_so_between_editions() {
    let desk = Tables(tempfile::tempdir().unwrap());
    let list = |first: &str| {
        format!(
            "主管部门,事项名称\n市农业农村局,{first}\n市农业农村局,动物防疫条件合格证核发\n市公安局,校车驾驶资格许可\n"
        )
    };
    let old = desk.put("old.csv", &list("农药经营许可"));
    let new = desk.put("new.csv", &list("兽药经营许可"));
    let output = run(
        "list_history",
        &[
            "--kind",
            "licensing",
            &old,
            &new,
            "--edition",
            "a",
            "--edition",
            "b",
            "--between",
            "a",
            "b",
            "--format",
            "json",
        ],
    );
    assert_eq!(code(&output), 0, "{}", told(&output));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["adjustments"][0]["certain"], false, "{}", document["adjustments"]);
}

/// Words that people type or that name files are no sentence; three Latin words in a row are one in English.
fn is_english(text: &str) -> bool {
    let mut run = 0;
    for word in text.split(|c: char| c.is_whitespace()) {
        let is_word =
            word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ':' | ';' | ','));
        run = if is_word { run + 1 } else { 0 };
        if run == 3 {
            return true;
        }
    }
    false
}

#[test]
fn what_is_wrong_is_told_in_the_language_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let write = |name: &str, bytes: &[u8]| {
        fs::write(path(name), bytes).unwrap();
        path(name)
    };
    let gb = write("gb.csv", &[0xb1, 0xe0, 0xba, 0xc5, b',', 0xc3, 0xfb, 0xb3, 0xc6, b'\n']);
    let open = write("open.csv", "事项名称\n\"甲\n".as_bytes());
    let nul = write("nul.csv", b"a,b\n\0,c\n");
    let cut = write("cut.json", b"{\"format\":");
    let text = write("notice.doc", b"x");
    let empty = write("empty.csv", b"");
    let filing = write("filing.csv", "事项名称\n甲备案\n".as_bytes());
    fs::create_dir(path("none")).unwrap();
    fs::create_dir(path("odd")).unwrap();
    fs::write(folder.path().join("odd/what.csv"), "事项名称\n甲\n").unwrap();
    let (none, odd, gone, nowhere) = (path("none"), path("odd"), path("gone.csv"), path("no/such/out.json"));
    let filing = format!("filing:{filing}");
    let calls: &[(&str, &[&str])] = &[
        ("list_diff", &[]),
        ("list_diff", &[&gone, NEW]),
        ("list_diff", &[&none, NEW]),
        ("list_diff", &[&none, &none]),
        ("list_diff", &[&odd, &odd]),
        ("list_diff", &[&gb, NEW]),
        ("list_diff", &[&open, &nul]),
        ("list_diff", &[&cut, &empty]),
        ("list_diff", &[&text, NEW]),
        ("list_diff", &["-", "-"]),
        ("list_diff", &[OLD, NEW, "--out", &nowhere]),
        ("list_diff", &[OLD, NEW, "--out", &path("x.docx")]),
        ("list_diff", &[OLD, NEW, "--item", "没有"]),
        ("list_diff", &[OLD, NEW, "--only", "没有"]),
        ("list_diff", &[OLD, NEW, "--notice", &text]),
        ("list_diff", &[OLD, NEW, "--notice", &gone]),
        ("list_diff", &[OLD, NEW, "--decisions", &gone]),
        ("list_diff", &[OLD, NEW, "--out", &path("a.json"), "--to-decide", &path("a.json")]),
        ("list_diff", &[OLD, &filing]),
        ("list_apply", &[]),
        ("list_apply", &[OLD, &gone]),
        ("list_convert", &[OLD, "--out", &path("a.xlsx")]),
        ("list_convert", &[OLD, "--out", &none]),
        ("list_check", &[]),
        ("list_check", &[OLD, "--out", &path("a.md")]),
        ("list_align", &[OLD]),
        ("list_align", &[OLD, &filing]),
        ("list_merge", &[OLD, NEW, &filing]),
        ("list_merge", &[&cut]),
        ("list_merge", &[OLD, NEW, NEW, "--prefer", "ours", "--prefer-fields", "没有"]),
        ("list_rebase", &[OLD, NEW, &filing]),
        ("list_history", &[OLD, "--out", &path("h.jsonl"), "--log"]),
        ("list_history", &[OLD, "--verify"]),
        ("list_history", &[OLD, "--edition", "2022", "--edition-of", "1999"]),
        ("list_history", &[&path("gone.jsonl"), "--verify"]),
        ("annual_report", &[OLD]),
        ("annual_report", &[OLD, NEW, "--out", &path("a.pdf")]),
    ];
    for (name, more) in calls {
        let mut arguments = vec!["--lang", "zh"];
        if *name != "annual_report" && !more.contains(&odd.as_str()) {
            arguments.extend(["--kind", "licensing"]);
        }
        arguments.extend(*more);
        let output = run(name, &arguments);
        let told = told(&output);
        if told.contains("Usage:") {
            // What is no call of the program at all is told by the library that reads its options.
            continue;
        }
        assert_eq!(code(&output), 2, "{name} {more:?}: {told}");
        assert!(!told.is_empty(), "{name} {more:?}");
        for line in told.lines() {
            assert!(!is_english(line) && !line.is_ascii(), "{name} {more:?}: {line}");
        }
    }
}

#[test]
fn a_name_that_is_registered_for_another_is_a_spelling_and_one_since_a_day_between_the_editions_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let old = write(
        "2018.csv",
        "编码,事项名称,主管部门,实施机关,申请材料\n\
         1,餐馆经营许可,市工商局,市工商局、县工商局,身份证（原件1份）\n\
         2,养老机构设立许可,市民政局,市民政局,申请表\n\
         3,药店开办许可,市市监局,市市监局,营业执照\n",
    );
    let new = write(
        "2020.csv",
        "编码,事项名称,主管部门,实施机关,申请材料\n\
         1,餐馆经营许可,市市场监管局,县市场监管局、市市场监管局,居民身份证（原件1份）\n\
         2,养老机构设立许可,市民政局,市民政局,申请书\n\
         3,药店开办许可,市市场监管局,市市场监管局,营业执照\n",
    );
    let names = write(
        "names.csv",
        "kind,name,same_as,since\norgan,市工商局,市市场监管局,2019-01-01\norgan,县工商局,县市场监管局,2019-01-01\n\
         organ,市市监局,市市场监管局,\nmaterial,身份证,居民身份证,\n",
    );
    let changed = |more: &[&str]| -> (Vec<String>, u64) {
        let mut arguments = vec!["--kind", "licensing-norm", "--format", "json", &old, &new];
        arguments.extend(more);
        let output = run("list_diff", &arguments);
        assert_eq!(code(&output), 0, "{}", told(&output));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let ids = report["adjustments"].as_array().unwrap().iter();
        let ids = ids.map(|one| one["to"][0].as_str().unwrap().to_owned() + ":" + &one["fields"].to_string());
        (ids.collect(), report["summary"]["cosmetic"].as_u64().unwrap())
    };
    let days = ["--effective", "2018-01-01", "--effective", "2020-01-01"];
    let (one, two) = ("1:[\"department\",\"authorities\"]".to_owned(), "2:[\"materials\"]".to_owned());
    assert_eq!(changed(&[]).0.len(), 3);
    assert_eq!(changed(&["--aliases", &names]), (vec![two.clone()], 2));
    assert_eq!(changed(&[&["--aliases", &names], &days[..]].concat()), (vec![one, two], 1));
    // What changed in words alone is in the change set all the same.
    let changes = folder.path().join("changes.json");
    let changes = changes.to_str().unwrap();
    let arguments =
        ["--kind", "licensing-norm", "--aliases", &names, &old, &new, "--format", "json", "--out", changes];
    assert_eq!(code(&run("list_diff", &arguments)), 0);
    let applied = run("list_apply", &["--kind", "licensing-norm", &old, changes]);
    let new_json = folder.path().join("new.json");
    let new_json = new_json.to_str().unwrap();
    assert_eq!(code(&run("list_convert", &["--kind", "licensing-norm", &new, "--out", new_json])), 0);
    assert_eq!(applied.stdout, fs::read(new_json).unwrap(), "{}", told(&applied));
    // The other programs that compare take it too.
    for (name, lists) in [("list_merge", vec![&old, &old, &new]), ("list_history", vec![&old, &new])] {
        let mut arguments =
            vec!["--kind", "licensing-norm", "--aliases", &names, "--edition", "1", "--edition", "2"];
        arguments.extend(lists.into_iter().map(String::as_str));
        let output = run(name, &arguments);
        assert!(code(&output) < 2, "{name}: {}", told(&output));
    }
}

#[test]
fn each_table_has_an_encoding_of_its_own_and_small_files_may_be_utf8() {
    // 餐馆经营许可 and another one.
    const GB18030: &[u8] = b"\xca\xc2\xcf\xee\xc3\xfb\xb3\xc6,\xd6\xf7\xb9\xdc\xb2\xbf\xc3\xc5\n\xb2\xcd\xb9\xdd\xbe\xad\xd3\xaa\xd0\xed\xbf\xc9,\xca\xd0\xbe\xd6\n\xd1\xf8\xc0\xcf\xbb\xfa\xb9\xb9\xc9\xe8\xc1\xa2\xd0\xed\xbf\xc9,\xca\xd0\xc3\xf1\xd5\xfe\xbe\xd6\n";
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let old = write("old.csv", GB18030);
    let new =
        write("new.csv", "事项名称,主管部门\n食品经营许可,市局\n养老机构设立许可,市民政局\n".as_bytes());
    let decisions = write("decisions.csv", "from,to,decision\n餐馆经营许可,食品经营许可,same\n".as_bytes());
    let diff = |encodings: &[&str]| {
        let mut arguments =
            vec!["--kind", "licensing", &old, &new, "--decisions", &decisions, "--format", "json"];
        for encoding in encodings {
            arguments.extend(["--encoding", encoding]);
        }
        run("list_diff", &arguments)
    };
    let output = diff(&["gb18030", "utf-8"]);
    assert_eq!((code(&output), told(&output).as_str()), (0, ""));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["summary"]["renamed"], &report["summary"]["added"]), (&1.into(), &0.into()));
    assert_eq!(code(&diff(&["gb18030"])), 2);
    assert!(told(&diff(&["gb18030", "utf-8", "utf-8"])).contains("--encoding has 3 values"));
}

#[test]
fn a_field_that_one_list_of_a_folder_lacks_takes_no_part_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (year, limit) in [("2022", "20个工作日"), ("2023", "10个工作日")] {
        fs::create_dir(path(year)).unwrap();
        let norm = format!("事项名称,法定办结时限\n甲许可,{limit}\n");
        fs::write(path(&format!("{year}/licensing-norm.csv")), norm).unwrap();
        fs::write(path(&format!("{year}/custom.csv")), format!("名称,数\n甲,{year}\n")).unwrap();
    }
    let (old, new) = (path("2022"), path("2023"));
    let changed = |more: &[&str]| {
        let mut arguments = vec!["--format", "json", &old, &new];
        arguments.extend(more);
        let output = run("list_diff", &arguments);
        assert_eq!(code(&output), 0, "{}", told(&output));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        ["licensing-norm", "custom"].map(|list| report["lists"][list]["summary"]["edited"].as_u64().unwrap())
    };
    assert_eq!(changed(&[]), [1, 1]);
    assert_eq!(changed(&["--ignore", "statutory_limit"]), [0, 1]);
    assert_eq!(changed(&["--ignore", "数,法定办结时限"]), [0, 0]);
    assert_eq!(changed(&["--only", "数"]), [0, 1]);
    let output = run("list_diff", &["--ignore", "没有", &old, &new]);
    assert_eq!(code(&output), 2, "{}", told(&output));
}
