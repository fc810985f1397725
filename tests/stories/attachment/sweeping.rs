//! What nobody needs any more goes; what anybody needs stays.

use jiff::SignedDuration;
use tradehall::attachment::{Swept, sweep};
use tradehall_domain::attachment::Visibility;
use tradehall_domain::event::{Subject, SubjectKind};
use tradehall_domain::id::Id;
use tradehall_persistence::{Meter, attachment};
use tradehall_tests::{json, story};
use uuid::Uuid;

use super::market::{Market, PDF};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

story! {
    async fn what_is_attached_to_nothing_for_a_week_goes(world) {
        let market = Market::open(world).await;
        let (buyer, seller) = (market.world.buyer().await, market.world.seller("Seller").await);
        let loose = market.upload(&buyer, "loose.pdf", "application/pdf", PDF).await;
        let shared = market.upload(&seller, "shared.pdf", "application/pdf", PDF).await;
        market.upload(&buyer, "alone.txt", "text/plain", b"alone").await;
        market.ask(&buyer, "never.txt", "text/plain", 5).await;
        assert_eq!(market.kept(), 2);

        let mut tx = market.world.app.store().write(seller.actor, Meter::default()).await.unwrap();
        let id = Id::from_uuid(tradehall::graphql::id::parse(shared.as_str().unwrap()).unwrap().1);
        let quote = Subject { kind: SubjectKind::Quote, id: Uuid::now_v7() };
        attachment::attach(&mut tx, quote, &[id], &Visibility::Owner).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(sweep(&market.world.app).await.unwrap(), Swept::default(), "all is young");
        market.world.pass(HOUR * 2);
        let swept = sweep(&market.world.app).await.unwrap();
        assert_eq!(swept, Swept { uploads: 4, attachments: 0, contents: 0 });

        market.world.pass(HOUR * 24 * 7);
        let swept = sweep(&market.world.app).await.unwrap();
        assert_eq!(swept, Swept { uploads: 0, attachments: 2, contents: 0 }, "bytes are given time");
        assert_eq!(buyer.run("attachment", json!({ "id": loose })).await.error(), "NOT_FOUND");
        market.world.pass(HOUR * 2);
        let swept = sweep(&market.world.app).await.unwrap();
        assert_eq!(swept, Swept { uploads: 0, attachments: 0, contents: 1 }, "the other's are still needed");
        assert_eq!(sweep(&market.world.app).await.unwrap(), Swept::default());
        assert_eq!(market.kept(), 1);
        let link = market.link(&seller, &shared).await;
        assert_eq!(market.get(&link, &[]).await.body, PDF);

        // Bytes that were dropped come again like new ones.
        market.upload(&buyer, "alone.txt", "text/plain", b"alone").await;
        assert_eq!(market.kept(), 2);
    }
}
