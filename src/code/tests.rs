//! The vectors of the standards and of real lists, and laws over any text.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::string::string_regex;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::*;
use crate::codes::{ItemType, Level, Scheme};

/// What is wrong with a text, as strictly as asked: the structure, or the problems behind it.
fn problems<T>(text: &str, of: impl Fn(&T) -> Vec<CodeError>) -> Vec<String>
where
    T: FromStr<Err = CodeError>,
{
    text.parse().map_or_else(|error| vec![error], |code| of(&code)).iter().map(ToString::to_string).collect()
}

fn credit(text: &str, strictness: Strictness) -> Vec<String> {
    problems(text, |code: &CreditCode| code.problems(strictness))
}

fn implementation(text: &str) -> ImplementationCode {
    text.parse().expect("a code of the right structure")
}

fn basic(text: &str) -> BasicCode {
    text.parse().expect("a code of the right structure")
}

fn division(text: &str) -> DivisionCode {
    text.parse().expect("a code of the right structure")
}

// ── 统一社会信用代码

#[test]
fn credit_codes_that_are_good_pass_at_every_strictness() {
    for text in [
        "91350100M000100Y43",
        "12441500196720244T",
        "11450721MB15580811",
        "11450721348531435D",
        "11320982K1308267XB",
        "115113010833722043",
        "11650000010183859F",
        "116302000150100330",
        "11630200015010455Y",
        "11630200015010332X",
    ] {
        let found = credit(text, Strictness::Check);
        assert_eq!(found, Vec::<String>::new(), "{text}");
    }
    for text in [
        "12441500196720244T",
        "11450721MB15580811",
        "11450721348531435D",
        "11320982K1308267XB",
        "11650000010183859F",
    ] {
        let found = credit(text, Strictness::Known);
        assert_eq!(found, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn credit_codes_that_are_bad_are_told_where_and_why() {
    let check = |text| credit(text, Strictness::Check);
    assert_eq!(
        check("91350100M000100Y4Z"),
        [
            "credit code: 'Z' at character 18, expected a digit or a capital letter other than I, O, S, V and Z"
        ]
    );
    assert_eq!(
        check("91310115MA1H8R7C6D"),
        ["credit code: check character 'D' at character 18, expected '7'"]
    );
    assert_eq!(
        check("TE4507211000000003"),
        ["credit code: check character '3' at character 18, expected '6'"]
    );
    assert_eq!(
        check("11440300007542785T"),
        ["credit code: check character 'T' at character 18, expected 'U'"]
    );
    assert_eq!(check("1145072"), ["credit code: \"1145072\" has 7 characters, expected 18"]);
    assert_eq!(
        check("11450721MB155808１1"),
        [
            "credit code: '１' at character 17, expected a digit or a capital letter other than I, O, S, V and Z"
        ]
    );
    assert_eq!(credit("TE4507211000000003", Strictness::Structure), Vec::<String>::new());
    assert_eq!(
        credit("TE4507211000000003", Strictness::Known).last().map(String::as_str),
        Some("credit code: \"TE\" at character 1 is no known registrar with category")
    );
}

#[test]
fn an_organisation_code_inside_is_checked_when_asked() {
    // The check character at 18 is made to fit, so that only the one at 17 is wrong.
    let body = "11450721MB1558082";
    let text = format!("{body}{}", check_character(body).expect("17 characters of the alphabet"));
    assert_eq!(credit(&text, Strictness::Check), Vec::<String>::new());
    assert_eq!(
        credit(&text, Strictness::Organisation),
        ["organisation code: check character '2' at character 17, expected '1'"]
    );
}

#[test]
fn the_check_character_is_zero_where_nothing_remains() {
    for (body, check) in [
        ("11630200015010033", '0'),
        ("11630200015010455", 'Y'),
        ("11630200015010332", 'X'),
        ("12441500196720244", 'T'),
        ("91350100M000100Y4", '3'),
        ("91310115MA1H8R7C6", '7'),
        ("11440300007542785", 'U'),
    ] {
        assert_eq!(check_character(body), Some(check), "{body}");
    }
    assert_eq!(check_character("1163020001501003"), None);
    assert_eq!(check_character("1163020001501003Z"), None);
}

#[test]
fn organisation_codes_have_their_own_check_character() {
    for (body, check) in
        [("19672024", '4'), ("00877818", '3'), ("MB155808", '1'), ("K1308267", 'X'), ("01500007", '0')]
    {
        assert_eq!(organisation_check_character(body), Some(check), "{body}");
    }
    assert_eq!(organisation_check_character("k1308267"), None);
    assert_eq!(organisation_check_character("机1308267"), None);
    assert_eq!(organisation_check_character(""), None);
}

#[test]
fn a_credit_code_falls_into_its_parts() {
    let code: CreditCode = "11450721MB15580811".parse().expect("a good code");
    assert_eq!(
        (code.registrar(), code.division().as_str(), code.organisation()),
        ("11", "450721", "MB1558081")
    );
}

#[test]
fn input_is_made_good_before_it_is_parsed() {
    for text in [
        "11450721mb15580811",
        "11450721 MB155808-11",
        "１１４５０７２１ＭＢ１５５８０８１１",
        "\u{FEFF}11450721MB15580811\u{3000}\n",
    ] {
        assert_eq!(normalised(text), "11450721MB15580811");
    }
    assert!("11450721mb15580811".parse::<CreditCode>().is_err());
}

// ── 行政区划代码

#[test]
fn divisions_have_levels_and_parents() {
    let rows = [
        ("630000", Level::Province, None),
        ("630200", Level::City, Some("630000")),
        ("630202", Level::County, Some("630200")),
        ("630203", Level::County, Some("630200")),
        ("630222", Level::County, Some("630200")),
        ("630223", Level::County, Some("630200")),
        ("630224", Level::County, Some("630200")),
        ("630225", Level::County, Some("630200")),
        ("630100", Level::City, Some("630000")),
        ("620100", Level::City, Some("620000")),
        ("622900", Level::City, Some("620000")),
        ("622901", Level::County, Some("622900")),
        ("632801", Level::County, Some("632800")),
        ("513401", Level::County, Some("513400")),
        ("419001", Level::County, Some("410000")),
        ("429021", Level::County, Some("420000")),
        ("469001", Level::County, Some("460000")),
        ("110101", Level::County, Some("110000")),
        ("110228", Level::County, Some("110000")),
        ("500101", Level::County, Some("500000")),
        ("220581102", Level::Township, Some("220581000")),
        ("511602000000", Level::County, Some("511600000000")),
        ("360983000000", Level::County, Some("360900000000")),
        ("419001001000", Level::Township, Some("419001000000")),
        ("419001000000", Level::County, Some("410000000000")),
        ("441900003000", Level::Township, Some("441900000000")),
        ("220581102000", Level::Township, Some("220581000000")),
        ("220581102201", Level::Village, Some("220581102000")),
        ("100000", Level::National, None),
        ("000000", Level::National, None),
    ];
    for (text, level, parent) in rows {
        assert_eq!(division(text).level(), level, "{text}");
        assert_eq!(division(text).parent(), parent.map(division), "{text}");
    }
}

#[test]
fn one_place_has_one_shortest_code() {
    for (text, short) in [
        ("511602000000", "511602"),
        ("630000000", "630000"),
        ("220581102000", "220581102"),
        ("220581102201", "220581102201"),
        ("630200", "630200"),
    ] {
        assert_eq!(division(text).short(), division(short));
    }
}

#[test]
fn what_city_means_depends_on_the_issuer() {
    for (text, level) in [
        ("630200", Level::City),
        ("630202", Level::City),
        ("650200", Level::City),
        ("513401", Level::County),
        ("622901", Level::County),
        ("632801", Level::County),
        ("419001", Level::County),
        ("220581", Level::County),
        ("110000", Level::Province),
        ("500101", Level::Province),
    ] {
        assert_eq!(division(text).city_level(), level, "{text}");
    }
}

#[test]
fn divisions_have_six_nine_or_twelve_digits() {
    let of = |text| problems(text, |code: &DivisionCode| code.problems(Strictness::Known));
    assert_eq!(of("63020"), ["division code: \"63020\" has 5 characters, expected 6, 9 or 12"]);
    assert_eq!(of("63O200"), ["division code: 'O' at character 3, expected a digit"]);
    assert_eq!(of("990000"), ["division code: \"99\" at character 1 is no known province"]);
    assert_eq!(of("6302020000000").len(), 1);
    assert_eq!(of("630200"), Vec::<String>::new());
}

// ── 基本编码

#[test]
fn basic_codes_fall_into_their_parts() {
    let rows = [
        ("000104002000", "00", "01", "04", "002", SubItem::Whole),
        ("000141005000", "00", "01", "41", "005", SubItem::Whole),
        ("001033002000", "00", "10", "33", "002", SubItem::Whole),
        ("00016421300Y", "00", "01", "64", "213", SubItem::Main),
        ("000164213003", "00", "01", "64", "213", SubItem::Numbered("003")),
        ("440709003000", "44", "07", "09", "003", SubItem::Whole),
        ("650116013001", "65", "01", "16", "013", SubItem::Numbered("001")),
        ("442199806003", "44", "21", "99", "806", SubItem::Numbered("003")),
        ("450708001W01", "45", "07", "08", "001", SubItem::Local("W01")),
        ("00010310100Y", "00", "01", "03", "101", SubItem::Main),
        ("00010410100Y", "00", "01", "04", "101", SubItem::Main),
    ];
    for (text, prefix, kind, department, sequence, sub_item) in rows {
        let code = basic(text);
        assert_eq!(
            (code.prefix(), code.kind().as_str(), code.department(), code.sequence(), code.sub_item()),
            (prefix, kind, department, sequence, sub_item),
            "{text}"
        );
        assert_eq!(code.to_string(), text);
    }
}

#[test]
fn a_sub_item_knows_its_main_item() {
    assert_eq!(basic("000164213003").parent(), Some(basic("00016421300Y")));
    assert_eq!(basic("450708001W01").parent(), Some(basic("45070800100Y")));
    assert_eq!(basic("00016421300Y").parent(), None);
    assert_eq!(basic("000104002000").parent(), None);
    assert!(basic("00016421300Y").is_main() && basic("000104002000").is_main());
    assert!(!basic("000164213003").is_main() && !basic("450708001W01").is_main());
}

#[test]
fn the_number_of_a_type_means_what_its_scheme_says() {
    let kind = basic("442199806003").kind();
    assert_eq!(kind.read(Scheme::Gb39046), None);
    assert_eq!(kind.read(Scheme::C0109), None);
    assert_eq!(kind.read(Scheme::Guangdong), Some(ItemType::PublicService));
    assert_eq!(basic("001033002000").kind().read(Scheme::C0109), Some(ItemType::OtherPower));
    assert_eq!(basic("440709003000").kind().read(Scheme::Guangdong), Some(ItemType::Confirmation));
}

#[test]
fn basic_codes_that_are_bad_are_told_where_and_why() {
    let of = |text| problems(text, |code: &BasicCode| code.problems(Strictness::Known));
    assert_eq!(of("XK0010100Y"), ["basic code: \"XK0010100Y\" has 10 characters, expected 12"]);
    assert_eq!(of("0001O4002000"), ["basic code: 'O' at character 5, expected a digit"]);
    assert_eq!(
        of("000104OO2000"),
        ["basic code: 'O' at character 7, expected a digit or a capital letter other than I, O, S, V and Z"]
    );
    assert_eq!(of("000104000000"), ["basic code: \"000\" at character 7, expected a sequence from 001 on"]);
    assert_eq!(
        of("00010400201Y"),
        ["basic code: \"01Y\" at character 10, expected 000, 00Y, 001 to 999, or a letter and two digits"]
    );
    assert_eq!(of("00010310100Y"), ["basic code: \"03\" at character 5 is no known department"]);
    assert_eq!(
        of("990004002000"),
        [
            "basic code: \"99\" at character 1 is no known province",
            "basic code: \"00\" at character 3 is no known type of an item",
        ]
    );
    for text in [
        "000104002000",
        "000141005000",
        "001033002000",
        "000164213003",
        "440709003000",
        "650116013001",
        "442199806003",
    ] {
        assert_eq!(of(text), Vec::<String>::new(), "{text}");
    }
}

// ── 实施编码

#[test]
fn implementation_codes_fall_into_their_parts() {
    for (text, organisation, level, of) in [
        ("11450721MB155808114000104002000", "11450721MB15580811", Level::County, "000104002000"),
        ("11450721348531435D4001033002000", "11450721348531435D", Level::County, "001033002000"),
        ("11650000010183859F2650116013001", "11650000010183859F", Level::Province, "650116013001"),
        ("12441500196720244T3442199806003", "12441500196720244T", Level::City, "442199806003"),
    ] {
        let code = implementation(text);
        assert_eq!((code.organisation(), code.level(), code.basic()), (organisation, Some(level), basic(of)));
        assert_eq!(code.credit().map(|credit| credit.to_string()), Ok(organisation.to_owned()));
        assert_eq!(code.problems(Strictness::Known), [], "{text}");
    }
}

#[test]
fn a_placeholder_is_read_and_its_credit_code_reported() {
    let code = implementation("TE45072110000000034450708001W01");
    assert_eq!((code.organisation(), code.basic()), ("TE4507211000000003", basic("450708001W01")));
    assert_eq!(code.validate(Strictness::Structure), Ok(()));
    assert_eq!(code.validate(Strictness::Check).map_err(|error| error.position()), Err(18));
    // Of a placeholder in Guangdong: V is no character of a credit code.
    let code = implementation("TE440000GD030003VV2442199806003");
    assert_eq!(code.credit().map_err(|error| (error.position(), error.found())), Err((17, "V".to_owned())));
    assert!(code.validate(Strictness::Structure).is_ok() && code.validate(Strictness::Check).is_err());
}

#[test]
fn parts_of_an_implementation_code_must_agree() {
    let of = |text: &str| {
        implementation(text).problems(Strictness::Known).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        of("11450721MB155808113000104002000"),
        ["implementation code: \"3\" at character 19 does not agree with the division 450721, expected 4"]
    );
    assert_eq!(
        of("11450721MB155808114440104002000"),
        [
            "implementation code: \"44\" at character 20 does not agree with the division 450721, expected 00 or 45"
        ]
    );
    assert_eq!(
        of("11450721MB15580811400016421300Y"),
        ["implementation code: \"00Y\" at character 29, expected an item without sub items or a sub item"]
    );
    assert_eq!(
        of("11450721MB155808118000103002000"),
        [
            "implementation code: \"8\" at character 19 is no known level",
            "basic code: \"03\" at character 24 is no known department",
        ]
    );
    // A township's office has its county's division; an organ of the nation serves a province.
    assert_eq!(of("11450721MB155808115000104002000"), Vec::<String>::new());
    assert_eq!(of("11100000725469674L2440104001000"), Vec::<String>::new());
    let parsed = "11450721MB155808114000104000000".parse::<ImplementationCode>();
    assert_eq!(parsed.map_err(|error| (error.position(), error.found())), Err((26, "000".to_owned())));
}

// ── 业务办理项编码

#[test]
fn handling_codes_know_their_item() {
    let code: HandlingCode = "11450721MB15580811400014100500001".parse().expect("a real code");
    assert_eq!(code.parent(), implementation("11450721MB155808114000141005000"));
    assert_eq!((code.number(), code.problems(Strictness::Known)), ("01", vec![]));
    let code: NormHandlingCode = "00016421300301".parse().expect("a real code");
    assert_eq!((code.parent(), code.number()), (basic("000164213003"), "01"));
    assert_eq!(code.problems(Strictness::Known), []);
    let main: NormHandlingCode = "00016421300Y01".parse().expect("the structure is right");
    assert_eq!(main.validate(Strictness::Check).map_err(|error| error.position()), Err(10));
}

#[test]
fn a_handling_item_is_not_numbered_zero() {
    let of = |text: &str| text.parse::<HandlingCode>().map_err(|error| error.to_string());
    assert_eq!(
        of("11450721MB15580811400014100500000"),
        Err("handling code: \"00\" at character 32, expected a number from 01 to 99".to_owned())
    );
    assert_eq!("00016421300300".parse::<NormHandlingCode>().map_err(|error| error.position()), Err(13));
}

// ── any code

#[test]
fn codes_of_items_are_recognised_by_their_structure() {
    assert!(matches!(Code::recognise("000164213003"), Code::Basic(_)));
    assert!(matches!(Code::recognise("00016421300301"), Code::NormHandling(_)));
    assert!(matches!(Code::recognise("11450721MB15580811"), Code::Credit(_)));
    assert!(matches!(Code::recognise("TE45072110000000034450708001W01"), Code::Implementation(_)));
    assert!(matches!(Code::recognise("11450721MB15580811400014100500001"), Code::Handling(_)));
    for text in [
        "",
        "/",
        "11450721348531435D4001033002000001",
        "12441500196720244T3442199806003202206230068",
        "511A0138000000-511602000000-000-115113010833722043-1-00",
        "511A0138000000",
        "120000GZJXK02001",
        "62052400MZ-XK-0001",
        "许可-00123-001",
        "XK0010100Y",
        "许可事项",
        "511602000000",
    ] {
        assert!(matches!(Code::recognise(text), Code::Other(_)), "{text}");
        assert_eq!(Code::recognise(text).as_str(), text);
    }
}

#[test]
fn a_code_leads_to_the_code_above() {
    let up = |text| Code::recognise(text).parent().map(|code| code.to_string());
    assert_eq!(up("00016421300301").as_deref(), Some("000164213003"));
    assert_eq!(up("000164213003").as_deref(), Some("00016421300Y"));
    assert_eq!(up("11450721MB15580811400014100500001").as_deref(), Some("11450721MB155808114000141005000"));
    assert_eq!(up("11450721MB155808114000141005000"), None);
    assert_eq!(Code::recognise("11450721MB15580811400014100500001").basic(), Some(basic("000141005000")));
}

#[test]
fn schemas_are_texts_with_a_pattern() {
    assert_eq!(
        schemars::schema_for!(DivisionCode).as_value(),
        &serde_json::json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "DivisionCode",
            "type": "string",
            "pattern": "^[0-9]{6}(?:[0-9]{3}){0,2}$",
        })
    );
}

#[test]
fn a_wrong_code_in_json_is_refused_with_its_reason() {
    let read = serde_json::from_str::<BasicCode>("\"0001\"").map_err(|error| error.to_string());
    assert_eq!(read, Err("basic code: \"0001\" has 4 characters, expected 12 at line 1 column 6".to_owned()));
}

#[test]
fn the_names_of_departments_are_in_order() {
    let all: Vec<_> = (0..100).filter_map(|n| department_name(&format!("{n:02}"))).collect();
    assert_eq!(all.len(), departments::COUNT);
    assert_eq!(department_name("33"), Some("体育总局"));
}

/// A text that a pattern allows.
fn text_of(pattern: &str) -> impl Strategy<Value = String> + use<> {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    string_regex(inner).expect("a pattern is a regular expression")
}

/// What holds for each type and each text.
fn holds<T>(text: &str) -> Result<(), TestCaseError>
where
    T: FromStr<Err = CodeError> + Clone + Ord + Debug + fmt::Display + Serialize + DeserializeOwned,
{
    match text.parse::<T>() {
        Ok(code) => {
            prop_assert_eq!(code.to_string(), text);
            let json = serde_json::to_value(&code).expect("a text is always JSON");
            prop_assert_eq!(&json, text);
            prop_assert_eq!(serde_json::from_value::<T>(json).ok(), Some(code));
        }
        Err(error) => {
            let position = error.position();
            prop_assert!(position >= 1 && position <= text.chars().count().max(1));
            let message = error.to_string();
            prop_assert!(!message.ends_with('.') && message.len() < 1000);
        }
    }
    Ok(())
}

fn hold_all(text: &str) -> Result<(), TestCaseError> {
    holds::<BasicCode>(text)?;
    holds::<NormHandlingCode>(text)?;
    holds::<ImplementationCode>(text)?;
    holds::<HandlingCode>(text)?;
    holds::<CreditCode>(text)?;
    holds::<DivisionCode>(text)?;
    let code = Code::recognise(text);
    prop_assert_eq!(code.as_str(), text);
    let _ = (code.problems(Strictness::Known), code.parent(), code.basic(), normalised(text));
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_parsed_or_refused(text in any::<String>()) {
        hold_all(&text)?;
    }

    #[test]
    fn texts_that_are_nearly_codes_are_parsed_or_refused(text in "[0-9A-Z０Ａ许a-]{6}|[0-9A-Z许Y]{12}|[0-9A-Z许]{14}|[0-9A-Z许]{18}|[0-9A-Z许]{31}|[0-9A-Z许]{33}") {
        hold_all(&text)?;
    }

    #[test]
    fn what_the_pattern_allows_is_parsed(
        basic in text_of(BasicCode::PATTERN),
        norm in text_of(NormHandlingCode::PATTERN),
        implementation in text_of(ImplementationCode::PATTERN),
        handling in text_of(HandlingCode::PATTERN),
        credit in text_of(CreditCode::PATTERN),
        division in text_of(DivisionCode::PATTERN),
    ) {
        prop_assert!(basic.parse::<BasicCode>().is_ok(), "{}", basic);
        prop_assert!(norm.parse::<NormHandlingCode>().is_ok(), "{}", norm);
        prop_assert!(implementation.parse::<ImplementationCode>().is_ok(), "{}", implementation);
        prop_assert!(handling.parse::<HandlingCode>().is_ok(), "{}", handling);
        prop_assert!(credit.parse::<CreditCode>().is_ok(), "{}", credit);
        prop_assert!(division.parse::<DivisionCode>().is_ok(), "{}", division);
        for text in [basic, norm, implementation, handling, credit, division] {
            hold_all(&text)?;
        }
    }

    #[test]
    fn every_single_wrong_character_of_a_credit_code_is_found(
        body in "[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}",
        at in 0..18_usize,
        other in any::<char>().prop_union(proptest::char::range('0', 'Z')),
    ) {
        let good = format!("{body}{}", check_character(&body).expect("characters of the alphabet"));
        prop_assert_eq!(credit(&good, Strictness::Check), Vec::<String>::new());
        let bad: String = good.chars().enumerate().map(|(n, c)| if n == at { other } else { c }).collect();
        prop_assert_eq!(bad == good, credit(&bad, Strictness::Check).is_empty());
    }

    #[test]
    fn codes_order_as_their_texts_do(left in text_of(DivisionCode::PATTERN), right in text_of(DivisionCode::PATTERN)) {
        prop_assert_eq!(division(&left).cmp(&division(&right)), left.cmp(&right));
    }

    #[test]
    fn the_way_up_ends_at_a_province(text in text_of(DivisionCode::PATTERN)) {
        let mut at = division(&text);
        for _ in 0..5 {
            let Some(up) = at.parent() else { break };
            prop_assert!(up.level() < at.level());
            prop_assert_eq!(up.as_str().len(), text.len());
            at = up;
        }
        prop_assert_eq!(at.parent(), None);
    }
}
