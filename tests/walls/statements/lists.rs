//! Lists, as they grow.

use serde_json::{Value, json};
use tradehall::graphql::id::global;
use tradehall_domain::organization::Verification;
use tradehall_tests::{Person, World};

use super::Bill;
use crate::town::attachment::some;
use crate::town::sourcing::{award, close, content, open_venue, price_with, publish};
use crate::town::{ask, send};

/// How many rows a list has at first and in the end.
const FEW: usize = 1;
const MANY: usize = 30;

struct Market<'a> {
    world: &'a World,
    buyer: Person,
    seller: Person,
    venue: Value,
    category: Value,
}

impl Market<'_> {
    /// One more of everything that stands in a list.
    async fn grow(&self, n: usize) {
        let (buyer, seller) = (&self.buyer, &self.seller);
        self.world.organization_at(&format!("Company {n}"), Verification::Submitted).await;
        send(buyer, "issueApiKey", json!({ "name": format!("Key {n}"), "scopes": ["RFQ_READ"] })).await;
        send(buyer, "addUnit", json!({ "code": format!("U{n}"), "name": "Unit", "kind": "DEPARTMENT" })).await;
        let role = json!({ "name": format!("Role {n}"), "permissions": ["RFQ_READ"] });
        let role = send(buyer, "defineRole", role).await["role"]["id"].clone();
        let invited =
            json!({ "email": format!("n{n}@example.com"), "systemRoles": ["SALES"], "customRoleIds": [role] });
        send(buyer, "inviteMember", invited).await;

        let code = format!("C{n}");
        let category = json!({ "code": code, "name": "Category" });
        let category = send(buyer, "createCategory", category).await["category"]["id"].clone();
        let below = json!({ "code": format!("S{n}"), "name": "Below", "parentId": category });
        send(buyer, "createCategory", below).await;
        let below = json!({ "code": format!("T{n}"), "name": "Below", "parentId": self.category });
        send(buyer, "createCategory", below).await;
        let product = json!({ "number": format!("N{n}"), "name": "Nut", "unit": "C62", "categoryId": category });
        let product = send(buyer, "createProduct", product).await["product"]["id"].clone();
        send(buyer, "publishProduct", json!({ "productId": product })).await;
        let offer = json!({ "productId": product, "unitPrice": "1", "currency": "USD", "unit": "C62",
                            "leadTimeDays": 1, "access": "PUBLIC" });
        send(seller, "createOffer", offer).await;
        let list = json!({ "code": format!("L{n}"), "name": "List", "currency": "USD" });
        let list = send(buyer, "createPriceList", list).await["priceList"]["id"].clone();
        let prices: Vec<_> = ["1", "10", "100"]
            .iter()
            .map(|tier| json!({ "productId": product, "unit": "C62", "unitPrice": "1", "minQuantity": tier }))
            .collect();
        send(buyer, "enterPrices", json!({ "priceListId": list, "prices": prices })).await;
        send(buyer, "activatePriceList", json!({ "priceListId": list })).await;
        let promotion = json!({ "name": "Promotion", "percentOff": "5", "categoryIds": [category] });
        let promotion = send(buyer, "createPromotion", promotion).await["promotion"]["id"].clone();
        send(buyer, "activatePromotion", json!({ "promotionId": promotion })).await;
        let csv = format!("product_number,price,currency,lead_time_days\nN{n},{},EUR,5\nX{n},1,EUR,5\n", n + 1);
        let owner = global(buyer.organization()).0;
        self.world.import_csv(seller, "OFFERS", &csv, json!({ "options": { "productOwnerId": owner } })).await;
        let columns = json!([{ "column": "Mã", "field": "number" }]);
        let mapping = json!({ "kind": "PRODUCTS", "name": format!("Mapping {n}"), "columns": columns });
        send(seller, "saveImportMapping", mapping).await;
        let own = json!({ "number": format!("S{n}"), "name": "Own", "unit": "C62" });
        send(seller, "createProduct", own).await;
        let counted = format!("number,location,quantity\nS{n},HN,{n}\n");
        self.world.import_csv(seller, "STOCK", &counted, json!({})).await;
        send(seller, "startExport", json!({ "kind": "PRODUCTS", "format": "CSV" })).await;
        tradehall::worker::step(&self.world.app).await.unwrap();

        let open = json!({ "name": format!("Venue {n}"), "model": "BUY_SIDE", "access": "PUBLIC" });
        let open = send(buyer, "openVenue", open).await["venue"]["id"].clone();
        let partner = self.world.organization(&format!("Partner {n}")).await;
        let asked = json!({ "venueId": self.venue, "organizationId": global(partner).0, "side": "SELLER" });
        send(buyer, "inviteToVenue", asked).await;

        let lines = json!([{ "description": "Bolt", "quantity": "10", "unit": "C62" }]);
        let content = content(self.world, &self.venue, "Request", lines);
        let mut with_file = content.clone();
        with_file["attachmentIds"] = some(self.world, buyer, 1).await;
        let (rfq, _) = publish(buyer, &with_file, &[seller]).await;
        let quote = price_with(self.world, seller, &rfq, some(self.world, seller, 1).await).await;
        close(buyer, &rfq).await;
        award(buyer, &rfq, &quote).await;
        let mut public = content.clone();
        public["audience"] = json!("PUBLIC");
        public["venueId"] = open;
        publish(buyer, &public, &[]).await;
    }

    /// Every list, as clients ask for it.
    async fn read(&self, bill: &mut Bill) {
        let (buyer, seller) = (&self.buyer, &self.seller);
        let own = global(buyer.organization()).0;
        let page = json!({ "first": 50 });
        let of = |id: &str| json!({ "id": id, "first": 50 });
        bill.run("apiKeys", buyer, "apiKeys", page.clone()).await;
        bill.run("organizations", buyer, "organizations", page.clone()).await;
        let queue = json!({ "status": "SUBMITTED", "first": 50 });
        bill.run("verificationQueue", &self.world.staff(), "verificationQueue", queue).await;
        bill.run("members", buyer, "members", of(&own)).await;
        bill.run("memberInvitations", buyer, "memberInvitations", of(&own)).await;
        bill.run("units", buyer, "units", of(&own)).await;
        bill.run("roles", buyer, "roles", of(&own)).await;
        bill.run("organizationTimeline", buyer, "organizationTimeline", of(&own)).await;
        bill.run("products", buyer, "products", page.clone()).await;
        tradehall::worker::step(&self.world.app).await.unwrap();
        let words = json!({ "query": "nut", "first": 50 });
        bill.run("productSearch with facets", buyer, "productSearch", words.clone()).await;
        bill.run("productSearch without", buyer, "productHits", words).await;
        let priced = json!({ "query": "nut", "sort": "PRICE_ASCENDING", "filter": { "price": { "currency": "USD" } }, "first": 50 });
        bill.run("productSearch by price", buyer, "productSearch", priced).await;
        bill.run("productSuggestions", buyer, "productSuggestions", json!({ "prefix": "nu" })).await;
        bill.run("products with offers", seller, "productsWithOffers", page.clone()).await;
        let priced = json!({ "first": 50, "quantity": "10" });
        bill.run("products with prices", seller, "productsWithPrices", priced).await;
        bill.run("priceLists", buyer, "priceLists", page.clone()).await;
        bill.run("promotions", buyer, "promotions", page.clone()).await;
        bill.run("categories", buyer, "categories", json!({ "ownerId": own })).await;
        for side in ["BUYER", "SELLER"] {
            let person = if side == "BUYER" { buyer } else { seller };
            let filter = json!({ "filter": { "side": side }, "first": 50 });
            bill.run(&format!("offers as {side}"), person, "offers", filter).await;
            let orders = json!({ "side": side, "first": 50 });
            bill.run(&format!("orders as {side}"), person, "orders", orders).await;
        }
        bill.run("imports", seller, "imports", page.clone()).await;
        bill.run("importMappings", seller, "importMappings", page.clone()).await;
        bill.run("exports", seller, "exports", page.clone()).await;
        bill.run("stock", seller, "stock", page.clone()).await;
        bill.run("products with availability", buyer, "productAvailability", page.clone()).await;
        bill.run("venues", seller, "venues", page.clone()).await;
        for (view, person) in [("SENT", buyer), ("RECEIVED", seller), ("PUBLIC", seller)] {
            bill.run(&format!("rfqs {view}"), person, "rfqs", json!({ "view": view, "first": 50 })).await;
        }
        bill.run("quotes", seller, "quotes", page.clone()).await;
        bill.run("venue: participations", buyer, "venue", json!({ "id": self.venue })).await;
        bill.run("category: children", buyer, "category", json!({ "id": self.category })).await;
        // Lists within lists, as no committed operation asks for them.
        for (label, person, document) in [
            (
                "venues { participations }",
                buyer,
                "{ venues(first: 50) { edges { node { id participations(first: 5) { edges { node { organization { name } } } } } } } }",
            ),
            (
                "imports { rows }",
                seller,
                "{ imports(first: 50) { edges { node { id rows(first: 5) { edges { node { line } } } } } } }",
            ),
            (
                "rfqs { invitations, quotes }",
                buyer,
                "{ rfqs(view: SENT, first: 50) { edges { node { id lines { id } invitations { id seller { name } } quotes { id seller { name } } } } } }",
            ),
            (
                "rfqs { attachments, timeline }",
                buyer,
                "{ rfqs(view: SENT, first: 50) { edges { node { id attachments { id } timeline(first: 5) { edges { node { kind } } } } } } }",
            ),
            (
                "quotes { timeline, versions { attachments } }",
                seller,
                "{ quotes(first: 50) { edges { node { id timeline(first: 5) { edges { node { kind } } } versions { attachments { id } } } } } }",
            ),
            (
                "quotes { versions { lines { rfqLine } } }",
                seller,
                "{ quotes(first: 50) { edges { node { id versions { lines { quantity rfqLine { description } } } } } } }",
            ),
            (
                "rfqs { awards { rfqLine } }",
                buyer,
                "{ rfqs(view: SENT, first: 50) { edges { node { id awards { quantity rfqLine { description } } } } } }",
            ),
            (
                "priceLists { prices }",
                buyer,
                "{ priceLists(first: 50) { edges { node { id prices(first: 5) { edges { node { id product { name } } } } } } } }",
            ),
            (
                "promotions { targetCategories }",
                buyer,
                "{ promotions(first: 50) { edges { node { id targetCategories { name } } } } }",
            ),
            (
                "orders { timeline }",
                buyer,
                "{ orders(side: BUYER, first: 50) { edges { node { id timeline(first: 5) { edges { node { kind } } } } } } }",
            ),
            (
                "orders { lines }",
                buyer,
                "{ orders(side: BUYER, first: 50) { edges { node { id lines { id } venue { name } seller { name } } } } }",
            ),
        ] {
            let answer = person.ask(document, json!({})).await;
            bill.note(label, answer.statements);
            answer.only();
        }
        let found = "query($first: Int) { rfqs(view: SENT, first: $first) { edges { node { id } } } }";
        let found = ask(buyer, found, page).await;
        let ids: Vec<_> = found["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["id"].clone()).collect();
        bill.run("nodes", buyer, "nodes", json!({ "ids": ids })).await;
    }
}

pub(super) async fn measure(world: &World) -> Bill {
    let (buyer, seller) = (crate::town::signed_up(world, "lists-buyer").await, world.seller("Thép Việt").await);
    let venue = open_venue(&buyer, "Purchasing", "PRIVATE").await;
    let category = json!({ "code": "ROOT", "name": "Category" });
    let category = send(&buyer, "createCategory", category).await["category"]["id"].clone();
    let market = Market { world, buyer, seller, venue, category };
    let mut bill = Bill::default();
    for n in 0..MANY {
        market.grow(n).await;
        if n + 1 == FEW || n + 1 == MANY {
            market.read(&mut bill).await;
        }
    }
    bill
}
