//! What the service logs holds no secret, however much it logs.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tradehall_persistence::migrate::migrate;
use tradehall_tests::cluster::{Durability, PrivateCluster, fresh_file};

use crate::service::Service;

const EMAIL: &str = "ann@example.com";
const FIRST: &str = "first river of quiet steel";
const SECOND: &str = "second river of quiet steel";
const GUESS: &str = "a guess that is quite wrong";
const DATABASE: &str = "kzbnd-database-password";

/// Signs up, confirms, signs in, refreshes, makes a key and uses it, forgets the password and replaces it, errs in between; answers
/// every secret that was sent or handed out.
async fn live(service: &Service) -> Vec<String> {
    let mut secrets: Vec<String> = [FIRST, SECOND, GUESS].map(str::to_owned).to_vec();
    let mut keep = |secret: &Value| {
        let secret = secret.as_str().unwrap_or_else(|| panic!("{secret} is no secret")).to_owned();
        secrets.push(secret.clone());
        secret
    };
    service.send(None, "signUp", json!({ "email": EMAIL, "fullName": "Ann" })).await.only();
    let token = keep(&json!(service.mailed_token().await));
    let confirm = json!({ "token": token, "password": FIRST });
    service.send(None, "confirmAddress", confirm.clone()).await.only();
    service.send(None, "confirmAddress", confirm).await;
    service.send(None, "signIn", json!({ "email": EMAIL, "password": GUESS })).await;
    let granted = service.send(None, "signIn", json!({ "email": EMAIL, "password": FIRST })).await;
    let access = keep(&granted.only()["accessToken"]["token"]);
    let refresh = keep(&granted.only()["refreshToken"]["token"]);

    let founding = json!({ "name": "Thép Việt", "country": "VN" });
    let founded = service.send(Some(&access), "createOrganization", founding).await;
    let organization = founded.only()["organization"]["id"].clone();
    let switched = service.send(Some(&access), "switchOrganization", json!({ "organizationId": organization })).await;
    let acting = keep(&switched.only()["accessToken"]["token"]);
    let issue = json!({ "name": "ERP", "scopes": ["RFQ_READ"] });
    let issued = service.send(Some(&acting), "issueApiKey", issue).await;
    let key = keep(&issued.only()["secret"]);
    service.run(Some(&key), "rfqs", json!({ "view": "SENT" })).await.only();
    service.run(Some(&format!("{key}x")), "rfqs", json!({ "view": "SENT" })).await;
    service.run(Some(&format!("{acting}x")), "viewer", json!({})).await;

    let renewed = service.send(None, "refresh", json!({ "refreshToken": refresh })).await;
    keep(&renewed.only()["accessToken"]["token"]);
    keep(&renewed.only()["refreshToken"]["token"]);
    service.send(None, "refresh", json!({ "refreshToken": refresh })).await;

    service.send(None, "requestPasswordReset", json!({ "email": EMAIL })).await.only();
    let token = keep(&json!(service.mailed_token().await));
    service.send(None, "resetPassword", json!({ "token": token, "newPassword": SECOND })).await.only();
    service.send(None, "signIn", json!({ "email": EMAIL, "password": SECOND })).await.only();
    // Documents that are refused are not repeated either.
    service.run(None, "signIn", json!({ "input": { "email": EMAIL, "password": [GUESS] } })).await;
    secrets
}

fn scan(log: &str, secrets: &[String]) {
    assert!(log.contains("DEBUG") && log.lines().count() > 20, "there is something to look through: {log}");
    for secret in secrets {
        let hash: String = Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        // The last part of a token is random throughout; what is shown of it would be enough to look for.
        let end: String = secret.chars().skip(secret.chars().count().saturating_sub(16)).collect();
        for (what, text) in [("itself", secret.as_str()), ("its end", &end), ("its hash", &hash)] {
            let found = log.lines().find(|line| line.contains(text));
            assert!(found.is_none(), "{what} of {secret} is logged: {}", found.unwrap_or_default());
        }
    }
    for mark in ["$argon2", "Bearer ", DATABASE] {
        let found = log.lines().find(|line| line.contains(mark));
        assert!(found.is_none(), "{mark} is logged: {}", found.unwrap_or_default());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_logged_on_sqlite() {
    let migrated = async |url: &str| {
        migrate(url).await.unwrap();
    };
    let url = fresh_file(migrated).await;
    let service = Service::start(&url);
    let secrets = live(&service).await;
    scan(&service.log(), &secrets);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_is_logged_on_postgres_even_when_it_goes_away() {
    let cluster = PrivateCluster::start(Durability::Off).unwrap();
    let url = cluster.url();
    let with_password = url.replacen("tradehall@", &format!("tradehall:{DATABASE}@"), 1);
    assert_ne!(url, with_password, "{url} names its role");
    let service = Service::start(&with_password);
    let secrets = live(&service).await;
    cluster.kill().unwrap();
    service.send(None, "signIn", json!({ "email": EMAIL, "password": SECOND })).await;
    service.get("/health/ready").await;
    scan(&service.log(), &secrets);
}
