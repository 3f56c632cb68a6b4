# docker run -it coros            a prompt
# docker run -i coros < script    a script

FROM swift:6.3-bookworm AS build
WORKDIR /coros
# Files that rarely change come first, so that their layers are cached.
COPY scripts/setup scripts/
RUN scripts/setup
COPY Package.swift ./
COPY Sources Sources
# The package description needs these folders; the program does not contain them.
COPY Fuzz Fuzz
COPY Tests Tests
COPY scripts/build scripts/
RUN scripts/build

FROM debian:bookworm-slim
# Needed only if the program is linked dynamically.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends libedit2 libncursesw6 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --create-home coros
COPY --from=build /coros/.build/bin/coros /usr/local/bin/coros
COPY Examples /home/coros/Examples
ENV LANG=C.UTF-8
USER coros
WORKDIR /home/coros
ENTRYPOINT ["coros"]
