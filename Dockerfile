# The command in an image of its own: docker build -t daemonlint . && docker run --rm -v "$PWD:/work:ro" daemonlint k8s/
FROM node:22-alpine AS build
WORKDIR /src
COPY . .
RUN node scripts/prepare.mjs

FROM node:22-alpine
# For --since. No version: Alpine keeps only the newest of a release.
# hadolint ignore=DL3018
RUN apk add --no-cache git
COPY --from=build /src/packages/cli/package.json /opt/daemonlint/
COPY --from=build /src/packages/cli/dist/*.cjs /src/packages/cli/dist/descriptions.json /opt/daemonlint/dist/
COPY --from=build /src/packages/cli/dist/lib /opt/daemonlint/dist/lib
COPY --from=build /src/packages/cli/dist/pages /opt/daemonlint/dist/pages
RUN ln -s /opt/daemonlint/dist/daemonlint.cjs /usr/local/bin/daemonlint
# The user `node` of the image.
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["daemonlint"]
CMD ["."]
