use proptest::prelude::*;

use super::books::{at, books, packings, questions};
use crate::pricing::{Period, Question, resolve};

proptest! {
    /// Whatever is recorded at the second 10 or later, and whatever is ended then, answers about earlier times stay as they were.
    #[test]
    fn the_past_is_unchanged_by_later_changes(
        before in books(),
        later in books(),
        ended in any::<u16>(),
        packing in packings(),
        question in questions(),
        past in 0..10_i64,
    ) {
        let asked = Question::new(question.quantity, question.unit, question.currency, Some(at(past)), at(9));
        let mut books: Vec<_> = before
            .into_iter()
            .map(|mut one| {
                // What is on the books at the second 9 was not ended yet.
                one.recorded.until = one.recorded.until.filter(|until| *until <= at(9));
                one
            })
            .collect();
        let answered = resolve(&books, &packing.measures(), &asked);
        for (n, one) in books.iter_mut().enumerate() {
            if ended >> n & 1 == 1 && one.recorded.until.is_none() {
                one.recorded.until = Some(at(12));
            }
        }
        books.extend(later.into_iter().zip(100_u128..).map(|(mut one, id)| {
            one.id = uuid::Uuid::from_u128(id);
            one.recorded = Period { from: Some(at(12)), until: None };
            one
        }));
        let again = Question::new(question.quantity, question.unit, question.currency, Some(at(past)), at(30));
        let answers = resolve(&books, &packing.measures(), &again);
        prop_assert_eq!(answers.taken, answered.taken);
        prop_assert_eq!(answers.order, answered.order);
        prop_assert_eq!(answers.orderable, answered.orderable);
    }
}
