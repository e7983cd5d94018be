# The commands of the README, thin over meson.  Every target installs what is missing first.
BUILD ?= build
PYTHON = /usr/bin/python3

.PHONY: all build check unit golden demo demo-stop format clean packages
all: build

packages:
	@tools/install.sh

$(BUILD)/build.ninja: | packages
	meson setup $(BUILD)

build: packages $(BUILD)/build.ninja
	ninja -C $(BUILD)

check: packages
	$(PYTHON) tools/check.py --build $(BUILD)

unit: build
	meson test -C $(BUILD) --print-errorlogs

# Takes over the texts that changed; the diff of test/golden is then for review.
golden: build
	ninja -C $(BUILD) golden-accept

demo: build
	$(PYTHON) tools/demo.py start --build $(BUILD)

demo-stop:
	$(PYTHON) tools/demo.py stop

format: packages
	git ls-files '*.c' '*.h' | xargs clang-format-14 -i

clean:
	rm -rf $(BUILD) $(BUILD)-clang $(BUILD)-sanitize $(BUILD)-plain $(BUILD)-fuzz
