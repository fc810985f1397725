//! The database goes away under the running service and comes back.

use serde_json::json;
use sqlx::Connection as _;
use tradehall_tests::cluster::{Durability, PrivateCluster};

use crate::service::Service;

const EMAIL: &str = "ann@example.com";
const PASSWORD: &str = "a steady river of steel";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_everything_says_so_and_afterwards_everything_works() {
    let cluster = PrivateCluster::start(Durability::Full).unwrap();
    let service = Service::start(&cluster.url());
    service.open_account(EMAIL, PASSWORD);
    let sign_in = json!({ "email": EMAIL, "password": PASSWORD });
    let granted = service.send(None, "signIn", sign_in.clone()).await;
    let token = granted.only()["accessToken"]["token"].as_str().unwrap().to_owned();
    let founding = |key: &str| json!({ "name": "Thép Việt", "country": "VN", "idempotencyKey": key });
    let founded = service.send(Some(&token), "createOrganization", founding("found-0001")).await;
    let founded = founded.only()["organization"]["id"].clone();
    // Many at once, so that the pool has many connections that will all be dead.
    let crowd = || futures_util::future::join_all((0..16).map(|_| service.run(Some(&token), "viewer", json!({}))));
    assert!(crowd().await.iter().all(|answer| answer.status == 200));
    assert_eq!(service.get("/health/ready").await.0, 200);

    cluster.kill().unwrap();
    for round in 0..3 {
        for (name, variables, token) in [
            ("signIn", json!({ "input": sign_in }), None),
            ("viewer", json!({}), Some(token.as_str())),
            ("createOrganization", json!({ "input": founding("found-0002") }), Some(token.as_str())),
        ] {
            let answer = service.run(token, name, variables).await;
            assert_eq!(answer.error(), "UNAVAILABLE", "{round} {name}: {} {:#}", answer.status, answer.json);
            assert!(answer.status == 503 || answer.status == 200, "{round} {name}: {}", answer.status);
            let said = answer.json.to_string();
            assert!(
                !["sqlx", "socket", "refused", "/tmp", "postgres"].iter().any(|word| said.contains(word)),
                "{said}"
            );
        }
        let (status, text) = service.get("/health/ready").await;
        assert_eq!((status, text.as_str()), (503, r#"{"status":"unavailable"}"#));
        assert_eq!(service.get("/health/live").await.0, 200, "a restart would mend nothing");
    }

    cluster.restart().unwrap();
    // At once, and not only after each dead connection has failed somebody.
    assert_eq!(service.get("/health/ready").await.0, 200);
    for answer in crowd().await {
        assert_eq!(answer.status, 200, "{:#}", answer.json);
        assert!(answer.json.get("errors").is_none(), "{:#}", answer.json);
    }
    service.send(None, "signIn", sign_in).await.only();
    let again = service.send(Some(&token), "createOrganization", founding("found-0001")).await;
    assert_eq!(again.only()["organization"]["id"], founded, "what was acknowledged is still there");
    service.send(Some(&token), "createOrganization", founding("found-0002")).await.only();

    // The worker found its way back too: a mail that waits is sent.
    service.send(None, "signUp", json!({ "email": "bo@example.com", "fullName": "Bo" })).await.only();
    service.mailed_token().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_that_waits_too_long_is_ended_and_the_next_one_served() {
    let cluster = PrivateCluster::start(Durability::Off).unwrap();
    let service = Service::start(&cluster.url());
    service.open_account(EMAIL, PASSWORD);
    let sign_in = json!({ "email": EMAIL, "password": PASSWORD });
    let mut busy = sqlx::PgConnection::connect(&cluster.url()).await.unwrap();
    sqlx::raw_sql("BEGIN; LOCK TABLE user_account IN ACCESS EXCLUSIVE MODE").execute(&mut busy).await.unwrap();
    assert_eq!(service.send(None, "signIn", sign_in.clone()).await.error(), "UNAVAILABLE");
    sqlx::raw_sql("ROLLBACK").execute(&mut busy).await.unwrap();
    service.send(None, "signIn", sign_in).await.only();
}
