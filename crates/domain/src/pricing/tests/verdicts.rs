use std::collections::HashSet;

use crate::language::Language;
use crate::named::Named as _;
use crate::pricing::PriceVerdict;

#[test]
fn every_verdict_has_a_sentence_of_its_own_in_each_language() {
    for language in Language::ALL {
        let sentences: HashSet<_> = PriceVerdict::ALL.iter().map(|verdict| verdict.sentence(*language)).collect();
        assert_eq!(sentences.len(), PriceVerdict::ALL.len());
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && sentence.trim() == *sentence));
    }
}
