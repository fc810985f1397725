//! The market itself behind the transport: what happens in it, over a real socket.

use std::net::{SocketAddr, TcpListener};
use std::thread;

use serde_json::{Value, json};
use tradehall::app::Session;
use tradehall::graphql::Schema;
use tradehall::http::{Application, AuthError, HttpSettings, RequestMeta, Stop, serve};
use tradehall::identity::{NewUser, authenticate, create_user};
use tradehall::worker::{Worker, step};
use tradehall_domain::language::Language;
use tradehall_tests::operation::operation;
use tradehall_tests::{Client, World};

use crate::socket::Socket;

const PASSWORD: &str = "a steady river of steel";

#[derive(Clone)]
struct Market {
    world: World,
    settings: HttpSettings,
}

impl Application for Market {
    type Schema = Schema;
    type Session = Session;

    fn schema(&self) -> &Schema {
        &self.world.schema
    }

    fn settings(&self) -> &HttpSettings {
        &self.settings
    }

    async fn authenticate(&self, authorization: Option<&str>, request: RequestMeta) -> Result<Session, AuthError> {
        authenticate(&self.world.app, authorization, request).await
    }

    async fn ready(&self) -> Result<(), String> {
        self.world.app.store().ping().await.map_err(|error| error.to_string())
    }
}

fn start(world: &World) -> (SocketAddr, Stop) {
    let settings = HttpSettings { workers: Some(1), ..HttpSettings::default() };
    let market = Market { world: world.clone(), settings };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (started, stop) = std::sync::mpsc::channel();
    thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let server = serve(market, listener).unwrap();
            started.send(server.stop()).unwrap();
            server.run().await.unwrap();
        });
    });
    (address, stop.recv().unwrap())
}

/// The founder of an organization, acting for it, and a venue of its own.
async fn buyer(world: &World) -> (Client, Value) {
    let email = "ann@example.com";
    let new = NewUser { email, password: PASSWORD, full_name: "Ann", language: Language::English, staff: false };
    create_user(&world.app, new).await.unwrap();
    let granted = world.client().send("signIn", json!({ "email": email, "password": PASSWORD })).await.only();
    let ann = world.client().bearing(&granted["accessToken"]["token"]);
    let founded = json!({ "name": "Bách Hóa", "country": "VN" });
    let id = ann.send("createOrganization", founded).await.only()["organization"]["id"].clone();
    let granted = ann.send("switchOrganization", json!({ "organizationId": id })).await.only();
    let ann = ann.bearing(&granted["accessToken"]["token"]);
    let venue = json!({ "name": "Purchasing", "model": "BUY_SIDE", "access": "PRIVATE" });
    let venue = ann.send("openVenue", venue).await.only()["venue"]["id"].clone();
    (ann, venue)
}

async fn draft(world: &World, ann: &Client, venue: &Value) -> Value {
    let deadline = (world.now() + jiff::SignedDuration::from_hours(24)).to_string();
    let line = json!({ "description": "Bolt", "quantity": "1", "unit": "C62" });
    let content =
        json!({ "venueId": venue, "title": "Bolts", "currency": "USD", "deadline": deadline, "lines": [line] });
    ann.send("draftRfq", json!({ "content": content })).await.only()["rfq"]["id"].clone()
}

async fn subscribe(socket: &mut Socket, id: &str, variables: Value) {
    let payload = json!({ "query": operation("rfqEvents"), "variables": variables });
    socket.send(json!({ "type": "subscribe", "id": id, "payload": payload })).await;
}

async fn ready(address: SocketAddr, ann: &Client) -> Socket {
    let mut socket = Socket::try_open_at(address, "graphql-transport-ws").await.unwrap().0;
    let payload = json!({ "authorization": ann.authorization });
    socket.send(json!({ "type": "connection_init", "payload": payload })).await;
    assert_eq!(socket.receive().await, json!({ "type": "connection_ack" }));
    socket
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_is_told_over_a_socket_and_resumed_over_another() {
    let world = World::sqlite_at(jiff::Timestamp::now()).await;
    let (ann, venue) = buyer(&world).await;
    step(&world.app).await.unwrap();
    let (address, stop) = start(&world);
    let worker = Worker::start(world.app.clone());

    let mut socket = ready(address, &ann).await;
    subscribe(&mut socket, "1", json!({})).await;
    while world.app.feed().subscribers() == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    let first = draft(&world, &ann, &venue).await;
    let next = socket.receive().await;
    let told = &next["payload"]["data"]["rfqEvents"];
    assert_eq!((&next["type"], &next["id"], &told["rfq"]["id"]), (&json!("next"), &json!("1"), &first), "{next:#}");
    assert_eq!(told["event"]["kind"], "RFQ_DRAFTED");
    drop(socket);

    let missed = draft(&world, &ann, &venue).await;
    let mut socket = ready(address, &ann).await;
    subscribe(&mut socket, "2", json!({ "after": told["cursor"] })).await;
    let next = socket.receive().await;
    assert_eq!(next["payload"]["data"]["rfqEvents"]["rfq"]["id"], missed, "{next:#}");

    // A cursor of nothing is an answer of its own, and the socket lives on.
    subscribe(&mut socket, "3", json!({ "after": "rubbish" })).await;
    let wrong = socket.receive().await;
    assert_eq!(wrong["payload"]["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong:#}");
    assert_eq!(socket.receive().await, json!({ "type": "complete", "id": "3" }));
    let third = draft(&world, &ann, &venue).await;
    assert_eq!(socket.receive().await["payload"]["data"]["rfqEvents"]["rfq"]["id"], third);

    worker.stop().await;
    let stopping = tokio::spawn(async move { stop.gracefully().await });
    assert_eq!(socket.closed().await.0, 1001);
    stopping.await.unwrap();
}
