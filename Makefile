# The two commands of the README: `make run` and `make test`. Everything else serves them.

PACKAGES = libncursesw5-dev libopenblas-dev libpng-dev libturbojpeg0-dev libjpeg-dev libwebp-dev \
  libexif-dev liblcms2-dev libcairo2-dev libchafa-dev libglib2.0-dev libhdf5-dev libsqlite3-dev zlib1g-dev \
  pkg-config python3 python3-pip tmux ffmpeg

BUILD = .build
IMPASTO = $(BUILD)/release/impasto
SWIFT_BUILD = swift build --scratch-path $(BUILD) --explicit-target-dependency-import-check error

.PHONY: run test test-slurm bench deps build models lint format samples docs clean install uninstall \
  man deb

# The studio on a terminal; elsewhere a sample render.
run: deps build models
	@if [ -t 0 ] && [ -t 1 ]; then $(IMPASTO); \
	  else $(IMPASTO) render samples/content/harbor.jpg samples/style/impasto-knife.jpg -o out.png \
	    --preset fast --size 384; fi

test: deps
	swift test --explicit-target-dependency-import-check error

# On a cluster of two nodes that this machine plays: needs root, and Debian's slurm-wlm and munge.
test-slurm: deps build models
	python3 Tests/Slurm/cluster.py $(IMPASTO)

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

# The documentation of the engine's public names, as a website in .build/docs.
docs: deps
	swift package --allow-writing-to-directory .build/docs generate-documentation \
	  $(addprefix --target ,Pictures Recipes Networks Styling) --output-path .build/docs \
	  --enable-experimental-combined-documentation --warnings-as-errors

# `make install PREFIX=/usr DESTDIR=/tmp/root`: the program and all that goes with it.
PREFIX = /usr/local
DESTDIR =
ROOT = $(DESTDIR)$(PREFIX)
SHARE = $(ROOT)/share
MANUAL = $(BUILD)/manual

# What is installed runs where there is no Swift. It is built in a folder of its own, since all of it
# would have to be compiled anew each time otherwise.
install deb: BUILD = .build-static
install deb: SWIFT_BUILD += --static-swift-stdlib

install: deps man
	install -D -m 755 -s $(IMPASTO) $(ROOT)/bin/impasto
	for folder in themes samples/content samples/style; do \
	  install -d $(SHARE)/impasto/$$folder && \
	  install -m 644 $$folder/* $(SHARE)/impasto/$$folder/ || exit; \
	done
	install -d $(SHARE)/man/man1 $(SHARE)/man/man5
	install -m 644 $(MANUAL)/*.1 $(SHARE)/man/man1/
	install -m 644 Sources/impasto/Distribution/impasto.5 $(SHARE)/man/man5/
	install -D -m 644 Sources/impasto/Distribution/impasto.desktop \
	  $(SHARE)/applications/impasto.desktop
	install -D -m 644 LICENSE $(SHARE)/doc/impasto/copyright
	install -d $(SHARE)/bash-completion/completions $(SHARE)/zsh/vendor-completions \
	  $(SHARE)/fish/vendor_completions.d
	$(IMPASTO) --generate-completion-script bash > $(SHARE)/bash-completion/completions/impasto
	$(IMPASTO) --generate-completion-script zsh > $(SHARE)/zsh/vendor-completions/_impasto
	$(IMPASTO) --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/impasto.fish

uninstall:
	rm -rf $(SHARE)/impasto $(SHARE)/doc/impasto
	rm -f $(ROOT)/bin/impasto $(SHARE)/man/man1/impasto.1 $(SHARE)/man/man1/impasto.*.1 \
	  $(SHARE)/man/man5/impasto.5 $(SHARE)/applications/impasto.desktop \
	  $(SHARE)/bash-completion/completions/impasto $(SHARE)/zsh/vendor-completions/_impasto \
	  $(SHARE)/fish/vendor_completions.d/impasto.fish

# A page for each command, by argument-parser's generator.
man: build
	$(SWIFT_BUILD) -c release --product generate-manual
	rm -rf $(MANUAL) && mkdir -p $(MANUAL)
	$(BUILD)/release/generate-manual $(IMPASTO) --multi-page --output-directory $(MANUAL)

# A Debian package, in .build.
VERSION = $(shell $(IMPASTO) --version)
deb: build
	rm -rf .build/deb && mkdir -p .build/deb/debian
	$(MAKE) install PREFIX=/usr DESTDIR=.build/deb/root
	gzip -9n .build/deb/root/usr/share/man/man*/*
	touch .build/deb/debian/control
	set -e; root=.build/deb/root; mkdir $$root/DEBIAN; \
	depends=$$(cd .build/deb && dpkg-shlibdeps -O root/usr/bin/impasto | sed 's/^shlibs:Depends=//'); \
	sed -e "s/@VERSION@/$(VERSION)/" -e "s/@ARCHITECTURE@/$$(dpkg --print-architecture)/" \
	  -e "s/@SIZE@/$$(du -sk $$root | cut -f1)/" -e "s/@DEPENDS@/$$depends/" \
	  Sources/impasto/Distribution/control.in > $$root/DEBIAN/control; \
	dpkg-deb --root-owner-group --build $$root .build/impasto_$(VERSION)_$$(dpkg --print-architecture).deb

clean:
	rm -rf .build .build-static
