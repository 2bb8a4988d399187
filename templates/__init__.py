"""The pages of the web edition: jinja2 templates, and the style and script that go with them."""
