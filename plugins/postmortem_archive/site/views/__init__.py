"""What the templates print: frozen records of text, links and safe HTML, and nothing to compute."""
