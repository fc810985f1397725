use proptest::prelude::*;

use super::now;
use crate::id::Id;
use crate::organization::{OrganizationId, OrganizationUnitId, UNIT_DEPTH_MAX, UnitDraft, UnitTree};
use crate::problem::{Code, Problem};

fn add(tree: &mut UnitTree, code: &str, parent: Option<OrganizationUnitId>) -> OrganizationUnitId {
    let draft = UnitDraft { code: Some(code.to_owned()), name: Some(code.to_owned()), ..Default::default() };
    tree.add(organization(), parent, &draft).unwrap().0.id
}

fn organization() -> OrganizationId {
    Id::from_uuid(uuid::Uuid::nil())
}

fn codes(tree: &UnitTree) -> Vec<&str> {
    tree.in_order().map(|unit| unit.code.as_str()).collect()
}

#[test]
fn parents_come_before_children_and_neighbours_by_code() {
    let mut tree = UnitTree::default();
    let b = add(&mut tree, "B", None);
    let b2 = add(&mut tree, "B2", Some(b));
    add(&mut tree, "B1", Some(b));
    add(&mut tree, "B2X", Some(b2));
    add(&mut tree, "A", None);
    assert_eq!(codes(&tree), ["A", "B", "B1", "B2", "B2X"]);
    tree.relocate(b2, None).unwrap();
    assert_eq!(codes(&tree), ["A", "B", "B1", "B2", "B2X"], "with what is under it");
    let code = |problem: Problem| (problem.path.join("."), problem.code);
    assert_eq!(tree.relocate(b, Some(b)).map_err(code), Err(("parentId".to_owned(), Code::UnitCycle)));
    assert_eq!(tree.relocate(b, Some(Id::new())).map_err(code), Err(("parentId".to_owned(), Code::NotFound)));
    assert_eq!(tree.relocate(Id::new(), None).map_err(code), Err((String::new(), Code::NotFound)));
    assert_eq!(tree.archive(b, now()).map_err(code), Err((String::new(), Code::UnitHasChildren)));
}

#[test]
fn a_subtree_moves_only_where_all_of_it_fits() {
    let mut tree = UnitTree::default();
    let mut chain = vec![];
    for level in 0..UNIT_DEPTH_MAX - 1 {
        let parent = chain.last().copied();
        chain.push(add(&mut tree, &format!("L{level}"), parent));
    }
    let top = add(&mut tree, "T", None);
    add(&mut tree, "U", Some(top));
    let deepest = chain.last().copied();
    assert_eq!(tree.relocate(top, deepest).unwrap_err().code, Code::UnitTooDeep, "19 and 2 are more than 20");
    assert!(tree.relocate(top, chain.get(UNIT_DEPTH_MAX - 3).copied()).is_ok(), "18 and 2 are 20");
}

proptest! {
    /// Whatever is asked for, what is left is a tree: every unit is reached once, no deeper than allowed.
    #[test]
    fn always_a_tree(parents in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
                     moves in prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(any::<prop::sample::Index>())), 0..80)) {
        let mut tree = UnitTree::default();
        let mut ids: Vec<OrganizationUnitId> = vec![];
        for (n, parent) in parents.iter().enumerate() {
            let parent = (n % 3 > 0).then(|| ids[parent.index(n)]);
            let draft = UnitDraft { code: Some(format!("{n}")), name: Some("x".to_owned()), ..Default::default() };
            match tree.add(organization(), parent, &draft) {
                Ok((unit, _)) => ids.push(unit.id),
                Err(_) => ids.push(add(&mut tree, &format!("r{n}"), None)),
            }
        }
        for (unit, parent) in moves {
            let parent = parent.map(|parent| ids[parent.index(ids.len())]);
            let _ = tree.relocate(ids[unit.index(ids.len())], parent);
        }
        let mut depth = std::collections::HashMap::new();
        for unit in tree.in_order() {
            let above = unit.parent.map_or(0, |parent| depth[&parent]);
            prop_assert!(above < UNIT_DEPTH_MAX);
            prop_assert!(depth.insert(unit.id, above + 1).is_none());
        }
        prop_assert_eq!(depth.len(), ids.len());
    }
}
