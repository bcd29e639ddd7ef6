#!/bin/sh
# A double click on a Mac shows the site in the browser. Close this window, or press Ctrl-C in it, to end that.
cd "$(dirname "$0")" || exit 1
for python in python3.14 python3.13 python3.12 python3.11 python3; do
    "$python" -c '' 2>/dev/null && exec "$python" site.py preview OPEN=yes
done
echo 'The site needs Python 3.11 or newer: please install it from https://www.python.org/downloads/ and open this again.'
exit 1
