# The server and the built client in one small image: no compiler, no dev dependency, not root.

FROM node:24.21.0-bookworm-slim AS client
WORKDIR /app
COPY package.json package-lock.json tsconfig.base.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client/package.json client/
# better-sqlite3 brings prebuilt binaries; its install script would compile all the same.
RUN npm ci --ignore-scripts
COPY shared shared
COPY client client
# The app shows the pages of the error codes.
COPY docs/codes docs/codes
RUN npm run build --workspace client

FROM node:24.21.0-bookworm-slim AS server
WORKDIR /app
COPY package.json package-lock.json ./
COPY shared/package.json shared/
COPY server/package.json server/
COPY client/package.json client/
# npm links `naervaer` only if it is there by now.
COPY server/bin server/bin
RUN npm ci --ignore-scripts --omit=dev --workspace shared --workspace server
# Half of the packages' size is SQLite's sources, and its binaries for other systems.
RUN cd node_modules/better-sqlite3 && rm -r deps src && \
  find prebuilds -type f ! -name 'linux-*' -delete
COPY shared shared
COPY migrations migrations
COPY server server

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Nærvær" \
  org.opencontainers.image.description="Video support calls (online bostøtte) for Danish municipalities" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="EUPL-1.2"
# Nothing is installed or compiled in here any more: what could, and scanners complain of, is gone.
RUN rm -rf /usr/local/lib/node_modules /usr/local/include/node /opt/yarn-* \
  /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg && \
  install -d -o node -g node -m 700 /data
# `naervaer` is the command line.
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data PATH=/app/node_modules/.bin:$PATH
WORKDIR /app
COPY --from=server /app ./
COPY --from=client /app/client/dist client/dist
USER node
VOLUME /data
EXPOSE 8080
# The server speaks HTTPS when it was given a certificate, which need not name 127.0.0.1.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "--no-warnings", "-e", "const { PORT, TLS_CERT, TLS_CERT_FILE } = process.env; process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; fetch(`http${TLS_CERT || TLS_CERT_FILE ? 's' : ''}://127.0.0.1:${PORT || 8080}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/src/main.ts"]
