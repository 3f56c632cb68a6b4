# docker run -it coros            a prompt
# docker run -i coros < script    a script

FROM swift:6.3-bookworm AS build
WORKDIR /coros
# Files that rarely change come first, so that their layers are cached.
COPY scripts/setup scripts/
RUN scripts/setup
COPY Package.swift ./
# Without sources only the dependencies are resolved.
RUN swift package resolve
COPY Sources Sources
# The package description needs these folders; the program does not contain them.
COPY Fuzz Fuzz
COPY Tests Tests
COPY scripts/build scripts/
# The next stage has no libraries: it must be linked statically, and start.
RUN scripts/build && .build/bin/coros --version \
  && if ldd .build/bin/coros; then echo 'coros: not linked statically' >&2; exit 1; fi

FROM debian:bookworm-slim
RUN useradd --create-home coros
COPY --from=build /coros/.build/bin/coros /usr/local/bin/coros
COPY --chown=coros Examples /home/coros/Examples
ENV LANG=C.UTF-8
USER coros
WORKDIR /home/coros
ENTRYPOINT ["coros"]
