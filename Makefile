# The GAN playground. `make play` installs what is missing, builds, and starts.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.PHONY: play build test sanitize bench peers format setup clean help

libraries := pkg-config g++ libedit-dev libgnuplot-iostream-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
gnuplot := $(if $(DISPLAY)$(WAYLAND_DISPLAY),gnuplot-qt,gnuplot-nox)
swift_files := Package.swift Sources Tests
# Training is slow without optimisation, and the tests look inside: a build of their own.
testing := -c release --scratch-path .build-test -Xswiftc -enable-testing

# Undefined behaviour in C stops the process. XCTest, which runs nothing here, leaks.
sanitizing := --scratch-path .build-sanitize --sanitize=address -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined
kernel_tests := --disable-xctest --filter 'LinearAlgebraTests|AutodiffTests'

play: build ## build and start the prompt
	@.build/release/gan

build: setup
	@swift build -c release --product gan

test: setup ## check the format, run every test, play every lesson
	@swift format lint --strict --recursive $(swift_files)
	swift build $(testing) --build-tests
	swift test $(testing) --skip-build
	.build-test/release/gan check

sanitize: setup ## run the tests of the kernels under the address and undefined-behaviour sanitisers
	@export ASAN_OPTIONS=detect_leaks=0
	swift build $(sanitizing) --build-tests
	swift test $(sanitizing) --skip-build $(kernel_tests)

bench: build ## measure the engine; BENCH="NAME..." for some, BENCH=--json for programs
	@.build/release/gan bench $(BENCH)

peers: setup ## measure the engine beside PyTorch, JAX and micrograd; PEERS=--help for more
	@Tests/PeerBenchmarks/run $(PEERS)

format: ## put the source into the agreed form
	@swift format --in-place --recursive $(swift_files)

clean: ## remove what was built
	@rm -rf .build .build-test .build-sanitize

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

# Looks for what the build needs, and asks apt only for what is not there.
setup:
	@if ! command -v swift > /dev/null; then
		echo "Swift 6.3 or newer is needed: https://www.swift.org/install" >&2; exit 1
	fi
	missing=
	if command -v dpkg-query > /dev/null; then
		for package in $(libraries); do
			[[ $$(dpkg-query -W -f '$${db:Status-Status}' "$$package" 2> /dev/null) == installed ]] || missing+=" $$package"
		done
	elif ! pkg-config --exists libedit libcmark-gfm 2> /dev/null; then
		missing=" $(libraries)"
	fi
	command -v gnuplot > /dev/null || missing+=" $(gnuplot)"
	[[ $$missing ]] || exit 0
	if ! command -v apt-get > /dev/null; then
		echo "Missing, and there is no apt to install it; these are Debian's names:$$missing" >&2; exit 1
	fi
	as_root=
	if [[ $$(id -u) != 0 ]]; then
		as_root=sudo
		if ! command -v sudo > /dev/null; then
			echo "Missing. As root, run: apt-get update && apt-get install$$missing" >&2; exit 1
		fi
	fi
	echo "Installing with apt:$$missing"
	apt() { $$as_root env $$(env | grep -i '^[a-z]*_proxy=') DEBIAN_FRONTEND=noninteractive apt-get --quiet "$$@"; }
	apt --quiet update || echo "apt-get update failed; trying with the lists at hand" >&2
	apt --yes --no-install-recommends -o DPkg::Lock::Timeout=120 install $$missing || {
		echo "That did not work. As root, run: apt-get update && apt-get install$$missing" >&2; exit 1
	}
