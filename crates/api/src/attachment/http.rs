//! Files over plain HTTP: `PUT /files/upload/<link>` sends one, `GET /files/<link>` reads one. The link is the right; there is no
//! other credential, so a browser can use it as it is.

mod download;
mod refusal;
mod upload;

use actix_web::web;

/// The endpoints, for a server whose `web::Data<App>` is the market.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/files/upload/{link}").route(web::put().to(upload::put)).default_service(other("PUT")))
        .service(
            web::resource("/files/{link}")
                .route(web::get().to(download::get))
                .route(web::head().to(download::get))
                .default_service(other("GET, HEAD")),
        );
}

fn other(allowed: &'static str) -> actix_web::Route {
    web::to(move || std::future::ready(refusal::Refusal::method(allowed)))
}
