//! Which field a column most likely is, by its name in English or Vietnamese.

use tradehall_domain::text::fold;

use super::kind::KindOf;
use super::table::canonical;

/// The field of each of `names`, where one is likely; no field is suggested twice.
pub fn suggest(names: &[String], kind: &KindOf) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = names.iter().map(|name| canonical(name, kind.columns)).collect();
    for (place, name) in names.iter().enumerate() {
        if found.get(place).is_some_and(Option::is_some) {
            continue;
        }
        let name = plain(name);
        let likely = kind.synonyms.iter().find(|(field, words)| plain(field) == name || words.contains(&name.as_str()));
        let Some((field, _)) = likely else { continue };
        let is_free = !found.iter().flatten().any(|taken| taken == field);
        if let Some(slot) = found.get_mut(place).filter(|_| is_free) {
            *slot = Some((*field).to_owned());
        }
    }
    found
}

/// A name as synonyms are compared: folded, with blanks for signs, without what stands in parentheses.
fn plain(name: &str) -> String {
    let name = name.split('(').next().unwrap_or_default();
    let words: String = fold(name).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use tradehall_domain::import::ImportKind;

    use super::suggest;
    use crate::import::kind;

    #[test]
    fn columns_are_known_by_what_people_call_them() {
        let names = ["Mã hàng", "TÊN SẢN PHẨM", "ĐVT", "Giá", "Item Number", "Part-Number", "attr:Ren", "Mô tả (vi)"];
        let names = names.map(str::to_owned);
        let fields = suggest(&names, kind::of(ImportKind::Products).unwrap());
        let expected =
            [Some("number"), Some("name"), Some("unit"), None, None, None, Some("attr:Ren"), Some("description")];
        assert_eq!(fields, expected.map(|field| field.map(str::to_owned)));
    }
}
