# docker run -it coros            a prompt
# docker run -i coros < script    a script

FROM swift:6.3-bookworm AS build
WORKDIR /coros
# What seldom changes first, for the sake of the layers kept from one build to the next.
COPY scripts/setup scripts/
RUN scripts/setup
COPY Package.swift ./
COPY Sources Sources
# The package names these, but nothing of them goes into the program.
COPY Fuzz Fuzz
COPY Tests Tests
COPY scripts/build scripts/
RUN scripts/build

FROM debian:bookworm-slim
# Needed only where the program could not be linked with it.
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
