//! What one customer is shown does not change by what its seller does for another: not a price, a hit, a count, an order or a cursor.

use serde_json::{Map, Value};
use tradehall::graphql::id::global;
use tradehall_tests::{Person, World, json, story};

use crate::customer::Shop;
use crate::pricing::Prices;
use crate::search::settle;

/// Everything that `person` can ask of the shop, word for word.
async fn answers(world: &World, person: &Person, shop: &Shop, known: &[&Value]) -> String {
    settle(world).await;
    let owner = global(shop.seller.organization()).0;
    let facets = ["CATEGORY", "BRAND", "OWNER", "ATTRIBUTE"];
    let mut asked = vec![
        ("productsWithPrices", json!({ "first": 100, "quantity": "10" })),
        ("categories", json!({ "ownerId": owner, "first": 100 })),
        ("offers", json!({ "filter": { "side": "BUYER" }, "first": 100 })),
        ("orders", json!({ "side": "BUYER", "first": 10 })),
        ("customers", json!({ "first": 10 })),
        ("agreements", json!({ "side": "BUYER", "first": 10 })),
        ("priceLists", json!({ "first": 10 })),
    ];
    for query in ["bu long", "bulong", "BL", "bl-x", "x1", "hang b", "sieu ben", "kho 7", "KHO-1", "skf6204", "kgo"] {
        for sort in ["RELEVANCE", "NAME", "NUMBER", "NEWEST"] {
            asked.push(("productSearch", json!({ "query": query, "facets": facets, "sort": sort, "first": 3 })));
        }
        for sort in ["PRICE_ASCENDING", "PRICE_DESCENDING", "RELEVANCE"] {
            let cheap = json!({ "price": { "currency": "USD", "max": "8" } });
            asked.push((
                "productSearch",
                json!({ "query": query, "facets": facets, "filter": cheap, "sort": sort, "first": 2 }),
            ));
        }
        asked.push(("productSuggestions", json!({ "prefix": query, "first": 10 })));
    }
    for product in known {
        let id = &product["id"];
        asked.push(("product", json!({ "id": id })));
        asked.push(("productPrice", json!({ "id": id, "quantity": "10" })));
        asked.push(("priceExplanation", json!({ "productId": id, "quantity": "10", "asOf": world.now().to_string() })));
    }
    let mut told = Map::new();
    for (n, (operation, variables)) in asked.into_iter().enumerate() {
        let answer = person.run(operation, variables).await.json;
        told.insert(format!("{n} {operation}"), answer);
    }
    Value::Object(told).to_string()
}

/// A shop that sells something to everybody, and two of its customers.
struct Rivals {
    shop: Shop,
    plain: Vec<Value>,
    quiet: Person,
    favoured: Person,
    customer: Value,
}

impl Rivals {
    async fn open(world: &World, policy: &str) -> Self {
        let shop = Shop::open(world, policy).await;
        let mut plain = Vec::new();
        for number in ["BL-1", "BL-2", "BL-3", "BL-4", "BL-5"] {
            plain.push(shop.product(number).await);
        }
        let (quiet, favoured) = (world.buyer().await, world.stranger().await);
        shop.customer(&quiet).await;
        let customer = shop.customer(&favoured).await;
        let prices = Prices { shop };
        let list = prices.list("G", json!({})).await;
        for (n, product) in plain.iter().enumerate() {
            prices.enter(&list, product, &format!("{}.5", 5 + n), json!({})).await;
        }
        Self { shop: prices.shop, plain, quiet, favoured, customer }
    }

    /// All that a seller can do for one customer alone.
    async fn favour(self, world: &World) -> Self {
        let Self { shop, plain, quiet, favoured, customer } = self;
        let seller = shop.seller.clone();
        let group = json!({ "input": { "code": "X", "name": "Nhóm bí mật" } });
        let category = seller.run("createCategory", group).await.only()["category"]["id"].clone();
        let mut secret = Vec::new();
        for number in ["BL-X1", "BL-X2"] {
            let input = json!({ "input": {
                "number": number, "name": "Bu lông siêu bền", "unit": "C62", "brand": "Hãng Bí Mật", "categoryId": category,
                "attributes": [{ "name": "Cấp", "value": "12.9" }],
            } });
            let made = seller.run("createProduct", input).await.only()["product"].clone();
            secret.push(made);
        }
        let exclusive = shop.assortment("X", "EXCLUSIVE", &secret.iter().collect::<Vec<_>>()).await;
        for product in &secret {
            seller.run("publishProduct", json!({ "input": { "productId": product["id"] } })).await.only();
        }
        shop.grant(&exclusive, json!({ "customerId": customer }), "SHOWN").await;
        let segment = shop.segment("VIP").await;
        let join = json!({ "input": { "segmentId": segment, "addCustomerIds": [customer] } });
        seller.run("sortCustomers", join).await.only();
        let prices = Prices { shop };
        let own = prices.list("K", json!({ "customerId": customer })).await;
        let vip = prices.list("V", json!({ "segmentId": segment })).await;
        for product in plain.iter().chain(&secret) {
            prices.enter(&own, product, "0.5", json!({})).await;
            prices.enter(&vip, product, "0.7", json!({})).await;
        }
        prices.promotion("Khuyến mãi riêng", json!({ "segmentId": segment, "percentOff": "20" })).await;
        let shop = prices.shop;
        let own = global(favoured.organization()).0;
        let numbers = plain.iter().chain(&secret).enumerate().map(|(n, product)| {
            json!({ "productId": product["id"], "kind": "CUSTOMER", "number": format!("KHO-7{n}"), "buyerId": own })
        });
        let numbers = numbers.chain([
            json!({ "productId": secret[0]["id"], "kind": "COMPETITOR", "number": "SKF 6204", "issuer": "SKF" }),
        ]);
        let numbers = json!({ "input": { "entries": numbers.collect::<Vec<_>>() } });
        shop.seller.run("recordPartNumbers", numbers).await.only();
        let theirs = json!({ "productId": plain[0]["id"], "kind": "CUSTOMER", "number": "KHO-1" });
        favoured.run("recordPartNumbers", json!({ "input": { "entries": [theirs] } })).await.only();
        let noted =
            json!({ "input": { "customerId": customer, "expectedVersion": 0, "number": "K-1", "note": "VIP" } });
        shop.seller.run("amendCustomer", noted).await.only();
        settle(world).await;
        Self { shop, plain, quiet, favoured, customer }
    }
}

async fn nothing_shows(world: World, policy: &str) {
    let rivals = Rivals::open(&world, policy).await;
    let stranger = world.seller("Người ngoài").await;
    let known: Vec<_> = rivals.plain.iter().collect();
    let before = answers(&world, &rivals.quiet, &rivals.shop, &known).await;
    let outside = answers(&world, &stranger, &rivals.shop, &known).await;
    let own = answers(&world, &rivals.favoured, &rivals.shop, &known).await;
    let (visitor, open) = (world.nobody(), policy != "CUSTOMERS_ONLY");
    rivals.shop.visited(if open { policy } else { "SIGNED_IN_ONLY" }).await;
    let unknown = answers(&world, &visitor, &rivals.shop, &known).await;
    assert_eq!(unknown.contains("BL-1"), open, "a visitor is shown what the shop says");
    let rivals = rivals.favour(&world).await;
    let known: Vec<_> = rivals.plain.iter().collect();
    assert_eq!(answers(&world, &rivals.quiet, &rivals.shop, &known).await, before, "another customer's favours show");
    assert_eq!(answers(&world, &stranger, &rivals.shop, &known).await, outside, "a customer's favours show outside");
    assert_eq!(answers(&world, &visitor, &rivals.shop, &known).await, unknown, "a customer's favours show to visitors");
    assert_ne!(answers(&world, &rivals.favoured, &rivals.shop, &known).await, own, "the favours are none");
    assert!(rivals.customer.is_string());
}

story! {
    async fn no_answer_tells_what_another_customer_gets(world) {
        nothing_shows(world, "OPEN").await;
    }
}

story! {
    async fn no_answer_tells_it_where_prices_are_hidden(world) {
        nothing_shows(world, "PRICES_HIDDEN").await;
    }
}

story! {
    async fn no_answer_tells_it_in_a_closed_shop(world) {
        nothing_shows(world, "CUSTOMERS_ONLY").await;
    }
}
