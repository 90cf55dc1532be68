# The two commands of the README: `make run` and `make test`. Everything else serves them.

PACKAGES = libncursesw5-dev libopenblas-dev libpng-dev libturbojpeg0-dev libjpeg-dev libwebp-dev \
  libexif-dev liblcms2-dev libchafa-dev libglib2.0-dev libhdf5-dev libsqlite3-dev zlib1g-dev \
  pkg-config python3 python3-pip tmux

IMPASTO = .build/release/impasto
SWIFT_BUILD = swift build --explicit-target-dependency-import-check error

.PHONY: run test bench deps build models lint format samples clean

# The studio on a terminal; elsewhere a sample render.
run: deps build models
	@if [ -t 0 ] && [ -t 1 ]; then $(IMPASTO); \
	  else $(IMPASTO) render samples/content/harbor.jpg samples/style/impasto-knife.jpg -o out.png \
	    --size 384 --iterations 100 --tv-weight 30; fi

test: deps
	swift test --explicit-target-dependency-import-check error

# In turns with PyTorch doing the same work, where PYTHON has torch.
PYTHON = python3
bench: deps build models
	@if $(PYTHON) -c 'import torch' 2>/dev/null; \
	  then $(PYTHON) Tests/Benchmarks/against_pytorch.py $(IMPASTO); \
	  else $(IMPASTO) bench --layers; echo "(no torch in $(PYTHON) to compare with)"; fi

# Installs the Debian packages that are missing: as root, or through sudo.
deps:
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi; \
	  $$as_root apt-get update -q && \
	  $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y $$missing; \
	fi

build:
	$(SWIFT_BUILD) -c release --product impasto

models:
	$(IMPASTO) models install vgg16

lint:
	swift format lint --strict -r Sources Tests Package.swift

format:
	swift format -i -r Sources Tests Package.swift

# Paints the pictures in samples/ anew.
samples:
	swift run -c release Painter samples

clean:
	rm -rf .build
