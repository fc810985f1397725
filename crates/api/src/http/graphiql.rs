//! GraphiQL at `/`, served from the binary: it works without a network.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    web,
};

/// One embedded file.
struct Asset {
    path: &'static str,
    content_type: &'static str,
    content: &'static [u8],
}

macro_rules! assets {
    ($($name:literal $content_type:literal)*) => {
        &[$(Asset {
            path: concat!("/graphiql/", $name),
            content_type: $content_type,
            content: include_bytes!(concat!("../../assets/graphiql/", $name)),
        }),*]
    };
}

const ASSETS: &[Asset] = assets! {
    "react.production.min.js" "text/javascript; charset=utf-8"
    "react-dom.production.min.js" "text/javascript; charset=utf-8"
    "graphiql.min.js" "text/javascript; charset=utf-8"
    "graphiql.min.css" "text/css; charset=utf-8"
    "start.js" "text/javascript; charset=utf-8"
    "start.css" "text/css; charset=utf-8"
};

const PAGE: &str = include_str!("../../assets/graphiql/index.html");

/// Scripts and styles from here alone; the editor sets styles of elements itself. Connections go to this server, sockets included.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      font-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// An operation that GraphiQL shows as a tab.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The operation's name.
    pub name: &'static str,
    /// Its document, the one that the tests send.
    pub query: &'static str,
    /// Its variables, as JSON, for the demo market.
    pub variables: &'static str,
}

macro_rules! example {
    ($room:literal $name:literal $variables:literal) => {
        Example {
            name: $name,
            query: include_str!(concat!("../../../../tests/operations/", $room, "/", $name, ".graphql")),
            variables: $variables,
        }
    };
}

/// The operations that GraphiQL shows as tabs, in the order of a first look: sign in, who am I, what is asked, what is sold, what was
/// ordered.
const EXAMPLES: &[Example] = &[
    example!("identity" "signIn" "{\n  \"input\": {\n    \"email\": \"buyer1@demo.example\",\n    \"password\": \"demo-market-2026\"\n  }\n}"),
    example!("identity" "viewer" "{}"),
    example!("rfq" "rfqs" "{\n  \"view\": \"SENT\"\n}"),
    example!("rfq" "rfqComparison" "{\n  \"id\": \"an id that rfqs answered\"\n}"),
    example!("search" "productSearch" "{\n  \"query\": \"bu long m8\",\n  \"facets\": [\n    \"CATEGORY\",\n    \"ATTRIBUTE\"\n  ],\n  \"first\": 10\n}"),
    example!("pricing" "productsWithPrices" "{\n  \"quantity\": \"1000\",\n  \"first\": 10\n}"),
    example!("order" "orders" "{\n  \"side\": \"BUYER\",\n  \"first\": 10\n}"),
];

/// The operations that GraphiQL shows.
#[must_use]
pub const fn examples() -> &'static [Example] {
    EXAMPLES
}

/// Registers the page and its files.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.route("/", web::get().to(page)).route("/graphiql/examples.json", web::get().to(tabs));
    for asset in ASSETS {
        config.route(asset.path, web::get().to(move |request: HttpRequest| async move { file(&request, asset) }));
    }
}

async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .body(PAGE)
}

async fn tabs() -> HttpResponse {
    let tabs: Vec<_> = examples()
        .iter()
        .map(
            |example| serde_json::json!({"name": example.name, "query": example.query, "variables": example.variables}),
        )
        .collect();
    HttpResponse::Ok().json(tabs)
}

/// The file, or 304 to a browser that has it: the version of the binary stands for its content.
fn file(request: &HttpRequest, asset: &Asset) -> HttpResponse {
    const VERSION: &str = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|tag| tag == VERSION);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((CACHE_CONTROL, "public, no-cache")).insert_header((ETAG, VERSION));
    if known {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, asset.content_type)).body(asset.content)
}
