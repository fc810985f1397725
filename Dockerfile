# syntax=docker/dockerfile:1

FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
# The caches outlive a build, the program does not: it is copied out within the same step.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package tradehall --bin tradehall \
    && install -D target/release/tradehall /out/tradehall

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin tradehall \
    && install -d -o tradehall -g tradehall -m 0750 /var/lib/tradehall
COPY --from=build /out/tradehall /usr/local/bin/tradehall
COPY LICENSE LICENSE-MIT LICENSE-APACHE /usr/share/doc/tradehall/

# Files, mails and the embedded database stand in `data` below the working directory unless they are set elsewhere.
WORKDIR /var/lib/tradehall
VOLUME /var/lib/tradehall
USER tradehall
ENV TRADEHALL_LISTEN=0.0.0.0:8080 \
    TRADEHALL_LOG_FORMAT=json
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["tradehall", "health"]
ENTRYPOINT ["tradehall"]
CMD ["serve"]
