//! What placing keeps, and what it costs.

use tradehall::app::Error;
use tradehall::graphql::id::global;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::order::NewOrder;
use tradehall_domain::problem::Code;
use tradehall_persistence::{Engine, Meter, PageRequest, event};
use tradehall_tests::{json, story};

use super::{Deal, line, place, place_metered};

fn codes(error: Error) -> Vec<(String, Code)> {
    let Error::Refused(problems) = error else { panic!("{error}") };
    problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect()
}

story! {
    async fn both_sides_read_the_terms_that_were_agreed(world) {
        let deal = Deal::prepare(&world).await;
        let id = deal.place().await;
        for (person, side) in [(&deal.buyer, "BUYER"), (&deal.seller, "SELLER")] {
            let order = person.run("order", json!({ "id": id })).await.only();
            assert_eq!(order["status"], "PLACED");
            assert_eq!(order["side"], side);
            assert_eq!(order["buyer"]["name"], "Bách Hóa Buyer");
            assert_eq!(order["seller"]["name"], "Thép Việt");
            assert_eq!(order["venue"]["name"], "Mua thép");
            assert_eq!(order["origin"], "AWARD");
            // 10 × 12 500, and 2.5 × 33 333.3333 = 83 333.33325, rounded to whole đồng.
            assert_eq!(order["lines"][0]["total"]["amount"], "125000");
            assert_eq!(order["lines"][1]["total"]["amount"], "83333");
            assert_eq!(order["lines"][1]["unitPrice"]["amount"], "33333.3333");
            assert_eq!(order["lines"][1]["openQuantity"], "2.5");
            assert_eq!(order["lines"][1]["cancelledQuantity"], "0");
            assert_eq!(order["lines"][1]["requestedDate"], "2026-04-01");
            assert_eq!(order["total"], json!({ "amount": "208333", "currency": "VND" }));
            assert_eq!(order["deliveryTerm"], json!({ "incoterm": "DAP", "namedPlace": "KCN Tân Bình" }));
            assert_eq!(order["deliveryAddress"], "Lô B2, KCN Tân Bình\nTP. Hồ Chí Minh");
            assert_eq!(order["paymentTerms"], "30 ngày");
            assert_eq!(order["placedAt"], "2026-03-02T08:00:00Z");
        }
    }
}

story! {
    async fn orders_are_placed_all_or_none(world) {
        let deal = Deal::prepare(&world).await;
        let half = NewOrder { lines: vec![line("Nut", "1", "C62", "1"), line("Nut", "0.5", "C62", "1")], ..deal.order() };
        let refused = place(&deal.buyer, vec![deal.order(), half]).await.unwrap_err();
        assert_eq!(codes(refused), [("1.lines.1.quantity".to_owned(), Code::WholeNumberNeeded)]);
        let orders = deal.buyer.run("orders", json!({ "side": "BUYER", "first": 10 })).await.only();
        assert_eq!(orders["edges"], json!([]));
    }
}

story! {
    async fn nobody_orders_for_another(world) {
        let deal = Deal::prepare(&world).await;
        for person in [&deal.seller, &world.stranger().await, &world.nobody()] {
            let refused = place(person, vec![deal.order()]).await.unwrap_err();
            assert_eq!(codes(refused), [("0".to_owned(), Code::WrongSide)]);
        }
    }
}

story! {
    async fn fifty_orders_cost_as_many_statements_as_one(world) {
        let deal = Deal::prepare(&world).await;
        let expected = match world.app.store().engine() {
            Engine::Postgres => 1,
            // One for each table: orders, lines, events.
            Engine::Sqlite => 3,
        };
        for count in [1, 50] {
            let meter = Meter::default();
            let orders = (0..count).map(|_| deal.order()).collect();
            let placed = place_metered(&deal.buyer, orders, &meter).await.unwrap();
            assert_eq!(placed.len(), count);
            assert_eq!(meter.statements(), expected, "{count} orders");
        }
    }
}

story! {
    async fn every_step_stands_in_the_timelines_of_both(world) {
        let deal = Deal::prepare(&world).await;
        let order = place(&deal.buyer, vec![deal.order()]).await.unwrap().remove(0);
        let id = global(order.id);
        let input = json!({ "input": { "orderId": id, "remark": "Vâng" } });
        deal.seller.run("acknowledgeOrder", input).await.ok();
        let input = json!({ "input": { "orderId": id, "reason": "Dừng dự án", "idempotencyKey": "stop-the-project" } });
        deal.buyer.run("requestOrderCancellation", input).await.ok();
        deal.seller.run("agreeOrderCancellation", json!({ "input": { "orderId": id } })).await.ok();

        let subject = Subject { kind: SubjectKind::Order, id: order.id.uuid() };
        let stranger = world.stranger().await;
        let all = ["ORDER_CANCELLATION_AGREED", "ORDER_CANCELLATION_REQUESTED", "ORDER_ACKNOWLEDGED", "ORDER_PLACED"];
        for (person, expected) in [(&deal.buyer, &all[..]), (&deal.seller, &all[..]), (&stranger, &[])] {
            let tx = world.app.store().read(person.actor, Meter::default()).await.unwrap();
            let page = event::timeline(&tx, subject, &PageRequest::first(10)).await.unwrap();
            let kinds: Vec<_> = page.items.iter().map(|event| event.kind.as_str()).collect();
            assert_eq!(kinds, expected);
        }
    }
}
