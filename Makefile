# Coros in Docker, for machines without Swift. Quick start: `make build run interact`.

IMAGE ?= coros
CONTAINER ?= coros

.DEFAULT_GOAL := help
.PHONY: help build run start stop restart interact delete delete_cnt docker

help: ## list the targets
	@echo 'Coros in Docker:'
	@sed -n 's/^\([a-z_]*\):[^#]*## \(.*\)/  make \1 \2/p' Makefile | awk \
	  '{ printf "  make %-11s", $$2; $$1 = $$2 = ""; sub(/^ */, ""); print }'
	@echo 'Without Docker: scripts/coros'

build: docker ## build the image
	docker build --tag $(IMAGE) .

# A container of that name would still be of the old image.
run: docker ## create the container and start it, in place of the old one
	@docker rm --force $(CONTAINER) >/dev/null 2>&1 || true
	docker run --detach --interactive --tty --name $(CONTAINER) $(IMAGE)

start: docker ## start the stopped container
	docker start $(CONTAINER)

stop: docker ## stop the container
	docker stop $(CONTAINER)

restart: docker ## restart the container
	docker restart $(CONTAINER)

interact: docker ## open a Coros prompt in the container, which is started if need be
	@docker start $(CONTAINER) >/dev/null
	docker exec --interactive --tty $(CONTAINER) coros

delete_cnt: docker ## remove the container
	docker rm --force $(CONTAINER)

# A missing container is not an error.
delete: docker ## remove the container and the image
	-docker rm --force $(CONTAINER)
	docker rmi $(IMAGE)

docker:
	@command -v docker >/dev/null || { \
	  echo 'coros: docker is not installed; see https://docs.docker.com/get-docker,' >&2; \
	  echo '  or start Coros without it: scripts/coros' >&2; \
	  exit 1; \
	}
