//! Venues: a buyer opens one, sellers come in.

mod barred;

use tradehall_tests::{json, story};

story! {
    async fn a_private_venue_takes_in_whom_its_owner_asks(world) {
        let buyer = world.buyer().await;
        let seller = world.seller("Thép Việt").await;
        let input = json!({ "input": { "name": "Mua thép", "model": "BUY_SIDE", "access": "PRIVATE" } });
        let venue = buyer.run("openVenue", input).await.only()["venue"]["id"].clone();

        assert_eq!(seller.run("venue", json!({ "id": venue })).await.error(), "NOT_FOUND");

        let to = tradehall::graphql::id::global(seller.organization());
        let input = json!({ "input": { "venueId": venue, "organizationId": to, "side": "SELLER" } });
        let part = buyer.run("inviteToVenue", input).await.only()["participation"]["id"].clone();

        let seen = seller.run("venue", json!({ "id": venue })).await.only();
        assert_eq!(seen["name"], "Mua thép");
        assert_eq!(seen["owner"]["name"], "Bách Hóa Buyer");

        let input = json!({ "input": { "participationId": part } });
        let accepted = seller.run("acceptParticipation", input.clone()).await.only();
        assert_eq!(accepted["participation"]["status"], "APPROVED");
        assert_eq!(seller.run("acceptParticipation", input.clone()).await.refusal(), "PARTICIPATION_STATUS");
        assert_eq!(buyer.run("acceptParticipation", input.clone()).await.refusal(), "WRONG_SIDE");

        let stranger = world.stranger().await;
        assert_eq!(stranger.run("acceptParticipation", input).await.error(), "NOT_FOUND");
        assert_eq!(world.nobody().run("venue", json!({ "id": venue })).await.error(), "NOT_FOUND");
    }
}
