//! Visitors: people who have not signed in see of a shop what its seller says, and of the market nothing else.

mod closing;
mod seeing;

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall_tests::{Person, World, json};

use crate::customer::{Shop, shown};
use crate::pricing::{Prices, pays};
use crate::search::{facet, settle};

/// A shop with a category, a product in it that has a price, and an offer of it.
struct Front {
    prices: Prices,
    visitor: Person,
    category: Value,
    product: Value,
    offer: Value,
}

impl Front {
    async fn open(world: &World, guests: &str) -> Self {
        let prices = Prices { shop: Shop::open(world, guests).await };
        let seller = prices.seller().clone();
        let input = json!({ "input": { "code": "B", "name": "Bu lông" } });
        let category = seller.run("createCategory", input).await.only()["category"].clone();
        let input = json!({ "input": {
            "number": "BL-8", "name": "Bu lông lục giác", "unit": "C62", "brand": "Hòa Phát", "categoryId": category["id"],
        } });
        let product = seller.run("createProduct", input).await.only()["product"].clone();
        seller.run("publishProduct", json!({ "input": { "productId": product["id"] } })).await.only();
        let offer = prices.offer(&product, "12.5").await;
        Self { prices, visitor: world.nobody(), category: category["id"].clone(), product, offer }
    }

    fn shop(&self) -> &Shop {
        &self.prices.shop
    }

    /// What the visitor sees by each way that leads to the product: goods, then prices.
    async fn seen(&self, world: &World) -> [bool; 2] {
        settle(world).await;
        let visitor = &self.visitor;
        let goods = shown(visitor).await == ["BL-8"];
        for (way, is_seen) in self.ways(world).await {
            assert_eq!(is_seen, goods, "{way}");
        }
        let priced = pays_if_seen(visitor, &self.product).await;
        let offer = visitor.run("node", json!({ "id": self.offer })).await.only();
        assert_eq!(!offer.is_null(), priced, "the offer");
        let cheap = json!({ "filter": { "price": { "currency": "USD", "max": "100" } }, "first": 9 });
        assert_eq!(
            visitor.run("productSearch", cheap).await.only()["totalCount"],
            u64::from(priced),
            "search by price"
        );
        [goods, priced]
    }

    /// Every way to the goods that does not lead over a list of products.
    async fn ways(&self, world: &World) -> Vec<(&'static str, bool)> {
        let visitor = &self.visitor;
        let is_found = async |operation: &str, id: &Value| {
            let answer = visitor.run(operation, json!({ "id": id })).await;
            if answer.json["errors"].is_null() {
                return !answer.only().is_null();
            }
            assert_eq!(answer.error(), "NOT_FOUND", "{operation}");
            false
        };
        let owner = json!(global(self.shop().seller.organization()).0);
        let suggested = visitor.run("productSuggestions", json!({ "prefix": "bu lon", "first": 9 })).await.only();
        let tree = visitor.run("categories", json!({ "ownerId": owner, "first": 9 })).await.only();
        let owned = crate::catalog::found(visitor, json!({ "ownerId": owner })).await;
        let facets = json!({ "query": "bulong", "facets": ["BRAND", "CATEGORY", "OWNER"], "first": 9 });
        let found = visitor.run("productSearch", facets).await.only();
        let counted = facet(&found, "BRAND", None) == [("Hòa Phát".to_owned(), 1)];
        assert_eq!(found["facets"].as_array().unwrap().is_empty(), !counted);
        let several = visitor.run("nodes", json!({ "ids": [self.product["id"], self.category] })).await.only();
        // A guest sees the same index at the same time, and is shown what guests are.
        assert_eq!(shown(&world.stranger().await).await.len(), 1);
        vec![
            ("product", is_found("product", &self.product["id"]).await),
            ("node", is_found("node", &self.product["id"]).await),
            ("nodes", several[0]["id"] == self.product["id"] && several[1]["id"] == self.category),
            ("category", is_found("category", &self.category).await),
            ("products of the seller", owned == ["BL-8"]),
            ("categories", tree["edges"].as_array().unwrap().len() == 1),
            ("facets", counted),
            ("suggestions", suggested.as_array().unwrap().iter().any(|one| one["product"]["number"] == "BL-8")),
            ("the shop", is_found("shop", &self.shop().venue).await),
            ("the seller", is_found("node", &owner).await),
        ]
    }
}

/// Whether the product is seen with a price.
async fn pays_if_seen(visitor: &Person, product: &Value) -> bool {
    let answer = visitor.run("productPrice", json!({ "id": product["id"] })).await;
    answer.json["errors"].is_null() && pays(visitor, product, "1").await == "12.50 USD by LIST"
}
