//! Two values beside one another, as real lists write them.

use super::told;
use crate::alias::{Alias, AliasKind, Aliases};
use crate::item::ServiceItem;
use crate::kind::Kind;
use crate::likeness::{Eye, Likeness};
use crate::record::{AnyItem, Record as _};
use crate::value::Cell;

fn item(field: &str, text: &str) -> ServiceItem {
    let at = ServiceItem::FIELDS.iter().position(|f| f.name == field).unwrap();
    let mut item = ServiceItem::default();
    item.set_cell(at, text, &mut Cell { said: &mut Vec::new() });
    item
}

fn likeness(aliases: &Aliases, field: &str, one: &str, other: &str) -> Likeness {
    let (one, other) = (item(field, one), item(field, other));
    let (one, other): (&dyn AnyItem, &dyn AnyItem) = (&one, &other);
    let eye = Eye { aliases, day: None };
    let (there, back) = (
        eye.compare(field, one.shown(field), other.shown(field)),
        eye.compare(field, other.shown(field), one.shown(field)),
    );
    assert_eq!(there, back, "{field}: both ways");
    there
}

#[test]
fn values_are_compared_by_what_they_mean() {
    use Likeness::{Open, Other, Same, Spelling};
    let none = Aliases::default();
    for (field, one, other, expected) in [
        // Each city's own organ, of one function; the approval bureau is of another.
        ("authorities", "广安市林业局", "资阳市林业局", Same),
        ("authorities", "广安市林业局", "资阳市林业和草原局", Same),
        ("department", "区农业农村局", "市农业农村局", Same),
        ("authorities", "区行政审批局", "市市场监管局", Other),
        ("authorities", "市公安局；市司法局", "市司法局；市公安局", Same),
        ("authorities", "市公安局；市司法局", "市公安局", Other),
        ("authorities", "市公安局", "", Open),
        // Titles and places; history, label and spelling never count, a citation without places says nothing of them.
        ("basis", "《中华人民共和国森林法》第五十六条", "《森林法》（2019年修订）第五十六条", Same),
        ("basis", "《草原法》第四十一条", "《草原法》第四十条", Other),
        ("basis", "《草原法》", "《草原法》第四十条", Same),
        ("basis", "《草原法》《种子法》", "《种子法》《草原法》", Same),
        ("basis", "《草原法》第四十条", "《种子法》第四十条", Other),
        // Amounts of one unit alone.
        ("promised_limit", "20个工作日", "20(工作日)", Same),
        ("promised_limit", "20个工作日", "10个工作日", Other),
        ("promised_limit", "20个工作日", "20日", Open),
        ("promised_limit", "20个工作日", "无", Open),
        ("promised_limit", "20个工作日", "", Open),
        ("promised_limit", "即办", "当场办结", Same),
        ("promised_limit", "即办", "5个工作日", Other),
        ("promised_limit", "新办：30日；变更：5个工作日", "新办：20日；变更：5个工作日", Other),
        // Names and count; wording and numbers in front never count.
        ("materials", "1.申请表；2.身份证", "居民身份证；申请表", Same),
        ("materials", "申请表；身份证；章程", "申请表；身份证", Other),
        ("materials", "申请表（原件1份）", "申请表（原件2份）", Other),
        ("materials", "申请表；身份证", "申请表；营业执照", Other),
        // A number is one of its platform.
        ("item_type", "1", "01", Same),
        ("item_type", "1", "5", Other),
        ("item_type", "行政许可", "1", Open),
        ("item_type", "行政许可", "行政确认", Other),
        ("name", "权限内取水许可（市级）", "取水许可", Same),
        ("name", "取水许可", "取水许可证核发", Other),
        ("basic_code", "511A0064100109", "511A0064100063", Other),
        ("basic_code", "511A0064100109", "441A0064100109", Open),
        ("conditions", "依法设立。", "依法设立", Spelling),
        ("conditions", "依法设立", "依法成立", Other),
        ("result_name", "https://a.gov.cn/1", "https://b.gov.cn/2", Open),
        ("result_name", "68236467-9", "11511800008539131R", Open),
    ] {
        assert_eq!(likeness(&none, field, one, other), expected, "{field}: {one} / {other}");
    }
    let aliases = Aliases::new([
        Alias::new(AliasKind::Organ, "区行政审批局", "区市场监管局"),
        Alias::new(AliasKind::Material, "户口簿", "户籍证明"),
    ]);
    assert_eq!(likeness(&aliases, "authorities", "区行政审批局", "市市场监管局"), Same);
    assert_eq!(likeness(&aliases, "materials", "户口簿", "户籍证明"), Same);
}

#[test]
fn what_says_where_a_row_stands_is_not_told() {
    let told = |name: &str| told::is_told(Kind::Service.fields().iter().find(|f| f.name == name).unwrap());
    for name in ["id", "serial", "parent", "contact", "address", "hours", "service_objects", "part", "extra"]
    {
        assert!(!told(name), "{name}");
    }
    for name in ["name", "item_type", "basis", "promised_limit", "materials", "department", "remarks"] {
        assert!(told(name), "{name}");
    }
}
