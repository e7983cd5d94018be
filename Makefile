# The commands of the README, thin over meson.  Every target installs what is missing first.
BUILD ?= build
PYTHON = /usr/bin/python3
# nft and runuser are there; a root made by "su" does not look there.
export PATH := $(PATH):/usr/sbin:/sbin

.PHONY: all build check sim unit coverage mutations model storm outage-matrix backup-trials golden demo demo-stop install format clean packages
all: build

packages:
	@tools/install.sh

$(BUILD)/build.ninja: | packages
	meson setup $(BUILD)

build: packages $(BUILD)/build.ninja
	ninja -C $(BUILD)

check: packages
	$(PYTHON) tools/check.py --build $(BUILD)

# Runs of the simulator drawn from seeds: SEEDS of them, from seed FROM on; below 2^32 they draw less (sim/README.md).
SEEDS ?= 10000
FROM ?= 4300000000
sim: packages
	$(PYTHON) tools/sim.py --build $(BUILD)-sim --from $(FROM) --seeds $(SEEDS)

unit: build
	meson test -C $(BUILD) --print-errorlogs

# Takes one rule out at a time, and sees that the simulator notices.
mutations: build
	$(PYTHON) test/mutation/mutations.py $(BUILD)

# Faults of every kind on real PostgreSQL under load; SEED=n for a certain sequence (test/storm/README.md).
SECONDS ?= 600
storm: build
	$(PYTHON) test/storm/storm.py --build $(BUILD) --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

# Every branch of the core is taken or excused, every rule is needed and fired: two steps of "check". A minute.
coverage: build
	$(PYTHON) tools/coverage.py --build $(BUILD)
	$(PYTHON) tools/rules.py --build $(BUILD) --seeds

# The protocol explored by spin, every case that model/README.md names.
model: packages
	$(PYTHON) model/run.py all

# Takes over the texts that changed; the diff of test/golden is then for review.
golden: build
	ninja -C $(BUILD) golden-accept

# Power loss of every server, in every variant, and what mc_ctl recover makes of it (test/outage/README.md). Ten minutes or more.
outage-matrix: build
	$(PYTHON) test/outage/matrix.py --build $(BUILD) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

# Kills, lost disks and flipped bits of backups, at full numbers. An hour.
backup-trials: build
	$(PYTHON) tools/backup_trials.py --build $(BUILD) $(if $(ONLY),--only '$(ONLY)') $(if $(SEED),--seed $(SEED))

demo: build
	$(PYTHON) tools/demo.py start --build $(BUILD)

demo-stop:
	$(PYTHON) tools/demo.py stop

# A folder of its own: "make check" builds for tests. To /usr/local; DESTDIR is obeyed.
$(BUILD)-install/build.ninja: | packages
	meson setup $(BUILD)-install

install: packages $(BUILD)-install/build.ninja
	meson install -C $(BUILD)-install

format: packages
	git ls-files '*.c' '*.h' | xargs clang-format-14 -i

clean:
	rm -rf $(BUILD) $(BUILD)-*
