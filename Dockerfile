# The gateway alone: no development tool, no simulator, no root. `--target demo` adds the simulator, for looking around.
FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24.21.0-slim AS production-tree
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional --no-audit --no-fund

FROM node:24.21.0-slim AS demo
ENV HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app ./
USER node
EXPOSE 4000
CMD ["node", "scripts/demo.ts"]

# It listens on all addresses: AUTH=jwt, or AUTH=none with AUTH_NONE_ON_NETWORK=true where something in front knows its callers.
FROM node:24.21.0-slim AS gateway
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY --from=production-tree /app/node_modules ./node_modules
COPY --from=build /app/dist/graphiql ./dist/graphiql
COPY package.json ./
COPY schema ./schema
COPY src ./src
COPY scripts/healthy.ts ./scripts/healthy.ts
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=2s CMD ["node", "scripts/healthy.ts"]
CMD ["node", "--enable-source-maps", "--disable-warning=ExperimentalWarning", "--heap-growing-percent=200", "--min-semi-space-size=16", "--max-semi-space-size=16", "src/main.ts"]
