# The commands for this site; `make help` lists them. Works with GNU make 3.81, which macOS brings.

PORT    ?=
CONTENT ?= content
SITEURL ?=
FROM    ?=
ARTICLE ?=
POST    ?=
# What was written behind the command, and nothing of that name in the environment, as LANGUAGE and NAME may be there.
typed = $(if $(filter command,$(origin $(1))),$(value $(1)))

# Relative, so that a folder with spaces in its path is no trouble.
VENV    := .venv
PYTHON  := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)/python
RUNTIME := $(VENV)/.runtime
DEV     := $(VENV)/.dev

# In the environment of the commands, as they were typed: no shell takes the name of a file apart, nor "$" in it.
export PORT_WANTED    := $(value PORT)
export CONTENT_FOLDER := $(value CONTENT)
export SITE_ADDRESS   := $(value SITEURL)
export MESSAGE_FILE   := $(value FROM)
export ARTICLE_NAMED  := $(value ARTICLE)
export POST_NAMED     := $(value POST)
export BROWSER_WANTED := $(call typed,OPEN)
export NEW_NAME       := $(call typed,NAME)
export NEW_TITLE      := $(call typed,TITLE)
export NEW_PROFESSION := $(call typed,PROFESSION)
export NEW_PLACE      := $(call typed,PLACE)
export NEW_PHONE      := $(call typed,PHONE)
export NEW_EMAIL      := $(call typed,EMAIL)
export NEW_COUNTRY    := $(call typed,COUNTRY)
export NEW_URL        := $(call typed,URL)
export NEW_LANGUAGE   := $(call typed,LANGUAGE)
export NEW_TIMEZONE   := $(call typed,TIMEZONE)
export REPORT_FORMAT  := $(call typed,FORMAT)
export LOOKS_ONLINE   := $(call typed,ONLINE)
export MOVES_ASIDE    := $(call typed,MOVE)
export CHOSEN         := $(call typed,TO)
export TAKES_BACK     := $(call typed,UNDO)
export STARTS_TIMER   := $(call typed,INSTALL)
export ENDS_TIMER     := $(call typed,REMOVE)
export RUNS_AS_TIMER  := $(call typed,RUN)
export REDIRECTS      := $(call typed,REDIRECT)
export ONLY_SHOWN     := $(call typed,DRY_RUN)
export WITHOUT_NETWORK := $(call typed,OFFLINE)

# With `exec`, so that Ctrl-C meets the command alone and no shell that waits for it.
CLI   := exec $(PYTHON) -m clinic.cli --content "$$CONTENT_FOLDER"
STEP  := @printf '\n== %s\n'

export PYTHONPATH := $(CURDIR)/plugins
# Windows would read and print in the encoding of its language.
export PYTHONUTF8 := 1

# An environment whose Python has gone (a system upgrade, a copied folder) is made anew.
ifneq ($(shell $(PYTHON) -c 'print(1)' 2>/dev/null),1)
$(shell rm -f $(RUNTIME) $(DEV))
endif

.DEFAULT_GOAL := help
# The commands write the same folders: with `make -j` too they run one after another.
.NOTPARALLEL:
.PHONY: help start post page service person preview admin share html check publish undo deploy hosting schedule import comment styleguide words test test-fast lint browser bench fuzz format lock clean

help: ## List these commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo '  PORT=9000 moves the preview, CONTENT=folder builds other content, SITEURL=https://… builds for another address.'

start: $(RUNTIME) ## Begin a new clinic: NAME=… PROFESSION=… PLACE=… PHONE=… URL=https://…; without them it asks.
	@$(CLI) start --name "$$NEW_NAME" --profession "$$NEW_PROFESSION" --place "$$NEW_PLACE" --phone "$$NEW_PHONE" \
	    --email "$$NEW_EMAIL" --country "$$NEW_COUNTRY" --url "$$NEW_URL" --language "$$NEW_LANGUAGE" \
	    --timezone "$$NEW_TIMEZONE" --move "$$MOVES_ASIDE"

post: $(RUNTIME) ## Begin a post, TITLE=…: a draft with examples, opened in your editor.
	@$(CLI) post --title "$$NEW_TITLE"

page: $(RUNTIME) ## Begin a page, TITLE=….
	@$(CLI) page --title "$$NEW_TITLE"

service: $(RUNTIME) ## Begin a service, TITLE=….
	@$(CLI) service --title "$${NEW_TITLE:-$$NEW_NAME}"

person: $(RUNTIME) ## Begin the page of somebody who works at the clinic, NAME=….
	@$(CLI) person --title "$${NEW_NAME:-$$NEW_TITLE}"

preview: $(RUNTIME) ## Show the site at http://localhost:8000; it follows every edit. Ctrl-C ends it.
	@$(CLI) preview $(if $(PORT_WANTED),--port "$$PORT_WANTED") $(if $(NEW_PHONE),--phone "$$NEW_PHONE") $(if $(BROWSER_WANTED),--open "$$BROWSER_WANTED")

admin: $(RUNTIME) ## Write in the browser, at http://localhost:8000/admin/ beside the preview.
	@$(CLI) admin $(if $(PORT_WANTED),--port "$$PORT_WANTED")

share: $(RUNTIME) ## Write one post, a draft too, as one file to send for approval: POST=… or its title when asked.
	@$(CLI) share $(if $(POST_NAMED),--post "$$POST_NAMED")

html: $(RUNTIME) ## Build the site once into output/.
	@[ -e "$$CONTENT_FOLDER" ] || [ -z "$$CONTENT_FOLDER" ] || { \
	    echo "There is no folder $$CONTENT_FOLDER to take the content from." >&2; exit 1; }
	@$(CLI) html $(if $(SITE_ADDRESS),--site-url "$$SITE_ADDRESS")

check: $(RUNTIME) ## Look at the whole site: what is wrong, where, and what comes next; FORMAT=json or page, ONLINE=no.
	@$(CLI) check $(if $(REPORT_FORMAT),--format "$$REPORT_FORMAT") $(if $(LOOKS_ONLINE),--online "$$LOOKS_ONLINE") \
	    $(if $(SITE_ADDRESS),--site-url "$$SITE_ADDRESS")

publish: $(RUNTIME) ## Build the site for its real address into output/, strictly: whole, or not at all.
	@$(CLI) publish $(if $(SITE_ADDRESS),--site-url "$$SITE_ADDRESS") $(if $(REDIRECTS),--redirect "$$REDIRECTS")

undo: $(RUNTIME) ## Bring back the site that was published before; TO=list shows which there are, TO=3 takes one.
	@$(CLI) undo $(if $(CHOSEN),--to "$$CHOSEN")

deploy: $(RUNTIME) ## Send the published site to its host: TO=netlify|cloudflare|github|s3|rsync|sftp; DRY_RUN=yes only looks, UNDO=yes takes back.
	@$(CLI) deploy --to "$$CHOSEN" --dry-run "$$ONLY_SHOWN" --undo "$$TAKES_BACK"

hosting: $(RUNTIME) ## Write what the host needs beside the site: nginx, Caddy and Apache settings, netlify.toml.
	@$(CLI) hosting --to "$$CHOSEN"

schedule: $(RUNTIME) ## Publish by itself when a moment has come: INSTALL=yes starts a timer on this machine, REMOVE=yes ends it.
	@$(CLI) schedule --install "$$STARTS_TIMER" --remove "$$ENDS_TIMER" --run "$$RUNS_AS_TIMER"

import: $(RUNTIME) ## Take in posts of another site: FROM=file-or-folder; DRY_RUN=yes only shows what it would do.
	@$(CLI) import $(if $(MESSAGE_FILE),--from "$$MESSAGE_FILE") --dry-run "$$ONLY_SHOWN" --offline "$$WITHOUT_NETWORK"

comment: $(RUNTIME) ## Take in comments: FROM=mail.eml, or what a form service gives out; without FROM it asks.
	@$(CLI) comment $(if $(MESSAGE_FILE),--from "$$MESSAGE_FILE") $(if $(ARTICLE_NAMED),--article "$$ARTICLE_NAMED")

styleguide: $(RUNTIME) ## Show every component of the theme, in all its states, on one page.
	@$(CLI) styleguide

words: $(DEV) ## Bring the catalogues of words up to date with the templates and the code.
	@$(PYTHON) -m tests.docs.words --write

test: browser lint ## Check everything: style, types, imports, and the promises in tests/, with a real browser.
	$(STEP) 'Promises (pytest)'
	@$(PYTHON) -m pytest

test-fast: lint ## Check style, types, imports, and the promises that need neither a built site nor a browser.
	$(STEP) 'Promises without a site or a browser (pytest)'
	@$(PYTHON) -m pytest -m "not site and not browser"

browser: $(DEV)
	$(STEP) 'A browser for the tests'
	@$(PYTHON) tests/install_browser.py
	$(STEP) 'Servers for the tests'
	@$(PYTHON) -m tests.install_servers

lint: $(DEV)
	$(STEP) 'Style (ruff)'
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	$(STEP) 'Types (mypy)'
	@$(PYTHON) -m mypy
	$(STEP) 'Imports go down only (import-linter)'
	@$(PYTHON) -c 'from importlinter.cli import lint_imports_command as check; check()'

bench: $(RUNTIME) ## Time the build of 100 and 1,000 articles beside stock Pelican, Hugo and Eleventy.
	@$(PYTHON) -m tests.bench

fuzz: $(DEV) ## Try 20,000 damaged files: each must give a right site or clear problems.
	@$(PYTHON) -m tests.fuzz

format: $(DEV) ## Put the Python files into the house style.
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

# Universal: one file for every system and every Python from 3.11 on; with the fewest versions, so that what
# the tests saw is what every machine gets.
LOCK = UV_CUSTOM_COMPILE_COMMAND='make lock' $(PYTHON) -m uv pip compile --quiet --upgrade --universal \
    --python-version 3.11 --fork-strategy fewest --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links

lock: $(RUNTIME) ## Take the newest allowed versions into requirements.txt, requirements-dev.txt and requirements-s3.txt.
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@$(LOCK) pyproject.toml --output-file requirements.txt
	@$(LOCK) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@$(LOCK) --group pyproject.toml:s3 --constraint requirements-dev.txt --output-file requirements-s3.txt

clean: ## Remove everything that the commands have made, but for the environment in .venv/.
	@rm -rf output check next-build.json .output-new .output-old .output-problems.json .preview .cache cache
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find plugins tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are younger than what they were made from; site.py goes by them too, and makes what they stand for.
define environment
@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && exec "$$python" site.py environment$(1); \
done; \
echo 'The site needs Python 3.11 or newer: please install it from python.org, then run it again.' >&2; exit 1
endef

$(RUNTIME): requirements.txt
	$(call environment)

# Not after $(RUNTIME): a new environment with the tools takes one installation, of all that both files name.
$(DEV): requirements.txt requirements-dev.txt
	$(call environment, tools)
