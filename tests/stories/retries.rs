//! Requests that are sent again, at the same moment or later: whatever takes an `idempotencyKey` is done once and answers the same.

use std::collections::BTreeSet;

use serde_json::Value;
use tradehall::graphql::id::global;
use tradehall::identity::{NewUser, create_user};
use tradehall_domain::access::{Actor, PermissionSet, Principal, SystemRole};
use tradehall_domain::language::Language;
use tradehall_tests::{ENTITLED, Person, Raw, World, json, story};

use crate::agreement::Trade;
use crate::live::bolts;
use crate::order::Deal;
use crate::rfq::desk::Desk;

/// One verb, ready to be sent by somebody for the first time.
struct Case {
    /// The input type that has the key.
    input: &'static str,
    verb: &'static str,
    person: Person,
    /// Its fields but for the key.
    fields: Value,
    /// Counts what the verb makes: one more when it was done once.
    made: &'static str,
}

impl Case {
    fn new(input: &'static str, verb: &'static str, person: &Person, fields: Value, made: &'static str) -> Self {
        Self { input, verb, person: person.clone(), fields, made }
    }
}

/// Somebody with an account, acting as the owner of a verified organization or for none.
async fn somebody(world: &World, name: &str, with_organization: bool) -> Person {
    let (email, password) = (format!("{name}@example.com"), "a steady river of steel");
    let new = NewUser { email: &email, password, full_name: name, language: Language::English, staff: false };
    let user = create_user(&world.app, new).await.unwrap();
    let organization = if with_organization { Some(world.organization(name).await) } else { None };
    let permissions = if with_organization { SystemRole::Owner.permissions() } else { PermissionSet::NONE };
    let (principal, entitlement) = (Principal::User(user.id), ENTITLED);
    world.acting(Actor { principal, organization, entitlement, permissions, task: None })
}

async fn of_people_and_places(world: &World) -> Vec<Case> {
    let owner = somebody(world, "owner", true).await;
    let founder = somebody(world, "founder", false).await;
    let found = json!({ "name": "Sáng Lập", "country": "VN" });
    let member = json!({ "email": "newcomer@example.com", "systemRoles": ["SALES"] });
    let venue = json!({ "name": "Purchasing", "model": "BUY_SIDE", "access": "PUBLIC" });
    let file = json!({ "fileName": "a.pdf", "mediaType": "application/pdf", "size": 12 });
    vec![
        Case::new("CreateOrganizationInput", "createOrganization", &founder, found, "organization"),
        Case::new("InviteMemberInput", "inviteMember", &owner, member, "member_invitation"),
        Case::new("OpenVenueInput", "openVenue", &owner, venue, "venue"),
        Case::new("RequestUploadInput", "requestUpload", &owner, file, "attachment_upload"),
    ]
}

async fn of_the_catalog(world: &World) -> Vec<Case> {
    let owner = world.seller("Catalog").await;
    let product = async |number: &str| {
        let input = json!({ "input": { "number": number, "name": "Nut", "unit": "C62" } });
        let product = owner.run("createProduct", input).await.only()["product"]["id"].clone();
        owner.run("publishProduct", json!({ "input": { "productId": product } })).await.ok();
        product
    };
    let offered = json!({ "productId": product("N-1").await, "unitPrice": "1", "currency": "USD", "unit": "C62",
                          "leadTimeDays": 1, "access": "PUBLIC" });
    product("N-2").await;
    let csv = b"product_number,price,currency,lead_time_days\nN-2,1,USD,5\n";
    let table = world.place(&owner, "offers.csv", tradehall_tests::tables::CSV, csv).await;
    let category = json!({ "code": "C", "name": "Category" });
    let new = json!({ "number": "N-3", "name": "Nut", "unit": "C62" });
    let export = json!({ "kind": "PRODUCTS", "format": "CSV" });
    let file = json!({ "attachmentId": table, "kind": "OFFERS", "mode": "KEEP_GOOD_ROWS" });
    vec![
        Case::new("CreateCategoryInput", "createCategory", &owner, category, "category"),
        Case::new("CreateProductInput", "createProduct", &owner, new, "product"),
        Case::new("CreateOfferInput", "createOffer", &owner, offered, "offer"),
        Case::new("StartImportInput", "startImport", &owner, file, "import_run"),
        Case::new("StartExportInput", "startExport", &owner, export, "export_run"),
    ]
}

fn fields(mut sent: Value) -> Value {
    sent["input"].as_object_mut().unwrap().remove("idempotencyKey");
    sent["input"].clone()
}

async fn of_sourcing(world: &World) -> Vec<Case> {
    const VERSIONS: &str = "quote_version WHERE submitted_at IS NOT NULL";
    let desk = Desk::open_in(world, "PUBLIC").await;
    let rfq = desk.publish(bolts(&desk), "OPEN", &["Thép Việt", "Kim Khí Á Châu"]).await;
    let [fresh, revising] = [desk.seller(0), desk.seller(1)];
    let lines = desk.priced(fresh, &rfq, "1").await;
    desk.quote(revising, &rfq, lines.clone()).await;
    let quote = fields(desk.offer(&rfq, lines, ""));
    let mut cases = vec![
        Case::new("SubmitQuoteInput", "submitQuote", fresh, quote.clone(), "quote"),
        Case::new("SubmitQuoteInput", "submitQuote", revising, quote, VERSIONS),
    ];
    for (bidding, name) in [("OPEN", "Không Mời"), ("SEALED", "Đấu Kín")] {
        let rfq = desk.publish_to_all(bolts(&desk), bidding).await;
        let unasked = world.seller(name).await;
        let lines = desk.priced(&unasked, &rfq, "1").await;
        let quote = fields(desk.offer(&rfq, lines, ""));
        cases.push(Case::new("SubmitQuoteInput", "submitQuote", &unasked, quote, "quote"));
    }
    let content = desk.content(bolts(&desk), "OPEN");
    let copy = json!({ "rfqId": rfq, "deadline": content["deadline"] });
    cases.push(Case::new("DraftRfqInput", "draftRfq", &desk.buyer, json!({ "content": content }), "rfq"));
    cases.push(Case::new("CopyRfqInput", "copyRfq", &desk.buyer, copy, "rfq"));
    cases
}

async fn of_orders(world: &World) -> Vec<Case> {
    const ASKED: &str = "event WHERE kind = 'ORDER_CANCELLATION_REQUESTED'";
    const ANSWERED: &str = "event WHERE kind = 'ORDER_CANCELLATION_DECLINED'";
    let desk = Desk::open(world).await;
    let rfq = desk.publish(bolts(&desk), "OPEN", &["Cơ Khí"]).await;
    let lines = desk.priced(desk.seller(0), &rfq, "1").await;
    let quote = desk.quote(desk.seller(0), &rfq, lines).await;
    desk.buyer.run("closeRfq", json!({ "input": { "rfqId": rfq } })).await.ok();
    let award = json!({ "rfqId": rfq, "award": { "quoteId": quote } });

    let deal = Deal::prepare(world).await;
    let mut orders = Vec::new();
    for _ in 0..2 {
        let order = deal.place().await;
        deal.seller.run("acknowledgeOrder", json!({ "input": { "orderId": order } })).await.ok();
        orders.push(order);
    }
    let wish = |order: &str| json!({ "orderId": order, "reason": "Trễ quá" });
    let mut wished = wish(&orders[1]);
    wished["idempotencyKey"] = json!("wished-0001");
    deal.buyer.run("requestOrderCancellation", json!({ "input": wished })).await.ok();
    let no = json!({ "orderId": orders[1], "remark": "Đã sản xuất" });
    vec![
        Case::new("AwardRfqInput", "awardRfq", &desk.buyer, award, "purchase_order"),
        Case::new("RequestOrderCancellationInput", "requestOrderCancellation", &deal.buyer, wish(&orders[0]), ASKED),
        Case::new("DeclineOrderCancellationInput", "declineOrderCancellation", &deal.seller, no, ANSWERED),
    ]
}

async fn of_shops(world: &World) -> Vec<Case> {
    let trade = Trade::prepare(world).await;
    let seller = trade.seller();
    let (agreed, line) = trade.agreed(&trade.content()).await;
    let off = json!({ "agreementId": agreed, "lines": [{ "lineId": line, "quantity": "10" }] });
    let renewed = json!({ "agreementId": agreed, "validUntil": trade.in_days(700).to_string() });
    let drafted = json!({ "partner": { "customerId": trade.customer }, "content": trade.content() });
    let definition = json!({ "code": "ren", "label": "Ren", "kind": "TEXT" });
    let product_type = json!({ "code": "B", "name": "Bolt", "definitions": [definition] });
    let list = json!({ "code": "L", "name": "List", "currency": "USD" });
    let promotion = json!({ "name": "Tết", "percentOff": "5" });
    let assortment = json!({ "code": "A", "name": "Assortment", "kind": "SHARED" });
    vec![
        Case::new("CallOffInput", "callOff", &trade.buyer, off, "purchase_order"),
        Case::new("RenewAgreementInput", "renewAgreement", &trade.buyer, renewed, "agreement"),
        Case::new("DraftAgreementInput", "draftAgreement", seller, drafted, "agreement"),
        Case::new("DefineSegmentInput", "defineSegment", seller, json!({ "code": "S", "name": "Segment" }), "segment"),
        Case::new("DefineAssortmentInput", "defineAssortment", seller, assortment, "assortment"),
        Case::new("CreatePriceListInput", "createPriceList", seller, list, "price_list"),
        Case::new("CreatePromotionInput", "createPromotion", seller, promotion, "promotion"),
        Case::new("DefineProductTypeInput", "defineProductType", seller, product_type, "product_type"),
        Case::new(
            "CreateCatalogVersionInput",
            "createCatalogVersion",
            seller,
            json!({ "name": "V" }),
            "catalog_version",
        ),
    ]
}

/// The input types of the contract that have the key.
fn keyed(schema: &str) -> BTreeSet<&str> {
    let inputs = schema.split("\ninput ").skip(1).map(|rest| rest.split("\n}").next().unwrap());
    inputs.filter(|input| input.contains("\n\tidempotencyKey:")).map(|input| input.split(' ').next().unwrap()).collect()
}

story! {
    async fn whatever_takes_a_key_is_done_once(world) {
        let mut cases = of_people_and_places(&world).await;
        cases.extend(of_the_catalog(&world).await);
        cases.extend(of_sourcing(&world).await);
        cases.extend(of_orders(&world).await);
        cases.extend(of_shops(&world).await);
        let sdl = world.schema.sdl();
        let tried: BTreeSet<_> = cases.iter().map(|case| case.input).collect();
        assert_eq!(tried, keyed(&sdl), "every input with a key is tried here");

        let mut raw = Raw::open(&world.url).await;
        for (n, case) in cases.into_iter().enumerate() {
            let Case { verb, person, fields, made, .. } = case;
            let count = format!("SELECT count(*) FROM {made}");
            let before = raw.integer(&count).await;
            let key = format!("retry-{n:08}");
            let send = async |change: &str| {
                let mut input = fields.clone();
                input["idempotencyKey"] = json!(key);
                if !change.is_empty() {
                    input[change] = json!("Another input");
                }
                person.run(verb, json!({ "input": input })).await
            };
            let (one, other) = tokio::join!(send(""), send(""));
            let later = send("").await;
            let first = one.ok();
            assert_eq!(other.ok(), first, "{verb}, number {n}: at the same moment");
            assert_eq!(later.ok(), first, "{verb}, number {n}: later");
            assert_eq!(raw.integer(&count).await, before + 1, "{verb}, number {n}");
            for text in ["name", "reason", "remark"].into_iter().filter(|text| fields.get(text).is_some()) {
                assert_eq!(send(text).await.error(), "CONFLICT", "{verb}: another input");
            }
        }
    }
}

story! {
    async fn a_key_for_a_later_attempt_is_not_spent_on_a_refusal(world) {
        let owner = somebody(&world, "owner", true).await;
        let input = |name: &str| json!({ "input": { "name": name, "model": "BUY_SIDE", "access": "PUBLIC",
                                                    "idempotencyKey": "venue-0001" } });
        assert_eq!(owner.run("openVenue", input("")).await.refusal(), "TOO_SHORT");
        let venue = owner.run("openVenue", input("Purchasing")).await.only()["venue"]["id"].clone();
        assert_ne!(venue, json!(global(owner.organization()).0));
        assert_eq!(owner.run("openVenue", input("Purchasing")).await.only()["venue"]["id"], venue);
    }
}
