{# The scripts of all pages in one file: a visit asks for it once, after the first paint. Each finds by itself whether it has
   something to do. places: by location what open_now() of hours_text.py tells · closed: what is said where no span follows #}
{% for name in ("booking-form", "contact-form", "find-comment", "print", "share", "video") %}
{% include "scripts/" ~ name ~ ".js" %}

{% endfor %}
{% if places %}
{% include "scripts/open-now.js" %}
{% endif %}
